# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The text of an RRULE to a rule, where Graph has one with the same dates.

Source: RFC 5545, 3.3.10. What Graph lacks is listed in MS-OXCICAL 2.1.3.2.2.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from .errors import UnsupportedRecurrence
from .recurrence import DAYS, ORDINALS, Rule, ordered
from .recurrence_dates import misses_no_month
from .timezones import graph_zone

_WEEKDAYS = {day[:2].upper(): day for day in DAYS}
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_SUB_DAILY = {"HOURLY", "MINUTELY", "SECONDLY"}
_COMMON = {"FREQ", "INTERVAL", "WKST", "COUNT", "UNTIL"}
_MONTH = {"BYDAY", "BYMONTHDAY", "BYSETPOS"}
_KNOWN = {
    "DAILY": _COMMON | {"BYDAY"},
    "WEEKLY": _COMMON | {"BYDAY"},
    "MONTHLY": _COMMON | _MONTH,
    "YEARLY": _COMMON | _MONTH | {"BYMONTH"},
}
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z)?)?", re.ASCII)
_ENTRY = re.compile(r"([+-]?\d{1,2})?([A-Z]{2})", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)

_Parts = Mapping[str, str]


def rule_from_rrule(text: str, start: date | datetime, zone: str = "") -> Rule:
    """Return the rule that has the dates of an RRULE.

    :param text: one rule, with or without ``RRULE:``
    :param start: the first meeting (DTSTART): naive wall time in the zone, or a date
    :param zone: IANA name, ``""`` when unknown; a UTC end is then taken as wall time
    :raise UnsupportedRecurrence: not a rule, or Graph has none with these dates;
        ``field`` names the part

    >>> rule_from_rrule("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 1, 30)).ordinal
    -1
    """
    day = start.date() if isinstance(start, datetime) else start
    parts = _parts(text)
    frequency = parts.get("FREQ", "")
    if frequency in _SUB_DAILY:
        raise UnsupportedRecurrence("outlook_sub_daily", "FREQ")
    if frequency not in _FREQUENCIES:
        raise _unreadable("FREQ")
    if extra := sorted(set(parts) - _KNOWN[frequency]):
        raise UnsupportedRecurrence("outlook_part", extra[0])
    rule = Rule(
        interval=_number(parts, "INTERVAL", "1"),
        zone=zone,
        **_PATTERNS[frequency](parts, day),
        **_end(parts, start, zone),
    )
    if "," not in parts.get("BYMONTHDAY", "") and parts.get("BYMONTHDAY") != "-1":
        _refuse_short_months(rule, day)
    return rule


def _refuse_short_months(rule: Rule, start: date) -> None:
    if not misses_no_month(rule, start):
        raise UnsupportedRecurrence("outlook_short_months", "BYMONTHDAY")


def _unreadable(field: str) -> UnsupportedRecurrence:
    return UnsupportedRecurrence("rrule_unreadable", field)


def _parts(text: str) -> dict[str, str]:
    lines = text.upper().split()
    if len(lines) != 1:
        raise UnsupportedRecurrence(
            "outlook_several_rules" if lines else "rrule_unreadable", "RRULE"
        )
    parts: dict[str, str] = {}
    for part in lines[0].removeprefix("RRULE:").rstrip(";").split(";"):
        name, _equals, value = part.partition("=")
        if not value or name in parts:
            raise _unreadable(name)
        parts[name] = value
    return parts


def _number(parts: _Parts, name: str, default: str = "") -> int:
    """Return a number above 0."""
    text = parts.get(name, default)
    if not _NUMBER.fullmatch(text) or int(text) < 1:
        raise _unreadable(name)
    return int(text)


def _daily(parts: _Parts, start: date) -> dict[str, Any]:
    if "BYDAY" not in parts:
        return {"frequency": "daily"}
    if _number(parts, "INTERVAL", "1") > 1:  # every second day, if it is a Monday
        raise UnsupportedRecurrence("outlook_part", "BYDAY")
    return _weekly(parts, start)


def _weekly(parts: _Parts, start: date) -> dict[str, Any]:
    week_start = _WEEKDAYS.get(parts.get("WKST", "MO"))
    if not week_start:
        raise _unreadable("WKST")
    days: tuple[str, ...] = (DAYS[start.weekday()],)
    if "BYDAY" in parts:
        entries = _entries(parts)
        if any(ordinal for ordinal, _day in entries):
            raise _unreadable("BYDAY")
        days = ordered(day for _ordinal, day in entries)
    return {"frequency": "weekly", "weekdays": days, "week_start": week_start}


def _monthly(parts: _Parts, start: date) -> dict[str, Any]:
    if "BYDAY" in parts:
        return {"frequency": "monthly", **_relative(parts)}
    if "BYMONTHDAY" in parts:
        return {"frequency": "monthly", "month_day": _absolute(parts)}
    if "BYSETPOS" in parts:
        raise UnsupportedRecurrence("outlook_part", "BYSETPOS")
    return {"frequency": "monthly", "month_day": start.day}


