# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who and what the identity platform knows: tenants, people, apps, consents."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

# The one tenant of all personal Microsoft accounts.
PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad"


@dataclass(frozen=True)
class Tenant:
    """An organization, or the home of all personal accounts.

    :ivar id: GUID
    :ivar domain: verified domain, usable in place of the GUID in every address
    :ivar kind: ``work`` or ``personal``
    :ivar user_consent: whether people may consent themselves, without an administrator
    """

    id: str
    domain: str
    name: str
    kind: str = "work"
    user_consent: bool = True


@dataclass
class Person:
    """Somebody who can sign in; also a room or another resource.

    :ivar id: object id, a GUID (Graph's ``/me`` ``id``)
    :ivar username: the user principal name
    :ivar mail: primary address of the mailbox; "" without one
    :ivar timezone: Windows name, as ``mailboxSettings`` reports it
    :ivar aliases: further addresses of the same mailbox
    :ivar kind: ``user``, ``room`` or ``equipment``
    :ivar valid_from: sign-ins before this moment are revoked
    """

    id: str
    tenant_id: str
    username: str
    name: str
    mail: str = ""
    password: str = ""
    timezone: str = "UTC"
    aliases: list[str] = field(default_factory=list)
    enabled: bool = True
    has_mailbox: bool = True
    kind: str = "user"
    valid_from: datetime | None = None

    @property
    def addresses(self) -> list[str]:
        """Every address that reaches the person, lower-case, primary first."""
        known = [self.mail, self.username, *self.aliases]
        return list(dict.fromkeys(each.lower() for each in known if each))


@dataclass
class Secret:
    """A client secret; ``expires`` is an aware moment, None is never."""

    value: str
    expires: datetime | None = None


@dataclass
class AppRegistration:
    """A program that is registered with the identity platform.

    :ivar audience: ``single`` (``tenant_id`` alone), ``multi`` (every
        organization) or ``personal+work``
    :ivar certificates: PEM certificates whose keys may sign client assertions
    :ivar permissions: delegated permissions of the registration (``.default``)
    :ivar roles: application permissions that an administrator has granted
    :ivar pkce_required: refuse an authorization request without a challenge
    :ivar public: has no credential, like a desktop program
    """

    client_id: str
    name: str
    secrets: list[Secret] = field(default_factory=list)
    redirect_uris: list[str] = field(default_factory=list)
    audience: str = "personal+work"
    tenant_id: str = ""
    certificates: list[str] = field(default_factory=list)
    permissions: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    pkce_required: bool = False
    public: bool = False


class Directory:
    """Every tenant, person and app, with the consents given so far."""

    def __init__(self) -> None:
        self.tenants: dict[str, Tenant] = {}
        self.people: dict[str, Person] = {}
        self.apps: dict[str, AppRegistration] = {}
        # (person id, or tenant id for an administrator's consent; client id)
        self.consents: dict[tuple[str, str], set[str]] = {}

    def tenant(self, name: str) -> Tenant | None:
        """Return the tenant with this id or domain, case-insensitively."""
        name = name.lower()
        for tenant in self.tenants.values():
            if name in (tenant.id.lower(), tenant.domain.lower()):
                return tenant
        return None

    def person(self, key: str) -> Person | None:
        """Return the person with this id, username, mail or alias."""
        if key in self.people:
            return self.people[key]
        key = key.lower()
        for person in self.people.values():
            if key == person.id.lower() or key in person.addresses:
                return person
        return None

    def person_by_address(self, address: str) -> Person | None:
        """Return who has a mailbox with this address; None is an outsider."""
        person = self.person(address.strip())
        return person if person and person.has_mailbox else None

    def tenant_of(self, person: Person) -> Tenant:
        """Return the tenant that the person belongs to."""
        return self.tenants[person.tenant_id]

    def app(self, client_id: str) -> AppRegistration | None:
        """Return the app registration with this client id."""
        return self.apps.get(client_id.lower())

    def consented(self, person: Person, client_id: str) -> set[str]:
        """Return the scopes granted to the app for this person, by whomever."""
        own = self.consents.get((person.id, client_id), set())
        return own | self.consents.get((person.tenant_id, client_id), set())

    def consent(self, granter: str, client_id: str, scopes: Iterable[str]) -> None:
        """Add a consent; ``granter`` is a person's id or a tenant's."""
        self.consents.setdefault((granter, client_id), set()).update(scopes)

    def withdraw(self, granter: str, client_id: str = "") -> None:
        """Take back what ``granter`` consented to, for one app or for all."""
        for key in list(self.consents):
            if key[0] == granter and client_id in ("", key[1]):
                del self.consents[key]

    def add_tenant(self, **values: Any) -> Tenant:
        """Add a tenant; the parameters are the fields of :class:`Tenant`."""
        tenant = Tenant(**values)
        self.tenants[tenant.id] = tenant
        return tenant

    def add_person(self, **values: Any) -> Person:
        """Add a person; the parameters are the fields of :class:`Person`."""
        person = Person(**values)
        self.people[person.id] = person
        return person

    def add_app(self, secrets: Iterable[Any] = (), **values: Any) -> AppRegistration:
        """Add an app; a secret is a value or a mapping of :class:`Secret`."""
        kept = [
            Secret(each) if isinstance(each, str) else Secret(**each)
            for each in secrets
        ]
        app = AppRegistration(secrets=kept, **values)
        app.client_id = app.client_id.lower()
        self.apps[app.client_id] = app
        return app

    def dump(self) -> dict[str, Any]:
        """Return everything as JSON values, for :meth:`load`; dates stay dates."""
        return {
            "tenants": [asdict(each) for each in self.tenants.values()],
            "people": [asdict(each) for each in self.people.values()],
            "apps": [asdict(each) for each in self.apps.values()],
            "consents": [
                [granter, client_id, sorted(scopes)]
                for (granter, client_id), scopes in self.consents.items()
            ],
        }
