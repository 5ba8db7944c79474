import {_t} from "@web/core/l10n/translation";
import {Component, useState} from "@odoo/owl";
import {deserializeDate, deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {formatDateTime} from "@web/views/fields/formatters";
import {Pager} from "@web/core/pager/pager";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const PAGE = 10;

/** What happens to a meeting: its name and colour. */
const FLOWS = {
    in: {text: _t("Comes in"), color: "info"},
    out: {text: _t("Goes out"), color: "warning"},
    joined: {text: _t("Joined"), color: "success"},
    left_out: {text: _t("Left out"), color: "secondary"},
};

const FILTERS = [
    {name: "all", text: _t("All"), test: () => true},
    ...Object.entries(FLOWS).map(([name, {text}]) => ({
        name,
        text,
        test: (line) => line.flow === name,
    })),
    {name: "private", text: _t("Private"), test: (line) => line.private},
    {name: "conflict", text: _t("Different"), test: (line) => line.conflict},
];

/** Every meeting of the preview, with what happens to it and why. */
export class OutlookLines extends Component {
    static template = "outlook_calendar.OutlookLines";
    static components = {Pager};
    static props = {...standardFieldProps};

    setup() {
        this.flows = FLOWS;
        this.limit = PAGE;
        this.shown = useState({filter: "all", offset: 0});
    }

    get lines() {
        return this.props.record.data[this.props.name] || [];
    }

    /** The filters that find something, with how much. */
    get filters() {
        return FILTERS.map(({name, text, test}) => {
            const count = this.lines.filter(test).length;
            return {name, count, label: `${text} (${count})`};
        }).filter(({name, count}) => count || name === this.shown.filter);
    }

    get found() {
        const {test} = FILTERS.find(({name}) => name === this.shown.filter);
        return this.lines.filter(test);
    }

    /** Where the page begins; the list may have got shorter meanwhile. */
    get offset() {
        return this.shown.offset < this.found.length ? this.shown.offset : 0;
    }

    get page() {
        return this.found.slice(this.offset, this.offset + PAGE);
    }

    /** Say when a meeting begins; one that lasts all day has a date alone. */
    when(start) {
        if (start.length > 10) {
            const moment = deserializeDateTime(start.replace("T", " "));
            return formatDateTime(moment, {showSeconds: false});
        }
        return start && formatDate(deserializeDate(start));
    }

    move({offset}) {
        this.shown.offset = offset;
    }

    choose(filter) {
        Object.assign(this.shown, {filter, offset: 0});
    }
}

registry.category("fields").add("outlook_lines", {
    component: OutlookLines,
    supportedTypes: ["json"],
});
