# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Guests whom Odoo has not: found by what each side was last seen to have."""

from hypothesis import given
from hypothesis import strategies as st

from ...core.snapshot import snapshot
from ...core.strangers import guests_of, guests_on, strangers, unseen
from .common import PureCase
from .strategies import addresses, events

SLOTS = ("2026-11-02", "2026-11-09")
_guests = st.dictionaries(addresses, st.sampled_from(["required", "optional"]))
_days = st.dictionaries(
    st.sampled_from(SLOTS),
    st.none() | st.just({}) | st.fixed_dictionaries({"attendees": _guests}),
)
states = events().map(snapshot)
series = st.fixed_dictionaries({"attendees": _guests, "days": _days})


class TestStrangers(PureCase):
    @given(outlook=states | series, odoo=states | series)
    def test_they_are_in_outlook_and_not_in_odoo(self, outlook, odoo):
        found = set(strangers(outlook, odoo))
        self.assertEqual(found, guests_of(outlook).keys() - guests_of(odoo).keys())

    @given(state=states | series)
    def test_who_is_in_both_is_none(self, state):
        self.assertEqual(strangers(state, state), [])

    @given(state=states | series, gone=st.sets(addresses))
    def test_the_unseen_are_gone_and_nobody_else(self, state, gone):
        bare = unseen(state, gone)
        self.assertEqual(guests_of(bare).keys(), guests_of(state).keys() - gone)
        self.assertEqual(bare.keys(), state.keys())
        self.assertEqual(unseen(bare, gone), bare)
        self.assertEqual(unseen(state, set()), state)

    @given(state=series, slot=st.sampled_from(SLOTS))
    def test_a_day_has_its_own_guests_or_those_of_all(self, state, slot):
        own = state["days"].get(slot, {})
        found = guests_on(state, slot)
        if own is None:
            self.assertEqual(found, {})
        else:
            self.assertEqual(found, own.get("attendees", state["attendees"]))
        self.assertLessEqual(found.keys(), guests_of(state).keys())
