import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {session} from "@web/session";

/** The question of every operation, and how it is answered. */
const QUESTIONS = {
    move: {
        title: _t("Change the time of this meeting?"),
        confirmLabel: _t("Change"),
        cancelLabel: _t("Leave it"),
    },
    delete: {
        title: _t("Delete this meeting?"),
        confirmLabel: _t("Delete"),
        cancelLabel: _t("Keep it"),
    },
    archive: {
        title: _t("Archive this meeting?"),
        confirmLabel: _t("Archive"),
        cancelLabel: _t("Keep it"),
    },
    restore: {
        title: _t("Restore from the archive?"),
        confirmLabel: _t("Restore"),
        cancelLabel: _t("Leave it archived"),
    },
};

/**
 * Ask the server whom Outlook mails when meetings are changed.
 *
 * Without an answer the change goes on as it would without us: a forecast is no reason
 * to keep anybody from working. The server has the error in its log.
 *
 * @param {object} orm the service
 * @param {number[]} ids meetings
 * @param {"move"|"delete"|"archive"|"restore"} doing
 * @param {object} vals what is going to be written, with `recurrence_update`
 * @returns {Promise<string|false>} a sentence; false when nobody is mailed
 */
export async function mailNotice(orm, ids, doing, vals = {}) {
    if (!session.outlook_is_used || !ids.length) {
        return false;
    }
    try {
        const args = [ids, doing, vals];
        return await orm.silent.call("calendar.event", "outlook_mail_question", args);
    } catch (error) {
        if (error instanceof RPCError || error instanceof ConnectionLostError) {
            return false;
        }
        throw error;
    }
}

/**
 * Let the user decide on a change that mails people; one that does not is not asked for.
 *
 * @returns {Promise<boolean>} whether to go on
 */
export async function mayMail({orm, dialog}, ids, doing, vals = {}) {
    const notice = await mailNotice(orm, ids, doing, vals);
    if (!notice) {
        return true;
    }
    return new Promise((resolve) => {
        dialog.add(
            ConfirmationDialog,
            {
                ...QUESTIONS[doing],
                body: notice,
                confirm: () => resolve(true),
                cancel: () => resolve(false),
            },
            {onClose: () => resolve(false)}
        );
    });
}

/** Return the text of one of Odoo's own questions with the sentence in it. */
export function withNotice(body, notice) {
    return notice ? `${notice}\n\n${body}` : `${body}`;
}
