# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Control of people, apps and tenants: what an administrator does in Entra."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from .control_errors import NotThere, Wrong, find_app, find_person, flag, read_moment
from .directory import Secret
from .seeds import add_app, add_person

if TYPE_CHECKING:
    from .app import Sandbox

Given = dict[str, Any]

_PERSON_FIELDS = ("name", "mail", "timezone", "aliases", "enabled", "has_mailbox")
_APP_FIELDS = (
    "name",
    "audience",
    "tenant_id",
    "permissions",
    "roles",
    "certificates",
    "redirect_uris",
    "pkce_required",
    "public",
)


def people(sandbox: "Sandbox", given: Given) -> list[Given]:
    """List everybody."""
    return [asdict(each) for each in sandbox.directory.people.values()]


def new_person(sandbox: "Sandbox", given: Given) -> Given:
    """Add a person; the members are those of a seed's row."""
    username = given.get("username", "")
    if not username:
        raise Wrong("A person needs a username.")
    if sandbox.directory.person(username):
        raise Wrong(f"Somebody is called {username} already.")
    return asdict(add_person(sandbox.directory, given))


def change_person(sandbox: "Sandbox", given: Given, key: str) -> Given:
    """Change a person; a ``password`` is an administrator's reset.

    ``enabled`` false disables the account, ``has_mailbox`` false takes the licence.
    """
    person = find_person(sandbox, key)
    values = dict(given)
    if "password" in values:
        person.password = str(values.pop("password"))
        person.valid_from = sandbox.clock.now()
    _change(person, values, _PERSON_FIELDS)
    return asdict(person)


def revoke(sandbox: "Sandbox", given: Given, key: str) -> None:
    """Revoke the person's sign-ins: every refresh token so far is dead.

    With ``access_tokens`` the access tokens die at once too.
    """
    person = find_person(sandbox, key)
    person.valid_from = sandbox.clock.now()
    if flag(given, "access_tokens", False):
        sandbox.tokens.revoke(person.id)


def withdraw(sandbox: "Sandbox", given: Given, key: str) -> None:
    """Take back a person's consents, or a tenant's, to ``client_id`` or to all."""
    tenant = sandbox.directory.tenant(key)
    granter = tenant.id if tenant else find_person(sandbox, key).id
    sandbox.directory.withdraw(granter, given.get("client_id", "").lower())


def grant(sandbox: "Sandbox", given: Given, key: str) -> None:
    """Consent to ``scopes`` of ``client_id`` for a person or a whole tenant."""
    tenant = sandbox.directory.tenant(key)
    granter = tenant.id if tenant else find_person(sandbox, key).id
    app = find_app(sandbox, given.get("client_id", ""))
    sandbox.directory.consent(granter, app.client_id, given["scopes"])


def apps(sandbox: "Sandbox", given: Given) -> list[Given]:
    """List the app registrations."""
    return [asdict(each) for each in sandbox.directory.apps.values()]


def new_app(sandbox: "Sandbox", given: Given) -> Given:
    """Register an app; the members are those of a seed's row."""
    return asdict(add_app(sandbox.directory, given))


def change_app(sandbox: "Sandbox", given: Given, client_id: str) -> Given:
    """Change an app registration; lists replace."""
    app = find_app(sandbox, client_id)
    _change(app, given, _APP_FIELDS)
    return asdict(app)


def add_redirect(sandbox: "Sandbox", given: Given, client_id: str) -> Given:
    """Add the redirect URI ``uri`` to an app."""
    app = find_app(sandbox, client_id)
    if given["uri"] not in app.redirect_uris:
        app.redirect_uris.append(given["uri"])
    return asdict(app)


def add_secret(sandbox: "Sandbox", given: Given, client_id: str) -> Given:
    """Give an app another secret: ``value``, and ``expires`` if it does."""
    app = find_app(sandbox, client_id)
    expires = read_moment(given["expires"]) if given.get("expires") else None
    app.secrets.append(Secret(given["value"], expires))
    return asdict(app)


def expire_secrets(sandbox: "Sandbox", given: Given, client_id: str) -> Given:
    """Let all secrets of an app expire now."""
    app = find_app(sandbox, client_id)
    for secret in app.secrets:
        secret.expires = sandbox.clock.now()
    return asdict(app)


def change_tenant(sandbox: "Sandbox", given: Given, name: str) -> Given:
    """Change ``user_consent`` of a tenant: may people consent themselves?"""
    tenant = sandbox.directory.tenant(name)
    if tenant is None:
        raise NotThere(f"No tenant is called {name}.")
    changed = replace(tenant, user_consent=flag(given, "user_consent", True))
    sandbox.directory.tenants[tenant.id] = changed
    return asdict(changed)


def _change(thing: Any, values: Given, known: tuple[str, ...]) -> None:
    """Set attributes by name; each keeps its type.

    :raise Wrong: an unknown name, or a value of another type
    """
    for name, value in values.items():
        if name not in known or type(value) is not type(getattr(thing, name)):
            raise Wrong(f"{name} cannot be set to {value!r}.")
    for name, value in values.items():
        setattr(thing, name, value)


ROUTES = [
    ("GET", "/people", people),
    ("POST", "/people", new_person),
    ("PATCH", "/people/<key>", change_person),
    ("POST", "/people/<key>/revoke", revoke),
    ("POST", "/consents/<key>", grant),
    ("DELETE", "/consents/<key>", withdraw),
    ("GET", "/apps", apps),
    ("POST", "/apps", new_app),
    ("PATCH", "/apps/<client_id>", change_app),
    ("POST", "/apps/<client_id>/redirects", add_redirect),
    ("POST", "/apps/<client_id>/secrets", add_secret),
    ("POST", "/apps/<client_id>/secrets/expire", expire_secrets),
    ("PATCH", "/tenants/<name>", change_tenant),
]
