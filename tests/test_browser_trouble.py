# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What an administrator sees when connections of others do not work."""

import requests
from playwright.sync_api import expect

from .browser import BrowserCase
from .common import DOMAIN


class TestTrouble(BrowserCase):
    prefix = "trouble-"

    def take_licence(self, name):
        url = f"{self.running.http_url}/control/people/{name}@{DOMAIN}"
        answer = requests.patch(url, json={"has_mailbox": False}, timeout=10)
        answer.raise_for_status()

    def test_settings_and_list_tell_which_connections_need_somebody(self):
        page = self.open_browser(self.ann)
        self.connect("ann")
        self.take_licence("ann")
        self.run_cron("pull")
        self.open_calendar(page)
        self.wait_for_state(page, "failing")
        page.click(".o_outlook_toggle")
        expect(page.locator(".o_outlook_message")).to_contain_text("no mailbox")
        self.picture(page, "owner")
        admin = self.open_browser(self.boss)
        admin.goto(f"{self.base_url()}/odoo/settings")
        hint = admin.locator(".o_outlook_attention").first
        expect(hint).to_contain_text("Connections that need attention: 1")
        hint.scroll_into_view_if_needed()
        self.picture(admin, "settings")
        hint.get_by_role("button", name="Show them").click()
        row = admin.locator(".o_data_row")
        expect(row).to_have_count(1)
        expect(row).to_contain_text("no mailbox")
        self.picture(admin, "list")
