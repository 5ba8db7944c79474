# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Disconnecting: what is chosen happens, nobody gets mail, and all can come back."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import DOMAIN, OutlookCase, guest
from .series import SeriesCase

PREVIEW = ("outlook_count", "odoo_count", "stay_count", "guest_count")


class LeavingCase(OutlookCase):
    """Ann has meetings of all kinds on both sides."""

    def setUp(self):
        super().setUp()
        self.zoe = self.contact("Zoe")
        self.account = self.connect(self.ann)
        self.alone = self.meet(self.ann, "Alone")
        self.guests = self.meet(self.ann, "Guests", guests=[self.zoe], hours=30)
        self.in_outlook("ann", "Of Outlook", hours=36)
        self.in_outlook("bob", "Of Bob", hours=40, attendees=[guest(f"ann@{DOMAIN}")])
        self.sync(self.account)
        self.sync(self.account)
        self.mailed = len(self.outlook_mails())
        self.mails = self.env["mail.mail"].search([])

    def wizard(self, keep="leave", **choices):
        wizards = self.env["outlook.disconnect"].with_user(self.ann)
        with Form(wizards) as form:
            form.keep = keep
            for name, value in choices.items():
                form[name] = value
        return form.record

    def leave(self, keep="leave", **choices):
        """Press *Disconnect*, with real commits, as in production."""
        self.press(self.wizard(keep, **choices), "action_confirm", self.ann)

    def names(self):
        """Return the names in Odoo's calendar."""
        events = self.env["calendar.event"].search([("user_id", "=", self.ann.id)])
        return sorted(events.mapped("name"))

    def assert_nobody_is_mailed(self):
        self.assertEqual(len(self.outlook_mails()), self.mailed)
        self.assertEqual(self.env["mail.mail"].search([]), self.mails)

    def connect_again(self):
        self.age_events()
        self.connect(self.ann)
        self.sync(self.account)


