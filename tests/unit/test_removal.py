# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a removed item does to Odoo."""

from hypothesis import given
from hypothesis import strategies as st

from ...core.removal import Tally, is_mass_removal, removal_action
from .common import PureCase


class TestMassRemoval(PureCase):
    def test_it_takes_more_than_ten_and_more_than_a_fifth(self):
        for removed, linked, is_mass in (
            (0, 0, False),
            (10, 10, False),
            (11, 11, True),
            (11, 54, True),
            (11, 55, False),
            (20, 100, False),
            (21, 100, True),
        ):
            with self.subTest(removed=removed, linked=linked):
                self.assertIs(is_mass_removal(removed, linked), is_mass)

    @given(removed=st.integers(0, 500), linked=st.integers(0, 500))
    def test_removing_more_is_never_safer(self, removed, linked):
        if is_mass_removal(removed, linked):
            self.assertTrue(is_mass_removal(removed + 1, linked))
            self.assertTrue(is_mass_removal(removed, max(0, linked - 1)))


class TestTally(PureCase):
    @given(keys=st.lists(st.integers(0, 30)), linked=st.none() | st.integers(0, 200))
    def test_each_counts_once_in_whatever_order(self, keys, linked):
        tally, other = Tally(linked), Tally(linked)
        for key in keys:
            tally.add(key, str(key))
        for key in reversed(keys):
            other.add(key, str(key))
        self.assertEqual(tally.removed, other.removed)
        self.assertEqual(len(tally.removed), len(set(keys)))
        is_mass = is_mass_removal(len(set(keys)), linked or 0)
        self.assertIs(tally.is_too_much, is_mass)


class TestAction(PureCase):
    def test_each_case_has_its_action(self):
        for is_organizer, kind, action in (
            (True, "meeting", "archive"),
            (True, "copy", "archive"),
            (False, "meeting", "decline"),
            (False, "copy", "unlink_copy"),
        ):
            with self.subTest(is_organizer=is_organizer, kind=kind):
                self.assertEqual(removal_action(True, is_organizer, kind), action)
                self.assertEqual(removal_action(False, is_organizer, kind), "keep")
