# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the identity platform answers, and what its refusals mean.

``Transport`` is the ``http_client`` that MSAL is given. It lets nothing through that
MSAL would trip over or write into the log (MSAL logs a token answer that is not JSON
as an error, with its tokens), and turns trouble into our errors.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

import requests

from ..core.errors import (
    AppRefused,
    BadAnswer,
    ConsentRevoked,
    GraphError,
    Refused,
    TransientError,
)
from ..core.retry import parse_http_date, parse_retry_after
from .session import failure, read_body

_LARGEST = 1024 * 1024  # bytes; a token answer has some 5 kB
_NEVER = datetime.max.replace(tzinfo=timezone.utc)  # then a date asks for no wait
_CODE = re.compile(r"[a-z_]{1,64}")
_AADSTS = re.compile(r"AADSTS(\d{4,8})")
_TRACE = re.compile(r"[0-9a-fA-F-]{36}")

# Microsoft asks to act on ``error`` and not on AADSTS numbers ("Microsoft identity
# platform and OAuth 2.0 authorization code flow").
_BY_ERROR: dict[str, type[GraphError]] = {
    "invalid_grant": ConsentRevoked,
    "interaction_required": ConsentRevoked,
    "consent_required": ConsentRevoked,
    "login_required": ConsentRevoked,
    "invalid_client": AppRefused,
    "unauthorized_client": AppRefused,
    "temporarily_unavailable": TransientError,
    "server_error": TransientError,
}
# At the authorize page the user decides: no is an answer there, not a lost consent.
_SAID_NO = {"login_required", "interaction_required", "consent_required"}
_DISCOVERED = ("issuer", "authorization_endpoint", "token_endpoint")


class Halted(requests.RequestException):
    """Carries one of our errors through MSAL.

    MSAL lets the exceptions of ``requests`` pass, and falls back to a token that is
    still good when it meets one.
    """

    def __init__(self, error: GraphError) -> None:
        super().__init__(str(error))
        self.error = error


class Answer:
    """The part of a response that MSAL reads."""

    def __init__(self, status_code: int, headers: Mapping[str, str], text: str) -> None:
        self.status_code = status_code
        self.headers = headers
        self.text = text

    def raise_for_status(self) -> None:
        """Do nothing: what MSAL would raise for is raised before."""


class Transport:
    """Sends for MSAL through a session of ours."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def get(self, url: str, **options: Any) -> Answer:
        """Return an OpenID configuration; MSAL gets nothing else.

        :raise Halted: no answer, no such tenant, or a configuration without the
            members that are needed
        """
        answer = self.send("GET", url, **options)
        if answer.status_code != 200:
            raise Halted(_unknown_tenant(answer))
        found = parse(answer)
        if not all(isinstance(found.get(name), str) for name in _DISCOVERED):
            raise Halted(BadAnswer("incomplete OpenID configuration", status=200))
        if not found["token_endpoint"].startswith("https://"):
            raise Halted(BadAnswer("token endpoint without https", status=200))
        return answer

    def post(self, url: str, **options: Any) -> Answer:
        """Return what the token endpoint says: tokens, or a JSON object with ``error``.

        :raise Halted: no answer, or one that is neither
        """
        answer = self.send("POST", url, **options)
        found = parse(answer)
        wanted = "access_token" if answer.status_code == 200 else "error"
        if not isinstance(found.get(wanted), str):
            raise Halted(BadAnswer(f"no {wanted}", status=answer.status_code))
        return answer

    def close(self) -> None:
        """Do nothing: the session is its owner's."""

    def send(self, method: str, url: str, **options: Any) -> Answer:
        """Return whatever is answered; a redirect is not followed.

        :raise Halted: no answer, one that is too long, or an overload
        """
        options.update(stream=True, allow_redirects=False)
        try:
            with self._session.request(method, url, **options) as response:
                text = read_body(response, _LARGEST).decode("utf-8", "replace")
        except OSError as error:  # all of requests' are
            raise Halted(failure(error)) from None
        except GraphError as error:
            raise Halted(error) from None
        answer = Answer(response.status_code, response.headers, text)
        if answer.status_code == 429 or answer.status_code >= 500:
            raise Halted(_overload(answer))
        return answer


def parse(answer: Answer) -> dict[str, Any]:
    """Return the JSON object of an answer.

    :raise Halted: with BadAnswer: it is none
    """
    try:
        found = json.loads(answer.text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Halted(BadAnswer("answer is no JSON object", status=answer.status_code))
    return found


def error_from_token_answer(found: Mapping[str, Any]) -> GraphError:
    """Return our error for an error object of the token endpoint."""
    code = clean_code(found.get("error"))
    return _error(_BY_ERROR.get(code, Refused), code, found)


def error_from_redirect(answer: Mapping[str, Any]) -> GraphError:
    """Return our error for the query that came back from the authorize page."""
    code = clean_code(answer.get("error"))
    kind = Refused if code in _SAID_NO else _BY_ERROR.get(code, Refused)
    return _error(kind, code, answer)


def _error(kind: type[GraphError], code: str, found: Mapping[str, Any]) -> GraphError:
    trace = str(found.get("trace_id", ""))
    return kind(
        " ".join((code, *(f"AADSTS{number}" for number in sts_codes(found)))),
        code=code,
        request_id=trace if _TRACE.fullmatch(trace) else "",
    )


def clean_code(code: object) -> str:
    """Return an OAuth error code, ``unknown_error`` for what cannot be one.

    It may come from the address bar of a browser: anybody can have written it.
    """
    known = isinstance(code, str) and _CODE.fullmatch(code)
    return str(code) if known else "unknown_error"


def sts_codes(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the AADSTS numbers of an error object, such as ``("700082",)``.

    Of the description nothing else is kept: it names users and addresses.
    """
    return sts_codes_in(str(found.get("error_description", "")))


def sts_codes_in(text: str) -> tuple[str, ...]:
    """Return the AADSTS numbers that a text or a page names, each once."""
    return tuple(dict.fromkeys(_AADSTS.findall(text)))


def _unknown_tenant(answer: Answer) -> GraphError:
    if 400 <= answer.status_code < 500:
        return AppRefused(
            "no such tenant", status=answer.status_code, code="tenant_unknown"
        )
    return BadAnswer("no OpenID configuration", status=answer.status_code)


def _overload(answer: Answer) -> TransientError:
    """Return the error for an answer that asks for patience, with its length.

    A ``Retry-After`` that is a date counts from the answer's own ``Date``.
    """
    value, sent = answer.headers.get("Retry-After"), answer.headers.get("Date", "")
    now = parse_http_date(sent) or _NEVER
    return TransientError(
        f"identity platform: {answer.status_code}",
        retry_after=parse_retry_after(value, now),
        status=answer.status_code,
    )
