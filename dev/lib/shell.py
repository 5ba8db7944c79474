# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Run other programs, quietly unless they fail."""

import fcntl
import os
import subprocess
from contextlib import contextmanager

from .say import Missing

TAIL = 12  # lines of a failed command's output that are shown


def run(command, what, *, log=None, env=None, feed=None, **options):
    """Run a command to its end and return what it printed.

    :param what: subject of the sentence when it fails: "Unpacking Odoo"
    :param log: a file that gets all of the output, for a person to read later
    :param env: variables to add to the environment
    :param feed: text for its standard input
    :raise Missing: the command does not exist or did not succeed
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            env={**os.environ, **(env or {})},
            input=feed or "",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            **options,
        )
    except FileNotFoundError as error:
        raise Missing(f"{what} needs the program {error.filename}.") from error
    if log:
        log.write_text(done.stdout)
    if done.returncode:
        raise Missing(failure(what, done.stdout, log))
    return done.stdout


def failure(what, output, log=None):
    """Return the sentence about a failed command, with the end of its output."""
    tail = "\n".join("    " + line for line in output.splitlines()[-TAIL:])
    more = f" (all of it: {log})" if log else ""
    return f"{what} failed{more}:\n{tail}"


@contextmanager
def locked(path, *, shared=False):
    """Hold a lock file, so that two commands at once do not do the same work."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield handle


def is_free(path):
    """Whether nobody holds the lock file, not even shared."""
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
