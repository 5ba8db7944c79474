# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/kill``: Odoo's server killed at as many random instants as wanted."""

import argparse
import random
from types import SimpleNamespace

from .machine import ready
from .suites import Suites
from .test_database import database


def main(arguments):
    """Kill and compare; return the exit code, 1 when the two sides were not equal."""
    options = _options(arguments)
    with ready() as process, database(process, options.database) as made:
        # -s: what it prints is seen while it runs.
        extra = ["tests/kill/test_kill.py", "-s", "-q", "--no-header"]
        suite = SimpleNamespace(extra=extra, coverage=False)
        suites = Suites(process.places, suite, made)
        counts = suites.kill(options.times, options.seed, options.each, answers=True)
    print(counts)
    return 0 if counts.good else 1


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog="dev/kill",
        description="Kills Odoo's server at random instants of a first sync of 500 "
        "meetings and of the sending of 200 changes, starts it again, and compares: "
        "both sides equal, nothing twice, no mail too many.",
    )
    text = "how many instants, half of them in each [10]"
    parser.add_argument("--times", type=int, default=10, metavar="N", help=text)
    text = "which instants, to see a failure again [random]"
    parser.add_argument("--seed", type=int, default=random.randrange(10**9), help=text)
    text = "how often in one play, at most, before both sides are compared [5]"
    parser.add_argument("--each", type=int, default=5, metavar="N", help=text)
    text = "a database to keep and use again [one for this run]"
    parser.add_argument("--database", metavar="NAME", help=text)
    return parser.parse_args(arguments)
