# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A series of Graph is read whole or refused, and written as Graph takes it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ...core.errors import ConversionError, UnsupportedRecurrence
from ...core.reasons import REASONS
from ...core.recurrence import DAYS, Rule
from ...core.recurrence_graph import (
    graph_from_rule,
    rule_from_graph,
    start_from_graph,
)
from . import strategies  # noqa: F401, the profile of Hypothesis
from .common import PureCase
from .recurrence_cases import examples, series

START = date(2026, 11, 2)
# As an answer holds them: every member, unused ones with zeros.
PATTERN = {
    "type": "weekly",
    "interval": 1,
    "month": 0,
    "dayOfMonth": 0,
    "daysOfWeek": ["thursday", "monday"],
    "firstDayOfWeek": "monday",
    "index": "first",
}
RANGE = {
    "type": "endDate",
    "startDate": "2026-11-02",
    "endDate": "2027-01-28",
    "recurrenceTimeZone": "Romance Standard Time",
    "numberOfOccurrences": 0,
}


def sent(pattern=None, **span):
    """Return a series of Graph with some members changed."""
    return {"pattern": PATTERN | (pattern or {}), "range": RANGE | span}


class TestFromGraph(PureCase):
    def assert_refused(self, code, field, recurrence):
        with self.assertRaises(UnsupportedRecurrence) as caught:
            rule_from_graph(recurrence)
        self.assertEqual((caught.exception.code, caught.exception.field), (code, field))
        self.assertIn(code, REASONS)

    def test_an_answer(self):
        self.assertEqual(
            rule_from_graph(sent()),
            Rule(
                "weekly",
                weekdays=("monday", "thursday"),
                week_start="monday",
                until=date(2027, 1, 28),
                zone="Europe/Paris",
            ),
        )
        self.assertEqual(start_from_graph(sent()), START)

    def test_what_may_be_missing(self):
        given = {
            "pattern": {
                "type": "relativeMonthly",
                "interval": 2,
                "daysOfWeek": ["friday"],
            },
            "range": {"type": "noEnd", "startDate": "2026-11-06"},
        }
        self.assertEqual(
            rule_from_graph(given, "Asia/Tokyo"),
            Rule("monthly", 2, ("friday",), ordinal=1, zone="Asia/Tokyo"),
        )
        given["pattern"]["type"] = "weekly"
        self.assertEqual(rule_from_graph(given).week_start, "sunday")

    def test_a_zone_without_a_name_leaves_that_of_the_event(self):
        odd = sent(recurrenceTimeZone="tzone://Microsoft/Custom")
        self.assertEqual(rule_from_graph(odd, "Asia/Tokyo").zone, "Asia/Tokyo")
        self.assertEqual(rule_from_graph(odd).zone, "")

    def test_a_pattern_that_is_not_documented(self):
        for kind in ("hijriMonthly", "Weekly", "unknownFutureValue"):
            self.assert_refused(
                "recurrence_pattern", "pattern.type", sent({"type": kind})
            )

    def test_a_value_that_is_needed_and_missing_or_impossible(self):
        for member, values, kind in (
            ("type", (None, "", 5), "weekly"),
            ("interval", (None, 0, -1, 10000, "2", True, 1.5), "daily"),
            ("daysOfWeek", (None, [], ["Monday"], [None], [[]], "monday"), "weekly"),
            ("firstDayOfWeek", ("Monday", "someday"), "weekly"),
            ("index", ("fifth",), "relativeMonthly"),
            ("dayOfMonth", (None, 0, 32, -1), "absoluteMonthly"),
            ("month", (None, 0, 13), "absoluteYearly"),
        ):
            for value in values:
                pattern = {"type": kind, "dayOfMonth": 1, "month": 1, member: value}
                with self.subTest(pattern=pattern):
                    self.assert_refused(
                        "recurrence_unreadable", f"pattern.{member}", sent(pattern)
                    )

    def test_an_end_that_cannot_be(self):
        for count in (None, 0, -3, "4"):
            odd = sent(type="numbered", numberOfOccurrences=count)
            self.assert_refused("recurrence_no_count", "range.numberOfOccurrences", odd)
        self.assert_refused(
            "recurrence_ends_first", "range.endDate", sent(endDate="2026-11-01")
        )
        for name, value in (
            ("type", "never"),
            ("type", None),
            ("startDate", "2026-11-31"),
            ("startDate", None),
            ("endDate", "20270128"),
            ("endDate", 20270128),
        ):
            self.assert_refused(
                "recurrence_unreadable", f"range.{name}", sent(**{name: value})
            )

    def test_what_is_no_series(self):
        for odd in (None, [], "weekly", {}, {"pattern": None, "range": None}):
            self.assert_refused("recurrence_unreadable", "pattern.type", odd)
            with self.assertRaises(UnsupportedRecurrence):
                start_from_graph(odd)

    @given(
        st.dictionaries(st.sampled_from(list(PATTERN)), st.none() | st.text()),
        st.dictionaries(st.sampled_from(list(RANGE)), st.integers() | st.text()),
    )
    def test_whatever_comes_is_read_or_refused(self, pattern, span):
        try:
            outcome = rule_from_graph(sent(pattern, **span)).frequency
        except UnsupportedRecurrence as error:
            outcome = error.code
        self.assertIn(outcome, {"weekly", "daily", *REASONS})


