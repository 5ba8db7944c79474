# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Chromium, which the browser tests drive."""

import shutil

from . import apt
from .say import step

# The names that Odoo's own browser tests look for.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find():
    """Return the browser's path, installed when that is possible."""
    if found := _on_path():
        step(f"Chromium: {found}")
        return found
    return apt.install(
        "chromium", _on_path, "There is no Chromium for the browser tests"
    )


def _on_path():
    return next(filter(None, map(shutil.which, NAMES)), None)
