# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A series has the dates that Graph means, and its wall time in its own zone."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from itertools import islice
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ...core.errors import ConversionError
from ...core.recurrence import DAYS, Rule, canonical
from ...core.recurrence_dates import (
    dates,
    first_date,
    instants,
    misses_no_month,
    utc_from_wall,
)
from . import strategies  # noqa: F401, the profile of Hypothesis
from .common import PureCase
from .recurrence_cases import ZONES, days_by_definition, examples, series, starts, walls


def first(count, rule, start):
    """Return the first dates of a series, in ISO's spelling."""
    return [str(day) for day in islice(dates(rule, start), count)]


class TestDates(PureCase):
    @examples(300)
    @given(series())
    def test_the_dates_are_those_that_the_definition_means(self, one):
        rule, wall = one
        start, last = wall.date(), wall.date() + timedelta(days=1500)
        self.assertEqual(
            list(dates(rule, start, (start, last))),
            days_by_definition(rule, start, last),
        )

    @examples(100)
    @given(series(), starts)
    def test_a_start_that_does_not_fit_waits_for_the_first_date(self, one, start):
        rule = replace(one[0], until=None)
        last = start + timedelta(days=1500)
        found = list(dates(rule, start, (start, last)))
        self.assertEqual(found, days_by_definition(rule, start, last))

    @examples(100)
    @given(series(), starts, st.integers(0, 900))
    def test_a_window_cuts_and_does_not_count_anew(self, one, begin, days):
        rule, wall = one
        rule = replace(rule, count=rule.count or 500)
        window = (begin, begin + timedelta(days=days))
        whole = list(dates(rule, wall.date()))
        inside = [day for day in whole if window[0] <= day <= window[1]]
        self.assertEqual(list(dates(rule, wall.date(), window)), inside)

    def test_a_day_that_a_month_lacks_is_its_last(self):
        start = date(2027, 12, 31)
        for day, february in ((29, "29"), (30, "29"), (31, "29")):
            found = first(3, Rule("monthly", month_day=day), start.replace(day=day))
            self.assertEqual(found[2], f"2028-02-{february}")
        yearly = Rule("yearly", month=2, month_day=29)
        self.assertEqual(
            first(3, yearly, date(2028, 2, 29)),
            ["2028-02-29", "2029-02-28", "2030-02-28"],
        )

    def test_of_several_weekdays_the_nth_that_is_any_of_them(self):
        working = Rule("monthly", weekdays=DAYS[:5], ordinal=-1)
        self.assertEqual(
            first(3, working, date(2026, 1, 1)),
            ["2026-01-30", "2026-02-27", "2026-03-31"],
        )
        second = replace(working, weekdays=("thursday", "friday"), ordinal=2)
        self.assertEqual(first(1, second, date(2026, 1, 1)), ["2026-01-02"])

    def test_the_first_day_of_a_week_parts_the_weeks(self):
        rule = Rule("weekly", 2, weekdays=("monday", "sunday"), week_start="monday")
        start = date(2026, 11, 2)
        self.assertEqual(
            first(3, rule, start), ["2026-11-02", "2026-11-08", "2026-11-16"]
        )
        self.assertEqual(
            first(3, replace(rule, week_start="sunday"), start),
            ["2026-11-02", "2026-11-15", "2026-11-16"],
        )

    def test_the_calendar_ends(self):
        for rule in (
            Rule("daily"),
            Rule("weekly", weekdays=DAYS),
            Rule("monthly", month_day=31),
            Rule("yearly", month=12, month_day=31),
        ):
            start = first_date(rule, date(9999, 12, 20))
            self.assertEqual(list(dates(rule, start))[-1], date.max)
        self.assertEqual(
            first(1, Rule("weekly", weekdays=DAYS), date.min)[0][:4], "0001"
        )

    def test_a_series_may_have_no_date(self):
        rule = Rule("monthly", month_day=15, until=date(2026, 1, 10))
        self.assertIsNone(first_date(rule, date(2026, 1, 1)))

    def test_only_days_past_the_28th_miss_months(self):
        start = date(2026, 1, 29)
        self.assertTrue(misses_no_month(Rule("monthly", month_day=28), start))
        self.assertFalse(misses_no_month(Rule("monthly", month_day=29), start))
        self.assertTrue(misses_no_month(Rule("monthly", month_day=29, count=1), start))
        leap = Rule("yearly", 4, month=2, month_day=29, until=date(2096, 12, 31))
        self.assertTrue(misses_no_month(leap, date(2024, 2, 29)))
        self.assertFalse(misses_no_month(replace(leap, until=None), date(2024, 2, 29)))


