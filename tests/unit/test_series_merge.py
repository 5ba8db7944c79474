# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The merge of series: in common, and each day for itself."""

from dataclasses import replace
from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from ...core.merge import Merge
from ...core.series import Clock
from ...core.series_merge import DayMerge, SeriesMerge, merge_series
from ...core.series_state import series_state
from .common import PureCase
from .series_cases import SLOTS, TEAM, WEEKLY, series, when

BASE = series_state(series())
KNOWN = [slot.isoformat() for slot in SLOTS]
THIRD = KNOWN[2]


def changed(**values):
    return series_state(series(event=replace(TEAM, **values)))


def third(**values):
    event = replace(TEAM, when=when(SLOTS[2]), **values)
    return series_state(series(exceptions={SLOTS[2]: event}))


GONE = series_state(series(cancelled=frozenset({SLOTS[2]})))
LATER = series_state(series(clock=Clock(time(14), time(15), 0)))
states = st.sampled_from(
    [
        BASE,
        GONE,
        LATER,
        changed(subject="A"),
        changed(subject="B"),
        changed(location="C"),
        third(subject="D"),
        third(location="E"),
        series_state(series(rule=replace(WEEKLY, count=3))),
        series_state(series(rule=replace(WEEKLY, interval=2))),
    ]
)
winners = st.sampled_from(["odoo", "outlook"])


def merged(odoo=BASE, outlook=BASE, winner="outlook", known=KNOWN, **bases):
    return merge_series(
        bases.get("base_odoo", BASE),
        odoo,
        bases.get("base_outlook", BASE),
        outlook,
        winner,
        known,
    )


class TestMergeSeries(PureCase):
    @given(odoo=states, outlook=states, winner=winners)
    def test_an_echo_is_empty(self, odoo, outlook, winner):
        found = merge_series(odoo, odoo, outlook, outlook, winner, KNOWN)
        self.assertEqual(found, SeriesMerge(Merge()))

    def test_a_title_of_all_here_and_of_one_there_are_both_kept(self):
        found = merged(odoo=changed(location="Bruges"), outlook=third(subject="X"))
        self.assertEqual(found.common.to_outlook, {"location"})
        self.assertEqual(found.days[THIRD].fields.to_odoo, {"subject"})

    def test_a_day_called_off_on_one_side_is_called_off_on_both(self):
        self.assertEqual(
            merged(odoo=GONE).days, {THIRD: DayMerge(fate="cancel_outlook")}
        )
        self.assertEqual(
            merged(outlook=GONE).days, {THIRD: DayMerge(fate="cancel_odoo")}
        )
        for winner in ("odoo", "outlook"):
            found = merged(odoo=GONE, outlook=third(subject="X"), winner=winner)
            self.assertEqual(found.days[THIRD].fate, "cancel_outlook")
        self.assertEqual(merged(odoo=GONE, outlook=GONE).days, {})

    def test_a_day_that_is_back(self):
        bases = {"base_odoo": GONE, "base_outlook": GONE}
        self.assertEqual(
            merged(odoo=BASE, outlook=GONE, **bases).days[THIRD].fate, "apart"
        )
        self.assertEqual(
            merged(odoo=GONE, outlook=BASE, **bases).days[THIRD].fate, "revive"
        )
        self.assertEqual(merged(odoo=BASE, outlook=BASE, **bases).days, {})

    def test_what_one_side_alone_called_off_before_is_left_as_it_is(self):
        found = merged(odoo=GONE, base_odoo=GONE)
        self.assertEqual(found.days, {})
        found = merged(outlook=GONE, base_outlook=GONE)
        self.assertEqual(found.days, {})

    def test_days_that_outlook_was_not_asked_for_are_left_alone(self):
        self.assertEqual(merged(odoo=GONE, known=KNOWN[:1]).days, {})
        found = merged(outlook=third(subject="X"), known=[])
        self.assertEqual(found.days[THIRD].fields.to_odoo, {"subject"})

    def test_a_new_time_or_rule_takes_the_days_along(self):
        self.assertEqual(merged(outlook=LATER).leader, "outlook")
        self.assertEqual(merged(odoo=LATER).leader, "odoo")
        rule = series_state(series(rule=replace(WEEKLY, interval=2)))
        self.assertEqual(merged(outlook=rule).leader, "outlook")
        self.assertEqual(merged(odoo=rule).leader, "odoo")
        both = merged(odoo=LATER, outlook=rule)
        self.assertEqual(both.leader, "outlook")

    def test_a_new_end_or_length_leaves_the_days_alone(self):
        shorter = series_state(series(rule=replace(WEEKLY, count=3)))
        longer = series_state(series(clock=Clock(time(10), time(12), 0)))
        for other in (shorter, longer):
            self.assertEqual(merged(outlook=other).leader, "")
            self.assertEqual(merged(odoo=other).leader, "")

    def test_what_was_no_series_has_no_days_to_keep(self):
        single = BASE | {"rule": None, "when": None}
        found = merge_series(single, BASE, single, BASE, "odoo", KNOWN)
        self.assertEqual(found.leader, "")  # both changed, equally
        found = merge_series(single, LATER, single, BASE, "odoo", KNOWN)
        self.assertEqual(found.leader, "odoo")

    @given(a=states, b=states, c=states, d=states)
    def test_it_is_symmetric_but_for_clashes(self, a, b, c, d):
        one = merge_series(a, b, c, d, "outlook", KNOWN).common
        other = merge_series(c, d, a, b, "odoo", KNOWN).common
        self.assertEqual(one.to_odoo, other.to_outlook)
        self.assertEqual(one.to_outlook, other.to_odoo)
        self.assertEqual(one.clashes, other.clashes)
