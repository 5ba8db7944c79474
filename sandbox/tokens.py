# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Access tokens: given out by the identity platform, checked by Graph.

Tokens of work accounts are signed and can be read, those of personal accounts are
opaque, as at Microsoft. Either way the sandbox believes its own register only.
"""

import random
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .clock import Clock
from .directory import AppRegistration, Directory, Person
from .problem import GraphProblem
from .signing import Signer

GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000"
GRAPH = "https://graph.microsoft.com"

# What a granted scope opens besides itself.
_IMPLIED = {
    "Calendars.ReadWrite": ("Calendars.Read", "Calendars.ReadBasic"),
    "Calendars.Read": ("Calendars.ReadBasic",),
    "Calendars.ReadWrite.Shared": (
        "Calendars.Read.Shared",
        "Calendars.ReadWrite",
        "Calendars.Read",
        "Calendars.ReadBasic",
    ),
    "Calendars.Read.Shared": ("Calendars.Read", "Calendars.ReadBasic"),
    "MailboxSettings.ReadWrite": ("MailboxSettings.Read",),
    "User.ReadWrite": ("User.Read",),
    "User.Read.All": ("User.Read", "User.ReadBasic.All"),
}

_CHALLENGE = (
    'Bearer realm="", authorization_uri='
    '"https://login.microsoftonline.com/common/oauth2/authorize", '
    f'client_id="{GRAPH_APP_ID}"'
)


@dataclass(frozen=True)
class Session:
    """On whose behalf a Graph request is made.

    :ivar person: None for an app that acts for itself (client credentials)
    :ivar scopes: short names, ``Calendars.ReadWrite``; roles of an app
    """

    person: Person | None
    app_id: str
    scopes: frozenset[str]

    def allows(self, scope: str) -> bool:
        """Return whether the token carries ``scope`` or one that includes it."""
        return any(
            scope == each or scope in _IMPLIED.get(each, ()) for each in self.scopes
        )


@dataclass
class AccessToken:
    """What the register keeps of one access token."""

    person_id: str
    app_id: str
    scopes: list[str]
    audience: str
    expires: datetime


class Tokens:
    """The register of access tokens."""

    def __init__(self, clock: Clock, directory: Directory, signer: Signer) -> None:
        self.clock = clock
        self.directory = directory
        self.signer = signer
        self.register: dict[str, AccessToken] = {}

    def issue(
        self,
        person: Person | None,
        app: AppRegistration,
        scopes: Iterable[str],
        tenant_id: str,
        audience: str = GRAPH,
    ) -> tuple[str, int]:
        """Return a new token and its life in seconds: 60 to 90 minutes."""
        now = self.clock.now()
        self._forget_expired(now)
        lifetime = random.randint(3600, 5399)
        expires = now + timedelta(seconds=lifetime)
        kept = AccessToken(
            person.id if person else "",
            app.client_id,
            sorted(scopes),
            audience,
            expires,
        )
        if person and self.directory.tenant_of(person).kind == "personal":
            token = "EwB" + secrets.token_urlsafe(600)
        else:
            token = self.signer.sign(self._claims(kept, person, tenant_id, now))
        self.register[token] = kept
        return token, lifetime

    def check(
        self, authorization: str, required_scope: str | Iterable[str] = ()
    ) -> Session:
        """Return whose request it is.

        :param authorization: the request's ``Authorization`` header, "" without one
        :param required_scope: a scope, or several of which one is enough
        :raise GraphProblem: 401 without a good token, 403 without the scope
        """
        kept = self._kept(authorization)
        session = self._session(kept)
        if isinstance(required_scope, str):
            required_scope = (required_scope,)
        required = tuple(required_scope)
        if required and not any(session.allows(each) for each in required):
            raise GraphProblem(
                403,
                "ErrorAccessDenied",
                "Access is denied. Check credentials and try again.",
            )
        return session

    def peek(self, authorization: str) -> Session | None:
        """Return whose token it is, even an expired one; None when unknown."""
        kept = self.register.get(authorization.partition(" ")[2].strip())
        gone = kept and kept.person_id and kept.person_id not in self.directory.people
        return self._session(kept) if kept and not gone else None

    def revoke(self, person_id: str) -> None:
        """Forget the person's access tokens, as continuous access evaluation does."""
        for token, kept in list(self.register.items()):
            if kept.person_id == person_id:
                del self.register[token]

    def _kept(self, authorization: str) -> AccessToken:
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise _unauthorized("Access token is empty.")
        kept = self.register.get(token)
        if kept is None and "." not in token:
            raise _unauthorized(
                "IDX14100: JWT is not well formed, there are no dots (.)."
            )
        if kept is None:
            raise _unauthorized("Access token validation failure.")
        if kept.expires <= self.clock.now():
            raise _unauthorized("Access token has expired or is not yet valid.")
        if kept.audience != GRAPH:
            raise _unauthorized("Access token validation failure. Invalid audience.")
        return kept

    def _session(self, kept: AccessToken) -> Session:
        person = self.directory.people.get(kept.person_id)
        if kept.person_id and person is None:
            raise _unauthorized("Access token validation failure.")
        return Session(person, kept.app_id, frozenset(kept.scopes))

    def _claims(
        self, kept: AccessToken, person: Person | None, tenant_id: str, now: datetime
    ) -> dict[str, Any]:
        claims = {
            "aud": GRAPH_APP_ID if kept.audience == GRAPH else kept.audience,
            "iss": f"https://sts.windows.net/{tenant_id}/",
            "iat": int(now.timestamp()),
            "nbf": int(now.timestamp()),
            "exp": int(kept.expires.timestamp()),
            "appid": kept.app_id,
            "tid": tenant_id,
            "uti": str(uuid.uuid4()),
            "ver": "1.0",
        }
        if person is None:
            return {**claims, "idtyp": "app", "roles": kept.scopes}
        who = {"oid": person.id, "upn": person.username, "name": person.name}
        return {**claims, **who, "idtyp": "user", "scp": " ".join(kept.scopes)}

    def _forget_expired(self, now: datetime) -> None:
        """Keep the register small; a day is kept so that ``peek`` still knows."""
        limit = now - timedelta(days=1)
        for token, kept in list(self.register.items()):
            if kept.expires < limit:
                del self.register[token]


def _unauthorized(message: str) -> GraphProblem:
    headers = {"WWW-Authenticate": _CHALLENGE}
    return GraphProblem(401, "InvalidAuthenticationToken", message, headers)
