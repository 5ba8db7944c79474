# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Where the server is killed: a PostgreSQL that writes to the disk, a sandbox, Odoo.

Two scenarios are prepared once and played again and again, from a copy of the database
and a state of the sandbox: ``first``, a first sync of 500 meetings, and ``push``, 200
changes that wait to be sent after it. Each is played undisturbed first, which tells
how long it takes, how many requests it makes, and what both sides have in the end.
"""

import json
import os
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import certifi

from ...dev.lib.odoo_process import OdooProcess
from ...dev.lib.places import ROOT
from ...dev.lib.postgres import SAFE, Cluster
from ...dev.lib.service import service
from ...dev.lib.shell import run
from ...dev.lib.suites import child_environment
from . import sides
from .database import Database
from .judge import faults
from .mailbox import ALONE, TEAM, seed
from .sandbox import Sandbox
from .server import server

_STEP = 0.02  # seconds between two looks at the sandbox
_LATE, _NEVER = 0.3, 120  # seconds that an answer is kept back
_MOST = 0.95  # of the requests: now and then a run makes some less


@dataclass(frozen=True)
class Scenario:
    """What is played, and what comes of it undisturbed.

    :ivar seconds: from the first request until nothing is left to do
    :ivar requests: how many there are
    """

    database: Database
    state: str
    seconds: float
    requests: int
    wanted: sides.Sides


class Stage:
    """The servers; the scenarios by their names.

    :param process: the ``OdooProcess`` on the usual cluster
    :param source: a database with the add-on there
    :param folder: for logs and certificates
    """

    def __init__(self, process, source, folder):
        self.places, self.odoo, self.source = process.places, process.odoo, source
        self.usual, self.folder = process.cluster, folder
        self.prefix = f"kill_{os.getpid()}"
        self.scenarios = {}

    @contextmanager
    def ready(self):
        """Have everything there while the block runs."""
        folder = self.places.cache / "safe" / "postgres"
        cluster = Cluster(folder, self.usual.programs, SAFE)
        cluster.create()
        with ExitStack() as stack:
            stack.enter_context(cluster.running())
            self.process = OdooProcess(self.places, self.odoo, cluster)
            # Tokens are sealed for a database by its name: every scene has this one.
            self.base = Database(cluster, self.prefix)
            stack.callback(self._drop_all)
            self._bring_over()
            self._start_sandbox(stack)
            self._prepare()
            yield self

    def _drop_all(self):
        cluster = self.process.cluster
        for name in cluster.names():
            if name.startswith(self.prefix):
                cluster.drop(name)

    def _bring_over(self):
        """Bring the database with the add-on to the cluster that keeps what it says."""
        dump = self.folder / "dump"
        self.usual.command("pg_dump", "-Fc", "-Z0", "-f", dump, self.source)
        cluster = self.process.cluster
        cluster.command("createdb", self.base.name)
        cluster.command("pg_restore", "-j2", "-d", self.base.name, dump)
        dump.unlink()

    def _start_sandbox(self, stack):
        self.port, plain, secure = _free_ports(3)
        path, ca = self.folder / "seed.json", self.folder / "ca.pem"
        path.write_text(json.dumps(seed()))
        command = [self.places.python, "-m", "sandbox", "--seed", path, "--ca", ca]
        command += ["--port", plain, "--https-port", secure]
        log = self.folder / "sandbox.log"
        variables = child_environment(self.places)
        running = service("The sandbox", command, log, cwd=ROOT, env=variables)
        url = f"http://localhost:{plain}"
        stack.enter_context(running).wait_for(url, 60)
        self.trusted = self.folder / "trusted.pem"
        self.trusted.write_text(Path(certifi.where()).read_text() + ca.read_text())
        self.sandbox = Sandbox(url)
        app = json.loads(TEAM.read_text())["apps"][0]
        self.addresses = {
            "client_id": app["client_id"],
            "client_secret": app["secrets"][0],
            "authority": f"https://localhost:{secure}",
            "graph": f"{url}/v1.0",
            "ca": str(self.trusted),
        }

    # --- the scenarios ----------------------------------------------------------------

    def _prepare(self):
        """Prepare both scenarios; the second one begins where the first one ends."""
        items = self.sandbox.events("ann@contoso.example")
        twins = [
            [one["subject"], *(one[n]["dateTime"][:19] for n in ("start", "end"))]
            for one in items
            if one["subject"].startswith("Twin") and not one["isAllDay"]
        ]
        twins = [[name, *(t.replace("T", " ") for t in rest)] for name, *rest in twins]
        self._script(f"connect(env, {self.addresses!r}, {twins!r}, {ALONE})")
        self._keep("first")
        self._script("change(env)")
        self.sandbox.forget_mails()
        self._keep("push")

    def _script(self, call):
        """Let people do something in Odoo, in the database that is prepared."""
        source = Path(__file__).with_name("in_odoo.py").read_text()
        configuration = self.process.configuration(db_name=self.base.name)
        command = self.process.command(
            "shell", "--no-http", "--log-level=warn", configuration=configuration
        )
        trust = {"REQUESTS_CA_BUNDLE": str(self.trusted)}
        feed = f"{source}\n{call}\nenv.cr.commit()\n"
        run(command, call[:20], cwd=self.places.cache, feed=feed, env=trust)
        configuration.unlink()

    def _keep(self, name):
        """Keep what is prepared as a scenario, and play it undisturbed."""
        kept = self.base.copied(f"{self.prefix}_{name}")
        kept.make_due()
        state = self.sandbox.state()
        self.base.make_due()
        with self._server(self.base, f"{name}-undisturbed") as odoo:
            self._wait_for_work(odoo)
            began = time.monotonic()
            odoo.rest()
            seconds, requests = time.monotonic() - began, self.sandbox.count()
            odoo.read_again()
        found = sides.read(self.base, self.sandbox)
        if wrong := faults(found, None):
            raise AssertionError("\n".join(wrong[:20]))
        self.scenarios[name] = Scenario(kept, state, seconds, requests, found)

    # --- playing ----------------------------------------------------------------------

    def play(self, name, instants, logs):
        """Play a scenario, kill the server at each of these instants, and let it end.

        :param name: of the scenario
        :param instants: in their order
        :param logs: how the names of the logs begin
        :return: how many requests there were at each instant, what is wrong in the end
        """
        scenario, database = self.scenarios[name], self.scene(name)
        reached, share = [], 0.0
        for number, instant in enumerate(instants):
            with self._server(database, f"{logs}-killed-{number}") as odoo:
                self._strike(odoo, scenario, instant, share)
            reached.append(self.sandbox.count())
            share = instant.share
        return reached, self._end(database, scenario, logs)

    def play_unanswered(self, name, requests):
        """Play a scenario, kill the server before each answer, say what is wrong then.

        :param requests: method, path and number to let pass of each
        """
        scenario, database = self.scenarios[name], self.scene(name)
        for number, (method, path, skip) in enumerate(requests):
            with self._server(database, f"unanswered-{number}") as odoo:
                which = {"method": method, "path": path, "skip": skip}
                self._wait_for_answer(odoo, None, **which)
                assert self.sandbox.is_held(), f"no {method} {path}"
                odoo.kill()
        return self._end(database, scenario, "unanswered")

    def _end(self, database, scenario, name):
        """Start the server once more, let it end, and return what is wrong then."""
        with self._server(database, f"{name}-again") as odoo:
            odoo.rest()
            odoo.read_again()
        return faults(sides.read(database, self.sandbox), scenario.wanted)

    def scene(self, name):
        """Return the database at the beginning of a scenario, like the sandbox."""
        scenario = self.scenarios[name]
        self.sandbox.restore(scenario.state)
        return scenario.database.copied(self.base.name)

    def _strike(self, odoo, scenario, instant, share):
        """Wait for the instant, and kill.

        :param share: where in the run the server was killed before
        """
        if instant.way == "time":
            self._wait_for_work(odoo)
            at = time.monotonic() + (instant.share - share) * scenario.seconds
            odoo.wait_for(lambda: time.monotonic() >= at, pause=_STEP)
        else:
            number = instant.request(int(_MOST * scenario.requests))
            skip = max(number - 1 - self.sandbox.count(), 0)
            self._wait_for_answer(odoo, instant.late, skip=skip)
        odoo.kill()
        self.sandbox.forget_faults()  # what was not reached must not strike later

    def _wait_for_work(self, odoo):
        """Wait for the first request of this server, or that it has nothing to do."""
        seen = self.sandbox.count()

        def has_begun():
            return self.sandbox.count() > seen or odoo.database.is_at_rest()

        odoo.wait_for(has_begun, pause=_STEP)

    def _wait_for_answer(self, odoo, late, **which):
        """Wait until Microsoft has done what a request asks for, and does not say so.

        :param late: seconds after it has said so; None: it never does
        :param which: which request, see ``Sandbox.hold``
        """
        delay = _NEVER if late is None else _LATE
        self.sandbox.hold(delay=delay, **which)

        def is_there():
            # A run may make fewer requests than another: its end will do, too.
            return self.sandbox.is_held() or odoo.database.is_at_rest()

        odoo.wait_for(is_there, pause=_STEP)
        if late is not None:
            time.sleep(_LATE + late)

    def _server(self, database, name):
        log = self.folder / f"{name}.log"
        return server(self.process, database, self.port, self.trusted, log)


def _free_ports(count):
    """Return ports that nobody listens on."""
    with ExitStack() as stack:
        probes = [stack.enter_context(closing(socket())) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
