import {expect, test} from "@odoo/hoot";
import {queryAllTexts, queryAllAttributes} from "@odoo/hoot-dom";
import {Deferred, animationFrame, mockDate} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {RPCError} from "@web/core/network/rpc";

class Preview extends models.Model {
    _name = "outlook.first.sync";

    days = fields.Integer();
    is_read = fields.Boolean();
    weeks = fields.Json();
    lines = fields.Json();
    shown_lines = fields.Integer({onChange: () => undefined});
    in_count = fields.Integer();
    joined_count = fields.Integer();
    mailed = fields.Json();

    _records = [{id: 1, days: 30, is_read: false}];
}

defineModels([Preview]);
defineMailModels();

const [record] = Preview._records;

/** Show a preview with some values and one widget. */
async function mountPreview(values, inner) {
    mockDate("2026-05-01 08:00:00", 0);
    Preview._records = [{...record, ...values}];
    await mountView({
        type: "form",
        resModel: "outlook.first.sync",
        resId: 1,
        arch: `<form><field name="is_read" invisible="1"/>${inner}</form>`,
    });
}

/** Answer each request for a page when the test says so. */
function servePages(answers) {
    const gates = answers.map(() => new Deferred());
    let next = 0;
    onRpc("outlook.first.sync", "read_next", async function () {
        const number = next++;
        expect.step(`page ${number + 1}`);
        await gates[number];
        const answer = answers[number];
        if (answer instanceof Error) {
            throw answer;
        }
        if (answer.done) {
            this.env["outlook.first.sync"].write([1], {is_read: true});
        }
        return answer;
    });
    return async (number) => {
        gates[number].resolve();
        await animationFrame();
        await animationFrame();
        await animationFrame();
    };
}

const READER = `<widget name="outlook_reader"/>`;

test("it reads by itself, page after page, and says how far it is", async () => {
    const answer = servePages([
        {done: false, progress: 0.25, found: 200},
        {done: true, progress: 1, found: 310},
    ]);
    await mountPreview({}, READER);
    await animationFrame();
    expect(".progress").toHaveAttribute("aria-valuenow", "0");
    await answer(0);
    expect(".progress").toHaveAttribute("aria-valuenow", "25");
    expect(".o_outlook_reader").toHaveText(/200 meetings so far/);
    await answer(1);
    expect(".o_outlook_reader").toHaveCount(0);
    expect.verifySteps(["page 1", "page 2"]);
});

test("what was read already is not read again", async () => {
    servePages([]);
    await mountPreview({is_read: true}, READER);
    await animationFrame();
    expect(".o_outlook_reader").toHaveCount(0);
    expect.verifySteps([]);
});

test("it can be stopped, and goes on where it was", async () => {
    const answer = servePages([
        {done: false, progress: 0.25, found: 200},
        {done: true, progress: 1, found: 310},
    ]);
    await mountPreview({}, READER);
    await contains(".o_outlook_stop").click();
    await answer(0);
    expect(".o_outlook_reader").toHaveText(/Stopped/);
    expect.verifySteps(["page 1"]);
    await contains(".o_outlook_again").click();
    await answer(1);
    expect(".o_outlook_reader").toHaveCount(0);
    expect.verifySteps(["page 2"]);
});

test("a page that fails is told in words and can be asked for again", async () => {
    const error = new RPCError("Odoo Server Error");
    error.data = {message: "Microsoft does not answer at the moment."};
    const answer = servePages([error, {done: true, progress: 1, found: 3}]);
    await mountPreview({}, READER);
    await answer(0);
    expect(".o_outlook_reader").toHaveText(/Microsoft does not answer/);
    await contains(".o_outlook_again").click();
    await answer(1);
    expect(".o_outlook_reader").toHaveCount(0);
    expect.verifySteps(["page 1", "page 2"]);
});

