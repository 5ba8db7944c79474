# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What Odoo is told gives Graph's dates in Odoo too; what would not is refused."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from zoneinfo import ZoneInfo

from hypothesis import assume, given

from ...core.errors import UnsupportedRecurrence
from ...core.reasons import REASONS
from ...core.recurrence import DAYS, Rule, canonical
from ...core.recurrence_dates import dates, instants, utc_from_wall
from ...core.recurrence_odoo import MOST, odoo_from_rule, rule_from_odoo
from . import strategies  # noqa: F401, the profile of Hypothesis
from .common import PureCase
from .recurrence_cases import (
    LAST_YEAR_OF_PYTZ,
    examples,
    odoo_starts,
    series,
    week_starts,
)

# Enough of a series without an end to meet changes of the clock and leap years.
SOME = 100


def told(rule, first, week_start="monday"):
    """Return what Odoo is told, or the code of the refusal."""
    try:
        return odoo_from_rule(rule, first, week_start)
    except UnsupportedRecurrence as error:
        return error.code


def in_odoo(values, rule, wall, week_start):
    """Return the moments of the events that Odoo makes of the values."""
    start = utc_from_wall(wall, ZoneInfo(rule.zone)).replace(tzinfo=None)
    found = odoo_starts(values, start, week_start, most=SOME)
    return [moment.replace(tzinfo=timezone.utc) for moment in found]


def known(moments):
    """Return the moments before those of which Odoo does not know the clock."""
    return [moment for moment in moments if moment.year <= LAST_YEAR_OF_PYTZ]


class TestDatesInOdoo(PureCase):
    @examples(400)
    @given(series(), week_starts)
    def test_what_odoo_is_told_has_the_moments_of_graph(self, one, week_start):
        rule, wall = one
        values = told(rule, wall, week_start)
        assume(isinstance(values, dict))
        found = in_odoo(values, rule, wall, week_start)
        # Odoo counts the days before the first meeting among the most it makes.
        wanted = list(islice(instants(rule, wall, rule.zone), SOME))
        self.assertEqual(known(found), known(wanted[: len(found)]))
        self.assertGreaterEqual(len(found), min(len(wanted), SOME - 7))
        if rule.count or rule.until:
            self.assertEqual(len(found), len(wanted))

    @examples(150)
    @given(series(), week_starts)
    def test_an_all_day_series_has_the_dates_of_graph(self, one, week_start):
        rule, wall = one
        values = told(rule, wall.date(), week_start)
        assume(isinstance(values, dict))
        start = wall.replace(hour=8, minute=0)
        found = odoo_starts(values, start, week_start, allday=True, most=SOME)
        wanted = list(islice(dates(rule, wall.date()), SOME))
        self.assertEqual([one.date() for one in found], wanted[: len(found)])
        self.assertGreaterEqual(len(found), min(len(wanted), SOME - 7))

    @examples(200)
    @given(series(), week_starts)
    def test_there_and_back(self, one, week_start):
        rule, wall = one
        values = told(rule, wall, week_start)
        assume(isinstance(values, dict))
        start = wall.date()
        self.assertEqual(
            canonical(rule_from_odoo(values, start, week_start), start),
            canonical(rule, start),
        )

    @examples(100)
    @given(series(), week_starts)
    def test_a_refusal_has_its_sentence(self, one, week_start):
        outcome = told(*one, week_start)
        assume(isinstance(outcome, str))
        self.assertTrue(outcome.startswith("odoo_"))
        self.assertIn(outcome, REASONS)

    @examples(40)
    @given(series(), week_starts)
    def test_what_is_refused_for_its_shift_is_wrong_in_odoo(self, one, week_start):
        rule, wall = one
        rule = replace(rule, count=None, until=None)
        assume(wall.year < LAST_YEAR_OF_PYTZ)
        assume(told(rule, wall, week_start) == "odoo_shifts")
        values = odoo_from_rule(rule, wall.date(), week_start)
        found = in_odoo(values, rule, wall, week_start)
        wanted = list(islice(instants(rule, wall, rule.zone), SOME))
        self.assertNotEqual(known(found[: SOME - 7]), known(wanted[: SOME - 7]))


