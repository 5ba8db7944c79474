# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Events to the bodies of POST and PATCH."""

from dataclasses import replace
from datetime import date, datetime, timezone

from hypothesis import given
from hypothesis import strategies as st

from ...core.errors import ConversionError
from ...core.event import Attendee, Event, When
from ...core.event_from_graph import item_from_graph
from ...core.event_to_graph import graph_from_event, with_locations
from ...core.snapshot import FIELDS, changed, snapshot
from .common import PureCase
from .graph_cases import graph_cases
from .strategies import OUTLOOK_ZONES, as_graph_sends, events

TEN = datetime(2026, 7, 1, 8, tzinfo=timezone.utc)
CALL = Event("Call", When(TEN, TEN.replace(hour=9)))
TEAMS = replace(CALL, online=True)
MEMBERS = {
    "subject": {"subject"},
    "body": {"body"},
    "when": {"start", "end", "isAllDay"},
    "location": {"location"},
    "sensitivity": {"sensitivity"},
    "show_as": {"showAs"},
    "reminder": {"isReminderOn"},
    "categories": {"categories"},
    "join_url": set(),
    "discuss_url": {"body"},
    "online": {"isOnlineMeeting", "onlineMeetingProvider"},
    "attendees": {"attendees"},
    "responses": set(),
}


class TestPatch(PureCase):
    def test_each_field_sends_its_own_members_alone(self):
        self.assertEqual(set(MEMBERS), set(FIELDS))
        for field, members in MEMBERS.items():
            with self.subTest(field=field):
                self.assertEqual(set(graph_from_event(TEAMS, "", {field})), members)

    def test_no_field_sends_nothing(self):
        self.assertEqual(graph_from_event(CALL, "Europe/Brussels", ()), {})

    def test_all_fields_send_every_member(self):
        body = graph_from_event(TEAMS, "Europe/Brussels")
        self.assertEqual(set(body), set().union(*MEMBERS.values()))

    def test_a_renamed_meeting_does_not_touch_its_online_meeting(self):
        teams = replace(TEAMS, join_url="https://teams.live.com/meet/1")
        self.assertEqual(graph_from_event(teams, "", {"subject"}), {"subject": "Call"})

    def test_an_online_meeting_is_never_ended(self):
        self.assertEqual(graph_from_event(CALL, "", {"online", "join_url"}), {})
        self.assertNotIn("isOnlineMeeting", graph_from_event(CALL, ""))

    @given(event=events(), fields=st.sets(st.sampled_from(FIELDS)))
    def test_a_patch_is_a_part_of_the_post(self, event, fields):
        post = graph_from_event(event, "Europe/Brussels")
        patch = graph_from_event(event, "Europe/Brussels", fields)
        self.assertEqual(patch, {name: post[name] for name in post if name in patch})


