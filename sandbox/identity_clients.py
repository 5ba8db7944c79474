# Part of outlook_calendar. LGPL-3, see LICENSE.
"""How an app proves itself at the token endpoint: secret or signed assertion.

Source: Microsoft identity platform, "Get a token with a client secret / certificate";
RFC 7523, 3.
"""

import hmac
from datetime import datetime
from urllib.parse import unquote_plus

import jwt
from cryptography.x509 import load_pem_x509_certificate
from werkzeug.wrappers import Request

from .directory import AppRegistration
from .identity_problem import IdentityProblem

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def credentials(request: Request) -> tuple[str, str]:
    """Return client id and secret, from the body or else from HTTP Basic."""
    client_id = request.form.get("client_id", "").strip()
    secret = request.form.get("client_secret", "")
    basic = request.authorization
    if basic and basic.type == "basic":
        client_id = client_id or unquote_plus(basic.username or "")
        secret = secret or unquote_plus(basic.password or "")
    return client_id, secret


def check_client(
    app: AppRegistration, request: Request, secret: str, now: datetime
) -> None:
    """Check the credential that came with a token request.

    :raise IdentityProblem: 7000218 none came, 7000215 wrong secret, 7000222 expired
        secret, 700025 a public client sent one, 700027 bad assertion
    """
    assertion = request.form.get("client_assertion", "")
    if app.public:
        if secret or assertion:
            raise IdentityProblem(700025)
    elif assertion:
        _check_assertion(app, request, assertion)
    elif secret:
        _check_secret(app, secret, now)
    else:
        raise IdentityProblem(7000218)


def _check_secret(app: AppRegistration, secret: str, now: datetime) -> None:
    for known in app.secrets:
        if hmac.compare_digest(known.value.encode(), secret.encode()):
            if known.expires and known.expires <= now:
                raise IdentityProblem(7000222, client_id=app.client_id)
            return
    raise IdentityProblem(7000215, client_id=app.client_id)


def _check_assertion(app: AppRegistration, request: Request, assertion: str) -> None:
    """Check a client assertion; its times are those of the real clock."""
    if request.form.get("client_assertion_type") != _ASSERTION:
        raise IdentityProblem(900144, what="client_assertion_type")
    for pem in app.certificates:
        key = load_pem_x509_certificate(pem.encode()).public_key()
        try:
            jwt.decode(
                assertion,
                key,  # type: ignore[arg-type]
                algorithms=["RS256", "PS256"],
                audience=request.base_url,
                issuer=app.client_id,
                subject=app.client_id,
                options={"require": ["exp", "iss", "sub", "aud", "jti"]},
            )
        except jwt.InvalidTokenError:
            continue
        return
    raise IdentityProblem(700027, what="Client assertion failed signature validation.")
