# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo to Outlook: created, changed, deleted; nothing in the user's request."""

from datetime import timedelta

from odoo.tests import tagged

from .common import OutlookCase


@tagged("post_install", "-at_install")
class TestPush(OutlookCase):
    def test_a_new_meeting_reaches_outlook_with_its_guests(self):
        account = self.connect(self.ann)
        zoe = self.contact("Zoe")
        event = self.meet(self.ann, "Board", guests=[zoe], location="Ghent")
        self.assertEqual(event.with_user(self.ann).outlook_state, "waiting")
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["subject"], "Board")
        self.assertEqual(item["location"]["displayName"], "Ghent")
        self.assertEqual(
            [one["emailAddress"]["address"] for one in item["attendees"]],
            ["zoe@customer.example"],
        )
        self.assertEqual(event.with_user(self.ann).outlook_state, "synced")
        self.assertEqual(
            [(m.recipient, m.kind) for m in self.outlook_mails()],
            [("zoe@customer.example", "invitation")],
        )

    def test_saving_makes_no_request(self):
        self.connect(self.ann)
        before = len(self.sandbox.requests)
        event = self.meet(self.ann)
        event.write({"name": "Board II"})
        self.cr.flush()
        event.unlink()
        self.cr.flush()
        self.assertEqual(len(self.sandbox.requests), before)

    def test_only_the_changed_field_is_sent(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, location="Ghent")
        self.sync(account)
        [item] = self.outlook("ann")
        self.change_in_outlook("ann", item, location={"displayName": "Bruges"})
        event.with_user(self.ann).write({"name": "Board II"})
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["subject"], "Board II")
        self.assertEqual(item["location"]["displayName"], "Bruges")
        self.assertEqual((event.name, event.location), ("Board II", "Bruges"))

    def test_an_echo_sends_nothing(self):
        account = self.connect(self.ann)
        self.meet(self.ann)
        self.sync(account)
        written = len(self.writes())
        for _round in range(3):
            self.sync(account)
        self.assertEqual(len(self.writes()), written)

    def test_a_deleted_meeting_is_deleted_in_outlook(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.sync(account)
        event.with_user(self.ann).unlink()
        self.sync(account)
        self.assertEqual(self.outlook("ann"), [])
        self.assertFalse(self.env["outlook.link"].search([]))

    def test_an_archived_meeting_is_deleted_in_outlook(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.sync(account)
        event.with_user(self.ann).action_archive()
        self.sync(account)
        self.assertEqual(self.outlook("ann"), [])
        self.assertTrue(event.exists())

    def test_problem_10_a_lost_answer_does_not_duplicate_the_meeting(self):
        """Outlook created it but the answer got lost: the retry finds it again."""
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.fault("lost_answer", method="POST", path="/events", times=1)
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board"])
        event.with_user(self.ann).write({"name": "Board II"})
        self.outbox().write({"not_before": self.now - timedelta(hours=1)})
        self.sync(account)
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board II"])
        self.assertEqual(event.outlook_link_ids.kind, "meeting")
        self.assertFalse(self.outbox())
