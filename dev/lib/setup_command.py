# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/setup``: everything that tests and the demo need, and nothing started."""

from . import chromium
from .machine import meanwhile, prepare, ready
from .template import template


def main(arguments):
    """Set up and say where."""
    if arguments:
        print("usage: dev/setup (it takes no arguments)")
        return 2
    with meanwhile(chromium.find):
        prepared = prepare()
    with ready(prepared) as process:
        template(process)
    print(f"Ready. Everything is in {process.places.cache}")
    return 0
