# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/explore``: the model-based test with fresh examples, for as long as wanted."""

import argparse
import json
import os
import random
from types import SimpleNamespace

from .machine import ready
from .suites import Suites
from .test_database import database

KINDS = ("single", "series")


def main(arguments):
    """Run until the time is over; return the exit code, 1 when something was found."""
    options = _options(arguments)
    names = ("minutes", "seed", "steps", "shrink", "kind")
    asked = {name: getattr(options, name) for name in names}
    os.environ["OUTLOOK_CALENDAR_EXPLORE"] = json.dumps(asked)
    with ready() as process, database(process, options.database) as made:
        # -s: what it prints is seen while it runs.
        extra = ["tests/model/explore.py", "-s", "-q", "--no-header"]
        extra += ["--show-capture=no", "--tb=no", "--odoo-log-level=critical"]
        suite = SimpleNamespace(extra=extra, coverage=False)
        counts = Suites(process.places, suite, made).model()
    return 0 if counts.good else 1


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog="dev/explore",
        description="Random changes in Odoo and in Outlook, until the time is over. "
        "A failing example is made as short as can be and printed, to be kept in "
        "tests/model/test_found.py.",
    )
    text = "how long to run [60]"
    parser.add_argument("--minutes", type=float, default=60, help=text)
    text = "where to begin, to see a failure again [random]"
    parser.add_argument("--seed", type=int, default=random.randrange(10**9), help=text)
    text = "steps of an example; few find less and take less time to shorten [26]"
    parser.add_argument("--steps", type=int, default=26, help=text)
    text = "what the meetings are: single, or series beside them [single]"
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0], help=text)
    text = "print failing examples as they were found"
    parser.add_argument("--as-is", dest="shrink", action="store_false", help=text)
    text = "a database to keep and use again [one for this run]"
    parser.add_argument("--database", metavar="NAME", help=text)
    return parser.parse_args(arguments)
