# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Calendars that colleagues share: asked for, picked, and seen in Odoo's calendar."""

from playwright.sync_api import expect

from .browser import BrowserCase


class TestSharedCalendars(BrowserCase):
    prefix = "shared-"

    def row(self, page, name):
        """Return the line of a calendar on the connection's page."""
        return page.locator("[name=calendar_ids] .o_data_row").filter(has_text=name)

    def test_a_shared_calendar_is_picked(self):
        share = self.sandbox.exchange.share_calendar
        share(self.person("ann"), self.person("bob"), "write")
        share(self.person("carol"), self.person("bob"), "read")
        self.in_outlook("ann", "Board", 11)
        self.in_outlook("ann", "Doctor", 14, sensitivity="private")
        page = self.open_browser(self.bob)
        self.connect_by_hand(page, "bob")
        self.open_calendar(page)
        self.choose(page, "My connection")
        self.row(page, "Birthdays").scroll_into_view_if_needed()
        self.picture(page, "own-only")
        page.get_by_role("button", name="Show shared calendars").click()
        page.click("#idSIButton9")
        ann = self.row(page, "Ann Archer")
        expect(ann).to_be_visible()
        self.picture(page, "listed")
        ann.locator("[name=is_synced] input").check()
        self.picture(page, "picked")
        page.click(".o_form_button_save")
        expect(page.locator(".o_form_button_save")).to_be_hidden()
        self.picture(page, "saved")
        self.run_cron("pull")
        self.open_calendar(page)
        page.get_by_placeholder("+ Add Attendees").fill("Ann")
        page.locator(".o-autocomplete--dropdown-item", has_text="Ann Archer").click()
        expect(self.event(page, "Board")).to_be_visible()
        expect(self.event(page, "Private appointment")).to_be_visible()
        self.picture(page, "calendar")
