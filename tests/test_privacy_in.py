# Part of outlook_calendar. LGPL-3, see LICENSE.
"""How private items of Outlook come in: in full, as busy, or not at all."""

from datetime import timedelta

from odoo.tests import tagged

from .common import graph_time
from .privacy import SECRET, PrivacyInCase


@tagged("post_install", "-at_install")
class TestPrivacyIn(PrivacyInCase):
    # --- the first reading ---------------------------------------------------

    def test_problem_64_private_items_come_in_as_their_owner_chose(self):
        for choice, told in (
            ("full", ["Board", "Secretdoctor"]),
            ("busy", ["Board", "Busy"]),
            ("leave_out", ["Board"]),
        ):
            with self.subTest(choice=choice):
                self.sandbox.reset()
                self.env["outlook.account"].sudo().search([]).unlink()
                self.events(user_id=self.ann.id).unlink()
                self.secret()
                self.in_outlook("ann", "Board", hours=30)
                account = self.connect(self.ann, privacy_filter=choice)
                names = self.events(user_id=self.ann.id).mapped("name")
                self.assertEqual(sorted(names), told)
                self.quiet(account)
                there = ["Board", "Secretdoctor"]
                self.assertEqual(self.subjects("ann"), there)

    def test_request_f5_no_word_of_what_is_hidden_is_in_the_database(self):
        for choice in ("busy", "leave_out"):
            for kind in ("personal", "private", "confidential"):
                with self.subTest(choice=choice, kind=kind):
                    self.sandbox.reset()
                    self.env["outlook.account"].sudo().search([]).unlink()
                    self.events(user_id=self.ann.id).unlink()
                    self.secret(sensitivity=kind)
                    self.series_in_outlook(subject="Secretdoctor", **SECRET)
                    self.connect(self.ann, privacy_filter=choice)
                    self.assertEqual(self.said(), [])
                    made = len(self.events(user_id=self.ann.id))
                    self.assertEqual(made, 6 if choice == "busy" else 0)

    def test_request_f5_the_journal_says_how_many_were_left_out(self):
        self.secret()
        self.connect(self.ann, privacy_filter="leave_out")
        [row] = self.journal("skip")
        self.assertIn("1", row.summary)
        self.assertFalse(row.event_name or row.details)

    # --- later ---------------------------------------------------------------

    def test_request_f5_another_choice_reaches_what_is_there(self):
        self.secret()
        account = self.connect(self.ann)
        self.assertTrue(self.said())
        writes = len(self.writes())
        for choice in ("busy", "leave_out", "busy", "full", "leave_out", "full"):
            with self.subTest(choice=choice):
                account.privacy_filter = choice
                self.sync(account)
                events = self.events(user_id=self.ann.id)
                if choice == "leave_out":
                    self.assertFalse(events)
                elif choice == "busy":
                    self.assert_block(events)
                else:
                    self.assertEqual(events.name, "Secretdoctor")
                    self.assertEqual(events.location, "Secretclinic")
                    self.assertEqual(len(events.partner_ids), 2)
                self.assertEqual(len(self.writes()), writes)
        self.assertEqual(self.outlook_mails()[1:], [])
        self.quiet(account)

    def test_request_f5_what_was_read_in_full_leaves_no_word_behind(self):
        item = self.secret(categories=[], attendees=[])
        account = self.connect(self.ann)
        place = {"displayName": "Secretclinic two"}
        self.change_in_outlook("ann", item, location=place)
        self.sync(account)
        self.assertIn("outlook_journal", self.said())
        account.privacy_filter = "busy"
        self.sync(account)
        self.assert_block(self.only_event())
        self.assertEqual(self.said(), [])

    def test_request_f5_an_item_that_becomes_private_follows(self):
        for choice in ("busy", "leave_out"):
            with self.subTest(choice=choice):
                self.sandbox.reset()
                self.env["outlook.account"].sudo().search([]).unlink()
                self.events(user_id=self.ann.id).unlink()
                item = self.secret(sensitivity="normal", attendees=[], categories=[])
                account = self.connect(self.ann, privacy_filter=choice)
                self.assertEqual(self.only_event().name, "Secretdoctor")
                self.change_in_outlook("ann", item, sensitivity="private")
                self.sync(account)
                told = self.events(user_id=self.ann.id).mapped("name")
                self.assertEqual(told, ["Busy"] if choice == "busy" else [])
                self.assertEqual(self.said(), [])
                self.change_in_outlook("ann", item, sensitivity="normal")
                self.sync(account)
                self.assertEqual(self.only_event().name, "Secretdoctor")
                self.assertEqual(self.only_event().location, "Secretclinic")
                self.quiet(account)

    def test_request_f5_a_block_follows_the_time_both_ways(self):
        item = self.secret()
        account = self.connect(self.ann, privacy_filter="busy")
        event = self.only_event()
        later = event.start + timedelta(hours=3)
        times = {"start": later, "stop": later + timedelta(hours=1)}
        event.with_user(self.ann).write({**times, "name": "My word", "location": "X"})
        self.cr.flush()
        self.sync(account)
        [there] = self.outlook("ann")
        self.assertEqual(there["start"]["dateTime"][:19], later.isoformat())
        self.assertEqual(there["subject"], "Secretdoctor")
        self.assertEqual(there["location"]["displayName"], "Secretclinic")
        self.assertIn("Secretknee", there["body"]["content"])
        self.assertEqual(len(there["attendees"]), 1)
        self.assertEqual(self.said(), [])
        moved = later + timedelta(days=1)
        end = graph_time(moved + timedelta(hours=1))
        self.change_in_outlook("ann", item, start=graph_time(moved), end=end)
        self.sync(account)
        self.assertEqual((event.start, event.name), (moved, "My word"))
        self.assertEqual(self.said(), [])
        self.quiet(account)

    def test_request_f5_what_people_added_in_odoo_stays(self):
        self.secret()
        account = self.connect(self.ann)
        event = self.only_event()
        event.with_user(self.ann).message_post(body="See you", message_type="comment")
        self.cr.flush()
        account.privacy_filter = "leave_out"
        self.sync(account)
        self.assertEqual(event.exists().name, "Secretdoctor")
        self.quiet(account)

    def test_request_f5_what_was_made_in_odoo_is_not_hidden_there(self):
        account = self.connect(self.ann, privacy_filter="busy")
        event = self.meet(self.ann, "Doctor", privacy="public", location="Clinic")
        self.sync(account)
        [item] = self.outlook("ann")
        self.change_in_outlook("ann", item, sensitivity="private")
        self.sync(account)
        self.assertEqual((event.name, event.location), ("Doctor", "Clinic"))
        self.assertFalse(self.journal("fail"))

    def test_request_f5_a_block_that_is_deleted_goes(self):
        item = self.secret(attendees=[])
        account = self.connect(self.ann, privacy_filter="busy")
        self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertFalse(self.only_event().active)
        self.assertEqual(self.said(), [])

    def test_request_f5_what_is_left_out_and_deleted_is_forgotten(self):
        item = self.secret(attendees=[])
        account = self.connect(self.ann, privacy_filter="leave_out")
        self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertFalse(self.env["outlook.link"].search([]))
        self.assertFalse(self.journal("fail") | self.journal("archive"))

    # --- the preview ---------------------------------------------------------

    def test_request_f5_the_preview_tells_what_happens(self):
        self.secret()
        self.in_outlook("ann", "Board", hours=30)
        self.series_in_outlook()
        day = self.instances(self.masters()[0])[1]
        self.change_in_outlook("ann", day, sensitivity="private")
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        for choice, numbers in (
            ("full", (3, 0, 1)),
            ("busy", (3, 0, 0)),
            ("leave_out", (1, 2, 0)),
        ):
            wizard.privacy_filter = choice
            told = wizard.in_count, wizard.left_out_count, wizard.contact_count
            self.assertEqual(told, numbers, choice)
        reasons = {line["name"]: line["reason"] for line in wizard.lines}
        self.assertIn("private", reasons["Secretdoctor"])
        self.assertIn("private", reasons["Team"])
        wizard.action_start()
        self.run_cron("pull")
        names = self.events(user_id=self.ann.id).mapped("name")
        self.assertEqual(names, ["Board"])
        self.assertEqual(self.said(), [])