class TestMembers(PureCase):
    def test_a_time_is_told_in_the_zone_by_its_iana_name(self):
        when = graph_from_event(CALL, "Europe/Brussels", {"when"})
        self.assertEqual(
            when["start"],
            {"dateTime": "2026-07-01T10:00:00", "timeZone": "Europe/Brussels"},
        )
        self.assertIs(when["isAllDay"], False)

    def test_an_all_day_event_is_midnight_to_midnight_in_one_zone(self):
        fair = Event("Fair", When(date(2026, 5, 1), date(2026, 5, 4)))
        for zone, named in (("Asia/Tokyo", "Asia/Tokyo"), ("", "UTC")):
            with self.subTest(zone=zone):
                self.assertEqual(
                    graph_from_event(fair, zone, {"when"}),
                    {
                        "start": {"dateTime": "2026-05-01T00:00:00", "timeZone": named},
                        "end": {"dateTime": "2026-05-04T00:00:00", "timeZone": named},
                        "isAllDay": True,
                    },
                )

    def test_an_unknown_zone_is_refused(self):
        fair = Event("Fair", When(date(2026, 5, 1), date(2026, 5, 4)))
        for event in (CALL, fair):
            with self.assertRaises(ConversionError):
                graph_from_event(event, "Europe/Atlantis", {"when"})

    def test_a_reminder_brings_its_minutes_and_none_turns_it_off(self):
        self.assertEqual(
            graph_from_event(replace(CALL, reminder=0), "", {"reminder"}),
            {"isReminderOn": True, "reminderMinutesBeforeStart": 0},
        )
        self.assertEqual(
            graph_from_event(CALL, "", {"reminder"}), {"isReminderOn": False}
        )

    def test_guests_are_sent_in_full_without_those_nobody_can_write_to(self):
        guests = (
            Attendee("zoe@guest.example", "Zoe", "optional", "accepted"),
            Attendee("", "The neighbour"),
            Attendee("bob@guest.example"),
        )
        body = graph_from_event(replace(CALL, attendees=guests), "", {"attendees"})
        self.assertEqual(
            body["attendees"],
            [
                {
                    "type": "optional",
                    "emailAddress": {"address": "zoe@guest.example", "name": "Zoe"},
                },
                {"type": "required", "emailAddress": {"address": "bob@guest.example"}},
            ],
        )

    def test_a_new_body_keeps_the_block_to_join(self):
        block = "<div>Join here</div>"
        body = graph_from_event(
            replace(CALL, body="<p>New</p>"), "", {"body"}, join_block=block
        )
        self.assertEqual(body["body"]["content"], f"<p>New</p>{block}")


class TestLocations(PureCase):
    ROOMS = [{"displayName": "R1"}, {"displayName": "R2", "uniqueId": "2"}]

    def patch(self, text, current):
        return with_locations(
            {"location": {"displayName": text}, "subject": "S"}, current
        )

    def test_one_location_is_replaced(self):
        for current in ([], self.ROOMS[:1]):
            self.assertEqual(
                self.patch("Ghent", current),
                {"location": {"displayName": "Ghent"}, "subject": "S"},
            )

    def test_those_that_are_still_named_keep_their_details(self):
        self.assertEqual(
            self.patch("R2;  Ghent ;", self.ROOMS)["locations"],
            [self.ROOMS[1], {"displayName": "Ghent"}],
        )

    def test_none_is_left_when_odoo_names_none(self):
        self.assertEqual(self.patch("", self.ROOMS), {"subject": "S", "locations": []})

    def test_another_change_says_nothing_of_them(self):
        self.assertEqual(with_locations({"subject": "S"}, self.ROOMS), {"subject": "S"})


class TestRoundTrip(PureCase):
    @given(event=events(), zone=st.sampled_from(OUTLOOK_ZONES))
    def test_what_outlook_has_and_gets_back_is_the_same(self, event, zone):
        """Sending everything that was read changes nothing, however it was told."""
        graph = as_graph_sends(event, zone)
        item = item_from_graph(graph)
        sent = graph_from_event(item.event, item.zone)
        # Graph keeps the answers that it has of guests; what is sent holds none.
        answers = {row["emailAddress"]["address"]: row for row in graph["attendees"]}
        for row in sent["attendees"]:
            row["status"] = answers[row["emailAddress"]["address"]]["status"]
        again = item_from_graph(graph | sent)
        self.assertEqual(again.event, item.event)
        for member in ("subject", "sensitivity", "showAs", "categories", "isAllDay"):
            self.assertEqual(sent[member], graph[member])

    def test_sending_back_a_case_repairs_no_more_than_what_was_odd(self):
        for case in graph_cases():
            if "error" in case.expect:
                continue
            with self.subTest(case=case.name):
                item = item_from_graph(case.graph, case.owner)
                sent = graph_from_event(item.event, item.zone)
                again = item_from_graph(case.graph | sent, case.owner)
                differences = changed(snapshot(item.event), snapshot(again.event))
                # Left out on purpose; and a link that the body alone held.
                self.assertLessEqual(
                    differences, {"attendees", "responses", "join_url"}
                )
                if not any(not guest.address for guest in item.event.attendees):
                    self.assertNotIn("attendees", differences)
