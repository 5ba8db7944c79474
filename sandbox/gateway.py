# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What every Graph and token request passes: faults, limits, ids and the log."""

import json
import socket
import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from .directory import Person
from .faults import ANSWERING, SLOWING, SPOILING, Fault
from .problem import GraphProblem
from .tokens import Session

if TYPE_CHECKING:
    from .app import Sandbox

Handler = Callable[[Request], Response]

_LOGGED = 20_000  # requests kept; a long demo must not eat the memory
_CLAIMS = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ=="


@dataclass(frozen=True)
class Logged:
    """One request as the log keeps it.

    :ivar path: with the query
    :ivar person: username of whose token it was, "" when unknown
    :ivar status: of the answer; 0 when the answer was lost
    :ivar fault: kind of the fault that struck, "" for none
    """

    moment: datetime
    method: str
    path: str
    person: str
    app_id: str
    status: int
    fault: str
    request_id: str

    def dump(self) -> dict[str, Any]:
        """Return the entry as JSON values."""
        return {**asdict(self), "moment": self.moment.isoformat()}


class Gateway:
    """Stands before the Graph and the token endpoint."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox

    def graph(self, request: Request, handler: Handler) -> Response:
        """Answer a Graph request, refusals in Graph's envelope."""
        session = self.sandbox.tokens.peek(request.headers.get("Authorization", ""))
        limit: AbstractContextManager[None] = nullcontext()
        if session:
            mailbox = session.person.id if session.person else request.path
            limit = self.sandbox.throttle.enter(session.app_id, mailbox)
        ids = _ids(request)

        def guarded(asked: Request) -> Response:
            try:
                with limit:
                    return self._troubled(asked, session, handler)
            except GraphProblem as problem:
                return problem.response(*ids, self.sandbox.clock.now())

        response = self._pass(request, session, ids[0], guarded)
        response.headers["request-id"] = ids[0]
        response.headers["client-request-id"] = ids[1]
        response.headers["x-ms-ags-diagnostic"] = json.dumps(
            {"ServerInfo": {"DataCenter": "Sandbox", "Slice": "E", "Ring": "1"}}
        )
        return response

    def token(
        self, request: Request, person: Person | None, handler: Handler
    ) -> Response:
        """Answer a token request of ``person``; the handler words its refusals."""
        session = Session(person, request.form.get("client_id", ""), frozenset())

        def troubled(asked: Request) -> Response:
            return self._troubled(asked, session, handler)

        return self._pass(request, session, str(uuid.uuid4()), troubled)

    def _pass(
        self,
        request: Request,
        session: Session | None,
        request_id: str,
        handler: Handler,
    ) -> Response:
        """Have the request answered and write it into the log."""
        response = handler(request)
        person = session.person if session else None
        fault = self.sandbox.faults.strike(SPOILING, *_address(request), person)
        kind = fault.kind if fault else request.environ.get("sandbox.fault", "")
        lost = kind in ("lost_answer", "lost_request")
        logged = Logged(
            self.sandbox.clock.now(),
            *_address(request),
            person.username if person else "",
            session.app_id if session else "",
            0 if lost else response.status_code,
            kind,
            request_id,
        )
        log = self.sandbox.requests
        log.append(logged)
        del log[: len(log) - _LOGGED]
        if lost:
            drop(request)
        elif fault:
            time.sleep(fault.delay)
        return response

    def _troubled(
        self, request: Request, session: Session | None, handler: Handler
    ) -> Response:
        """Let the faults strike that slow the request or answer in its place."""
        faults, person = self.sandbox.faults, session.person if session else None
        slow = faults.strike(SLOWING, *_address(request), person)
        if slow:
            request.environ["sandbox.fault"] = slow.kind
            time.sleep(slow.delay)
        fault = faults.strike(ANSWERING, *_address(request), person)
        if fault:
            request.environ["sandbox.fault"] = fault.kind
            return answer_of(fault, request, self.sandbox.clock.now())
        with self.sandbox.lock:
            return handler(request)


def _address(request: Request) -> tuple[str, str]:
    """Return method and path with query, as faults and the log know a request."""
    return request.method, request.full_path.rstrip("?")


def _ids(request: Request) -> tuple[str, str]:
    request_id = str(uuid.uuid4())
    return request_id, request.headers.get("client-request-id") or request_id


def drop(request: Request) -> None:
    """Close the connection of a request that is to get no answer.

    :raise ConnectionError: the request did not come through a socket
    """
    connection = request.environ.get("werkzeug.socket")
    if connection is None:
        raise ConnectionError("the answer was lost")
    connection.shutdown(socket.SHUT_RDWR)


def answer_of(fault: Fault, request: Request, now: datetime) -> Response:
    """Return the answer that ``fault`` gives in place of the work."""
    headers = {}
    if fault.retry_after:
        headers["Retry-After"] = _retry_after(fault.retry_after, now)
    if fault.kind == "html":
        page = f"<html><body><h1>{fault.status} Bad Gateway</h1></body></html>"
        return Response(fault.body or page, fault.status, headers, mimetype="text/html")
    if fault.kind in ("empty", "lost_request"):
        return Response("", fault.status, headers)
    if fault.kind == "claims_challenge":
        raise _claims_challenge()
    if fault.body:
        return Response(fault.body, fault.status, headers, mimetype="application/json")
    if not request.path.startswith("/v1.0"):
        body = {
            "error": fault.code or "temporarily_unavailable",
            "error_description": fault.message or "The server is busy.",
        }
        return Response(
            json.dumps(body), fault.status, headers, mimetype="application/json"
        )
    code, message = _WORDS.get(fault.status, ("UnknownError", ""))
    raise GraphProblem(
        fault.status, fault.code or code, fault.message or message, headers
    )


_WORDS = {
    401: ("InvalidAuthenticationToken", "Access token validation failure."),
    403: ("ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    404: ("ErrorItemNotFound", "The specified object was not found in the store."),
    409: (
        "ErrorIrresolvableConflict",
        "The send or update operation could not be performed because the change key "
        "passed in the request does not match the current change key for the item.",
    ),
    410: (
        "SyncStateNotFound",
        "The sync state generation is not found; "
        "generation=25;[highest=28][28][26][27].",
    ),
    429: (
        "ApplicationThrottled",
        "Application is over its MailboxConcurrency limit.",
    ),
    500: ("ErrorInternalServerError", "An internal server error occurred."),
    503: ("ErrorServerBusy", "The server cannot service this request right now."),
    504: ("ErrorTimeoutExpired", "The request timed out."),
}


def _retry_after(value: str, now: datetime) -> str:
    """Return the header; ``date:30`` is the HTTP date in 30 seconds."""
    if value.startswith("date:"):
        later = now + timedelta(seconds=float(value[5:]))
        return format_datetime(later, usegmt=True)
    return value


def _claims_challenge() -> GraphProblem:
    """Return the refusal of continuous access evaluation."""
    challenge = f'Bearer realm="", error="insufficient_claims", claims="{_CLAIMS}"'
    return GraphProblem(
        401,
        "InvalidAuthenticationToken",
        "Continuous access evaluation resulted in challenge with result: "
        "InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
        {"WWW-Authenticate": challenge},
    )
