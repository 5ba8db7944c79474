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
       kill     Odoo's server killed and started again, beside kinds that leave a
                core free

--database NAME uses one database, kept and updated from run to run; --coverage
measures what a run without a kind measures always. A file among pytest's arguments
takes the place of all files of the kind:

    dev/test orm --database mine tests/test_pull.py -k delta
"""

import argparse
import itertools
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from . import chromium, environment, lint
from .counts import Counts
from .coverage_gates import GATES, check_coverage
from .machine import meanwhile, prepare, ready
from .suites import Suites
from .test_database import database

# What follows "kill" runs while it goes on, first what leaves a core free.
KINDS = (
    *("lint", "pure", "sandbox", "orm", "model"),
    *("kill", "peer", "workers", "browser"),
)
ASIDE = "kill"
WITHOUT_DATABASE = {"pure", "sandbox"}


def parse(arguments):
    """Return the options, with ``kinds`` and ``extra``, the arguments for pytest."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--database")
    parser.add_argument("--coverage", action="store_true")
    options, rest = parser.parse_known_args(arguments)
    kinds = list(itertools.takewhile(KINDS.__contains__, rest))
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
        total = _all(options.kinds, suites)
        if options.coverage:
            total += check_coverage(suites.places, GATES if options.whole else ())
    print(total)
    return 0 if total.good else 1


@contextmanager
def _suites(options):
    """Yield the suites with what they need around them."""
    kinds = set(options.kinds)
    with meanwhile(*([chromium.find] if {"browser", "peer"} & kinds else [])):
        where, odoo = prepare()
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


def _all(kinds, suites):
    """Run the kinds in their order and return the sum of their counts.

    One of them mostly waits for a server to start: the kinds after it run meanwhile,
    and what it prints comes when they are done.
    """
    before, aside, after = around(kinds)
    total = sum((_one(kind, suites) for kind in before), Counts())
    if not aside:
        return total
    lines, suites_aside = [], suites.aside()
    suites_aside.show = lines.append if after else suites.show
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(_one, aside, suites_aside)
        total += sum((_one(kind, suites) for kind in after), Counts())
        total += running.result()
    for line in lines:
        suites.show(line)
    return total


def around(kinds):
    """Return the kinds before the one that runs aside, that one or None, those after.

    >>> around(["pure", "kill", "peer"])
    (['pure'], 'kill', ['peer'])
    >>> around(["pure"])
    (['pure'], None, [])
    """
    if ASIDE not in kinds:
        return kinds, None, []
    place = kinds.index(ASIDE)
    return kinds[:place], ASIDE, kinds[place + 1 :]


def _one(kind, suites):
    """Run one kind; say how it went and how long it took."""
    suites.show(f"\n== {kind}")
    began = time.monotonic()
    counts = lint.run_all(suites) if kind == "lint" else getattr(suites, kind)()
    suites.show(f"== {kind}: {counts} in {time.monotonic() - began:.0f} s")
    return counts
