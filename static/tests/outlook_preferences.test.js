import {beforeEach, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Person extends models.Model {
    name = fields.Char();
    _records = [{id: 1, name: "Ann"}];
}

defineModels([Person]);
defineMailModels();

beforeEach(() => {
    mockService("action", {
        doAction(action) {
            expect.step(action.url || [action.res_model, action.res_id]);
        },
    });
});

/** Show the line of the preferences for a connection in the given state. */
async function mountPreferences(status) {
    onRpc("res.users", "outlook_status", () => status);
    await mountView({
        type: "form",
        resModel: "person",
        resId: 1,
        arch: `<form><field name="name"/><widget name="outlook_preferences"/></form>`,
    });
    await animationFrame();
}

test("no line while the add-on is switched off", async () => {
    await mountPreferences({state: "hidden", account_id: false});
    expect(".o_outlook_preferences").toHaveCount(0);
});

test("without a connection the line offers to connect", async () => {
    await mountPreferences({state: "disconnected", account_id: false, email: ""});
    expect(".o_outlook_open").toHaveCount(0);
    expect(".o_outlook_connect").toHaveText("Connect");
    await contains(".o_outlook_connect").click();
    expect.verifySteps(["/outlook_calendar/connect"]);
});

test("a connection shows its state and opens", async () => {
    await mountPreferences({
        state: "paused",
        account_id: 7,
        email: "ann@contoso.example",
    });
    expect(".o_outlook_preferences").toHaveText(/Paused/);
    expect(".o_outlook_preferences").toHaveText(/ann@contoso\.example/);
    expect(".o_outlook_connect").toHaveCount(0);
    await contains(".o_outlook_open").click();
    expect.verifySteps([["outlook.account", 7]]);
});

test("a lost sign-in can be repaired from the line", async () => {
    await mountPreferences({
        state: "revoked",
        account_id: 7,
        email: "ann@contoso.example",
    });
    expect(".o_outlook_connect").toHaveText("Reconnect");
    await contains(".o_outlook_connect").click();
    expect.verifySteps(["/outlook_calendar/connect"]);
});
