import {_t} from "@web/core/l10n/translation";
import {Component, useEffect} from "@odoo/owl";

const EVERY = 3000; // milliseconds

const PHASES = {
    reading: (counts) => _t("Reading Outlook: %(done)s of %(total)s meetings", counts),
    sending: (counts) => _t("Sending to Outlook: %(done)s of %(total)s", counts),
};

/** How far the first exchange is; it goes on in the background, whoever looks. */
export class OutlookProgress extends Component {
    static template = "outlook_calendar.OutlookProgress";
    static props = {
        progress: {
            type: Object,
            shape: {phase: String, done: Number, total: Number},
        },
        /** Asks for the news, which come as new props. */
        refresh: Function,
    };

    setup() {
        useEffect(
            () => {
                const timer = setInterval(() => this.props.refresh(), EVERY);
                return () => clearInterval(timer);
            },
            () => []
        );
    }

    get percent() {
        const {done, total} = this.props.progress;
        return total ? Math.min(100, Math.round((100 * done) / total)) : 0;
    }

    get text() {
        const {phase, done, total} = this.props.progress;
        return total ? PHASES[phase]({done, total}) : _t("Reading Outlook");
    }
}
