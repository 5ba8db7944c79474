# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A repeating meeting as both sides know it: frozen values, neither Odoo's nor Graph's.

A *slot* is the day that the rule gives to a meeting, by the clock of the series. It
stays when the meeting is moved or the whole series gets another time, so it is what a
meeting of a series is found by (Graph: ``originalStart``; a series has at most one
meeting a day, MS-OXOCAL 2.2.1.44).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .event import Event, When
from .recurrence import Rule
from .recurrence_dates import utc_from_wall
from .timezones import graph_zone


@dataclass(frozen=True)
class Clock:
    """When in the day the meetings of a series take place, by a clock on the wall.

    :ivar start: None when they last all day
    :ivar days: how many days after that of the start the end is; of meetings that last
        all day, how many days they take
    """

    start: time | None
    end: time | None
    days: int

    def when(self, slot: date, zone: str) -> When:
        """Return the time of the meeting of a slot.

        :param zone: IANA name, ``""`` for UTC
        """
        last = slot + timedelta(days=self.days)
        if self.start is None or self.end is None:
            return When(slot, last)
        place = ZoneInfo(graph_zone(zone))
        start = utc_from_wall(datetime.combine(slot, self.start), place)
        end = utc_from_wall(datetime.combine(last, self.end), place)
        return When(start, max(start, end))

    def is_kept(self, when: When, slot: date, zone: str) -> bool:
        """Whether a meeting takes place when its slot says.

        One that lasts over a change of the clock may end by the wall, as in Outlook, or
        after the usual hours, as in Odoo.
        """
        usual = self.when(slot, zone)
        if self.start is None or self.end is None or when.is_all_day:
            return usual == when
        wall = datetime.combine(slot, self.start)
        wall_end = datetime.combine(slot + timedelta(days=self.days), self.end)
        ends = (usual.end, usual.start + (wall_end - wall))
        return when.start == usual.start and when.end in ends


def clock_of(when: When, zone: str) -> tuple[date, Clock]:
    """Return the day and the clock of a meeting.

    >>> from datetime import timezone
    >>> ten = datetime(2026, 7, 1, 8, tzinfo=timezone.utc)
    >>> clock_of(When(ten, ten + timedelta(hours=1)), "Europe/Brussels")[1].start
    datetime.time(10, 0)
    """
    if not isinstance(when.start, datetime) or not isinstance(when.end, datetime):
        days = when.end.toordinal() - when.start.toordinal()
        return when.start, Clock(None, None, days)
    place = ZoneInfo(graph_zone(zone))
    start, end = when.start.astimezone(place), when.end.astimezone(place)
    days = (end.date() - start.date()).days
    return start.date(), Clock(_wall(start), _wall(end), days)


def _wall(moment: datetime) -> time:
    return moment.time().replace(fold=0)


@dataclass(frozen=True)
class Series:
    """A series, as far as one side tells it.

    :ivar event: what its meetings have in common; its ``when`` is that of one of them
    :ivar rule: None when Graph has a pattern of which nothing but its days is known
    :ivar first: the day that the rule counts from
    :ivar slots: the days that are known of, in order, the cancelled ones among them
    :ivar exceptions: the meetings that differ, by slot
    :ivar zone: IANA name of the clock that counts, ``""`` for UTC
    """

    event: Event
    clock: Clock
    rule: Rule | None
    first: date
    slots: tuple[date, ...] = ()
    exceptions: Mapping[date, Event] = field(default_factory=dict)
    cancelled: frozenset[date] = frozenset()
    zone: str = ""

    @property
    def held(self) -> tuple[date, ...]:
        """The slots that have a meeting."""
        return tuple(slot for slot in self.slots if slot not in self.cancelled)

    def meeting(self, slot: date) -> When:
        """Return the usual time of a slot."""
        return self.clock.when(slot, self.zone)


def slots_of(days: Sequence[date], expected: Iterable[date]) -> list[date]:
    """Return the slots of meetings that are known by their days alone.

    A day that the rule gives is its own slot; any other, of a meeting that was moved
    before anybody took note, is that of the nearest slot that is left, else itself.

    :param days: of the meetings, each once
    :param expected: the days that the rule gives

    >>> mondays = [date(2026, 11, day) for day in (2, 9, 16)]
    >>> days = [date(2026, 11, 2), date(2026, 11, 11)]
    >>> [slot.day for slot in slots_of(days, mondays)]
    [2, 9]
    """
    free = set(expected)
    is_own = [day in free for day in days]
    free -= set(days)
    found = []
    for day, own in zip(days, is_own, strict=True):
        slot = day
        if not own and free:
            _distance, slot = min((abs(one - day), one) for one in free)
            free.discard(slot)
        found.append(slot)
    return found


def rematched(old: Iterable[date], new: Iterable[date]) -> dict[date, date]:
    """Return which of the old slots each new one continues, as ``{new: old}``.

    The same day continues itself; of the others the first continues the first, and so
    on: a series that moves from Mondays to Tuesdays keeps its meetings.

    >>> moved = rematched([date(2026, 11, 2), date(2026, 11, 9)],
    ...                   [date(2026, 11, 3), date(2026, 11, 10)])
    >>> [(new.day, old.day) for new, old in moved.items()]
    [(3, 2), (10, 9)]
    """
    old_ones, new_ones = set(old), set(new)
    same = {day: day for day in old_ones & new_ones}
    left, wanted = sorted(old_ones - new_ones), sorted(new_ones - old_ones)
    return same | dict(zip(wanted, left, strict=False))
