# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/postgres``: look after the private cluster by hand.

usage: dev/postgres start            start it and keep it running
       dev/postgres stop             stop it
       dev/postgres run COMMAND ...  run psql, createdb, dropdb ... on it
       dev/postgres env              print the variables that programs need for it
"""

import os
import subprocess

from .machine import ready


def main(arguments):
    """Start, stop or use the cluster."""
    verb, *command = arguments or ["help"]
    if verb not in ("start", "stop", "run", "env"):
        print(__doc__.split("\n\n", 1)[1].strip())
        return 2
    with ready() as process:
        cluster = process.cluster
        if verb == "start":
            cluster.keep_file.touch()
            print(f"PostgreSQL listens on 127.0.0.1:{cluster.port}")
        elif verb == "stop":
            cluster.keep_file.unlink(missing_ok=True)
        elif verb == "env":
            print("\n".join(f"{k}={v}" for k, v in cluster.environment.items()))
        else:
            variables = {**os.environ, **cluster.environment}
            return subprocess.run(command, env=variables, check=False).returncode
    return 0
