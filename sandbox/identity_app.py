# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The addresses of the identity platform, login.microsoftonline.com."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .aadsts import CATALOGUE
from .identity_problem import IdentityProblem
from .identity_request import Declined, read_request
from .identity_scopes import parse_scopes
from .identity_signin import COOKIE, SignIn
from .identity_tokens import TokenEndpoint
from .pages import page
from .realms import discovery, find_realm, instance_discovery, issuer

if TYPE_CHECKING:
    from .app import Sandbox

_ADDRESSES = Map(
    [
        Rule("/common/discovery/instance", endpoint="instance"),
        Rule("/<tenant>/v2.0/.well-known/openid-configuration", endpoint="discovery"),
        Rule("/<tenant>/discovery/v2.0/keys", endpoint="keys"),
        Rule("/<tenant>/oauth2/v2.0/authorize", endpoint="authorize"),
        Rule("/<tenant>/oauth2/v2.0/token", endpoint="token", methods=["POST"]),
        Rule("/<tenant>/oauth2/v2.0/logout", endpoint="logout"),
        Rule("/<tenant>/v2.0/adminconsent", endpoint="admin_consent"),
        Rule("/<tenant>/login", endpoint="login", methods=["POST"]),
        Rule("/<tenant>/pick", endpoint="pick", methods=["POST"]),
        Rule("/<tenant>/consent", endpoint="consent", methods=["POST"]),
        Rule(
            "/<tenant>/adminconsent/answer", endpoint="admin_answer", methods=["POST"]
        ),
        Rule("/error", endpoint="error"),
    ]
)
_LOCAL = ("localhost", "127.0.0.1")


def identity_app(sandbox: "Sandbox") -> Callable[[Request], Response]:
    """Return what answers requests to the identity platform."""
    return IdentityApp(sandbox).answer


