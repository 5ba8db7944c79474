# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Whom Outlook mails when a meeting is made, changed or called off.

Source: graph.md 8.1, "When mail goes to attendees".
"""

from collections.abc import Collection, Mapping
from typing import Any

from .snapshot import changed

#: Fields of a snapshot whose change Outlook tells every guest. The link to a video call
#: of Odoo is sent within the text.
TOLD = frozenset({"subject", "body", "when", "location", "discuss_url", "online"})


def mailed(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], *, is_told: bool = False
) -> set[str]:
    """Return the addresses that get mail, those who are taken off the list included.

    A guest without an address gets none.

    :param before: ``core.snapshot`` of the meeting as its guests know it; None: they
        do not know of it yet
    :param after: the snapshot that is to be sent
    :param is_told: something else has changed that every guest is told, as the rule of
        a series

    >>> meeting = {"subject": "Lunch", "attendees": {"zoe@example.com": "required"}}
    >>> mailed(None, meeting)
    {'zoe@example.com'}
    >>> mailed(meeting, meeting)
    set()
    >>> mailed(meeting, meeting | {"subject": "Dinner"})
    {'zoe@example.com'}
    >>> mailed(meeting, meeting | {"attendees": {}})
    {'zoe@example.com'}
    """
    now = _reached(after)
    if before is None:
        return set(now)
    known = _reached(before)
    if is_told or changed(before, after) & TOLD:
        return now.keys() | known.keys()
    return {
        address
        for address in now.keys() | known.keys()
        if now.get(address) != known.get(address)
    }


def called_off(
    there: Mapping[str, Any], slots: Collection[str] | None = None
) -> set[str]:
    """Return the addresses that are told that a meeting, or a part of it, is off.

    :param there: ``core.snapshot`` of the meeting, or ``core.series_state`` of the
        series, as Outlook has it
    :param slots: ISO dates of the days of a series that are called off; None: all of
        it, with the guests of single days
    :return: nobody for a day that is off already

    >>> day = {"attendees": {"dan@example.com": "required"}}
    >>> team = {"attendees": {"zoe@example.com": "required"}}
    >>> team |= {"days": {"2026-11-02": day, "2026-11-09": None}}
    >>> sorted(called_off(team))
    ['dan@example.com', 'zoe@example.com']
    >>> called_off(team, ["2026-11-02"])
    {'dan@example.com'}
    >>> called_off(team, ["2026-11-09"])
    set()
    >>> called_off(team, ["2026-11-16"])
    {'zoe@example.com'}
    """
    days = there.get("days") or {}
    if slots is None:
        meetings = [there, *(there | own for own in days.values() if own)]
    else:
        own_of = [days.get(slot, {}) for slot in slots]
        meetings = [there | own for own in own_of if own is not None]
    return {address for meeting in meetings for address in _reached(meeting)}


def _reached(state: Mapping[str, Any]) -> dict[str, str]:
    """Return address and type of those who can get mail."""
    guests = state["attendees"]
    return {one: kind for one, kind in guests.items() if not one.startswith("?")}
