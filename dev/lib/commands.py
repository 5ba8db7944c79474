# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The commands in ``dev/``: each is a short script that starts one from here."""

import importlib
import sys

from .say import Missing

OLDEST = (3, 10)


def start(name):
    """Run the command's module and leave with its exit code."""
    try:
        if sys.version_info < OLDEST:
            raise Missing("This needs Python 3.10 or newer.")
        module = importlib.import_module(f".{name}_command", __package__)
        code = module.main(sys.argv[1:])
    except Missing as problem:
        print(f"\n{problem}", file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        code = 130
    sys.exit(code)
