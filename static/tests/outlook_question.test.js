import {
    contains,
    getService,
    makeMockEnv,
    makeServerError,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {Component, xml} from "@odoo/owl";
import {animationFrame} from "@odoo/hoot-mock";
import {defineCalendarModels} from "@calendar/../tests/calendar_test_helpers";
import {mailNotice, mayMail} from "@outlook_calendar/outlook_question/outlook_question";
import {session} from "@web/session";

defineCalendarModels();

class Page extends Component {
    static props = ["*"];
    static template = xml`<div/>`;
}

/** Let the server answer as `answer()` does, in a database where Outlook is used. */
function answerWith(answer, isUsed = true) {
    patchWithCleanup(session, {outlook_is_used: isUsed});
    onRpc("calendar.event", "outlook_mail_question", ({args}) => {
        expect.step(args);
        return answer();
    });
}

test("where nobody is connected the server is not asked", async () => {
    answerWith(() => "Mail!", false);
    await makeMockEnv();
    expect(await mailNotice(getService("orm"), [1], "delete")).toBe(false);
    expect.verifySteps([]);
});

test("a failure is no answer, and no obstacle", async () => {
    answerWith(() => {
        throw makeServerError();
    });
    await makeMockEnv();
    expect(await mailNotice(getService("orm"), [1], "delete")).toBe(false);
    expect.verifySteps([[[1], "delete", {}]]);
});

test("who is asked decides", async () => {
    answerWith(() => "Changing the time sends mail.");
    await mountWithCleanup(Page);
    const services = {orm: getService("orm"), dialog: getService("dialog")};
    for (const [button, wanted] of [
        [".btn-primary", true],
        [".btn-secondary", false],
        [".btn-close", false],
    ]) {
        const asked = mayMail(services, [1], "move", {allday: false});
        await animationFrame();
        await animationFrame();
        expect(".modal p").toHaveText("Changing the time sends mail.");
        await contains(`.modal ${button}`).click();
        expect(await asked).toBe(wanted);
        expect.verifySteps([[[1], "move", {allday: false}]]);
    }
});

test("what mails nobody is not asked", async () => {
    answerWith(() => false);
    await mountWithCleanup(Page);
    const services = {orm: getService("orm"), dialog: getService("dialog")};
    expect(await mayMail(services, [1], "archive")).toBe(true);
    expect(".modal").toHaveCount(0);
    expect.verifySteps([[[1], "archive", {}]]);
});
