# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reads the ``recurrence`` of a body: checked, filled up to the form of an answer.

Source: graph.md, "patternedRecurrence" (recurrencepattern, recurrencerange).
"""

from collections.abc import Mapping
from datetime import date, timezone
from typing import Any

from .expansion import DAYS, INDEXES
from .moments import date_time, parse, read_wall
from .refusals import failed, refused
from .series import series_of
from .zones import same_zone, zone

INSTANCES = ("occurrence", "exception")
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


def read_rule(
    body: Mapping[str, Any], current: Mapping[str, Any], times: Mapping[str, Any]
) -> dict[str, Any]:
    """Return recurrence and type, and the times of the first occurrence.

    A start that does not fit the pattern moves on to the first day that does.

    :param current: the event's stored members, empty for a create
    :param times: what the body says about times, in the form that is stored
    :raise GraphProblem: 400
    """
    start, rule = body.get("start"), current.get("recurrence")
    if current.get("type") in INSTANCES:
        if body.get("recurrence") is not None:
            raise refused("An occurrence can't have a recurrence of its own.")
        return {}
    if body.get("recurrence", rule) is None:
        alone = {"recurrence": None, "type": "singleInstance"}
        return alone if "recurrence" in body else {}
    if not {"recurrence", "start", "end", "isAllDay"} & body.keys():
        return {}
    known = {**current, **times}
    if "recurrence" in body:
        rule = _given(body["recurrence"], start, known)
    elif start is not None:
        rule = _moved(current["recurrence"], start)
    return _fitted({**known, "recurrence": rule})


def _given(value: Any, start: Any, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rule of the body, which must begin on the day of the event."""
    if start is not None:
        local, name = read_wall(start, "start")
        return read_recurrence(value, local.date(), name)
    name = known["originalStartTimeZone"]
    moment = parse(known["start"]["dateTime"])
    if not known["isAllDay"]:
        moment = moment.replace(tzinfo=timezone.utc).astimezone(zone(name))
    return read_recurrence(value, moment.date(), name)


def _moved(rule: dict[str, Any], start: dict[str, Any]) -> dict[str, Any]:
    """Return the rule of a series that begins elsewhere now, in its zone still.

    :raise GraphProblem: 400, another zone without a new rule
    """
    local, name = read_wall(start, "start")
    if not same_zone(name, rule["range"]["recurrenceTimeZone"]):
        raise failed()
    return _starting(rule, local.date())


def _starting(rule: dict[str, Any], day: date) -> dict[str, Any]:
    return {**rule, "range": {**rule["range"], "startDate": day.isoformat()}}


def _fitted(known: Mapping[str, Any]) -> dict[str, Any]:
    """Return rule and times of a series, begun on the first day that fits.

    :raise GraphProblem: 400, there is no such day, or occurrences would overlap
    """
    try:
        series = series_of(known)
        first = next(series.days(), None)
        if first is None or series.overlaps_itself():
            raise failed()
        begin, finish = series.times(first)
    except OverflowError as error:
        raise failed() from error
    return {
        "recurrence": _starting(known["recurrence"], first),
        "type": "seriesMaster",
        "start": date_time(begin),
        "end": date_time(finish),
    }


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
