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


def check_coverage(places, gates):
    """Combine what the suites measured, print it, and count each gate as a test.

    :param gates: of ``GATES``; without one all of it is printed and nothing demanded
    """
    print("\n== coverage", flush=True)
    _coverage(places, "combine", "-q")
    _coverage(places, "html", "-q", "-d", places.output / "coverage" / "html")
    counts = Counts()
    for what, files, percent in gates:
        print(f"{what}, at least {percent} %:", flush=True)
        demand = (f"--include={files}", f"--fail-under={percent}")
        good = _coverage(places, "report", *demand)
        counts += Counts(passed=1) if good else Counts(failed=1)
    if not gates:
        _coverage(places, "report", "--fail-under=0")
    return counts


def _coverage(places, *arguments):
    command = [str(part) for part in (places.python, "-m", "coverage", *arguments)]
    environment = {**os.environ, **child_environment(places)}
    return (
        subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0
    )
