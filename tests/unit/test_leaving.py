# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What may be deleted when a connection is ended."""

from hypothesis import given
from hypothesis import strategies as st

from ...core.leaving import Tie, why_kept_in_odoo, why_kept_in_outlook
from ...core.reasons import REASONS
from .common import PureCase

TIES = st.builds(Tie, *[st.booleans()] * 5)


class TestLeaving(PureCase):
    def test_a_plain_meeting_of_ones_own_goes_on_either_side(self):
        self.assertEqual(
            (why_kept_in_outlook(Tie()), why_kept_in_odoo(Tie())), ("", "")
        )

    @given(TIES)
    def test_nothing_goes_that_would_mail_anybody_or_is_not_ones_own(self, tie):
        if not why_kept_in_outlook(tie):
            self.assertTrue(tie.is_own)
            self.assertFalse(tie.has_guests or tie.is_shared)

    @given(TIES)
    def test_nothing_goes_that_a_colleague_has(self, tie):
        if not why_kept_in_odoo(tie):
            self.assertTrue(tie.is_led)
            self.assertFalse(tie.is_joint or tie.is_shared)

    @given(TIES)
    def test_every_reason_has_a_sentence(self, tie):
        for code in {why_kept_in_outlook(tie), why_kept_in_odoo(tie)} - {""}:
            self.assertIn(code, REASONS)
