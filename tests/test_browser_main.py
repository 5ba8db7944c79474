# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The main job as a person does it, from the settings to a deletion each way."""

from .browser import BrowserCase


class TestMainJob(BrowserCase):
    prefix = "main-"

    def test_both_calendars_stay_in_step(self):
        page = self.open_browser(self.boss)
        page.goto(f"{self.base_url()}/odoo/settings")
        self.picture(page, "settings")
        page = self.open_browser(self.ann)
        self.open_calendar(page)
        self.picture(page, "calendar")
