# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The master of a series, its exceptions and its instances to a ``Series``.

Graph tells a series in parts: the master has the rule, its exceptions are expanded, and
which days are called off shows only in what is missing among the instances of a window
(graph.md 6.3: ``cancelledOccurrences`` was seen to be incomplete).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from .errors import ConversionError, UnsupportedRecurrence
from .event import Item
from .event_from_graph import item_from_graph
from .reading import Reading
from .recurrence import Rule
from .recurrence_dates import dates, first_date
from .recurrence_graph import rule_from_graph, start_from_graph
from .series import Clock, Series, clock_of
from .timezones import date_from_graph, graph_zone, instant_from_graph, utc_from_graph

Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class SeriesRows:
    """What Graph says of a series, as it says it.

    :ivar master: with ``recurrence`` and, where told, ``cancelledOccurrences``
    :ivar exceptions: in full
    :ivar instances: of ``window``, by ``id``, ``type``, ``start``, ``originalStart``
    :ivar window: from the first moment to before the second one, aware
    """

    master: Mapping[str, Any]
    exceptions: Sequence[Mapping[str, Any]]
    instances: Sequence[Mapping[str, Any]]
    window: Window


@dataclass(frozen=True)
class OutlookSeries:
    """A series in a mailbox.

    :ivar item: the master; its event is what all meetings have in common
    :ivar ids: remote ids of the meetings that Graph told of, by slot
    :ivar attached: the slots of exceptions that have attachments
    :ivar known: the slots that Graph was asked for: of these nothing else is there
    :ivar called_off: the slots that the organizer called off, as guests see them
    :ivar since: the day before which Graph was not asked
    :ivar horizon: the last slot that Graph was asked for, None when there is none
    :ivar problems: codes of what could not be read, for the journal
    """

    item: Item
    series: Series
    ids: Mapping[date, str] = field(default_factory=dict)
    known: frozenset[date] = frozenset()
    called_off: frozenset[date] = frozenset()
    since: date = date.min
    horizon: date | None = None
    attached: frozenset[date] = frozenset()
    problems: tuple[str, ...] = ()


def series_from_graph(
    rows: SeriesRows, owner: frozenset[str] = frozenset()
) -> OutlookSeries:
    """Return the series that Graph's rows tell of.

    A pattern that v1.0 does not document is no reason to refuse a series: its days are
    then those that Graph lists. An exception that cannot be read is left as it is.

    :param owner: the addresses of the mailbox's owner, in lower case
    :raise ConversionError: the master has no id or no usable time
    """
    item = item_from_graph(rows.master, owner)
    problems = list(item.problems)
    base = series_of_master(rows.master, item, problems)
    rule, clock, zone, first = base.rule, base.clock, base.zone, base.first
    changed = _exceptions(rows.exceptions, zone, owner, problems)
    found, is_sure = _instances(rows.instances, zone)
    expected = set(_expected(rule, first, clock, zone, rows.window))
    known = expected | found.keys()
    changed = {slot: one for slot, one in changed.items() if slot in known}
    ids = found | {slot: one.remote_id for slot, one in changed.items()}
    gone = _gone(expected - ids.keys(), is_sure, rows.master)
    exceptions = {slot: one.event for slot, one in changed.items()}
    slots = tuple(sorted(known))
    return OutlookSeries(
        item,
        replace(base, slots=slots, exceptions=exceptions, cancelled=gone),
        ids,
        frozenset(known),
        called_off=_called_off([*rows.exceptions, *rows.instances], zone),
        since=rows.window[0].date(),
        horizon=max(expected or known, default=None),
        attached=frozenset(s for s, one in changed.items() if one.has_attachments),
        problems=tuple(dict.fromkeys(problems)),
    )


def _rule(master: Mapping[str, Any], zone: str, problems: list[str]) -> Rule | None:
    try:
        return rule_from_graph(master.get("recurrence"), zone)
    except UnsupportedRecurrence as error:
        problems.append(error.code)
        return None


