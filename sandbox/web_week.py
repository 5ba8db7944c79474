# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Lays the events of one week out in columns, for the web page."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from .moments import parse

_DAY_START, _DAY_END = 8, 18  # hours shown at least
_LEAST = 25  # minutes that the shortest event is drawn with

Event = dict[str, Any]


@dataclass
class Block:
    """An event, or a day's part of one, in the column of a day.

    :ivar start: minutes since midnight; ``end`` likewise
    :ivar lane: place among events that overlap; ``lanes`` is how many there are
    """

    event: Event
    label: str
    start: int
    end: int
    lane: int = 0
    lanes: int = 1
    top: float = 0.0
    height: float = 0.0


@dataclass
class Day:
    """One column: blocks with times, and events that last the whole day."""

    date: date
    today: bool
    blocks: list[Block] = field(default_factory=list)
    all_day: list[Event] = field(default_factory=list)


@dataclass
class Week:
    """Seven days, and the hours that are drawn."""

    days: list[Day]
    hours: range


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def bounds(monday: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the aware moments between which the week lies, a day more each side.

    All-day events float, so that those of a day may lie in the neighbour's in UTC.
    """
    start = datetime.combine(monday, time(), zone) - timedelta(days=1)
    return start, start + timedelta(days=9)


def lay_out(events: list[Event], monday: date, zone: ZoneInfo, today: date) -> Week:
    """Return the week with each event in the columns of its days.

    :param events: Graph events with times in UTC
    """
    dates = [monday + timedelta(days=number) for number in range(7)]
    days = [Day(each, each == today) for each in dates]
    for event in events:
        first, last = _span(event, zone)
        for day in days:
            _enter(day, event, first, last)
    starts = [block.start for day in days for block in day.blocks]
    ends = [block.end for day in days for block in day.blocks]
    first_hour = min([_DAY_START, *(each // 60 for each in starts)])
    last_hour = max([_DAY_END, *(-(-each // 60) for each in ends)])
    for day in days:
        _share(day.blocks)
        _draw(day.blocks, first_hour, last_hour)
    return Week(days, range(first_hour, last_hour))


def _span(event: Event, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return start and end as naive times on the reader's wall."""
    times = [parse(event[name]["dateTime"]) for name in ("start", "end")]
    if not event["isAllDay"]:
        aware = [each.replace(tzinfo=timezone.utc) for each in times]
        times = [each.astimezone(zone).replace(tzinfo=None) for each in aware]
    return times[0], times[1]


def _enter(day: Day, event: Event, first: datetime, last: datetime) -> None:
    """Put an event into the column of a day on which it takes place."""
    midnight = datetime.combine(day.date, time())
    following = midnight + timedelta(days=1)
    if first >= following or last < midnight or (last == midnight and first < last):
        return
    start, end = max(first, midnight), min(last, following)
    if event["isAllDay"] or end - start >= timedelta(days=1):
        day.all_day.append(event)
        return
    begin = int((start - midnight).total_seconds() // 60)
    finish = max(begin + _LEAST, int((end - midnight).total_seconds() // 60))
    label = f"{first:%H:%M} – {last:%H:%M}"
    day.blocks.append(Block(event, label, begin, min(finish, 24 * 60)))


def _share(blocks: list[Block]) -> None:
    """Give blocks that overlap lanes side by side."""
    cluster: list[Block] = []
    for block in sorted(blocks, key=lambda each: (each.start, -each.end)):
        if cluster and block.start >= max(each.end for each in cluster):
            cluster = []
        taken = {each.lane for each in cluster if each.end > block.start}
        block.lane = next(n for n in range(len(cluster) + 1) if n not in taken)
        cluster.append(block)
        lanes = max(each.lane for each in cluster) + 1
        for each in cluster:
            each.lanes = lanes


def _draw(blocks: list[Block], first_hour: int, last_hour: int) -> None:
    """Compute where a block stands in its column, in percent."""
    whole = (last_hour - first_hour) * 60
    for block in blocks:
        block.top = round(100 * (block.start - first_hour * 60) / whole, 3)
        block.height = round(100 * (block.end - block.start) / whole, 3)
