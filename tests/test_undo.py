# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Undoing what came in: created, changed, archived, joined, answered."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import guest
from .undo import UndoCase


@tagged("post_install", "-at_install")
class TestUndoIncoming(UndoCase):
    def setUp(self):
        super().setUp()
        self.zoe = guest("zoe@customer.example", "Zoe")

    def test_created_from_outlook_is_archived_and_stays_in_outlook(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        self.connect(self.ann)
        event, mails = self.events(name="Board"), self.mails()
        writes = len(self.writes())
        self.undo(self.line("create"))
        self.assertFalse(event.active)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.change_in_outlook("ann", item, subject="Board II")
        mails = len(self.outlook_mails()), mails[1]
        self.sync()
        self.assertEqual((event.active, event.name), (False, "Board"))
        self.assertFalse(self.events(name="Board II"))
        self.assertEqual(len(self.writes()), writes)
        self.assertEqual(self.mails(), mails)

    def test_that_can_be_undone_again_and_is_in_step_again(self):
        item = self.in_outlook("ann", "Board")
        self.connect(self.ann)
        event = self.events(name="Board")
        self.undo(self.line("create"))
        self.change_in_outlook("ann", item, subject="Board II")
        self.sync()
        self.undo(self.line("undo"))
        self.assertEqual((event.active, event.name), (True, "Board II"))
        event.with_user(self.ann).write({"location": "Room 1"})
        self.sync()
        [there] = self.outlook("ann")
        self.assertEqual(there["location"]["displayName"], "Room 1")

    def test_changed_from_outlook_goes_back_on_both_sides(self):
        item = self.in_outlook(
            "ann", "Board", body={"contentType": "html", "content": "<p>Old</p>"}
        )
        account = self.connect(self.ann)
        event = self.events(name="Board")
        start = event.start
        self.change_in_outlook(
            "ann",
            item,
            subject="Bored",
            body={"contentType": "html", "content": "<p>New</p>"},
            location={"displayName": "Cellar"},
            isReminderOn=True,
            reminderMinutesBeforeStart=45,
            sensitivity="private",
            showAs="free",
            **self.times(self.day(2)),
        )
        self.sync()
        self.assertEqual((event.name, event.location), ("Bored", "Cellar"))
        mails = self.mails()
        line = self.line("update")
        self.assertIn("Bored", line.with_user(self.ann).changes)
        self.assertIn("Old", line.with_user(self.ann).changes)
        self.undo(line)
        self.assertEqual((event.name, event.location), ("Board", False))
        self.assertEqual((event.start, event.show_as), (start, "busy"))
        self.assertIn("Old", event.description)
        self.assertNotIn("New", event.description)
        self.assertFalse(event.privacy)
        [there] = self.outlook("ann")
        self.assertEqual(there["subject"], "Board")
        self.assertIn("Old", there["body"]["content"])
        self.assertEqual(there["start"]["dateTime"][:16], start.isoformat()[:16])
        self.assertEqual((there["showAs"], there["sensitivity"]), ("busy", "normal"))
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_with_guests_outlook_keeps_its_value_and_nobody_gets_mail(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.change_in_outlook("ann", item, subject="Bored")
        self.sync()
        mails = self.mails()
        wizard = self.undo(self.line("update"))
        self.assertEqual(wizard.mail_count, 1)
        self.assertIn("mail", wizard.line_ids.in_outlook)
        self.assertEqual(event.name, "Board")
        self.assertEqual(self.subjects("ann"), ["Bored"])
        self.assertEqual(self.mails(), mails)
        self.quiet(account)
        # What is changed next goes out alone.
        event.with_user(self.ann).write({"location": "Room 1"})
        self.sync()
        [there] = self.outlook("ann")
        self.assertEqual(there["subject"], "Bored")
        self.assertEqual(there["location"]["displayName"], "Room 1")

    def test_with_guests_and_their_mail_both_sides_go_back(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        account = self.connect(self.ann)
        self.change_in_outlook("ann", item, subject="Bored")
        self.sync()
        outlook, odoo = self.mails()
        self.undo(self.line("update"), may_mail=True)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(self.mails(), (outlook + 1, odoo))
        self.quiet(account)

    def test_what_was_changed_again_since_stays(self):
        item = self.in_outlook("ann", "Board")
        self.connect(self.ann)
        event = self.events(name="Board")
        self.change_in_outlook(
            "ann", item, subject="Bored", location={"displayName": "Cellar"}
        )
        self.sync()
        event.with_user(self.ann).write({"name": "Bread"})
        self.sync()
        line = self.line("update", summary="Changed: Location, Subject.")
        wizard = self.undo(line)
        self.assertIn("Subject", wizard.line_ids.in_odoo)
        self.assertEqual((event.name, event.location), ("Bread", False))
        self.assertEqual(self.subjects("ann"), ["Bread"])

    def test_guests_and_tags_that_came_in_go_and_later_ones_stay(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        self.connect(self.ann)
        event = self.events(name="Board")
        yan = guest("yan@customer.example", "Yan")
        self.change_in_outlook("ann", item, attendees=[yan])
        self.sync()
        later = self.contact("Mike")
        event.with_user(self.ann).write({"partner_ids": [(4, later.id)]})
        self.sync()
        mails = self.mails()
        self.undo(self.line("update"))
        names = set(event.partner_ids.mapped("email"))
        self.assertIn("zoe@customer.example", names)
        self.assertIn("mike@customer.example", names)
        self.assertNotIn("yan@customer.example", names)
        self.assertEqual(self.mails(), mails)

    def test_an_answer_that_came_in(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.odd_in_outlook(
            "ann",
            item,
            attendees=[
                {
                    **self.zoe,
                    "status": {
                        "response": "accepted",
                        "time": "2026-01-01T00:00:00Z",
                    },
                }
            ],
        )
        self.sync()
        guests = event.attendee_ids.filtered(
            lambda one: one.email == "zoe@customer.example"
        )
        self.assertEqual(guests.state, "accepted")
        mails = self.mails()
        self.undo(self.line("update"))
        self.assertEqual(guests.state, "needsAction")
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_a_no_by_removing_it_from_the_own_calendar(self):
        self.in_outlook("ann", "Board", attendees=[guest("bob@contoso.example")])
        bob = self.connect(self.bob)
        self.connect(self.ann)
        event = self.events(name="Board")
        [copy] = self.outlook("bob")
        self.delete_in_outlook("bob", copy)
        self.sync(bob)
        own = event.attendee_ids.filtered(
            lambda one: one.partner_id == self.bob.partner_id
        )
        self.assertEqual(own.state, "declined")
        mails = self.mails()
        self.undo(self.line("answer"), self.bob)
        self.assertEqual(own.state, "needsAction")
        self.assertEqual(self.outlook("bob"), [])
        self.assertEqual(self.mails(), mails)

    def test_deleted_in_outlook_comes_back_as_a_copy_that_invites_nobody(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        account = self.connect(self.ann)
        event = self.events(name="Board")
        event.message_post(body="Call Zoe first")
        self.delete_in_outlook("ann", item)
        self.sync()
        self.assertFalse(event.active)
        mails = self.mails()
        wizard = self.undo(self.line("archive"))
        self.assertIn("without its guests (1)", wizard.line_ids.in_outlook)
        self.assertTrue(event.active)
        self.assertIn("Call Zoe first", "".join(event.message_ids.mapped("body")))
        [there] = self.outlook("ann")
        self.assertEqual((there["subject"], there["attendees"]), ("Board", []))
        self.assertEqual(event.outlook_link_ids.kind, "copy")
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_deleted_in_outlook_comes_back_with_its_guests_if_wanted(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        self.connect(self.ann)
        self.delete_in_outlook("ann", item)
        self.sync()
        outlook, odoo = self.mails()
        self.undo(self.line("archive"), may_mail=True)
        [there] = self.outlook("ann")
        self.assertEqual(len(there["attendees"]), 1)
        self.assertEqual(self.mails(), (outlook + 1, odoo))

    def test_joined_for_their_looks_become_two_again(self):
        mine = self.meet(self.ann, "Board", location="Here")
        self.age_events()
        self.in_outlook("ann", "Board")
        account = self.connect(self.ann)
        remote_id = mine.outlook_link_ids.remote_id
        mails = self.mails()
        self.undo(self.line("join"))
        events = self.events(name="Board")
        self.assertEqual(len(events), 2)
        theirs = events - mine
        self.assertEqual(theirs.outlook_link_ids.remote_id, remote_id)
        self.assertFalse(mine.outlook_link_ids)
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_somebody_elses_meeting_is_his(self):
        item = self.in_outlook("bob", "Board", attendees=[guest("ann@contoso.example")])
        self.connect(self.ann)
        self.change_in_outlook("bob", item, subject="Bored")
        self.sync()
        wizard = self.ask(self.line("update"))
        self.assertFalse(wizard.possible_count)
        self.assertIn("organizer", wizard.line_ids.in_odoo)

    def test_what_colleagues_have_in_step_is_not_taken_from_them(self):
        self.in_outlook("ann", "Board", attendees=[guest("bob@contoso.example")])
        self.connect(self.ann)
        self.connect(self.bob)
        wizard = self.ask(self.line("create"))
        self.assertFalse(wizard.possible_count)
        self.assertIn("Colleagues", wizard.line_ids.in_odoo)

    def test_a_whole_run_is_undone(self):
        for number in range(3):
            self.in_outlook("ann", f"Visit {number}", hours=24 + number)
        account = self.connect(self.ann)
        events = self.events(user_id=self.ann.id)
        run = self.line("create").run_id
        self.assertEqual((len(run), run.kind, run.user_id), (1, "pull", self.ann))
        self.cr.flush()
        action = run.with_user(self.ann).action_undo()
        wizard = self.env["outlook.undo"].with_user(self.ann).browse(action["res_id"])
        self.assertEqual(wizard.possible_count, 3)
        wizard.action_undo()
        self.sync()
        self.assertFalse(any(events.mapped("active")))
        self.assertEqual(len(self.outlook("ann")), 3)
        self.assertFalse(self.line("create"))
        [undone] = self.line("undo").run_id
        self.assertEqual((undone.kind, undone.user_id), ("user", self.ann))
        self.undo(self.line("undo"))
        self.assertTrue(all(events.mapped("active")))
        self.quiet(account)

    def test_nobody_undoes_what_is_in_the_journal_of_another(self):
        self.in_outlook("ann", "Board")
        self.connect(self.ann)
        line = self.line("create")
        with self.assertRaises(AccessError):
            line.with_user(self.bob).action_undo()
        with self.assertRaises(AccessError):
            line.run_id.with_user(self.bob).read(["kind"])
        wizard = self.ask(line)
        with self.assertRaises(AccessError):
            wizard.with_user(self.bob).action_undo()
        with self.assertRaises(AccessError):
            line.with_user(self.ann).read(["before"])
