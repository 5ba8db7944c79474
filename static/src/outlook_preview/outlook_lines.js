import {_t} from "@web/core/l10n/translation";
import {Component, useState} from "@odoo/owl";
import {deserializeDate, deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {formatDateTime} from "@web/views/fields/formatters";
import {Pager} from "@web/core/pager/pager";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const PAGE = 10;
const MORE = 500;

/** What happens to a meeting: its name, its colour, and the field with how many. */
const FLOWS = {
    in: {text: _t("Comes in"), color: "info", total: "in_count"},
    out: {text: _t("Goes out"), color: "warning", total: "out_count"},
    joined: {text: _t("Joined"), color: "success", total: "joined_count"},
    left_out: {text: _t("Left out"), color: "secondary", total: "left_out_count"},
};

const FILTERS = [
    {name: "all", text: _t("All"), test: () => true},
    ...Object.entries(FLOWS).map(([name, {text, total}]) => ({
        name,
        text,
        total,
        test: (line) => line.flow === name,
    })),
    {
        name: "private",
        text: _t("Private"),
        total: "private_count",
        test: (line) => line.private,
    },
    {
        name: "conflict",
        text: _t("Different"),
        total: "conflict_count",
        test: (line) => line.conflict,
    },
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

    /** How many meetings there are; the first of them by date are listed. */
    get total() {
        const counts = Object.keys(FLOWS).map((name) => this.count(name));
        return counts.reduce((sum, count) => sum + count, 0);
    }

    /** How many meetings a filter finds, those included that are not listed yet. */
    count(name) {
        if (name === "all") {
            return this.total;
        }
        const {test, total} = FILTERS.find((one) => one.name === name);
        return this.props.record.data[total] || this.lines.filter(test).length;
    }

    /** Whether not all are listed, and in which words. */
    get more() {
        const listed = this.lines.length;
        return (
            listed < this.total &&
            _t("Listed are the first %(listed)s of %(total)s, by date.", {
                listed,
                total: this.total,
            })
        );
    }

    showMore() {
        const {record} = this.props;
        return record.update({shown_lines: this.lines.length + MORE});
    }

    /** The filters that find something, with how much. */
    get filters() {
        return FILTERS.map(({name, text}) => {
            const count = this.count(name);
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
