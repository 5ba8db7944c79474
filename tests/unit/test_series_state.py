# Part of outlook_calendar. LGPL-3, see LICENSE.
"""States of series: JSON, equal for equal ones, and what each day says."""

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given

from ...core.event import Attendee
from ...core.recurrence import Rule
from ...core.recurrence_dates import dates
from ...core.series import Clock
from ...core.series_common import common_event, shared
from ...core.series_state import (
    clock_of_state,
    common_state,
    day_state,
    has_ended,
    has_same_days,
    rule_of,
    series_state,
    without_guests,
)
from ...core.snapshot import changed, snapshot
from .common import PureCase
from .recurrence_cases import series as random_rules
from .series_cases import BRUSSELS, MONDAY, SLOTS, TEAM, TEN, WEEKLY, series, when
from .strategies import events

THIRD = SLOTS[2].isoformat()


def with_third(**values):
    """Return the series with another third meeting."""
    usual = replace(TEAM, when=when(SLOTS[2]))
    return series(exceptions={SLOTS[2]: replace(usual, **values)})


class TestState(PureCase):
    def test_it_survives_json(self):
        one = with_third(subject="Other", when=when(SLOTS[2], 12))
        state = series_state(replace(one, cancelled=frozenset({SLOTS[1]})))
        self.assertEqual(json.loads(json.dumps(state)), state)
        self.assertEqual(list(state["days"]), [SLOTS[1].isoformat(), THIRD])

    def test_a_day_has_what_is_different_and_the_rest_in_common(self):
        state = series_state(with_third(subject="Other"))
        self.assertEqual(state["days"], {THIRD: {"subject": "Other"}})
        third = replace(TEAM, subject="Other", when=when(SLOTS[2]))
        self.assertEqual(day_state(state, THIRD), snapshot(third))
        second = replace(TEAM, when=when(SLOTS[1]))
        self.assertEqual(day_state(state, SLOTS[1].isoformat()), snapshot(second))

    def test_a_day_that_differs_in_nothing_is_told_as_such(self):
        self.assertEqual(series_state(with_third())["days"], {THIRD: {}})

    def test_without_guests_all_of_them_are_new(self):
        zoe = Attendee("zoe@guest.example", "Zoe")
        bob = Attendee("bob@guest.example", "Bob")
        third = replace(TEAM, when=when(SLOTS[2]), subject="X", attendees=(zoe, bob))
        one = series(event=replace(TEAM, attendees=(zoe,)), exceptions={})
        one = replace(one, exceptions={SLOTS[2]: third}, cancelled={SLOTS[1]})
        state = series_state(one)
        bare = without_guests(state)
        self.assertEqual(bare["attendees"], {})
        self.assertEqual(
            bare["days"], {SLOTS[1].isoformat(): None, THIRD: {"subject": "X"}}
        )
        self.assertIn(
            "attendees", state["days"][THIRD], "the state itself is as it was"
        )
        self.assertEqual(changed(bare, state), {"attendees", "days"})

    @given(event=events())
    def test_without_guests_nothing_else_is_different(self, event):
        state = snapshot(event)
        bare = without_guests(state)
        self.assertLessEqual(changed(bare, state), {"attendees"})
        self.assertEqual(bare["attendees"], {})

    def test_a_cancelled_day_is_none(self):
        state = series_state(series(cancelled=frozenset({SLOTS[2]})))
        self.assertIsNone(day_state(state, THIRD))

    @given(event=events())
    def test_an_exception_is_read_back_as_its_snapshot(self, event):
        state = series_state(series(exceptions={SLOTS[2]: event}))
        found = day_state(state, THIRD)
        expected = snapshot(event)
        if not TEN.is_kept(event.when, SLOTS[2], BRUSSELS):
            # Odoo makes a link of its own for each meeting.
            del found["discuss_url"], expected["discuss_url"]
            self.assertEqual(found, expected)

    @given(drawn=random_rules())
    def test_the_rule_is_read_back_with_the_same_dates(self, drawn):
        rule, start = drawn[0], drawn[1].date()
        state = series_state(series(rule=rule, first=start, zone=rule.zone))
        found, first = rule_of(json.loads(json.dumps(state)))
        window = (start, min(start + timedelta(days=800), date(9999, 12, 29)))
        self.assertEqual(first, start)
        self.assertEqual(
            list(dates(found, first, window)), list(dates(rule, start, window))
        )

    def test_an_unknown_pattern_is_told_by_its_days(self):
        state = series_state(series(rule=None))
        self.assertEqual(state["rule"]["slots"], [day.isoformat() for day in SLOTS])
        self.assertEqual(rule_of(state), (None, MONDAY))

    def test_a_rule_whose_first_day_does_not_fit_is_told_as_it_is(self):
        tuesday = MONDAY + timedelta(days=1)
        state = series_state(series(first=tuesday))
        self.assertEqual(state["rule"]["first"], tuesday.isoformat())

    def test_the_clock_is_read_back(self):
        for clock in (TEN, Clock(None, None, 3)):
            self.assertEqual(clock_of_state(series_state(series(clock=clock))), clock)

    def test_where_a_rule_ends_says_nothing_of_its_days(self):
        rules = [
            series_state(series(rule=rule))["rule"]
            for rule in (
                WEEKLY,
                replace(WEEKLY, count=None, until=SLOTS[3]),
                replace(WEEKLY, interval=2),
            )
        ]
        self.assertTrue(has_same_days(rules[0], rules[1]))
        self.assertFalse(has_same_days(rules[0], rules[2]))

    def test_a_series_has_ended_after_its_last_day(self):
        state, last = series_state(series()), max(dates(WEEKLY, MONDAY))
        self.assertFalse(has_ended(state, last))
        self.assertTrue(has_ended(state, last + timedelta(days=1)))
        endless = series_state(series(rule=replace(WEEKLY, count=None)))
        self.assertFalse(has_ended(endless, date(2090, 1, 1)))

    def test_what_is_common_has_no_days(self):
        state = series_state(with_third(subject="Other"))
        self.assertNotIn("days", common_state(state))
        self.assertIn("rule", common_state(state))

    def test_equal_rules_have_equal_states(self):
        """Every week begins where it begins when each of them counts."""
        other = replace(WEEKLY, week_start="wednesday")
        self.assertEqual(series_state(series(rule=other)), series_state(series()))
        self.assertNotEqual(
            series_state(series(rule=Rule("daily", zone=BRUSSELS))),
            series_state(series()),
        )


class TestCommon(PureCase):
    def test_the_last_agreement_holds_as_long_as_one_has_it(self):
        self.assertEqual(shared(["B", "B", "A"], "A"), 2)
        self.assertEqual(shared(["B", "B", "C"], "A"), 0)

    def test_without_one_most_of_them_count(self):
        self.assertEqual(shared([{"a": 1}, {"b": 2}, {"b": 2}]), 1)

    def test_each_field_counts_for_itself(self):
        meetings = [
            replace(TEAM, subject="X"),
            replace(TEAM, location="Y"),
            TEAM,
        ]
        states = [snapshot(one) for one in meetings]
        found = common_event(meetings, states, {})
        self.assertEqual((found.subject, found.location), ("Team", "Ghent"))

    @given(event=events(), other=events())
    def test_of_two_the_agreed_one_is_common(self, event, other):
        states = [snapshot(event), snapshot(other)]
        found = snapshot(common_event([other, event], states[::-1], states[0]))
        expected = states[0] | {"when": found["when"]}
        if expected["attendees"] == states[1]["attendees"]:
            self.assertEqual(found, expected)
        del found["responses"], expected["responses"]
        self.assertEqual(found, expected)
