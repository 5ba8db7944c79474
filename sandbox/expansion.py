# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The days of a series, from the rule alone.

Written from Exchange's definition (recurrencepattern, recurrencerange; [MS-OXOCAL]
2.2.1.44.1), which is not that of RFC 5545: day 29 to 31 is the last day of a shorter
month, and a relative pattern with several days counts every day of the set. A period
that begins with the start date's day, week, month or year is numbered 0.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import count, islice
from typing import Any

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
INDEXES = ("first", "second", "third", "fourth", "last")
END = date(9998, 12, 31)  # beyond it times could not be told in every zone
# Days that a period may span, by the end of the pattern's name.
_SPANS = {"daily": 1, "weekly": 7, "Monthly": 31, "Yearly": 366}


@dataclass(frozen=True)
class Rule:
    """A ``patternedRecurrence``, ready to be expanded.

    :ivar days: numbers of the days of the week, 0 is Sunday
    :ivar nth: 0 for first to 3 for fourth, -1 for last
    :ivar number: of occurrences, 0 for a range that does not count
    :ivar until: last day that is allowed
    """

    kind: str
    interval: int
    month: int
    day: int
    days: frozenset[int]
    week_start: int
    nth: int
    start: date
    number: int
    until: date


def rule_of(recurrence: Mapping[str, Any]) -> Rule:
    """Return the rule of a recurrence that has every member."""
    pattern, span = recurrence["pattern"], recurrence["range"]
    ends = span["type"] == "endDate"
    nth = INDEXES.index(pattern["index"])
    return Rule(
        pattern["type"],
        pattern["interval"],
        pattern["month"],
        pattern["dayOfMonth"],
        frozenset(DAYS.index(day) for day in pattern["daysOfWeek"]),
        DAYS.index(pattern["firstDayOfWeek"]),
        -1 if nth == 4 else nth,
        date.fromisoformat(span["startDate"]),
        span["numberOfOccurrences"] if span["type"] == "numbered" else 0,
        min(date.fromisoformat(span["endDate"]), END) if ends else END,
    )


def days_of(rule: Rule, first: date = date.min, last: date = END) -> Iterator[date]:
    """Yield the days of a series from ``first`` to ``last``, both included.

    Whatever lies before ``first`` is jumped over, so that the work is in proportion
    to the days asked for, also in a series without an end.
    """
    return _within(rule, first, min(last, last_day(rule)))


def _within(rule: Rule, first: date, last: date) -> Iterator[date]:
    """Yield the days that the pattern alone gives between two days."""
    first = max(first, rule.start)
    for period in count(_period_of(rule, first)):
        days = _days_in(rule, period)
        if days is None or (days and days[0] > last):
            return
        yield from (day for day in days if first <= day <= last)


@lru_cache(maxsize=4096)
def last_day(rule: Rule) -> date:
    """Return the last day that an occurrence may have; a counted range is counted."""
    if not rule.number:
        return rule.until
    found = list(islice(_within(rule, rule.start, END), rule.number))
    return found[-1] if found else rule.start


def is_day_of(rule: Rule, day: date) -> bool:
    """Return whether the series has an occurrence on the day."""
    return next(days_of(rule, day, day), None) is not None


def day_before(rule: Rule, day: date) -> date | None:
    """Return the last day of the series before a day, None without one."""
    reach = 2 * _span(rule) + 7
    low = date.fromordinal(max(1, day.toordinal() - reach))
    found = list(days_of(rule, low, date.fromordinal(max(1, day.toordinal() - 1))))
    return found[-1] if found else None


def day_after(rule: Rule, day: date) -> date | None:
    """Return the first day of the series after a day, None without one."""
    return next(days_of(rule, date.fromordinal(day.toordinal() + 1)), None)


def _span(rule: Rule) -> int:
    """Return a number of days that no period exceeds."""
    unit = next(days for name, days in _SPANS.items() if rule.kind.endswith(name))
    return unit * rule.interval


def _period_of(rule: Rule, day: date) -> int:
    """Return the number of a period that begins on or before the day."""
    if rule.kind == "daily":
        passed = day.toordinal() - rule.start.toordinal()
    elif rule.kind == "weekly":
        passed = (day.toordinal() - _week_of(rule)) // 7
    elif rule.kind.endswith("Monthly"):
        passed = 12 * (day.year - rule.start.year) + day.month - rule.start.month
    else:
        passed = day.year - rule.start.year
    return passed // rule.interval


def _week_of(rule: Rule) -> int:
    """Return the ordinal of the first day of the start date's week."""
    return rule.start.toordinal() - (_weekday(rule.start) - rule.week_start) % 7


def _weekday(day: date) -> int:
    return day.isoweekday() % 7


def _days_in(rule: Rule, period: int) -> list[date] | None:
    """Return the days of a period in order, None beyond the end of all calendars."""
    steps = period * rule.interval
    if rule.kind == "daily":
        return _dates([rule.start.toordinal() + steps])
    if rule.kind == "weekly":
        first = _week_of(rule) + 7 * steps
        offsets = sorted((day - rule.week_start) % 7 for day in rule.days)
        return _dates([first + offset for offset in offsets])
    if rule.kind.endswith("Monthly"):
        months = 12 * rule.start.year + rule.start.month - 1 + steps
        year, month = months // 12, months % 12 + 1
    else:
        year, month = rule.start.year + steps, rule.month
    if year > END.year:
        return None
    return [_day_in_month(rule, year, month)]


def _dates(ordinals: list[int]) -> list[date] | None:
    """Return the dates; those before the first day of all calendars are left out."""
    if ordinals[0] > END.toordinal():
        return None
    return [date.fromordinal(each) for each in ordinals if each > 0]


def _day_in_month(rule: Rule, year: int, month: int) -> date:
    """Return the one day of a month that a monthly or yearly pattern means."""
    length = monthrange(year, month)[1]
    if rule.kind.startswith("absolute"):
        return date(year, month, min(rule.day, length))
    days = (date(year, month, number) for number in range(1, length + 1))
    return [day for day in days if _weekday(day) in rule.days][rule.nth]
