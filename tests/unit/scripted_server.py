# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A server that answers what a test wrote down: for answers no sandbox would give.

    server = ScriptedServer()
    server.reply("GET", "/v1.0/me", Reply(502, "<html>"))
    ... server.url, server.seen ...
    server.close()

Real sockets, with TLS when asked. Replies of a path are given one after the other, the
last one again and again; a path without replies is 404 with the code NotScripted.
"""

import json
import logging
import socket
import ssl
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import trustme
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response


@dataclass
class Reply:
    """One answer.

    :ivar body: bytes and text as they are, anything else as JSON
    :ivar fault: ``truncated`` promises more bytes than it sends, ``lost`` cuts the
        connection when the request has arrived
    :ivar delay: seconds to wait before
    """

    status: int = 200
    body: object = b""
    headers: dict = field(default_factory=dict)
    fault: str = ""
    delay: float = 0.0

    def response(self):
        body, kind = self.body, "text/html"
        if not isinstance(body, bytes | str):
            body, kind = json.dumps(body), "application/json"
        response = Response(body, self.status, content_type=kind)
        response.headers.extend(self.headers)
        if self.fault == "truncated":
            response.automatically_set_content_length = False
            response.headers["Content-Length"] = str(len(response.get_data()) + 100)
        return response


@dataclass
class Seen:
    """One request that came in; ``url`` is the path with its query, not decoded."""

    method: str
    url: str
    headers: dict
    body: bytes

    @property
    def path(self):
        return self.url.split("?")[0]

    @property
    def query(self):
        return {name: v[0] for name, v in parse_qs(urlsplit(self.url).query).items()}

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def form(self):
        return {name: v[0] for name, v in parse_qs(self.body.decode()).items()}


class ScriptedServer:
    def __init__(self, *, https=False):
        self.seen = []
        self._replies = defaultdict(list)
        context = _server_context() if https else None
        self._server = make_server(
            "127.0.0.1",
            0,
            self._answer,
            threaded=True,
            request_handler=_Quiet,
            ssl_context=context,
        )
        self._server.daemon_threads = True
        scheme = "https" if https else "http"
        self.url = f"{scheme}://localhost:{self._server.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.02},
            daemon=True,
        )
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def clear(self):
        self.seen.clear()
        self._replies.clear()

    def reply(self, method, path, *replies):
        """Add answers, ``Reply`` or simply the JSON of a 200."""
        self._replies[method, path] += [
            reply if isinstance(reply, Reply) else Reply(body=reply)
            for reply in replies
        ]

    def _answer(self, environ, start_response):
        request = Request(environ)
        raw = environ["RAW_URI"]
        seen = Seen(request.method, raw, dict(request.headers), request.get_data())
        self.seen.append(seen)
        reply = self._next(seen.method, seen.path)
        time.sleep(reply.delay)
        if reply.fault == "lost":
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return reply.response()(environ, start_response)

    def _next(self, method, path):
        replies = self._replies[method, path]
        if not replies:
            return Reply(404, {"error": {"code": "NotScripted", "message": path}})
        return replies.pop(0) if len(replies) > 1 else replies[0]


class _Quiet(WSGIRequestHandler):
    disable_nagle_algorithm = True  # or every answer takes 40 ms

    def send_response(self, code, message=None):
        self.send_response_only(code, message)  # without a Date beside the scripted one

    def log(self, type, message, *args):
        logging.getLogger(__name__).debug(message, *args)


@lru_cache(maxsize=1)
def _authority():
    return trustme.CA()


def _server_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _authority().issue_cert("localhost").configure_cert(context)
    return context


@lru_cache(maxsize=1)
def ca_bundle():
    """Return the path of the CA certificate that the servers' certificates hang on."""
    path = Path(tempfile.mkdtemp(prefix="outlook-calendar-ca-")) / "ca.pem"
    _authority().cert_pem.write_to_path(path)
    return str(path)


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
