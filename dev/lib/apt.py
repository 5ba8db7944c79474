# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Debian's packages, installed on the machine where that is possible."""

import os
import shutil

from .say import Missing, step
from .shell import run

_QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def install(package, find, problem):
    """Install a package and return what it brought.

    :param find: returns that, or None while it is not there
    :param problem: the sentence when it cannot be had, without its end
    :raise Missing: the problem, and what to do
    """
    missing = Missing(f"{problem}: install it (on Debian: apt-get install {package}).")
    if os.geteuid() or not shutil.which("apt-get"):
        raise missing
    step(f"Debian: installing {package}")
    run(["apt-get", "update", "-q"], "Reading Debian's package list", env=_QUIET)
    command = ["apt-get", "install", "-qy", "--no-install-recommends", package]
    run(command, f"Installing {package}", env=_QUIET)
    if found := find():
        return found
    raise missing
