# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A private PostgreSQL cluster: own folder, loopback only, own password, own port.

It runs as long as a command uses it; ``dev/postgres start`` keeps it running.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from . import apt
from .say import Missing, step
from .shell import failure, is_free, locked, run

USER = "odoo"  # Odoo refuses to work as "postgres"
FIRST_PORT = 54390
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
"""
# Speed before safety: a crash loses nothing that a test run cannot make again.
FAST = """
fsync = off
full_page_writes = off
synchronous_commit = off
"""
# As in production: what is committed is on the disk.
SAFE = """
fsync = on
full_page_writes = on
synchronous_commit = on
"""


def find_programs():
    """Return the folder of PostgreSQL's server programs, the newest, or None."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    for path in sorted(versions, key=lambda path: -float(path.parts[-3])):
        folders.append(path.parent)
    return next((folder for folder in folders if (folder / "psql").exists()), None)


def install_programs():
    """Return the folder of the server programs, installed when that is possible."""
    if found := find_programs():
        return found
    problem = "There is no PostgreSQL server on this machine"
    return apt.install("postgresql", find_programs, problem)


class Cluster:
    """The cluster below ``folder``; its password and locks are beside it.

    :param programs: the folder with initdb and psql
    :param settings: ``FAST`` or ``SAFE``
    """

    def __init__(self, folder, programs, settings=FAST):
        self.folder, self.programs, self.settings = folder, programs, settings
        self.data, self.log = folder / "data", folder / "log"
        self.password_file = folder.parent / "postgres-password"
        self.keep_file = folder.parent / "postgres-keep"

    @property
    def port(self):
        """The port that the running server listens on, None when it does not run."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return None
        return (
            int(lines[3]) if len(lines) > 3 and self._answers(int(lines[3])) else None
        )

    @property
    def environment(self):
        """The variables with which libpq, Odoo and psql find the server."""
        return {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": USER,
            "PGPASSWORD": self.password_file.read_text(),
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
        }

    def create(self):
        """Make the cluster unless it is there."""
        if (self.data / "PG_VERSION").exists():
            return step(f"PostgreSQL: cluster found in {self.folder}")
        step(f"PostgreSQL: making a private cluster in {self.folder}")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if system_user():
            shutil.chown(self.folder, system_user(), system_user())
        self.password_file.touch(0o600)
        self.password_file.write_text(secrets.token_urlsafe(24))
        self._init()
        with (self.data / "postgresql.conf").open("a") as handle:
            handle.write(SETTINGS + self.settings)
        return None

    def _init(self):
        try:
            self._run(["test", "-w", self.folder], "Reaching the folder")
        except Missing:
            raise Missing(
                f"The user {system_user()}, who has to run PostgreSQL, cannot reach"
                f" {self.folder}: name another folder in OUTLOOK_CALENDAR_CACHE."
            ) from None
        word = self.folder / "password"
        word.write_text(self.password_file.read_text())
        if system_user():
            shutil.chown(word, system_user())
        locale = ["--encoding=UTF8", "--locale=C.UTF-8"]
        auth = ["--auth=scram-sha-256", f"--username={USER}", f"--pwfile={word}"]
        command = [self.programs / "initdb", "-D", self.data, *locale, *auth]
        self._run(command, "Making the PostgreSQL cluster")
        word.unlink()

    @contextmanager
    def running(self):
        """Have the server run for a while; the last of its users stops it."""
        with locked(self.folder.parent / "postgres-users", shared=True):
            self.start()
            yield self
        with locked(self.folder.parent / "postgres-lock"):
            alone = is_free(self.folder.parent / "postgres-users")
            if alone and not self.keep_file.exists():
                self.stop()

    def start(self):
        """Start the server unless it runs."""
        with locked(self.folder.parent / "postgres-lock"):
            if self.port:
                return
            port = _free_port()
            control = [self.programs / "pg_ctl", "-D", self.data, "-l", self.log]
            command = [*control, "-w", "-o", f"-p {port}", "start"]
            self._run(command, f"Starting PostgreSQL (its log: {self.log})")
            step(f"PostgreSQL: started on 127.0.0.1:{port}")

    def stop(self):
        """Stop the server if it runs."""
        if self.port:
            command = [self.programs / "pg_ctl", "-D", self.data, "-m", "fast", "stop"]
            self._run(command, "Stopping PostgreSQL")

    def command(self, *parts, what="PostgreSQL"):
        """Run one of PostgreSQL's client programs and return what it printed."""
        return run(parts, what, env=self.environment)

    def names(self):
        """Return the names of all databases."""
        query = "SELECT datname FROM pg_database WHERE NOT datistemplate"
        return self.command("psql", "-AtXc", query, "postgres").split()

    def copy(self, source, target):
        """Make the database ``target`` from ``source``, in place of an older one."""
        self.drop(target)
        self.command("createdb", "-T", source, target, what=f"Making {target}")

    def drop(self, name):
        """Remove a database, whoever is connected to it."""
        self.command("dropdb", "--if-exists", "--force", name, what=f"Removing {name}")

    def _answers(self, port):
        server = [
            self.programs / "pg_isready",
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
        ]
        return subprocess.run(server, check=False).returncode == 0

    def _run(self, command, what):
        """Run a server program as the user that PostgreSQL accepts."""
        account = system_user()
        who = {"user": account, "group": account, "extra_groups": []} if account else {}
        with tempfile.TemporaryFile(
            "w+"
        ) as output:  # the server would keep a pipe open
            done = subprocess.run(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                **who,
            )
            output.seek(0)
            if done.returncode:
                raise Missing(failure(what, output.read()))


def system_user():
    """Return the user that the server must run as, None for the present one."""
    if os.geteuid():
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise Missing(
            "PostgreSQL refuses to run as root and there is no user postgres:"
            " run this as another user."
        ) from None


def _free_port():
    """Return the first port from ``FIRST_PORT`` on that nobody listens on."""
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    last = FIRST_PORT + 99
    raise Missing(f"Every port from {FIRST_PORT} to {last} is taken on 127.0.0.1.")
