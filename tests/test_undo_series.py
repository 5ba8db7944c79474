# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Undoing what came in about series: all of one, and single days."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import guest
from .undo import UndoCase


@tagged("post_install", "-at_install")
class TestUndoSeries(UndoCase):
    def setUp(self):
        super().setUp()
        self.zoe = guest("zoe@customer.example", "Zoe")

    def test_a_series_created_from_outlook(self):
        master = self.series_in_outlook()
        self.connect(self.ann)
        series = self.series_of()
        events = self.meetings(series)
        self.undo(self.line("create"))
        self.assertFalse(any(events.mapped("active")))
        self.assertEqual(len(self.instances(master)), 5)
        self.undo(self.line("undo"))
        self.assertTrue(all(events.mapped("active")))
        self.assertEqualSides(series)

    def test_a_deleted_series_comes_back_with_its_records(self):
        master = self.series_in_outlook(attendees=[self.zoe])
        account = self.connect(self.ann)
        series = self.series_of()
        events = self.meetings(series)
        self.delete_in_outlook("ann", master)
        self.sync()
        self.assertFalse(any(events.mapped("active")))
        mails = self.mails()
        self.undo(self.line("archive"))
        self.assertTrue(all(events.mapped("active")))
        self.assertEqualSides(series)
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_a_day_that_was_called_off_comes_back_as_a_meeting_of_its_own(self):
        master = self.series_in_outlook(attendees=[self.zoe])
        account = self.connect(self.ann)
        series = self.series_of()
        day = self.meetings(series)[2]
        row = self.instance(master, self.day(14))
        self.delete_in_outlook("ann", row)
        self.sync()
        self.assertFalse(day.active)
        mails = self.mails()
        self.undo(self.line("archive"))
        self.assertTrue(day.active)
        self.assertFalse(day.recurrence_id)
        self.assertEqual(len(self.meetings(series)), 4)
        self.assertEqual(len(self.instances(master)), 4)
        [own] = [one for one in self.outlook("ann") if one["type"] == "singleInstance"]
        self.assertEqual((own["subject"], own["attendees"]), ("Team", []))
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_a_change_of_a_series_and_its_time_go_back(self):
        master = self.series_in_outlook()
        account = self.connect(self.ann)
        series = self.series_of()
        starts = self.meetings(series).mapped("start")
        self.change_in_outlook(
            "ann", master, subject="Squad", **self.times(self.monday, 14)
        )
        self.sync()
        self.assertEqual(set(self.meetings(series).mapped("name")), {"Squad"})
        line = self.line("update")
        self.assertIn("14:00", line.with_user(self.ann).changes)
        self.undo(line)
        self.assertEqual(set(self.meetings(series).mapped("name")), {"Team"})
        self.assertEqual(self.meetings(series).mapped("start"), starts)
        self.assertEqualSides(series)
        self.assertEqual(self.outlook_mails(), [])
        self.quiet(account)

    def test_a_change_of_a_series_with_guests_stays_in_outlook(self):
        master = self.series_in_outlook(attendees=[self.zoe])
        account = self.connect(self.ann)
        series = self.series_of()
        self.change_in_outlook("ann", master, subject="Squad")
        self.sync()
        mails = self.mails()
        self.undo(self.line("update"))
        self.assertEqual(set(self.meetings(series).mapped("name")), {"Team"})
        self.assertEqual(self.masters()[0]["subject"], "Squad")
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_a_change_of_one_day(self):
        master = self.series_in_outlook()
        account = self.connect(self.ann)
        series = self.series_of()
        row = self.instance(master, self.day(7))
        self.change_in_outlook("ann", row, subject="Special")
        self.sync()
        day = self.meetings(series)[1]
        self.assertEqual(day.name, "Special")
        self.undo(self.line("update"))
        self.assertEqual(day.name, "Team")
        self.assertEqualSides(series)
        self.quiet(account)

    def test_another_repetition_is_refused_with_a_sentence(self):
        master = self.series_in_outlook()
        self.connect(self.ann)
        self.change_in_outlook("ann", master, recurrence=self.rule(count=3))
        self.sync()
        wizard = self.ask(self.line("update"))
        self.assertFalse(wizard.possible_count)
        self.assertIn("How a series repeats", wizard.line_ids.in_odoo)
        with self.assertRaises(UserError):
            wizard.action_undo()
