# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A refusal of the identity platform, as the token endpoint words it.

Source: Microsoft identity platform and OAuth 2.0 authorization code flow, "Error
response example".
"""

import json
import uuid
from datetime import datetime, timezone
from typing import Any

from werkzeug.wrappers import Response

from .aadsts import CATALOGUE, CLAIMS


class IdentityProblem(Exception):
    """Why the identity platform refuses.

    :param number: the AADSTS number, one of the catalogue
    :param words: what fills the fields of its text
    :ivar error: the OAuth error, ``invalid_grant`` and so on
    """

    def __init__(self, number: int, error: str = "", **words: Any) -> None:
        known = CATALOGUE.get(number, ("invalid_grant", "", "The request was refused."))
        self.number = number
        self.error = error or known[0]
        self.suberror = known[1]
        self.text = f"AADSTS{number}: " + known[2].format_map(_Words(words))
        self.claims = CLAIMS.get(number, "")
        self.trace_id = str(uuid.uuid4())
        self.correlation_id = str(uuid.uuid4())
        super().__init__(self.text)

    def description(self, now: datetime) -> str:
        """Return the text with the lines that support asks for."""
        return (
            f"{self.text}\r\nTrace ID: {self.trace_id}\r\n"
            f"Correlation ID: {self.correlation_id}\r\nTimestamp: {_stamp(now)}"
        )

    def body(self, now: datetime, origin: str) -> dict[str, Any]:
        """Return the error answer of the token endpoint at ``origin``."""
        body = {
            "error": self.error,
            "error_description": self.description(now),
            "error_codes": [self.number],
            "timestamp": _stamp(now),
            "trace_id": self.trace_id,
            "correlation_id": self.correlation_id,
            "error_uri": f"{origin}/error?code={self.number}",
        }
        optional = {"suberror": self.suberror, "claims": self.claims}
        return {**body, **{name: value for name, value in optional.items() if value}}

    def response(self, now: datetime, origin: str) -> Response:
        """Return the HTTP answer of the token endpoint."""
        status = {"invalid_client": 401, "temporarily_unavailable": 503}
        return Response(
            json.dumps(self.body(now, origin)),
            status.get(self.error, 400),
            {"Cache-Control": "no-store, no-cache", "Pragma": "no-cache"},
            content_type="application/json; charset=utf-8",
        )


class _Words(dict[str, Any]):
    """Words of a text; one that the raiser does not know stays empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _stamp(now: datetime) -> str:
    return now.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M:%SZ")
