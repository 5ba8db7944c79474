# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What happens to a series when its master or one of its days changes.

Source: graph.md, "Series anatomy" (event-update; [MS-OXOCAL] 3.1.4.7.3.5).
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from .chains import FIRST, LAST
from .items import Item
from .mailbox import Mailbox
from .moments import date_time, parse
from .occurrences import differing, exceptions, occurrence
from .problem import GraphProblem
from .switches import Switches
from .validation import address_of
from .zones import same_zone

Fields = dict[str, Any]
_TIMES = ("start", "end", "isAllDay", "originalStartTimeZone", "originalEndTimeZone")
# What an exception has of its own in any case.
_NEVER_FOLLOWED = {*_TIMES, "attendees", "recurrence", "transactionId", "type"}


def follow(
    mailbox: Mailbox, master: Item, before: Fields, now: datetime, switches: Switches
) -> None:
    """Let the exceptions of a series follow a change of its master.

    A new pattern or start does away with them, and brings cancelled days back.

    :param before: the master's members before the change
    """
    if before["type"] != "seriesMaster":
        return
    if _is_another(before, master.fields, switches):
        mailbox.drop_exceptions(master, now)
        master.cancelled = []
        master.version += 1
        return
    last = master.series.last.isoformat()
    mailbox.drop_exceptions(master, now, after=last)
    master.cancelled = [day for day in master.cancelled if day <= last]
    for item in exceptions(mailbox, master):
        if _follow(item, master, before):
            mailbox.touch(item, now)


def _is_another(before: Fields, after: Fields, switches: Switches) -> bool:
    """Return whether the exceptions of a series are lost."""
    if after["recurrence"] is None:
        return True
    old, new = before["recurrence"], after["recurrence"]
    if not switches.range_keeps_exceptions and old != new:
        return True
    zones = [rule["range"]["recurrenceTimeZone"] for rule in (old, new)]
    moved = any(before[name] != after[name] for name in ("start", "isAllDay"))
    return moved or old["pattern"] != new["pattern"] or not same_zone(*zones)


def _follow(item: Item, master: Item, before: Fields) -> bool:
    """Take over what has changed in the master and not in the exception itself."""
    unlike = deepcopy(item.fields)
    for name in differing(before, master.fields):
        if name not in _NEVER_FOLLOWED and name not in item.own:
            item.fields[name] = deepcopy(master.fields[name])
    rows = master.fields["attendees"]
    if rows != before["attendees"] and "attendees" not in item.own:
        own = item.fields["attendees"]
        item.fields["attendees"] = _asked(rows, before["attendees"], own)
    if before["end"] != master.fields["end"] and not {*_TIMES[:3]} & {*item.own}:
        begin, finish = master.series.times(item.day)
        item.fields.update(start=date_time(begin), end=date_time(finish))
    return unlike != item.fields


def _asked(rows: list[Fields], before: list[Fields], own: list[Fields]) -> list[Fields]:
    """Return the guests of the series, with the answers they gave to this one day."""
    former = {address_of(row): row["status"] for row in before}
    known = {address_of(row): row for row in own}
    found = []
    for row in rows:
        here = known.get(address_of(row))
        if here and here["status"] != former.get(address_of(row)):
            row = {**here, "type": row["type"]}
        found.append(deepcopy(row))
    return found


def is_modified(item: Item, members: tuple[str, ...]) -> bool:
    """Return whether an exception differs from its series in one of the members."""
    return any(name in item.own for name in members)


def mark_own(item: Item, before: Fields) -> None:
    """Note in what an exception differs on purpose from now on."""
    if item.is_instance:
        item.own = sorted({*item.own, *differing(before, item.fields)} - {"type"})


def check_boundary(mailbox: Mailbox, item: Item, changed: Mapping[str, Any]) -> None:
    """Refuse a time that reaches the day of a neighbour, be that one cancelled too.

    :param changed: the members that are to be written
    :raise GraphProblem: 400 ``ErrorOccurrenceCrossingBoundary``
    """
    if not {"start", "end", "isAllDay"} & changed.keys():
        return
    fields = {**item.fields, **changed}
    series = mailbox.items[item.master].series
    begin, finish = (
        parse(fields[name]["dateTime"]).replace(tzinfo=timezone.utc)
        for name in ("start", "end")
    )
    day = series.day_of(begin, fields["isAllDay"])
    earlier, later = (
        _neighbour(mailbox, item, slot)
        for slot in (series.before(item.day), series.after(item.day))
    )
    if earlier and (day <= earlier.day or begin < earlier.finish):
        raise _crossing()
    if later and (day >= later.day or finish > later.begin):
        raise _crossing()


@dataclass(frozen=True)
class _Neighbour:
    """Day and times of the meeting beside; a cancelled one has its day alone."""

    day: date
    begin: datetime
    finish: datetime


def _neighbour(mailbox: Mailbox, item: Item, slot: date | None) -> _Neighbour | None:
    """Return what there is on the day of the series beside an item's."""
    if slot is None:
        return None
    master = mailbox.items[item.master]
    there = occurrence(mailbox, master, slot)
    if there is None:
        return _Neighbour(slot, LAST, FIRST)
    day = master.series.day_of(there.begin, there.fields["isAllDay"])
    return _Neighbour(day, there.begin, there.finish)


def _crossing() -> GraphProblem:
    return GraphProblem(
        400,
        "ErrorOccurrenceCrossingBoundary",
        "Modified occurrence is crossing or overlapping adjacent occurrence.",
    )
