# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The model with fresh numbers until the time is over: see ``dev/explore``."""

# What it prints is read while it runs. pylint: disable=print-used

import json
import os

from freezegun.api import real_monotonic

from odoo.tests import tagged

from .running import Tally, program, run
from .stage import Stage

_EXAMPLES = 20  # between two looks at the clock


@tagged("post_install", "-at_install")
class TestExplore(Stage):
    def test_fresh_examples(self):
        asked = json.loads(os.environ["OUTLOOK_CALENDAR_EXPLORE"])
        number, found, tally = asked["seed"], 0, Tally()
        self.asked = asked
        end = real_monotonic() + asked["minutes"] * 60
        while not tally.examples or real_monotonic() < end:
            found += not self._is_good(number, tally)
            print(
                f"seed {number}: {tally.examples} examples, {tally.steps} steps, "
                f"{found} failures",
                flush=True,
            )
            number += 1
        self.assertFalse(found, "failures were found, see above")

    def _is_good(self, number, tally):
        """Run one number; print the shortest program that fails."""
        try:
            how = {name: self.asked[name] for name in ("kind", "steps", "shrink")}
            run(self, tally, number, _EXAMPLES, **how)
        except Exception as error:
            print(f"\n--- seed {number}: {type(error).__name__}: {error}")
            print(f"{program(error) or 'no program'}\n---", flush=True)
            return False
        return True
