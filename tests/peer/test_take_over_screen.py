# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The take-over as an administrator sees it, in Chromium."""

import shutil

from playwright.sync_api import expect, sync_playwright

from ..browser import CHROMIUM_FLAGS, CHROMIUM_NAMES, output_folder, unlimited_memory
from .test_take_over import TakeOverCase

PATIENCE = 60_000  # milliseconds; the machine may be busy


class TestTakeOverScreen(TakeOverCase):
    def setUp(self):
        super().setUp()
        with unlimited_memory():
            playwright = sync_playwright().start()
        self.addCleanup(playwright.stop)
        found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
        browser = playwright.chromium.launch(
            executable_path=found, args=list(CHROMIUM_FLAGS)
        )
        self.addCleanup(browser.close)
        self.page = browser.new_page(viewport={"width": 1366, "height": 800})
        self.page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)

    def picture(self, name):
        path = output_folder() / f"take-over-{name}.png"
        self.page.screenshot(path=path, animations="disabled")

    def open_settings(self):
        self.page.goto(f"{self.odoo}/web/login")
        self.page.fill("input[name=login]", "admin")
        self.page.fill("input[name=password]", "admin")
        self.page.click("button[type=submit]")
        self.page.wait_for_selector(".o_main_navbar")
        self.page.goto(f"{self.odoo}/odoo/settings")

    def test_an_administrator_takes_over(self):
        with self.env() as env:
            self.user(env, "bob")._set_microsoft_auth_tokens(False, False, 0)
        self.open_settings()
        button = self.page.get_by_role("button", name="Take over")
        button.scroll_into_view_if_needed()
        self.picture("1-settings")
        button.click()
        dialog = self.page.locator(".modal")
        expect(dialog).to_contain_text("Nobody gets mail")
        expect(dialog.locator("[name=user_count]")).to_have_text("2")
        self.picture("2-asked")
        dialog.get_by_role("button", name="Take over").click()
        expect(dialog).to_contain_text("have to sign in once")
        with self.env() as env:
            bob = self.user(env, "bob").name
        expect(dialog.locator("[name=waiting_user_ids]")).to_contain_text(bob)
        self.picture("3-done")
        dialog.get_by_role("button", name="Close").last.click()
        expect(self.page.get_by_role("button", name="Take over")).to_have_count(0)
        self.assertEqual(self.accounts(), {"ann": "connected", "bob": "revoked"})
        self.assertEqual(len(self.sandbox.exchange.mails), self.mails)
