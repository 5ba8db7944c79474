# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The sandbox as a whole: its parts, and which of them answers a request.

The Graph side is brought in through two names:

* ``exchange.Exchange(clock, directory)``, made anew on :meth:`Sandbox.reset`, with
  ``load_seed(mailboxes)`` (the ``mailboxes`` member of a seed), ``dump()`` and
  ``load(data)`` (everything as JSON values, for the data file) and ``mails``;
* ``graph_app.graph_app(sandbox)``, which returns a function from a werkzeug
  ``Request`` below ``/v1.0`` to a ``Response`` and may raise ``GraphProblem``. It
  must take ``sandbox.exchange`` and its kin anew on every request, since a reset
  replaces them.

Requests are answered one at a time under ``sandbox.lock``; faults, delays, the
concurrency limit, request ids and the request log are dealt with in ``gateway``, so
that the Graph side has none of it, but for ``sandbox.faults.flag(name, person)``.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from .clock import Clock
from .control import control_app
from .directory import Directory
from .exchange import Exchange
from .faults import Faults
from .gateway import Gateway, Logged
from .grants import Grants
from .graph_app import graph_app
from .identity_app import identity_app
from .problem import GraphProblem
from .seeds import SeedError, plant, read_seed
from .signing import Signer
from .storage import dump_state, load_state
from .throttle import Throttle
from .tokens import Tokens
from .web import web_app


class Sandbox:
    """A local Microsoft 365: one clock, one directory, one Exchange.

    :param seed: see :mod:`.seeds`; None is the team of Contoso
    :ivar requests: every Graph and token request since the last reset
    :ivar http_port: of the plain listener, 0 while there is none; sign-in pages are
        offered there, since no browser trusts the sandbox's own certificates
    """

    def __init__(self, seed: dict[str, Any] | None = None) -> None:
        self.seed = read_seed() if seed is None else seed
        self.lock = threading.RLock()
        self.signer = Signer()
        self.http_port = 0
        self.on_change: Callable[[], None] = lambda: None
        self.gateway = Gateway(self)
        self.graph = graph_app(self)
        self.control = control_app(self)
        self.web = web_app(self)
        self.identity = identity_app(self)
        self.reset()

    def reset(self, seed: dict[str, Any] | None = None) -> None:
        """Start again from the seed, or from another one.

        :raise SeedError: the seed has a bad row; nothing has been changed then
        """
        seed = self.seed if seed is None else seed
        clock, directory = Clock(), Directory()
        plant(directory, seed)
        exchange = Exchange(clock, directory)
        try:
            exchange.load_seed(seed.get("mailboxes") or {})
        except (GraphProblem, KeyError, TypeError, ValueError) as error:
            raise SeedError(f"The seed has a bad mailbox: {error!r}.") from error
        with self.lock:
            self.seed, self.clock, self.directory = seed, clock, directory
            self.exchange = exchange
            self.faults = Faults()
            self.throttle = Throttle(clock)
            self.tokens = Tokens(clock, directory, self.signer)
            self.grants = Grants(clock, directory)
            self.requests: list[Logged] = []

    def dump(self) -> dict[str, Any]:
        """Return the state as JSON values, for the data file."""
        with self.lock:
            return dump_state(self)

    def load(self, data: dict[str, Any]) -> None:
        """Take over the state of an earlier run.

        :raise SeedError: it is not what :meth:`dump` returns
        """
        with self.lock:
            load_state(self, data)

    def answer(self, request: Request) -> Response:
        """Answer any request; also used for the items of a batch."""
        first = request.path.lstrip("/").partition("/")[0]
        if first == "v1.0":
            response = self.gateway.graph(request, self.graph)
        elif first in ("control", "", "mailbox"):
            response = self._own(request, first)
        else:
            response = self.identity(request)
        if request.method != "GET" or "/delta" in request.path:
            self.on_change()
        return response

    def _own(self, request: Request, first: str) -> Response:
        """Answer a request to the control interface or to the web page.

        Neither asks who is there, so other sites' pages are kept from writing.
        """
        origin = request.headers.get("Origin")
        if origin and urlsplit(origin).netloc != request.host:
            return Response("Refused: the request comes from another site.\n", 403)
        with self.lock:
            return self.control(request) if first == "control" else self.web(request)

    def wsgi_app(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer as a WSGI application."""
        return self.answer(Request(environ))(environ, start_response)
