# Part of outlook_calendar. LGPL-3, see LICENSE.
"""An event, or what changed of it, to the body of a Graph request."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .discuss_block import with_discuss_link
from .event import Attendee, Event
from .join_block import with_join_block
from .snapshot import FIELDS
from .timezones import graph_from_utc, graph_zone

_Members = dict[str, Any]


def graph_from_event(
    event: Event,
    zone: str,
    fields: Collection[str] | None = None,
    *,
    join_block: str = "",
) -> dict[str, Any]:
    """Return the body of a POST, or of a PATCH of some fields.

    :param zone: IANA name of the zone that the times are told in, ``""`` for UTC
    :param fields: names from ``core.snapshot.FIELDS``; None: all of them
    :param join_block: what ``split_join_block`` took out of the body that Outlook has
    :return: members of exactly these fields. ``join_url`` and ``responses`` have none:
        the first is Outlook's to make, answers are given by their own requests. An
        online meeting is asked for and never ended: Graph cannot. So a dict may be
        empty, and is then not worth a request
    :raise ConversionError: unknown zone

    Source: Graph v1.0 event: update.

    >>> from .event import When
    >>> fair = Event("Fair", When(date(2026, 5, 1), date(2026, 5, 2)), location="Ghent")
    >>> graph_from_event(fair, "Europe/Brussels", {"subject", "location"})
    {'subject': 'Fair', 'location': {'displayName': 'Ghent'}}
    """
    members: _Members = {}
    for name in FIELDS:
        if fields is not None and name not in fields:
            continue
        if name in ("body", "discuss_url"):
            members["body"] = _body(event, join_block)
        elif name == "when":
            members |= _when(event, zone)
        elif name in _MEMBERS:
            members |= _MEMBERS[name](event)
    return members


def with_locations(
    members: Mapping[str, Any], current: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the members of a PATCH such that several locations stay several.

    Of an event with several locations, ``location`` has all their names, separated by
    semicolons, and replaces them all. So what Odoo says is taken apart again, and the
    locations that are still named keep their addresses and coordinates.

    :param members: as ``graph_from_event`` returns them
    :param current: ``locations`` of the event in Outlook

    Source: Graph v1.0 event: ``location`` and ``locations`` mirror each other.

    >>> rooms = [{"displayName": "R1"}, {"displayName": "R2", "uniqueId": "2"}]
    >>> with_locations({"location": {"displayName": "Ghent; R2"}}, rooms)
    {'locations': [{'displayName': 'Ghent'}, {'displayName': 'R2', 'uniqueId': '2'}]}
    """
    if "location" not in members or len(current) < 2:
        return dict(members)
    others = {name: value for name, value in members.items() if name != "location"}
    known = {place.get("displayName"): dict(place) for place in current}
    names = [name.strip() for name in members["location"]["displayName"].split(";")]
    places = [known.get(name, {"displayName": name}) for name in names if name]
    return others | {"locations": places}


def _body(event: Event, join_block: str) -> _Members:
    html = with_discuss_link(event.body, event.discuss_url)
    return {"contentType": "html", "content": with_join_block(html, join_block)}


def _when(event: Event, zone: str) -> _Members:
    """Return all three, since Graph refuses or misreads one without the others."""
    return {
        "start": _moment(event.when.start, zone),
        "end": _moment(event.when.end, zone),
        "isAllDay": event.when.is_all_day,
    }


def _moment(moment: datetime | date, zone: str) -> dict[str, str]:
    if isinstance(moment, datetime):
        return graph_from_utc(moment, zone)
    # Midnight in one zone for both ends, or Graph refuses (ErrorInvalidRequest).
    return {"dateTime": f"{moment.isoformat()}T00:00:00", "timeZone": graph_zone(zone)}


def _online(event: Event) -> _Members:
    if not event.online:
        return {}
    return {"isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness"}


def _reminder(event: Event) -> _Members:
    if event.reminder is None:
        return {"isReminderOn": False}
    return {"isReminderOn": True, "reminderMinutesBeforeStart": event.reminder}


def _attendees(event: Event) -> _Members:
    """Return the whole list, which replaces Graph's.

    A guest without an address is left out: Graph would refuse the event for his sake.
    """
    guests = [_attendee(guest) for guest in event.attendees if guest.address]
    return {"attendees": guests}


def _attendee(guest: Attendee) -> _Members:
    mailbox = {"address": guest.address}
    if guest.name:
        mailbox["name"] = guest.name
    return {"type": guest.type, "emailAddress": mailbox}


_MEMBERS: dict[str, Callable[[Event], _Members]] = {
    "subject": lambda event: {"subject": event.subject},
    "location": lambda event: {"location": {"displayName": event.location}},
    "sensitivity": lambda event: {"sensitivity": event.sensitivity},
    "show_as": lambda event: {"showAs": event.show_as},
    "reminder": _reminder,
    "categories": lambda event: {"categories": list(event.categories)},
    "online": _online,
    "attendees": _attendees,
}
