# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the README names is there."""

import re
from pathlib import Path

from .common import PureCase

ROOT = Path(__file__).parents[2]


class TestReadme(PureCase):
    def test_every_test_that_it_names_exists(self):
        text = (ROOT / "README.md").read_text()
        files = "\n".join(path.read_text() for path in ROOT.glob("tests/**/test_*.py"))
        named = set(re.findall(r"`(test_[a-z0-9_]+)`", text))
        self.assertTrue(named)
        there = set(re.findall(r"def (test_[a-z0-9_]+)\(", files))
        self.assertEqual(named - there, set())