class TestToOdoo(PureCase):
    def assert_told(self, rule, start, **values):
        found = odoo_from_rule(rule, start)
        self.assertEqual({name: found[name] for name in values}, values)

    def test_every_value_is_told(self):
        rule = Rule("weekly", 2, ("monday", "thursday"), until=date(2027, 1, 28))
        self.assertEqual(
            odoo_from_rule(replace(rule, zone="Asia/Tokyo"), date(2026, 11, 2)),
            {
                "rrule_type": "weekly",
                "interval": 2,
                **dict.fromkeys(["tue", "wed", "fri", "sat", "sun"], False),
                **dict.fromkeys(["mon", "thu"], True),
                "month_by": "date",
                "day": 1,
                "byday": False,
                "weekday": False,
                "end_type": "end_date",
                "until": date(2027, 1, 28),
                "count": 0,
                "event_tz": "Asia/Tokyo",
            },
        )

    def test_the_ends(self):
        start = date(2026, 11, 2)
        self.assert_told(Rule("daily"), start, end_type="forever", event_tz="UTC")
        self.assert_told(Rule("daily", count=5), start, end_type="count", count=5)

    def test_a_yearly_weekday_is_every_twelve_months(self):
        rule = Rule("yearly", 2, ("monday",), 1, month=12)
        self.assert_told(
            rule,
            date(2026, 12, 7),
            rrule_type="monthly",
            interval=24,
            month_by="day",
            byday="1",
            weekday="MON",
        )

    def test_the_last_day_of_a_month(self):
        january = date(2026, 1, 31)
        self.assert_told(Rule("monthly", month_day=31), january, day=-1)
        every_day = Rule("monthly", weekdays=DAYS, ordinal=-1)
        self.assert_told(every_day, january, month_by="date", day=-1)
        third = replace(every_day, ordinal=3)
        self.assert_told(third, date(2026, 1, 3), month_by="date", day=3)
        leap = Rule("yearly", month=2, month_day=29)
        self.assert_told(
            leap, date(2028, 2, 29), rrule_type="monthly", interval=12, day=-1
        )
        once = replace(leap, count=1)
        self.assert_told(once, date(2025, 2, 28), rrule_type="monthly", day=-1)
        self.assert_told(
            Rule("yearly", month=4, month_day=31),
            date(2026, 4, 30),
            rrule_type="yearly",
            interval=1,
        )

    def test_a_day_that_no_month_lacks(self):
        rule = Rule("monthly", 2, month_day=30)
        self.assertEqual(told(rule, date(2026, 1, 30)), rule_told(rule, 30))
        self.assertEqual(told(rule, date(2026, 2, 28)), "odoo_short_months")

    def test_what_odoo_cannot_repeat(self):
        start = date(2026, 11, 2)
        working = Rule("monthly", weekdays=DAYS[:5], ordinal=-1)
        parted = Rule("weekly", 2, ("monday", "sunday"), week_start="sunday")
        for rule, first, code in (
            (working, date(2026, 11, 30), "odoo_several_weekdays"),
            (
                replace(working, frequency="yearly", month=11),
                date(2026, 11, 30),
                "odoo_several_weekdays",
            ),
            (Rule("monthly", month_day=29), date(2026, 11, 29), "odoo_short_months"),
            (Rule("monthly", month_day=30), date(2026, 11, 30), "odoo_short_months"),
            (parted, start, "odoo_week_start"),
            (Rule("daily", count=MOST + 1), start, "odoo_too_many"),
            (Rule("weekly", weekdays=("sunday",)), start, "recurrence_start"),
            (Rule("daily", until=date(2026, 11, 1)), start, "recurrence_start"),
        ):
            with self.subTest(rule=rule):
                self.assertEqual(told(rule, first), code)

    def test_the_first_day_of_the_week_is_that_of_the_language(self):
        parted = Rule("weekly", 2, ("monday", "sunday"), week_start="sunday")
        values = told(parted, date(2026, 11, 2), "sunday")
        self.assertEqual((values["mon"], values["sun"]), (True, True))

    def test_720_events_are_the_most(self):
        monday = datetime(2026, 11, 2, 9)
        friday = datetime(2026, 11, 6, 9)
        rule = Rule("weekly", weekdays=DAYS[:5], count=MOST, zone="Europe/Brussels")
        values = odoo_from_rule(rule, monday)
        utc = monday - timedelta(hours=1)
        self.assertEqual(len(odoo_starts(values, utc, "monday")), MOST)
        # From Friday on, Odoo counts four days that it then drops.
        self.assertEqual(told(rule, friday), "odoo_too_many")
        late = utc + timedelta(days=4)
        self.assertEqual(len(odoo_starts(values, late, "monday")), MOST - 4)
        self.assertIsInstance(told(replace(rule, count=MOST - 4), friday), dict)

    def test_a_few_meetings_late_in_a_week(self):
        saturday = datetime(2026, 11, 7, 9)
        rule = Rule("weekly", weekdays=DAYS[:6], count=4, zone="Europe/Brussels")
        self.assertEqual(told(rule, saturday), "odoo_too_few")
        # Odoo's weeks begin on a day that the series does not have.
        three = ("wednesday", "thursday", "saturday")
        other = Rule("weekly", 2, three, count=1, zone="Europe/Brussels")
        self.assertEqual(told(other, saturday), "odoo_too_few")
        five = replace(rule, count=5)
        values = told(five, saturday)
        self.assertEqual(len(in_odoo(values, five, saturday, "monday")), 5)
        few = values | {"count": 4}
        self.assertEqual(len(in_odoo(few, rule, saturday, "monday")), 3)


