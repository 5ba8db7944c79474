# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Private series, private items that others know, and connections made again."""

from odoo.tests import tagged

from .common import guest
from .privacy import SECRET, PrivacyInCase


@tagged("post_install", "-at_install")
class TestPrivacyInMailboxes(PrivacyInCase):
    # --- series --------------------------------------------------------------

    def test_request_f5_series_follow_the_choice(self):
        self.series_in_outlook(subject="Secretdoctor", **SECRET)
        account = self.connect(self.ann)
        writes = len(self.writes())
        for choice in ("busy", "leave_out", "busy", "full"):
            with self.subTest(choice=choice):
                account.privacy_filter = choice
                self.sync(account)
                events = self.events(user_id=self.ann.id)
                self.assertEqual(len(events), 0 if choice == "leave_out" else 5)
                if choice == "busy":
                    for event in events:
                        self.assert_block(event)
                    self.assertEqual(len(events.recurrence_id), 1)
                elif choice == "full":
                    self.assertEqual(set(events.mapped("name")), {"Secretdoctor"})
                self.assertEqual(len(self.writes()), writes)
        self.quiet(account)

    def test_request_f5_a_private_day_hides_its_series(self):
        self.series_in_outlook()
        account = self.connect(self.ann, privacy_filter="busy")
        self.assertEqual(self.events(user_id=self.ann.id)[0].name, "Team")
        day = self.instances(self.masters()[0])[1]
        words = {"subject": "Secretdoctor", "sensitivity": "private"}
        self.change_in_outlook("ann", day, **words)
        self.sync(account)
        events = self.events(user_id=self.ann.id)
        self.assertEqual((len(events), set(events.mapped("name"))), (5, {"Busy"}))
        self.assertEqual(self.said(), [])
        self.change_in_outlook("ann", day, sensitivity="normal", subject="Open")
        self.sync(account)
        names = sorted(self.events(user_id=self.ann.id).mapped("name"))
        self.assertEqual(names, ["Open", *["Team"] * 4])
        self.quiet(account)

    def test_request_f5_a_day_of_a_block_that_moves_keeps_its_words_in_outlook(self):
        self.series_in_outlook(subject="Secretdoctor", **SECRET)
        account = self.connect(self.ann, privacy_filter="busy")
        event = self.meetings(self.events(user_id=self.ann.id).recurrence_id)[2]
        self.move(event, hours=1)
        self.sync(account)
        told = {one["subject"] for one in self.instances(self.masters()[0])}
        self.assertEqual(told, {"Secretdoctor"})
        self.assertEqual(self.said(), [])
        self.quiet(account)

    # --- several mailboxes ---------------------------------------------------

    def invite(self):
        """Bob invites Ann, who marks her copy private."""
        bob = {"attendees": [guest(self.ann.login)]}
        self.in_outlook("bob", "Board", **bob)
        [copy] = self.outlook("ann")
        self.change_in_outlook("ann", copy, sensitivity="private")

    def test_request_f5_a_guest_hides_nobody_elses_meeting(self):
        self.invite()
        bob = self.connect(self.bob)
        ann = self.connect(self.ann, privacy_filter="leave_out")
        self.sync(bob, ann)
        [event] = self.events(name="Board")
        self.assertEqual(len(event.outlook_link_ids), 2)
        self.assertIn(self.ann.partner_id, event.partner_ids)
        self.quiet(ann)

    def test_request_f5_the_organizer_who_comes_later_brings_the_meeting(self):
        for choice in ("busy", "leave_out"):
            with self.subTest(choice=choice):
                self.sandbox.reset()
                self.env["outlook.account"].sudo().search([]).unlink()
                self.events().unlink()
                self.invite()
                ann = self.connect(self.ann, privacy_filter=choice)
                blocks = self.events(name="Busy")
                self.assertEqual(len(blocks), int(choice == "busy"))
                bob = self.connect(self.bob)
                [event] = self.events(name="Board")
                self.assertEqual(event.user_id, self.bob)
                self.sync(ann)
                self.assertFalse(self.events(name="Busy"))
                self.assertEqual(len(event.outlook_link_ids), 2)
                self.assertEqual(len(self.events(name="Board")), 1)
                self.sync(bob)
                self.quiet(ann)

    # --- reconnecting --------------------------------------------------------

    def test_request_f5_reconnecting_doubles_nothing(self):
        self.secret()
        self.series_in_outlook(subject="Secretdoctor", **SECRET)
        for first in ("full", "busy", "leave_out"):
            for second in ("full", "busy", "leave_out"):
                with self.subTest(first=first, second=second):
                    self.env["outlook.account"].sudo().search([]).unlink()
                    self.events(user_id=self.ann.id).unlink()
                    account = self.connect(self.ann, privacy_filter=first)
                    account.sudo()._disconnect()
                    account = self.connect(self.ann, privacy_filter=second)
                    events = self.events(user_id=self.ann.id)
                    made = 0 if second == "leave_out" else 6
                    self.assertEqual(len(events), made)
                    name = "Secretdoctor" if second == "full" else "Busy"
                    self.assertEqual(
                        set(events.mapped("name")), {name} if made else set()
                    )
                    self.assertEqual(self.subjects("ann").count("Busy"), 0)
