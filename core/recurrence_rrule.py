# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A rule to the text of an RRULE, which can tell every rule.

Source: RFC 5545, 3.3.10; MS-OXCICAL 2.1.3.2.2. ``recurrence_from_rrule`` is the way
back, on which much has no counterpart in Graph.
"""

from .recurrence import Rule


def rrule_from_rule(rule: Rule) -> str:
    """Return the text of the rule, without ``RRULE:``.

    :return: UNTIL is a date, inclusive, in the zone of the rule. A reader that takes it
        for midnight, as dateutil does, has to be given the end of that day

    The last of the days 28 to 30 tells day 30 and the last day of a month that has no
    day 30, day -1 tells day 31, as in MS-OXCICAL 2.1.3.2.2.3.

    >>> rrule_from_rule(Rule("monthly", 3, month_day=30, count=4))
    'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1;COUNT=4'
    """
    parts = [f"FREQ={rule.frequency.upper()}", f"INTERVAL={rule.interval}"]
    if rule.month:
        parts.append(f"BYMONTH={rule.month}")
    if rule.weekdays:
        parts.append("BYDAY=" + ",".join(day[:2].upper() for day in rule.weekdays))
    if rule.ordinal:
        parts.append(f"BYSETPOS={rule.ordinal}")
    if rule.month_day:
        parts += _month_day(rule.month_day)
    if rule.frequency == "weekly":
        parts.append(f"WKST={rule.week_start[:2].upper()}")
    if rule.until:
        parts.append(f"UNTIL={rule.until:%Y%m%d}")
    if rule.count:
        parts.append(f"COUNT={rule.count}")
    return ";".join(parts)


def _month_day(day: int) -> list[str]:
    if day == 31:
        return ["BYMONTHDAY=-1"]
    if day <= 28:
        return [f"BYMONTHDAY={day}"]
    days = ",".join(str(one) for one in range(28, day + 1))
    return [f"BYMONTHDAY={days}", "BYSETPOS=-1"]
