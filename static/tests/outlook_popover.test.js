import {
    clickEvent,
    expandCalendarView,
} from "@web/../tests/views/calendar/calendar_test_helpers";
import {
    contains,
    makeMockServer,
    mountView,
    onRpc,
    preloadBundle,
    serverState,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {defineCalendarModels} from "@calendar/../tests/calendar_test_helpers";
import {mockDate} from "@odoo/hoot-mock";

defineCalendarModels();
preloadBundle("web.fullcalendar_lib");

/** Open the pop-up of a meeting that stands with Outlook as `answers()` says. */
async function openPopover(answers) {
    mockDate("2026-11-22 08:00:00", 0);
    onRpc("/calendar/check_credentials", () => ({}));
    onRpc("res.users", "check_synchronization_status", () => ({}));
    onRpc("res.users", "outlook_status", () => ({state: "hidden"}));
    onRpc("calendar.event", "get_state_selections", () => []);
    onRpc("res.partner", "get_attendee_detail", () => []);
    onRpc("calendar.event", "read", ({args}) => [{id: args[0][0], ...answers()}]);
    const {env} = await makeMockServer();
    const attendee = env["calendar.attendee"].create({
        partner_id: serverState.partnerId,
    });
    const event = env["calendar.event"].create({
        name: "Board",
        start: "2026-11-24 09:00:00",
        stop: "2026-11-24 10:00:00",
        attendee_ids: [attendee],
        partner_ids: [serverState.partnerId],
    });
    await mountView({
        type: "calendar",
        resModel: "calendar.event",
        arch: `
            <calendar js_class="attendee_calendar" event_open_popup="1" mode="month"
                date_start="start" date_stop="stop" all_day="allday">
                <field name="partner_ids" write_model="calendar.filters"
                    write_field="partner_id"/>
                <field name="partner_id"/>
                <field name="privacy"/>
                <field name="user_can_edit"/>
            </calendar>`,
    });
    expandCalendarView();
    await clickEvent(event);
    expect(".o_cw_popover").toHaveCount(1);
}

test("a meeting that has nothing to do with Outlook says nothing", async () => {
    await openPopover(() => ({outlook_state: "none"}));
    expect(".o_outlook_popover").toHaveCount(0);
});

test("a meeting in step leads to its page in Outlook", async () => {
    const link = "https://outlook.example/calendar/item/1";
    await openPopover(() => ({outlook_state: "synced", outlook_web_link: link}));
    expect(".o_outlook_popover").toHaveText(/In step with Outlook/);
    expect(".o_outlook_popover a").toHaveAttribute("href", link);
    expect(".o_outlook_popover a").toHaveAttribute("target", "_blank");
    expect(".o_outlook_retry").toHaveCount(0);
});

test("a link that is no web address is not offered", async () => {
    const link = ["javascript", "alert(1)"].join(":");
    await openPopover(() => ({outlook_state: "synced", outlook_web_link: link}));
    expect(".o_outlook_popover").toHaveCount(1);
    expect(".o_outlook_popover a").toHaveCount(0);
});

test("a failed meeting says why, and Retry shows the new state", async () => {
    const failed = {
        outlook_state: "failed",
        outlook_state_reason: "Outlook refuses the subject.",
    };
    let answer = failed;
    await openPopover(() => answer);
    expect(".o_outlook_reason").toHaveText("Outlook refuses the subject.");
    onRpc("calendar.event", "action_outlook_retry", ({args}) => {
        expect.step(args[0].length);
        answer = {outlook_state: "waiting", outlook_state_reason: false};
        return true;
    });
    await contains(".o_outlook_retry").click();
    expect.verifySteps([1]);
    expect(".o_outlook_popover").toHaveText("Waiting for Outlook");
    expect(".o_outlook_retry").toHaveCount(0);
});
