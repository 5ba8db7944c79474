# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Leaving and resting as people see it: the disconnect wizard, pauses, a copy."""

from playwright.sync_api import expect

from .browser import BrowserCase
from .common import guest


class TestLeaving(BrowserCase):
    prefix = "leaving-"

    def open_wizard(self):
        """Connect Ann, who has meetings of all kinds, and press *Disconnect*."""
        zoe = [guest("zoe@customer.example", "Zoe")]
        self.in_outlook("ann", "Dentist", 9)
        self.in_outlook("ann", "Customer visit", 11, attendees=zoe)
        self.in_outlook("bob", "Of Bob", 13, attendees=[guest("ann@contoso.example")])
        self.page = self.open_browser(self.ann)
        self.connect("ann")
        with self.odoo(self.ann) as env:
            self.in_odoo(env, self.ann, "Planning", 15)
        self.run_cron("push")
        self.mailed = len(self.sandbox.exchange.mails)
        self.open_calendar(self.page)
        self.choose(self.page, "Disconnect")
        return self.page.locator(".modal")

    def counts(self, dialog, **wanted):
        for name, number in wanted.items():
            shown = dialog.locator(f"[name={name}_count]")
            expect(shown).to_have_text(str(number))

    def test_the_choices_are_shown_before_anything_happens(self):
        dialog = self.open_wizard()
        self.counts(dialog, event=4)
        self.picture(self.page, "leave")
        dialog.get_by_label("Delete them from Odoo").check()
        self.counts(dialog, odoo=3, stay=1)
        self.picture(self.page, "odoo")
        dialog.get_by_label("Delete them from both").check()
        self.counts(dialog, outlook=2, odoo=3, stay=1)
        row = dialog.get_by_role("row", name="Customer visit")
        expect(row).to_contain_text("who would get mail")
        expect(dialog).to_contain_text("Nobody gets mail.")
        self.picture(self.page, "both")
        dialog.get_by_label("Delete them from Outlook").check()
        self.counts(dialog, outlook=2, stay=2)
        self.picture(self.page, "outlook")
        self.assertEqual(len(self.subjects("ann")), 4)
        dialog.get_by_role("button", name="Disconnect", exact=True).click()
        self.wait_for_state(self.page, "disconnected")
        self.assertEqual(self.subjects("ann"), ["Customer visit", "Of Bob"])
        self.assertEqual(len(self.sandbox.exchange.mails), self.mailed)
        self.open_calendar(self.page)
        expect(self.event(self.page, "Dentist")).to_be_visible()
        self.picture(self.page, "done")


class TestResting(BrowserCase):
    prefix = "resting-"

    def open_settings(self):
        page = self.open_browser(self.boss)
        page.goto(f"{self.base_url()}/odoo/settings")
        block = page.locator("#outlook_calendar")
        block.get_by_role("button", name="Test").scroll_into_view_if_needed()
        return page, block

    def test_an_administrator_pauses_everybody(self):
        ann = self.open_browser(self.ann)
        self.connect("ann")
        page, block = self.open_settings()
        self.picture(page, "settings")
        block.get_by_role("button", name="Pause for everybody").click()
        expect(block).to_contain_text("Paused for everybody.")
        block.get_by_role("button", name="Go on").scroll_into_view_if_needed()
        self.picture(page, "settings-paused")
        self.open_calendar(ann)
        self.wait_for_state(ann, "paused")
        ann.click(".o_outlook_toggle")
        expect(ann.locator(".o_outlook_message")).to_contain_text("administrator")
        self.picture(ann, "calendar-paused")
        block.get_by_role("button", name="Go on").click()
        expect(block.get_by_role("button", name="Pause for everybody")).to_be_visible()
        self.open_calendar(ann)
        self.wait_for_state(ann, "connected")

    def test_a_copy_says_that_it_is_one(self):
        self.connect("ann")
        with self.odoo() as env:
            env["ir.config_parameter"].set_param("database.uuid", "of a copy")
        page, block = self.open_settings()
        expect(block).to_contain_text("This is a copy of a database")
        block.get_by_role("button", name="with this one").scroll_into_view_if_needed()
        self.picture(page, "settings-copy")
        block.get_by_role("button", name="People work with this one").click()
        self.picture(page, "settings-copy-sure")
        page.locator(".modal").get_by_role("button", name="Ok").click()
        expect(block).not_to_contain_text("This is a copy of a database")
