# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The refusal of a Graph request, as Graph words it.

Source: Microsoft Graph error responses and resource types ("errors" page).
"""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from werkzeug.wrappers import Response

JSON_TYPE = (
    "application/json;odata.metadata=minimal;odata.streaming=true;"
    "IEEE754Compatible=false;charset=utf-8"
)


class GraphProblem(Exception):
    """Raised by whatever handles a Graph request; becomes the error answer.

    :param status: HTTP status
    :param code: ``error.code``, for example ``ErrorItemNotFound``
    :param message: ``error.message``
    :param headers: further headers of the answer, such as ``Retry-After``
    :param extra: further members beside code and message, such as
        ``{"@event.existingEventId": "AAMk..."}``
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})

    def body(
        self, request_id: str, client_request_id: str, moment: datetime
    ) -> dict[str, Any]:
        """Return the error envelope; the date in it has no zone suffix."""
        inner = {
            "date": moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S"),
            "request-id": request_id,
            "client-request-id": client_request_id,
        }
        error = {"code": self.code, "message": self.message, **self.extra}
        return {"error": {**error, "innerError": inner}}

    def response(
        self,
        request_id: str = "",
        client_request_id: str = "",
        moment: datetime | None = None,
    ) -> Response:
        """Return the HTTP answer; ids and moment are made up when not given."""
        request_id = request_id or str(uuid.uuid4())
        moment = moment or datetime.now(timezone.utc)
        body = self.body(request_id, client_request_id or request_id, moment)
        return Response(
            json.dumps(body),
            status=self.status,
            headers=self.headers,
            content_type=JSON_TYPE,
        )
