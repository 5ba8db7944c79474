import {AttendeeCalendarController} from "@calendar/views/attendee_calendar/attendee_calendar_controller";
import {AttendeeCalendarModel} from "@calendar/views/attendee_calendar/attendee_calendar_model";
import {CalendarModel} from "@web/views/calendar/calendar_model";
import {mayMail} from "./outlook_question";
import {patch} from "@web/core/utils/patch";
import {user} from "@web/core/user";

// Odoo's calendar asks for the scope, then calls this: here everything is known.
patch(CalendarModel.prototype, {
    async updateRecord(record, options = {}) {
        if (this instanceof AttendeeCalendarModel) {
            const vals = this.buildRawRecord(record, options);
            if (!(await mayMail(this, [record.id], "move", vals))) {
                return this.notify(); // Shown where it was
            }
        }
        return super.updateRecord(...arguments);
    },
});

patch(AttendeeCalendarModel.prototype, {
    async _archiveRecord(id, recurrenceUpdate) {
        const scope = {recurrence_update: recurrenceUpdate};
        if (await mayMail(this, [id], "archive", scope)) {
            return super._archiveRecord(...arguments);
        }
    },
});

patch(AttendeeCalendarController.prototype, {
    /** Of a series, Odoo's question says it; who is no organizer declines. */
    async deleteRecord(record) {
        const organizer = record.rawRecord.partner_id[0];
        const isOwn =
            record.attendeeId === user.partnerId && organizer === user.partnerId;
        const isAsked = isOwn && !record.rawRecord.recurrency;
        const services = {orm: this.orm, dialog: this.model.dialog};
        if (!isAsked || (await mayMail(services, [record.id], "delete"))) {
            return super.deleteRecord(...arguments);
        }
    },
});
