# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A person is asked before a change outside the form mails people through Outlook."""

import re

from playwright.sync_api import expect

from .browser import BrowserCase

TOLD = "sends mail to 1 person through Outlook: Zoe Zander."


class TestQuestions(BrowserCase):
    prefix = "questions-"

    def setUp(self):
        super().setUp()
        self.page = self.open_browser(self.ann)
        self.connect("ann")
        with self.odoo() as env:
            values = {"name": "Zoe Zander", "email": "zoe@customer.example"}
            self.zoe = env["res.partner"].create(values).id
        self.dialog = self.page.locator(".modal")

    def meeting(self, name="Board", hour=11, *, is_alone=False, **vals):
        """Let Ann have a meeting with Zoe; return its id."""
        with self.odoo(self.ann) as env:
            people = self.ann.with_env(env).partner_id.ids
            people += [] if is_alone else [self.zoe]
            vals["partner_ids"] = [(6, 0, people)]
            event = self.in_odoo(env, self.ann, name, hour, **vals).id
        self.run_cron("push")
        self.sandbox.exchange.mails.clear()
        return event

    def team(self):
        rule = {"rrule_type": "weekly", "interval": 1, "end_type": "count", "count": 3}
        return self.meeting(
            "Team", recurrency=True, event_tz="Europe/Brussels", tue=True, **rule
        )

    def mails(self):
        """Return what Outlook has sent once the changes have gone out."""
        self.run_cron("push")
        return [(m.recipient, m.kind) for m in self.sandbox.exchange.mails]

    def start(self, event):
        with self.odoo() as env:
            return env["calendar.event"].browse(event).start

    def drag(self, name, hours, part=0.5):
        """Drag a meeting, held at a part of its height, by so many hours."""
        block = self.event(self.page, name)
        block.scroll_into_view_if_needed()
        slots = self.page.locator(".fc-timegrid-slot-lane")
        slot = slots.first.bounding_box()["height"]  # half an hour
        box = block.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * part
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x, y + slot * hours, steps=8)
        self.page.mouse.move(x, y + 2 * slot * hours, steps=8)
        self.page.mouse.up()

    def answer(self, text):
        self.dialog.get_by_role("button", name=text, exact=True).click()
        expect(self.dialog).to_be_hidden()

    def test_dragging_asks_and_jumps_back(self):
        board = self.meeting()
        self.open_calendar(self.page)
        place = self.event(self.page, "Board").bounding_box()
        self.drag("Board", 2)
        expect(self.dialog).to_contain_text(f"Changing the time {TOLD}")
        self.picture(self.page, "drag-asked")
        self.answer("Leave it")
        self.picture(self.page, "drag-declined")
        self.assertEqual(self.event(self.page, "Board").bounding_box(), place)
        self.assertEqual(self.start(board), self.at(11))
        self.assertEqual(self.mails(), [])
        self.drag("Board", 2)
        with self.page.expect_response("**/calendar.event/write"):
            self.answer("Change")
        self.picture(self.page, "drag-moved")
        self.assertEqual(self.start(board), self.at(13))
        self.assertEqual(self.mails(), [("zoe@customer.example", "update")])

    def test_dragging_asks_nothing_where_nobody_is_mailed_or_nothing_is_foretold(self):
        alone = self.meeting("Alone", is_alone=True)
        self.drag_unasked("Alone", alone)
        self.picture(self.page, "drag-alone")
        board = self.meeting("Board", 15)
        self.page.route("**/outlook_mail_question", lambda route: route.abort())
        self.drag_unasked("Board", board, 17)

    def drag_unasked(self, name, event, hour=13):
        """Drag a meeting by two hours; it is moved without a question."""
        self.open_calendar(self.page)
        with self.page.expect_response("**/calendar.event/write"):
            self.drag(name, 2)
        expect(self.dialog).to_have_count(0)
        self.assertEqual(self.start(event), self.at(hour))

    def test_a_day_of_a_series_asks_for_the_scope_first(self):
        team = self.team()
        self.open_calendar(self.page)
        self.drag("Team", 2)
        expect(self.dialog).to_contain_text("This and following events")
        self.picture(self.page, "drag-scope")
        self.dialog.get_by_role("button", name="Confirm").click()
        expect(self.dialog).to_contain_text(f"Changing the time {TOLD}")
        with self.page.expect_response("**/calendar.event/write"):
            self.answer("Change")
        self.assertEqual(self.start(team), self.at(13))
        self.assertEqual(self.mails(), [("zoe@customer.example", "update")])

    def test_deleting_in_the_calendar_asks(self):
        board = self.meeting()
        self.open_calendar(self.page)
        self.event(self.page, "Board").click()
        self.page.click(".o_cw_popover_delete")
        expect(self.dialog).to_contain_text(f"Deleting this {TOLD}")
        self.picture(self.page, "delete-asked")
        self.answer("Keep it")
        self.assertTrue(self.start(board))
        self.event(self.page, "Board").click()
        self.page.click(".o_cw_popover_delete")
        with self.page.expect_response("**/action_unlink_event"):
            self.answer("Delete")
        self.page.wait_for_selector(".o_calendar_view .fc-view")
        self.assertEqual(self.mails(), [("zoe@customer.example", "cancellation")])

    def test_of_a_series_odoos_question_says_it(self):
        self.team()
        self.open_calendar(self.page)
        self.event(self.page, "Team").click()
        self.page.click(".o_cw_popover_delete")
        expect(self.dialog).to_contain_text(f"Deleting this {TOLD}")
        self.dialog.get_by_label("Delete all the events").click()
        self.picture(self.page, "delete-series")
        with self.page.expect_response("**/calendar.popover.delete.wizard/close"):
            self.dialog.get_by_role("button", name="Submit").click()
        self.page.wait_for_selector(".o_calendar_view .fc-view")
        self.assertEqual(self.mails(), [("zoe@customer.example", "cancellation")])

    def act(self, name):
        """Choose from the menu of actions of a form or a list."""
        self.page.locator(
            ".o_cp_action_menus .dropdown-toggle:has(.fa-cog), "
            ".o_cp_action_menus button:has-text('Actions')"
        ).first.click()
        item = re.compile(rf"\b{name}$")  # behind an icon
        self.page.get_by_role("menuitem", name=item).click()

    def test_on_the_form(self):
        board = self.meeting()
        self.page.goto(f"{self.base_url()}/odoo/calendar/{board}")
        self.act("Archive")
        expect(self.dialog).to_contain_text(f"Archiving this {TOLD}")
        self.picture(self.page, "form-archive")
        self.answer("Archive")
        expect(self.page.locator(".ribbon")).to_be_visible()
        self.assertEqual(self.mails(), [("zoe@customer.example", "cancellation")])
        self.act("Unarchive")
        expect(self.dialog).to_contain_text(f"Restoring this {TOLD}")
        self.picture(self.page, "form-restore")
        self.sandbox.exchange.mails.clear()
        self.answer("Restore")
        expect(self.page.locator(".ribbon")).to_be_hidden()
        self.assertEqual(self.mails(), [("zoe@customer.example", "invitation")])
        self.act("Delete")
        expect(self.dialog).to_contain_text(f"Deleting this {TOLD}")
        self.picture(self.page, "form-delete")
        self.answer("Keep it")
        self.assertTrue(self.start(board))

    def test_a_series_on_the_form(self):
        """Who closes the question for the scope deletes nothing."""
        team = self.team()
        self.page.goto(f"{self.base_url()}/odoo/calendar/{team}")
        self.act("Delete")
        self.dialog.get_by_role("button", name="Close").click()
        expect(self.dialog).to_be_hidden()
        self.act("Delete")
        self.dialog.get_by_role("button", name="Confirm").click()
        expect(self.dialog).to_contain_text(f"Deleting this {TOLD}")
        with self.page.expect_response("**/action_unlink_event"):
            self.answer("Delete")
        self.assertEqual(self.mails(), [("zoe@customer.example", "cancellation")])

    def test_many_in_the_list(self):
        self.meeting("Board")
        self.meeting("Lunch", 13)
        self.page.goto(f"{self.base_url()}/odoo/calendar?view_type=list")
        self.page.click(".o_switch_view.o_list")
        self.page.click("thead .o_list_record_selector")
        self.act("Archive")
        expect(self.dialog).to_contain_text(f"Archiving these {TOLD}")
        self.picture(self.page, "list-archive")
        self.answer("Cancel")
        self.act("Delete")
        expect(self.dialog).to_contain_text(f"Deleting these {TOLD}")
        self.picture(self.page, "list-delete")
        with self.page.expect_response("**/calendar.event/unlink"):
            self.answer("Delete")
        told = ("zoe@customer.example", "cancellation")
        self.assertEqual(self.mails(), [told, told])
