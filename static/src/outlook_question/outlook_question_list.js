import {mailNotice, mayMail, withNotice} from "./outlook_question";
import {CalendarListView} from "@calendar/views/list_view/calendar_list_view";
import {_t} from "@web/core/l10n/translation";
import {deleteConfirmationMessage} from "@web/core/confirmation_dialog/confirmation_dialog";
import {patch} from "@web/core/utils/patch";

// One question for all selected meetings: Odoo's, with the sentence in it, where it asks.
patch(CalendarListView.Controller.prototype, {
    get outlookServices() {
        return {orm: this.orm, dialog: this.model.dialog};
    },

    getStaticActionMenuItems() {
        const items = super.getStaticActionMenuItems();
        const {archive, unarchive} = items;
        items.archive = {
            ...archive,
            callback: async () => {
                await this.outlookForetell("archive");
                return archive.callback();
            },
        };
        items.unarchive = {
            ...unarchive,
            callback: async () => {
                const ids = await this.model.root.getResIds(true);
                if (await mayMail(this.outlookServices, ids, "restore")) {
                    return unarchive.callback();
                }
            },
        };
        return items;
    },

    /** Keep the sentence for Odoo's question, which is made at once. */
    async outlookForetell(doing) {
        const ids = await this.model.root.getResIds(true);
        this.outlookNotice = await mailNotice(this.orm, ids, doing);
    },

    get archiveDialogProps() {
        const body = _t(
            "Are you sure that you want to archive all the selected records?"
        );
        return this.outlookProps(super.archiveDialogProps, body);
    },

    get deleteConfirmationDialogProps() {
        const {isDomainSelected, selection} = this.model.root;
        const isOne = !isDomainSelected && selection.length === 1;
        const body = isOne
            ? deleteConfirmationMessage
            : _t("Are you sure you want to delete these records?");
        return this.outlookProps(super.deleteConfirmationDialogProps, body);
    },

    /** Return the properties of Odoo's question, whose own text is `body`. */
    outlookProps(props, body) {
        const notice = this.outlookNotice;
        return notice
            ? {...props, body: withNotice(props.body || body, notice)}
            : props;
    },

    /** Ask once the scope is chosen where one meeting of a series is selected. */
    async onDeleteSelectedRecords() {
        const {selection} = this.model.root;
        if (selection.length !== 1 || !selection[0].data.recurrency) {
            await this.outlookForetell("delete");
            return super.onDeleteSelectedRecords(...arguments);
        }
        const ask = this.askRecurrenceUpdatePolicy;
        this.askRecurrenceUpdatePolicy = async () => {
            const scope = await ask();
            const vals = {recurrence_update: scope};
            const ids = [selection[0].resId];
            const services = this.outlookServices;
            return scope && (await mayMail(services, ids, "delete", vals)) && scope;
        };
        try {
            return await super.onDeleteSelectedRecords(...arguments);
        } finally {
            this.askRecurrenceUpdatePolicy = ask;
        }
    },
});
