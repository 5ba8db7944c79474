# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Authorization codes, refresh tokens and signed-in browsers.

Source: Microsoft identity platform, "Refresh tokens": 90 days from the last use; a
use gives a new one and leaves the old one alive; revoked by an administrator's
password reset, by revoked sessions, a disabled account or a withdrawn consent.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .clock import Clock
from .directory import Directory, Person
from .identity_problem import IdentityProblem

CODE_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=90)


@dataclass
class AuthorizationCode:
    """What an authorization request was granted, until the code is redeemed."""

    person_id: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    challenge: str
    challenge_method: str
    signed_in: datetime
    issued: datetime
    redeemed: bool = False


@dataclass
class RefreshToken:
    """One refresh token; ``signed_in`` is when the person last gave a password."""

    person_id: str
    client_id: str
    scope: str
    signed_in: datetime
    issued: datetime


@dataclass
class Browser:
    """A browser with people signed in: person id to the moment of the sign-in."""

    people: dict[str, datetime] = field(default_factory=dict)


class Grants:
    """The registers of codes, refresh tokens and browsers."""

    def __init__(self, clock: Clock, directory: Directory) -> None:
        self.clock = clock
        self.directory = directory
        self.codes: dict[str, AuthorizationCode] = {}
        self.refresh_tokens: dict[str, RefreshToken] = {}
        self.browsers: dict[str, Browser] = {}

    def sign_in(self, cookie: str, person: Person) -> str:
        """Note that ``person`` signed in; return the browser's (new) cookie."""
        if cookie not in self.browsers:
            cookie = secrets.token_urlsafe(32)
        browser = self.browsers.setdefault(cookie, Browser())
        browser.people[person.id] = self.clock.now()
        return cookie

    def signed_in(self, cookie: str) -> dict[str, datetime]:
        """Return who is signed in in that browser, revoked sign-ins left out."""
        browser = self.browsers.get(cookie, Browser())
        return {
            person_id: moment
            for person_id, moment in browser.people.items()
            if (person := self.directory.people.get(person_id))
            and person.enabled
            and not _revoked(person, moment)
        }

    def sign_out(self, cookie: str) -> None:
        """Forget the browser; refresh tokens live on."""
        self.browsers.pop(cookie, None)

    def issue_code(self, granted: AuthorizationCode) -> str:
        """Return a new code for what was granted."""
        code = "1.A" + secrets.token_urlsafe(120)
        self.codes[code] = granted
        return code

    def redeem_code(
        self, code: str, client_id: str, redirect_uri: str, verifier: str
    ) -> AuthorizationCode:
        """Use up a code.

        :raise IdentityProblem: it is unknown, another app's, used or too old, or the
            redirect URI or the verifier does not fit
        """
        granted = self.codes.get(code)
        if granted is None or granted.client_id != client_id:
            raise IdentityProblem(70000, what="code")
        if granted.redeemed:
            raise IdentityProblem(54005)
        if self.clock.now() - granted.issued > CODE_LIFE:
            raise IdentityProblem(70008)
        if redirect_uri != granted.redirect_uri:
            raise IdentityProblem(
                500112, redirect_uri=redirect_uri, asked=granted.redirect_uri
            )
        if not _verified(granted, verifier):
            raise IdentityProblem(501481)
        self.check_person(granted.person_id, granted.signed_in)
        granted.redeemed = True
        return granted

    def issue_refresh(self, granted: AuthorizationCode | RefreshToken) -> str:
        """Return a new refresh token for the same person, app and sign-in."""
        person = self.directory.people[granted.person_id]
        work = self.directory.tenant_of(person).kind == "work"
        token = ("1.A" if work else "M.C") + secrets.token_urlsafe(600)
        self.refresh_tokens[token] = RefreshToken(
            granted.person_id,
            granted.client_id,
            granted.scope,
            granted.signed_in,
            self.clock.now(),
        )
        return token

    def redeem_refresh(self, token: str, client_id: str) -> RefreshToken:
        """Return what a refresh token stands for; it stays valid.

        :raise IdentityProblem: it is unknown, another app's, too old or revoked
        """
        granted = self.refresh_tokens.get(token)
        if granted is None:
            raise IdentityProblem(70000, what="refresh_token")
        if granted.client_id != client_id:
            raise IdentityProblem(700007)
        if self.clock.now() - granted.issued > REFRESH_LIFE:
            raise IdentityProblem(700082, issued=_precise(granted.issued))
        self.check_person(granted.person_id, granted.signed_in)
        return granted

    def check_person(self, person_id: str, signed_in: datetime) -> Person:
        """Return the person, who must be enabled and not have been revoked.

        :raise IdentityProblem: 50034 gone, 50057 disabled, 50173 revoked
        """
        person = self.directory.people.get(person_id)
        if person is None:
            raise IdentityProblem(50034)
        if not person.enabled:
            raise IdentityProblem(50057)
        if person.valid_from and _revoked(person, signed_in):
            raise IdentityProblem(
                50173,
                issued=_precise(signed_in),
                valid_from=_precise(person.valid_from),
            )
        return person

    def peek(self, code: str, refresh_token: str) -> Person | None:
        """Return whose code or refresh token it is; None when unknown."""
        granted = self.codes.get(code) or self.refresh_tokens.get(refresh_token)
        return self.directory.people.get(granted.person_id) if granted else None


def _revoked(person: Person, signed_in: datetime) -> bool:
    return person.valid_from is not None and signed_in < person.valid_from


def _verified(granted: AuthorizationCode, verifier: str) -> bool:
    """Return whether the verifier fits the challenge (RFC 7636, 4.6).

    A verifier for a code that was asked for without a challenge fits nothing.
    """
    if not granted.challenge or not verifier:
        return not granted.challenge and not verifier
    if granted.challenge_method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        verifier = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return hmac.compare_digest(verifier.encode(), granted.challenge.encode())


def _precise(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f0Z")
