# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Graph's ``patternedRecurrence`` to a rule and back.

Source: Graph v1.0 recurrencePattern and recurrenceRange. Answers hold every member,
unused ones with zeros; requests may hold those alone that a pattern needs.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from .errors import UnsupportedRecurrence
from .reading import Reading
from .recurrence import DAYS, Rule, ordered
from .recurrence_dates import first_date
from .timezones import graph_zone, iana_from_graph

# Per pattern: the frequency, and the members of a rule that tell it.
_PATTERNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "daily": ("daily", ()),
    "weekly": ("weekly", ("weekdays", "week_start")),
    "absoluteMonthly": ("monthly", ("month_day",)),
    "relativeMonthly": ("monthly", ("weekdays", "ordinal")),
    "absoluteYearly": ("yearly", ("month_day", "month")),
    "relativeYearly": ("yearly", ("weekdays", "ordinal", "month")),
}
_INDEXES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_INDEX_NAMES = {number: name for name, number in _INDEXES.items()}
# MS-OXOCAL 2.2.1.44.1, Period; a limit of years is not documented.
_LONGEST = {"daily": 999, "weekly": 99, "monthly": 99}
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def rule_from_graph(recurrence: Any, zone: str = "") -> Rule:
    """Return the rule of a series master.

    :param recurrence: ``{"pattern": {...}, "range": {...}}`` as Graph sends it
    :param zone: IANA name of the event's own zone, for a rule that names none
    :raise UnsupportedRecurrence: a pattern that Graph v1.0 does not document, or a
        value missing or out of its range; ``field`` names the member

    >>> rule_from_graph({
    ...     "pattern": {"type": "absoluteMonthly", "interval": 3, "dayOfMonth": 15},
    ...     "range": {"type": "noEnd", "startDate": "2026-01-15"},
    ... }, "Europe/Brussels").month_day
    15
    """
    whole = Reading(recurrence, [])
    pattern, span = whole.inner("pattern"), whole.inner("range")
    kind = pattern.text("type")
    if kind not in _PATTERNS:
        code = "recurrence_pattern" if kind else "recurrence_unreadable"
        raise UnsupportedRecurrence(code, "pattern.type")
    frequency, members = _PATTERNS[kind]
    parts = {name: _READERS[name](pattern) for name in members}
    return Rule(
        frequency,
        _number(pattern, "interval", 9999),
        **parts,
        **_end(span),
        zone=iana_from_graph(span.text("recurrenceTimeZone")) or zone,
    )


def start_from_graph(recurrence: Any) -> date:
    """Return ``range.startDate``: the day from which the rule counts.

    :raise UnsupportedRecurrence: it is missing or no date
    """
    return _date(Reading(recurrence, []).inner("range"), "startDate")


def graph_from_rule(rule: Rule, start: date) -> dict[str, Any]:
    """Return a ``patternedRecurrence`` that Graph accepts, without unused members.

    :param start: the first date of the series; Graph wants the day of ``event.start``
        in the zone of the rule
    :raise UnsupportedRecurrence: ``start`` is no date of the series, the series ends
        before it, or the interval is above Exchange's limit
    :raise ConversionError: unknown zone

    >>> graph_from_rule(Rule("daily", 2, count=5), date(2026, 11, 2))["range"]
    {'type': 'numbered', 'startDate': '2026-11-02', 'numberOfOccurrences': 5}
    """
    if rule.interval > _LONGEST.get(rule.frequency, rule.interval):
        raise UnsupportedRecurrence("outlook_interval", "pattern.interval")
    if rule.until and rule.until < start:
        raise UnsupportedRecurrence("recurrence_ends_first", "range.endDate")
    if first_date(rule, start) != start:
        raise UnsupportedRecurrence("recurrence_start", "range.startDate")
    kind = _kind(rule)
    pattern = {"type": kind, "interval": rule.interval}
    for name in _PATTERNS[kind][1]:
        pattern |= _WRITERS[name](rule)
    return {"pattern": pattern, "range": _range(rule, start)}


def _kind(rule: Rule) -> str:
    if rule.frequency in _PATTERNS:
        return rule.frequency
    return ("relative" if rule.ordinal else "absolute") + rule.frequency.capitalize()


def _range(rule: Rule, start: date) -> dict[str, Any]:
    span: dict[str, Any] = {"type": "noEnd", "startDate": start.isoformat()}
    if rule.until:
        span |= {"type": "endDate", "endDate": rule.until.isoformat()}
    elif rule.count:
        span |= {"type": "numbered", "numberOfOccurrences": rule.count}
    if rule.zone:
        span["recurrenceTimeZone"] = graph_zone(rule.zone)
    return span


def _end(span: Reading) -> dict[str, Any]:
    """Return the members of a rule that tell its end."""
    start = _date(span, "startDate")
    kind = span.text("type")
    if kind == "noEnd":
        return {}
    if kind == "numbered":
        count = span.number("numberOfOccurrences")
        if count is None or count < 1:
            raise UnsupportedRecurrence(
                "recurrence_no_count", "range.numberOfOccurrences"
            )
        return {"count": count}
    if kind != "endDate":
        raise UnsupportedRecurrence("recurrence_unreadable", "range.type")
    until = _date(span, "endDate")
    if until < start:
        raise UnsupportedRecurrence("recurrence_ends_first", "range.endDate")
    return {"until": until}


def _date(span: Reading, name: str) -> date:
    text = span.text(name)
    if _DATE.fullmatch(text):
        with suppress(ValueError):  # the 31st of June
            return date.fromisoformat(text)
    raise UnsupportedRecurrence("recurrence_unreadable", f"range.{name}")


def _number(pattern: Reading, name: str, highest: int) -> int:
    number = pattern.number(name)
    if number is None or not 1 <= number <= highest:
        raise UnsupportedRecurrence("recurrence_unreadable", f"pattern.{name}")
    return number


def _days(pattern: Reading) -> tuple[str, ...]:
    days = pattern.values("daysOfWeek")
    if not days or any(day not in DAYS for day in days):
        raise UnsupportedRecurrence("recurrence_unreadable", "pattern.daysOfWeek")
    return ordered(days)


def _index(pattern: Reading) -> int:
    index = pattern.text("index") or "first"
    if index not in _INDEXES:
        raise UnsupportedRecurrence("recurrence_unreadable", "pattern.index")
    return _INDEXES[index]


def _week_start(pattern: Reading) -> str:
    day = pattern.text("firstDayOfWeek") or "sunday"
    if day not in DAYS:
        raise UnsupportedRecurrence("recurrence_unreadable", "pattern.firstDayOfWeek")
    return day


_READERS: dict[str, Callable[[Reading], Any]] = {
    "weekdays": _days,
    "week_start": _week_start,
    "ordinal": _index,
    "month_day": lambda pattern: _number(pattern, "dayOfMonth", 31),
    "month": lambda pattern: _number(pattern, "month", 12),
}
_WRITERS: dict[str, Callable[[Rule], dict[str, Any]]] = {
    "weekdays": lambda rule: {"daysOfWeek": list(rule.weekdays)},
    "week_start": lambda rule: {"firstDayOfWeek": rule.week_start},
    "ordinal": lambda rule: {"index": _INDEX_NAMES[rule.ordinal]},
    "month_day": lambda rule: {"dayOfMonth": rule.month_day},
    "month": lambda rule: {"month": rule.month},
}
