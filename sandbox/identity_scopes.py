# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The ``scope`` parameter: what is asked for, of which resource, and what it means.

Source: Microsoft identity platform, "Scopes and permissions"; Microsoft Graph
permissions reference.
"""

import re
from dataclasses import dataclass, field

from .directory import AppRegistration, Directory, Person
from .identity_problem import IdentityProblem
from .tokens import GRAPH

# Hosts of Graph in all clouds; a scope may carry any of them.
GRAPH_HOSTS = (
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
)
OIDC = ("openid", "profile", "email", "offline_access")

# Delegated permissions of Graph and what the consent page says about them.
GRAPH_SCOPES = {
    "User.Read": "Sign you in and read your profile",
    "User.ReadWrite": "Read and update your profile",
    "User.ReadBasic.All": "Read basic profiles of all users",
    "User.Read.All": "Read the full profiles of all users",
    "Calendars.Read": "Read your calendars",
    "Calendars.ReadBasic": "Read basic details of your calendars",
    "Calendars.ReadWrite": "Have full access to your calendars",
    "Calendars.Read.Shared": "Read calendars you can access",
    "Calendars.ReadWrite.Shared": "Read and write to your and shared calendars",
    "MailboxSettings.Read": "Read your mailbox settings",
    "MailboxSettings.ReadWrite": "Read and write to your mailbox settings",
    "Mail.Read": "Read your mail",
    "Mail.ReadWrite": "Read and write access to your mail",
    "Mail.Read.Shared": "Read mail you can access",
    "Mail.ReadWrite.Shared": "Read and write mail you can access",
    "Mail.Send": "Send mail as you",
    "Mail.Send.Shared": "Send mail on behalf of others or yourself",
    "Contacts.Read": "Read your contacts",
    "Contacts.ReadWrite": "Read and write to your contacts",
    "People.Read": "Read your relevant people list",
    "OnlineMeetings.ReadWrite": "Read and create your online meetings",
    "Tasks.ReadWrite": "Create, read, update and delete your tasks and projects",
    "Place.Read.All": "Read all company places",
    "Group.ReadWrite.All": "Read and write all groups",
    "Directory.Read.All": "Read directory data",
}
ADMIN_ONLY = (
    "User.Read.All",
    "Place.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
)
OIDC_SCOPES = {
    "openid": "Sign you in",
    "profile": "View your basic profile",
    "email": "View your email address",
    "offline_access": "Maintain access to data you have given it access to",
}

_BY_LOWER = {name.lower(): name for name in GRAPH_SCOPES}
_NAME = re.compile(r"^[A-Za-z][\w.\-]*$|^\.default$")


@dataclass
class Scopes:
    """A scope parameter, taken apart.

    :ivar oidc: names among :data:`OIDC`
    :ivar resources: resource address to short names, in the order asked for
    :ivar qualified: whether the client wrote Graph's scopes with the address
    """

    oidc: set[str] = field(default_factory=set)
    resources: dict[str, set[str]] = field(default_factory=dict)
    qualified: bool = False

    @property
    def wanted(self) -> set[str]:
        """What consent is needed for, Graph's by short name, others in full."""
        return self.oidc | {
            consent_name(resource, name)
            for resource, names in self.resources.items()
            for name in names
        }


def consent_name(resource: str, name: str) -> str:
    """Return how consents keep a scope: Graph's short, others with the resource."""
    return name if resource == GRAPH else f"{resource}/{name}"


def parse_scopes(text: str, own_host: str) -> Scopes:
    """Take a scope parameter apart; Graph's names get their usual spelling.

    :param own_host: host and port of the sandbox, whose Graph is meant as well
    :raise IdentityProblem: 70011 for what is no scope, or ``.default`` among others
    """
    scopes = Scopes()
    for item in text.split():
        if item.lower() in OIDC:
            scopes.oidc.add(item.lower())
            continue
        address, slash, name = item.rpartition("/")
        if not _NAME.match(name) or (slash and not address):
            raise IdentityProblem(70011, what=item)
        resource = _resource(address.rstrip("/"), own_host)
        scopes.qualified |= bool(address) and resource == GRAPH
        if resource == GRAPH:
            name = _BY_LOWER.get(name.lower(), name)
        scopes.resources.setdefault(resource, set()).add(name)
    for names in scopes.resources.values():
        if ".default" in names and len(names) > 1:
            raise IdentityProblem(70011, what=text)
    return scopes


def _resource(address: str, own_host: str) -> str:
    """Return the resource that ``address`` names; no address is Graph."""
    host = re.sub(r"^https?://", "", address)
    return GRAPH if host in ("", own_host, *GRAPH_HOSTS) else address


def resolve(
    scopes: Scopes, app: AppRegistration, person: Person, directory: Directory
) -> Scopes:
    """Return the scopes that ``person`` can grant ``app`` out of those asked for.

    ``.default`` becomes the permissions of the registration. Shared calendars do not
    exist for personal accounts, their scopes are dropped (unverified).

    :raise IdentityProblem: 500011 for a resource that nobody knows, 650053 for a
        scope that Graph does not have
    """
    found = Scopes(set(scopes.oidc), {}, scopes.qualified)
    tenant = directory.tenant_of(person)
    for resource, names in scopes.resources.items():
        if resource != GRAPH and not resource.startswith("https://outlook.office"):
            raise IdentityProblem(500011, what=resource, tenant=tenant.name)
        kept = set(app.permissions) if ".default" in names else set(names)
        unknown = kept - set(GRAPH_SCOPES) if resource == GRAPH else set()
        if unknown:
            raise IdentityProblem(650053, name=app.name, what=min(unknown))
        if tenant.kind == "personal":
            kept = {name for name in kept if not name.endswith(".Shared")}
        found.resources[resource] = kept
    return found


def needs_admin(wanted: set[str], user_consent: bool) -> bool:
    """Return whether only an administrator may consent to these scopes."""
    beyond = wanted - set(OIDC) - {"User.Read"}
    return bool(wanted & set(ADMIN_ONLY)) or (bool(beyond) and not user_consent)


def describe(name: str) -> str:
    """Return what the consent page says about a scope."""
    return OIDC_SCOPES.get(name) or GRAPH_SCOPES.get(name) or name
