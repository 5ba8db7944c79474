# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The values of Odoo's ``calendar.recurrence`` to a rule and back.

Odoo's rule is one of ``dateutil.rrule``: months without the day are left out, the weeks
begin as in the language of the user, and a rule gives 720 dates at most. Where that
means other dates than Graph's, the rule cannot be expressed.

Source: Odoo 19, calendar/models/calendar_recurrence.py.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from .errors import UnsupportedRecurrence
from .recurrence import DAYS, ORDINALS, Rule, canonical
from .recurrence_dates import dates, first_date, misses_no_month
from .recurrence_odoo_start import past_dates

# MAX_RECURRENT_EVENT of Odoo: for a count and for "forever", not for an end date.
MOST = 720
_FLAGS = {day: day[:3] for day in DAYS}
_WEEKDAYS = {day[:3].upper(): day for day in DAYS}
_FREQUENCIES = {"daily", "weekly", "monthly", "yearly"}
_NEUTRAL: dict[str, Any] = {
    **dict.fromkeys(_FLAGS.values(), False),
    "month_by": "date",
    "day": 1,
    "byday": False,
    "weekday": False,
}


def rule_from_odoo(
    values: Mapping[str, Any], start: date, week_start: str = "monday"
) -> Rule:
    """Return the rule that has the dates of Odoo's, in its canonical form.

    :param values: ``rrule_type``, ``interval``, ``mon`` to ``sun``, ``month_by``,
        ``day``, ``byday``, ``weekday``, ``end_type``, ``count``, ``until`` (a date or
        False) and ``event_tz``
    :param start: date of the first event of the series, in ``event_tz``
    :param week_start: name of the first day of the week in the user's language
    :raise UnsupportedRecurrence: Graph has no such rule, or a value is missing

    Odoo itself turns ``forever`` into a count of 720 when it stores a rule; such a
    count is read as the count that it is.

    >>> rule_from_odoo({"rrule_type": "monthly", "interval": 1, "month_by": "date",
    ...                 "day": 5, "end_type": "forever"}, date(2026, 1, 5)).month_day
    5
    """
    interval = values.get("interval")
    frequency = values.get("rrule_type")
    if not isinstance(interval, int) or interval < 1 or frequency not in _FREQUENCIES:
        raise UnsupportedRecurrence("odoo_incomplete", "interval")
    rule = Rule(
        frequency,
        interval,
        **_pattern(values, start, week_start),
        **_end(values, start),
        zone=values.get("event_tz") or "",
    )
    is_last_day = frequency == "monthly" and values.get("day") == -1
    if not is_last_day and not misses_no_month(rule, start):
        raise UnsupportedRecurrence("outlook_short_months", "day")
    if first_date(rule, start) != start:
        raise UnsupportedRecurrence("recurrence_start", "start")
    return canonical(rule, start)


def odoo_from_rule(
    rule: Rule, first: date | datetime, week_start: str = "monday"
) -> dict[str, Any]:
    """Return values for Odoo that give the dates of the rule.

    :param first: the first meeting: naive wall time in the zone of the rule, so that
        what Odoo makes of it is looked at too (``odoo_shifts``); or a date, for an
        all-day series, or when Odoo is told the dates and does not find them itself
    :param week_start: name of the first day of the week in the user's language
    :return: every value that ``rule_from_odoo`` reads. A rule without an end is
        ``forever``, of which Odoo holds no more than the first 720 dates. A rule
        without a zone is told in UTC, or Odoo would take that of whoever looks at it
    :raise UnsupportedRecurrence: Odoo would have other dates, or none

    A yearly weekday is told as every 12 months, since Odoo's yearly rules have the day
    of the first meeting alone; the last day of a month is told as day -1.
    """
    start = first.date() if isinstance(first, datetime) else first
    if first_date(rule, start) != start:
        raise UnsupportedRecurrence("recurrence_start", "start")
    rule = canonical(rule, start)
    if rule.count and rule.count > MOST:
        raise UnsupportedRecurrence("odoo_too_many", "count")
    values = {
        "rrule_type": rule.frequency,
        "interval": rule.interval,
        **_NEUTRAL,
        **_odoo_end(rule),
        "event_tz": rule.zone or "UTC",
        **_odoo_pattern(rule, start, week_start),
    }
    past = past_dates(values["rrule_type"], values["interval"], rule, first, week_start)
    if rule.count and rule.count + past > MOST:
        raise UnsupportedRecurrence("odoo_too_many", "count")
    if rule.count and past > rule.count:
        # Odoo makes up for as many past dates as the count, and for no more.
        raise UnsupportedRecurrence("odoo_too_few", "count")
    return values


