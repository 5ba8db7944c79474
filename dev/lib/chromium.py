# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Chromium, which the browser tests drive."""

import os
import shutil

from .say import Missing, step
from .shell import run

# The names that Odoo's own browser tests look for.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find():
    """Return the browser's path, installed when that is possible."""
    if found := _on_path():
        step(f"Chromium: {found}")
        return found
    hint = "install it (on Debian: apt-get install chromium)"
    if os.geteuid() or not shutil.which("apt-get"):
        raise Missing(f"There is no Chromium for the browser tests: {hint}.")
    step("Chromium: installing Debian's package")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], "Reading Debian's package list", env=quiet)
    command = ["apt-get", "install", "-qy", "--no-install-recommends", "chromium"]
    run(command, "Installing Chromium", env=quiet)
    if found := _on_path():
        return found
    raise Missing(f"There is no Chromium for the browser tests: {hint}.")


def _on_path():
    return next(filter(None, map(shutil.which, NAMES)), None)
