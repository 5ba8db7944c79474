# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The errors carry what their handlers need."""

from ...core.errors import (
    ConversionError,
    GraphError,
    MassRemoval,
    OutlookError,
    TransientError,
)
from .common import PureCase


class TestErrors(PureCase):
    def test_a_conversion_names_the_member(self):
        self.assertEqual(ConversionError("no id", field="id").field, "id")
        self.assertEqual(ConversionError("odd").field, "")

    def test_a_mass_removal_says_how_many(self):
        error = MassRemoval(["Board"] * 12)
        self.assertEqual(len(error.names), 12)
        self.assertIn("12", str(error))
        self.assertNotIn("Board", str(error))

    def test_a_refusal_keeps_what_support_asks_for(self):
        error = TransientError(
            "429", status=429, code="TooManyRequests", request_id="r1", retry_after=7.0
        )
        self.assertEqual(
            (error.status, error.code, error.request_id, error.retry_after),
            (429, "TooManyRequests", "r1", 7.0),
        )

    def test_only_what_microsoft_said_is_a_graph_error(self):
        for error in (ConversionError("odd"), MassRemoval([])):
            self.assertIsInstance(error, OutlookError)
            self.assertNotIsInstance(error, GraphError)
