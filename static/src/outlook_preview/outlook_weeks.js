import {_t} from "@web/core/l10n/translation";
import {Component} from "@odoo/owl";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** A small chart: how many meetings of each week come in, and how many go out. */
export class OutlookWeeks extends Component {
    static template = "outlook_calendar.OutlookWeeks";
    static props = {...standardFieldProps};

    /** The weeks with the heights of their bars in percent, and names of months. */
    get weeks() {
        const weeks = this.props.record.data[this.props.name] || [];
        const most = Math.max(1, ...weeks.map((week) => week.incoming + week.outgoing));
        const months = weeks.map((week) => deserializeDate(week.first).toFormat("LLL"));
        return weeks.map((week, index) => {
            const first = deserializeDate(week.first);
            const month = months[index];
            // A month of one week at the edge has no room for its name.
            const isNamed = months[index - 1] !== month && months[index + 1] === month;
            return {
                key: week.first,
                label: isNamed ? month : "",
                text: _t("Week of %(date)s: %(in)s come in, %(out)s go out", {
                    date: formatDate(first),
                    in: week.incoming,
                    out: week.outgoing,
                }),
                incoming: (100 * week.incoming) / most,
                outgoing: (100 * week.outgoing) / most,
            };
        });
    }

    get most() {
        const weeks = this.props.record.data[this.props.name] || [];
        return Math.max(0, ...weeks.map((week) => week.incoming + week.outgoing));
    }
}

registry.category("fields").add("outlook_weeks", {
    component: OutlookWeeks,
    supportedTypes: ["json"],
});
