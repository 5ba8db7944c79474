# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Which meetings of Odoo go on, go and are missing when a series changed in Outlook."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from ...core.event import Item
from ...core.merge import Merge
from ...core.series_from_graph import OutlookSeries
from ...core.series_merge import DayMerge, SeriesMerge
from ...core.series_slots import match_slots
from .common import PureCase
from .series_cases import MONDAY, SLOTS, TEAM, WEEKLY, series

NOTHING = SeriesMerge(Merge())
ODOO_RULE = SeriesMerge(Merge(to_outlook=frozenset({"rule"})))
WEEK = timedelta(days=7)
LONGER = (*SLOTS, SLOTS[-1] + WEEK)


def found(**values):
    """Return the series of Mondays as Outlook tells it."""
    theirs = series(**values)
    known = frozenset(theirs.slots)
    horizon = max(theirs.slots)
    since = MONDAY - WEEK
    item = Item("AAMk", TEAM)
    return OutlookSeries(item, theirs, {}, known, since=since, horizon=horizon)


def match(outlook, ours, outcome=NOTHING, leads=False, present=None):
    held = ours.held if present is None else present
    return match_slots(outlook, ours, outcome, held, leads)


class TestSlots(PureCase):
    def test_equal_ones_stay(self):
        plan = match(found(), series())
        self.assertEqual(plan.kept, {slot: slot for slot in SLOTS})
        self.assertFalse(plan.gone | plan.missing)

    def test_what_outlook_called_off_goes(self):
        plan = match(found(cancelled=frozenset({SLOTS[1]})), series())
        self.assertEqual(plan.gone, {SLOTS[1]})
        self.assertFalse(plan.missing)

    def test_what_odoo_called_off_is_not_made_again_unless_outlook_has_it_again(self):
        ours = series(cancelled=frozenset({SLOTS[1]}))
        self.assertFalse(match(found(), ours).missing)
        days = {SLOTS[1].isoformat(): DayMerge(fate="revive")}
        plan = match(found(), ours, replace(NOTHING, days=days))
        self.assertEqual(plan.missing, {SLOTS[1]})

    def test_a_series_that_moved_keeps_its_meetings(self):
        moved = tuple(slot + timedelta(days=1) for slot in SLOTS)
        rule = replace(WEEKLY, weekdays=("tuesday",))
        outlook = found(rule=rule, first=moved[0], slots=moved)
        plan = match(outlook, series(), leads=True)
        self.assertEqual(plan.kept, dict(zip(moved, SLOTS, strict=True)))
        self.assertFalse(plan.gone | plan.missing)

    def test_what_was_before_the_window_is_left_alone(self):
        early = MONDAY - 3 * WEEK
        plan = match(found(), series(slots=(early, *SLOTS)))
        self.assertNotIn(early, {*plan.kept, *plan.gone, *plan.missing})

    def test_what_odoo_has_beyond_the_window_stays_while_the_rule_gives_it(self):
        outlook = found(rule=replace(WEEKLY, count=None))
        odd = LONGER[-1] + timedelta(days=1)
        plan = match(outlook, series(slots=(*LONGER, odd)))
        self.assertEqual(plan.gone, {odd})
        self.assertIn(LONGER[-1], plan.kept)
        outlook = replace(outlook, series=replace(outlook.series, rule=None))
        self.assertIn(LONGER[-1], match(outlook, series(slots=LONGER)).gone)

    def test_a_new_end_of_odoo_outlives_a_day_called_off(self):
        gone = frozenset({SLOTS[1]})
        plan = match(found(cancelled=gone), series(slots=LONGER), ODOO_RULE)
        self.assertEqual(plan.gone, gone)
        self.assertIn(LONGER[-1], plan.kept)
        plan = match(found(cancelled=gone), series(slots=SLOTS[:3]), ODOO_RULE)
        self.assertEqual(plan.gone, gone)
        self.assertFalse(plan.missing)

    @given(
        st.sets(st.sampled_from(LONGER)),
        st.sets(st.sampled_from(SLOTS)),
        st.booleans(),
        st.sampled_from((NOTHING, ODOO_RULE)),
    )
    def test_each_meeting_has_one_fate(self, present, gone, leads, outcome):
        outlook = found(cancelled=frozenset(gone))
        plan = match(outlook, series(slots=LONGER), outcome, leads, present)
        self.assertEqual({*plan.kept.values()} | plan.gone, present)
        self.assertFalse({*plan.kept.values()} & plan.gone)
        self.assertFalse(plan.kept.keys() & plan.missing)
        if outcome is NOTHING and not leads and present:
            held = set(outlook.series.held)
            self.assertEqual(plan.kept.keys() | plan.missing, held)
