# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The app registration in Microsoft Entra, and a test of it that needs no user.

The test asks what a sign-in would ask, up to the point where a person is needed, and
reads from the refusals what is wrong.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote

import requests

from ..core.errors import AppRefused, BadAnswer, GraphError
from .session import origin
from .tokens import Halted, Transport, clean_code, parse, sts_codes_in

# MSAL adds openid, profile and offline_access. The address of the mailbox comes from
# the owner of the default calendar, so User.Read is not needed.
SCOPES = ("Calendars.ReadWrite",)
# ...and what opens the calendars of others. No personal account has it (graph.md 2).
SHARED_SCOPES = (*SCOPES, "Calendars.ReadWrite.Shared")

_GRAPH = "https://graph.microsoft.com"
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad"  # tenant of all personal accounts

# AADSTS numbers, the only thing that tells these refusals apart (Microsoft identity
# platform, "Microsoft Entra authentication and authorization error codes").
_CODES = {
    "50011": "redirect_unknown",
    "500113": "redirect_unknown",  # none is registered
    "900971": "redirect_unknown",
    "700016": "app_unknown",
    "700038": "app_unknown",  # not even a GUID
    "900144": "app_unknown",  # none given
    "7000112": "app_disabled",
    "50194": "single_tenant",  # asked through common, made for one tenant
    "90002": "tenant_unknown",
    "900023": "tenant_unknown",
    "50059": "tenant_unknown",
    "7000215": "secret_wrong",
    "7000216": "secret_wrong",  # none given
    "7000218": "secret_wrong",
    "7000222": "secret_expired",
    "65001": "consent_needed",
    "90094": "consent_needed",
}
_SECRET_CODES = {"secret_wrong", "secret_expired", "app_unknown", "app_disabled"}
# prompt=none without a session: Microsoft knows the application and the address.
_KNOWN = {"login_required", "interaction_required", "consent_required"}
# RFC 7636, appendix B; an application may be registered so that PKCE is a must.
_CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@dataclass(frozen=True)
class Registration:
    """An app registration, as an administrator copies it from Microsoft Entra.

    :ivar authority: sign-in host with scheme, ``https://login.microsoftonline.com``
    :ivar tenant: ``common``, ``organizations``, ``consumers`` or a tenant's id
    """

    client_id: str
    client_secret: str = field(repr=False)
    authority: str
    tenant: str

    @property
    def host(self) -> str:
        """The name of the sign-in host, ``""`` when there is none with https."""
        scheme, host, _port = origin(self.authority) or ("", "", 0)
        return host if scheme == "https" else ""

    @property
    def authority_url(self) -> str:
        """The authority with its tenant, as MSAL wants it.

        :raise AppRefused: the host is not given with https, or the tenant is missing
        """
        if not self.host:
            raise AppRefused("sign-in host without https", code="authority_invalid")
        if not self.tenant.strip("."):
            raise AppRefused("no tenant", code="tenant_unknown")
        return f"{self.authority.rstrip('/')}/{quote(self.tenant, safe='')}"

    def admits(self, tenant_id: str) -> bool:
        """Whether a user of this tenant can have come through the authority.

        A verified domain in place of an id says nothing: only Microsoft knows its id.
        """
        if _GUID.fullmatch(self.tenant):
            return tenant_id.lower() == self.tenant.lower()
        return self.tenant != "consumers" or tenant_id == CONSUMERS


@dataclass(frozen=True)
class Finding:
    """What one check found.

    :ivar code: ``ok``; ``unclear`` when it could not be judged; else what is wrong:
        ``unreachable``, ``bad_answer``, ``authority_invalid``, ``tenant_unknown``,
        ``app_unknown``, ``app_disabled``, ``app_refused``, ``single_tenant``,
        ``redirect_unknown``, ``secret_wrong``, ``secret_expired``, ``consent_needed``
    :ivar ok: False when somebody has to do something
    :ivar detail: technical, such as ``AADSTS7000215``; names no person, no secret
    :ivar check: ``tenant``, ``app``, ``secret`` or ``graph``
    """

    code: str
    ok: bool
    detail: str = ""
    check: str = ""


