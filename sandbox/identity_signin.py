# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The steps between an authorization request and its answer.

Account picker, user name, password, consent: each page posts back to one method of
:class:`SignIn`, which looks at what is still missing. Field names and button ids are
those of Microsoft's pages, so that a test drives both.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from .directory import Person
from .grants import AuthorizationCode
from .identity_answers import Recipient, client_info, id_token
from .identity_problem import IdentityProblem
from .identity_request import AuthRequest, Declined, session_state
from .identity_scopes import Scopes, describe, needs_admin, parse_scopes, resolve
from .pages import page

if TYPE_CHECKING:
    from .app import Sandbox

COOKIE = "ESTSAUTH"
_FLOWS_KEPT = 500


@dataclass
class Flow:
    """One authorization request on its way through the pages.

    :ivar fresh: the password was given on the way
    :ivar consented: the consent page was accepted on the way
    """

    id: str
    auth: AuthRequest
    person_id: str = ""
    fresh: bool = False
    consented: bool = False


class SignIn:
    """Leads browsers through the sign-in pages."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox
        self.flows: dict[str, Flow] = {}

    def start(self, request: Request, auth: AuthRequest) -> Response:
        """Answer an authorization request: a page, or at once the redirect."""
        flow = Flow(secrets.token_urlsafe(24), auth)
        self.flows[flow.id] = flow
        for old in list(self.flows)[:-_FLOWS_KEPT]:
            del self.flows[old]
        return self._proceed(flow, request.cookies.get(COOKIE, ""))

    def log_in(self, request: Request) -> Response:
        """Take a user name, then the password."""
        flow = self._flow(request)
        username = request.form.get("loginfmt", "").strip()
        password = request.form.get("passwd")
        person = self.sandbox.directory.person(username)
        if request.form.get("button") == "back" or not username:
            error = "" if password is not None else "Enter a valid email address."
            return self._name_page(flow, "", error)
        if person is None or not person.password:
            error = "We couldn't find an account with that username."
            return self._name_page(flow, username, error)
        if not password:
            error = "" if password is None else "Please enter your password."
            return self._password_page(flow, person, error)
        if not hmac.compare_digest(password.encode(), person.password.encode()):
            error = "Your account or password is incorrect."
            return self._password_page(flow, person, error)
        flow.auth.realm.check_person(person, flow.auth.app)
        flow.person_id, flow.fresh = person.id, True
        cookie = request.cookies.get(COOKIE, "")
        cookie = self.sandbox.grants.sign_in(cookie, person)
        request.environ[COOKIE] = cookie  # set whatever page comes next
        return self._proceed(flow, cookie)

    def pick(self, request: Request) -> Response:
        """Take the choice of the account picker."""
        flow, cookie = self._flow(request), request.cookies.get(COOKIE, "")
        chosen = request.form.get("account", "")
        if chosen not in self._signed_in(flow, cookie):
            return self._name_page(flow, "", "")
        flow.person_id = chosen
        return self._proceed(flow, cookie)

    def consent(self, request: Request) -> Response:
        """Take the answer of the consent page."""
        flow, cookie = self._flow(request), request.cookies.get(COOKIE, "")
        if flow.person_id not in self._signed_in(flow, cookie):
            raise IdentityProblem(9002313)
        if request.form.get("button") != "accept":
            del self.flows[flow.id]
            raise Declined(flow.auth, IdentityProblem(65004))
        person = self.sandbox.directory.people[flow.person_id]
        client_id = flow.auth.app.client_id
        scopes = self._scopes(flow, person)
        self._check_admin(scopes, person)
        self.sandbox.directory.consent(person.id, client_id, scopes.wanted)
        flow.consented = True
        return self._proceed(flow, cookie)

    def _flow(self, request: Request) -> Flow:
        flow = self.flows.get(request.form.get("flow", ""))
        if flow is None:
            raise IdentityProblem(9002313)
        return flow

    def _signed_in(self, flow: Flow, cookie: str) -> dict[str, datetime]:
        """Return who is signed in in this browser and may use this address."""
        people = self.sandbox.directory.people
        found = self.sandbox.grants.signed_in(cookie)
        return {i: m for i, m in found.items() if flow.auth.realm.admits(people[i])}

    def _proceed(self, flow: Flow, cookie: str) -> Response:
        """Show the next page that is needed, or answer the app."""
        signed_in = self._signed_in(flow, cookie)
        silent = flow.auth.get("prompt") == "none"
        try:
            choice = None if flow.person_id else self._choose(flow, signed_in)
            if choice is not None:
                return choice
            person = self.sandbox.directory.people[flow.person_id]
            flow.auth.realm.check_person(person, flow.auth.app)
            missing = self._missing(flow, person, silent)
        except IdentityProblem as problem:
            if silent:
                raise Declined(flow.auth, problem) from problem
            raise
        if missing:
            return self._consent_page(flow, person, missing)
        del self.flows[flow.id]
        return self._finish(flow, person, signed_in[person.id])

    def _choose(self, flow: Flow, signed_in: dict[str, datetime]) -> Response | None:
        """Choose the person, or return the page that asks for one.

        :raise IdentityProblem: 50058, nobody can be chosen without asking
        """
        prompt, hint = flow.auth.get("prompt"), flow.auth.get("login_hint")
        hinted = self.sandbox.directory.person(hint) if hint else None
        fitting = [i for i in signed_in if not hint or (hinted and i == hinted.id)]
        if prompt == "none" and len(fitting) != 1:
            raise IdentityProblem(50058)
        if prompt == "login" or not (fitting or (signed_in and not hint)):
            if hinted:
                return self._password_page(flow, hinted, "")
            return self._name_page(flow, hint, "")
        if prompt == "select_account" or len(fitting) > 1:
            return self._picker(flow, signed_in)
        flow.person_id = fitting[0]
        return None

    def _scopes(self, flow: Flow, person: Person) -> Scopes:
        """Return what the app asks of this person.

        :raise Declined: a scope or resource does not exist
        """
        scopes = parse_scopes(flow.auth.get("scope"), flow.auth.own_host)
        try:
            return resolve(scopes, flow.auth.app, person, self.sandbox.directory)
        except IdentityProblem as problem:
            raise Declined(flow.auth, problem) from problem

    def _missing(self, flow: Flow, person: Person, silent: bool) -> set[str]:
        """Return the scopes to show on the consent page; none: no page needed.

        :raise IdentityProblem: 65001 when no page may be shown, 90094 when only an
            administrator may consent
        """
        wanted = self._scopes(flow, person).wanted
        client = flow.auth.app
        missing = wanted - self.sandbox.directory.consented(person, client.client_id)
        if missing and silent:
            raise IdentityProblem(
                65001,
                "interaction_required",
                client_id=client.client_id,
                name=client.name,
            )
        if missing:
            self._check_admin(self._scopes(flow, person), person)
        if flow.auth.get("prompt") == "consent" and not flow.consented:
            return wanted
        return missing

    def _check_admin(self, scopes: Scopes, person: Person) -> None:
        tenant = self.sandbox.directory.tenant_of(person)
        if needs_admin(scopes.wanted, tenant.user_consent):
            raise IdentityProblem(90094)

    def _finish(self, flow: Flow, person: Person, signed_in: datetime) -> Response:
        """Send the browser back to the app with a code."""
        auth, app = flow.auth, flow.auth.app
        method = auth.get("code_challenge_method") or "plain"
        code = self.sandbox.grants.issue_code(
            AuthorizationCode(
                person_id=person.id,
                client_id=app.client_id,
                redirect_uri=auth.redirect_uri,
                scope=auth.get("scope"),
                nonce=auth.get("nonce"),
                challenge=auth.get("code_challenge"),
                challenge_method=method,
                signed_in=signed_in,
                issued=self.sandbox.clock.now(),
            )
        )
        values = {"code": code, "session_state": session_state()}
        if auth.get("client_info") == "1":
            values["client_info"] = client_info(person)
        if "id_token" in auth.response_types:
            to = Recipient(person, app, f"https://{auth.own_host}")
            oidc = self._scopes(flow, person).oidc
            values["id_token"] = id_token(self.sandbox, to, oidc, auth.get("nonce"))
        return auth.answer(**values)

    def _name_page(self, flow: Flow, username: str, error: str) -> Response:
        return page("signin.html", flow=flow, username=username, error=error)

    def _password_page(self, flow: Flow, person: Person, error: str) -> Response:
        return page("password.html", flow=flow, person=person, error=error)

    def _picker(self, flow: Flow, signed_in: dict[str, datetime]) -> Response:
        people = [self.sandbox.directory.people[each] for each in signed_in]
        return page("pick.html", flow=flow, people=people)

    def _consent_page(self, flow: Flow, person: Person, missing: set[str]) -> Response:
        lines = [(name, describe(name)) for name in sorted(missing)]
        return page("consent.html", flow=flow, person=person, lines=lines)
