# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Every way a connection can break: what is said, to whom, and that it all goes on."""

from datetime import timedelta

import requests

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..core.errors import BadAnswer
from .common import OutlookCase, guest
from .troubles import ANN, TROUBLES, change_person, refuse


class RecoveryCase(OutlookCase):
    def setUp(self):
        super().setUp()
        self.customer = self.contact("Zoe")
        self.admin = new_test_user(self.env, "root.admin", "base.group_system")
        self.account = self.connect(self.ann)
        self.alpha = self.meet(self.ann, "Alpha", guests=[self.customer], hours=24)
        self.epsilon = self.meet(self.ann, "Epsilon", hours=26)
        self.beta = self.in_outlook(
            "ann", "Beta", hours=28, attendees=[guest("yan@customer.example")]
        )
        self.zeta = self.in_outlook("ann", "Zeta", hours=30)
        self.sync(self.account)
        self.assertEqual(self.subjects("ann"), ["Alpha", "Beta", "Epsilon", "Zeta"])
        self.env["mail.mail"].sudo().search([]).unlink()
        self.mailed = len(self.outlook_mails())

    def control_by(self, method, where, **body):
        """Call the sandbox's control interface in another way than by POST."""
        url = f"{self.running.http_url}/control/{where}"
        answer = requests.request(method, url, json=body, timeout=10)
        return answer.raise_for_status()

    def change_both_sides(self):
        """Create, change and delete something on each side."""
        self.change_in_outlook("ann", self.beta, subject="Beta II")
        self.delete_in_outlook("ann", self.zeta)
        self.in_outlook("ann", "Delta", hours=32)
        self.alpha.with_user(self.ann).write({"name": "Alpha II"})
        self.epsilon.with_user(self.ann).unlink()
        self.meet(self.ann, "Gamma", hours=34)
        self.cr.precommit.run()

    def try_often(self):
        """Let the scheduler try as often as it would in a while."""
        for _round in range(2):
            self.forget_waits()
            self.run_cron("pull")
            self.run_cron("push")

    def forget_waits(self):
        self.env["outlook.outbox"].search([]).write({"not_before": False})
        self.account.sudo().not_before = False

    def mails_to(self, address):
        mails = self.env["mail.mail"].sudo().search([])
        return mails.filtered(lambda mail: address in (mail.email_to or ""))

    def names_in_odoo(self):
        domain = [("user_id", "=", self.ann.id)]
        return sorted(self.env["calendar.event"].search(domain).mapped("name"))


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestRecovery(RecoveryCase):
    def survives(self, name):
        """Break, change both sides, try, look, repair, and compare both sides."""
        trouble = TROUBLES[name]
        self.change_both_sides()
        trouble.breaks(self)
        with mute_logger("odoo.addons.outlook_calendar.models.outlook_account_run"):
            self.try_often()
        if trouble.message:
            self.assert_at_rest()
        self.assert_told(trouble)
        trouble.repairs(self)
        self.try_often()
        self.assert_in_step()

    def assert_at_rest(self):
        """While it is broken nothing moves in Odoo, and no change is given up."""
        self.assertEqual(self.names_in_odoo(), ["Alpha II", "Beta", "Gamma", "Zeta"])

    def assert_told(self, trouble):
        """The owner and administrators see what is wrong, the owner by mail once."""
        self.assertEqual(self.account.state, trouble.state)
        self.assertIn(trouble.message, self.account.error_message or "")
        self.assertEqual(bool(self.account.error_message), bool(trouble.message))
        self.assertEqual(bool(self.account.failing_since), bool(trouble.message))
        self.assertEqual(len(self.mails_to(ANN)), trouble.mails)
        accounts = self.env["outlook.account"].with_user(self.admin)
        seen = accounts.search_read(accounts._in_trouble(), ["state", "error_message"])
        self.assertEqual(len(seen), int(bool(trouble.message)))
        settings = self.env["res.config.settings"].with_user(self.admin).create({})
        self.assertEqual(settings.outlook_attention_count, len(seen))
        if trouble.message:
            self.assertEqual(seen[0]["state"], trouble.state)
            self.assertIn(trouble.message, seen[0]["error_message"])

    def assert_in_step(self):
        """Both sides have all changes once; nobody got mail that he should not."""
        names = ["Alpha II", "Beta II", "Delta", "Gamma"]
        self.assertEqual(self.subjects("ann"), names)
        self.assertEqual(self.names_in_odoo(), names)
        self.assertFalse(self.outbox())
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.account.error_message)
        self.assertFalse(self.account.failing_since)
        mails = self.outlook_mails()[self.mailed :]
        told = sorted((mail.recipient, mail.kind) for mail in mails)
        self.assertEqual(
            told,
            [("yan@customer.example", "update"), ("zoe@customer.example", "update")],
        )
        self.assertFalse(self.mails_to("customer.example"))
        before = len(self.writes())
        self.try_often()
        self.assertEqual(len(self.writes()), before, "nothing is sent twice")
        self.assertEqual(len(self.outlook_mails()) - self.mailed, len(mails))


