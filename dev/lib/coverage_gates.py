# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The gates of coverage, over all kinds of tests together."""

import os
import subprocess

from .counts import Counts
from .places import ROOT
from .suites import child_environment

# (what, its files, percent of lines and branches)
GATES = (
    ("core and graph", "core/*,graph/*", 100),
    ("overall", "*", 90),
)


def check_coverage(places):
    """Combine what the suites measured, print it, and count each gate as a test."""
    print("\n== coverage", flush=True)
    _coverage(places, "combine", "-q")
    counts = Counts()
    for what, files, percent in GATES:
        print(f"{what}, at least {percent} %:", flush=True)
        good = _coverage(
            places, "report", f"--include={files}", f"--fail-under={percent}"
        )
        counts += Counts(passed=1) if good else Counts(failed=1)
    _coverage(places, "html", "-q", "-d", places.output / "coverage" / "html")
    return counts


def _coverage(places, *arguments):
    command = [str(part) for part in (places.python, "-m", "coverage", *arguments)]
    environment = {**os.environ, **child_environment(places)}
    return (
        subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0
    )
