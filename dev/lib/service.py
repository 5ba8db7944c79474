# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Programs that run beside this one until it ends."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from .say import Missing
from .shell import failure

PATIENCE = 10  # seconds until a program that was asked to stop is stopped by force


def demand_free(port, option):
    """Make sure that nobody listens on the port.

    :raise Missing: somebody does
    """
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Missing(
                f"Port {port} is taken by another program: stop it, or give {option}."
            )


class Service:
    """A running program and its log."""

    def __init__(self, name, process, log):
        self.name, self.process, self.log = name, process, log

    def wait_for(self, url, seconds):
        """Wait until the address answers.

        :raise Missing: it did not within ``seconds``, or the program ended
        """
        limit = time.monotonic() + seconds
        while not _answers(url):
            if not self.is_alive() or time.monotonic() > limit:
                raise Missing(failure(f"Starting {self.name}", self.tail(), self.log))
            time.sleep(0.2)

    def is_alive(self):
        """Whether the program still runs."""
        return self.process.poll() is None

    def tail(self):
        """Return what the program has written."""
        return self.log.read_text(errors="replace")


@contextmanager
def service(name, command, log, *, cwd, env):
    """Run a program in its own process group and stop the group in the end."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches this program first
        )
    try:
        yield Service(name, process, log)
    finally:
        _stop(process)


def _stop(process):
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            continue
        return


def _answers(url):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
