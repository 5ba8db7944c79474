# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/mails``: the mail matrix as a table."""

import argparse
import os
from types import SimpleNamespace

from .machine import ready
from .suites import Suites
from .test_database import database

PARTS = {
    "meeting": "one_meeting",
    "series": "series",
    "reading": "what_outlook_says",
    "connecting": "connections",
    "choosing": "choices",
}


def main(arguments):
    """Run the operations and print a table of each part; return the exit code."""
    options = parse(arguments)
    os.environ["OUTLOOK_CALENDAR_MAILS"] = "1"
    chosen = " or ".join(f"test_{PARTS[part]}" for part in options.parts or PARTS)
    with ready() as process, database(process, options.database) as made:
        # -s: its rows are seen while it runs.
        extra = ["tests/test_mail_matrix.py", "-s", "-q", "--no-header", "-k", chosen]
        extra += ["--show-capture=no", "--tb=line", "--odoo-log-level=critical"]
        suite = SimpleNamespace(extra=extra, coverage=False)
        counts = Suites(process.places, suite, made).orm()
    return 0 if counts.good else 1


def parse(arguments):
    """Return the options, with ``parts``: none stands for all."""
    parser = argparse.ArgumentParser(
        prog="dev/mails",
        description="Ann invites Bob, a colleague, and Zoe, a customer. Whatever then "
        "happens is done with every choice of Invitations, with and without their "
        "connections, and all mails of Odoo and of Outlook are counted: a row each, "
        "with what was expected where that is something else.",
    )
    text = f"what to print: {', '.join(PARTS)} [all]"
    parser.add_argument("parts", nargs="*", metavar="PART", type=_part, help=text)
    text = "a database to keep and use again [one for this run]"
    parser.add_argument("--database", metavar="NAME", help=text)
    return parser.parse_args(arguments)


def _part(word):
    """Return a part that was asked for by its name."""
    if word not in PARTS:
        known = ", ".join(PARTS)
        raise argparse.ArgumentTypeError(f"there is no part {word}, only: {known}")
    return word
