# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Both sides are equal after whatever was done on them.

The examples follow from fixed numbers. ``dev/explore`` runs fresh ones.
"""

import itertools
import logging

from odoo.tests import tagged

from .running import Tally, run
from .stage import Stage

_logger = logging.getLogger(__name__)

_EXAMPLES = 16  # of each number
_LEAST = 1000  # steps of each class


class _Machine(Stage):
    """Runs the examples of some numbers."""

    def run_all(self, kind):
        """Run them from 1 on, until they have enough steps to show something."""
        tally, numbers = Tally(), itertools.count(1)
        while tally.steps < _LEAST:
            run(self, tally, next(numbers), _EXAMPLES, kind)
        text = "%s: %s steps in %s examples"
        _logger.info(text, kind, tally.steps, tally.examples)


@tagged("post_install", "-at_install")
class TestSingle(_Machine):
    def test_both_sides_are_equal(self):
        self.run_all("single")


@tagged("post_install", "-at_install")
class TestSeries(_Machine):
    def test_both_sides_are_equal(self):
        self.run_all("series")
