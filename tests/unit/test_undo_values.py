# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Values before and after, as JSON, and the way back from one to the other."""

import json
from dataclasses import replace
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from ...core.event import Attendee, Event, When
from ...core.recurrence import Rule
from ...core.series import Clock, Series
from ...core.snapshot import FIELDS, snapshot
from ...core.undo_values import (
    day_values,
    event_of,
    event_values,
    series_values,
    step,
    way_back,
)
from .common import PureCase
from .strategies import events

ONE_WAY = {"online", "discuss_url"}
LUNCH = Event("Lunch", When(date(2026, 5, 1), date(2026, 5, 2)))


def differs(one, other):
    """Return the fields that a step may undo."""
    old, _new = step(event_values(one), event_values(other))
    return set(old) - ONE_WAY


class TestValues(PureCase):
    @given(event=events())
    def test_an_event_survives_json(self, event):
        values = json.loads(json.dumps(event_values(event)))
        back = event_of(values)
        self.assertEqual(snapshot(back), snapshot(event))
        self.assertEqual(back.body, event.body)

    def test_a_guest_without_an_address_keeps_his_name(self):
        nameless = Attendee("", name="Zoe", type="optional")
        values = event_values(replace(LUNCH, attendees=(nameless,)))
        self.assertEqual(event_of(values).attendees, (nameless,))

    def test_what_values_lack_is_empty(self):
        self.assertEqual(event_of({"location": "Room"}).location, "Room")
        self.assertEqual(event_of({}).attendees, ())

    def test_those_of_a_series_and_of_its_days(self):
        monday, later = date(2026, 11, 2), date(2026, 11, 9)
        special = replace(
            LUNCH, subject="Special", when=When(later, date(2026, 11, 10))
        )
        series = Series(
            replace(LUNCH, body="<p>Text</p>"),
            Clock(time(10), time(11), 0),
            Rule("weekly", weekdays=("monday",)),
            monday,
            (monday, later),
            {later: special},
        )
        values = series_values(series)
        self.assertEqual(values["body"], "<p>Text</p>")
        self.assertEqual(values["when"]["start"], "10:00:00")
        self.assertEqual(values["rule"]["first"], "2026-11-02")
        self.assertEqual(day_values(series, later)["subject"], "Special")
        usual = day_values(series, monday)
        self.assertEqual(usual["when"]["start"], "2026-11-02T10:00:00+00:00")


class TestWayBack(PureCase):
    @given(before=events(), after=events())
    def test_right_away_all_goes_back(self, before, after):
        old, new = event_values(before), event_values(after)
        values, left = way_back(old, new, new)
        self.assertEqual(left, set())
        self.assertEqual(set(values), differs(before, after))
        there = new | values
        for name in values:
            self.assertEqual(there[name], old[name])

    @given(before=events(), after=events(), now=events())
    def test_twice_is_once(self, before, after, now):
        old, new, there = map(event_values, (before, after, now))
        values, left = way_back(old, new, there)
        again, still_left = way_back(old, new, there | values)
        self.assertEqual(again, {})
        self.assertEqual(still_left, left)

    @given(before=events(), after=events(), now=events())
    def test_only_what_was_changed_is_touched(self, before, after, now):
        old, new, there = map(event_values, (before, after, now))
        values, left = way_back(old, new, there)
        self.assertLessEqual(set(values) | left, differs(before, after))

    @given(
        before=events(),
        after=events(),
        name=st.sampled_from(sorted(set(FIELDS) - ONE_WAY)),
    )
    def test_nothing_of_what_was_not_known(self, before, after, name):
        old, new = event_values(before), event_values(after)
        del old[name]
        values, left = way_back(old, new, new)
        self.assertNotIn(name, values.keys() | left)

    def test_later_guests_and_tags_stay(self):
        old = {
            "attendees": {"zoe@x": "required", "mike@x": "required"},
            "categories": ["A"],
        }
        new = {
            "attendees": {"zoe@x": "optional", "yan@x": "required"},
            "categories": ["B"],
        }
        now = {
            "attendees": {
                "zoe@x": "optional",
                "yan@x": "required",
                "bob@x": "resource",
            },
            "categories": ["B", "C"],
        }
        values, left = way_back(old, new, now)
        self.assertEqual(
            values["attendees"],
            {"zoe@x": "required", "mike@x": "required", "bob@x": "resource"},
        )
        self.assertEqual(values["categories"], ["A", "C"])
        self.assertEqual(left, set())

    def test_a_guest_whose_type_changed_again_is_left(self):
        old, new = (
            {"attendees": {"a@x": "required"}},
            {"attendees": {"a@x": "optional"}},
        )
        now = {"attendees": {"a@x": "resource"}}
        self.assertEqual(way_back(old, new, now), ({}, {"attendees"}))

    def test_no_reminder_is_a_value(self):
        old, new = {"reminder": None}, {"reminder": 15}
        self.assertEqual(way_back(old, new, new), ({"reminder": None}, set()))

    def test_what_was_never_agreed_upon_is_not_known(self):
        old, new = {"body": None, "subject": None}, {"body": "B", "subject": "B"}
        self.assertEqual(way_back(old, new, new), ({}, set()))

    def test_a_text_that_says_the_same_is_the_same(self):
        old, new = {"body": "<p>A</p>"}, {"body": "<p>B</p>"}
        now = {"body": "<div><p>B</p></div>\n"}
        self.assertEqual(way_back(old, new, now), ({"body": "<p>A</p>"}, set()))