test("the chart has a bar for each week, in proportion", async () => {
    const weeks = [
        {first: "2026-04-27", incoming: 0, outgoing: 0},
        {first: "2026-05-04", incoming: 3, outgoing: 1},
        {first: "2026-05-11", incoming: 1, outgoing: 1},
    ];
    await mountPreview(
        {is_read: true, weeks},
        `<field name="weeks" widget="outlook_weeks"/>`
    );
    expect(".o_outlook_week").toHaveCount(3);
    expect(queryAllTexts(".o_outlook_month")).toEqual(["", "May", ""]);
    const heights = queryAllAttributes(".o_outlook_stack .o_outlook_in", "style");
    expect(heights).toEqual(["height: 0%", "height: 75%", "height: 25%"]);
    expect(".o_outlook_week:eq(1)").toHaveAttribute(
        "title",
        "Week of 05/04/2026: 3 come in, 1 go out"
    );
});

test("an empty chart says nothing wrong", async () => {
    await mountPreview(
        {is_read: true, weeks: false},
        `<field name="weeks" widget="outlook_weeks"/>`
    );
    expect(".o_outlook_week").toHaveCount(0);
    expect(".o_outlook_legend").toHaveText(/at most 0/);
});

/** Return lines of the preview: twelve come in, one is joined with differences. */
function someLines() {
    const incoming = [...Array(12).keys()].map((number) => ({
        name: `In ${number}`,
        start: "2026-05-04T08:00:00",
        flow: "in",
        private: number === 0,
        conflict: false,
        reason: "",
    }));
    const pair = {
        name: "Twin",
        start: "2026-05-05",
        flow: "joined",
        private: false,
        conflict: true,
        reason: "Same title.",
    };
    return [...incoming, pair];
}

test("the meetings are listed in pages and by what happens", async () => {
    await mountPreview(
        {is_read: true, lines: someLines()},
        `<field name="lines" widget="outlook_lines"/>`
    );
    expect(queryAllTexts(".o_outlook_lines button[data-filter]")).toEqual([
        "All (13)",
        "Comes in (12)",
        "Joined (1)",
        "Private (1)",
        "Different (1)",
    ]);
    expect(".o_outlook_lines tbody tr").toHaveCount(10);
    await contains(".o_outlook_lines .o_pager_next").click();
    expect(".o_outlook_lines tbody tr").toHaveCount(3);
    await contains("button[data-filter=joined]").click();
    expect(queryAllTexts(".o_outlook_lines tbody td")).toEqual([
        "Twin",
        "05/05/2026",
        "Joined",
        "Same title.",
    ]);
    await contains("button[data-filter=private]").click();
    expect(".o_outlook_lines tbody .fa-lock").toHaveCount(1);
});

test("of many meetings the list says how many it has, and shows more", async () => {
    onRpc("outlook.first.sync", "onchange", ({args}) => {
        expect.step(args[1].shown_lines);
        return {value: {lines: [...someLines(), ...someLines()]}};
    });
    await mountPreview(
        {is_read: true, lines: someLines(), in_count: 25, joined_count: 1},
        `<field name="shown_lines" invisible="1"/><field name="in_count"/>
        <field name="joined_count"/><field name="lines" widget="outlook_lines"/>`
    );
    expect("button[data-filter=all]").toHaveText("All (26)");
    expect("button[data-filter=in]").toHaveText("Comes in (25)");
    expect(".o_outlook_more").toHaveText(/first 13 of 26/);
    await contains(".o_outlook_more button").click();
    expect.verifySteps([513]);
    expect(".o_outlook_more").toHaveCount(0);
});

test("without meetings the list says so", async () => {
    await mountPreview(
        {is_read: true, lines: false},
        `<field name="lines" widget="outlook_lines"/>`
    );
    expect(".o_outlook_lines").toHaveText(/No meetings/);
});

test("the people who get mail are listed", async () => {
    const mailed = [{address: "zoe@x.example", name: "Zoe", meetings: 2}];
    await mountPreview(
        {is_read: true, mailed},
        `<field name="mailed" widget="outlook_mailed"/>`
    );
    expect(queryAllTexts(".o_outlook_mailed tbody td")).toEqual([
        "Zoe",
        "zoe@x.example",
        "2",
    ]);
});
