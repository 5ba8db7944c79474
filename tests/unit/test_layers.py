# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Imports only point down, and the pure layers ask nothing of the machine."""

import ast
import sys
from pathlib import Path

from .common import PureCase

ROOT = Path(__file__).resolve().parents[2]

CORE = {"core", "dateutil", "babel", *sys.stdlib_module_names}
ALLOWED = {
    "core": CORE,
    "graph": CORE | {"graph", "requests", "urllib3", "msal"},
}
FORBIDDEN = {
    "models": {"sandbox", "dev", "tests"},
    "controllers": {"sandbox", "dev", "tests"},
    "wizards": {"sandbox", "dev", "tests"},
    # Or a mistake that both share hides itself.
    "sandbox": {"odoo", "core", "graph", "models", "controllers", "wizards"},
}
# What would make a result depend on the moment, the machine or the dice.
IMPURE_MODULES = {"os", "random", "secrets", "socket", "subprocess", "time", "uuid"}
CLOCKS = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today"}


def _python_files(layer):
    return sorted((ROOT / layer).rglob("*.py"))


def _first(dotted):
    """Return the layer or the library that a dotted name starts with.

    >>> _first("odoo.addons.outlook_calendar.sandbox.app")
    'sandbox'
    """
    parts = dotted.split(".")
    if parts[0] == "outlook_calendar":
        parts = parts[1:]
    elif parts[:3] == ["odoo", "addons", "outlook_calendar"]:
        parts = parts[3:]
    return parts[0] if parts else ""


def _imported(source, folder):
    """Return the layers and libraries that ``source`` imports.

    :param folder: the parts of the file's folder below the root: ``("core",)``
    """
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {_first(alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = folder[: len(folder) - node.level + 1] if node.level else ()
            module = ".".join((*above, *filter(None, [node.module])))
            if _first(module):
                found.add(_first(module))
            else:  # from .. import core: the names are the layers
                found |= {alias.name for alias in node.names}
    return found


def _impure(source):
    """Return the impure modules and the clocks that ``source`` uses."""
    clocks = {
        f"{getattr(node.value, 'attr', getattr(node.value, 'id', ''))}.{node.attr}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
    }
    return (clocks & CLOCKS) | (_imported(source, ()) & IMPURE_MODULES)


class TestLayers(PureCase):
    def assert_each_file(self, layer, wrong):
        """Fail for each file of the layer for which ``wrong`` returns something."""
        files = _python_files(layer)
        self.assertTrue(files, f"{layer} has no file to look at")
        for path in files:
            inner = path.relative_to(ROOT)
            with self.subTest(path=str(inner)):
                self.assertEqual(wrong(path.read_text(), inner.parent.parts), set())

    def test_the_pure_layers_import_only_what_they_may(self):
        for layer, allowed in ALLOWED.items():
            self.assert_each_file(
                layer, lambda source, folder, ok=allowed: _imported(source, folder) - ok
            )

    def test_imports_only_point_down(self):
        for layer, banned in FORBIDDEN.items():
            self.assert_each_file(
                layer, lambda source, folder, no=banned: _imported(source, folder) & no
            )

    def test_the_pure_layers_read_no_clock_and_no_environment(self):
        for layer in ALLOWED:
            self.assert_each_file(layer, lambda source, folder: _impure(source))

    def test_the_guard_sees_every_form_of_import(self):
        cases = {
            "import odoo": {"odoo"},
            "import odoo.tools as t, requests": {"odoo", "requests"},
            "from ..sandbox.app import App": {"sandbox"},
            "from .. import sandbox, core": {"sandbox", "core"},
            "from .event import When": {"models"},
            "from . import event": {"models"},
            "from odoo.addons.outlook_calendar.sandbox import app": {"sandbox"},
            "from outlook_calendar.dev import lib": {"dev"},
            "from odoo.addons.outlook_calendar import tests": {"tests"},
            "def late():\n    from odoo import api": {"odoo"},
        }
        for source, expected in cases.items():
            with self.subTest(source=source):
                self.assertEqual(_imported(source, ("models",)), expected)

    def test_the_guard_sees_the_clock(self):
        self.assertEqual(_impure("datetime.now(UTC)"), {"datetime.now"})
        self.assertEqual(_impure("datetime.date.today()"), {"date.today"})
        self.assertEqual(_impure("from random import choice"), {"random"})
        self.assertEqual(_impure("def due(now): return now > clock.now()"), set())
