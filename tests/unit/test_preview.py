# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the preview of the first sync tells, of any facts under any choices."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ...core.body import digest
from ...core.preview import (
    Choices,
    differing,
    lines_of,
    mailed,
    progress,
    strangers,
    weeks_of,
)
from .common import PureCase

FIRST = date(2026, 5, 1)
CHOICES = Choices("2026-05-01", "2026-07-01", frozenset({1, 2}))
ZOE = ["zoe@customer.example", "Zoe"]

days = st.integers(-20, 90).map(lambda n: (FIRST + timedelta(n)).isoformat())
choices = st.builds(
    Choices,
    days.filter(lambda day: day < "2026-06-15"),
    st.just("2026-06-15"),
    st.sampled_from([frozenset(), frozenset({1}), frozenset({1, 2})]),
    st.sampled_from(["both", "pull", "push"]),
    st.sampled_from(["none", "future", "all"]),
    st.booleans(),
    st.sampled_from(["leave_out", "busy", "full"]),
    st.sampled_from(["create", "keep"]),
)


def item(**values):
    """Return an incoming fact."""
    return {
        "id": "AAMk",
        "calendar": 1,
        "name": "Board",
        "start": "2026-05-04T08:00:00",
        "end": "2026-05-04T09:00:00",
        "days": [],
        "fate": "new",
        "reason": "",
        "private": False,
        "twin": "",
        "brought": False,
        "differs": [],
        "strangers": [],
        **values,
    }


def meeting(**values):
    """Return an outgoing fact."""
    return {
        "id": "e7",
        "name": "Fair",
        "start": "2026-05-05T08:00:00",
        "end": "2026-05-05T09:00:00",
        "days": [],
        "over": False,
        "own": True,
        "private": False,
        "problem": "",
        "guests": [ZOE],
        **values,
    }


@st.composite
def items(draw):
    """Draw the facts of a mailbox, each with an id of its own."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        fate = draw(st.sampled_from(["new", "joined", "left_out"]))
        start = draw(days)
        found.append(
            item(
                id=f"AAMk{number}",
                name=f"e{number}" if fate == "joined" else "Board",
                calendar=draw(st.sampled_from([1, 2])),
                start=start,
                end=start,
                days=sorted(draw(st.sets(days, max_size=4))),
                fate=fate,
                twin=f"e{number}" if fate == "joined" else "",
                private=draw(st.booleans()),
                strangers=draw(
                    st.lists(st.sampled_from(["x@x.example", "y@x.example"]))
                ),
            )
        )
    return found


@st.composite
def meetings(draw):
    """Draw the facts of Odoo's side, some of them twins of ``items``."""
    return [
        meeting(
            id=f"e{number}",
            name=f"e{number}",
            start=draw(days),
            over=draw(st.booleans()),
            own=draw(st.booleans()),
            private=draw(st.booleans()),
            problem=draw(st.sampled_from(["", "odd_rule"])),
            guests=draw(st.sampled_from([[], [ZOE], [["", "Nobody"]]])),
        )
        for number in range(draw(st.integers(0, 6)))
    ]


