# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/bench``: what the add-on costs, against its bounds."""

import argparse
import json
import os
import socket
import subprocess
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

from benchmarks.mailboxes import SIZES, mailboxes, readers

from .demo_database import SEED
from .machine import ready
from .places import ROOT
from .say import step
from .service import service
from .suites import child_environment
from .test_database import database

NAMES = {
    "save": "what saving a meeting costs a connected user more than others",
    "unchanged": "requests and queries of an account where nothing changed",
    "pull": "2,000 meetings read, against Odoo's plain create of the same",
    "series": "200 series of 50 meetings read, against Odoo's plain create",
    "memory": "the most memory that reading 500 to 4,000 meetings takes",
}


def main(arguments):
    """Measure and return the exit code: 1 when a bound is broken."""
    options = _options(arguments)
    with ready() as process, database(process) as made, ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        step("Sandbox: starting, with mailboxes of " + ", ".join(map(str, SIZES)))
        addresses = _sandbox(process, folder, stack)
        step("Database: one for this run, with the add-on")
        name = made.installed()
        path = process.configuration(db_name=name)
        stack.callback(path.unlink)
        command = [process.places.python, "-m", "benchmarks", path, name]
        command += [json.dumps(addresses), str(options.rounds), *options.names]
        variables = {"REQUESTS_CA_BUNDLE": addresses["ca"]}
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT / "dev",
            env={**os.environ, **child_environment(process.places), **variables},
            check=False,
        )
    return done.returncode


def _options(arguments):
    lines = "\n".join(f"  {name:10} {text}" for name, text in NAMES.items())
    parser = argparse.ArgumentParser(
        prog="dev/bench",
        description=f"{__doc__}\n\nnames, all of them by default:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    text = "how often what is slow is measured [5]"
    parser.add_argument("--rounds", type=int, default=5, help=text)
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    options.names = options.names or list(NAMES)
    return options


def _sandbox(process, folder, stack):
    """Start a sandbox with full mailboxes beside this process; return where it is."""
    team = json.loads(SEED.read_text())
    team["people"] += readers()
    seed = folder / "seed.json"
    seed.write_text(json.dumps(team | {"mailboxes": mailboxes()}))
    port, secure = _free_ports(2)
    command = [process.places.python, "-m", "sandbox", "--seed", seed]
    command += ["--port", port, "--https-port", secure, "--ca", folder / "ca.pem"]
    variables = child_environment(process.places)
    log = folder / "sandbox.log"
    running = stack.enter_context(
        service("The sandbox", command, log, cwd=ROOT, env=variables)
    )
    running.wait_for(f"http://localhost:{port}", 120)
    return {
        "control": f"http://localhost:{port}/control",
        "graph": f"http://localhost:{port}/v1.0",
        "authority": f"https://localhost:{secure}",
        "ca": str(folder / "ca.pem"),
    }


def _free_ports(count):
    """Return ports that nobody listens on."""
    with ExitStack() as stack:
        probes = [stack.enter_context(closing(socket.socket())) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