def _add_tests():
    """Give each row of the table a test of its own."""
    for name in TROUBLES:

        def test(self, name=name):
            self.survives(name)

        test.__doc__ = f"What happens when this happens: {name}."
        setattr(TestRecovery, f"test_problem_70_{name.lower().replace(' ', '_')}", test)


_add_tests()


@tagged("post_install", "-at_install")
class TestTelling(RecoveryCase):
    def test_problem_70_what_does_not_pass_within_a_day_is_mailed_once(self):
        refuse(self, 403, "ErrorAccessDenied")
        self.try_often()
        self.assertFalse(self.mails_to(ANN))
        self.account.sudo().failing_since = self.now - timedelta(hours=25)
        self.try_often()
        [mail] = self.mails_to(ANN)
        self.assertIn("not in step", mail.subject)
        self.assertIn("does not allow", mail.body_html)
        self.sandbox.faults.clear()
        self.try_often()
        self.assertFalse(self.account.is_told)
        refuse(self, 403, "ErrorAccessDenied")
        self.try_often()
        self.assertEqual(self.mails_to(ANN), mail, "another trouble, another day")

    def test_a_refused_change_is_sent_again_when_the_connection_works(self):
        refuse(self, 403, "ErrorAccessDenied")
        self.alpha.with_user(self.ann).write({"name": "Alpha II"})
        self.cr.precommit.run()
        self.try_often()
        self.assertEqual(self.outbox().state, "failed")
        self.sandbox.faults.clear()
        self.try_often()
        self.assertIn("Alpha II", self.subjects("ann"))

    def test_what_failed_for_another_reason_waits_for_its_owner(self):
        self.fault("status", status=400, code="ErrorInvalidRequest", method="PATCH")
        self.alpha.with_user(self.ann).write({"name": "Alpha II"})
        self.cr.precommit.run()
        self.run_cron("push")
        row = self.outbox()
        self.assertEqual(row.state, "failed")
        refuse(self, 503, "")
        self.try_often()
        self.sandbox.faults.clear()
        self.try_often()
        self.assertEqual(row.state, "failed")

    def test_a_deletion_waits_for_a_mailbox_that_is_gone(self):
        """That the mailbox is gone does not mean that the meeting is."""
        change_person(self, has_mailbox=False)
        self.epsilon.with_user(self.ann).unlink()
        self.alpha.with_user(self.ann).write({"name": "Alpha II"})
        self.cr.precommit.run()
        self.run_cron("push")
        self.assertEqual(set(self.outbox().mapped("state")), {"waiting"})
        self.assertTrue(self.alpha.active)
        self.assertIn("no mailbox", self.account.error_message)

    def test_a_paused_connection_is_no_trouble(self):
        self.account.action_pause()
        accounts = self.env["outlook.account"].with_user(self.admin)
        self.assertFalse(accounts.search(accounts._in_trouble()))

    def test_an_archived_user_who_never_connected_is_nobodys_trouble(self):
        self.bob.active = False
        self.bob.active = True
        self.assertFalse(self.account.error_message)

    def test_a_wrong_clock_is_named_at_the_sign_in(self):
        self.sandbox.clock.advance(-5 * 3600)
        with self.assertRaises(BadAnswer) as caught:
            self.connect(self.bob)
        sentence = self.env["outlook.journal"]._sentence(caught.exception)
        self.assertIn("clock", sentence)

    def test_who_shares_a_calendar_and_has_no_mailbox_stops_nobody(self):
        self.sandbox.exchange.share_calendar(
            self.person("ann"), self.person("bob"), "write"
        )
        bob = self.connect(self.bob, shared=True)
        lent = bob.sudo().calendar_ids.filtered("is_shared")
        lent.with_user(self.bob).write({"is_synced": True})
        self.sync(bob)
        change_person(self, has_mailbox=False)
        self.in_outlook("bob", "Of Bob")
        self.sync(bob)
        self.assertFalse(bob.error_message)
        self.assertTrue(self.events(name="Of Bob"))

    def test_a_button_says_what_is_wrong(self):
        change_person(self, has_mailbox=False)
        with self.assertRaisesRegex(UserError, "no mailbox"):
            self.account.action_list_calendars()