class TestLines(PureCase):
    def test_request_f5_private_items_come_in_as_is_chosen(self):
        secret = item(private=True, strangers=["zoe@customer.example"])
        for privacy, flow, reason, met in (
            ("full", "in", "", 1),
            ("busy", "in", "busy_in", 0),
            ("leave_out", "left_out", "private", 0),
        ):
            choices = replace(CHOICES, privacy=privacy)
            [line] = lines_of([secret], [], choices)
            self.assertEqual((line.flow, line.reason), (flow, reason))
            self.assertEqual(len(strangers([secret], choices)), met)

    def test_request_f5_what_odoo_has_of_its_own_stays_joined(self):
        choices = replace(CHOICES, privacy="leave_out")
        for brought, flow in ((False, "joined"), (True, "left_out")):
            pair = item(fate="joined", reason="stamp", private=True, brought=brought)
            [line] = lines_of([pair], [], choices)
            self.assertEqual(line.flow, flow)

    def test_each_choice_has_its_reason(self):
        for values, wanted, told in (
            ({}, {}, ("out", "copy")),
            ({}, {"invites": True}, ("out", "invites")),
            ({"guests": []}, {"invites": True}, ("out", "copy")),
            ({"own": False}, {"invites": True}, ("out", "copy")),
            ({"over": True}, {"invites": True, "export": "all"}, ("out", "copy")),
            ({}, {"direction": "pull"}, ("left_out", "only_read")),
            ({}, {"export": "none"}, ("left_out", "export_none")),
            ({"over": True}, {}, ("left_out", "over")),
            ({"private": True}, {}, ("out", "copy")),
            ({"private": True}, {"privacy": "leave_out"}, ("left_out", "private")),
            ({"private": True}, {"privacy": "busy", "invites": True}, ("out", "busy")),
            ({"problem": "odd_rule"}, {}, ("left_out", "odd_rule")),
        ):
            with self.subTest(values=values, wanted=wanted):
                facts = [meeting(**values)]
                [line] = lines_of([], facts, replace(CHOICES, **wanted))
                self.assertEqual((line.flow, line.reason), told)

    def test_a_pair_is_one_line(self):
        pair = item(fate="joined", reason="likeness", twin="e7", differs=["location"])
        [line] = lines_of([pair], [meeting()], CHOICES)
        self.assertEqual((line.flow, line.differs), ("joined", ("location",)))

    def test_a_pair_is_none_where_its_calendar_is_not_read(self):
        pair = item(fate="joined", twin="e7")
        for wanted in ({"direction": "push"}, {"calendars": frozenset({2})}):
            [line] = lines_of([pair], [meeting()], replace(CHOICES, **wanted))
            self.assertEqual((line.name, line.flow), ("Fair", "out"))

    def test_the_period_counts_for_a_series_day_by_day(self):
        series = item(start="2026-01-01", days=["2026-04-30", "2026-05-07"])
        [line] = lines_of([series], [], CHOICES)
        self.assertEqual(line.days, ("2026-05-07",))
        before = item(days=["2026-04-30"])
        self.assertEqual(lines_of([before], [], CHOICES), [])

    def test_a_meeting_that_reaches_into_the_period_counts(self):
        fair = item(start="2026-04-29", end="2026-05-02")
        self.assertEqual(len(lines_of([fair], [], CHOICES)), 1)
        later = item(start="2026-07-01T00:00:00", end="2026-07-01T01:00:00")
        self.assertEqual(lines_of([later], [], CHOICES), [])

    @given(items(), meetings(), choices)
    def test_every_meeting_of_odoo_is_told_once(self, theirs, ours, wanted):
        """By a line of its own, or by the one of its twin, which has its name."""
        lines = lines_of(theirs, ours, wanted)
        told = [line.name for line in lines if line.name in {x["id"] for x in ours}]
        self.assertEqual(sorted(told), [fact["id"] for fact in ours])

    @given(items(), meetings(), choices)
    def test_one_way_moves_nothing_the_other_way(self, theirs, ours, wanted):
        for direction, never in (("pull", "out"), ("push", "in")):
            lines = lines_of(theirs, ours, replace(wanted, direction=direction))
            self.assertNotIn(never, {line.flow for line in lines})

    @given(items(), meetings(), choices)
    def test_leaving_out_private_ones_sends_none(self, theirs, ours, wanted):
        lines = lines_of(theirs, ours, replace(wanted, privacy="leave_out"))
        self.assertFalse([x for x in lines if x.flow == "out" and x.private])


