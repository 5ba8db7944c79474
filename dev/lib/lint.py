# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What is checked without running the add-on: style, types, manifest, translations."""

import os
import subprocess

from .counts import Counts
from .places import NAME, ROOT
from .pot import is_current
from .suites import child_environment


def checks(places):
    """Return (name, command) of every check that is one command."""
    program = places.venv / "bin"
    layers = ["-p", f"{NAME}.core", "-p", f"{NAME}.graph"]
    return [
        ("ruff check", [program / "ruff", "check", "--no-fix", "."]),
        ("ruff format", [program / "ruff", "format", "--check", "."]),
        (
            "mypy",
            [program / "mypy", f"--config-file={ROOT / 'pyproject.toml'}", *layers],
        ),
        ("pylint-odoo", [program / "pylint", "--rcfile=.pylintrc", places.link]),
        (
            "oca-checks-odoo-module",
            [
                program / "oca-checks-odoo-module",
                "--disable=prefer-readme-rst",
                places.link,
            ],
        ),
        ("oca-checks-po", [program / "oca-checks-po", *_translations()]),
    ]


def run_all(suites):
    """Run every check and return the counts, one for each check."""
    places = suites.places
    environment = {**os.environ, **child_environment(places)}
    environment["MYPYPATH"] = str(places.addons)
    counts = Counts()
    for name, command in checks(places):
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        counts += _report(name, done.returncode == 0, done.stdout)
    return counts + _report(".pot file", *is_current(suites))


def _report(name, good, output):
    """Print how a check went, with its output when it found something."""
    print(f"{'ok  ' if good else 'FAIL'} {name}", flush=True)
    if not good:
        print(output, flush=True)
    return Counts(passed=1) if good else Counts(failed=1)


def _translations():
    return sorted(str(path) for path in (ROOT / "i18n").glob("*.po*"))
