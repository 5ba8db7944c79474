# Part of outlook_calendar. LGPL-3, see LICENSE.
"""How many tests passed, failed and were skipped."""

import re
from dataclasses import dataclass

_WORDS = {"passed": "passed", "failed": "failed", "skipped": "skipped"}
_WORDS |= {"error": "failed", "errors": "failed"}
_WORDS |= {"xfailed": "skipped", "xpassed": "failed"}
_CLOSING = re.compile(r"\d (passed|failed|skipped|errors?)\b.* in [\d.]+s")


@dataclass(frozen=True)
class Counts:
    """Counts that add up with ``+``."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    @property
    def good(self):
        """Whether something ran and nothing failed."""
        return self.passed > 0 and self.failed == 0


def counts_of_pytest(output, code):
    """Return the counts of a pytest run; one that broke off counts as a failure.

    :param output: the lines that pytest printed
    :param code: its exit code; 0 is all passed, 5 is "no test found"
    """
    found = {"passed": 0, "failed": 0, "skipped": 0}
    closing = next(filter(_CLOSING.search, reversed(output)), "")
    for number, word in re.findall(r"(\d+) (\w+)\b", closing):
        if word in _WORDS:
            found[_WORDS[word]] += int(number)
    if code and not found["failed"]:
        found["failed"] = 1
    return Counts(**found)
