import {beforeEach, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, mockDate} from "@odoo/hoot-mock";
import {defineCalendarModels} from "@calendar/../tests/calendar_test_helpers";
import {
    contains,
    mockService,
    mountView,
    onRpc,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import {RPCError} from "@web/core/network/rpc";

defineCalendarModels();
preloadBundle("web.fullcalendar_lib");

const HEADER = "#header_synchronization_settings";
const TOGGLE = `${HEADER} .o_outlook_toggle`;
const CONNECTED = {
    state: "connected",
    account_id: 7,
    email: "ann@contoso.example",
    last_sync: "2026-11-22 07:58:00",
    waiting: 0,
    failed: 0,
    conflicts: 0,
    message: "",
};

let status = CONNECTED;

beforeEach(() => {
    status = CONNECTED;
    mockDate("2026-11-22 08:00:00", 0);
    onRpc("/calendar/check_credentials", () => ({}));
    onRpc("res.users", "check_synchronization_status", () => ({}));
    onRpc("calendar.event", "get_state_selections", () => []);
    onRpc("res.partner", "get_attendee_detail", () => []);
    onRpc("res.users", "outlook_status", () => status);
    mockService("action", {
        doAction(action, options = {}) {
            const name = action.url || action.res_model || action;
            expect.step([name, action.res_id || options.additionalContext || {}]);
            options.onClose?.();
        },
    });
});

/** Show a calendar of meetings whose user's connection is in `changes`. */
async function mountCalendar(changes = {}) {
    status = {...CONNECTED, ...changes};
    await mountView({
        type: "calendar",
        resModel: "calendar.event",
        arch: `
            <calendar js_class="attendee_calendar" date_start="start" date_stop="stop"
                all_day="allday" mode="month">
                <field name="partner_ids" write_model="calendar.filters"
                    write_field="partner_id"/>
            </calendar>`,
    });
    await animationFrame();
}

/** Answer the counted lists of the open menu, as shown: name and number. */
const shownLists = () => queryAllTexts(".o_outlook_list");

test("a user without the add-on's setting sees nothing", async () => {
    await mountCalendar({state: "hidden", account_id: false});
    expect(HEADER).toHaveCount(1);
    expect(`${HEADER} .o_outlook_button`).toHaveCount(0);
});

test("not connected: one button that leads to the sign-in", async () => {
    await mountCalendar({state: "disconnected", account_id: false, email: ""});
    expect(`${HEADER} .o_outlook_hint`).toHaveText("Synchronize with");
    expect(`${HEADER} .o_outlook_main`).toHaveText("Outlook");
    expect(TOGGLE).toHaveCount(0);
    await contains(`${HEADER} .o_outlook_main`).click();
    expect.verifySteps([["/outlook_calendar/connect", {}]]);
});

test("signed in but not started: the button opens the preview", async () => {
    await mountCalendar({state: "draft"});
    expect(`${HEADER} .o_outlook_main`).toHaveText("Outlook: finish set-up");
    status = {...CONNECTED};
    await contains(`${HEADER} .o_outlook_main`).click();
    expect.verifySteps([
        ["outlook_calendar.outlook_first_sync_action", {default_account_id: 7}],
    ]);
    await animationFrame();
    expect(`${HEADER} .o_outlook_button`).toHaveAttribute("data-state", "connected");
});

test("connected: the menu tells who, when and offers every action", async () => {
    await mountCalendar();
    expect(`${TOGGLE} .fa-check.text-success`).toHaveCount(1);
    expect(TOGGLE).toHaveText("Outlook");
    await contains(TOGGLE).click();
    expect(".o_outlook_summary").toHaveText(
        "ann@contoso.example\nConnected\nLast checked 2 minutes ago"
    );
    expect(shownLists()).toEqual([]);
    expect(queryAllTexts(".o_outlook_menu .dropdown-item")).toEqual([
        "Sync now",
        "Pause",
        "My connection",
        "Journal",
        "Disconnect",
    ]);
});

test("what waits, failed or clashed is counted and one click away", async () => {
    await mountCalendar({waiting: 3, failed: 2, conflicts: 1});
    expect(`${HEADER} .o_outlook_attention`).toHaveText("3");
    const outbox = "outlook_calendar.outlook_outbox_action";
    const expected = [
        [outbox, {search_default_account_id: 7, search_default_waiting: 1}],
        [outbox, {search_default_account_id: 7, search_default_failed: 1}],
        [
            "outlook_calendar.outlook_journal_action_conflicts",
            {search_default_account_id: 7, search_default_open: 1},
        ],
    ];
    for (const [index, step] of expected.entries()) {
        await contains(TOGGLE).click();
        expect(shownLists()).toEqual([
            "Changes waiting\n3",
            "Changes failed\n2",
            "Conflicts\n1",
        ]);
        await contains(`.o_outlook_list:eq(${index})`).click();
        expect.verifySteps([step]);
    }
});

test("Sync now runs, then the calendar and the state are read again", async () => {
    await mountCalendar({waiting: 1});
    onRpc("outlook.account", "action_sync_now", ({args}) => {
        expect.step(["action_sync_now", args]);
        status = {...CONNECTED, last_sync: "2026-11-22 08:00:00"};
        return true;
    });
    onRpc("calendar.event", "search_read", () => {
        expect.step("calendar read");
    });
    await contains(TOGGLE).click();
    await contains(".dropdown-item:contains(Sync now)").click();
    await animationFrame();
    expect.verifySteps([["action_sync_now", [[7]]], "calendar read"]);
    await contains(TOGGLE).click();
    expect(shownLists()).toEqual([]);
    expect(".o_outlook_summary").toHaveText(/Last checked just now/);
});

test("Pause and Resume change the button at once", async () => {
    await mountCalendar();
    onRpc("outlook.account", "action_pause", () => {
        status = {...CONNECTED, state: "paused"};
        return true;
    });
    onRpc("outlook.account", "action_resume", () => {
        status = {...CONNECTED};
        return true;
    });
    await contains(TOGGLE).click();
    await contains(".dropdown-item:contains(Pause)").click();
    await animationFrame();
    expect(TOGGLE).toHaveText("Outlook paused");
    expect(`${TOGGLE} .fa-pause.text-warning`).toHaveCount(1);
    await contains(TOGGLE).click();
    expect(".dropdown-item:contains(Sync now)").toHaveCount(0);
    await contains(".dropdown-item:contains(Resume)").click();
    await animationFrame();
    expect(`${HEADER} .o_outlook_button`).toHaveAttribute("data-state", "connected");
});

test("paused with a question: the menu leads to it", async () => {
    await mountCalendar({state: "paused", asks: true, message: "12 were deleted."});
    expect(TOGGLE).toHaveText("Outlook: please answer");
    await contains(TOGGLE).click();
    expect(".dropdown-item:contains(Resume)").toHaveCount(0);
    await contains(".dropdown-item:contains(Answer the question)").click();
    expect.verifySteps([["outlook.account", 7]]);
});

test("signed out at Microsoft: a red button reconnects", async () => {
    await mountCalendar({state: "revoked", message: "Sign in again."});
    expect(`${HEADER} .o_outlook_main.btn-danger`).toHaveText("Reconnect Outlook");
    await contains(`${HEADER} .o_outlook_main`).click();
    expect.verifySteps([["/outlook_calendar/connect", {}]]);
});

test("what a sign-in tells is shown once, a problem until it is closed", async () => {
    onRpc("res.users", "outlook_status", () => {
        const answer = status;
        status = {...status, flash: false};
        return answer;
    });
    mockService("notification", {
        add(text, {type, sticky}) {
            expect.step([text, type, sticky]);
        },
    });
    await mountCalendar({flash: {text: "You did not allow it.", level: "danger"}});
    expect.verifySteps([["You did not allow it.", "danger", true]]);
    await contains(".o_calendar_button_next").click();
    await animationFrame();
    expect.verifySteps([]);
    status = {...status, flash: {text: "Connected again.", level: "success"}};
    await contains(".o_calendar_button_next").click();
    await animationFrame();
    expect.verifySteps([["Connected again.", "success", false]]);
});

test("a failing connection says why and can be tried again", async () => {
    await mountCalendar({state: "failing", message: "Outlook does not answer."});
    expect(`${TOGGLE} .fa-exclamation-triangle.text-warning`).toHaveCount(1);
    expect(TOGGLE).toHaveAttribute("title", "Outlook does not answer.");
    await contains(TOGGLE).click();
    expect(".o_outlook_message").toHaveText("Outlook does not answer.");
    expect(".dropdown-item:contains(Sync now)").toHaveCount(1);
});

test("the connection, the journal and the disconnection open from the menu", async () => {
    await mountCalendar();
    onRpc("outlook.account", "action_disconnect", () => ({
        type: "ir.actions.act_window",
        res_model: "outlook.disconnect",
    }));
    const expected = [
        ["My connection", "outlook.account", 7],
        [
            "Journal",
            "outlook_calendar.outlook_journal_action",
            {search_default_account_id: 7},
        ],
        ["Disconnect", "outlook.disconnect", {}],
    ];
    for (const [text, ...step] of expected) {
        await contains(TOGGLE).click();
        await contains(`.o_outlook_menu .dropdown-item:contains(${text})`).click();
        await animationFrame();
        expect.verifySteps([step]);
    }
});

test("moving through the calendar reads the state again", async () => {
    await mountCalendar();
    status = {...CONNECTED, state: "revoked"};
    await contains(".o_calendar_button_next").click();
    await animationFrame();
    expect(`${HEADER} .o_outlook_button`).toHaveAttribute("data-state", "revoked");
});

test("a state that cannot be read leaves the calendar and the button alone", async () => {
    await mountCalendar();
    onRpc("res.users", "outlook_status", () => {
        throw new RPCError("the server fell over");
    });
    await contains(".o_calendar_button_next").click();
    await animationFrame();
    expect(`${HEADER} .o_outlook_button`).toHaveAttribute("data-state", "connected");
    expect(".o_error_dialog").toHaveCount(0);
});
