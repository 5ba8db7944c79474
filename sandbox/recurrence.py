# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Checks a ``patternedRecurrence`` and fills it up to the form of an answer.

Source: graph.md, "patternedRecurrence" (recurrencepattern, recurrencerange). The
dates of a series are not expanded here.
"""

from datetime import date, timedelta
from typing import Any

from .moments import parse
from .refusals import failed
from .zones import same_zone, zone

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
INDEXES = ("first", "second", "third", "fourth", "last")
NO_DATE = "0001-01-01"
# What each pattern must have beside its interval.
PATTERNS: dict[str, tuple[str, ...]] = {
    "daily": (),
    "weekly": ("daysOfWeek",),
    "absoluteMonthly": ("dayOfMonth",),
    "relativeMonthly": ("daysOfWeek",),
    "absoluteYearly": ("dayOfMonth", "month"),
    "relativeYearly": ("daysOfWeek", "month"),
}
RANGES: dict[str, tuple[str, ...]] = {
    "endDate": ("startDate", "endDate"),
    "noEnd": ("startDate",),
    "numbered": ("startDate", "numberOfOccurrences"),
}
_SPANS = {"daily": 1, "weekly": 7, "Monthly": 31, "Yearly": 366}


def read_recurrence(value: Any, first: date, zone_name: str) -> dict[str, Any]:
    """Return the rule with every member that Graph's answers have.

    :param first: date of the event's start, in the event's zone
    :raise GraphProblem: 400, a member is missing, illegal or does not fit
    """
    if not isinstance(value, dict):
        raise failed()
    pattern, span = value.get("pattern"), value.get("range")
    if not isinstance(pattern, dict) or not isinstance(span, dict):
        raise failed()
    return {"pattern": _pattern(pattern), "range": _range(span, first, zone_name)}


def _pattern(given: dict[str, Any]) -> dict[str, Any]:
    """Return the pattern in full; unused members are checked all the same."""
    kind = given.get("type")
    needed = PATTERNS.get(kind) if isinstance(kind, str) else None
    if needed is None or any(not given.get(member) for member in needed):
        raise failed()
    days = given.get("daysOfWeek") or []
    if not isinstance(days, list):
        raise failed()
    return {
        "type": kind,
        "interval": _number(given.get("interval"), 1, 999),
        "month": _number(given.get("month") or 0, 0, 12),
        "dayOfMonth": _number(given.get("dayOfMonth") or 0, 0, 31),
        "daysOfWeek": [_one_of(day, DAYS) for day in days],
        "firstDayOfWeek": _one_of(given.get("firstDayOfWeek") or "sunday", DAYS),
        "index": _one_of(given.get("index") or "first", INDEXES),
    }


def _range(given: dict[str, Any], first: date, zone_name: str) -> dict[str, Any]:
    """Return the range in full."""
    kind = given.get("type")
    needed = RANGES.get(kind) if isinstance(kind, str) else None
    if needed is None or any(not given.get(member) for member in needed):
        raise failed()
    name = given.get("recurrenceTimeZone") or zone_name
    zone(name)
    if not same_zone(name, zone_name) or _date(given["startDate"]) != first:
        raise failed()
    ends = kind == "endDate"
    if ends and _date(given["endDate"]) < first:
        raise failed()
    count = given["numberOfOccurrences"] if kind == "numbered" else 0
    return {
        "type": kind,
        "startDate": first.isoformat(),
        "endDate": _date(given["endDate"]).isoformat() if ends else NO_DATE,
        "recurrenceTimeZone": name,
        "numberOfOccurrences": _number(count, 0, 999),
    }


def last_day(rule: dict[str, Any]) -> date:
    """Return a day on or after the last one of the series; no end is the last day.

    For a numbered range it is an upper bound, made without expanding the rule.
    """
    span, pattern = rule["range"], rule["pattern"]
    if span["type"] == "endDate":
        return date.fromisoformat(span["endDate"])
    if span["type"] == "noEnd":
        return date.max
    unit = next(days for name, days in _SPANS.items() if pattern["type"].endswith(name))
    reach = timedelta(days=unit * pattern["interval"] * span["numberOfOccurrences"])
    first = date.fromisoformat(span["startDate"])
    return first + min(reach, date.max - first)


def _date(value: Any) -> date:
    """Return an ``Edm.Date``."""
    try:
        return parse(value).date()
    except (AttributeError, ValueError) as error:
        raise failed() from error


def _number(value: Any, low: int, high: int) -> int:
    """Return a whole number within its bounds."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or not low <= value <= high
    ):
        raise failed()
    return value


def _one_of(value: Any, allowed: tuple[str, ...]) -> str:
    """Return an enumeration's member; capitals do not matter on the way in."""
    if not isinstance(value, str) or value.lower() not in allowed:
        raise failed()
    return value.lower()
