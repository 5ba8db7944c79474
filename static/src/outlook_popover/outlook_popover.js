import {Component, onWillStart, useState} from "@odoo/owl";
import {AttendeeCalendarCommonPopover} from "@calendar/views/attendee_calendar/common/attendee_calendar_common_popover";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";

const FIELDS = ["outlook_state", "outlook_state_reason", "outlook_web_link"];
const LOOKS = {
    synced: {class: "text-success", icon: "fa-check", text: _t("In step with Outlook")},
    waiting: {class: "text-info", icon: "fa-clock-o", text: _t("Waiting for Outlook")},
    failed: {
        class: "text-danger",
        icon: "fa-exclamation-triangle",
        text: _t("Outlook could not take it"),
    },
    excluded: {class: "text-muted", icon: "fa-ban", text: _t("Not in Outlook")},
};

/**
 * How the meeting of a calendar pop-up stands with Outlook.
 *
 * Read for the one meeting that is opened: a month of them would slow the calendar.
 */
export class OutlookPopover extends Component {
    static template = "outlook_calendar.OutlookPopover";
    static props = {eventId: Number};

    setup() {
        this.orm = useService("orm");
        this.event = useState({outlook_state: "none"});
        onWillStart(() => this.load());
    }

    get look() {
        return LOOKS[this.event.outlook_state];
    }

    /** The meeting's page in Outlook on the web; anything but a web address is not shown. */
    get webLink() {
        const link = this.event.outlook_web_link || "";
        return /^https?:/i.test(link) && link;
    }

    async load() {
        const events = await this.orm.read(
            "calendar.event",
            [this.props.eventId],
            FIELDS
        );
        Object.assign(this.event, events[0]);
    }

    async retry() {
        await this.orm.call("calendar.event", "action_outlook_retry", [
            [this.props.eventId],
        ]);
        await this.load();
    }
}

patch(AttendeeCalendarCommonPopover.prototype, {
    get OutlookPopover() {
        return OutlookPopover;
    },
});
