# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A pytest plugin: the pure tests run without importing Odoo.

The repository root is a package whose ``__init__`` imports Odoo. Putting an empty
package in its place lets ``from ...core`` resolve and runs nothing else. The name is
always ``outlook_calendar``, whatever the folder of the checkout is called.
"""

import importlib
import sys
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAME = "outlook_calendar"

for _name, _path in ((NAME, ROOT), (f"{NAME}.tests", ROOT / "tests")):
    package = types.ModuleType(_name)
    package.__path__ = [str(_path)]
    sys.modules[_name] = package


class PureModule(pytest.Module):
    """A test module, imported as a member of the add-on's package."""

    def _getobj(self):
        inner = self.path.resolve().relative_to(ROOT).with_suffix("")
        return importlib.import_module(".".join((NAME, *inner.parts)))


def pytest_collect_directory(path, parent):
    """Keep pytest from importing the folder's ``__init__.py`` by its own name."""
    if ROOT in (path := path.resolve()).parents or path == ROOT:
        return pytest.Dir.from_parent(parent, path=path)
    return None


def pytest_pycollect_makemodule(module_path, parent):
    """Import the tests below the root under the add-on's name."""
    if ROOT in module_path.resolve().parents:
        return PureModule.from_parent(parent, path=module_path)
    return None
