# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The main job as a person does it, from the settings to a deletion each way."""

from playwright.sync_api import expect

from .browser import BrowserCase
from .common import APP_ID, APP_SECRET

CONNECTIONS = (
    "microsoft_calendar_client_id",
    "microsoft_calendar_client_secret",
    "outlook_calendar.enabled",
    "outlook_calendar.tenant",
)


class TestMainJob(BrowserCase):
    prefix = "main-"

    def test_both_calendars_stay_in_step(self):
        self.forget_settings()
        with self.odoo() as env:
            self.in_odoo(env, self.ann, "Supplier call", 15)
        self.in_outlook("ann", "Dentist", 9)
        self.set_up(self.open_browser(self.boss))
        odoo, outlook = self.open_browser(self.ann), self.open_browser()
        self.connect(odoo)
        self.read_and_copy(odoo, outlook)
        self.make_in_odoo(odoo, outlook)
        self.change_in_outlook(odoo, outlook)
        self.delete_in_odoo(odoo, outlook)
        self.delete_in_outlook(odoo, outlook)
        self.assertEqual(self.sandbox.exchange.mails, [])

    def forget_settings(self):
        """Begin as after the installation: only the sandbox's addresses are there."""
        with self.odoo() as env:
            parameters = env["ir.config_parameter"]
            for name in CONNECTIONS:
                parameters.set_param(name, False)

    def set_up(self, page):
        page.goto(f"{self.base_url()}/odoo/settings")
        block = page.locator("#outlook_calendar")
        block.scroll_into_view_if_needed()
        self.picture(page, "settings-off")
        block.get_by_role("checkbox").first.check()
        block.get_by_label("Client ID").fill(APP_ID)
        block.get_by_label("Client secret").fill(APP_SECRET)
        block.get_by_label("Who may sign in").click()
        page.get_by_role("menuitem", name="Work and school accounts").click()
        block.get_by_role("button", name="Test").scroll_into_view_if_needed()
        self.picture(page, "settings-filled")
        page.click(".o_form_button_save")
        expect(page.locator(".o_form_button_save")).to_be_hidden()
        block.get_by_role("button", name="Test").click()
        said = page.locator(".o_notification")
        expect(said).to_contain_text("Everything is in order: users can connect.")
        expect(block).to_contain_text("A secret is stored.")
        self.picture(page, "settings-tested")

    def connect(self, page):
        self.open_calendar(page)
        self.picture(page, "calendar-not-connected")
        page.click(".o_outlook_main")
        page.wait_for_selector("input[name=loginfmt]")
        self.picture(page, "microsoft-sign-in")
        self.sign_in_to_outlook(page, "ann", before_answer="microsoft-consent")
        preview = page.locator(".modal .o_outlook_first_sync")
        expect(preview).to_contain_text("Nobody gets mail.")
        expect(preview.locator("[name=in_count]")).to_have_text("1")
        expect(preview.locator("[name=out_count]")).to_have_text("1")
        self.picture(page, "preview-choices")
        preview.get_by_role("tab", name="Meetings").click()
        expect(preview.get_by_role("cell", name="Dentist")).to_be_visible()
        self.picture(page, "preview-meetings")
        self.assertEqual(self.subjects("ann"), ["Dentist"])
        page.locator(".modal").get_by_role("button", name="Start").click()
        page.wait_for_selector(".o_outlook_button[data-state=connected]")

    def read_and_copy(self, odoo, outlook):
        """The scheduler does what the preview promised."""
        self.run_cron("pull", "push")
        self.open_calendar(odoo)
        expect(self.event(odoo, "Dentist")).to_be_visible()
        self.picture(odoo, "odoo-after-first-sync")
        self.open_mailbox(outlook, "ann")
        expect(self.event(outlook, "Supplier call")).to_be_visible()
        self.picture(outlook, "outlook-after-first-sync")

    def make_in_odoo(self, odoo, outlook):
        self.click_slot(odoo, 11)
        odoo.locator(".modal [name=name] input").fill("Board")
        self.picture(odoo, "odoo-new-meeting")
        odoo.locator(".modal").get_by_role("button", name="Save").click()
        self.event(odoo, "Board").click()
        expect(odoo.locator(".o_outlook_popover")).to_contain_text("Waiting")
        self.picture(odoo, "odoo-new-meeting-waits")
        self.run_cron("push")
        outlook.reload()
        expect(self.event(outlook, "Board")).to_contain_text("11:00")
        self.picture(outlook, "outlook-has-the-new-meeting")

    def change_in_outlook(self, odoo, outlook):
        self.event(outlook, "Board").click()
        outlook.fill("input[name=subject]", "Board, longer")
        outlook.fill("input[name=end_time]", "13:30")
        outlook.fill("input[name=location]", "Blue Room")
        self.picture(outlook, "outlook-change")
        outlook.click("#save")
        self.sync_now(odoo)
        changed = self.event(odoo, "Board, longer")
        expect(changed).to_contain_text("11:00")
        changed.click()
        popover = odoo.locator(".o_cw_popover")
        expect(popover).to_contain_text("1:30")
        expect(popover).to_contain_text("Blue Room")
        expect(popover.locator(".o_outlook_popover")).to_contain_text("In step")
        self.picture(odoo, "odoo-has-the-change")

    def delete_in_odoo(self, odoo, outlook):
        odoo.locator(".o_cw_popover_delete").click()
        odoo.locator(".modal").get_by_role("button", name="Delete").click()
        expect(self.event(odoo, "Board, longer")).to_have_count(0)
        self.picture(odoo, "odoo-deleted")
        self.run_cron("push")
        self.open_mailbox(outlook, "ann")
        expect(self.event(outlook, "Dentist")).to_be_visible()
        expect(self.event(outlook, "Board, longer")).to_have_count(0)
        self.picture(outlook, "outlook-without-it")

    def delete_in_outlook(self, odoo, outlook):
        self.event(outlook, "Dentist").click()
        outlook.click("#delete button")
        self.assertEqual(self.subjects("ann"), ["Supplier call"])
        self.sync_now(odoo)
        expect(self.event(odoo, "Supplier call")).to_be_visible()
        expect(self.event(odoo, "Dentist")).to_have_count(0)
        self.picture(odoo, "odoo-without-what-outlook-deleted")
        with self.odoo() as env:
            events = env["calendar.event"].with_context(active_test=False)
            dentist = events.search([("name", "=", "Dentist")])
            self.assertEqual(dentist.mapped("active"), [False])
