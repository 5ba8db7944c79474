# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Endpoints of the open extensions of events."""

from werkzeug.wrappers import Response

from .directory import Person
from .extensions import extension_name, show_extension
from .graph_call import READ, WRITE, Call
from .graph_events import check_settled, find
from .graph_list import context
from .items import Item
from .refusals import not_found


def list_extensions(
    call: Call, user: str, event: str, calendar: str | None = None
) -> Response:
    """Answer ``GET .../events/{id}/extensions``."""
    person = call.owner(user, READ)
    item = find(call, person, event, calendar)
    rows = [show_extension(*pair) for pair in item.extensions.items()]
    where = context(call, person, "events/extensions")
    return call.json({"@odata.context": where, "value": rows})


def create_extension(
    call: Call, user: str, event: str, calendar: str | None = None
) -> Response:
    """Answer ``POST .../events/{id}/extensions``."""
    body = call.body()
    name = str(body.get("extensionName") or "")
    return _write_extension(call, user, event, calendar, name, 201)


def get_extension(
    call: Call, user: str, event: str, name: str, calendar: str | None = None
) -> Response:
    """Answer ``GET .../events/{id}/extensions/{name}``."""
    person = call.owner(user, READ)
    return _extension(call, person, find(call, person, event, calendar), name, 200)


def update_extension(
    call: Call, user: str, event: str, name: str, calendar: str | None = None
) -> Response:
    """Answer ``PATCH .../events/{id}/extensions/{name}``."""
    return _write_extension(call, user, event, calendar, name, 200)


def delete_extension(
    call: Call, user: str, event: str, name: str, calendar: str | None = None
) -> Response:
    """Answer ``DELETE .../events/{id}/extensions/{name}``."""
    person = call.owner(user, WRITE)
    find(call, person, event, calendar)
    call.exchange.set_extension(person, event, name, None)
    return call.empty()


def _write_extension(
    call: Call, user: str, event: str, calendar: str | None, name: str, status: int
) -> Response:
    person = call.owner(user, WRITE)
    item = find(call, person, event, calendar)
    check_settled(call, person, item)
    if status == 200 and extension_name(name) not in item.extensions:
        raise not_found()
    call.exchange.set_extension(person, event, name, call.body())
    item = call.exchange.item(person, event)  # an exception now, if an occurrence
    return _extension(call, person, item, name, status)


def _extension(
    call: Call, person: Person, item: Item, name: str, status: int
) -> Response:
    """Return one extension of an event."""
    name = extension_name(name)
    if name not in item.extensions:
        raise not_found()
    where = context(call, person, "events/extensions/$entity")
    shown = show_extension(name, item.extensions[name])
    return call.json({"@odata.context": where, **shown}, status)
