# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/test``: every test, or the kinds that are named.

usage: dev/test [KIND ...] [--database NAME] [PYTEST ARGUMENTS]

kinds: lint     linters, types, translations
       pure     the rules, without Odoo; seconds
       sandbox  real Microsoft clients against the sandbox, without Odoo
       orm      the add-on on Odoo and PostgreSQL
       browser  the add-on in Chromium

--database NAME uses one database, kept and updated from run to run. A file among
pytest's arguments takes the place of all files of the kind:

    dev/test orm --database mine tests/test_pull.py -k delta
"""

import shutil
import time
from contextlib import contextmanager

from . import chromium, lint
from .counts import Counts
from .coverage_gates import check_coverage
from .machine import prepare, ready
from .suites import Suites

KINDS = ("lint", "pure", "sandbox", "orm", "browser")
WITHOUT_DATABASE = {"pure", "sandbox"}


def parse(arguments):
    """Return (kinds, database or None, arguments for pytest)."""
    kinds, database, rest = [], None, list(arguments)
    while rest and (rest[0] in KINDS or rest[0] == "--database"):
        word = rest.pop(0)
        if word == "--database" and rest:
            database = rest.pop(0)
        elif word in KINDS:
            kinds.append(word)
    return kinds or list(KINDS), database, rest


def main(arguments):
    """Run the kinds, print one closing line, return the exit code."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__.split("\n\n", 1)[1].strip())
        return 2
    kinds, database, extra = parse(arguments)
    with _suites(kinds, database, extra) as suites:
        total = sum((_one(kind, suites) for kind in kinds), Counts())
        if set(kinds) == set(KINDS) and not extra:
            total += check_coverage(suites.places)
    print(total)
    return 0 if total.good else 1


@contextmanager
def _suites(kinds, database, extra):
    """Yield the suites with what they need around them."""
    if "browser" in kinds:
        chromium.find()
    if set(kinds) <= WITHOUT_DATABASE:
        where, _odoo = prepare()
        yield _fresh(Suites(where, None, extra))
        return
    with ready() as process:
        suites = _fresh(Suites(process.places, process, extra, database))
        try:
            yield suites
        finally:
            suites.close()


def _fresh(suites):
    """Forget the coverage of earlier runs."""
    folder = suites.places.output / "coverage"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return suites


def _one(kind, suites):
    """Run one kind; say how it went and how long it took."""
    print(f"\n== {kind}", flush=True)
    began = time.monotonic()
    counts = lint.run_all(suites) if kind == "lint" else getattr(suites, kind)()
    print(f"== {kind}: {counts} in {time.monotonic() - began:.0f} s", flush=True)
    return counts
