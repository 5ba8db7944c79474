# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One request to Graph: the token and preferences go out, an object or an error comes.

    client = GraphClient(new_session(), "https://graph.microsoft.com/v1.0", token, now)
    client.request("GET", "/me/calendar")["id"]

The host that gets the token is the one of ``base_url``, whatever a link says.
"""

import json as json_format
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import requests
from requests.auth import AuthBase

from ..core.errors import BadAnswer, GraphError
from .answers import error_from, needs_new_token, parse_object
from .session import failure, new_session, origin, read_body

__all__ = ["GraphClient", "new_session"]

_logger = logging.getLogger(__name__)

# Nothing of this is remembered in a delta link: each request repeats it (Graph
# documentation, "Get incremental changes to events in a calendar view").
_PREFER = (
    'IdType="ImmutableId"',
    'outlook.timezone="UTC"',
    'outlook.body-content-type="html"',
)
_NO_BODY = (202, 204)
# The parts of a path that the log may show; all others are ids.
_WORDS = set(
    """
    v1.0 beta me users calendar calendars calendarView delta events instances
    accept decline tentativelyAccept cancel subscriptions attachments
    outlook masterCategories
    """.split()  # noqa: SIM905
)


class GraphClient:
    """Speaks to Graph for one signed-in user.

    :param session: of ``new_session``; the caller closes it
    :param base_url: root with version, such as ``https://graph.microsoft.com/v1.0``
    :param token: returns an access token that is valid now
    :param now: returns the aware present
    :param request_id: returns a new ``client-request-id`` each time
    :param refresh: returns a fresh access token after a 401; without it, ``token``
    """

    def __init__(
        self,
        session: requests.Session,
        base_url: str,
        token: Callable[[], str],
        now: Callable[[], datetime],
        *,
        request_id: Callable[[], str] | None = None,
        refresh: Callable[[], str] | None = None,
    ) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._now = now
        self._request_id = request_id
        self._refresh = refresh or token

    def request(
        self,
        method: str,
        url: str,
        *,
        json: object | None = None,
        params: Mapping[str, str] | None = None,
        prefer: Sequence[str] = (),
        etag: str = "",
    ) -> dict[str, Any]:
        """Send one request and return the object that Graph answers.

        :param url: relative to the root (``/me/calendar``), or a link that Graph gave
        :param json: what to send as body, None for none
        :param params: query to append to ``url``, not yet encoded
        :param prefer: preferences beside the usual three
        :param etag: sent as ``If-Match``
        :return: ``{}`` for 202 and 204
        :raise BadAnswer: a link to another host, or an answer that cannot be used
        :raise GraphError: the kind that fits the refusal, see ``core.errors``
        """
        target = self._absolute(url, params)
        headers = self._headers(prefer, etag, json is not None)
        body = None if json is None else json_format.dumps(json).encode()
        try:
            return self._send(method, target, headers, body, self._token())
        except GraphError as error:
            if not needs_new_token(error):
                raise
        return self._send(method, target, headers, body, self._refresh())

    def _absolute(self, url: str, params: Mapping[str, str] | None) -> str:
        if url.startswith("/"):
            url = self._base_url + url
        elif not (there := origin(url)) or there != origin(self._base_url):
            raise BadAnswer("link to a foreign host", code="foreign_link")
        if not params:
            return url
        # Graph reads a plus sign in OData expressions literally here and there.
        return f"{url}{'&' if '?' in url else '?'}{urlencode(params, quote_via=quote)}"

    def _headers(
        self, prefer: Sequence[str], etag: str, has_body: bool
    ) -> dict[str, str]:
        headers = {
            "Accept": "application/json",
            "Prefer": ", ".join((*_PREFER, *prefer)),
        }
        if etag:
            headers["If-Match"] = etag
        if has_body:
            headers["Content-Type"] = "application/json"
        if self._request_id:
            headers["client-request-id"] = self._request_id()
        return headers

    def _send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        token: str,
    ) -> dict[str, Any]:
        """Send once; every error of the transport becomes one of ours here."""
        auth = _Bearer(token)
        try:
            with self._session.request(
                method, url, headers=headers, data=body, auth=auth, stream=True
            ) as response:
                answer = read_body(response)
        except OSError as error:  # all of requests' are
            _logger.debug("%s %s: %s", method, _route(url), type(error).__name__)
            raise failure(error) from None
        _log(method, url, response)
        status = response.status_code
        if not 200 <= status < 300:
            raise error_from(status, response.headers, answer, self._now())
        if status in _NO_BODY:
            return {}
        return parse_object(answer, status, response.headers.get("request-id", ""))


class _Bearer(AuthBase):
    """Puts the token into a request; as ``auth`` it also keeps ``.netrc`` out."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _route(url: str) -> str:
    """Return the path of an absolute URL for the log: no ids, no query."""
    parts = url.partition("?")[0].split("/")[3:]
    return "/" + "/".join(part if part in _WORDS else "*" for part in parts)


def _log(method: str, url: str, response: requests.Response) -> None:
    """Write the one line of a request; never a body, a header or a query."""
    _logger.debug(
        "%s %s: %d in %d ms, %s",
        method,
        _route(url),
        response.status_code,
        response.elapsed.total_seconds() * 1000,
        response.headers.get("request-id", ""),
    )
