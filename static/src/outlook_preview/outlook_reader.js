import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {RPCError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";

/**
 * Reads both sides for the preview, one page a request, and shows how far it is.
 *
 * It starts by itself, and again when a choice needs more than was read. It can be
 * stopped between any two pages, and goes on where it stopped.
 */
export class OutlookReader extends Component {
    static template = "outlook_calendar.OutlookReader";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.reading = useState({
            on: false,
            stopped: false,
            progress: 0,
            found: 0,
            error: "",
        });
        useRecordObserver((record) => {
            if (!record.data.is_read && this.isShown) {
                this.readMore();
            }
        });
        onMounted(() => {
            this.isShown = true;
            this.readMore();
        });
        onWillUnmount(() => {
            this.isShown = false;
        });
    }

    get percent() {
        return Math.round(this.reading.progress * 100);
    }

    /** Read, unless that is going on, done, or stopped by the user. */
    readMore() {
        const {on, stopped, error} = this.reading;
        if (!on && !stopped && !error && !this.props.record.data.is_read) {
            return this.read();
        }
    }

    stop() {
        this.reading.stopped = true;
    }

    async read() {
        Object.assign(this.reading, {on: true, stopped: false, error: ""});
        const {record} = this.props;
        try {
            await record.save();
            let done = false;
            while (!done && this.isShown && !this.reading.stopped) {
                done = await this.readPage(record.resId);
            }
            if (this.isShown) {
                await record.save(); // what was chosen meanwhile
                await record.load();
            }
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.reading.error = error.data?.message || error.message;
        } finally {
            this.reading.on = false;
        }
    }

    async readPage(id) {
        const {done, progress, found} = await this.orm.silent.call(
            "outlook.first.sync",
            "read_next",
            [[id]]
        );
        Object.assign(this.reading, {progress, found});
        return done;
    }
}

registry.category("view_widgets").add("outlook_reader", {component: OutlookReader});
