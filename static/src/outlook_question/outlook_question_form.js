import {mailNotice, mayMail, withNotice} from "./outlook_question";
import {CalendarFormController} from "@calendar/views/calendar_form/calendar_form_controller";
import {patch} from "@web/core/utils/patch";

patch(CalendarFormController.prototype, {
    /** Say in Odoo's question before archiving, and ask one before restoring. */
    getStaticActionMenuItems() {
        const items = super.getStaticActionMenuItems();
        const ids = () => [this.model.root.resId];
        const {archive, unarchive} = items;
        items.archive = {
            ...archive,
            callback: async () => {
                this.outlookNotice = await mailNotice(this.orm, ids(), "archive");
                return archive.callback();
            },
        };
        items.unarchive = {
            ...unarchive,
            callback: async () => {
                if (await mayMail(this.outlookServices, ids(), "restore")) {
                    return unarchive.callback();
                }
            },
        };
        return items;
    },

    get outlookServices() {
        return {orm: this.orm, dialog: this.dialogService};
    },

    get archiveDialogProps() {
        const props = super.archiveDialogProps;
        return {...props, body: withNotice(props.body, this.outlookNotice)};
    },

    /** Ask once the scope is chosen; who closes the question for it keeps the meeting. */
    async deleteRecord() {
        const {resId, data} = this.model.root;
        const scope = data.recurrency && (await this.askRecurrenceUpdatePolicy());
        if (data.recurrency && !scope) {
            return;
        }
        // Odoo deletes what the form's own field says, not what was chosen just now.
        const vals = {recurrence_update: data.recurrence_update};
        if (!(await mayMail(this.outlookServices, [resId], "delete", vals))) {
            return;
        }
        const ask = this.askRecurrenceUpdatePolicy;
        this.askRecurrenceUpdatePolicy = async () => scope;
        try {
            return await super.deleteRecord(...arguments);
        } finally {
            this.askRecurrenceUpdatePolicy = ask;
        }
    },
});
