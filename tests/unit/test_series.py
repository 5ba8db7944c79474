# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Slots and clocks: what a meeting of a series is found by, and when it takes place."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ...core.event import When
from ...core.series import Clock, clock_of, rematched, slots_of
from .common import PureCase
from .series_cases import BRUSSELS, MONDAY, SLOTS, TEN, series, utc, when
from .strategies import ZONES

days = st.dates(date(1990, 1, 1), date(2036, 12, 31))
clocks = st.builds(
    Clock,
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.just(None),
    st.just(0),
).map(lambda clock: Clock(clock.start, clock.start, 1))


class TestClock(PureCase):
    def test_the_clock_time_stays_over_summer_time(self):
        self.assertEqual(TEN.when(date(2026, 7, 6), BRUSSELS).start.hour, 8)
        self.assertEqual(TEN.when(date(2026, 12, 7), BRUSSELS).start.hour, 9)

    def test_whole_days_float(self):
        clock = Clock(None, None, 2)
        self.assertEqual(
            clock.when(MONDAY, "Asia/Tokyo"), When(MONDAY, MONDAY + timedelta(days=2))
        )
        self.assertEqual(clock_of(clock.when(MONDAY, ""), BRUSSELS), (MONDAY, clock))
        self.assertTrue(clock.is_kept(clock.when(MONDAY, ""), MONDAY, BRUSSELS))
        self.assertFalse(clock.is_kept(when(MONDAY), MONDAY, BRUSSELS))

    def test_a_meeting_that_becomes_a_whole_day_is_not_as_usual(self):
        whole = When(MONDAY, MONDAY + timedelta(days=1))
        self.assertFalse(TEN.is_kept(whole, MONDAY, BRUSSELS))

    def test_over_a_change_of_the_clock_it_ends_by_the_wall_or_after_its_hours(self):
        night = Clock(time(23), time(7), 1)
        slot = date(2026, 10, 24)  # the clocks are set back at three
        start = utc(slot, 21)
        by_wall = When(start, utc(date(2026, 10, 25), 6))
        by_hours = When(start, start + timedelta(hours=8))
        for kept in (by_wall, by_hours):
            self.assertTrue(night.is_kept(kept, slot, BRUSSELS))
        longer = When(start, start + timedelta(hours=10))
        self.assertFalse(night.is_kept(longer, slot, BRUSSELS))

    def test_an_end_that_a_change_of_the_clock_puts_first_is_the_start(self):
        short = Clock(time(2, 30), time(3, 0), 0)
        found = short.when(date(2026, 3, 29), BRUSSELS)  # from two to three
        self.assertLessEqual(found.start, found.end)

    @given(clock=clocks, day=days, zone=st.sampled_from(ZONES))
    def test_the_time_of_a_slot_has_the_clock_that_it_was_made_of(
        self, clock, day, zone
    ):
        found = clock.when(day, zone)
        self.assertTrue(clock.is_kept(found, day, zone))
        wall = found.start.astimezone(ZoneInfo(zone))
        if wall.time() == clock.start:  # no change of the clock skipped it
            self.assertEqual(clock_of(found, zone)[0], day)
            self.assertEqual(clock_of(found, zone)[1].start, clock.start)

    def test_seconds_of_a_repeated_hour_tell_the_same_clock(self):
        later = datetime(2026, 10, 25, 1, 30, tzinfo=timezone.utc)
        found = clock_of(When(later, later), BRUSSELS)[1]
        self.assertEqual(found.start, time(2, 30))


class TestSlots(PureCase):
    def test_what_is_held_is_not_cancelled(self):
        one = series(cancelled=frozenset({SLOTS[1]}))
        self.assertEqual(one.held, SLOTS[:1] + SLOTS[2:])
        self.assertEqual(one.meeting(MONDAY), when(MONDAY))

    def test_a_day_of_the_rule_is_its_own_slot(self):
        self.assertEqual(slots_of(list(SLOTS), SLOTS), list(SLOTS))

    def test_a_day_that_nothing_is_left_for_is_its_own_slot(self):
        other = MONDAY + timedelta(days=1)
        self.assertEqual(slots_of([MONDAY, other], [MONDAY]), [MONDAY, other])

    @given(found=st.lists(days, unique=True, max_size=8), expected=st.sets(days))
    def test_each_meeting_has_a_slot_of_its_own(self, found, expected):
        slots = slots_of(found, expected)
        self.assertEqual(len(set(slots)), len(found))
        for day, slot in zip(found, slots, strict=True):
            self.assertTrue(day not in expected or slot == day)

    @given(old=st.sets(days, max_size=8), new=st.sets(days, max_size=8))
    def test_a_record_goes_on_at_most_once_and_equal_days_as_themselves(self, old, new):
        pairs = rematched(old, new)
        self.assertEqual(len(set(pairs.values())), len(pairs))
        self.assertEqual(len(pairs), min(len(old), len(new)))
        self.assertLessEqual(pairs.keys(), new)
        for day in old & new:
            self.assertEqual(pairs[day], day)
