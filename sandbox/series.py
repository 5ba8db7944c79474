# Part of outlook_calendar. LGPL-3, see LICENSE.
"""When the occurrences of a series take place, in the clock of its own zone.

Source: graph.md, "patternedRecurrence"; [MS-OXOCAL] 2.2.1.44.5, where start and end
of an occurrence are offsets from midnight in the zone of the series.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from itertools import islice, pairwise
from typing import Any

from .expansion import (
    Rule,
    day_after,
    day_before,
    days_of,
    is_day_of,
    last_day,
    rule_of,
)
from .moments import parse
from .zones import zone

# Occurrences of one series in one answer; a view of 1825 days never has so many.
LIMIT = 10_000
_PROBED = 60  # occurrences that are looked at to find two that overlap


@dataclass(frozen=True)
class Series:
    """The clockwork of a master.

    :ivar place: whose clock counts; UTC for all-day events, which float
    :ivar opens: from midnight of the day to the start, by the wall clock
    :ivar closes: from the same midnight to the end
    """

    rule: Rule
    place: tzinfo
    opens: timedelta
    closes: timedelta

    def times(self, day: date) -> tuple[datetime, datetime]:
        """Return start and end of the occurrence of a day, in UTC."""
        midnight = datetime.combine(day, time())
        return self._moment(midnight + self.opens), self._moment(midnight + self.closes)

    def _moment(self, wall: datetime) -> datetime:
        # A clock time that a change of the clock leaves out moves on by an hour.
        return wall.replace(tzinfo=self.place).astimezone(timezone.utc)

    def days(self, first: date = date.min, last: date = date.max) -> Iterator[date]:
        """Yield the days of the series between two days, both included."""
        return days_of(self.rule, first, last)

    def between(self, start: datetime, end: datetime) -> Iterator[date]:
        """Yield the days whose occurrence may overlap a window of aware moments."""
        margin = timedelta(days=2)
        low = _clipped(start, -(self.closes + margin))
        return islice(self.days(low, _clipped(end, margin)), LIMIT)

    def has(self, day: date) -> bool:
        """Return whether there is an occurrence on this day, cancelled or not."""
        return is_day_of(self.rule, day)

    def before(self, day: date) -> date | None:
        """Return the day of the occurrence before that of a day."""
        return day_before(self.rule, day)

    def after(self, day: date) -> date | None:
        """Return the day of the occurrence after that of a day."""
        return day_after(self.rule, day)

    @property
    def last(self) -> date:
        """A day after which there is no occurrence."""
        return last_day(self.rule)

    def overlaps_itself(self) -> bool:
        """Return whether an occurrence lasts until after the next one has begun."""
        probed = islice(self.days(), _PROBED)
        lasting = self.closes - self.opens
        return any(later - day < lasting for day, later in pairwise(probed))

    def day_of(self, moment: datetime, is_all_day: bool) -> date:
        """Return the day of a moment on the wall of the series; whole days float."""
        if is_all_day:
            return moment.date()
        return moment.astimezone(self.place).date()


def series_of(fields: Mapping[str, Any]) -> Series:
    """Return the clockwork of a master's stored members."""
    recurrence = fields["recurrence"]
    name = recurrence["range"]["recurrenceTimeZone"]
    place: tzinfo = timezone.utc if fields["isAllDay"] else zone(name)
    start, end = (_wall(fields[name], place) for name in ("start", "end"))
    midnight = datetime.combine(start.date(), time())
    return Series(rule_of(recurrence), place, start - midnight, end - midnight)


def _wall(value: Mapping[str, str], place: tzinfo) -> datetime:
    """Return a stored time as it stands on a wall, naive."""
    moment = parse(value["dateTime"]).replace(tzinfo=timezone.utc)
    return moment.astimezone(place).replace(tzinfo=None)


def _clipped(moment: datetime, margin: timedelta) -> date:
    """Return the date so far from a moment, as far as there are dates."""
    number = moment.date().toordinal() + margin.days
    return date.fromordinal(min(max(number, 1), date.max.toordinal()))
