# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Graph events to items, whatever is odd about them."""

import json
from dataclasses import asdict, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ...core.errors import ConversionError
from ...core.event_from_graph import item_from_graph
from .common import PureCase
from .graph_cases import FOLDER, graph_cases
from .strategies import OUTLOOK_ZONES, as_graph_sends, events

INNER_MEMBERS = [
    *("address", "content", "contentType", "dateTime", "displayName", "emailAddress"),
    *("joinUrl", "name", "response", "status", "timeZone", "type"),
]
CASES = {case.name: case for case in graph_cases()}


def shown(event):
    """Return the event's attributes as a case writes them."""
    values = asdict(event)
    when = values.pop("when")
    guests = values.pop("attendees")
    return values | {
        "start": when["start"].isoformat(),
        "end": when["end"].isoformat(),
        "categories": list(event.categories),
        "attendees": [list(guest.values())[:4] for guest in guests],
    }


def shown_item(item):
    """Return the item's attributes as a case writes them."""
    values = vars(item) | {"problems": list(item.problems)}
    if item.organizer:
        values["organizer"] = [item.organizer.address, item.organizer.name]
    if item.last_modified:
        values["last_modified"] = item.last_modified.isoformat()
    return values


class TestCases(PureCase):
    maxDiff = None

    def test_each_case_gives_what_it_promises(self):
        for case in CASES.values():
            if "error" in case.expect:
                continue
            with self.subTest(case=case.name):
                item = item_from_graph(case.graph, case.owner)
                for got, wanted in (
                    (shown_item(item), case.expect.get("item", {})),
                    (shown(item.event), case.expect.get("event", {})),
                ):
                    self.assertEqual({name: got[name] for name in wanted}, wanted)

    def test_what_has_no_id_or_time_is_refused_with_the_member(self):
        refused = {name: case for name, case in CASES.items() if "error" in case.expect}
        self.assertGreater(len(refused), 5)
        for name, case in refused.items():
            with self.subTest(case=name), self.assertRaises(ConversionError) as caught:
                item_from_graph(case.graph, case.owner)
            self.assertEqual(caught.exception.field, case.expect["error"])

    def test_each_case_says_what_is_odd_and_where_that_comes_from(self):
        for path in FOLDER.glob("*.json"):
            with self.subTest(case=path.stem):
                data = json.loads(path.read_text(encoding="utf-8"))
                self.assertLessEqual(
                    set(data), {"odd", "source", "owner", "graph", "expect"}
                )
                self.assertTrue(data["odd"] and data["source"] and data["expect"])


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(INNER_MEMBERS), inner, max_size=4)
    ),
    max_leaves=8,
)


class TestAnything(PureCase):
    @given(
        data=ANY_JSON,
        member=st.sampled_from(sorted(CASES["nothing_odd_single_meeting"].graph)),
    )
    @settings(max_examples=150)
    def test_any_json_in_any_member_is_read_or_refused(self, data, member):
        """No other error than ours: one odd item must not stop a run."""
        case = CASES["nothing_odd_single_meeting"]
        try:
            item = item_from_graph(case.graph | {member: data}, case.owner)
        except ConversionError as error:
            self.assertEqual(error.field, member)
        else:
            self.assertNotIn(member, ("id", "start", "end"))
            is_all_day = member == "isAllDay" and data is True
            self.assertEqual(item.event.when.is_all_day, is_all_day)

    def test_a_body_of_300_kb_is_kept_to_the_last_letter(self):
        case = CASES["nothing_odd_single_meeting"]
        content = "<p>A long minute, with a <b>word</b> in bold.</p>\r\n" * 6400
        self.assertGreater(len(content), 300_000)
        html = f"<html><body>{content}</body></html>"
        graph = case.graph | {"body": {"contentType": "html", "content": html}}
        item = item_from_graph(graph, case.owner)
        self.assertEqual(item.event.body, content.strip())


class TestPlainEvents(PureCase):
    @given(event=events(), zone=st.sampled_from(OUTLOOK_ZONES))
    def test_what_is_not_odd_is_read_as_it_is(self, event, zone):
        item = item_from_graph(as_graph_sends(event, zone))
        self.assertEqual(item.problems, ())
        self.assertEqual(item.event, replace(event, body=event.body.strip()))


class TestAnswers(PureCase):
    def guest(self, **row):
        moment = {"dateTime": "2026-07-01T08:00:00", "timeZone": "UTC"}
        data = {
            "id": "A",
            "start": moment,
            "end": moment,
            "attendees": [{"emailAddress": {"address": "zoe@guest.example"}, **row}],
        }
        [found] = item_from_graph(data).event.attendees
        return found

    def test_when_a_guest_answered(self):
        status = {"response": "accepted", "time": "2026-06-30T07:00:00Z"}
        self.assertEqual(self.guest(status=status).answered.hour, 7)

    def test_who_has_not_answered_did_so_at_no_time(self):
        for time in ("0001-01-01T00:00:00Z", "soon", None):
            status = {"response": "none", "time": time}
            self.assertIsNone(self.guest(status=status).answered)

    def test_another_time_that_a_guest_proposes(self):
        zone = {"timeZone": "Europe/Brussels"}
        proposal = {
            "start": {"dateTime": "2026-07-02T10:00:00", **zone},
            "end": {"dateTime": "2026-07-02T11:00:00", **zone},
        }
        self.assertEqual(self.guest(proposedNewTime=proposal).proposal.start.hour, 8)
        self.assertIsNone(self.guest(proposedNewTime={"start": None}).proposal)
