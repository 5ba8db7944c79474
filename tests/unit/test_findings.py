# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Every finding about an app registration has a sentence."""

import re
from pathlib import Path

from ...core.findings import FINDINGS
from .common import PureCase

SOURCE = Path(__file__).parents[2] / "graph" / "registration.py"


class TestFindings(PureCase):
    def test_every_code_that_is_found_is_documented(self):
        documented = set(re.findall(r"``([a-z_]+)``", SOURCE.read_text()))
        self.assertLessEqual(set(FINDINGS), documented)

    def test_only_the_redirect_uri_is_filled_in(self):
        for code, sentence in FINDINGS.items():
            with self.subTest(code=code):
                self.assertNotIn("%", sentence % {"uri": "https://odoo.example"})
                self.assertTrue(sentence.endswith("."))
