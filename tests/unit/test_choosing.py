# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Which meetings are exchanged, by their categories."""

from hypothesis import given
from hypothesis import strategies as st

from ...core.choosing import is_chosen
from .common import PureCase

NAMES = st.lists(st.sampled_from(["Home", "home ", "Customer", "STRASSE", "Straße"]))


class TestIsChosen(PureCase):
    def test_case_and_spaces_make_no_difference(self):
        self.assertTrue(is_chosen("only", ["Straße"], ["STRASSE "]))
        self.assertFalse(is_chosen("except", ["Straße"], ["strasse"]))

    @given(NAMES, NAMES)
    def test_what_is_not_only_is_except(self, chosen, categories):
        only = is_chosen("only", chosen, categories)
        self.assertIsNot(only, is_chosen("except", chosen, categories))
        self.assertTrue(is_chosen("all", chosen, categories))

    @given(NAMES)
    def test_nothing_chosen_leaves_nothing_out(self, categories):
        self.assertTrue(is_chosen("except", [], categories))
        self.assertFalse(is_chosen("only", [], categories))
