# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The kinds of tests that pytest runs, each with what it needs around it."""

import os
import subprocess
from pathlib import Path

from .counts import counts_of_pytest
from .places import NAME, ROOT
from .template import template

WORKERS = 2


def child_environment(places):
    """Return variables that keep what tools write out of the checkout."""
    return {
        "COVERAGE_FILE": str(places.output / "coverage" / "data"),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(places.cache / "hypothesis"),
        "MYPY_CACHE_DIR": str(places.cache / "mypy"),
        "OUTLOOK_CALENDAR_OUTPUT": str(places.output),
        "PYLINTHOME": str(places.cache / "pylint"),
        "PYTHONPYCACHEPREFIX": str(places.cache / "pycache"),
        "RUFF_CACHE_DIR": str(places.cache / "ruff"),
    }


class Suites:
    """The suites of one call of ``dev/test``.

    :param process: an ``OdooProcess``; without one only the pure kinds can run
    :param extra: arguments for pytest; with a path among them it replaces the files
    :param database: a database to use and keep, in place of one made for this run
    """

    def __init__(self, places, process=None, extra=(), database=None):
        self.places, self.process = places, process
        self.extra, self.database = list(extra), database
        self._made = None

    def pure(self):
        """The tests of the layers without Odoo."""
        return self._pytest("pure", ["tests/unit"])

    def sandbox(self):
        """Real clients against the sandbox, without Odoo."""
        return self._pytest("sandbox", ["tests/sandbox"])

    def orm(self):
        """The tests on Odoo, PostgreSQL and the sandbox, without a browser."""
        files = sorted((ROOT / "tests").glob("test_*.py"))
        names = [path.name for path in files if "browser" not in path.name]
        return self._on_odoo("orm", names, WORKERS)

    def browser(self):
        """The tests that drive Chromium."""
        files = sorted((ROOT / "tests").glob("test_browser*.py"))
        return self._on_odoo("browser", [path.name for path in files], 0)

    def installed(self):
        """Return a database with the add-on, made on first use.

        One that the person named is kept, and updated when it was there before.
        """
        if not self._made:
            self._made = self.database or f"test_{os.getpid()}"
            there = self._made in self.process.cluster.names()
            if not there:
                self.process.cluster.copy(template(self.process), self._made)
            self.process.install(self._made, (NAME,), update=(NAME,) if there else ())
        return self._made

    def close(self):
        """Remove the database that was made for this run."""
        if self._made and not self.database:
            self.process.cluster.drop(self._made)

    def _on_odoo(self, kind, names, workers):
        link = self.places.link
        database = self.installed()
        configuration = self.process.configuration(db_name=database)
        options = ["-c", str(ROOT / "dev/orm_tests.ini"), f"--rootdir={link}"]
        options += [f"--odoo-config={configuration}", "--odoo-http"]
        options += ["--odoo-log-level=warn"]
        if workers and not self.database:
            options += ["-n", str(workers), "--dist=loadscope"]
        paths = [f"{link}/tests/{name}" for name in names]
        return self._pytest(kind, paths, options, self.process.cluster.environment)

    def _pytest(self, kind, paths, options=(), variables=None):
        """Run pytest, show what it prints, return its counts."""
        extra = [self._linked(word) if options else word for word in self.extra]
        if any(_is_path(word) for word in self.extra):
            paths = []
        cache = f"cache_dir={self.places.cache / 'pytest' / kind}"
        measure = ["-m", "coverage", "run", "-m", "pytest"]
        command = [self.places.python, *measure, "-o", cache, *options, *paths, *extra]
        environment = {**os.environ, **child_environment(self.places)}
        output = []
        with subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={**environment, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as running:
            for line in running.stdout:
                output.append(line)
                print(line, end="", flush=True)
        return counts_of_pytest(output, running.returncode)

    def _linked(self, word):
        """Return a path below the checkout as one below the link."""
        return str(self.places.link / word) if _is_path(word) else word


def _is_path(word):
    """Whether a word for pytest names a file or folder of the checkout."""
    name = word.split("::")[0]
    return not name.startswith("-") and bool(name) and (ROOT / Path(name)).exists()
