# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What is checked without running the add-on: style, types, manifest, translations."""

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

from . import node
from .counts import Counts
from .places import NAME, ROOT
from .pot import is_current
from .suites import child_environment


def checks(places):
    """Return (name, command) of the checks that Python programs make."""
    program = places.venv / "bin"
    short = "--output-format=concise"
    pylint = [program / "pylint", "--rcfile=.pylintrc"]
    # Not Odoo code: "create" overrides nothing, and a command line prints.
    plain = ["--disable=method-required-super,print-used", "--ignore=dev"]
    layers = ["-p", f"{NAME}.core", "-p", f"{NAME}.graph"]
    module = [program / "oca-checks-odoo-module", "--disable=prefer-readme-rst"]
    return [
        ("ruff check", [program / "ruff", "check", "--no-fix", short, "."]),
        ("ruff format", [program / "ruff", "format", "--check", short, "."]),
        (
            "mypy",
            [program / "mypy", f"--config-file={ROOT / 'pyproject.toml'}", *layers],
        ),
        ("pylint-odoo", [*pylint, places.link]),
        ("pylint-odoo, plain", [*pylint, *plain, "core", "graph", "sandbox"]),
        ("oca-checks-odoo-module", [*module, places.link]),
        ("oca-checks-po", [program / "oca-checks-po", *_translations()]),
    ]


def run_all(suites):
    """Run every check and return the counts, one for each check."""
    places = suites.places
    variables = {**child_environment(places), **node.variables(places)}
    variables["MYPYPATH"] = str(places.addons)
    commands, counts = checks(places), Counts()
    if node.is_there():
        node.install(places)
        commands += node.checks(places)
    else:
        print(f"skip eslint, prettier: they need npm and Node.js {node.OLDEST}")
        counts += Counts(skipped=2)
    with ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda one: _run(one[1], variables), commands)
        for (name, _command), result in zip(commands, results, strict=True):
            counts += _report(name, *result)
    counts += _report("installation", *_installation(suites.database))
    return counts + _report(".pot file", *is_current(suites.database))


def _run(command, variables):
    """Return whether a command succeeded, and what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout


def _report(name, good, output):
    """Print how a check went, with its output when it found something."""
    print(f"{'ok  ' if good else 'FAIL'} {name}", flush=True)
    if not good:
        print(output, flush=True)
    return Counts(passed=1) if good else Counts(failed=1)


def _installation(database):
    """Return whether Odoo installs the add-on without a warning, and the warnings."""
    log = database.process.install_log(database.installed()).read_text()
    entries = re.split(r"^(?=\d{4}-\d\d-\d\d )", log, flags=re.MULTILINE)
    bad = [text for text in entries if re.match(r".{23} \d+ (?!INFO|DEBUG)", text)]
    return not bad, "".join(bad)


def _translations():
    return sorted(str(path) for path in (ROOT / "i18n").glob("*.po*"))
