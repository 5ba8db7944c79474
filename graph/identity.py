# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Signing in with the Microsoft identity platform, and access tokens, through MSAL.

The authorization code flow with PKCE and nonce takes two steps that may run in two
processes: ``start`` returns a flow to keep in the user's session and the address to
send the browser to, ``finish`` takes the flow and what the browser brought back.

    flow = Identity(registration, session).start(redirect_uri, state)
    identity = Identity(registration, session)
    person = identity.finish(flow, query)
    save(identity.cache)
    ...
    Identity(registration, session, load()).token()
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msal
import requests

from ..core.errors import BadAnswer, ConsentRevoked, GraphError, Refused
from .registration import (
    CONSUMERS,
    SCOPES,
    SHARED_SCOPES,
    Finding,
    Registration,
    check_registration,
)
from .token_cache import SignedIn, load_cache, owner_of
from .tokens import (
    Halted,
    Transport,
    error_from_redirect,
    error_from_token_answer,
)

__all__ = [
    "CONSUMERS",
    "SCOPES",
    "SHARED_SCOPES",
    "Finding",
    "Identity",
    "Registration",
    "SignedIn",
    "check_registration",
]

_SKEW = 300  # seconds: MSAL's own margin for tokens, and ours for the id_token
_T = TypeVar("_T")