class TestToGraph(PureCase):
    @examples(200)
    @given(series())
    def test_there_and_back(self, one):
        rule, wall = one
        told = graph_from_rule(rule, wall.date())
        self.assertEqual(rule_from_graph(told), rule)
        self.assertEqual(start_from_graph(told), wall.date())

    @examples(100)
    @given(series())
    def test_an_answer_adds_only_what_means_nothing(self, one):
        rule, wall = one
        told = graph_from_rule(rule, wall.date())
        zeros = {
            "month": 0,
            "dayOfMonth": 0,
            "daysOfWeek": [],
            "firstDayOfWeek": "sunday",
            "index": "first",
        }
        no_end = {"endDate": "0001-01-01", "numberOfOccurrences": 0}
        answer = {"pattern": zeros | told["pattern"], "range": no_end | told["range"]}
        self.assertEqual(rule_from_graph(answer), rule)

    def test_only_what_the_pattern_needs(self):
        rule = Rule("yearly", weekdays=("monday",), ordinal=1, month=12, zone="EST")
        self.assertEqual(
            graph_from_rule(rule, date(2026, 12, 7)),
            {
                "pattern": {
                    "type": "relativeYearly",
                    "interval": 1,
                    "daysOfWeek": ["monday"],
                    "index": "first",
                    "month": 12,
                },
                "range": {
                    "type": "noEnd",
                    "startDate": "2026-12-07",
                    "recurrenceTimeZone": "America/Panama",
                },
            },
        )
        self.assertNotIn(
            "recurrenceTimeZone", graph_from_rule(Rule("daily"), START)["range"]
        )

    def test_what_graph_would_refuse(self):
        ends = Rule("daily", until=START - timedelta(days=1))
        sundays = Rule("weekly", weekdays=("sunday",))
        for rule, code in (
            (Rule("daily", 1000), "outlook_interval"),
            (Rule("weekly", 100, DAYS), "outlook_interval"),
            (Rule("monthly", 100, month_day=2), "outlook_interval"),
            (ends, "recurrence_ends_first"),
            (sundays, "recurrence_start"),
        ):
            with (
                self.subTest(rule=rule),
                self.assertRaises(UnsupportedRecurrence) as caught,
            ):
                graph_from_rule(rule, START)
            self.assertEqual(caught.exception.code, code)
        for rule in (Rule("daily", 999), Rule("yearly", 100, month=11, month_day=2)):
            self.assertEqual(
                graph_from_rule(rule, START)["pattern"]["interval"], rule.interval
            )

    def test_no_such_zone(self):
        with self.assertRaises(ConversionError):
            graph_from_rule(Rule("daily", zone="Mars/Olympus"), START)

    def test_the_error_says_which_member(self):
        error = UnsupportedRecurrence("recurrence_pattern", "pattern.type")
        self.assertEqual(str(error), "recurrence_pattern (pattern.type)")
        self.assertEqual(str(UnsupportedRecurrence("odoo_shifts")), "odoo_shifts")
        self.assertIsInstance(error, ConversionError)
