# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Serves a sandbox on two loopback ports, plain and TLS, from threads of this process.

running = start()
session.verify = running.ca_file
...
running.stop()
"""

import socket
import ssl
import tempfile
import threading
from pathlib import Path
from typing import Any

import trustme
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from .app import Sandbox

HOST = "127.0.0.1"
_POLL = 0.05  # seconds until a stopped server notices


class PortTaken(Exception):
    """Another program listens on the port; the text is a sentence for people."""


class _Quiet(WSGIRequestHandler):
    """Writes no line per request, and sends an answer's parts without delay."""

    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *args: Any) -> None:
        """Drop the line: it would hold codes, delta links and addresses."""


class RunningSandbox:
    """A sandbox that is being served.

    :ivar http_url: ``http://localhost:PORT``
    :ivar https_url: ``https://localhost:PORT``
    :ivar ca_file: path of the PEM file with the certificate authority to trust
    """

    def __init__(
        self, sandbox: Sandbox, http_port: int, https_port: int, ca_file: Path | None
    ) -> None:
        self.sandbox = sandbox
        self._folder = tempfile.TemporaryDirectory(prefix="sandbox-")
        ca = trustme.CA(organization_name="Microsoft 365 sandbox")
        path = ca_file or Path(self._folder.name) / "ca.pem"
        ca.cert_pem.write_to_path(str(path))
        self.ca_file = str(path)
        self._servers: list[BaseWSGIServer] = []
        try:
            self._serve(http_port, None)
            self._serve(https_port, _context(ca))
        except PortTaken:
            self.stop()
            raise
        plain, secure = self._servers
        self.sandbox.http_port = plain.port
        self.http_url = f"http://localhost:{plain.port}"
        self.https_url = f"https://localhost:{secure.port}"

    def stop(self) -> None:
        """Close both ports and remove the temporary certificate."""
        for server in self._servers:
            server.shutdown()
            server.server_close()
        self._servers.clear()
        self._folder.cleanup()

    def _serve(self, port: int, context: ssl.SSLContext | None) -> None:
        with _listen(port) as listening:
            server = make_server(
                HOST,
                port,
                self.sandbox.wsgi_app,
                threaded=True,
                request_handler=_Quiet,
                ssl_context=context,
                fd=listening.fileno(),
            )
        if isinstance(server.socket, ssl.SSLSocket):
            # A client that connects and says nothing must not block the others: the
            # handshake takes place in the thread of its own connection.
            server.socket.do_handshake_on_connect = False
        name = f"sandbox-{server.port}"
        threading.Thread(
            target=server.serve_forever, args=(_POLL,), name=name, daemon=True
        ).start()
        self._servers.append(server)


def _listen(port: int) -> socket.socket:
    """Return a listening socket.

    :raise PortTaken: somebody else listens there
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise PortTaken(
            f"Port {port} on {HOST} cannot be used: {error.strerror}. Stop the program "
            "that listens there or choose another port."
        ) from error
    return listening


def _context(ca: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost", HOST).configure_cert(context)
    return context


def start(
    seed: dict[str, Any] | None = None,
    http_port: int = 0,
    https_port: int = 0,
    ca_file: Path | None = None,
) -> RunningSandbox:
    """Start a sandbox; port 0 is any free one.

    :param seed: see :mod:`.seeds`; None is the team of Contoso
    :param ca_file: where to write the certificate authority, a temporary file if None
    :raise PortTaken: a port is in use
    :raise SeedError: the seed cannot be used
    """
    return RunningSandbox(Sandbox(seed), http_port, https_port, ca_file)
