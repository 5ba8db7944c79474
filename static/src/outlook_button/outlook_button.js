import {_t} from "@web/core/l10n/translation";
import {AttendeeCalendarController} from "@calendar/views/attendee_calendar/attendee_calendar_controller";
import {Component, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {patch} from "@web/core/utils/patch";
import {rpc} from "@web/core/network/rpc";
import {useBus, useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";
import {
    CONNECT_ACTION,
    LOOKS,
    connectionAction,
    lastCheckedText,
    useOutlookStatus,
} from "../outlook_status";
import {OutlookProgress} from "../outlook_progress/outlook_progress";

/** States with one obvious next step, taken by the button itself. */
const MAIN_BUTTONS = {
    disconnected: {class: "btn-primary", text: _t("Outlook"), run: "connect"},
    draft: {class: "btn-primary", text: _t("Outlook: finish set-up"), run: "finish"},
    revoked: {class: "btn-danger", text: _t("Reconnect Outlook"), run: "connect"},
};

/** The calendar header's Outlook button: says how the connection is, offers its actions. */
export class OutlookButton extends Component {
    static template = "outlook_calendar.OutlookButton";
    static components = {Dropdown, DropdownItem, OutlookProgress};
    static props = {model: Object};

    setup() {
        this.action = useService("action");
        this.progress = useState({busy: false});
        const {status, refresh} = useOutlookStatus();
        this.status = status;
        this.refresh = refresh;
        useBus(this.props.model.bus, "update", refresh);
    }

    get look() {
        return LOOKS[this.status.state];
    }

    get mainButton() {
        return MAIN_BUTTONS[this.status.state];
    }

    get menuText() {
        if (this.asks) {
            return _t("Outlook: please answer");
        }
        return this.status.state === "paused" ? _t("Outlook paused") : _t("Outlook");
    }

    /** Whether nothing goes on before the user has answered a question. */
    get asks() {
        return this.status.state === "paused" && this.status.asks;
    }

    get tooltip() {
        return this.status.message || this.look.text;
    }

    get lastChecked() {
        return lastCheckedText(this.status.last_sync);
    }

    /** Number of meetings that need the user, shown on the button. */
    get attention() {
        return this.status.failed + this.status.conflicts;
    }

    get canSync() {
        return ["connected", "failing"].includes(this.status.state);
    }

    /** Lists behind the counts; only those with something in them are shown. */
    get lists() {
        const {waiting, failed, conflicts} = this.status;
        const outbox = "outlook_calendar.outlook_outbox_action";
        return [
            {
                text: _t("Changes waiting"),
                count: waiting,
                action: outbox,
                filter: "waiting",
            },
            {
                text: _t("Changes failed"),
                count: failed,
                action: outbox,
                filter: "failed",
            },
            {
                text: _t("Conflicts"),
                count: conflicts,
                action: "outlook_calendar.outlook_journal_action_conflicts",
                filter: "open",
            },
        ].filter((list) => list.count);
    }

    connect() {
        return this.action.doAction(CONNECT_ACTION);
    }

    finish() {
        return this.open("outlook_calendar.outlook_first_sync_action", {
            default_account_id: this.status.account_id,
        });
    }

    openConnection() {
        return this.open(connectionAction(this.status.account_id));
    }

    openJournal() {
        return this.openList("outlook_calendar.outlook_journal_action");
    }

    /** Open a list of this connection only: administrators may see more. */
    openList(action, filter) {
        const context = {search_default_account_id: this.status.account_id};
        if (filter) {
            context[`search_default_${filter}`] = 1;
        }
        return this.open(action, context);
    }

    open(action, additionalContext = {}) {
        const onClose = () => this.props.model.load();
        return this.action.doAction(action, {additionalContext, onClose});
    }

    /** Follow the first exchange; in the end the calendar shows what it brought. */
    async follow() {
        await this.refresh();
        if (!this.status.progress) {
            await this.props.model.load();
        }
    }

    /** Run a method of the connection, then show the calendar as it is now. */
    async perform(method) {
        const ids = [this.status.account_id];
        // As a form's button does it: the server completes the action it answers.
        let next = false;
        this.progress.busy = true;
        try {
            next = await rpc(`/web/dataset/call_button/outlook.account/${method}`, {
                model: "outlook.account",
                method,
                args: [ids],
                kwargs: {context: user.context},
            });
        } finally {
            this.progress.busy = false;
            await this.props.model.load();
        }
        if (next?.type) {
            await this.open(next);
        }
    }
}

// A getter reaches every calendar that inherits the template; a component listed in
// `static components` would miss the classes that copied the list before us.
patch(AttendeeCalendarController.prototype, {
    get OutlookButton() {
        return OutlookButton;
    },
});
