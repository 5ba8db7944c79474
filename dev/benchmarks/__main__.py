# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Measure on a database with the add-on; ``dev/bench`` starts this.

usage: python -m benchmarks CONFIGURATION DATABASE ADDRESSES ROUNDS NAME...
"""

import importlib
import logging
import sys

from odoo.tools import config

from .figures import show

MODULES = {
    "save": ("saving", "Saving a meeting"),
    "unchanged": ("unchanged", "An account where nothing changed"),
    "pull": ("first_pull", "Reading into an empty calendar"),
    "series": ("first_pull_series", "Reading series into an empty calendar"),
    "memory": ("memory", "Memory of a first run"),
}


def main(configuration, database, addresses, rounds, *names):
    """Measure, print the tables, return 1 when a bound is broken."""
    config.parse_config(["-c", configuration, "-d", database, "--log-level=warn"])
    stage_module = importlib.import_module(".stage", __package__)  # needs the config
    stage = stage_module.Stage(database, addresses)
    stage.configure()
    broken = []
    for name in names:
        module, title = MODULES[name]
        figures = importlib.import_module(f".{module}", __package__).measure(
            stage, int(rounds)
        )
        show(title, figures)
        broken += [figure.name.strip() for figure in figures if not figure.is_good]
    logging.shutdown()
    print(f"\nBroken: {', '.join(broken)}" if broken else "\nAll bounds are kept.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
