# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The tenant part of an identity address, and the documents published for it.

Source: Microsoft identity platform, "OpenID Connect on the Microsoft identity
platform"; OpenID Connect Discovery 1.0.
"""

from dataclasses import dataclass
from typing import Any

from .directory import PERSONAL_TENANT, AppRegistration, Directory, Person, Tenant
from .identity_problem import IdentityProblem
from .identity_scopes import OIDC

# Name in the address: kinds of tenants whose people may sign in there.
_SHARED = {
    "common": ("work", "personal"),
    "organizations": ("work",),
    "consumers": ("personal",),
}


@dataclass(frozen=True)
class Realm:
    """Where a sign-in takes place: one tenant, or all tenants of some kinds.

    :ivar path: how answers name it: ``common`` and so on, or the tenant's GUID
    :ivar tenant: None for ``common`` and so on
    """

    path: str
    tenant: Tenant | None
    directory: Directory

    @property
    def issuer_id(self) -> str:
        """The tenant in the issuer; a placeholder where there are several."""
        if self.path == "consumers":
            return PERSONAL_TENANT
        return self.tenant.id if self.tenant else "{tenantid}"

    @property
    def name(self) -> str:
        """What error texts call it."""
        return self.tenant.name if self.tenant else self.path

    def admits(self, person: Person) -> bool:
        """Return whether the person may sign in at this address."""
        tenant = self.directory.tenant_of(person)
        if self.tenant:
            return tenant.id == self.tenant.id
        return tenant.kind in _SHARED[self.path]

    def check_app(self, client_id: str) -> AppRegistration:
        """Return the app, which must be meant for this address.

        :raise IdentityProblem: 700016, 50194 or 9002331
        """
        app = self.directory.app(client_id)
        foreign = self.tenant and app and app.audience == "single"
        if app is None or (foreign and app.tenant_id != self.issuer_id):
            raise IdentityProblem(700016, client_id=client_id, tenant=self.name)
        words = {"client_id": app.client_id, "name": app.name}
        if app.audience == "single" and not self.tenant:
            raise IdentityProblem(50194, **words)
        if app.audience == "multi" and self.issuer_id == PERSONAL_TENANT:
            raise IdentityProblem(9002331, **words)
        return app

    def check_person(self, person: Person, app: AppRegistration) -> None:
        """Refuse a person whom this address or the app does not admit.

        :raise IdentityProblem: 50057 disabled, 50020 of another tenant or kind
        """
        if not person.enabled:
            raise IdentityProblem(50057)
        tenant = self.directory.tenant_of(person)
        admitted = {
            "single": tenant.id == app.tenant_id,
            "multi": tenant.kind == "work",
        }.get(app.audience, True)
        if not (admitted and self.admits(person)):
            raise IdentityProblem(
                50020,
                username=person.username,
                provider="live.com" if tenant.kind == "personal" else tenant.domain,
                tenant=self.name,
                client_id=app.client_id,
            )


def find_realm(directory: Directory, name: str) -> Realm:
    """Return the realm that an address names.

    :raise IdentityProblem: 90002, no such tenant
    """
    if name.lower() in _SHARED:
        return Realm(name.lower(), None, directory)
    tenant = directory.tenant(name)
    if tenant is None:
        raise IdentityProblem(90002, tenant=name)
    return Realm(tenant.id, tenant, directory)


def issuer(origin: str, tenant_id: str) -> str:
    """Return the issuer of a tenant's id tokens."""
    return f"{origin}/{tenant_id}/v2.0"


def discovery(realm: Realm, origin: str, sign_in_origin: str) -> dict[str, Any]:
    """Return the OpenID configuration.

    :param origin: scheme, host and port of the endpoints
    :param sign_in_origin: the same for the pages that a browser opens
    """
    base, pages = f"{origin}/{realm.path}", f"{sign_in_origin}/{realm.path}"
    return {
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "jwks_uri": f"{base}/discovery/v2.0/keys",
        "issuer": issuer(origin, realm.issuer_id),
        "authorization_endpoint": f"{pages}/oauth2/v2.0/authorize",
        "end_session_endpoint": f"{pages}/oauth2/v2.0/logout",
        "tenant_region_scope": "EU" if realm.tenant else None,
        **_ABILITIES,
    }


_ABILITIES: dict[str, Any] = {
    "token_endpoint_auth_methods_supported": [
        "client_secret_post",
        "private_key_jwt",
        "client_secret_basic",
    ],
    "response_modes_supported": ["query", "fragment", "form_post"],
    "subject_types_supported": ["pairwise"],
    "id_token_signing_alg_values_supported": ["RS256"],
    "response_types_supported": ["code", "code id_token"],
    "scopes_supported": list(OIDC),
    "request_uri_parameter_supported": False,
    "code_challenge_methods_supported": ["plain", "S256"],
    "claims_supported": [
        "sub",
        "iss",
        "aud",
        "exp",
        "iat",
        "nonce",
        "preferred_username",
        "name",
        "tid",
        "ver",
        "oid",
        "email",
    ],
    "cloud_instance_name": "microsoftonline.com",
    "cloud_graph_host_name": "graph.windows.net",
    "msgraph_host": "graph.microsoft.com",
}


def instance_discovery(origin: str, host: str) -> dict[str, Any]:
    """Return what MSAL asks of a cloud before it trusts a host."""
    names = {"preferred_network": host, "preferred_cache": host, "aliases": [host]}
    return {
        "tenant_discovery_endpoint": (
            f"{origin}/common/v2.0/.well-known/openid-configuration"
        ),
        "api-version": "1.1",
        "metadata": [names],
    }
