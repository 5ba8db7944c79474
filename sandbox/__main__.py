# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Start the sandbox from a shell: ``python -m sandbox --port 8365``."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from .seeds import SeedError, read_seed
from .server import PortTaken, RunningSandbox, start
from .storage import DataFile


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="A local Microsoft 365."
    )
    parser.add_argument(
        "--port", type=int, default=8365, help="plain HTTP [%(default)s]"
    )
    parser.add_argument("--https-port", type=int, default=8366, help="[%(default)s]")
    parser.add_argument("--seed", type=Path, help="JSON file to start with")
    parser.add_argument("--data", type=Path, help="JSON file that keeps everything")
    parser.add_argument("--ca", type=Path, help="where to write the PEM file to trust")
    return parser.parse_args()


def _print(running: RunningSandbox) -> None:
    print(f"Mailboxes and mails  {running.http_url}/")
    print(f"Graph                {running.http_url}/v1.0")
    print(f"                     {running.https_url}/v1.0")
    print(f"Sign-in              {running.https_url}/common/v2.0")
    print(f"Control              {running.http_url}/control")
    print(f"CA to trust          {running.ca_file}")
    for app in running.sandbox.directory.apps.values():
        print(f"App                  {app.name}, client id {app.client_id}")
    print("Stop with Ctrl-C.", flush=True)


def main() -> int:
    """Serve until a signal comes; return the exit code."""
    arguments = _arguments()
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        seed = read_seed(arguments.seed)
        running = start(seed, arguments.port, arguments.https_port, arguments.ca)
        if arguments.data:
            DataFile(running.sandbox, arguments.data).start()
    except (SeedError, PortTaken, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    _print(running)
    stopped.wait()
    running.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
