# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a person sees and does when something needs him."""

from playwright.sync_api import expect

from .browser import BrowserCase


class TestStates(BrowserCase):
    def setUp(self):
        super().setUp()
        self.page = self.open_browser(self.ann)

    def test_pause_and_resume(self):
        self.prefix = "pause-"
        self.connect("ann")
        self.open_calendar(self.page)
        self.page.click(".o_outlook_toggle")
        self.picture(self.page, "connected-menu")
        self.page.get_by_role("menuitem", name="Pause").click()
        self.wait_for_state(self.page, "paused")
        with self.odoo(self.ann) as env:
            self.in_odoo(env, self.ann, "Board", 11)
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), [])
        self.page.click(".o_outlook_toggle")
        self.picture(self.page, "paused-menu")
        self.page.get_by_role("menuitem", name="Changes waiting").click()
        expect(self.page.get_by_role("cell", name="Board")).to_be_visible()
        self.picture(self.page, "changes-waiting")
        self.open_calendar(self.page)
        self.choose(self.page, "Resume")
        self.wait_for_state(self.page, "connected")
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Board"])

    def test_a_failing_connection_says_why(self):
        self.prefix = "failing-"
        self.connect("ann")
        self.fault("status", status=503, times=0)
        self.sync_now(self.page)
        self.wait_for_state(self.page, "failing")
        self.page.click(".o_outlook_toggle")
        message = self.page.locator(".o_outlook_message")
        expect(message).to_contain_text("Microsoft does not answer at the moment.")
        self.picture(self.page, "menu")
        self.page.get_by_role("menuitem", name="My connection").click()
        expect(self.page.locator(".alert-warning:visible")).to_contain_text(
            "The last check did not work."
        )
        self.picture(self.page, "connection")
        self.sandbox.faults.clear()
        self.sync_now(self.page)
        self.wait_for_state(self.page, "connected")

    def test_a_meeting_that_outlook_refuses_can_be_sent_again(self):
        self.prefix = "refused-"
        self.connect("ann")
        self.fault("status", status=400, code="ErrorInvalidRequest", method="POST")
        with self.odoo(self.ann) as env:
            board = self.in_odoo(env, self.ann, "Board", 11).id
        form = f"{self.base_url()}/odoo/calendar/{board}"
        self.page.goto(form)
        line = self.page.locator(".o_outlook_line")
        expect(line).to_contain_text("Waiting")
        self.picture(self.page, "form-waiting")
        self.run_cron("push")
        self.page.goto(form)
        expect(line).to_contain_text("Failed")
        self.picture(self.page, "form-failed")
        self.open_calendar(self.page)
        self.page.click(".o_outlook_toggle")
        self.picture(self.page, "menu")
        self.page.get_by_role("menuitem", name="Changes failed").click()
        expect(self.page.get_by_role("cell", name="Board")).to_be_visible()
        self.picture(self.page, "changes-failed")
        self.page.goto(form)
        line.get_by_role("button", name="Retry").click()
        expect(line).to_contain_text("Waiting")
        self.run_cron("push")
        self.page.goto(form)
        expect(line).to_contain_text("In step")
        expect(line).to_contain_text("Open in Outlook")
        self.picture(self.page, "form-in-step")
        self.assertEqual(self.subjects("ann"), ["Board"])

    def test_a_conflict_is_shown_and_turned_by_one_click(self):
        self.prefix = "conflict-"
        item = self.in_outlook("ann", "Board", 11)
        self.connect("ann")
        exchange, ann = self.sandbox.exchange, self.person("ann")
        exchange.update_event(ann, item["id"], {"subject": "Board in Outlook"})
        with self.odoo(self.ann) as env:
            board = env["calendar.event"].search([("name", "=", "Board")])
            board.name = "Board in Odoo"
        self.sync_now(self.page)
        self.page.click(".o_outlook_toggle")
        self.picture(self.page, "menu")
        self.page.get_by_role("menuitem", name="Conflicts").click()
        row = self.page.locator(".o_data_row")
        expect(row).to_contain_text("Board in Outlook")
        self.picture(self.page, "list")
        kept = row.locator("[name=kept_value]").inner_text()
        other = row.locator("[name=lost_value]").inner_text()
        self.assertEqual({kept, other}, {"Board in Odoo", "Board in Outlook"})
        row.get_by_role("button", name="Use the other value").click()
        expect(row).to_have_count(0)
        self.sync_now(self.page)
        expect(self.event(self.page, other)).to_be_visible()
        self.assertEqual(self.subjects("ann"), [other])
        self.choose(self.page, "Journal")
        expect(self.page.locator(".o_group_header").first).to_be_visible()
        self.picture(self.page, "journal")

    def test_many_meetings_deleted_in_odoo_are_asked_about(self):
        self.prefix = "deletions-"
        self.connect("ann")
        with self.odoo(self.ann) as env:
            zoe = env["res.partner"].create(
                {"name": "Zoe", "email": "zoe@customer.example"}
            )
            people = [(6, 0, (zoe | self.ann.with_env(env).partner_id).ids)]
            for number in range(12):
                vals = {"partner_ids": people} if number % 2 else {}
                self.in_odoo(env, self.ann, f"Visit {number}", 7 + number, **vals)
        self.run_cron("push")
        mails = len(self.sandbox.exchange.mails)
        with self.odoo(self.ann) as env:
            events = env["calendar.event"].search([("user_id", "=", self.ann.id)])
            events.unlink()
        self.run_cron("push")
        self.open_calendar(self.page)
        self.wait_for_state(self.page, "paused")
        self.page.click(".o_outlook_toggle")
        answer = self.page.get_by_role("menuitem", name="Answer the question")
        expect(answer).to_be_visible()
        self.picture(self.page, "menu")
        answer.click()
        asked = self.page.locator(".alert-warning:visible")
        expect(asked).to_contain_text("Nothing was deleted in Outlook")
        self.picture(self.page, "asked")
        asked.get_by_role("button", name="Which ones?").click()
        dialog = self.page.locator(".modal")
        expect(dialog).to_contain_text("Visit 3 (mail to 1)")
        self.picture(self.page, "which")
        dialog.get_by_role("button", name="Close").click()
        self.assertEqual(len(self.sandbox.exchange.mails), mails)
        asked.get_by_role("button", name="Keep them in Outlook").click()
        expect(asked).to_have_count(0)
        self.sync_now(self.page)
        expect(self.event(self.page, "Visit 3")).to_have_count(0)
        self.picture(self.page, "kept")
        self.assertEqual(len(self.subjects("ann")), 12)
        self.assertEqual(len(self.sandbox.exchange.mails), mails)

    def test_disconnecting_leaves_the_meetings(self):
        self.prefix = "disconnect-"
        self.in_outlook("ann", "Board", 11)
        self.connect("ann")
        self.open_calendar(self.page)
        self.choose(self.page, "Disconnect")
        dialog = self.page.locator(".modal")
        expect(dialog.locator("[name=event_count]")).to_have_text("1")
        self.picture(self.page, "asked")
        dialog.get_by_role("button", name="Disconnect", exact=True).click()
        self.wait_for_state(self.page, "disconnected")
        self.open_calendar(self.page)
        expect(self.event(self.page, "Board")).to_be_visible()
        self.picture(self.page, "done")
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(self.sandbox.exchange.mails, [])

    def test_the_preferences_and_a_phone(self):
        self.prefix = "other-"
        self.connect("ann")
        self.open_calendar(self.page)
        self.page.click(".o_user_menu button")
        self.page.get_by_role("menuitem", name="Preferences").click()
        self.page.get_by_role("tab", name="Calendar").click()
        line = self.page.locator(".o_outlook_preferences")
        expect(line).to_contain_text("Connected")
        line.scroll_into_view_if_needed()
        self.picture(self.page, "preferences")
        phone = self.open_browser(self.ann, width=390, height=844)
        phone.goto(f"{self.base_url()}/odoo/calendar")
        self.wait_for_state(phone, "connected")
        phone.click(".o_outlook_toggle")
        self.picture(phone, "phone")
