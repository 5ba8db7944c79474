# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What an answer of Graph means: a JSON object, or one of the errors.

Only this module turns status codes into errors. It branches on the status and on
``error.code``, never on ``message``, which is for humans and may name people (Graph
documentation, "Microsoft Graph error responses").
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ..core.errors import (
    BadAnswer,
    Conflict,
    ConsentRevoked,
    CursorExpired,
    GraphError,
    MailboxGone,
    NotFound,
    Refused,
    TransientError,
)
from ..core.retry import parse_http_date, parse_retry_after

# Compared in lower case. Seen as 410, 400 and 404.
_DEAD_CURSOR = {
    "syncstatenotfound",
    "syncstateinvalid",
    "resyncrequired",
    "fullsyncrequired",
    "errorinvalidsyncstatedata",
}
# All 404. An item that is gone has the code ErrorItemNotFound.
_NO_MAILBOX = {
    "mailboxnotenabledforrestapi",
    "errornonexistentmailbox",
    "errorinvaliduser",
    "resourcenotfound",
}
_CLASHES = {"errorirresolvableconflict", "preconditionfailed"}
_REUSED = "errorduplicatetransactionid"
_BAD_TOKEN = "invalidauthenticationtoken"
_MAILBOX_FULL = 507
_LONGEST = 512  # ids reach 200 characters; what is longer is no code and no id
_BY_STATUS: dict[int, type[GraphError]] = {
    404: NotFound,
    408: TransientError,
    409: Conflict,
    410: CursorExpired,
    412: Conflict,
    429: TransientError,
    _MAILBOX_FULL: Refused,
}


def parse_object(body: bytes, status: int, request_id: str = "") -> dict[str, Any]:
    """Return the JSON object of a success.

    :raise BadAnswer: it is not JSON, or not an object
    """
    value = _json(body)
    if not isinstance(value, dict):
        raise BadAnswer(
            "answer is no JSON object", status=status, request_id=request_id
        )
    return value


def error_from(
    status: int, headers: Mapping[str, str], body: bytes, now: datetime
) -> GraphError:
    """Return the error that a refusal stands for; a body that is not JSON will do.

    :param headers: of the response, names in any case
    :param now: aware; a ``Retry-After`` may be a date, which counts from the answer's
        own ``Date`` where it has one
    """
    found = _json(body)
    error = found.get("error") if isinstance(found, dict) else None
    error = error if isinstance(error, dict) else {}
    code = _text(error.get("code"))
    details: dict[str, Any] = {
        "status": status,
        "code": code,
        "request_id": headers.get("request-id") or _inner_request_id(error),
    }
    kind = _kind(status, code.lower())
    if kind is TransientError:
        sent = parse_http_date(headers.get("Date")) or now  # our clock may be wrong
        wait = parse_retry_after(headers.get("Retry-After"), sent)
        return TransientError(_message(details), retry_after=wait, **details)
    if code.lower() == _REUSED:
        details["existing_id"] = _text(error.get("@event.existingEventId"))
    return kind(_message(details), **details)


def _kind(status: int, code: str) -> type[GraphError]:
    """Return the class of a refusal, by what is surest: code, status, hundred."""
    if status < 400:
        return BadAnswer  # a redirect that must not be followed
    if status < 500 and code in _DEAD_CURSOR:
        return CursorExpired
    if code == _REUSED:
        return Refused
    if status == 404 and code in _NO_MAILBOX:
        return MailboxGone
    if status == 401:
        # With another code it is Exchange that refuses; a new sign-in is no help.
        return ConsentRevoked if code == _BAD_TOKEN else Refused
    if status < 500 and code in _CLASHES:
        return Conflict
    return _BY_STATUS.get(status, Refused if status < 500 else TransientError)


def needs_new_token(error: GraphError) -> bool:
    """Whether asking again with a fresh token may help.

    ``UnknownError`` with 401 comes from Exchange: no licence, wrong audience.
    """
    return error.status == 401 and error.code.lower() != "unknownerror"


def _message(details: Mapping[str, Any]) -> str:
    return " ".join(str(part) for part in (details["status"], details["code"]) if part)


def _inner_request_id(error: Mapping[str, Any]) -> str:
    inner = error.get("innerError") or error.get("innererror")
    return _text(inner.get("request-id")) if isinstance(inner, dict) else ""


def _text(value: object) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _json(body: bytes) -> Any:
    """Return the parsed body, None when it is no JSON."""
    try:
        return json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> Callable[[], None]:
    raise ValueError(constant)  # NaN and Infinity are no JSON
