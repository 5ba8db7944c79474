# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The authorization request: read, checked, and answered at the redirect URI.

Source: Microsoft identity platform and OAuth 2.0 authorization code flow; RFC 6749,
4.1; RFC 7636; OAuth 2.0 Form Post Response Mode.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from .directory import AppRegistration
from .identity_problem import IdentityProblem
from .identity_scopes import parse_scopes
from .pages import page
from .realms import Realm

_PROMPTS = ("", "none", "login", "consent", "select_account")


@dataclass(frozen=True)
class AuthRequest:
    """An authorization request whose app and redirect URI are in order.

    :ivar values: the parameters as they came
    """

    realm: Realm
    app: AppRegistration
    redirect_uri: str
    values: Mapping[str, str]
    own_host: str

    def get(self, name: str) -> str:
        """Return a parameter, "" when it did not come."""
        return self.values.get(name, "").strip()

    @property
    def response_types(self) -> set[str]:
        """The parts of ``response_type``."""
        return set(self.get("response_type").split())

    @property
    def response_mode(self) -> str:
        """How the answer travels: asked for, or the default of the response type."""
        asked = self.get("response_mode")
        if asked in ("query", "fragment", "form_post"):
            return asked
        return "fragment" if "id_token" in self.response_types else "query"

    def answer(self, **values: str) -> Response:
        """Send the browser back to the app with these values and the state."""
        if "state" in self.values:
            values["state"] = self.values["state"]
        if self.response_mode == "form_post":
            target = {"action": self.redirect_uri, "values": values}
            return page("form_post.html", **target)
        if self.response_mode == "fragment":
            mark = "#"
        else:
            mark = "&" if urlsplit(self.redirect_uri).query else "?"
        return redirect(self.redirect_uri + mark + urlencode(values, quote_via=quote))


class Declined(Exception):
    """A problem that the app is told of at its redirect URI."""

    def __init__(self, request: AuthRequest, problem: IdentityProblem) -> None:
        super().__init__(str(problem))
        self.request = request
        self.problem = problem


def read_request(realm: Realm, values: Mapping[str, str], own_host: str) -> AuthRequest:
    """Return the checked request.

    :raise IdentityProblem: the app or its redirect URI is wrong: a page, no redirect
    :raise Declined: anything else is wrong: the app hears of it
    """
    for name in ("client_id", "redirect_uri"):
        if not values.get(name):
            raise IdentityProblem(900144, what=name)
    app = realm.check_app(values["client_id"])
    uri = values["redirect_uri"]
    if not _registered(app, uri):
        raise IdentityProblem(50011, redirect_uri=uri, client_id=app.client_id)
    request = AuthRequest(realm, app, uri, values, own_host)
    try:
        _check(request)
    except IdentityProblem as problem:
        raise Declined(request, problem) from problem
    return request


def _registered(app: AppRegistration, uri: str) -> bool:
    """Return whether the URI is one of the app's.

    The match is exact, but for the port of a loopback address of a public client
    (RFC 8252, 7.3).
    """
    if uri in app.redirect_uris:
        return True
    return app.public and _portless(uri) in {_portless(e) for e in app.redirect_uris}


def _portless(uri: str) -> str:
    pattern = r"^(http://(?:localhost|127\.0\.0\.1|\[::1\])):\d+"
    return re.sub(pattern, r"\1", uri)


def _check(request: AuthRequest) -> None:
    """Check all but app and redirect URI.

    :raise IdentityProblem: the first thing that is wrong
    """
    for name in ("response_type", "scope"):
        if not request.get(name):
            raise IdentityProblem(900144, what=name)
    types = request.response_types
    if "code" not in types or types - {"code", "id_token"}:
        raise IdentityProblem(70005, what=request.get("response_type"))
    mode = request.get("response_mode")
    if mode not in ("", "query", "fragment", "form_post"):
        raise IdentityProblem(90023, what="The response_mode is not supported.")
    if "id_token" in types and mode == "query":
        raise IdentityProblem(90023, what="An id_token never travels in a query.")
    if "id_token" in types and not request.get("nonce"):
        raise IdentityProblem(900144, what="nonce")
    if request.get("prompt") not in _PROMPTS:
        raise IdentityProblem(90023, what="The prompt value is not supported.")
    _check_challenge(request)
    parse_scopes(request.get("scope"), request.own_host)


def _check_challenge(request: AuthRequest) -> None:
    challenge, method = request.get("code_challenge"), _method(request)
    if not challenge:
        if request.app.pkce_required:
            raise IdentityProblem(9002325)
        return
    if not 43 <= len(challenge) <= 128:
        raise IdentityProblem(50147)
    if method not in ("S256", "plain"):
        raise IdentityProblem(90023, what="The code_challenge_method is not supported.")


def _method(request: AuthRequest) -> str:
    return request.get("code_challenge_method") or "plain"


def session_state() -> str:
    """Return the opaque value that goes with every successful answer."""
    return str(uuid.uuid4())
