# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Random rules, and what others make of them: a plain reading of Graph, and Odoo.

Neither uses the code that is tested: the first looks at one day after the other, the
second does what ``calendar.recurrence`` of Odoo 19 does, with its own libraries.
"""

import calendar
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytz
from dateutil import rrule
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from ...core.recurrence import DAYS, Rule, ordered
from ...core.recurrence_dates import dates, first_date

# With clocks that change in March, in November, in the other half of the year and
# never; with half an hour; west, east and far east of Greenwich.
ZONES = [
    "Europe/Brussels",
    "America/Los_Angeles",
    "America/New_York",
    "America/St_Johns",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "UTC",
]
# The libraries of Odoo know no change of the clock after that year.
LAST_YEAR_OF_PYTZ = 2037
# Days around changes of the clock and ends of months, where faults show.
_EDGES = [
    date(2024, 2, 29),
    date(2026, 1, 31),
    date(2026, 2, 28),
    date(2026, 3, 1),
    date(2026, 3, 8),
    date(2026, 3, 29),
    date(2026, 3, 31),
    date(2026, 4, 5),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 11, 1),
    date(2026, 12, 31),
]
starts = st.dates(date(2000, 1, 1), date(2030, 12, 31)) | st.builds(
    lambda day, days: day + timedelta(days=days),
    st.sampled_from(_EDGES),
    st.integers(-8, 8),
)
walls = st.sampled_from([0, 30, 90, 150, 210, 540, 1020, 1200, 1380, 1425]).map(
    lambda minutes: time(minutes // 60, minutes % 60)
)
week_starts = st.sampled_from(["monday", "sunday", "saturday", "thursday"])
intervals = st.integers(1, 4) | st.sampled_from([6, 12, 13, 24])


def examples(number):
    """Return settings for a property that leaves out many examples, or is slow."""
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(max_examples=number, suppress_health_check=checks)


def _days(most):
    days = st.lists(st.sampled_from(DAYS), min_size=1, max_size=most, unique=True)
    return days.map(ordered)


_relative = {
    # Half of them with one weekday, which is what people choose.
    "weekdays": _days(1) | _days(7),
    "ordinal": st.sampled_from([1, 2, 3, 4, -1]),
}
_absolute = {"month_day": st.integers(1, 31) | st.sampled_from([28, 29, 30, 31])}
_months = {"month": st.integers(1, 12)}
_PATTERNS = [
    st.fixed_dictionaries({"frequency": st.just("daily")}),
    st.fixed_dictionaries(
        {
            "frequency": st.just("weekly"),
            "weekdays": _days(7),
            "week_start": week_starts,
        }
    ),
    st.fixed_dictionaries({"frequency": st.just("monthly"), **_absolute}),
    st.fixed_dictionaries({"frequency": st.just("monthly"), **_relative}),
    st.fixed_dictionaries({"frequency": st.just("yearly"), **_months, **_absolute}),
    st.fixed_dictionaries({"frequency": st.just("yearly"), **_months, **_relative}),
]


@st.composite
def series(draw):
    """Draw a rule and the naive wall time of its first meeting."""
    rule = Rule(
        interval=draw(intervals),
        zone=draw(st.sampled_from(ZONES)),
        **draw(st.one_of(_PATTERNS)),
    )
    start = first_date(rule, draw(starts))
    assume(start.year < LAST_YEAR_OF_PYTZ)
    end = draw(st.sampled_from(["none", "count", "until"]))
    if end == "count":
        rule = replace(rule, count=draw(st.integers(1, 40)))
    elif end == "until":
        last = list(dates(replace(rule, count=draw(st.integers(1, 40))), start))[-1]
        rule = replace(rule, until=last + timedelta(days=draw(st.integers(0, 6))))
    return rule, datetime.combine(start, draw(walls))


# ---- Graph, read day by day


def days_by_definition(rule, start, last):
    """Return the dates up to a day: each day is asked whether the rule means it."""
    every = (start + timedelta(days=n) for n in range((last - start).days + 1))
    fitting = [day for day in every if _is_meant(rule, start, day)]
    if rule.until:
        fitting = [day for day in fitting if day <= rule.until]
    return fitting[: rule.count]


def _is_meant(rule, start, day):
    if rule.frequency == "daily":
        return (day - start).days % rule.interval == 0
    if rule.frequency == "weekly":
        weeks = (_week(rule, day) - _week(rule, start)).days // 7
        return weeks % rule.interval == 0 and DAYS[day.weekday()] in rule.weekdays
    if rule.frequency == "monthly":
        periods = (day.year - start.year) * 12 + day.month - start.month
    else:
        periods = day.year - start.year
    in_month = rule.frequency == "monthly" or day.month == rule.month
    return periods % rule.interval == 0 and in_month and _is_day(rule, day)


def _week(rule, day):
    while DAYS[day.weekday()] != rule.week_start:
        day -= timedelta(days=1)
    return day


def _is_day(rule, day):
    _first, length = calendar.monthrange(day.year, day.month)
    if not rule.ordinal:
        return day.day == min(rule.month_day, length)
    meant = [
        number
        for number in range(1, length + 1)
        if DAYS[day.replace(day=number).weekday()] in rule.weekdays
    ]
    return day.day == meant[rule.ordinal - (rule.ordinal > 0)]


# ---- Odoo


def odoo_starts(values, start, week_start, allday=False, most=720):
    """Return the starts of the events that Odoo makes, naive in UTC, in their order.

    :param start: ``start`` of the base event, naive in UTC
    :param most: Odoo's limit of events, which is 720
    """
    count = values["end_type"] == "count" and values["count"]

    def found(count):
        every = _odoo_occurrences(values, start, week_start, allday, count, most)
        return [one for one in every if one.date() >= start.date()], len(every)

    kept, every = found(count)
    if count and len(kept) < count:
        kept, every = found(2 * count - len(kept))
    return sorted(kept)


def _odoo_occurrences(values, start, week_start, allday, count, most):
    zone = pytz.timezone(values["event_tz"])
    begin = _odoo_begin(values, start, week_start, zone)
    if allday:
        return list(_odoo_rule(values, begin, week_start, count, most))
    begin = pytz.utc.localize(begin).astimezone(zone).replace(tzinfo=None)
    return [
        zone.localize(one, is_dst=False).astimezone(pytz.utc).replace(tzinfo=None)
        for one in _odoo_rule(values, begin, week_start, count, most)
    ]


def _odoo_begin(values, start, week_start, zone):
    begin = start
    if values["rrule_type"] == "weekly":
        weekday = rrule.weekday(DAYS.index(week_start))
        begin = start + relativedelta(weekday=weekday(-1))
    elif values["rrule_type"] == "monthly":
        begin = start + relativedelta(day=1)
    if zone.localize(start).dst() != zone.localize(begin).dst():
        begin = start
    return begin


def _odoo_rule(values, begin, week_start, count, most):
    options = {"dtstart": begin, "interval": values["interval"]}
    if values["rrule_type"] == "monthly" and values["month_by"] == "date":
        options["bymonthday"] = values["day"]
    elif values["rrule_type"] == "monthly":
        weekday = getattr(rrule, values["weekday"][:2])
        options["byweekday"] = weekday(int(values["byday"]))
    elif values["rrule_type"] == "weekly":
        options["byweekday"] = [
            rrule.weekday(number) for number, day in enumerate(DAYS) if values[day[:3]]
        ]
        options["wkst"] = rrule.weekday(DAYS.index(week_start))
    if values["end_type"] == "end_date":
        options["until"] = datetime.combine(values["until"], time.max)
    else:
        options["count"] = min(count, most) if count else most
    return rrule.rrule(getattr(rrule, values["rrule_type"].upper()), **options)
