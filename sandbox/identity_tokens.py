# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The token endpoint.

Source: Microsoft identity platform and OAuth 2.0 authorization code flow, "Redeem a
code" and "Refresh the access token"; OAuth 2.0 client credentials flow.
"""

import json
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from .directory import AppRegistration, Person
from .faults import IDENTITY
from .grants import AuthorizationCode, RefreshToken
from .identity_answers import Recipient, token_answer
from .identity_clients import check_client, credentials
from .identity_problem import IdentityProblem
from .identity_scopes import parse_scopes, resolve
from .realms import Realm, find_realm

if TYPE_CHECKING:
    from .app import Sandbox

_NO_STORE = {"Cache-Control": "no-store, no-cache", "Pragma": "no-cache"}


class TokenEndpoint:
    """Answers token requests with tokens or with a worded refusal."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox

    def answer(self, request: Request, realm_name: str) -> Response:
        """Answer one request, which passes the gateway like those of Graph."""
        person = self.sandbox.grants.peek(
            request.form.get("code", ""), request.form.get("refresh_token", "")
        )

        def handler(asked: Request) -> Response:
            try:
                body = self._body(asked, realm_name, person)
            except IdentityProblem as problem:
                return problem.response(self.sandbox.clock.now(), _origin(asked))
            return Response(
                json.dumps(body),
                headers=_NO_STORE,
                content_type="application/json; charset=utf-8",
            )

        return self.sandbox.gateway.token(request, person, handler)

    def _body(
        self, request: Request, realm_name: str, person: Person | None
    ) -> dict[str, Any]:
        """Return the answer's members.

        :raise IdentityProblem: a fault struck, or anything is wrong
        """
        fault = self.sandbox.faults.strike(IDENTITY, "POST", request.path, person)
        if fault:
            request.environ["sandbox.fault"] = fault.kind
            raise IdentityProblem(int(fault.code or 50173), fault.message)
        realm = find_realm(self.sandbox.directory, realm_name)
        client_id, secret = credentials(request)
        kind = request.form.get("grant_type", "")
        for name, value in (("client_id", client_id), ("grant_type", kind)):
            if not value:
                raise IdentityProblem(900144, what=name)
        app = realm.check_app(client_id)
        grant = {
            "authorization_code": self._redeem_code,
            "refresh_token": self._refresh,
            "client_credentials": self._for_app,
        }.get(kind)
        if grant is None:
            raise IdentityProblem(70003, what=kind)
        check_client(app, request, secret, self.sandbox.clock.now())
        return grant(request, realm, app)

    def _redeem_code(
        self, request: Request, realm: Realm, app: AppRegistration
    ) -> dict[str, Any]:
        form = request.form
        for name in ("code", "redirect_uri"):
            if not form.get(name):
                raise IdentityProblem(900144, what=name)
        granted = self.sandbox.grants.redeem_code(
            form["code"],
            app.client_id,
            form["redirect_uri"],
            form.get("code_verifier", ""),
        )
        return self._tokens(request, realm, app, granted, granted.nonce)

    def _refresh(
        self, request: Request, realm: Realm, app: AppRegistration
    ) -> dict[str, Any]:
        token = request.form.get("refresh_token", "")
        if not token:
            raise IdentityProblem(900144, what="refresh_token")
        granted = self.sandbox.grants.redeem_refresh(token, app.client_id)
        return self._tokens(request, realm, app, granted, "")

    def _tokens(
        self,
        request: Request,
        realm: Realm,
        app: AppRegistration,
        granted: AuthorizationCode | RefreshToken,
        nonce: str,
    ) -> dict[str, Any]:
        """Return the tokens for what was granted, narrowed to the scope asked for."""
        directory = self.sandbox.directory
        person = directory.people[granted.person_id]
        realm.check_person(person, app)
        first = parse_scopes(granted.scope, request.host)
        scopes = parse_scopes(request.form.get("scope", ""), request.host)
        if not scopes.resources:
            # Nothing asked for beyond OpenID: the first resource of the sign-in.
            scopes.resources = dict(list(first.resources.items())[:1])
            scopes.qualified = first.qualified
        scopes.oidc = scopes.oidc or first.oidc
        offline = "offline_access" in first.oidc | scopes.oidc
        scopes = resolve(scopes, app, person, directory)
        to = Recipient(person, app, _origin(request))
        with_info = request.form.get("client_info") == "1"
        body = token_answer(self.sandbox, to, scopes, nonce, with_info)
        if offline:
            body["refresh_token"] = self.sandbox.grants.issue_refresh(granted)
        return body

    def _for_app(
        self, request: Request, realm: Realm, app: AppRegistration
    ) -> dict[str, Any]:
        """Client credentials: the app acts for itself in one tenant."""
        scopes = parse_scopes(request.form.get("scope", ""), request.host)
        wanted = list(scopes.resources.values())
        if wanted != [{".default"}]:
            raise IdentityProblem(70011, what=request.form.get("scope", ""))
        if realm.tenant is None:
            raise IdentityProblem(90002, tenant=realm.path)
        resource = next(iter(scopes.resources))
        token, life = self.sandbox.tokens.issue(
            None, app, app.roles, realm.tenant.id, resource
        )
        return {
            "token_type": "Bearer",
            "expires_in": life,
            "ext_expires_in": life,
            "access_token": token,
        }


def _origin(request: Request) -> str:
    return request.host_url.rstrip("/")
