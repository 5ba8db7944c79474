# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Where Odoo begins to count a series, and whether that changes its dates.

Odoo counts from the first day of the week or month of the first meeting, and drops
what comes before that meeting. It looks for that day in UTC though, and adds its dates
up in the zone of the series: an evening in America and an early morning in Asia are on
another day in UTC, perhaps in another week or month, and a change of the clock between
the two moves the hour.

Source: Odoo 19, calendar/models/calendar_recurrence.py, ``_get_start_of_period`` and
``_range_calculation``.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from .errors import UnsupportedRecurrence
from .recurrence import DAYS, Rule
from .recurrence_dates import dates, utc_from_wall
from .timezones import graph_zone


def past_dates(
    frequency: str, interval: int, rule: Rule, first: date | datetime, week_start: str
) -> int:
    """Return how many dates Odoo finds before the first meeting, and drops.

    :param frequency: Odoo's ``rrule_type``, with Odoo's ``interval``
    :param first: the first meeting, see ``odoo_from_rule``
    :raise UnsupportedRecurrence: Odoo would find other dates, other times or, on a day
        that UTC has twice, one that it does not drop
    """
    if not isinstance(first, datetime):
        begin = first - timedelta(days=_days_back(frequency, first, week_start))
        return len(_between(rule, begin, first, week_start))
    zone = ZoneInfo(graph_zone(rule.zone))
    utc = utc_from_wall(first, zone)
    back = _begin(frequency, utc, zone, week_start)
    begin_wall = back.astimezone(zone).replace(tzinfo=None)
    same_period = _period(frequency, begin_wall, week_start) == _period(
        frequency, first, week_start
    )
    past = _between(rule, begin_wall.date(), first.date(), week_start)
    kept = [
        day
        for day in past
        if utc_from_wall(datetime.combine(day, first.time()), zone).date() >= utc.date()
    ]
    is_shifted = begin_wall.time() != first.time()
    if is_shifted or kept or (interval > 1 and not same_period):
        raise UnsupportedRecurrence("odoo_shifts", "start")
    return len(past)


def _begin(frequency: str, utc: datetime, zone: ZoneInfo, week_start: str) -> datetime:
    """Return the moment from which Odoo counts.

    Odoo takes the first meeting itself when summer time differs between the two, for
    which it reads the digits of UTC as if they were local.
    """
    begin = utc - timedelta(days=_days_back(frequency, utc.date(), week_start))
    if _summer(utc, zone) != _summer(begin, zone):
        return utc
    return begin


def _summer(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return utc_from_wall(moment.replace(tzinfo=None), zone).astimezone(zone).dst()


def _days_back(frequency: str, day: date, week_start: str) -> int:
    if frequency == "weekly":
        return (day.weekday() - DAYS.index(week_start)) % 7
    return day.day - 1 if frequency == "monthly" else 0


def _period(frequency: str, wall: datetime, week_start: str) -> date:
    """Return the first day of the week or month in which a wall time is."""
    day = wall.date()
    return day - timedelta(days=_days_back(frequency, day, week_start))


def _between(rule: Rule, begin: date, first: date, week_start: str) -> list[date]:
    """Return the dates that Odoo finds from ``begin`` to before ``first``."""
    endless = replace(rule, count=None, until=None, week_start=week_start)
    return list(takewhile(lambda day: day < first, dates(endless, begin)))