def rule_told(rule, day):
    """Return the values of a monthly rule that begins on 30 January and never ends."""
    return odoo_from_rule(Rule("daily"), date(2026, 1, 30)) | {
        "rrule_type": "monthly",
        "interval": rule.interval,
        "day": day,
    }


class TestShifts(PureCase):
    """Odoo looks for the first day of a week or a month in UTC."""

    def test_an_evening_in_america_every_second_week(self):
        rule = Rule("weekly", 2, ("tuesday",), zone="America/Los_Angeles")
        self.assertEqual(told(rule, datetime(2026, 11, 3, 20)), "odoo_shifts")
        self.assertIsInstance(told(rule, datetime(2026, 11, 3, 9)), dict)
        weekly = replace(rule, interval=1)
        self.assertIsInstance(told(weekly, datetime(2026, 11, 3, 20)), dict)

    def test_an_early_monday_in_asia_every_second_week(self):
        rule = Rule("weekly", 2, ("monday",), zone="Asia/Tokyo")
        self.assertEqual(told(rule, datetime(2026, 11, 2, 8)), "odoo_shifts")
        self.assertIsInstance(told(rule, datetime(2026, 11, 2, 10)), dict)

    def test_an_evening_in_america_every_year(self):
        rule = Rule("yearly", 1, ("monday",), 1, month=12, zone="America/New_York")
        self.assertEqual(told(rule, datetime(2026, 12, 7, 20)), "odoo_shifts")
        self.assertIsInstance(told(rule, datetime(2026, 12, 7, 9)), dict)

    def test_a_meeting_beside_a_change_of_the_clock(self):
        rule = Rule("weekly", 1, ("sunday",), zone="Europe/Brussels")
        self.assertEqual(told(rule, datetime(2026, 3, 29, 3, 30)), "odoo_shifts")
        self.assertIsInstance(told(rule, datetime(2026, 3, 29, 9)), dict)


