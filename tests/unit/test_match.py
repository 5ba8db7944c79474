# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Pairs of a first sync."""

from datetime import date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from ...core.event import When
from ...core.match import Candidate, pair
from .common import PureCase

TEN = datetime(2026, 7, 1, 8, tzinfo=timezone.utc)
HOUR = When(TEN, TEN + timedelta(hours=1))
DAY = When(date(2026, 7, 1), date(2026, 7, 2))
ANN = "ann@contoso.example"


def likes(keys, subject="Board", when=HOUR, organizer=ANN):
    return [Candidate(key, subject, when, organizer) for key in keys]


# Keys are numbered, so that each is a candidate of its own.
sides = st.lists(
    st.tuples(
        st.sampled_from(["Board", " board ", "Lunch", ""]),
        st.sampled_from([HOUR, DAY]),
        st.sampled_from([ANN, "bob@x.example"]),
    ),
    max_size=8,
).map(lambda rows: [Candidate(key, *row) for key, row in enumerate(rows)])


class TestPair(PureCase):
    def test_case_and_white_space_of_the_subject_do_not_matter(self):
        odoo = likes([1], "Straße\u00a0 Plan", organizer="Ann@Contoso.example ")
        self.assertEqual(pair(odoo, likes(["A"], " STRASSE plan ")), [(1, "A")])

    def test_each_difference_keeps_two_events_apart(self):
        for other in (
            likes(["A"], "Boards"),
            likes(["A"], when=DAY),
            likes(["A"], when=When(TEN, TEN + timedelta(minutes=30))),
            likes(["A"], organizer="bob@contoso.example"),
            [],
        ):
            self.assertEqual(pair(likes([1]), other), [])

    def test_as_many_twins_on_both_sides_are_paired_in_order(self):
        self.assertEqual(pair(likes([1, 2]), likes(["A", "B"])), [(1, "A"), (2, "B")])

    def test_other_numbers_of_twins_are_left_alone(self):
        for ours, theirs in (([1, 2], ["A"]), ([1], ["A", "B"]), ([1, 2], "ABC")):
            self.assertEqual(pair(likes(ours), likes(theirs)), [])

    def test_twins_do_not_hinder_the_others(self):
        odoo = [*likes([1, 2]), *likes([3], "Lunch")]
        outlook = [*likes(["A"]), *likes(["B"], "lunch")]
        self.assertEqual(pair(iter(odoo), iter(outlook)), [(3, "B")])

    @given(odoo=sides, outlook=sides)
    def test_nothing_is_paired_twice_and_both_ways_agree(self, odoo, outlook):
        pairs = pair(odoo, outlook)
        for side in (0, 1):
            keys = [keys[side] for keys in pairs]
            self.assertEqual(len(set(keys)), len(keys))
        mirrored = {(ours, theirs) for theirs, ours in pair(outlook, odoo)}
        self.assertEqual(mirrored, set(pairs))
        for ours, theirs in pairs:
            self.assertEqual(odoo[ours].when, outlook[theirs].when)

    @given(side=sides)
    def test_a_calendar_is_its_own_twin(self, side):
        self.assertEqual(sorted(pair(side, side)), [(one.key, one.key) for one in side])