def _pattern(values: Mapping[str, Any], start: date, week_start: str) -> dict[str, Any]:
    """Return the members of a rule that tell its days."""
    frequency = values["rrule_type"]
    if frequency == "daily":
        return {}
    if frequency == "yearly":
        return {"month": start.month, "month_day": start.day}
    if frequency == "weekly":
        days = tuple(day for day, flag in _FLAGS.items() if values.get(flag))
        if not days:
            raise UnsupportedRecurrence("odoo_incomplete", "weekday")
        return {"weekdays": days, "week_start": week_start}
    if values.get("month_by") == "day":
        weekday = _WEEKDAYS.get(values.get("weekday") or "")
        ordinal = {str(one): one for one in ORDINALS}.get(values.get("byday") or "")
        if not weekday or not ordinal:
            raise UnsupportedRecurrence("odoo_incomplete", "byday")
        return {"weekdays": (weekday,), "ordinal": ordinal}
    day = values.get("day")
    if not isinstance(day, int) or not (1 <= day <= 31 or day == -1):
        raise UnsupportedRecurrence("odoo_incomplete", "day")
    return {"month_day": 31 if day == -1 else day}


def _end(values: Mapping[str, Any], start: date) -> dict[str, Any]:
    """Return the members of a rule that tell its end."""
    kind = values.get("end_type")
    if kind == "forever":
        return {}
    if kind == "count":
        count = values.get("count") or 0
        if count < 1:
            raise UnsupportedRecurrence("recurrence_no_count", "count")
        return {"count": min(count, MOST)}
    until = values.get("until")
    if kind != "end_date" or not until:
        raise UnsupportedRecurrence("odoo_incomplete", "until")
    if until < start:
        raise UnsupportedRecurrence("recurrence_ends_first", "until")
    return {"until": until}


def _odoo_end(rule: Rule) -> dict[str, Any]:
    kind = "end_date" if rule.until else "count" if rule.count else "forever"
    return {
        "end_type": kind,
        "until": rule.until or False,
        "count": rule.count or 0,
    }


def _odoo_pattern(rule: Rule, start: date, week_start: str) -> dict[str, Any]:
    """Return the values that tell the days; for some years this is every 12 months."""
    if rule.frequency == "weekly":
        return _odoo_week(rule, start, week_start)
    if rule.ordinal:
        return _as_months(rule) | _odoo_ordinal(rule)
    if rule.frequency == "monthly":
        return _odoo_month_day(rule, start)
    if rule.frequency == "yearly" and not _is_same_day(rule, start):
        # Only 29 February is not: the last day of that month, in every year.
        return _as_months(rule) | {"day": -1}
    return {}


def _as_months(rule: Rule) -> dict[str, Any]:
    months = rule.interval * (12 if rule.frequency == "yearly" else 1)
    return {"rrule_type": "monthly", "interval": months}


def _odoo_week(rule: Rule, start: date, week_start: str) -> dict[str, Any]:
    if canonical(replace(rule, week_start=week_start), start) != rule:
        raise UnsupportedRecurrence("odoo_week_start", "firstDayOfWeek")
    return {_FLAGS[day]: True for day in rule.weekdays}


def _odoo_ordinal(rule: Rule) -> dict[str, Any]:
    if len(rule.weekdays) > 1:
        raise UnsupportedRecurrence("odoo_several_weekdays", "daysOfWeek")
    weekday = rule.weekdays[0][:3].upper()
    return {"month_by": "day", "byday": str(rule.ordinal), "weekday": weekday}


def _odoo_month_day(rule: Rule, start: date) -> dict[str, Any]:
    if rule.month_day == 31:
        return {"day": -1}
    if not misses_no_month(rule, start):
        raise UnsupportedRecurrence("odoo_short_months", "dayOfMonth")
    return {"day": rule.month_day}


def _is_same_day(rule: Rule, start: date) -> bool:
    days = islice(dates(rule, start), MOST)
    return all((one.month, one.day) == (start.month, rule.month_day) for one in days)