class TestPeople(PureCase):
    def test_people_are_counted_once_and_sorted_by_name(self):
        guests = [ZOE, ["amy@customer.example", "Amy"], ["", "Nobody"]]
        facts = [meeting(guests=guests), meeting(id="e8")]
        found = mailed([], facts, replace(CHOICES, invites=True))
        self.assertEqual(
            [(one.name, one.meetings) for one in found], [("Amy", 1), ("Zoe", 2)]
        )

    def test_an_address_twice_in_a_meeting_is_one_mail(self):
        facts = [meeting(guests=[ZOE, [ZOE[0], "Zoe again"]])]
        [zoe] = mailed([], facts, replace(CHOICES, invites=True))
        self.assertEqual(zoe.meetings, 1)

    def test_guests_of_a_pair_get_no_mail(self):
        pair = item(fate="joined", twin="e7")
        wanted = replace(CHOICES, invites=True)
        self.assertEqual(mailed([pair], [meeting()], wanted), [])

    @given(items(), meetings(), choices)
    def test_nobody_gets_mail_unless_asked(self, theirs, ours, wanted):
        self.assertEqual(mailed(theirs, ours, replace(wanted, invites=False)), [])

    @given(items(), meetings(), choices)
    def test_mail_is_of_lines_that_say_so(self, theirs, ours, wanted):
        people = mailed(theirs, ours, wanted)
        said = [x for x in lines_of(theirs, ours, wanted) if x.reason == "invites"]
        self.assertLessEqual(max((p.meetings for p in people), default=0), len(said))
        self.assertTrue(said or not people)

    @given(items(), choices)
    def test_keeping_strangers_makes_no_contacts(self, theirs, wanted):
        self.assertEqual(strangers(theirs, replace(wanted, contacts="keep")), set())
        made = strangers(theirs, replace(wanted, contacts="create"))
        self.assertLessEqual(made, {a for fact in theirs for a in fact["strangers"]})

    def test_strangers_of_what_stays_out_stay_out(self):
        fact = item(strangers=["x@x.example"])
        self.assertEqual(strangers([fact], CHOICES), {"x@x.example"})
        self.assertEqual(strangers([{**fact, "fate": "left_out"}], CHOICES), set())


class TestWeeks(PureCase):
    @given(items(), meetings(), choices)
    def test_weeks_follow_each_other_and_add_up(self, theirs, ours, wanted):
        lines = lines_of(theirs, ours, wanted)
        weeks = weeks_of(lines, wanted)
        for before, after in zip(weeks, weeks[1:], strict=False):
            self.assertEqual(after.first - before.first, timedelta(days=7))
        self.assertTrue(all(week.first.weekday() == 0 for week in weeks))
        for flow, name in (("in", "incoming"), ("out", "outgoing")):
            counted = sum(getattr(week, name) for week in weeks)
            own = sum(len(line.days) for line in lines if line.flow == flow)
            self.assertEqual(counted, own)


class TestProgress(PureCase):
    @given(st.integers(1, 9), st.integers(0, 200), st.integers(0, 200))
    def test_it_never_goes_back(self, total, one, other):
        few, many = sorted((one, other))
        for done in range(total):
            now = progress(done, total, few)
            self.assertLessEqual(now, progress(done, total, many))
            self.assertLessEqual(
                progress(done, total, many), progress(done + 1, total, 0)
            )
            self.assertTrue(0 <= now <= 1)

    def test_nothing_to_do_is_done(self):
        self.assertEqual(progress(0, 0, 0), 1.0)


class TestDiffering(PureCase):
    def test_a_gap_is_no_difference(self):
        gap, text = digest(""), digest("Agenda")
        ours = {"subject": "A", "body": gap, "location": "Ghent", "show_as": "busy"}
        theirs = {"subject": "A", "body": text, "location": "Mons", "show_as": "free"}
        self.assertEqual(differing(ours, theirs), ["location", "show_as"])
        self.assertEqual(differing(theirs, ours), ["location", "show_as"])
        self.assertEqual(differing(ours, ours), [])