@tagged("post_install", "-at_install")
class TestLeaving(LeavingCase):
    ALL = ("Alone", "Guests", "Of Bob", "Of Outlook")

    def test_problem_7_they_are_left(self):
        self.leave()
        self.assertEqual(self.subjects("ann"), [*self.ALL])
        self.assertEqual(self.names(), ["Alone", "Guests", "Of Outlook"])
        self.assertIn("all meetings stay", self.journal("disconnect").summary)
        self.assert_gone()
        self.connect_again()
        self.assert_restored()

    def test_problem_7_they_are_deleted_from_outlook(self):
        wizard = self.wizard("outlook")
        self.assertEqual([wizard[name] for name in PREVIEW], [2, 0, 2, 1])
        self.leave("outlook")
        self.assertEqual(self.subjects("ann"), ["Guests", "Of Bob"])
        self.assertEqual(self.names(), ["Alone", "Guests", "Of Outlook"])
        self.assertEqual(len(self.journal("delete")), 2)
        self.assert_gone()
        self.connect_again()
        self.assert_restored()

    def test_problem_7_they_are_deleted_from_odoo(self):
        wizard = self.wizard("odoo")
        self.assertEqual([wizard[name] for name in PREVIEW], [0, 3, 1, 0])
        chatter = self.alone.message_ids
        self.leave("odoo")
        self.assertEqual(self.subjects("ann"), [*self.ALL])
        self.assertEqual(self.names(), [])
        self.assertTrue(self.alone.exists(), "archived, with its discussion")
        self.assertEqual(len(self.journal("archive")), 3)
        self.assert_gone()
        self.connect_again()
        self.assert_restored()
        self.assertTrue(self.alone.active)
        self.assertLessEqual(chatter, self.alone.message_ids)

    def test_problem_7_they_are_deleted_from_both(self):
        wizard = self.wizard("both")
        self.assertEqual([wizard[name] for name in PREVIEW], [2, 3, 1, 1])
        self.leave("both")
        self.assertEqual(self.subjects("ann"), ["Guests", "Of Bob"])
        self.assertEqual(self.names(), [])
        self.assert_gone()
        self.connect_again()
        self.assertEqual(self.subjects("ann"), ["Guests", "Of Bob"])
        self.assertEqual(self.names(), ["Guests"], "what was left comes back")
        self.assert_nobody_is_mailed()

    def assert_gone(self):
        """Nothing of the connection is left, and nothing is sent any more."""
        self.assert_nobody_is_mailed()
        account = self.account.sudo()
        self.assertEqual(account.state, "draft")
        self.assertFalse(account.token_cache or account.remote_user)
        self.assertFalse(self.env["outlook.link"].search([]))
        self.assertFalse(self.outbox())

    def assert_restored(self):
        """After another connection both sides have everything, once."""
        self.assertEqual(self.subjects("ann"), [*self.ALL])
        self.assertEqual(self.names(), ["Alone", "Guests", "Of Outlook"])
        self.assertEqual(len(self.events(name="Of Bob")), 1)
        self.assert_nobody_is_mailed()

    def test_only_new_meetings_go_out_next_time(self):
        self.leave("outlook", export_existing="none")
        self.connect_again()
        self.assertEqual(self.subjects("ann"), ["Guests", "Of Bob"])
        self.meet(self.ann, "New one")
        self.sync(self.account)
        self.assertIn("New one", self.subjects("ann"))

    def test_the_list_says_why_something_stays(self):
        wizard = self.wizard("both")
        lines = {line.name: line for line in wizard.line_ids}
        self.assertEqual(lines["Alone"].fate, "both")
        self.assertEqual(lines["Guests"].fate, "odoo")
        self.assertIn("who would get mail", lines["Guests"].reason)
        self.assertEqual(lines["Of Bob"].fate, "stays")
        self.assertIn("Somebody else", lines["Of Bob"].reason)

    def test_guests_that_were_invited_meanwhile_get_no_mail(self):
        [item] = [i for i in self.outlook("ann") if i["subject"] == "Alone"]
        self.change_in_outlook("ann", item, attendees=[guest("zoe@customer.example")])
        self.mailed = len(self.outlook_mails())
        self.leave("outlook")
        self.assertIn("Alone", self.subjects("ann"))
        self.assert_nobody_is_mailed()
        self.assertIn("guests", self.journal("skip").summary)

    def test_microsoft_does_not_answer(self):
        """What is deleted is deleted; pressing again goes on with the rest."""
        self.fault("status", status=503, path=r"/me/events/", skip=2, times=1)
        said = ""
        try:  # assertRaises would roll back what is committed
            self.leave("outlook")
        except UserError as error:
            said = str(error)
        self.env.invalidate_all()
        self.assertIn("Microsoft does not answer", said)
        self.assertEqual(self.account.state, "paused")
        self.assertIn("Press Disconnect again", self.account.error_message)
        self.run_cron("pull")
        self.assertEqual(self.names(), ["Alone", "Guests", "Of Outlook"])
        self.leave("outlook")
        self.assertEqual(self.subjects("ann"), ["Guests", "Of Bob"])
        self.assert_gone()

    def test_signed_out_nothing_can_be_deleted_in_outlook(self):
        self.revoke("ann")
        self.run_cron("pull")
        self.mails = self.env["mail.mail"].search([])
        with self.assertRaises(UserError):
            self.leave("both")
        self.assertEqual(self.names(), ["Alone", "Guests", "Of Outlook"])
        self.leave()
        self.assert_gone()

    def test_nobody_disconnects_a_colleague(self):
        wizard = self.wizard()
        with self.assertRaises(AccessError):
            wizard.with_user(self.bob).action_confirm()

    def test_what_a_colleague_has_too_stays_in_odoo(self):
        self.connect(self.bob)
        self.meet(self.ann, "With Bob", guests=[self.bob.partner_id], hours=50)
        self.sync()
        self.sync()
        self.mailed, self.mails = len(self.outlook_mails()), self.mails.search([])
        lines = {line.name: line for line in self.wizard("both").line_ids}
        self.assertEqual(lines["With Bob"].fate, "stays")
        self.assertIn("colleague", lines["With Bob"].reason)
        self.leave("both")
        self.assertTrue(self.events(name="With Bob").active)
        self.assert_nobody_is_mailed()

    def test_request_f23_nothing_is_sent_afterwards(self):
        self.meet(self.ann, "Waits", hours=60)
        wizard = self.wizard()
        self.assertEqual(wizard.waiting_count, 1)
        self.leave()
        self.alone.with_user(self.ann).write({"name": "Changed"})
        self.meet(self.ann, "Later", hours=62)
        asked = len(self.sandbox.requests)
        for name in ("pull", "push", "maintain"):
            self.run_cron(name)
        self.assertEqual(len(self.sandbox.requests), asked)
        self.assertFalse(self.outbox())
        self.assertFalse(
            self.env["outlook.disconnect"].search([]).filtered("is_unfinished")
        )

    def test_another_mailbox_gets_everything(self):
        """What the first mailbox had says nothing of the second one."""
        self.leave()
        parting = self.env["outlook.parting"].search([])
        self.assertTrue(parting)
        self.account.sudo().parted_from = "somebody.else"
        self.connect(self.ann, start=False)
        self.assertFalse(parting.exists())


@tagged("post_install", "-at_install")
class TestLeavingSeries(SeriesCase):
    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ann)
        self.repeat(name="Daily", count=4)
        self.sync(self.account)

    def leave(self, keep):
        wizard = (
            self.env["outlook.disconnect"].with_user(self.ann).create({"keep": keep})
        )
        self.press(wizard, "action_confirm", self.ann)

    def held(self):
        return self.env["calendar.event"].search([("name", "=", "Daily")])

    def test_a_series_goes_from_outlook_as_a_whole_and_comes_back(self):
        self.leave("outlook")
        self.assertEqual(self.outlook("ann"), [])
        self.assertEqual(len(self.held()), 4)
        self.age_events()
        self.connect(self.ann)
        self.sync(self.account)
        self.assertEqual(self.subjects("ann"), ["Daily"])
        self.assertEqual(len(self.held()), 4)

    def test_a_series_goes_from_odoo_as_a_whole_and_comes_back(self):
        before = self.held()
        self.leave("odoo")
        self.assertFalse(self.held())
        self.assertEqual(self.subjects("ann"), ["Daily"])
        self.connect(self.ann)
        self.sync(self.account)
        self.assertEqual(self.held(), before)
        self.assertEqual(self.subjects("ann"), ["Daily"])