class TestFromOdoo(PureCase):
    VALUES = {"rrule_type": "weekly", "interval": 1, "end_type": "forever"}
    MONTHLY = VALUES | {"rrule_type": "monthly", "month_by": "date"}
    START = date(2026, 11, 2)

    def assert_refused(self, code, values, start=START):
        with self.subTest(values=values):
            with self.assertRaises(UnsupportedRecurrence) as caught:
                rule_from_odoo(values, start)
            self.assertEqual(caught.exception.code, code)
            self.assertIn(code, REASONS)

    def test_each_kind(self):
        weekly = self.VALUES | {"mon": True, "wed": True, "event_tz": "Asia/Tokyo"}
        self.assertEqual(
            rule_from_odoo(weekly, self.START),
            Rule(
                "weekly",
                weekdays=("monday", "wednesday"),
                week_start="monday",
                zone="Asia/Tokyo",
            ),
        )
        yearly = self.VALUES | {"rrule_type": "yearly"}
        self.assertEqual(
            rule_from_odoo(yearly, self.START), Rule("yearly", month=11, month_day=2)
        )
        nth = self.MONTHLY | {"month_by": "day", "byday": "-1", "weekday": "FRI"}
        self.assertEqual(
            rule_from_odoo(nth, date(2026, 11, 27)),
            Rule("monthly", weekdays=("friday",), ordinal=-1),
        )
        last = self.MONTHLY | {"day": -1}
        self.assertEqual(
            rule_from_odoo(last, date(2026, 11, 30)), Rule("monthly", month_day=31)
        )

    def test_twelve_months_are_a_year(self):
        months = self.MONTHLY | {"interval": 24, "day": 2}
        self.assertEqual(
            rule_from_odoo(months, self.START), Rule("yearly", 2, month=11, month_day=2)
        )

    def test_more_than_odoo_makes(self):
        daily = {"rrule_type": "daily", "interval": 1, "end_type": "count"}
        rule = rule_from_odoo(daily | {"count": 1000}, self.START)
        self.assertEqual(rule.count, MOST)

    def test_months_that_odoo_leaves_out(self):
        for day in (29, 30, 31):
            values = self.MONTHLY | {"day": day}
            self.assert_refused("outlook_short_months", values, date(2026, 1, day))
        few = self.MONTHLY | {"day": 31, "interval": 2, "end_type": "count", "count": 4}
        self.assertEqual(rule_from_odoo(few, date(2026, 1, 31)).month_day, 31)
        leap = self.VALUES | {"rrule_type": "yearly", "day": -1}
        self.assert_refused("outlook_short_months", leap, date(2028, 2, 29))

    def test_what_is_missing_or_impossible(self):
        for values in (
            {},
            self.VALUES,
            self.VALUES | {"rrule_type": False},
            self.VALUES | {"rrule_type": "hourly"},
            self.VALUES | {"interval": 0, "mon": True},
            self.VALUES | {"interval": None, "mon": True},
            self.MONTHLY,
            self.MONTHLY | {"day": 0},
            self.MONTHLY | {"day": 32},
            self.MONTHLY | {"day": -2},
            self.MONTHLY | {"month_by": "day"},
            self.MONTHLY | {"month_by": "day", "byday": "1"},
            self.MONTHLY | {"month_by": "day", "byday": "5", "weekday": "MON"},
            self.VALUES | {"mon": True, "end_type": False},
            self.VALUES | {"mon": True, "end_type": "end_date", "until": False},
        ):
            self.assert_refused("odoo_incomplete", values)

    def test_an_end_that_cannot_be(self):
        mondays = self.VALUES | {"mon": True}
        for count in (0, -1, None):
            values = mondays | {"end_type": "count", "count": count}
            self.assert_refused("recurrence_no_count", values)
        early = mondays | {"end_type": "end_date", "until": date(2026, 11, 1)}
        self.assert_refused("recurrence_ends_first", early)

    def test_a_first_day_on_which_the_series_does_not_repeat(self):
        self.assert_refused("recurrence_start", self.VALUES | {"tue": True})
