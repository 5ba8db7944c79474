# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/test``: every test, or the kinds that are named.

usage: dev/test [KIND ...] [--database NAME] [--coverage] [PYTEST ARGUMENTS]

kinds: lint     linters, types, translations
       pure     the rules, without Odoo; seconds
       sandbox  real Microsoft clients against the sandbox, without Odoo
       peer     Odoo's own Outlook synchronization, unmodified, against the sandbox
       orm      the add-on on Odoo and PostgreSQL
       workers  several workers and users at once, on a database of their own
       model    random changes on both sides, after which both have to be equal
       browser  the add-on in Chromium
       kill     Odoo's server killed and started again; only when it is named

--database NAME uses one database, kept and updated from run to run; --coverage
measures what a run without a kind measures always. A file among pytest's arguments
takes the place of all files of the kind:

    dev/test orm --database mine tests/test_pull.py -k delta
"""

import argparse
import itertools
import shutil
import time
from contextlib import contextmanager

from . import chromium, environment, lint
from .counts import Counts
from .coverage_gates import GATES, check_coverage
from .machine import prepare, ready
from .suites import Suites
from .test_database import database

KINDS = ("lint", "pure", "sandbox", "peer", "orm", "model", "workers", "browser")
NAMED = (*KINDS, "kill")  # the last one takes long, and runs only when it is named
WITHOUT_DATABASE = {"pure", "sandbox"}


def parse(arguments):
    """Return the options, with ``kinds`` and ``extra``, the arguments for pytest."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--database")
    parser.add_argument("--coverage", action="store_true")
    options, rest = parser.parse_known_args(arguments)
    kinds = list(itertools.takewhile(NAMED.__contains__, rest))
    options.kinds, options.extra = kinds or list(KINDS), rest[len(kinds) :]
    options.whole = set(options.kinds) == set(KINDS) and not options.extra
    options.coverage |= options.whole
    return options


def main(arguments):
    """Run the kinds, print one closing line, return the exit code."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__.split("\n\n", 1)[1].strip())
        return 2
    options = parse(arguments)
    with _suites(options) as suites:
        total = sum((_one(kind, suites) for kind in options.kinds), Counts())
        if options.coverage:
            total += check_coverage(suites.places, GATES if options.whole else ())
    print(total)
    return 0 if total.good else 1


@contextmanager
def _suites(options):
    """Yield the suites with what they need around them."""
    kinds = set(options.kinds)
    where, odoo = prepare()
    if "browser" in kinds:
        chromium.find()
    if "sandbox" in kinds:
        environment.add_clients(where)
    if options.coverage:
        _forget_coverage(where)
    if kinds <= WITHOUT_DATABASE:
        yield Suites(where, options)
        return
    with (
        ready((where, odoo)) as process,
        database(process, options.database) as made,
    ):
        yield Suites(where, options, made)


def _forget_coverage(where):
    """Forget what earlier runs measured."""
    folder = where.output / "coverage"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _one(kind, suites):
    """Run one kind; say how it went and how long it took."""
    print(f"\n== {kind}", flush=True)
    began = time.monotonic()
    counts = lint.run_all(suites) if kind == "lint" else getattr(suites, kind)()
    print(f"== {kind}: {counts} in {time.monotonic() - began:.0f} s", flush=True)
    return counts
