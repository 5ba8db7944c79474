# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What an event looked like: the state that the next comparison starts from.

A snapshot is what a link stores for each side. It holds no text that Exchange
rewrites (a body is kept as its digest) and no order that means nothing, so two
snapshots of one state are equal, also after a stay in a JSON column.
"""

from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import Any

from .body import digest
from .event import Attendee, Event, When

#: The fields that are kept in step, in the order in which people read them.
FIELDS: tuple[str, ...] = (
    "subject",
    "body",
    "when",
    "location",
    "sensitivity",
    "show_as",
    "reminder",
    "categories",
    "join_url",
    "discuss_url",
    "online",
    "attendees",
    "responses",
)


def snapshot(event: Event) -> dict[str, Any]:
    """Return the state of an event, one JSON-able value for each of ``FIELDS``.

    * ``body``: its digest
    * ``when``: ``{"start": ISO, "end": ISO, "all_day": bool}``, times in UTC
    * ``attendees``: ``{address: type}``, a guest without an address as ``?name``
    * ``responses``: ``{address: response}`` of those who answered

    >>> event = Event("Lunch", When(date(2026, 5, 1), date(2026, 5, 2)))
    >>> snapshot(event)["when"]
    {'start': '2026-05-01', 'end': '2026-05-02', 'all_day': True}
    """
    return {
        "subject": event.subject,
        "body": digest(event.body),
        "when": _when(event.when),
        "location": event.location,
        "sensitivity": event.sensitivity,
        "show_as": event.show_as,
        "reminder": event.reminder,
        "categories": sorted(event.categories),
        "join_url": event.join_url,
        "discuss_url": event.discuss_url,
        "online": event.online,
        "attendees": {_key(guest): guest.type for guest in event.attendees},
        "responses": {
            _key(guest): guest.response
            for guest in event.attendees
            if guest.response != "none"
        },
    }


def changed(base: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    """Return the fields that differ; a field that one of the two lacks does not.

    >>> changed({"subject": "A", "location": ""}, {"subject": "B", "reminder": 5})
    {'subject'}
    """
    return {name for name in base if name in now and base[name] != now[name]}


def is_over(state: Mapping[str, Any], now: datetime) -> bool:
    """Whether an event has ended, by its snapshot.

    An all-day event ends with its last day in UTC, since dates float.

    :param now: aware

    >>> event = Event("Lunch", When(date(2026, 5, 1), date(2026, 5, 2)))
    >>> is_over(snapshot(event), datetime(2026, 5, 1, 23, tzinfo=timezone.utc))
    False
    """
    end = datetime.fromisoformat(state["when"]["end"])
    if state["when"]["all_day"]:
        end = end.replace(tzinfo=timezone.utc)
    return end <= now


def _when(when: When) -> dict[str, Any]:
    return {
        "start": _moment(when.start),
        "end": _moment(when.end),
        "all_day": when.is_all_day,
    }


def _moment(moment: datetime | date) -> str:
    if isinstance(moment, datetime):
        moment = moment.astimezone(timezone.utc)
    return moment.isoformat()


def _key(guest: Attendee) -> str:
    return guest.address.strip().lower() or f"?{guest.name}"