class IdentityApp:
    """Routes requests and turns refusals into pages or redirects."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox
        self.sign_in = SignIn(sandbox)
        self.tokens = TokenEndpoint(sandbox)

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        try:
            endpoint, values = _ADDRESSES.bind_to_environ(request.environ).match()
        except HTTPException as error:
            return Response(error.get_body(), error.code, error.get_headers())
        if endpoint == "token":
            return self.tokens.answer(request, values["tenant"])
        with self.sandbox.lock:
            response = self._page(getattr(self, f"_{endpoint}"), request, values)
        cookie = request.environ.get(COOKIE)
        if cookie:
            response.set_cookie(COOKIE, cookie, httponly=True, samesite="Lax")
        return response

    def _page(
        self, handler: Callable[..., Response], request: Request, values: dict[str, Any]
    ) -> Response:
        now = self.sandbox.clock.now()
        try:
            return handler(request, **values)
        except Declined as declined:
            problem = declined.problem
            answer = {
                "error": problem.error,
                "error_description": problem.description(now),
            }
            if problem.number == 65004:
                answer["error_subcode"] = "cancel"
            return declined.request.answer(**answer)
        except IdentityProblem as problem:
            words = {"problem": problem, "text": problem.description(now)}
            return page("problem.html", 400, **words)

    def _instance(self, request: Request) -> Response:
        return _json(instance_discovery(_origin(request), request.host))

    def _discovery(self, request: Request, tenant: str) -> Response:
        try:
            realm = find_realm(self.sandbox.directory, tenant)
        except IdentityProblem as problem:
            return problem.response(self.sandbox.clock.now(), _origin(request))
        origin, pages = _origin(request), self._sign_in_origin(request)
        return _json(discovery(realm, origin, pages))

    def _sign_in_origin(self, request: Request) -> str:
        """Return where browsers sign in: the plain listener, if there is one.

        A browser does not know the sandbox's certificate authority and would warn.
        """
        host = urlsplit(request.host_url).hostname
        if request.scheme == "https" and host in _LOCAL and self.sandbox.http_port:
            return f"http://{host}:{self.sandbox.http_port}"
        return _origin(request)

    def _keys(self, request: Request, tenant: str) -> Response:
        try:
            realm = find_realm(self.sandbox.directory, tenant)
        except IdentityProblem as problem:
            return problem.response(self.sandbox.clock.now(), _origin(request))
        name = issuer(_origin(request), realm.issuer_id)
        return _json(self.sandbox.signer.key_set(name))

    def _authorize(self, request: Request, tenant: str) -> Response:
        realm = find_realm(self.sandbox.directory, tenant)
        values = request.values.to_dict()
        return self.sign_in.start(request, read_request(realm, values, request.host))

    def _login(self, request: Request, tenant: str) -> Response:
        return self.sign_in.log_in(request)

    def _pick(self, request: Request, tenant: str) -> Response:
        return self.sign_in.pick(request)

    def _consent(self, request: Request, tenant: str) -> Response:
        return self.sign_in.consent(request)

    def _logout(self, request: Request, tenant: str) -> Response:
        """Sign the browser out; go back only to an address of a known app."""
        self.sandbox.grants.sign_out(request.cookies.get(COOKIE, ""))
        target = request.values.get("post_logout_redirect_uri", "")
        state = request.values.get("state", "")
        known = {
            u for a in self.sandbox.directory.apps.values() for u in a.redirect_uris
        }
        if target in known:
            mark = "&" if urlsplit(target).query else "?"
            query = mark + urlencode({"state": state}) if state else ""
            response = redirect(target + query)
        else:
            response = page("signed_out.html")
        response.delete_cookie(COOKIE)
        return response

    def _admin_consent(self, request: Request, tenant: str) -> Response:
        realm, app, scopes = self._admin_request(request, tenant)
        return page(
            "admin_consent.html",
            realm=realm,
            app=app,
            lines=sorted(scopes),
            values=request.values.to_dict(),
        )

    def _admin_answer(self, request: Request, tenant: str) -> Response:
        """Grant the app its scopes for everybody in the tenant, or do not.

        The sandbox has no administrators: whoever opens the page is one.
        """
        realm, app, scopes = self._admin_request(request, tenant)
        answer = {"admin_consent": "True"}
        if request.form.get("button") == "accept":
            tenants = self.sandbox.directory.tenants.values()
            home = realm.tenant or next(each for each in tenants if each.kind == "work")
            self.sandbox.directory.consent(home.id, app.client_id, scopes)
            answer |= {"tenant": home.id, "scope": " ".join(sorted(scopes))}
        else:
            problem = IdentityProblem(65004)
            text = problem.description(self.sandbox.clock.now())
            answer |= {"error": problem.error, "error_description": text}
        if "state" in request.values:
            answer["state"] = request.values["state"]
        target = request.values["redirect_uri"]
        return redirect(f"{target}?{urlencode(answer, quote_via=quote)}")

    def _admin_request(self, request: Request, tenant: str) -> Any:
        """Return realm, app and scopes of an administrator's consent.

        :raise IdentityProblem: app, redirect URI, scope or tenant are wrong
        """
        realm = find_realm(self.sandbox.directory, tenant)
        if realm.path in ("common", "consumers"):
            raise IdentityProblem(90002, tenant=realm.path)
        app = realm.check_app(request.values.get("client_id", ""))
        target = request.values.get("redirect_uri", "")
        if target not in app.redirect_uris:
            raise IdentityProblem(50011, redirect_uri=target, client_id=app.client_id)
        asked = parse_scopes(request.values.get("scope") or ".default", request.host)
        wanted = asked.wanted
        if ".default" in wanted:
            wanted = wanted - {".default"} | set(app.permissions)
        return realm, app, wanted

    def _error(self, request: Request) -> Response:
        """Explain an AADSTS code, the target of ``error_uri``."""
        number = request.args.get("code", "")
        known = CATALOGUE.get(int(number) if number.isdigit() else 0)
        return page("error.html", number=number, known=known)


def _json(body: dict[str, Any]) -> Response:
    return Response(
        json.dumps(body),
        headers={"Access-Control-Allow-Origin": "*"},
        content_type="application/json; charset=utf-8",
    )


def _origin(request: Request) -> str:
    return request.host_url.rstrip("/")
