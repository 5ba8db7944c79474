# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A weekly series of Mondays at ten in Brussels, and what Graph says of it."""

from datetime import date, datetime, time, timedelta, timezone

from ...core.event import Event, When
from ...core.recurrence import Rule
from ...core.series import Clock, Series
from ...core.series_from_graph import SeriesRows

BRUSSELS = "Europe/Brussels"
MONDAY = date(2026, 11, 2)
TEN = Clock(time(10), time(11), 0)
WEEKLY = Rule("weekly", weekdays=("monday",), count=5, zone=BRUSSELS)
SLOTS = tuple(MONDAY + timedelta(days=7 * week) for week in range(5))
WINDOW = (
    datetime(2026, 10, 1, tzinfo=timezone.utc),
    datetime(2027, 3, 1, tzinfo=timezone.utc),
)
TEAM = Event("Team", TEN.when(MONDAY, BRUSSELS), location="Ghent")


def utc(day, hour=9):
    """Return an aware moment; nine in UTC is ten in Brussels in winter."""
    return datetime.combine(day, time(hour), tzinfo=timezone.utc)


def when(day, hour=9, length=1):
    return When(utc(day, hour), utc(day, hour + length))


def series(**values):
    """Return the series with other values."""
    base = {
        "event": TEAM,
        "clock": TEN,
        "rule": WEEKLY,
        "first": MONDAY,
        "slots": SLOTS,
        "zone": BRUSSELS,
    }
    return Series(**base | values)


def moment(day, hour=9):
    return {"dateTime": utc(day, hour).isoformat()[:19], "timeZone": "UTC"}


def recurrence(**values):
    """Return the rule as Graph tells it; values are of its range."""
    return {
        "pattern": {
            "type": "weekly",
            "interval": 1,
            "daysOfWeek": ["monday"],
            "firstDayOfWeek": "sunday",
        },
        "range": {
            "type": "numbered",
            "startDate": MONDAY.isoformat(),
            "numberOfOccurrences": 5,
            "recurrenceTimeZone": BRUSSELS,
            **values,
        },
    }


def master(**members):
    return {
        "id": "M",
        "type": "seriesMaster",
        "subject": "Team",
        "originalStartTimeZone": BRUSSELS,
        "start": moment(MONDAY),
        "end": moment(MONDAY, 10),
        "location": {"displayName": "Ghent"},
        "recurrence": recurrence(),
        **members,
    }


def instance(slot, **members):
    return {
        "id": f"M.{slot}",
        "type": "occurrence",
        "start": moment(slot),
        "end": moment(slot, 10),
        "originalStart": f"{utc(slot).isoformat()[:19]}Z",
        **members,
    }


def exception(slot, **members):
    return master(**{**instance(slot), "type": "exception", **members}) | {
        "recurrence": None
    }


def rows(exceptions=(), instances=None, window=WINDOW, **members):
    """Return what Graph says of the series, by default with all its instances."""
    if instances is None:
        instances = [instance(slot) for slot in SLOTS]
    return SeriesRows(master(**members), list(exceptions), list(instances), window)