def _first(master: Mapping[str, Any], rule: Rule | None, day: date) -> date:
    """Return the first date of the rule; without one, where Graph begins to count."""
    try:
        start = start_from_graph(master.get("recurrence"))
    except UnsupportedRecurrence:
        return day
    return (rule and first_date(rule, start)) or start


def _exceptions(
    rows: Iterable[Mapping[str, Any]],
    zone: str,
    owner: frozenset[str],
    problems: list[str],
) -> dict[date, Item]:
    """Return the exceptions that take place, by slot."""
    items = {}
    for row in rows:
        slot = None
        with suppress(ConversionError):
            item = item_from_graph(row, owner)
            slot = _original(row, zone)
        if slot is None:
            problems.append("exception_unreadable")
        else:
            items[slot] = item
    return {slot: one for slot, one in items.items() if not one.is_cancelled}


def _instances(
    rows: Sequence[Mapping[str, Any]], zone: str
) -> tuple[dict[date, str], bool]:
    """Return the remote ids of the instances by slot, and whether these are all.

    They are not when Graph lists none, or one whose slot it does not tell.
    """
    found: dict[date, str] = {}
    for row in rows:
        try:
            slot = _original(row, zone) or _day(row, zone)
        except ConversionError:
            return found, False
        if row.get("isCancelled") is not True:
            found[slot] = Reading(row, []).text("id")
    return found, bool(rows)


def _called_off(rows: Iterable[Mapping[str, Any]], zone: str) -> frozenset[date]:
    """Return the slots of meetings that stay in a guest's calendar as cancelled."""
    found = set()
    for row in rows:
        if row.get("isCancelled") is True:
            with suppress(ConversionError):
                found.add(_original(row, zone) or _day(row, zone))
    return frozenset(found)


def _original(row: Mapping[str, Any], zone: str) -> date | None:
    """Return the slot of an occurrence or exception, None when Graph does not tell it.

    Of whole days ``originalStart`` is midnight in UTC, which floats as they do.
    """
    text = Reading(row, []).text("originalStart")
    if not text:
        return None
    moment = instant_from_graph(text)
    if row.get("isAllDay") is True:
        return moment.date()
    return moment.astimezone(ZoneInfo(graph_zone(zone))).date()


def _day(row: Mapping[str, Any], zone: str) -> date:
    start = Reading(row, []).mapping("start")
    if row.get("isAllDay") is True:
        return date_from_graph(start)
    return utc_from_graph(start).astimezone(ZoneInfo(graph_zone(zone))).date()


def _expected(
    rule: Rule | None, first: date, clock: Clock, zone: str, window: Window
) -> Iterator[date]:
    """Yield the days of the rule whose meeting begins in the window."""
    if rule is None:
        return
    day = timedelta(days=1)
    near = (window[0].date() - day, window[1].date() + day)
    for slot in dates(rule, first, near):
        if window[0] <= _begin(clock, slot, zone) < window[1]:
            yield slot


def _begin(clock: Clock, slot: date, zone: str) -> datetime:
    start = clock.when(slot, zone).start
    if isinstance(start, datetime):
        return start
    return datetime(start.year, start.month, start.day, tzinfo=timezone.utc)


def _gone(
    missing: set[date], is_sure: bool, master: Mapping[str, Any]
) -> frozenset[date]:
    """Return the slots that are called off.

    An empty or odd list of instances removes nothing by itself: the master has to say
    that its meetings were called off (``OID.{id}.{date}``, graph.md 4.1).
    """
    if is_sure:
        return frozenset(missing)
    told = Reading(master, []).texts("cancelledOccurrences")
    named = {text.rpartition(".")[2] for text in told}
    return frozenset(slot for slot in missing if slot.isoformat() in named)


def series_of_master(
    master: Mapping[str, Any], item: Item, problems: list[str] | None = None
) -> Series:
    """Return the series of a master alone, as an answer of Graph to a write has it.

    :param problems: a list that codes of what could not be read are added to
    """
    rule = _rule(master, item.zone, [] if problems is None else problems)
    zone = (rule and rule.zone) or item.zone
    day, clock = clock_of(item.event.when, zone)
    return Series(item.event, clock, rule, _first(master, rule, day), zone=zone)
