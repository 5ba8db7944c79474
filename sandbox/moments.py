# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Dates and times as Graph writes and reads them.

Inside, a moment is an aware ``datetime`` in UTC. An all-day event floats: its
midnights are kept as if they were UTC (graph.md, "All-day events").
"""

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from .problem import GraphProblem
from .zones import unsupported, zone

NEVER = "0001-01-01T00:00:00Z"
_PATTERN = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?"
    r"\s*(Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)


def parse(text: str) -> datetime:
    """Return an ISO 8601 date and time; naive when the text has no offset.

    :raise ValueError: the text is none
    """
    match = _PATTERN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a date and time: {text!r}")
    *numbers, fraction, offset = match.groups()
    micro = int((fraction or "0").ljust(6, "0")[:6])
    year, month, day, hour, minute, second = (int(each or 0) for each in numbers)
    value = datetime(year, month, day, hour, minute, second, micro)
    return value if offset is None else value.replace(tzinfo=_offset(offset))


def _offset(text: str) -> timezone:
    """Return the zone of ``Z`` or ``+hh:mm``."""
    if text in "zZ":
        return timezone.utc
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def parse_query(text: str) -> datetime:
    """Return a time of a query parameter in UTC; without an offset it is UTC.

    :raise ValueError: the text is no date and time
    """
    # An unescaped "+" of an offset arrives as a blank.
    text = re.sub(r" (\d\d:?\d\d)$", r"+\1", text.strip().strip("'\""))
    value = parse(text)
    if value.tzinfo is None:
        return value.replace(tzinfo=timezone.utc)
    return value.astimezone(timezone.utc)


def wall(value: datetime) -> str:
    """Return the clock face with the seven digits of Graph."""
    return value.replace(tzinfo=None).isoformat(timespec="microseconds") + "0"


def stamp(value: datetime) -> str:
    """Return a ``DateTimeOffset``: UTC, with a Z."""
    return wall(value.astimezone(timezone.utc)) + "Z"


def date_time(value: datetime, name: str = "UTC") -> dict[str, str]:
    """Return a moment as ``dateTimeTimeZone`` in the zone ``name``."""
    local = value if name == "UTC" else value.astimezone(zone(name))
    return {"dateTime": wall(local), "timeZone": name}


def read_date_time(value: Any, member: str) -> tuple[datetime, str]:
    """Return the moment in UTC and the zone name of a ``dateTimeTimeZone``.

    :param value: ``{"dateTime": wall time or instant, "timeZone": any name}``
    :param member: name for the error, as ``start``
    :raise GraphProblem: 400, no such structure, time or zone
    """
    local, name = read_wall(value, member)
    try:
        return local.astimezone(timezone.utc), name
    except (OverflowError, ValueError) as error:
        raise _unreadable(member) from error


def read_wall(value: Any, member: str) -> tuple[datetime, str]:
    """Return the time in its own zone, aware, and that zone's name."""
    if not isinstance(value, dict) or not isinstance(value.get("dateTime"), str):
        raise _unreadable(member)
    name = value.get("timeZone")
    if not isinstance(name, str) or not name:
        raise unsupported("")
    place = zone(name)
    try:
        moment = parse(value["dateTime"])
        # With an offset the text is an instant, the zone merely its anchor.
        if moment.tzinfo is not None:
            return moment.astimezone(place), name
        return moment.replace(tzinfo=place), name
    except (OverflowError, ValueError) as error:
        raise _unreadable(member) from error


def _unreadable(member: str) -> GraphProblem:
    """Return the refusal of something that is no ``dateTimeTimeZone``."""
    return GraphProblem(
        400,
        "RequestBodyRead",
        f"Cannot convert the value of '{member}' to the expected type "
        "'microsoft.graph.dateTimeTimeZone'.",
    )
