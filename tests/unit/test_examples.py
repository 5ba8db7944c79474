# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The examples in the docstrings of the pure layer are true."""

import doctest
import importlib
from pathlib import Path

from .common import PureCase

CORE = Path(__file__).resolve().parents[2] / "core"


def modules():
    """Import and return each module of the pure layer."""
    package = __package__.removesuffix(".tests.unit") + ".core"
    return [
        importlib.import_module(f"{package}.{path.stem}")
        for path in sorted(CORE.glob("[!_]*.py"))
    ]


class TestExamples(PureCase):
    def test_every_example_is_true(self):
        for module in modules():
            with self.subTest(module=module.__name__):
                self.assertEqual(doctest.testmod(module).failed, 0)

    def test_the_examples_are_found(self):
        finder = doctest.DocTestFinder()
        found = [test for module in modules() for test in finder.find(module)]
        self.assertGreater(sum(len(test.examples) for test in found), 20)
