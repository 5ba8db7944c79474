# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Occurrences and exceptions of the series in one mailbox.

An occurrence is made from its master each time; changing it stores an exception, and
deleting it adds its day to the master's cancelled ones (graph.md, "Series anatomy").
"""

from collections.abc import Iterator
from copy import copy, deepcopy
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from .ids import occurrence_id, read_occurrence_id
from .items import Item
from .moments import date_time, stamp

if TYPE_CHECKING:
    from .mailbox import Mailbox
    from .series import Series


def occurrence(mailbox: "Mailbox", master: Item, day: date) -> Item | None:
    """Return what a series has on a day: exception, occurrence, or nothing."""
    slot = day.isoformat()
    if slot in master.exceptions:
        return mailbox.items[master.exceptions[slot]]
    series = master.series
    if slot in master.cancelled or not series.has(day):
        return None
    return _virtual(master, series, day)


def _virtual(master: Item, series: "Series", day: date) -> Item:
    """Return the occurrence of a day, which shares its members with the master."""
    begin, finish = series.times(day)
    item = copy(master)
    item.fields = {
        **master.fields,
        "start": date_time(begin),
        "end": date_time(finish),
        "type": "occurrence",
        "recurrence": None,
        "transactionId": None,
    }
    item.begin, item.finish = begin, finish
    item.number, item.master = 0, master.number
    item.slot, item.original = day.isoformat(), stamp(begin)
    item.cancelled, item.exceptions, item.own = [], {}, []
    name_occurrence(item, master)
    return item


def name_occurrence(item: Item, master: Item) -> None:
    """Give an occurrence or exception the ids that follow from its master's."""
    day, version = item.day, master.version
    item.rest_id = occurrence_id(master.rest_id, day, version)
    item.immutable_id = occurrence_id(master.immutable_id, day, version)


def find_occurrence(mailbox: "Mailbox", event_id: str) -> Item | None:
    """Return the occurrence with this derived id of either kind."""
    parts = read_occurrence_id(event_id)
    if parts is None:
        return None
    master_id, day, version = parts
    master = mailbox.stored(master_id)
    if master is None or not master.is_series or master.version != version:
        return None
    return occurrence(mailbox, master, day)


def instances(
    mailbox: "Mailbox", master: Item, start: datetime, end: datetime
) -> Iterator[Item]:
    """Yield the occurrences and exceptions of a series that overlap a window."""
    for number in master.exceptions.values():
        if mailbox.items[number].overlaps(start, end):
            yield mailbox.items[number]
    series = master.series
    taken = {*master.cancelled, *master.exceptions}
    for day in series.between(start, end):
        if day.isoformat() not in taken:
            item = _virtual(master, series, day)
            if item.overlaps(start, end):
                yield item


def exceptions(mailbox: "Mailbox", master: Item) -> list[Item]:
    """Return the exceptions of a series, by day."""
    return [mailbox.items[number] for _day, number in sorted(master.exceptions.items())]


def materialise(mailbox: "Mailbox", item: Item, now: datetime) -> Item:
    """Return the exception that an occurrence becomes; any other item as it is."""
    if not item.is_virtual:
        return item
    fields = {**deepcopy(item.fields), "type": "exception"}
    made = mailbox.add_exception(mailbox.items[item.master], fields, item, now)
    made.extensions = deepcopy(item.extensions)
    made.properties = deepcopy(item.properties)
    made.intended = item.intended
    return made


def cancel_occurrence(mailbox: "Mailbox", item: Item, now: datetime) -> None:
    """Take an occurrence or exception out of its series."""
    master = mailbox.items[item.master]
    master.cancelled.append(item.slot)
    if not item.is_virtual:
        mailbox.remove(item, now)
    mailbox.stir(master, now)


def counterpart(mailbox: "Mailbox", item: Item) -> Item | None:
    """Return what a mailbox has of somebody else's meeting, or of its one day."""
    exact = mailbox.find_uid(item.uid, item.slot)
    if exact or not item.slot:
        return exact
    master = mailbox.find_uid(item.uid)
    if master is None or not master.is_series:
        return None
    return occurrence(mailbox, master, item.day)


def differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the names of the members that have changed."""
    return [name for name, value in after.items() if before.get(name) != value]
