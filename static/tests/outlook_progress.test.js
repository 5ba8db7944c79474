import {expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {Component, useState, xml} from "@odoo/owl";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {mountWithCleanup} from "@web/../tests/web_test_helpers";
import {OutlookProgress} from "@outlook_calendar/outlook_progress/outlook_progress";

defineMailModels();

/** Show the progress; the news come one after the other. */
async function mountProgress(news) {
    class Parent extends Component {
        static components = {OutlookProgress};
        static props = [];
        static template = xml`<OutlookProgress t-if="state.progress"
            progress="state.progress" refresh="() => this.refresh()"/>`;

        setup() {
            this.state = useState({progress: news.shift()});
        }

        refresh() {
            expect.step("refresh");
            this.state.progress = news.shift();
        }
    }
    await mountWithCleanup(Parent);
}

test("it follows the first exchange until it is over", async () => {
    await mountProgress([
        {phase: "reading", done: 30, total: 120},
        {phase: "sending", done: 6, total: 12},
        false,
    ]);
    expect(".o_outlook_progress .progress").toHaveAttribute("aria-valuenow", "25");
    expect(".o_outlook_progress").toHaveAttribute(
        "title",
        "Reading Outlook: 30 of 120 meetings"
    );
    await advanceTime(3000);
    await animationFrame();
    expect(".o_outlook_progress").toHaveAttribute("data-phase", "sending");
    expect(".o_outlook_progress .progress").toHaveAttribute("aria-valuenow", "50");
    await advanceTime(3000);
    await animationFrame();
    expect(".o_outlook_progress").toHaveCount(0);
    await advanceTime(9000);
    expect.verifySteps(["refresh", "refresh"]);
});

test("without a preview nobody knows how much there is to read", async () => {
    await mountProgress([{phase: "reading", done: 0, total: 0}]);
    expect(".o_outlook_progress").toHaveAttribute("title", "Reading Outlook");
    expect(".o_outlook_progress .progress").toHaveAttribute("aria-valuenow", "0");
});
