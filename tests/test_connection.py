# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Tokens, refusals and repairs; copies of the database; many accounts."""

import logging
from datetime import timedelta
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import config, file_open

from .common import OutlookCase, guest


@tagged("post_install", "-at_install")
class TestConnection(OutlookCase):
    def mails_to(self, user):
        mails = self.env["mail.mail"].sudo().search([])
        return mails.filtered(lambda mail: user.email in (mail.email_to or ""))

    def expire_access_token(self):
        self.sandbox.clock.advance(2 * 3600)

    def test_problem_69_a_rotated_refresh_token_replaces_the_old_one(self):
        account = self.connect(self.ann)
        before = account.sudo().token_cache
        self.fault("status", status=401, code="InvalidAuthenticationToken")
        self.sync(account)
        opened = self.env["outlook.vault"]._open
        self.assertNotEqual(opened(account.sudo().token_cache), opened(before))
        self.assertFalse(account.error_message)

    def test_problem_70_a_revoked_sign_in_is_told_once_and_waits(self):
        account = self.connect(self.ann)
        self.in_outlook("ann", "Incoming")
        event = self.meet(self.ann)
        self.revoke("ann")
        for _round in range(3):
            self.run_cron("pull")
            self.run_cron("push")
        self.assertEqual(account.state, "revoked")
        self.assertIn("sign in again", account.error_message)
        self.assertEqual(len(self.mails_to(self.ann)), 1)
        self.assertEqual(event.with_user(self.ann).outlook_state, "waiting")
        asked = len(self.sandbox.requests)
        self.run_cron("pull")
        self.assertEqual(len(self.sandbox.requests), asked, "nothing in vain")
        self.sandbox.faults.clear()
        self.connect(self.ann, start=False)
        self.sync(account)
        self.assertEqual(account.state, "connected")
        self.assertEqual(self.subjects("ann"), ["Board", "Incoming"])
        self.assertTrue(self.events(name="Incoming"))

    def test_problem_71_a_single_tenant(self):
        tenant = self.sandbox.directory.tenant_of(self.person("ann"))
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("outlook_calendar.tenant", tenant.id)
        account = self.connect(self.ann)
        self.fault("status", status=401, code="InvalidAuthenticationToken", times=1)
        self.in_outlook("ann")
        self.sync(account)
        self.assertTrue(self.events(name="Board"))
        used = {r.path for r in self.sandbox.requests if "/oauth2/" in r.path}
        self.assertTrue(used)
        self.assertTrue(all(path.startswith(f"/{tenant.id}/") for path in used), used)

    def test_problem_68_a_neutralized_copy_talks_to_nobody(self):
        self.connect(self.ann)
        self.meet(self.ann)
        self.env.flush_all()
        path = "outlook_calendar/data/neutralize.sql"
        with file_open(path) as script:
            self.cr.execute(script.read())
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        asked = len(self.sandbox.requests)
        self.run_cron("pull")
        self.run_cron("push")
        self.assertEqual(len(self.sandbox.requests), asked)
        self.cr.execute("SELECT count(token_cache) FROM outlook_account")
        self.assertEqual(self.cr.fetchone(), (0,))

    def test_problem_68_a_copy_with_another_uuid_opens_no_mailbox(self):
        account = self.connect(self.ann)
        self.env["ir.config_parameter"].set_param("database.uuid", "another")
        asked = len(self.sandbox.requests)
        self.sync(account)
        self.assertEqual(len(self.sandbox.requests), asked)
        opened = self.env["outlook.vault"]._open(account.sudo().token_cache)
        self.assertEqual(opened, "")

    def test_problem_67_a_sync_has_the_rights_of_its_user(self):
        """A guest whom Ann may not create as a contact stays in Outlook."""
        group = self.env.ref("base.group_partner_manager")
        self.ann.write({"group_ids": [(3, group.id)]})
        self.in_outlook("ann", attendees=[guest("new@customer.example")])
        self.connect(self.ann)
        event = self.events(name="Board")
        self.assertEqual(event.partner_ids, self.ann.partner_id)
        self.assertEqual(event.create_uid, self.ann)
        self.assertFalse(
            self.env["res.partner"].search([("email", "=", "new@customer.example")])
        )

    def test_problem_72_no_token_is_refreshed_in_a_users_request(self):
        account = self.connect(self.ann)
        before = account.sudo().token_cache
        self.expire_access_token()
        asked = len(self.sandbox.requests)
        self.meet(self.ann)
        self.ann.write({"signature": "<p>Ann</p>"})
        self.cr.flush()
        self.assertEqual(len(self.sandbox.requests), asked)
        self.assertEqual(account.sudo().token_cache, before)

    def test_problem_74_the_longest_waiting_account_comes_first(self):
        ann, bob = self.connect(self.ann), self.connect(self.bob)
        ann.sudo().last_sync = self.now - timedelta(hours=1)
        bob.sudo().last_sync = self.now - timedelta(hours=2)
        self.env.flush_all()
        before = len(self.sandbox.requests)
        self.run_cron("pull")
        order = []
        for request in self.sandbox.requests[before:]:
            if request.person and request.person not in order:
                order.append(request.person)
        self.assertEqual(order, [self.bob.login, self.ann.login])

    def test_problem_74_one_broken_account_does_not_stop_the_others(self):
        ann, bob = self.connect(self.ann), self.connect(self.bob)
        ann.sudo().token_cache = "sealed:v1:garbage"
        bob.sudo().last_sync = self.now
        self.env.flush_all()
        self.in_outlook("bob", "Of Bob")
        self.run_cron("pull")
        self.assertTrue(self.events(name="Of Bob"))
        self.assertEqual((ann.state, bob.state), ("revoked", "connected"))

    def test_problem_8_a_failed_push_is_tried_again_however_old(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.fault("status", status=503, method="POST", times=1, retry_after="7")
        self.sync(account)
        row = self.outbox(event_id=event.id)
        self.assertEqual((row.state, row.attempts), ("waiting", 1))
        self.assertGreaterEqual(
            row.not_before, self.env.cr.now().replace(microsecond=0)
        )
        with self.assertRaisesRegex(UserError, "Microsoft asks to wait"):
            account.action_sync_now()
        row.not_before = account.sudo().not_before = self.now - timedelta(days=3)
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board"])

    def test_problem_9_a_refused_push_is_shown_and_can_be_repeated(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.meet(self.ann, "Next", hours=30)
        self.fault(
            "status", status=400, code="ErrorInvalidRequest", method="POST", times=1
        )
        self.sync(account)
        mine = event.with_user(self.ann)
        self.assertEqual(mine.outlook_state, "failed")
        self.assertIn("does not accept", mine.outlook_state_reason)
        self.assertEqual(self.subjects("ann"), ["Next"])
        self.assertEqual(account.failed_count, 1)
        mine.action_outlook_retry()
        self.sync(account)
        mine.invalidate_recordset()
        self.assertEqual(mine.outlook_state, "synced")

    def test_problem_76_a_slow_microsoft_slows_no_save(self):
        self.connect(self.ann)
        self.fault("delay", delay=30, times=99)
        before = len(self.sandbox.requests)
        for number in range(3):
            self.meet(self.ann, f"M{number}")
        self.assertEqual(len(self.sandbox.requests), before)
        self.sandbox.faults.clear()

    def test_nothing_personal_is_logged(self):
        """No token, subject or address above DEBUG, whatever goes wrong."""
        with self.assertLogs("odoo.addons.outlook_calendar", logging.INFO) as logs:
            account = self.connect(self.ann)
            self.meet(self.ann, "Secret subject", guests=[self.contact("Zoe")])
            self.in_outlook("ann", "Other secret")
            self.fault("status", status=500, times=1)
            self.fault("html", status=502, times=1, skip=1)
            for _round in range(3):
                self.sync(account)
            self.revoke("ann")
            self.sync(account)
        text = "\n".join(logs.output)
        for word in ("ecret", "zoe@", "ann@", "eyJ", "sandbox-secret"):
            self.assertNotIn(word, text)

    def test_what_is_not_json_stops_nothing(self):
        self.in_outlook("ann")
        account = self.connect(self.ann)
        for kind in ("html", "empty"):
            with self.subTest(kind=kind):
                self.fault(kind, status=200, path="delta", times=1)
                self.sync(account)
                self.assertTrue(account.error_message)
                self.assertEqual(account.state, "connected")
                self.sync(account)
                self.assertFalse(account.error_message)
        self.assertTrue(self.events(name="Board").active)

    def test_the_key_is_outside_the_database_and_readable_by_the_server_alone(self):
        self.env["outlook.vault"]._seal("x")
        path = Path(config["data_dir"]) / "outlook_calendar.key"
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)

    def test_a_wait_that_microsoft_asks_for_is_kept_by_reading_as_well(self):
        account = self.connect(self.ann)
        self.in_outlook("ann")
        self.fault("status", status=429, times=1, retry_after="120")
        self.run_cron("pull")
        self.assertIn("does not answer", account.error_message)
        asked = len(self.sandbox.requests)
        self.run_cron("pull")
        self.assertEqual(len(self.sandbox.requests), asked)
        account.sudo().not_before = self.now - timedelta(hours=1)
        self.run_cron("pull")
        self.assertTrue(self.events(name="Board"))

    def test_an_archived_user_is_left_alone(self):
        self.connect(self.ann)
        self.ann.active = False
        asked = len(self.sandbox.requests)
        self.run_cron("pull")
        self.assertEqual(len(self.sandbox.requests), asked)