class TestInstants(PureCase):
    @examples(150)
    @given(series())
    def test_a_meeting_keeps_its_wall_time(self, one):
        rule, wall = one
        zone = ZoneInfo(rule.zone)
        found = list(islice(instants(rule, wall, rule.zone), 60))
        self.assertEqual(len(found), len(list(islice(dates(rule, wall.date()), 60))))
        for day, moment in zip(dates(rule, wall.date()), found, strict=False):
            local = moment.astimezone(zone)
            told = datetime.combine(day, wall.time(), zone)
            if told.utcoffset() == told.replace(fold=1).utcoffset():
                self.assertEqual(local, told)
            self.assertLessEqual(abs(local - told), timedelta(hours=1))

    @examples(100)
    @given(series(), starts, walls, st.integers(0, 60 * 24 * 400))
    def test_a_window_holds_its_first_moment_and_not_its_last(
        self, one, day, clock, minutes
    ):
        rule, wall = one
        rule = replace(rule, count=rule.count or 300)
        begin = datetime.combine(day, clock, timezone.utc)
        window = (begin, begin + timedelta(minutes=minutes))
        whole = instants(rule, wall, rule.zone)
        inside = [moment for moment in whole if window[0] <= moment < window[1]]
        self.assertEqual(list(instants(rule, wall, rule.zone, window)), inside)

    def test_the_bounds_of_a_window(self):
        wall, rule = datetime(2026, 11, 2, 9), Rule("daily", count=3)
        found = list(instants(rule, wall, ""))
        window = (found[0], found[2])
        self.assertEqual(list(instants(rule, wall, "", window)), found[:2])

    def test_nine_o_clock_in_summer_and_in_winter(self):
        rule = Rule("weekly", weekdays=("monday",), count=2)
        found = instants(rule, datetime(2026, 3, 23, 9), "Europe/Brussels")
        self.assertEqual([moment.hour for moment in found], [8, 7])

    def test_a_wall_time_that_is_skipped_or_repeated(self):
        brussels = ZoneInfo("Europe/Brussels")
        skipped = utc_from_wall(datetime(2026, 3, 29, 2, 30), brussels)
        self.assertEqual(skipped.astimezone(brussels).time(), time(3, 30))
        repeated = utc_from_wall(datetime(2026, 10, 25, 2, 30), brussels)
        self.assertEqual(repeated, datetime(2026, 10, 25, 1, 30, tzinfo=timezone.utc))

    def test_the_first_and_the_last_days_of_the_calendar_are_left_out(self):
        for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
            found = list(instants(Rule("daily"), datetime(9999, 12, 20, 23), zone))
            self.assertEqual(len(found), 10)
            early = instants(Rule("daily", count=9), datetime.min, zone)
            self.assertEqual(len(list(early)), 7)

    def test_no_such_zone(self):
        with self.assertRaises(ConversionError):
            list(instants(Rule("daily"), datetime(2026, 1, 1), "Mars/Olympus"))


class TestCanonical(PureCase):
    @examples(300)
    @given(series())
    def test_the_canonical_rule_has_the_same_dates(self, one):
        rule, wall = one
        told = canonical(rule, wall.date())
        self.assertEqual(first(60, told, wall.date()), first(60, rule, wall.date()))
        self.assertEqual(canonical(told, wall.date()), told)

    def test_rules_that_say_the_same(self):
        start = date(2026, 4, 30)
        every_april = Rule("yearly", month=4, month_day=30)
        for same in (
            Rule("monthly", 12, month_day=30),
            Rule("monthly", 12, month_day=31),
            Rule("yearly", month=4, month_day=31),
            Rule("yearly", month=4, weekdays=DAYS, ordinal=-1),
        ):
            self.assertEqual(canonical(same, start), every_april)

    def test_the_first_day_of_a_week_counts_only_where_it_parts_days(self):
        start = date(2026, 11, 2)
        one = Rule("weekly", 2, weekdays=("monday",), week_start="sunday")
        two = replace(one, weekdays=("monday", "sunday"))
        for rule, is_same in (
            (one, True),
            (replace(two, interval=1), True),
            (two, False),
        ):
            other = replace(rule, week_start="monday")
            self.assertEqual(canonical(rule, start) == canonical(other, start), is_same)

    def test_every_zone_of_the_tests_is_one(self):
        self.assertEqual([ZoneInfo(zone).key for zone in ZONES], ZONES)
