# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What an app receives: the token answer, the id_token and ``client_info``.

Source: Microsoft identity platform, "ID token claims reference" and "Successful
token response".
"""

import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .directory import AppRegistration, Person
from .identity_problem import IdentityProblem
from .identity_scopes import OIDC, Scopes, consent_name
from .realms import issuer
from .signing import base64url
from .tokens import GRAPH

if TYPE_CHECKING:
    from .app import Sandbox

_ID_TOKEN_LIFE = 3600


@dataclass(frozen=True)
class Recipient:
    """Who receives tokens, through which app, asked for at which origin."""

    person: Person
    app: AppRegistration
    origin: str


def client_info(person: Person) -> str:
    """Return MSAL's ``client_info``: object id and tenant, base64url JSON."""
    return base64url(json.dumps({"uid": person.id, "utid": person.tenant_id}).encode())


def id_token(sandbox: "Sandbox", to: Recipient, oidc: set[str], nonce: str) -> str:
    """Return a signed id_token with the claims that the scopes open."""
    now, person = int(sandbox.clock.now().timestamp()), to.person
    claims: dict[str, Any] = {
        "aud": to.app.client_id,
        "iss": issuer(to.origin, person.tenant_id),
        "iat": now,
        "nbf": now,
        "exp": now + _ID_TOKEN_LIFE,
        "aio": secrets.token_urlsafe(60),
        "rh": secrets.token_urlsafe(30),
        "sub": _subject(person, to.app),
        "tid": person.tenant_id,
        "uti": secrets.token_urlsafe(16),
        "sid": str(uuid.uuid4()),
        "ver": "2.0",
    }
    if "profile" in oidc:
        names = {"name": person.name, "preferred_username": person.username}
        claims |= {**names, "oid": person.id}
    if "email" in oidc and person.mail:
        claims["email"] = person.mail
    if nonce:
        claims["nonce"] = nonce
    return sandbox.signer.sign(claims)


def _subject(person: Person, app: AppRegistration) -> str:
    """Return the pairwise subject: another one for each app."""
    text = f"{app.client_id}:{person.tenant_id}:{person.id}"
    return base64url(hashlib.sha256(text.encode()).digest())


def granted(sandbox: "Sandbox", to: Recipient, scopes: Scopes) -> tuple[str, set[str]]:
    """Return the one resource of ``scopes`` and everything consented for it.

    :raise IdentityProblem: 70011 for several resources, 65001 without consent
    """
    if len(scopes.resources) > 1:
        raise IdentityProblem(70011, what=" ".join(scopes.resources))
    consented = sandbox.directory.consented(to.person, to.app.client_id)
    resource, names = next(iter(scopes.resources.items()), (GRAPH, set()))
    if not {consent_name(resource, name) for name in names} | scopes.oidc <= consented:
        raise IdentityProblem(65001, client_id=to.app.client_id, name=to.app.name)
    if resource == GRAPH:
        return resource, {name for name in consented if "/" not in name} - set(OIDC)
    prefix = resource + "/"
    return resource, {n[len(prefix) :] for n in consented if n.startswith(prefix)}


def token_answer(
    sandbox: "Sandbox", to: Recipient, scopes: Scopes, nonce: str, with_info: bool
) -> dict[str, Any]:
    """Return the body of a successful token answer, but for a refresh token.

    :param scopes: asked for and resolved; the answer may name more
    """
    resource, names = granted(sandbox, to, scopes)
    token, life = sandbox.tokens.issue(
        to.person, to.app, names, to.person.tenant_id, resource
    )
    full = scopes.qualified or resource != GRAPH
    shown = sorted(f"{resource}/{name}" if full else name for name in names)
    shown += [name for name in ("profile", "openid", "email") if name in scopes.oidc]
    body: dict[str, Any] = {
        "token_type": "Bearer",
        "scope": " ".join(shown),
        "expires_in": life,
        "ext_expires_in": life,
        "access_token": token,
    }
    if "openid" in scopes.oidc:
        body["id_token"] = id_token(sandbox, to, scopes.oidc, nonce)
    if with_info:
        body["client_info"] = client_info(to.person)
    return body
