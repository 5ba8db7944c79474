import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The people whom Outlook would mail, and for how many meetings. */
export class OutlookMailed extends Component {
    static template = "outlook_calendar.OutlookMailed";
    static props = {...standardFieldProps};

    get people() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("outlook_mailed", {
    component: OutlookMailed,
    supportedTypes: ["json"],
});
