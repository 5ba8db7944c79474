# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/demo``: Odoo with the add-on and demo people beside a local Microsoft 365."""

import argparse
import os
import shutil
import signal
import time
from contextlib import ExitStack
from pathlib import Path

from .demo_database import DATABASE, DemoDatabase, seed_for
from .demo_people import DOMAIN, PEOPLE
from .machine import ready
from .places import ROOT
from .say import Missing, step
from .service import demand_free, service
from .shell import run
from .suites import child_environment

CRON_THREADS = 2


def main(arguments):
    """Serve until Ctrl-C."""
    options = _options(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):  # a background job ignores SIGINT
        signal.signal(number, signal.default_int_handler)
    demand_free(options.port, "another one with --port")
    demand_free(options.sandbox_port, "another one with --sandbox-port")
    demand_free(options.sandbox_port + 1, "another one with --sandbox-port")
    try:
        with ready() as process, ExitStack() as stack:
            _serve(process, options, stack)
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0


def _options(arguments):
    parser = argparse.ArgumentParser(prog="dev/demo", description=__doc__)
    port = {"type": int, "metavar": "PORT"}
    parser.add_argument("--port", default=8069, help="of Odoo [8069]", **port)
    text = "of the sandbox; the next one is its TLS port [8365]"
    parser.add_argument("--sandbox-port", default=8365, help=text, **port)
    text = "forget what earlier demos left"
    parser.add_argument("--fresh", action="store_true", help=text)
    return parser.parse_args(arguments)


def _serve(process, options, stack):
    """Start both servers, say where they are, watch them."""
    folder = process.places.demo
    if options.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    plain = f"http://localhost:{options.sandbox_port}"
    secure = f"https://localhost:{options.sandbox_port + 1}"
    odoo = f"http://localhost:{options.port}"
    addresses = {"odoo": odoo, "authority": secure, "graph_url": f"{secure}/v1.0"}
    step("Sandbox: starting")
    sandbox = stack.enter_context(_sandbox(process, options, folder))
    sandbox.wait_for(plain, 30)
    DemoDatabase(process, folder).prepare(addresses)
    step("Odoo: starting")
    server = stack.enter_context(_odoo(process, options, folder))
    server.wait_for(f"{odoo}/web/login", 120)
    _welcome(odoo, plain, folder)
    while server.is_alive() and sandbox.is_alive():
        time.sleep(0.5)
    ended = server if sandbox.is_alive() else sandbox
    raise Missing(f"{ended.name} ended by itself, see {ended.log}")


def _sandbox(process, options, folder):
    """Return the sandbox as a service; its mailboxes live on in a file."""
    ports = ["--port", options.sandbox_port, "--https-port", options.sandbox_port + 1]
    files = ["--data", folder / "sandbox.json", "--ca", folder / "ca.pem"]
    files += ["--seed", seed_for(options.port, folder)]
    command = [process.places.python, "-m", "sandbox", *ports, *files]
    variables = child_environment(process.places)
    log = folder / "sandbox.log"
    return service("The sandbox", command, log, cwd=ROOT, env=variables)


def _odoo(process, options, folder):
    """Return Odoo as a service that trusts the sandbox's certificates."""
    asked = os.environ.get("REQUESTS_CA_BUNDLE")
    where = [process.places.python, "-c", "import certifi; print(certifi.where())"]
    known = Path(asked or run(where, "Finding certifi").strip())
    bundle = folder / "trusted.pem"
    bundle.write_text(known.read_text() + (folder / "ca.pem").read_text())
    configuration = process.configuration(db_name=DATABASE, dbfilter=f"^{DATABASE}$")
    command = process.command(
        "server",
        f"--http-port={options.port}",
        f"--max-cron-threads={CRON_THREADS}",
        configuration=configuration,
    )
    log = folder / "odoo.log"
    trust = {"REQUESTS_CA_BUNDLE": str(bundle)}
    return service("Odoo", command, log, cwd=process.places.cache, env=trust)


def _welcome(odoo, sandbox, folder):
    """Print the addresses and the logins."""
    print(f"\nOdoo      {odoo}/odoo/calendar")
    for login, name, _zone in PEOPLE:
        print(f"          {name}: login {login}, password {login}")
    print("          administrator: login admin, password admin")
    print(f"Outlook   {sandbox}  (mailboxes, mails, control)")
    for login, _name, _zone in PEOPLE:
        print(f"          {login}@{DOMAIN}, password {login}-Sandbox1")
    print(f"Logs      {folder}")
    print("\nSign in to Odoo, click Outlook in the calendar. Ctrl-C stops it all.")
