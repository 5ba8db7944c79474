# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odd series: flagged in words, and nothing else stopped."""

import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..sandbox.rendering import Style
from .common import guest
from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesOdd(SeriesCase):
    def test_problem_34_last_weekday_of_the_month_keeps_outlooks_days(self):
        weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"]
        master = self.series_in_outlook(
            recurrence=self.rule(
                "relativeMonthly", count=6, daysOfWeek=weekdays, index="last"
            )
        )
        account = self.connect(self.ann)
        series = self.series_of()
        self.assertEqual(self.odoo_days(series), self.outlook_days(master))
        self.assertFalse(series.rrule_type)
        self.assertIn("last", series.outlook_pattern)
        self.quiet(account)
        second = self.meetings(series)[1]
        self.edit(second, "all_events", name="Other")
        self.edit(second, name="Special")
        self.move(self.meetings(series)[2], hours=1)
        self.meetings(series)[3].with_user(self.ann).unlink()
        self.sync(account)
        self.assertEqualSides(series)
        [now] = self.masters()
        self.assertEqual(now["recurrence"], master["recurrence"])
        self.quiet(account)

    def test_what_odoo_cannot_express_is_not_rewritten_by_hand_either(self):
        self.series_in_outlook(
            recurrence=self.rule(
                "relativeMonthly",
                count=6,
                daysOfWeek=["saturday", "sunday"],
                index="first",
            )
        )
        self.connect(self.ann)
        second = self.meetings(self.series_of())[1]
        for change in (
            lambda: self.move(second, "all_events", hours=1),
            lambda: self.edit(second, "future_events", name="X"),
            lambda: self.edit(second, "all_events", interval=2),
        ):
            with self.assertRaisesRegex(UserError, "Outlook"):
                change()

    def test_outlook_moves_a_series_that_odoo_cannot_express(self):
        rule = self.rule(
            "relativeMonthly", count=6, daysOfWeek=["friday", "saturday"], index="last"
        )
        master = self.series_in_outlook(recurrence=rule)
        account = self.connect(self.ann)
        ids = self.meetings(self.series_of()).ids
        [master] = self.masters()
        day = self.outlook_day(master)
        self.change_in_outlook("ann", master, **self.times(day, 15))
        self.sync(account)
        self.assertEqualSides()
        self.assertEqual(self.meetings(self.series_of()).ids, ids)
        self.change_in_outlook(
            "ann", master, recurrence=self.rule("daily", first=day, count=4)
        )
        self.sync(account)
        self.assertEqualSides()
        self.assertFalse(self.series_of().outlook_pattern)
        self.quiet(account)

    def test_a_pattern_that_outlook_lacks_is_refused_before_saving(self):
        self.connect(self.ann)
        with self.assertRaisesRegex(UserError, "Choose a day up to 28"):
            self.repeat(
                first=self.monday.replace(day=28),
                rrule_type="monthly",
                month_by="date",
                day=30,
                count=12,
                start=self.utc(self.monday.replace(day=30)),
                stop=self.utc(self.monday.replace(day=30), 11),
            )

    def test_problem_35_past_a_neighbour_is_refused_before_saving(self):
        account = self.connect(self.ann)
        meetings = self.repeat()
        self.sync(account)
        for days in (8, -7):
            with (
                self.assertRaisesRegex(UserError, "Choose another day"),
                self.cr.savepoint(),
            ):
                self.move(meetings[2], days=days)
        self.move(meetings[2], days=6)

    def test_unknown_patterns_keep_the_days_that_outlook_lists(self):
        master = self.series_in_outlook()
        rule = self.rule()
        rule["pattern"]["type"] = "lunarMonthly"
        account = self.connect(self.ann)
        self.fault_rule(master, rule)
        self.sync(account)
        self.assertEqual(len(self.meetings(self.series_of())), 5)
        self.quiet(account)

    def fault_rule(self, master, rule):
        """Give every answer about a master another rule."""
        exchange, person = self.sandbox.exchange, self.person("ann")
        exchange.touch_event(person, master["id"])
        style = Style(immutable=True)
        row = exchange.event(person, master["id"], style) | {"recurrence": rule}
        self.sandbox.faults.clear()
        self.fault(
            "status",
            status=200,
            body=json.dumps(row),
            path="exceptionOccurrences",
            times=0,
        )

    def test_broken_rules_are_flagged_and_stop_nothing(self):
        master = self.series_in_outlook()
        self.in_outlook("ann", "Board")
        broken = self.rule()
        for change in (
            {"numberOfOccurrences": 0},
            {"numberOfOccurrences": None},
            {"type": "endDate", "endDate": "2001-01-01"},
            {"type": "whenever"},
            {"startDate": "soon"},
        ):
            with self.subTest(change=change):
                rule = {**broken, "range": {**broken["range"], **change}}
                self.fault_rule(master, rule)
                account = self.connect(self.ann)
                self.assertEqual(len(self.events(name="Board")), 1)
                self.assertEqual(len(self.events(name="Team")), 5)
                self.assertTrue(self.journal("create").filtered("details"))
                account.sudo()._disconnect()
                self.env["outlook.account"].search([]).unlink()
                self.env["calendar.event"].search([]).unlink()
                self.env["outlook.parting"].search([]).unlink()

    def test_a_series_whose_days_were_all_deleted(self):
        master = self.series_in_outlook(recurrence=self.rule(count=3))
        account = self.connect(self.ann)
        for row in self.instances(master):
            self.delete_in_outlook("ann", row)
        self.sync(account)
        self.assertFalse(self.events(active=True, name="Team"))
        self.assertEqual(len(self.events(name="Team")), 3)
        self.quiet(account)

    def test_an_empty_list_of_instances_removes_nothing(self):
        master = self.series_in_outlook()
        account = self.connect(self.ann)
        self.fault(
            "status",
            status=200,
            body='{"value": []}',
            path="/instances",
            times=1,
        )
        self.change_in_outlook("ann", master, subject="Other")
        self.sync(account)
        self.assertEqual(len(self.events(active=True, name="Other")), 5)

    def test_a_series_that_cannot_be_read_stops_nothing(self):
        self.series_in_outlook()
        self.in_outlook("ann", "Board")
        self.fault("status", status=403, path="/instances", times=1)
        account = self.connect(self.ann)
        self.assertEqual(len(self.events(name="Board")), 1)
        self.assertFalse(self.events(name="Team"))
        link = self.env["outlook.link"].search([("problem", "!=", False)])
        self.assertEqual(len(link), 1)
        link.tried_at = False
        self.sync(account)
        self.assertEqual(len(self.events(name="Team")), 5)
        self.quiet(account)

    def test_5000_occurrences(self):
        self.series_in_outlook(recurrence=self.rule("daily", until=self.day(5000)))
        account = self.connect(self.ann)
        count = len(self.meetings(self.series_of()))
        self.assertGreater(count, 300)
        self.assertLess(count, 400)
        self.quiet(account)

    def test_300_guests(self):
        guests = [guest(f"guest{number}@customer.example") for number in range(300)]
        self.series_in_outlook(attendees=guests, recurrence=self.rule(count=3))
        account = self.connect(self.ann)
        meetings = self.meetings(self.series_of())
        self.assertEqual({len(one.attendee_ids) for one in meetings}, {301})
        self.quiet(account)

    def test_problem_33_bare_occurrences_without_masters(self):
        self.sandbox.exchange.switches.set("delta_masters", False)
        master = self.series_in_outlook()
        account = self.connect(self.ann)
        self.assertEqualSides()
        self.change_in_outlook("ann", master, subject="Other")
        self.change_in_outlook("ann", self.instance(master, self.day(7)), subject="X")
        self.sync(account)
        self.assertEqualSides()
        self.delete_in_outlook("ann", master)
        self.sync(account)
        self.assertFalse(self.events(active=True))

    def test_each_row_on_a_page_of_its_own(self):
        """An occurrence without its master in the page, the master after exceptions."""
        self.sandbox.exchange.switches.set("delta_page_limit", 1)
        master = self.series_in_outlook()
        self.change_in_outlook("ann", self.instance(master, self.day(7)), subject="X")
        account = self.connect(self.ann)
        self.assertEqualSides()
        self.assertEqual(len(self.events()), 5)
        self.quiet(account)
