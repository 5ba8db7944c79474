# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a person sees and does when something went wrong: the guard, and undo."""

from playwright.sync_api import expect

from .browser import BrowserCase
from .common import guest


class TestUndo(BrowserCase):
    def setUp(self):
        super().setUp()
        self.page = self.open_browser(self.ann)
        self.exchange = self.sandbox.exchange

    def open_journal(self):
        self.choose(self.page, "Journal")
        expect(self.page.locator(".o_group_header").first).to_be_visible()

    def open_run(self, text):
        """Open the newest run with this text; return its header."""
        header = self.page.locator(".o_group_header").filter(has_text=text).first
        if not self.page.locator(".o_data_row").count():
            header.click()
        return header

    def row(self, *texts):
        found = self.page.locator(".o_data_row")
        for text in texts:
            found = found.filter(has_text=text)
        return found.first

    def confirm(self, picture):
        dialog = self.page.locator(".modal")
        expect(dialog.locator(".modal-footer")).to_contain_text("Undo")
        self.picture(self.page, picture)
        dialog.locator(".modal-footer").get_by_role("button", name="Undo").click()
        expect(dialog).to_have_count(0)

    def test_the_guards_question(self):
        self.prefix = "guard-"
        items = [self.in_outlook("ann", f"Visit {n}", 7 + n) for n in range(12)]
        self.connect("ann")
        for item in items[:11]:
            self.exchange.delete_event(self.person("ann"), item["id"])
        self.sync_now(self.page)
        self.wait_for_state(self.page, "paused")
        expect(self.event(self.page, "Visit 3")).to_be_visible()
        self.choose(self.page, "My connection")
        asked = self.page.locator(".alert-warning:visible")
        expect(asked).to_contain_text("Nothing was removed in Odoo")
        self.picture(self.page, "asked")
        asked.get_by_role("button", name="Which ones?").click()
        dialog = self.page.locator(".modal")
        expect(dialog).to_contain_text("Visit 3")
        self.picture(self.page, "which")
        dialog.locator(".btn-close").click()
        asked.get_by_role("button", name="Remove them in Odoo too").click()
        expect(asked).to_have_count(0)
        self.sync_now(self.page)
        expect(self.event(self.page, "Visit 11")).to_be_visible()
        expect(self.event(self.page, "Visit 3")).to_have_count(0)
        # It was a mistake: the whole run comes back, and nobody gets mail.
        self.open_journal()
        header = self.open_run("Read from Outlook")
        self.picture(self.page, "journal")
        header.get_by_role("button", name="Undo all").click()
        expect(self.page.locator(".modal")).to_contain_text("Nobody gets mail.")
        self.confirm("undo-run")
        self.run_cron("push", "pull")
        self.open_calendar(self.page)
        expect(self.event(self.page, "Visit 3")).to_be_visible()
        self.picture(self.page, "back")
        self.assertEqual(len(self.subjects("ann")), 12)
        self.assertEqual(self.exchange.mails, [])

    def test_a_change_with_guests_is_undone_with_and_without_their_mail(self):
        self.prefix = "undo-"
        zoe = guest("zoe@customer.example", "Zoe Zane")
        item = self.in_outlook("ann", "Board", 11, attendees=[zoe])
        self.connect("ann")
        change = {"subject": "Bored", "location": {"displayName": "Cellar"}}
        self.exchange.update_event(self.person("ann"), item["id"], change)
        mails = len(self.exchange.mails)
        self.sync_now(self.page)
        self.open_journal()
        self.open_run("Read from Outlook")
        row = self.row("Changed:")
        expect(row).to_be_visible()
        self.picture(self.page, "journal")
        row.locator("[name=summary]").click()
        table = self.page.locator(".o_outlook_changes")
        expect(table).to_contain_text("Bored")
        self.picture(self.page, "line")
        self.page.get_by_role("button", name="Undo", exact=True).click()
        dialog = self.page.locator(".modal")
        expect(dialog).to_contain_text("Nobody gets mail.")
        self.picture(self.page, "without-mail")
        dialog.get_by_label("Change meetings with guests in Outlook, too").check()
        expect(dialog).to_contain_text("Outlook will mail the guests")
        self.confirm("with-mail")
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(len(self.exchange.mails), mails + 1)
        self.open_calendar(self.page)
        expect(self.event(self.page, "Board")).to_be_visible()
        self.open_journal()
        self.open_run("Done in Odoo")
        expect(self.row("Undone")).to_be_visible()
        self.picture(self.page, "undone")

    def test_the_settings_and_a_phone(self):
        self.prefix = "undo-other-"
        self.in_outlook("ann", "Board", 11)
        self.connect("ann")
        phone = self.open_browser(self.ann, width=390, height=844)
        phone.goto(
            f"{self.base_url()}/odoo/action-outlook_calendar.outlook_journal_action"
        )
        expect(phone.locator(".o_group_header, .o_kanban_record").first).to_be_visible()
        self.picture(phone, "phone")
        boss = self.open_browser(self.boss)
        boss.goto(f"{self.base_url()}/odoo/settings")
        days = boss.locator("[name=outlook_journal_days] input")
        expect(days).to_have_value("180")
        days.scroll_into_view_if_needed()
        self.picture(boss, "settings")
        days.fill("30")
        with boss.expect_response("**/execute"):
            boss.get_by_role("button", name="Save").click()
        boss.wait_for_selector("[name=outlook_journal_days]")
        with self.odoo() as env:
            self.assertEqual(env["outlook.journal"]._keep_days(), 30)