def _yearly(parts: _Parts, start: date) -> dict[str, Any]:
    if "," in parts.get("BYMONTH", ""):
        raise UnsupportedRecurrence("outlook_several_months", "BYMONTH")
    if "BYMONTH" not in parts and parts.keys() & _MONTH:
        # On the 100th Monday of a year, or on a day of each of its months.
        raise UnsupportedRecurrence("outlook_part", min(parts.keys() & _MONTH))
    month = _number(parts, "BYMONTH", str(start.month))
    if month > 12:
        raise _unreadable("BYMONTH")
    return {**_monthly(parts, start), "frequency": "yearly", "month": month}


def _relative(parts: _Parts) -> dict[str, Any]:
    """Return the weekdays, and which of them, for BYDAY with or without BYSETPOS."""
    if "BYMONTHDAY" in parts:  # Friday the 13th
        raise UnsupportedRecurrence("outlook_part", "BYMONTHDAY")
    entries = _entries(parts)
    ordinals = {ordinal for ordinal, _day in entries}
    if "BYSETPOS" in parts:
        if ordinals != {0}:
            raise UnsupportedRecurrence("outlook_part", "BYSETPOS")
        ordinals = _numbers(parts, "BYSETPOS")
    elif len(entries) > 1 or ordinals == {0}:
        raise UnsupportedRecurrence("outlook_several_days", "BYDAY")
    if len(ordinals) > 1:
        raise UnsupportedRecurrence("outlook_several_days", "BYSETPOS")
    ordinal = ordinals.pop()
    if ordinal not in ORDINALS:
        raise UnsupportedRecurrence("outlook_fifth_weekday", "BYDAY")
    return {"weekdays": ordered(day for _ordinal, day in entries), "ordinal": ordinal}


def _absolute(parts: _Parts) -> int:
    """Return the day of the month for BYMONTHDAY with or without BYSETPOS."""
    days = _numbers(parts, "BYMONTHDAY")
    highest = max(days)
    if "BYSETPOS" in parts:
        # The last of the days from 28 is Graph's rule for short months.
        if parts["BYSETPOS"] == "-1" and days == set(range(28, max(highest, 28) + 1)):
            return highest
        raise UnsupportedRecurrence("outlook_part", "BYSETPOS")
    if len(days) > 1:
        raise UnsupportedRecurrence("outlook_several_days", "BYMONTHDAY")
    if highest == -1:
        return 31
    if highest < -1:
        raise UnsupportedRecurrence("outlook_days_from_end", "BYMONTHDAY")
    return highest


def _numbers(parts: _Parts, name: str) -> set[int]:
    texts = parts[name].split(",")
    limit = 31 if name == "BYMONTHDAY" else 366
    if not all(_NUMBER.fullmatch(text) for text in texts):
        raise _unreadable(name)
    numbers = {int(text) for text in texts}
    if any(not 1 <= abs(number) <= limit for number in numbers):
        raise _unreadable(name)
    return numbers


def _entries(parts: _Parts) -> list[tuple[int, str]]:
    """Return the ordinal, 0 without one, and the name of each day of BYDAY."""
    entries = []
    for text in parts["BYDAY"].split(","):
        match = _ENTRY.fullmatch(text)
        if not match or match[2] not in _WEEKDAYS or match[1] and not int(match[1]):
            raise _unreadable("BYDAY")
        entries.append((int(match[1] or 0), _WEEKDAYS[match[2]]))
    return entries


_PATTERNS = {
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}


def _end(parts: _Parts, start: date | datetime, zone: str) -> dict[str, Any]:
    if "COUNT" in parts and "UNTIL" in parts:
        raise _unreadable("UNTIL")
    if "COUNT" in parts:
        return {"count": _number(parts, "COUNT")}
    if "UNTIL" not in parts:
        return {}
    day = start.date() if isinstance(start, datetime) else start
    until = _until(parts["UNTIL"], start, zone)
    if until < day:
        raise UnsupportedRecurrence("recurrence_ends_first", "UNTIL")
    return {"until": until}


def _until(text: str, start: date | datetime, zone: str) -> date:
    """Return the last day on which a meeting may start, in the zone."""
    match = _UNTIL.fullmatch(text)
    if not match:
        raise _unreadable("UNTIL")
    try:
        moment = datetime.strptime(match[1] + (match[2] or "235959"), "%Y%m%d%H%M%S")
        if match[3] and zone:
            utc = moment.replace(tzinfo=timezone.utc)
            moment = utc.astimezone(ZoneInfo(graph_zone(zone))).replace(tzinfo=None)
        is_cut = isinstance(start, datetime) and moment.time() < start.time()
        return (moment - timedelta(days=1 if is_cut else 0)).date()
    except (ValueError, OverflowError) as error:
        raise _unreadable("UNTIL") from error
