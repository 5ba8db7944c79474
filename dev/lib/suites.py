# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The kinds of tests that pytest runs, each with what it needs around it."""

import json
import os
import subprocess
from contextlib import contextmanager

from .counts import Counts, counts_of_pytest
from .places import ROOT
from .test_database import copied_database, peer_database, shared_database

_TAKE_OVER = "test_take_over"  # needs both add-ons in one database
# In their order: a class with one long test is not left for the end.
PARALLEL = ("-n", "2", "--dist=loadscope", "--no-loadscope-reorder")
KILLS, KILLS_SEED, KILLS_EACH = 10, 2026, 5


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

    :param options: ``extra``, arguments for pytest; ``coverage``, to measure it
    :param database: a ``TestDatabase``; without one only the pure kinds can run
    """

    def __init__(self, places, options, database=None):
        self.places, self.database = places, database
        self.options, self.variables = options, {}
        self.process = database and database.process
        self.extra = options.extra
        self.is_measured = options.coverage

    def show(self, line):
        """Print what a run says, at once."""
        print(line, flush=True)

    def aside(self):
        """Return the same suites once more, for a run at the same time."""
        if self.database:
            self.database.installed()  # not by both at once
        return Suites(self.places, self.options, self.database)

    def pure(self):
        """The tests of the layers without Odoo."""
        return self._pytest("pure", ["tests/unit"], PARALLEL)

    def sandbox(self):
        """Real clients against the sandbox, without Odoo."""
        return self._pytest("sandbox", ["tests/sandbox"], PARALLEL)

    def peer(self):
        """Odoo's own Outlook synchronization against the sandbox, and its successor."""
        files = sorted((ROOT / "tests/peer").glob("test_*.py"))
        names = [f"peer/{path.name}" for path in files]
        both = [name for name in names if _TAKE_OVER in name]
        alone = [name for name in names if name not in both]
        return self._peer("peer", alone, peer_database) + self._peer(
            "take-over", both, shared_database
        )

    def _peer(self, kind, names, database):
        """Run some of these files, unless others are asked for by their names."""
        asked = [word for word in self.extra if _is_path(word)]
        if any((_TAKE_OVER in word) != (kind == "take-over") for word in asked):
            return Counts()
        with self._unmeasured(), database(self.process) as name:
            return self._on_odoo(kind, names, name)

    def orm(self):
        """The tests on Odoo, PostgreSQL and the sandbox, without a browser."""
        files = sorted((ROOT / "tests").glob("test_*.py"))
        names = [path.name for path in files if "browser" not in path.name]
        return self._on_odoo("orm", names, self.database.installed(), self._parallel())

    def model(self):
        """Random changes on both sides, after which both have to be equal."""
        files = sorted((ROOT / "tests/model").glob("test_*.py"))
        names = [f"model/{path.name}" for path in files]
        with self._unmeasured():
            return self._on_odoo(
                "model", names, self.database.installed(), self._parallel()
            )

    def workers(self):
        """Several workers and users at once, whose changes are committed."""
        files = sorted((ROOT / "tests/workers").glob("test_*.py"))
        names = [f"workers/{path.name}" for path in files]
        source = self.database.installed()
        with self._unmeasured(), copied_database(self.process, source) as database:
            return self._on_odoo("workers", names, database)

    def kill(self, times=KILLS, seed=KILLS_SEED, each=KILLS_EACH, *, answers=False):
        """Odoo's server, killed at so many instants and started again.

        :param answers: whether also before the answer to each kind of request
        """
        asked = {"times": times, "seed": seed, "each": each}
        asked["database"] = self.database.installed()
        self.variables["OUTLOOK_CALENDAR_KILL"] = json.dumps(asked)
        with self._unmeasured():
            left = [] if answers else ["-k", "not kind_of_answer"]
            return self._pytest("kill", ["tests/kill"], left)

    def browser(self):
        """The tests that drive Chromium."""
        files = sorted((ROOT / "tests").glob("test_browser*.py"))
        names = [path.name for path in files]
        with self._unmeasured():
            database = self.database.installed_with_pages()
            return self._on_odoo("browser", names, database, self._parallel())

    @contextmanager
    def _unmeasured(self):
        """Run at full speed what reaches no code that other tests do not reach."""
        is_measured, self.is_measured = self.is_measured, False
        try:
            yield
        finally:
            self.is_measured = is_measured

    def _parallel(self):
        """Return pytest's options for two workers, where there is work for two."""
        is_small = any(map(_is_path, self.extra))
        return () if self.database.is_kept or is_small else PARALLEL

    def _on_odoo(self, kind, names, database, more=()):
        link = self.places.link
        configuration = self.process.configuration(db_name=database)
        options = ["-c", str(ROOT / "dev/orm_tests.ini"), f"--rootdir={link}"]
        options += [f"--odoo-config={configuration}", "--odoo-http"]
        options += ["--odoo-log-level=warn"]
        paths = [f"{link}/tests/{name}" for name in names]
        variables = self.process.cluster.environment
        return self._pytest(kind, paths, [*options, *more], variables)

    def _pytest(self, kind, paths, options=(), variables=None):
        """Run pytest, show what it prints, return its counts.

        :param variables: those of the cluster for tests on Odoo, which have to be
            addressed below the link
        """
        extra = [self._linked(word) if variables else word for word in self.extra]
        if any(map(_is_path, self.extra)):
            paths = []
        cache = f"cache_dir={self.places.cache / 'pytest' / kind}"
        program = [self.places.python, "-m", "pytest", "-o", cache, *self._measuring()]
        command = [*program, *options, *paths, *extra]
        environment = {**os.environ, **child_environment(self.places)}
        environment |= self.variables
        environment["COVERAGE_FILE"] += f".{kind}"  # combined in the end
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
                self.show(line.rstrip("\n"))
        return counts_of_pytest(output, running.returncode)

    def _measuring(self):
        """Return pytest-cov's options, which reach the workers of xdist too."""
        settings = f"--cov-config={ROOT / 'pyproject.toml'}"
        options = ["--cov", "--cov-report=", "--cov-fail-under=0", settings]
        return [*options, "-p", "dev.unmeasured_tests"] if self.is_measured else []

    def _linked(self, word):
        """Return a path below the checkout as one below the link."""
        return str(self.places.link / word) if _is_path(word) else word


def _is_path(word):
    """Whether a word for pytest names a file or folder of tests."""
    return word.startswith("tests") and (ROOT / word.split("::")[0]).exists()
