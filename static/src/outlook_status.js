import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {onMounted, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {KeepLast} from "@web/core/utils/concurrency";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";

/** How every state of a connection is shown and named. */
export const LOOKS = {
    disconnected: {color: "muted", icon: "fa-chain-broken", text: _t("Not connected")},
    draft: {color: "info", icon: "fa-flag-checkered", text: _t("Set-up not finished")},
    connected: {color: "success", icon: "fa-check", text: _t("Connected")},
    paused: {color: "warning", icon: "fa-pause", text: _t("Paused")},
    revoked: {color: "danger", icon: "fa-sign-in", text: _t("Sign in again")},
    failing: {
        color: "warning",
        icon: "fa-exclamation-triangle",
        text: _t("Last check failed"),
    },
};

/**
 * Keep the state of the user's connection, read once the component is shown.
 *
 * A status line must never cover the page with an error dialog, so a failed read
 * keeps what was shown before; the server has the error in its log. What a sign-in
 * wants to tell comes with one answer only, so it is shown even when a later read
 * has made that answer's state obsolete.
 *
 * @returns {{status: object, refresh: Function}} what `outlook_status` answers
 */
export function useOutlookStatus() {
    const orm = useService("orm");
    const notification = useService("notification");
    const keepLast = new KeepLast();
    const status = useState({state: "hidden"});

    async function read() {
        const answer = await orm.silent.call("res.users", "outlook_status", []);
        const {flash, ...news} = answer;
        if (flash) {
            notification.add(flash.text, {
                type: flash.level,
                sticky: flash.level === "danger",
            });
        }
        return news;
    }

    async function refresh() {
        try {
            Object.assign(status, await keepLast.add(read()));
        } catch (error) {
            if (!(error instanceof RPCError || error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }

    onMounted(refresh);
    return {status, refresh};
}

/**
 * Say when Outlook was last checked, such as "Last checked 2 minutes ago".
 *
 * @param {string|false} lastSync UTC, "YYYY-MM-DD HH:MM:SS"; false: never
 * @returns {string}
 */
export function lastCheckedText(lastSync) {
    if (!lastSync) {
        return _t("Not checked yet");
    }
    const moment = deserializeDateTime(lastSync);
    if (moment > luxon.DateTime.now().minus({minutes: 1})) {
        return _t("Last checked just now");
    }
    return _t("Last checked %s", moment.toRelative());
}

/** The page that sends the user to Microsoft's sign-in. */
export const CONNECT_ACTION = {
    type: "ir.actions.act_url",
    target: "self",
    url: "/outlook_calendar/connect",
};

/** The user's own connection, as a page. */
export function connectionAction(accountId) {
    return {
        type: "ir.actions.act_window",
        name: _t("My connection"),
        res_model: "outlook.account",
        res_id: accountId,
        views: [[false, "form"]],
    };
}