class Identity:
    """One user's tokens, or the sign-in that will bring them.

    :param session: of ``new_session``; the caller closes it
    :param cache: serialized MSAL token cache, as ``cache`` returned it; holds secrets
    :param scopes: what is asked for, at the sign-in and with each new token
    :param without_profile: the sign-in was made by a program that did not ask for it,
        so no token may be asked for with it either
    :param now: returns the aware present. Without it the expiry of an id_token is not
        checked, and each ``token`` costs a request, since only MSAL judges the cache
    """

    def __init__(
        self,
        registration: Registration,
        session: requests.Session,
        cache: str = "",
        *,
        scopes: Sequence[str] = SCOPES,
        without_profile: bool = False,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._registration = registration
        self._scopes = list(scopes)
        self._excluded = ["profile"] if without_profile else None
        self._now = now
        self._transport = Transport(session)
        self._cache = load_cache(cache)

    @property
    def cache(self) -> str:
        """The serialized token cache; reading it resets ``cache_changed``."""
        return str(self._cache.serialize())

    @property
    def cache_changed(self) -> bool:
        """Whether there are tokens that were not there when ``cache`` was last read."""
        return bool(self._cache.has_state_changed)

    def start(
        self, redirect_uri: str, state: str, login_hint: str = ""
    ) -> dict[str, Any]:
        """Begin a sign-in.

        :param state: unguessable, comes back with the answer
        :param login_hint: user name to offer
        :return: JSON-able; ``auth_uri`` is where the browser goes. The rest holds the
            PKCE verifier and must not leave the server
        :raise AppRefused: there is no such tenant
        :raise TransientError: the identity platform did not answer
        """
        flow: dict[str, Any] = self._ask(
            lambda: self._app(self._cache).initiate_auth_code_flow(
                self._scopes,
                redirect_uri=redirect_uri,
                state=state,
                login_hint=login_hint or None,
                prompt=None if login_hint else "select_account",
                response_mode="form_post",
            )
        )
        # The answer must come as a GET: a POST from another site carries no session
        # cookie (SameSite=Lax). MSAL warns about any mode but form_post on each call.
        mode = "response_mode="
        flow["auth_uri"] = flow["auth_uri"].replace(f"{mode}form_post", f"{mode}query")
        return flow

    def finish(self, flow: dict[str, Any], answer: Mapping[str, str]) -> SignedIn:
        """Complete a sign-in; the tokens of this user replace those in the cache.

        :param flow: of ``start``
        :param answer: the query parameters that came to the redirect URI
        :raise Refused: ``code`` is ``state_mismatch``, ``no_code``, or what Microsoft
            answered, such as ``access_denied`` when the user refused
        :raise ConsentRevoked: the code is spent, expired or not this flow's
        :raise AppRefused: the registration or its secret is refused
        """
        state, echo = str(flow.get("state", "")), str(answer.get("state", ""))
        if not state or not hmac.compare_digest(state.encode(), echo.encode()):
            raise Refused("state differs", code="state_mismatch")
        if not answer.get("code"):
            if answer.get("error"):
                raise error_from_redirect(answer)
            raise Refused("neither code nor error", code="no_code")
        cache = msal.SerializableTokenCache()
        app = self._ask(lambda: self._app(cache))
        found = self._ask(
            lambda: app.acquire_token_by_auth_code_flow(flow, dict(answer))
        )
        if "error" in found:
            raise error_from_token_answer(found)
        person = self._person(found.get("id_token_claims"))
        self._cache = cache
        return person

    def take_over(self, refresh_token: str) -> SignedIn:
        """Go on with a sign-in that another program made with the same registration.

        :param refresh_token: that the other program has kept
        :raise ConsentRevoked: it is spent, or another app's: the user must sign in
        :raise AppRefused: the registration or its secret is refused
        """
        cache = msal.SerializableTokenCache()
        app = self._ask(lambda: self._app(cache))
        found = self._ask(
            lambda: app.acquire_token_by_refresh_token(refresh_token, self._scopes)
        )
        if "error" in found:
            raise error_from_token_answer(found)
        person = self._ask(lambda: owner_of(cache))
        self._cache = cache
        return person

    def token(self) -> str:
        """Return an access token that is good for five minutes at least.

        :raise ConsentRevoked: the user must sign in again
        :raise AppRefused: the registration or its secret is refused
        :raise TransientError: worth another try; the refresh token is kept
        """
        return self._cached_token() or self._acquire(force_refresh=False)

    def refresh(self) -> str:
        """Return a new access token, whatever the cache has; raises as ``token``."""
        return self._acquire(force_refresh=True)

    def _cached_token(self) -> str:
        """Return the token in the cache while it is fresh, else ``""``.

        MSAL would do the same, but only after asking for the OpenID configuration: a
        request for each account and run.
        """
        if not self._now:
            return ""
        now = int(self._now().timestamp())
        query = {
            "client_id": self._registration.client_id,
            "environment": self._registration.host,
        }
        kind = msal.TokenCache.CredentialType.ACCESS_TOKEN

        def fresh() -> str:
            for entry in self._cache.search(kind, self._scopes, query, now=now):
                end = int(entry["expires_on"]) - _SKEW
                if now <= min(end, int(entry.get("refresh_on", end))):
                    return str(entry["secret"])
            return ""

        return self._ask(fresh)

    def _acquire(self, *, force_refresh: bool) -> str:
        kind = msal.TokenCache.CredentialType.ACCOUNT
        if not self._ask(lambda: list(self._cache.search(kind))):
            raise ConsentRevoked("no account in the token cache", code="no_account")
        app = self._ask(lambda: self._app(self._cache))
        accounts = self._ask(app.get_accounts)
        found = self._ask(
            lambda: app.acquire_token_silent_with_error(
                self._scopes,
                accounts[0] if accounts else None,
                force_refresh=force_refresh,
            )
        )
        if not found:
            raise ConsentRevoked("no refresh token", code="no_refresh_token")
        if "error" in found:
            raise error_from_token_answer(found)
        return str(found["access_token"])

    def _app(self, cache: Any) -> Any:
        """Return a new MSAL application; it asks for the OpenID configuration.

        Always new, since an application repeats a refusal from memory for a minute.
        """
        return msal.ConfidentialClientApplication(
            self._registration.client_id,
            client_credential=self._registration.client_secret,
            authority=self._registration.authority_url,
            instance_discovery=False,  # it would ask the public cloud
            http_client=self._transport,
            token_cache=cache,
            exclude_scopes=self._excluded,
        )

    def _ask(self, question: Callable[[], _T]) -> _T:
        """Return what MSAL returns, and raise our errors for its own.

        Texts of MSAL are dropped: they quote states, claims and whole answers.
        """
        try:
            return question()
        except Halted as halted:
            raise halted.error from None
        except GraphError:
            raise
        except Exception as error:  # MSAL raises a dozen kinds for malformed answers
            raise BadAnswer(f"MSAL: {type(error).__name__}") from None

    def _person(self, claims: object) -> SignedIn:
        """Return who the id_token is about.

        It came over TLS from the token endpoint, so its signature needs no check
        (OpenID Connect Core 1.0, 3.1.3.7); MSAL has compared the nonce, no more.
        """
        if not isinstance(claims, dict):
            raise BadAnswer("no id_token")
        oid, tid = claims.get("oid"), claims.get("tid")
        if not (isinstance(oid, str) and oid and isinstance(tid, str) and tid):
            raise BadAnswer("id_token without oid and tid")
        end = claims.get("exp")
        for name, good in (
            ("aud", claims.get("aud") == self._registration.client_id),
            ("iss", tid in str(claims.get("iss")).split("/")),
            ("tid", self._registration.admits(tid)),
            ("exp", isinstance(end, int) and self._is_ahead(end)),
        ):
            if not good:
                raise BadAnswer(f"id_token with a wrong {name}", code=f"wrong_{name}")
        return SignedIn(
            oid, tid, _text(claims, "preferred_username"), _text(claims, "name")
        )

    def _is_ahead(self, end: int) -> bool:
        return self._now is None or end + _SKEW > self._now().timestamp()


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""
