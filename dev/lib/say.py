# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One line a step, a bar for what takes long, one sentence when it cannot go on."""

import shutil
import sys
import time


class Missing(Exception):
    """The work cannot go on; the text is a sentence that says what to do."""


def step(text):
    """Print one line about what happens now or was found."""
    print(f"- {text}\n", end="", flush=True)  # at once: another thread may write


class Bar:
    """A progress bar: on a terminal redrawn in place, elsewhere one line a quarter.

    :param text: what is under way
    :param total: how many units make the whole, 0 when not known
    :param unit: what is counted; ``MB`` counts bytes
    """

    def __init__(self, text, total, unit):
        self.text, self.total, self.unit = text, total, unit
        self.live = sys.stdout.isatty()
        self._quarter, self._drawn = 0, 0.0

    def show(self, done):
        """Draw the bar for ``done`` units."""
        share = min(done / self.total, 1) if self.total else 0
        if self.live and (share == 1 or time.monotonic() - self._drawn > 0.1):
            self._drawn = time.monotonic()
            width = min(shutil.get_terminal_size().columns, 100)
            print("\r" + self._line(done, share)[: width - 1], end="", flush=True)
        elif not self.live and int(share * 4) > self._quarter:
            self._quarter = int(share * 4)
            print(self._line(done, share), flush=True)

    def close(self):
        """End the bar's line."""
        if self.live:
            print(flush=True)

    def _line(self, done, share):
        filled = "#" * round(share * 30)
        if self.unit == "MB":
            count = f"{done / 1e6:.1f} of {self.total / 1e6:.1f} MB"
        else:
            count = f"{done} of {self.total} {self.unit}"
        return f"  [{filled:<30}] {count}  {self.text}"
