# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Undoing in calendars that a colleague shares: Bob reads and writes Ann's."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import guest
from .shared import SharedCase
from .undo import UndoCase

ZOE = "zoe@customer.example"


class SharedUndoCase(SharedCase, UndoCase):
    def undo(self, rows, user=None, **choices):
        return super().undo(rows, user or self.bob, **choices)

    def places(self):
        return {
            item["subject"]: item["location"]["displayName"]
            for item in self.outlook("ann")
        }


@tagged("post_install", "-at_install")
class TestUndoShared(SharedUndoCase):
    def test_what_came_in_is_archived_and_stays_with_its_owner(self):
        item = self.in_outlook("ann", "Board", attendees=[guest(ZOE, "Zoe")])
        self.share()
        account = self.follow()
        event, mails = self.events(name="Board"), self.mails()
        self.undo(self.line("create"))
        self.assertFalse(event.active)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.change_in_outlook("ann", item, location={"displayName": "Ghent"})
        self.sync(account)
        self.assertFalse(event.active)
        self.undo(self.line("undo"))
        self.assertTrue(event.active)
        self.assertEqual(event.location, "Ghent")
        self.assertEqual((self.mails()[1], self.writes()), (mails[1], []))

    def test_a_change_of_the_owner_goes_back_on_both_sides(self):
        item = self.in_outlook("ann", "Board", location={"displayName": "Ghent"})
        self.share()
        account = self.follow()
        event = self.events(name="Board")
        body = {"location": {"displayName": "Liege"}, "subject": "Bored"}
        self.change_in_outlook("ann", item, **body)
        self.sync(account)
        self.assertEqual((event.name, event.location), ("Bored", "Liege"))
        mails = self.mails()
        self.undo(self.line("update"))
        self.assertEqual((event.name, event.location), ("Board", "Ghent"))
        self.assertEqual(self.places(), {"Board": "Ghent"})
        self.assertEqual(event.user_id, self.ann)
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_a_change_of_the_readers_goes_back_on_both_sides(self):
        self.in_outlook("ann", "Board", location={"displayName": "Ghent"})
        self.share()
        account = self.follow()
        event = self.events(name="Board")
        self.edit_as(self.bob, event, location="Liege")
        self.sync(account)
        self.assertEqual(self.places(), {"Board": "Liege"})
        self.undo(self.line("update", "out"))
        self.assertEqual(event.location, "Ghent")
        self.assertEqual(self.places(), {"Board": "Ghent"})
        self.quiet(account)

    def test_with_guests_outlook_follows_only_where_they_may_be_told(self):
        for may_mail in (False, True):
            with self.subTest(may_mail=may_mail):
                name = f"Board {may_mail}"
                item = self.in_outlook("ann", name, attendees=[guest(ZOE, "Zoe")])
                if not may_mail:
                    self.share()
                    account = self.follow()
                self.sync(account)
                event = self.events(name=name)
                body = {"location": {"displayName": "Liege"}}
                self.change_in_outlook("ann", item, **body)
                self.sync(account)
                outlook, odoo = self.mails()
                row = self.line("update", event_id=event.id)
                wizard = self.undo(row, may_mail=may_mail)
                self.assertEqual(wizard.mail_count, 1)
                self.assertFalse(event.location)
                self.assertEqual(self.places()[name], "" if may_mail else "Liege")
                self.assertEqual(self.mails(), (outlook + may_mail, odoo))
        self.quiet(account)

    def test_in_one_that_is_only_read_odoo_goes_back_alone(self):
        item = self.in_outlook("ann", "Board")
        self.share("read")
        account = self.follow()
        event = self.events(name="Board")
        self.change_in_outlook("ann", item, location={"displayName": "Liege"})
        self.sync(account)
        self.undo(self.line("update"))
        self.assertFalse(event.location)
        self.assertEqual(self.places(), {"Board": "Liege"})
        self.assertEqual(self.writes(), [])
        self.quiet(account)

    def test_deleted_by_its_owner_comes_back_in_odoo(self):
        item = self.in_outlook("ann", "Board", attendees=[guest(ZOE, "Zoe")])
        self.share()
        account = self.follow()
        event = self.events(name="Board")
        self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertFalse(event.active)
        mails = self.mails()
        wizard = self.undo(self.line("archive"))
        self.assertEqual(wizard.line_ids.in_outlook, "Stays deleted.")
        self.assertEqual(self.subjects("ann"), [])
        self.assertTrue(event.active)
        self.assertEqual(event.user_id, self.ann)
        self.assertEqual(self.subjects("bob"), [])
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_deleted_by_the_reader_comes_back(self):
        self.in_outlook("ann", "Board", location={"displayName": "Ghent"})
        self.share()
        account = self.follow()
        self.events(name="Board").with_user(self.bob).unlink()
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.subjects("ann"), [])
        mails = self.mails()
        wizard = self.undo(self.line("delete", "out"))
        self.assertEqual(wizard.line_ids.in_outlook, "Stays deleted.")
        self.assertEqual(self.subjects("ann"), [])
        event = self.events(name="Board")
        self.assertEqual((event.user_id, event.location), (self.ann, "Ghent"))
        self.assertEqual(self.subjects("bob"), [])
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_a_series_and_one_day_of_it_go_back(self):
        master = self.series_in_outlook()
        self.share()
        account = self.follow()
        series = self.series_of()
        self.change_in_outlook("ann", master, subject="Squad")
        self.sync(account)
        row = self.instance(master, self.day(7))
        self.change_in_outlook("ann", row, location={"displayName": "Liege"})
        self.sync(account)
        for line in self.line("update").sorted("id", reverse=True):
            self.undo(line)
        self.assertEqual(set(self.meetings(series).mapped("name")), {"Team"})
        self.assertEqual(set(self.meetings(series).mapped("location")), {False})
        self.assertEqualSides(series)
        self.quiet(account)

    def test_what_is_private_now_is_neither_told_nor_sent(self):
        item = self.in_outlook("ann", "Board", location={"displayName": "Ghent"})
        self.share()
        account = self.follow()
        event = self.events(name="Board")
        self.change_in_outlook("ann", item, location={"displayName": "Clinic"})
        self.sync(account)
        line = self.line("update")
        event.with_user(self.ann).write({"privacy": "private"})
        self.cr.flush()
        self.sync(account)
        writes = len(self.writes())
        self.assertFalse(line.with_user(self.bob).changes)
        with self.assertRaises(UserError):
            self.undo(line)
        self.env.invalidate_all()  # what was shown to Bob is not what there is
        self.assertEqual(event.location, "Clinic")
        self.assertEqual(len(self.writes()), writes)

    def test_not_shared_any_more_it_goes_back_in_odoo_alone(self):
        item = self.in_outlook("ann", "Board")
        share = self.share()
        account = self.follow()
        event = self.events(name="Board")
        self.change_in_outlook("ann", item, location={"displayName": "Liege"})
        self.sync(account)
        self.sandbox.exchange.withdraw_calendar(self.person("bob"), share["id"])
        self.sync(account)
        wizard = self.undo(self.line("update"))
        self.assertEqual(wizard.line_ids.in_outlook, "Stays as it is.")
        self.assertFalse(event.location)
        self.assertEqual(self.places(), {"Board": "Liege"})
        self.assertEqual(account.state, "connected")
        self.assertFalse(self.outbox())

    def test_when_the_owner_is_connected_too_his_line_is_his(self):
        item = self.in_outlook("ann", "Board")
        self.share()
        account = self.follow()
        own = self.connect(self.ann)
        event = self.events(name="Board")
        self.change_in_outlook("ann", item, location={"displayName": "Liege"})
        self.sync(account, own)
        line = self.line("update")
        self.assertEqual(line.account_id, own)
        self.undo(line, self.ann)
        self.assertFalse(event.location)
        self.assertEqual(self.places(), {"Board": ""})
        self.quiet(account, own)


