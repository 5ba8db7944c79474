import {_t} from "@web/core/l10n/translation";
import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";
import {
    CONNECT_ACTION,
    LOOKS,
    connectionAction,
    useOutlookStatus,
} from "../outlook_status";

const CONNECT_TEXTS = {
    disconnected: _t("Connect"),
    revoked: _t("Reconnect"),
};

/** One line in the user's preferences: the state of the connection and its page. */
export class OutlookPreferences extends Component {
    static template = "outlook_calendar.OutlookPreferences";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.status = useOutlookStatus().status;
    }

    get look() {
        return LOOKS[this.status.state];
    }

    get connectText() {
        return CONNECT_TEXTS[this.status.state];
    }

    connect() {
        return this.action.doAction(CONNECT_ACTION);
    }

    open() {
        return this.action.doAction(connectionAction(this.status.account_id));
    }
}

registry.category("view_widgets").add("outlook_preferences", {
    component: OutlookPreferences,
});
