# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What goes wrong with requests to the control interface, and small readers."""

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from .directory import AppRegistration, Person

if TYPE_CHECKING:
    from .app import Sandbox


class Wrong(Exception):
    """The request cannot be done; the text is a sentence for people."""


class NotThere(Exception):
    """The request names something that does not exist."""


def find_person(sandbox: "Sandbox", key: str) -> Person:
    """Return the person with this id or address.

    :raise NotThere: there is none
    """
    person = sandbox.directory.person(key)
    if person is None:
        raise NotThere(f"Nobody is called {key}.")
    return person


def find_app(sandbox: "Sandbox", client_id: str) -> AppRegistration:
    """Return the app with this client id.

    :raise NotThere: there is none
    """
    app = sandbox.directory.app(client_id)
    if app is None:
        raise NotThere(f"No app has the client id {client_id}.")
    return app


def read_moment(text: str) -> datetime:
    """Return the aware moment of an ISO text; without an offset it is UTC.

    :raise Wrong: it is none
    """
    try:
        moment = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError as error:
        raise Wrong(f"{text} is no date and time like 2026-11-22T08:00:00Z.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def flag(given: dict[str, Any], name: str, default: bool) -> bool:
    """Return a yes or no from JSON or from a query.

    :raise Wrong: it is neither
    """
    value = given.get(name, default)
    if isinstance(value, bool):
        return value
    known = {"true": True, "1": True, "false": False, "0": False}
    if str(value).lower() not in known:
        raise Wrong(f"{name} must be true or false.")
    return known[str(value).lower()]
