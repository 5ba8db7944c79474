# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The one kind of HTTP session that speaks to Microsoft, and how bodies are read.

Every request has a time limit, no cookie is kept, a redirect is followed only by a
read and only to the same origin, and a body has a largest size. Failed connections
are tried again here; refusals are not: callers see them as errors of ``core.errors``
and decide with the waiting time that Microsoft asked for.
"""

from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, MaxRetryError
from urllib3.util import Retry, parse_url

from ..core.errors import BadAnswer, GraphError, Refused, TransientError

MAX_BODY = 20 * 1024 * 1024  # bytes, decoded; a page of 200 events needs some 5 MB
_CHUNK = 64 * 1024
_READS = frozenset({"GET", "HEAD"})
_DEFAULT_PORTS = {"http": 80, "https": 443}

# Nobody knows whether a POST or PATCH whose answer got lost was carried out: only its
# sender can find out. A second DELETE says 404, which its sender takes for done.
_RETRIES = Retry(
    total=2,
    connect=2,
    read=1,
    status=0,
    other=0,
    redirect=0,
    allowed_methods=_READS | {"DELETE"},
    backoff_factor=0.1,
    respect_retry_after_header=False,
)


def origin(url: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port of an absolute URL, None when it is none.

    Parsed with urllib3, which also opens the connection: two parsers that disagree
    about a crafted URL would send the token to a foreign host. For the same reason
    user information before the host is no origin of ours.
    """
    try:
        parts = parse_url(url)
    except (HTTPError, ValueError):
        return None
    if not parts.host or parts.scheme not in _DEFAULT_PORTS or parts.auth:
        return None
    return parts.scheme, parts.host.lower(), parts.port or _DEFAULT_PORTS[parts.scheme]


class _Adapter(HTTPAdapter):
    """Sends with a default time limit, and again when the connection failed.

    The policy is urllib3's, the loop is not: urllib3 logs the whole URL of a request
    that it repeats as a warning, and a delta link holds a token.
    """

    def __init__(self, timeout: float) -> None:
        super().__init__()
        self._timeout = timeout

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send as the base class does, ``timeout`` in seconds, by default ours."""
        limit, retries = timeout or self._timeout, _RETRIES
        while True:
            try:
                return super().send(request, stream, limit, verify, cert, proxies)
            except (requests.ConnectionError, requests.ReadTimeout) as error:
                retries = _next_try(retries, request.method, error)
            retries.sleep()


def _next_try(
    retries: Retry, method: str | None, error: requests.RequestException
) -> Retry:
    """Return what is left of the retries, or raise ``error`` when nothing is."""
    cause: Any = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError):
        cause = cause.reason
    try:
        return retries.increment(method, error=cause)
    except Exception:  # exhausted, or ``cause`` itself where it must not be repeated
        raise error from None


class _Session(requests.Session):
    """A session that stays on the host that it was sent to."""

    def __init__(self, timeout: float, verify: bool | str) -> None:
        super().__init__()
        self.verify = verify
        self.max_redirects = 5
        # One session serves several users: a cookie would tell one of another.
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for prefix in ("http://", "https://"):
            self.mount(prefix, _Adapter(timeout))

    def merge_environment_settings(
        self, url: Any, proxies: Any, stream: Any, verify: Any, cert: Any
    ) -> Any:
        """Prefer an explicit ``verify`` of ours to ``REQUESTS_CA_BUNDLE``."""
        if verify is None and self.verify is not True:
            verify = self.verify
        return super().merge_environment_settings(url, proxies, stream, verify, cert)

    def get_redirect_target(self, resp: requests.Response) -> Any:
        """Return where to go on, None to take the redirect for the answer."""
        target = super().get_redirect_target(resp)
        if not target or resp.request.method not in _READS:
            return None
        there = origin(requests.compat.urljoin(resp.url, target))
        return target if there == origin(resp.url) else None


def new_session(
    *, timeout: float = 20.0, verify: bool | str = True
) -> requests.Session:
    """Return a session for ``GraphClient`` and ``Identity``; close it after use.

    :param timeout: seconds to connect, and between two pieces of an answer
    :param verify: whether to check certificates, or the path of the CA bundle to trust
    """
    return _Session(timeout, verify)


def failure(error: OSError) -> GraphError:
    """Return our error for a request that got no whole answer.

    The text of ``error`` is left out: it holds the URL.

    :param error: of ``requests``, or a plain one: the CA bundle cannot be read
    """
    kind = type(error).__name__
    if isinstance(error, requests.TooManyRedirects):
        return BadAnswer(f"endless redirects: {kind}", code=kind)
    if isinstance(error, ValueError):  # a URL or header that cannot be sent
        return Refused(f"not sent: {kind}", code=kind)
    return TransientError(f"no answer: {kind}", code=kind)


def read_body(response: requests.Response, limit: int = MAX_BODY) -> bytes:
    """Return the decoded body of a streamed response.

    :raise BadAnswer: more than ``limit`` bytes; the rest is not read
    :raise requests.RequestException: the connection broke in between
    """
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > limit:
            raise BadAnswer(f"answer over {limit} bytes", status=response.status_code)
    return bytes(body)
