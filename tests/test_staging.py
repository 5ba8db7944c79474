# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Copies of a connected database, and pauses."""

import os

from cryptography.fernet import Fernet

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import file_open

from .common import OutlookCase, OutlookHttpCase

KEY = "OUTLOOK_CALENDAR_KEY"


class CopyMixin:
    """Turns the database of a test into a copy of itself."""

    def set_key(self, key):
        """Work with another key until the test ends."""
        before = os.environ.get(KEY)
        os.environ[KEY] = key
        if before is None:
            self.addCleanup(os.environ.pop, KEY, None)
        else:
            self.addCleanup(os.environ.__setitem__, KEY, before)

    def param(self, name, value):
        self.env["ir.config_parameter"].set_param(name, value)
        self.env.flush_all()

    def neutralize(self):
        self.env.flush_all()
        with file_open("outlook_calendar/data/neutralize.sql") as script:
            self.cr.execute(script.read())
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()


@tagged("post_install", "-at_install")
class TestStaging(CopyMixin, OutlookCase):
    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ann)
        self.event = self.meet(self.ann)
        self.asked = len(self.sandbox.requests)
        self.mails = self.env["mail.mail"].search([])

    def assert_silent(self):
        """Nothing is asked for or mailed, whatever runs and whoever presses."""
        for name in ("pull", "push", "maintain"):
            self.run_cron(name)
        self.sync(self.account)
        self.assertEqual(len(self.sandbox.requests), self.asked)
        self.assertEqual(self.env["mail.mail"].search([]), self.mails)
        self.assertTrue(self.event.exists())

    def assert_goes_on(self):
        """Everything that waited is sent."""
        self.sync(self.account)
        self.assertEqual(self.subjects("ann"), ["Board"])

    def test_the_original_goes_on(self):
        self.assert_goes_on()

    def test_problem_68_another_uuid(self):
        self.param("database.uuid", "another")
        self.assert_silent()
        self.assertNotEqual(self.account.state, "revoked", "nobody is asked to sign in")

    def test_problem_68_another_address(self):
        self.param("web.base.url", "https://staging.example")
        self.assert_silent()
        self.param("web.base.url", "http://127.0.0.1:8070")
        self.assert_goes_on()

    def test_problem_68_without_the_key(self):
        self.set_key(Fernet.generate_key().decode())
        self.assert_silent()
        self.assertNotEqual(self.account.state, "revoked", "nobody is asked to sign in")

    def test_problem_68_neutralized(self):
        self.neutralize()
        self.assert_silent()
        self.cr.execute("SELECT state, token_cache FROM outlook_account")
        self.assertEqual(self.cr.fetchall(), [("paused", None)])
        secret = "microsoft_calendar_client_secret"
        self.assertFalse(self.env["ir.config_parameter"].get_param(secret))

    def test_a_database_that_moved_goes_on_when_an_administrator_says_so(self):
        self.param("web.base.url", "https://new.example")
        settings = self.env["res.config.settings"]
        self.assertTrue(settings.create({}).outlook_is_copy)
        with self.assertRaises(AccessError):
            settings.with_user(self.ann).sudo().action_outlook_settle()
        settings.create({}).action_outlook_settle()
        self.assertFalse(settings.create({}).outlook_is_copy)
        self.assert_goes_on()
        self.param("web.base.url", "http://localhost:8069")
        self.assertFalse(settings.create({}).outlook_is_copy, "both addresses are its")

    def test_a_database_that_lost_its_key_asks_everybody_to_sign_in(self):
        self.set_key(Fernet.generate_key().decode())
        self.env["res.config.settings"].create({}).action_outlook_settle()
        self.run_cron("pull")
        self.assertEqual(self.account.state, "revoked")


@tagged("post_install", "-at_install")
class TestSignInAtACopy(CopyMixin, OutlookHttpCase):
    def test_problem_68_nobody_signs_in_at_a_copy(self):
        self.connect(self.ann)
        self.param("database.uuid", "another")
        asked = len(self.sandbox.requests)
        self.authenticate(self.ann.login, self.ann.login)
        answer = self.url_open("/outlook_calendar/connect", allow_redirects=False)
        self.assertTrue(answer.headers["Location"].endswith("/odoo/calendar"))
        self.assertEqual(len(self.sandbox.requests), asked)


@tagged("post_install", "-at_install")
class TestPause(OutlookCase):
    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ann)
        self.boss = new_test_user(self.env, "boss", groups="base.group_system")

    def settings(self):
        return self.env["res.config.settings"].with_user(self.boss).create({})

    def change_both(self):
        """Let something happen on both sides that is not to be lost."""
        self.meet(self.ann, "From Odoo")
        self.in_outlook("ann", "From Outlook")

    def run_all(self):
        asked = len(self.sandbox.requests)
        self.run_cron("pull")
        self.run_cron("push")
        return len(self.sandbox.requests) - asked

    def assert_in_step(self):
        both = ["From Odoo", "From Outlook"]
        self.assertEqual(self.subjects("ann"), both)
        self.assertEqual(sorted(self.events(user_id=self.ann.id).mapped("name")), both)

    def test_one_is_paused_and_nothing_is_lost(self):
        bob = self.connect(self.bob)
        self.account.action_pause()
        self.change_both()
        self.in_outlook("bob", "Of Bob")
        self.run_all()
        self.assertTrue(self.events(name="Of Bob"), "others go on")
        self.assertFalse(self.events(name="From Outlook"))
        self.assertEqual(self.subjects("ann"), ["From Outlook"])
        self.account.action_resume()
        self.assertEqual((self.account.state, bob.state), ("connected", "connected"))
        self.run_all()
        self.assert_in_step()

    def test_an_administrator_pauses_one(self):
        with self.assertRaises(AccessError):
            self.account.with_user(self.bob).action_pause()
        self.account.with_user(self.boss).action_pause()
        self.assertEqual(self.account.state, "paused")
        self.assertIn("boss", self.journal("pause").summary)
        self.change_both()
        self.assertEqual(self.run_all(), 0)
        self.account.with_user(self.boss).action_resume()
        self.run_all()
        self.assert_in_step()

    def test_an_administrator_pauses_everybody(self):
        self.connect(self.bob).action_pause()
        self.settings().action_outlook_pause_all()
        self.assertTrue(self.settings().outlook_is_paused)
        self.change_both()
        self.assertEqual(self.run_all(), 0)
        with self.assertRaises(UserError):
            self.account.action_sync_now()
        with self.assertRaises(UserError):
            self.account.action_resume()
        status = self.env["res.users"].with_user(self.ann).outlook_status()
        self.assertEqual(status["state"], "paused")
        self.assertIn("administrator", status["message"])
        event = self.events(name="From Odoo").with_user(self.ann)
        self.assertEqual(event.outlook_state, "waiting")
        self.assertIn("administrator", event.outlook_state_reason)
        self.settings().action_outlook_resume_all()
        self.run_all()
        self.assert_in_step()
        states = self.env["outlook.account"].search([]).mapped("state")
        self.assertEqual(sorted(states), ["connected", "paused"], "Bob's stays his own")

    def test_only_administrators_pause_everybody(self):
        with self.assertRaises(AccessError):
            self.env["outlook.account"].with_user(self.ann)._pause_all(True)

    def test_nobody_gets_mail_for_what_waited(self):
        self.settings().action_outlook_pause_all()
        self.change_both()
        self.settings().action_outlook_resume_all()
        self.run_all()
        self.assertEqual(self.outlook_mails(), [])