def check_registration(
    registration: Registration,
    session: requests.Session,
    redirect_uri: str,
    graph_url: str = "",
) -> list[Finding]:
    """Try a registration without a user: some four requests, nothing is changed.

    :param graph_url: root of Graph, which names the cloud and is tried too; without
        it the public cloud's secret check is made, and Graph is not asked
    :return: one finding a check, in the order in which they build on each other; after
        a wrong tenant there is nothing to check. Never empty
    """
    tester = _Tester(registration, Transport(session), redirect_uri, graph_url)
    findings = [tester.run("tenant", tester.tenant)]
    if findings[0].ok:
        findings += [
            tester.run("app", tester.app),
            tester.run("secret", tester.secret),
        ]
        if graph_url:
            findings.append(tester.run("graph", tester.graph))
    return findings


class _Tester:
    """The checks; each returns a code and a detail, and may raise GraphError."""

    def __init__(
        self,
        registration: Registration,
        transport: Transport,
        redirect_uri: str,
        graph_url: str,
    ) -> None:
        self._registration = registration
        self._transport = transport
        self._redirect_uri = redirect_uri
        self._graph_url = graph_url
        self._endpoints: dict[str, Any] = {}

    def run(self, check: str, ask: Callable[[], tuple[str, str]]) -> Finding:
        """Return the finding of one check, whatever happens."""
        try:
            code, detail = ask()
        except Halted as halted:
            code, detail = _code_of(halted.error), str(halted.error)
        except GraphError as error:
            code, detail = _code_of(error), str(error)
        return Finding(code, code in ("ok", "unclear"), detail, check)

    def tenant(self) -> tuple[str, str]:
        """Whether the authority knows the tenant."""
        url = (
            f"{self._registration.authority_url}/v2.0/.well-known/openid-configuration"
        )
        self._endpoints = parse(self._transport.get(url))
        return "ok", ""

    def app(self) -> tuple[str, str]:
        """Whether the client id and the redirect URI are registered."""
        query = {
            "client_id": self._registration.client_id,
            "response_type": "code",
            "response_mode": "query",
            "redirect_uri": self._redirect_uri,
            "scope": " ".join(["openid", "offline_access", *SCOPES]),
            "code_challenge": _CHALLENGE,
            "code_challenge_method": "S256",
            "prompt": "none",
            "state": "test",
        }
        url = self._endpoints["authorization_endpoint"]
        answer = self._transport.send("GET", url, params=query)
        target = answer.headers.get("Location", "")
        if not target.startswith(self._redirect_uri):
            return _judge(answer.text, "app_refused")
        query_back = parse_qs(target.partition("?")[2].partition("#")[0])
        back = {name: values[0] for name, values in query_back.items()}
        if "code" in back or clean_code(back.get("error")) in _KNOWN:
            return "ok", ""
        return _judge(back.get("error_description", ""), "app_refused")

    def secret(self) -> tuple[str, str]:
        """Whether the secret is right: the application signs in as itself.

        It needs no rights for that. Where the tenant is not named Microsoft may refuse
        before it looks at the secret.
        """
        answer = self._transport.post(
            self._endpoints["token_endpoint"],
            data={
                "client_id": self._registration.client_id,
                "client_secret": self._registration.client_secret,
                "grant_type": "client_credentials",
                "scope": f"{_root(self._graph_url or _GRAPH)}/.default",
            },
        )
        if answer.status_code == 200:
            return "ok", ""
        found = parse(answer)
        code, detail = _judge(str(found.get("error_description", "")), "unclear")
        if code in _SECRET_CODES:
            return code, detail
        return "secret_wrong" if found[
            "error"
        ] == "invalid_client" else "unclear", detail

    def graph(self) -> tuple[str, str]:
        """Whether Graph answers; without a token it refuses, which is enough."""
        answer = self._transport.send("GET", f"{self._graph_url.rstrip('/')}/me")
        if not isinstance(parse(answer).get("error"), dict):
            raise BadAnswer("this is not Graph", status=answer.status_code)
        return "ok", ""


def _judge(text: str, otherwise: str) -> tuple[str, str]:
    """Return the code for the first AADSTS number that is known, and the numbers."""
    numbers = sts_codes_in(text)
    detail = " ".join(f"AADSTS{number}" for number in numbers)
    known = [_CODES[number] for number in numbers if number in _CODES]
    return (known[0] if known else otherwise if numbers else "unclear"), detail


def _code_of(error: GraphError) -> str:
    if isinstance(error, AppRefused):
        return error.code
    return "bad_answer" if isinstance(error, BadAnswer) else "unreachable"


def _root(url: str) -> str:
    """Return scheme and host: the resource that a scope names."""
    return "/".join(url.split("/")[:3])
