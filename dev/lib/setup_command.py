# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/setup``: everything that tests and the demo need, and nothing started."""

from . import chromium
from .machine import ready
from .template import template


def main(arguments):
    """Set up and say where."""
    if arguments:
        print("usage: dev/setup (it takes no arguments)")
        return 2
    with ready() as process:
        template(process)
    chromium.find()
    print(f"Ready. Everything is in {process.places.cache}")
    return 0
