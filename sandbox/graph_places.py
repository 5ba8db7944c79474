# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Endpoints of calendars and calendar groups."""

from typing import Any

from werkzeug.wrappers import Response

from .directory import Person
from .graph_call import READ, WRITE, Call
from .graph_list import context, plain_page
from .items import Calendar, Group
from .odata import read_options, selected
from .rendering import show_calendar, show_group
from .sharing import show_share, show_shares

CALENDAR_PATHS = frozenset(("name", "isDefaultCalendar", "canEdit", "color"))
GROUP_PATHS = frozenset(("name",))


def list_calendars(call: Call, user: str, group: str = "") -> Response:
    """Answer ``GET .../calendars``, of one group or of all."""
    person, mailbox = call.mailbox(user, READ)
    if group:
        call.exchange.places.group(mailbox, group)
    rows = [
        show_calendar(mailbox, person, row)
        for row in mailbox.calendars.values()
        if group in ("", row.group_id)
    ]
    if not group and call.may_see_shares(user):
        rows += show_shares(call.exchange, person)
    return plain_page(call, person, "calendars", rows, CALENDAR_PATHS)


def create_calendar(call: Call, user: str, group: str = "") -> Response:
    """Answer ``POST .../calendars``."""
    person, mailbox = call.mailbox(user, WRITE)
    row = call.exchange.places.add_calendar(mailbox, call.body(), group)
    return _calendar(call, person, row, 201)


def get_calendar(call: Call, user: str, calendar: str = "") -> Response:
    """Answer ``GET .../calendar`` and ``GET .../calendars/{id}``."""
    person = call.owner(user, READ)
    if call.share:
        resource = show_share(call.exchange, call.share)
        where = context(call, person, "calendars/$entity")
        return call.json({"@odata.context": where, **resource})
    return _calendar(call, person, call.exchange.calendar(person, calendar))


def update_calendar(call: Call, user: str, calendar: str = "") -> Response:
    """Answer ``PATCH .../calendars/{id}``."""
    person, mailbox = call.mailbox(user, WRITE)
    row = call.exchange.calendar(person, calendar)
    call.exchange.places.change_calendar(mailbox, row, call.body())
    return _calendar(call, person, row)


def delete_calendar(call: Call, user: str, calendar: str = "") -> Response:
    """Answer ``DELETE .../calendars/{id}``."""
    person, mailbox = call.mailbox(user, WRITE)
    row = call.exchange.calendar(person, calendar)
    call.exchange.places.delete_calendar(mailbox, row)
    return call.empty()


def _calendar(call: Call, person: Person, row: Calendar, status: int = 200) -> Response:
    """Return one calendar."""
    resource = show_calendar(call.exchange.mailbox(person), person, row)
    options = read_options(call.query, frozenset(resource))
    where = context(call, person, "calendars/$entity")
    return call.json({"@odata.context": where, **selected(resource, options)}, status)


def list_groups(call: Call, user: str) -> Response:
    """Answer ``GET .../calendarGroups``."""
    person, mailbox = call.mailbox(user, READ)
    rows = [show_group(mailbox, row) for row in mailbox.groups.values()]
    return plain_page(call, person, "calendarGroups", rows, GROUP_PATHS)


def create_group(call: Call, user: str) -> Response:
    """Answer ``POST .../calendarGroups``."""
    person, mailbox = call.mailbox(user, WRITE)
    row = call.exchange.places.add_group(mailbox, call.body())
    return _group(call, person, row, 201)


def get_group(call: Call, user: str, group: str) -> Response:
    """Answer ``GET .../calendarGroups/{id}``."""
    person, mailbox = call.mailbox(user, READ)
    return _group(call, person, call.exchange.places.group(mailbox, group))


def delete_group(call: Call, user: str, group: str) -> Response:
    """Answer ``DELETE .../calendarGroups/{id}``."""
    _person, mailbox = call.mailbox(user, WRITE)
    row = call.exchange.places.group(mailbox, group)
    call.exchange.places.delete_group(mailbox, row)
    return call.empty()


def _group(call: Call, person: Person, row: Group, status: int = 200) -> Response:
    """Return one calendar group."""
    shown: dict[str, Any] = show_group(call.exchange.mailbox(person), row)
    where = context(call, person, "calendarGroups/$entity")
    return call.json({"@odata.context": where, **shown}, status)
