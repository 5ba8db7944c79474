# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The days of a series as Graph defines them, and the moments of its meetings.

Source: Graph v1.0 recurrencePattern and recurrenceRange; for the last day of short
months MS-OXCICAL 2.1.3.2.2.3, for several weekdays MS-OXCICAL 2.1.3.2.2.4.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from .recurrence import DAYS, Rule
from .timezones import graph_zone

_LAST = date.max.toordinal()
# In each of 400 years the calendar is the same as in the 400 years before.
_CYCLE = 400 * 12
# Days that are within the years 1 to 9999 in every zone.
_FIRST_SAFE, _LAST_SAFE = date(1, 1, 3), date(9999, 12, 29)


def dates(
    rule: Rule, start: date, window: tuple[date, date] | None = None
) -> Iterator[date]:
    """Yield the dates of a series in their order.

    :param start: where the rule begins to count; the first date is the first one on or
        after it that fits. Intervals count from the period that holds ``start``
    :param window: first and last day that are asked for, both inclusive; None: all.
        Without it a rule without an end goes on to the year 9999

    >>> [str(day) for day in dates(Rule("monthly", month_day=31, count=3),
    ...                            date(2026, 1, 31))]
    ['2026-01-31', '2026-02-28', '2026-03-31']
    """
    first, last = window or (start, date.max)
    end = min(last, rule.until or date.max)
    counted = islice(_fitting(rule, start), rule.count)
    for one in takewhile(lambda day: day <= end, counted):
        if one >= first:
            yield one


def first_date(rule: Rule, start: date) -> date | None:
    """Return the first date on or after ``start``, None when the rule has none."""
    return next(dates(rule, start), None)


def misses_no_month(rule: Rule, start: date) -> bool:
    """Return whether each of the dates is on ``month_day`` itself.

    If so, it makes no difference that RFC 5545 and Odoo leave out the months that
    lack a day, while Graph takes their last day.
    """
    if rule.month_day <= 28:
        return True
    return all(one.day == rule.month_day for one in islice(dates(rule, start), _CYCLE))


def instants(
    rule: Rule,
    start_wall: datetime,
    zone: str,
    window: tuple[datetime, datetime] | None = None,
) -> Iterator[datetime]:
    """Yield when the meetings of a series start, as aware datetimes in UTC.

    :param start_wall: naive; where the rule begins to count, and the wall time that
        every meeting keeps, whatever the clocks do
    :param zone: IANA name, ``""`` for UTC
    :param window: aware; from the first moment to before the second one
    :raise ConversionError: no such zone

    See ``utc_from_wall`` for wall times that a change of the clock skips or repeats.
    """
    place = ZoneInfo(graph_zone(zone))
    days = (_FIRST_SAFE, _LAST_SAFE)
    if window:
        days = (_day_beside(window[0], -1), _day_beside(window[1], 1))
    for day in dates(rule, start_wall.date(), days):
        moment = utc_from_wall(datetime.combine(day, start_wall.time()), place)
        if not window or window[0] <= moment < window[1]:
            yield moment


def utc_from_wall(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a naive wall time.

    A wall time that a change of the clock repeats is standard time, thus the second
    one, and one that it skips is read with the offset before the change: so do Odoo
    and .NET's ``TimeZoneInfo`` with the times of a series.
    """
    both = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return max(moment.astimezone(timezone.utc) for moment in both)


def _day_beside(moment: datetime, days: int) -> date:
    """Return a day that is certainly outside the window, in any zone."""
    day = moment.astimezone(timezone.utc).date()
    return min(max(day, _FIRST_SAFE), _LAST_SAFE) + timedelta(days=days)


def _fitting(rule: Rule, start: date) -> Iterator[date]:
    """Yield the dates of a rule without its end."""
    if rule.frequency == "daily":
        for number in range(start.toordinal(), _LAST + 1, rule.interval):
            yield date.fromordinal(number)
        return
    days = _of_weeks(rule, start) if rule.frequency == "weekly" else None
    for one in days or _of_months(rule, start):
        if one >= start:
            yield one


def _of_weeks(rule: Rule, start: date) -> Iterator[date]:
    begin = DAYS.index(rule.week_start)
    offsets = sorted((DAYS.index(day) - begin) % 7 for day in rule.weekdays)
    first = start.toordinal() - (start.weekday() - begin) % 7
    for week in range(first, _LAST + 1, 7 * rule.interval):
        for number in (week + offset for offset in offsets):
            if 1 <= number <= _LAST:
                yield date.fromordinal(number)


def _of_months(rule: Rule, start: date) -> Iterator[date]:
    yearly = rule.frequency == "yearly"
    first = start.year * 12 + (rule.month if yearly else start.month) - 1
    for number in range(first, 10000 * 12, rule.interval * (12 if yearly else 1)):
        yield _of_month(rule, *divmod(number, 12))


def _of_month(rule: Rule, year: int, months_before: int) -> date:
    """Return the one date of a month."""
    first_weekday, length = monthrange(year, months_before + 1)
    day = min(rule.month_day, length)
    if rule.ordinal:
        masked = {DAYS.index(name) for name in rule.weekdays}
        fitting = [
            number
            for number in range(1, length + 1)
            if (first_weekday + number - 1) % 7 in masked
        ]
        day = fitting[rule.ordinal if rule.ordinal < 0 else rule.ordinal - 1]
    return date(year, months_before + 1, day)
