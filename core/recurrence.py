# Part of outlook_calendar. LGPL-3, see LICENSE.
"""How a meeting repeats: one frozen rule between Graph, Odoo and RFC 5545.

A rule means what Graph's ``patternedRecurrence`` means, which differs from RFC 5545 in
one thing: a day that a month lacks (29 to 31) is the last day of that month.
``recurrence_dates`` gives the dates; ``recurrence_graph``, ``recurrence_odoo`` and
``recurrence_rrule`` convert a rule, or raise ``UnsupportedRecurrence``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

# In the order of ``date.weekday``, with Graph's names.
DAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
ORDINALS = {1, 2, 3, 4, -1}
# Of months 1 to 12, in a leap year.
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Rule:
    """A rule; members that its kind of pattern does not use have their defaults.

    :ivar frequency: ``daily``, ``weekly``, ``monthly`` or ``yearly``
    :ivar interval: every so many days, weeks, months or years, from 1
    :ivar weekdays: names of ``DAYS`` in their order. Weekly: all of them; monthly and
        yearly: the days among which ``ordinal`` counts
    :ivar ordinal: 1 to 4, or -1 for the last; 0 when the month day counts instead
    :ivar month_day: 1 to 31, 0 when the ordinal counts; the last day of a month that
        lacks it
    :ivar month: 1 to 12 in yearly rules, else 0
    :ivar week_start: name of the first day of a week, in weekly rules
    :ivar until: last day, inclusive, in ``zone``
    :ivar count: number of dates, 1 or more; a rule without both never ends
    :ivar zone: IANA name of the zone that keeps its wall time, ``""`` when unknown
    """

    frequency: str
    interval: int = 1
    weekdays: tuple[str, ...] = ()
    ordinal: int = 0
    month_day: int = 0
    month: int = 0
    week_start: str = "sunday"
    until: date | None = None
    count: int | None = None
    zone: str = ""


def ordered(days: Iterable[str]) -> tuple[str, ...]:
    """Return names of days in the order of the week, each once.

    >>> ordered(["friday", "monday", "friday"])
    ('monday', 'friday')
    """
    return tuple(sorted(set(days), key=DAYS.index))


def canonical(rule: Rule, start: date) -> Rule:
    """Return the one of all rules with the same dates that both sides are told.

    :param start: a date of the series; a rule may mean something else from a day that
        is none

    Two rules with equal canonical forms have the same dates: compare these to know
    whether a rule was changed. An end is not converted.

    >>> canonical(Rule("monthly", 24, month_day=5), date(2026, 4, 5)).frequency
    'yearly'
    """
    if rule.frequency == "weekly":
        return replace(rule, week_start=_telling_week_start(rule))
    if rule.frequency == "monthly" and rule.interval % 12 == 0:
        rule = replace(
            rule, frequency="yearly", interval=rule.interval // 12, month=start.month
        )
    if len(rule.weekdays) == len(DAYS):  # the last of all days, the second of all days
        day = 31 if rule.ordinal == -1 else rule.ordinal
        rule = replace(rule, weekdays=(), ordinal=0, month_day=day)
    if rule.month_day and rule.month:
        longest = _LENGTHS[rule.month - 1]
        rule = replace(rule, month_day=min(rule.month_day, longest))
    return rule


def _telling_week_start(rule: Rule) -> str:
    """Return the first day of the series in a week, which alone parts its weeks."""
    if rule.interval == 1:
        return DAYS[0]
    begin = DAYS.index(rule.week_start)
    return min(rule.weekdays, key=lambda day: (DAYS.index(day) - begin) % 7)
