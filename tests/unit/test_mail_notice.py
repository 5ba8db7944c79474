# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Whom Outlook mails: everybody, those who come and go, or nobody."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import given

from ...core.event import Attendee, Event, When
from ...core.mail_notice import TOLD, called_off, mailed
from ...core.snapshot import FIELDS, snapshot
from .common import PureCase
from .strategies import events

TEN = datetime(2026, 7, 1, 8, tzinfo=timezone.utc)
ZOE, BOB = Attendee("zoe@guest.example", "Zoe"), Attendee("bob@guest.example", "Bob")
CALL = Event(
    "Call",
    When(TEN, TEN + timedelta(hours=1)),
    attendees=(ZOE, BOB, Attendee("", "The neighbour")),
)
BOTH = {ZOE.address, BOB.address}
PRIVATE = {"sensitivity": "private", "show_as": "oof", "reminder": 5}


def after(**changes):
    return snapshot(replace(CALL, **changes))


class TestMailNotice(PureCase):
    def test_a_new_meeting_is_told_to_all_who_have_an_address(self):
        self.assertEqual(mailed(None, after()), BOTH)

    def test_what_guests_see_is_told_to_all(self):
        url = "https://odoo.example/calendar/join_videocall/1"
        for change in (
            {"subject": "Other"},
            {"body": "<p>Agenda</p>"},
            {"when": When(TEN, TEN + timedelta(hours=2))},
            {"location": "Ghent"},
            {"discuss_url": url},
            {"online": True},
        ):
            self.assertEqual(mailed(after(), after(**change)), BOTH, change)

    def test_what_is_the_organizers_own_is_told_to_nobody(self):
        changes = PRIVATE | {"categories": ("Fun",), "join_url": "https://teams/1"}
        self.assertEqual(mailed(after(), after(**changes)), set())

    def test_who_comes_and_who_goes(self):
        dan = Attendee("dan@guest.example")
        self.assertEqual(
            mailed(after(), after(attendees=(BOB, dan))), {ZOE.address, dan.address}
        )

    def test_who_is_invited_as_something_else(self):
        room = replace(BOB, type="optional")
        self.assertEqual(mailed(after(), after(attendees=(ZOE, room))), {BOB.address})

    def test_an_answer_is_no_news_for_guests(self):
        yes = replace(BOB, response="accepted")
        self.assertEqual(mailed(after(), after(attendees=(ZOE, yes))), set())

    def test_a_new_rule_is_told_to_all_also_to_those_who_go(self):
        self.assertEqual(mailed(after(), after(attendees=(BOB,)), is_told=True), BOTH)

    def test_it_knows_fields_alone(self):
        self.assertLessEqual(TOLD, set(FIELDS))

    @given(before=events(), now=events())
    def test_only_guests_of_before_and_now_are_mailed(self, before, now):
        states = snapshot(before), snapshot(now)
        known = states[0]["attendees"].keys() | states[1]["attendees"].keys()
        told = mailed(*states)
        self.assertLessEqual(told, {one for one in known if one[0] != "?"})
        self.assertLessEqual(told, mailed(*states, is_told=True))

    @given(event=events())
    def test_no_difference_no_mail(self, event):
        self.assertEqual(mailed(snapshot(event), snapshot(event)), set())

    def test_called_off_it_is_told_to_all_who_have_an_address(self):
        self.assertEqual(called_off(after()), BOTH)

    def test_a_day_of_a_series_is_told_to_its_own_guests(self):
        days = {
            "2026-07-08": {"attendees": {"dan@guest.example": "required", "?Joe": ""}},
            "2026-07-15": {"subject": "Other"},
            "2026-07-22": None,
        }
        series = after() | {"days": days}
        dan = {"dan@guest.example"}
        self.assertEqual(called_off(series), BOTH | dan)
        self.assertEqual(called_off(series, ["2026-07-08"]), dan)
        self.assertEqual(called_off(series, ["2026-07-15"]), BOTH)
        self.assertEqual(called_off(series, ["2026-07-22"]), set())
        self.assertEqual(called_off(series, ["2026-07-29"]), BOTH)
        self.assertEqual(called_off(series, []), set())

    @given(event=events())
    def test_whoever_was_invited_is_told_that_it_is_off(self, event):
        self.assertEqual(called_off(snapshot(event)), mailed(None, snapshot(event)))