@tagged("post_install", "-at_install")
class TestUndoJoinedSeries(UndoCase):
    """A first sync found the series on both sides."""

    def setUp(self):
        super().setUp()
        self.zoe = self.contact("Zoe", ZOE)
        self.mine = self.repeat(guests=[self.zoe], location="Here")
        self.age_events()
        people = [guest(ZOE, "Zoe")]
        self.master = self.series_in_outlook(attendees=people)
        self.account = self.connect(self.ann)
        self.series = self.series_of()
        self.assertEqual(self.series, self.mine.recurrence_id)
        self.before = self.mails()

    def test_they_become_two_again(self):
        remote_id = self.series.outlook_link_ids.remote_id
        wizard = self.undo(self.line("join"))
        self.assertFalse(wizard.mail_count)
        events = self.events(name="Team")
        self.assertEqual(len(events), 10)
        theirs = (events - self.mine).recurrence_id
        self.assertEqual(len(theirs), 1)
        self.assertEqual(theirs.outlook_link_ids.remote_id, remote_id)
        self.assertFalse(self.series.outlook_link_ids)
        self.assertEqual(set(self.mine.mapped("location")), {"Here"})
        self.assertEqual(len(self.masters()), 1)
        self.assertEqual(self.mails(), self.before)
        self.quiet(self.account)

    def test_what_joining_changed_goes_back(self):
        """Answers and guests that it brought are not in Odoo's series any more."""
        self.undo(self.line("join"))
        for meeting in self.mine:
            self.assertEqual(meeting.partner_ids, self.ann.partner_id | self.zoe)
            self.assertTrue(meeting.active)

    def test_a_later_change_of_all_goes_back(self):
        self.change_in_outlook("ann", self.master, subject="Squad")
        self.sync()
        self.assertEqual(set(self.mine.mapped("name")), {"Squad"})
        mails = self.mails()
        self.undo(self.line("update"))
        self.assertEqual(set(self.mine.mapped("name")), {"Team"})
        self.assertEqual(set(self.mine.mapped("location")), {"Here"})
        self.assertEqual(self.mails(), mails)
        self.quiet(self.account)

    def test_a_later_change_of_one_day_goes_back(self):
        row = self.instance(self.master, self.day(7))
        self.change_in_outlook("ann", row, subject="Special", location={})
        self.sync()
        self.assertEqual(self.mine[1].name, "Special")
        mails = self.mails()
        self.undo(self.line("update"))
        self.assertEqual(set(self.mine.mapped("name")), {"Team"})
        self.assertEqual(set(self.mine.mapped("location")), {"Here"})
        self.assertEqual(self.mails(), mails)
        self.quiet(self.account)

    def test_deleted_it_comes_back_with_its_records(self):
        self.delete_in_outlook("ann", self.master)
        self.sync()
        self.assertFalse(any(self.mine.mapped("active")))
        mails = self.mails()
        self.undo(self.line("archive"))
        self.assertTrue(all(self.mine.mapped("active")))
        self.assertEqualSides(self.series)
        self.assertEqual(self.mails(), mails)
        self.quiet(self.account)

    def test_after_two_the_joining_can_be_had_again_by_the_next_start(self):
        """Undone, the two are not joined again behind the user's back."""
        self.undo(self.line("join"))
        for _round in range(2):
            self.sync()
        self.assertEqual(len(self.events(name="Team")), 10)
