# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's real server with its real scheduler, started, killed and started again."""

import os
import signal
import time
from contextlib import contextmanager

from ...dev.lib.service import service

_BOOT = 60  # seconds at most
_REST = 180  # seconds until both sides have come to rest, at most
_PAUSE = 0.1  # seconds between two looks at the database
_DUE_AGAIN = 20  # seconds that stand for the five minutes between two regular runs
_CRON_THREADS = 2
_NOBODY = 9  # a port on which no mail server listens


class Unrest(AssertionError):
    """What was to happen does not."""


class Server:
    """A running server and the database that it serves."""

    def __init__(self, running, database):
        self.running, self.database = running, database

    def kill(self):
        """Kill the server's whole process group, without a word."""
        os.killpg(self.running.process.pid, signal.SIGKILL)
        self.running.process.wait()

    def wait_for(self, condition, limit=_REST, pause=_PAUSE):
        """Wait until something is so, and keep the scheduler awake meanwhile.

        Odoo puts an action off, until its next regular run, that was killed three times
        before it had done anything.

        :raise Unrest: it does not become so, or the server ended
        """
        began, last = time.monotonic(), 0
        due = began + _DUE_AGAIN
        while not condition():
            now = time.monotonic()
            if not self.running.is_alive() or now - began > limit:
                raise Unrest(self.running.tail()[-4000:])
            if now > due:
                due += _DUE_AGAIN
                self.database.make_due()
            if now - last > _PAUSE:
                last = now
                self.database.wake()
            time.sleep(pause)

    def rest(self):
        """Wait until nothing is left to do."""
        self.wait_for(self.database.is_at_rest)

    def read_again(self):
        """Let the next regular runs take place: what was sent must not come back."""
        self.database.make_due()
        self.rest()


@contextmanager
def server(process, database, port, trusted, log):
    """Yield Odoo's ``Server`` on a database, ready to work; stop it in the end.

    :param process: the ``OdooProcess`` on the database's cluster
    :param trusted: file with the certificate authorities to trust
    """
    options = {"db_name": database.name, "dbfilter": f"^{database.name}$"}
    options |= {"smtp_server": "127.0.0.1", "smtp_port": _NOBODY}
    configuration = process.configuration(**options)
    command = process.command(
        "server",
        f"--http-port={port}",
        f"--max-cron-threads={_CRON_THREADS}",
        configuration=configuration,
    )
    trust = {"REQUESTS_CA_BUNDLE": str(trusted)}
    with service("Odoo", command, log, cwd=process.places.cache, env=trust) as running:
        running.wait_for(f"http://127.0.0.1:{port}/web/health", _BOOT)
        configuration.unlink()
        yield Server(running, database)
