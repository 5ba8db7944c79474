# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Runs the tests of ``static/tests`` in Odoo's own runner, in the browser."""

import re
from pathlib import Path

from .browser import BrowserCase

_FILES = Path(__file__).parents[1] / "static" / "tests"
_AT_MOST = 180_000  # milliseconds, compiling the bundle of all tests included


def hoot_id(name):
    """Return the id that HOOT, Odoo's runner, gives to a suite of this name."""
    number = 0
    for letter in name:
        number = ((number << 5) - number + ord(letter)) & 0xFFFFFFFF
    return f"{number:08x}"


class TestUnits(BrowserCase):
    def test_the_units_of_the_web_client(self):
        said = []
        page = self.open_browser(self.boss)
        page.on("console", lambda message: said.append(message.text))
        with page.expect_console_message(_is_the_end, timeout=_AT_MOST):
            suite = hoot_id("@outlook_calendar")
            page.goto(f"{self.base_url()}/web/tests?headless&loglevel=2&id={suite}")
        text = "\n".join(line for line in said if "[HOOT]" in line or "ailed" in line)
        self.assertIn("Test suite succeeded", text)
        passed = re.search(r"Passed (\d+) tests", text)
        self.assertEqual(int(passed.group(1)), _count(), text)


def _is_the_end(message):
    return bool(re.search(r"Test suite succeeded|Failed \d+ tests", message.text))


def _count():
    """Return how many tests our files hold."""
    texts = (path.read_text() for path in _FILES.glob("*.test.js"))
    return sum(len(re.findall(r"^test\(", text, re.M)) for text in texts)
