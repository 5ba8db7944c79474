# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Snapshots: equal for equal states, different for different ones."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from ...core.event import Attendee, Event, When
from ...core.snapshot import FIELDS, changed, is_over, snapshot
from .common import PureCase
from .strategies import events

TEN = datetime(2026, 7, 1, 8, tzinfo=timezone.utc)
GUESTS = (
    Attendee("zoe@guest.example", "Zoe", "optional", "accepted"),
    Attendee("bob@guest.example", "Bob"),
    Attendee("", "The neighbour", response="declined"),
)
CALL = Event(
    "Call",
    When(TEN, TEN + timedelta(hours=1)),
    body="<p>Agenda</p>",
    categories=("B", "A"),
    attendees=GUESTS,
)
EDITS = {
    "subject": {"subject": "Other"},
    "body": {"body": "<p>Other</p>"},
    "when": {"when": When(TEN, TEN + timedelta(hours=2))},
    "location": {"location": "Ghent"},
    "sensitivity": {"sensitivity": "private"},
    "show_as": {"show_as": "oof"},
    "reminder": {"reminder": 0},
    "categories": {"categories": ("A",)},
    "discuss_url": {"discuss_url": "https://odoo.example/calendar/join_videocall/1"},
    "online": {"online": True},
    "join_url": {"join_url": "https://teams.live.com/meet/1"},
    "attendees": {"attendees": (replace(GUESTS[0], type="resource"), *GUESTS[1:])},
    "responses": {"attendees": (replace(GUESTS[0], response="none"), *GUESTS[1:])},
}


class TestSnapshot(PureCase):
    @given(event=events())
    def test_it_has_every_field_and_survives_json(self, event):
        state = snapshot(event)
        self.assertEqual(tuple(state), FIELDS)
        self.assertEqual(json.loads(json.dumps(state)), state)

    def test_order_and_spelling_mean_nothing(self):
        same = replace(
            CALL,
            body="<div>Agenda</div>",
            categories=("A", "B"),
            attendees=(GUESTS[2], GUESTS[1], replace(GUESTS[0], name="Zoé")),
            when=When(
                TEN.astimezone(timezone(timedelta(hours=2))),
                (TEN + timedelta(hours=1)).astimezone(timezone(timedelta(hours=9))),
            ),
        )
        self.assertEqual(snapshot(same), snapshot(CALL))

    def test_guests_are_told_by_address_or_else_by_name(self):
        state = snapshot(CALL)
        self.assertEqual(
            state["attendees"],
            {
                "zoe@guest.example": "optional",
                "bob@guest.example": "required",
                "?The neighbour": "required",
            },
        )
        self.assertEqual(
            state["responses"],
            {"zoe@guest.example": "accepted", "?The neighbour": "declined"},
        )

    def test_it_tells_whether_the_event_is_over(self):
        day = replace(CALL, when=When(date(2026, 7, 1), date(2026, 7, 2)))
        ends = {CALL: CALL.when.end, day: datetime(2026, 7, 2, tzinfo=timezone.utc)}
        for event, end in ends.items():
            with self.subTest(when=event.when):
                before = end - timedelta(seconds=1)
                self.assertTrue(is_over(snapshot(event), end))
                self.assertFalse(is_over(snapshot(event), before))

    def test_an_all_day_event_differs_from_one_of_the_same_hours(self):
        day = When(date(2026, 7, 1), date(2026, 7, 2))
        midnight = datetime(2026, 7, 1, tzinfo=timezone.utc)
        hours = When(midnight, midnight + timedelta(days=1))
        self.assertNotEqual(
            snapshot(replace(CALL, when=day))["when"],
            snapshot(replace(CALL, when=hours))["when"],
        )


class TestChanged(PureCase):
    def test_each_edit_changes_its_own_field(self):
        self.assertEqual(set(EDITS), set(FIELDS))
        for field, edit in EDITS.items():
            with self.subTest(field=field):
                now = snapshot(replace(CALL, **edit))
                self.assertEqual(changed(snapshot(CALL), now), {field})

    @given(event=events())
    def test_nothing_changed_since_it_was_stored(self, event):
        stored = json.loads(json.dumps(snapshot(event)))
        self.assertEqual(changed(stored, snapshot(event)), set())

    @given(one=events(), two=events(), gone=st.sets(st.sampled_from(FIELDS)))
    def test_a_field_that_one_side_lacks_is_not_compared(self, one, two, gone):
        base, now = snapshot(one), snapshot(two)
        part = {name: value for name, value in base.items() if name not in gone}
        self.assertEqual(changed(part, now), changed(base, now) - gone)
        self.assertEqual(changed(now, part), changed(base, now) - gone)
