# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Signing in as a person meets it: refused, put off, lost and found again."""

import requests
from playwright.sync_api import expect

from .browser import BrowserCase
from .common import APP_ID, APP_SECRET


class TestSignIn(BrowserCase):
    def test_a_refused_consent_connects_nothing(self):
        self.prefix = "consent-"
        page = self.open_browser(self.ann)
        self.open_calendar(page)
        page.click(".o_outlook_main")
        self.sign_in_to_outlook(page, "ann", accept=False)
        said = page.locator(".o_notification")
        expect(said).to_contain_text("You did not allow Odoo to use your Outlook")
        self.wait_for_state(page, "disconnected")
        self.picture(page, "refused")
        page.reload()
        self.wait_for_state(page, "disconnected")
        expect(said).to_have_count(0)
        with self.odoo() as env:
            self.assertFalse(self.account(env, self.ann))

    def test_everybody_connects_alone(self):
        self.prefix = "colleague-"
        self.connect("ann")
        page = self.open_browser(self.bob)
        self.open_calendar(page)
        self.wait_for_state(page, "disconnected")
        expect(page.get_by_role("button", name="Outlook")).to_be_visible()
        self.picture(page, "bob")

    def test_the_preview_can_be_put_off(self):
        self.prefix = "put-off-"
        self.in_outlook("ann", "Dentist", 9)
        page = self.open_browser(self.ann)
        self.open_calendar(page)
        page.click(".o_outlook_main")
        self.sign_in_to_outlook(page, "ann")
        page.locator(".modal").get_by_role("button", name="Not now").click()
        self.wait_for_state(page, "draft")
        self.run_cron("pull", "push")
        self.open_calendar(page)
        expect(self.event(page, "Dentist")).to_have_count(0)
        self.picture(page, "calendar")
        page.click(".o_outlook_main")
        page.locator(".modal").get_by_role("button", name="Start").click()
        self.wait_for_state(page, "connected")
        self.run_cron("pull")
        self.open_calendar(page)
        expect(self.event(page, "Dentist")).to_be_visible()

    def test_a_revoked_sign_in_is_repaired_by_the_button(self):
        self.prefix = "revoked-"
        page = self.open_browser(self.ann)
        self.connect_by_hand(page, "ann")
        person = self.person("ann")
        control = f"{self.running.http_url}/control/people/{person.id}/revoke"
        requests.post(control, timeout=10).raise_for_status()
        # The token at hand lives on for an hour, unless Graph takes it no longer.
        self.fault("status", status=401, code="InvalidAuthenticationToken")
        with self.odoo(self.ann) as env:
            self.in_odoo(env, self.ann, "Board", 11)
        self.run_cron("push")
        self.open_calendar(page)
        expect(page.get_by_role("button", name="Reconnect Outlook")).to_be_visible()
        self.event(page, "Board").click()
        expect(page.locator(".o_outlook_popover")).to_contain_text("new sign-in")
        self.picture(page, "calendar")
        page.click(".o_cw_popover_close")
        page.click(".o_outlook_toggle")
        self.picture(page, "menu")
        page.click(".o_outlook_main")
        self.type_password(page, "ann")  # Microsoft knows who, and has the consent
        said = page.locator(".o_notification")
        expect(said).to_contain_text("Outlook is connected again.")
        self.wait_for_state(page, "connected")
        self.picture(page, "reconnected")
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Board"])

    def test_the_settings_say_what_is_wrong(self):
        self.prefix = "settings-"
        page = self.open_browser(self.boss)
        page.goto(f"{self.base_url()}/odoo/settings")
        block = page.locator("#outlook_calendar")
        said = page.locator(".o_notification")
        for name, client_id, secret, sentence in (
            ("secret", APP_ID, "wrong", "The client secret is wrong."),
            ("client-id", APP_ID[::-1], APP_SECRET, "does not know this client ID"),
        ):
            block.get_by_label("Client ID").fill(client_id)
            block.get_by_label("Client secret").fill(secret)
            block.get_by_role("button", name="Test").click()
            expect(said).to_contain_text(sentence)
            self.picture(page, f"wrong-{name}")
