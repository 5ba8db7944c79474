# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Both sides are equal after whatever was done on them.

The examples follow from fixed numbers. ``dev/explore`` runs fresh ones.
"""

import logging

from odoo.tests import tagged

from .running import Tally, run
from .stage import Stage

_logger = logging.getLogger(__name__)

SEEDS = range(1, 10)
_EXAMPLES = 16  # of each
_LEAST = 2000  # steps in all


@tagged("post_install", "-at_install")
class TestMachine(Stage):
    def test_both_sides_are_equal(self):
        tally = Tally()
        for number in SEEDS:
            run(self, tally, number, _EXAMPLES, "single")
        _logger.info("%s steps in %s examples", tally.steps, tally.examples)
        self.assertGreaterEqual(tally.steps, _LEAST)
