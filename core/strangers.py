# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Guests whom Outlook has and Odoo has not: nobody there is known by their address."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from .series_state import State


def guests_of(state: State) -> dict[str, str]:
    """Return ``{address: type}`` of all guests of a meeting, or of a series.

    Guests without an address are left out.

    >>> guests_of({"attendees": {"zoe@example.com": "required", "?Max": "required"}})
    {'zoe@example.com': 'required'}
    >>> day = {"attendees": {"max@example.com": "optional"}}
    >>> guests_of({"attendees": {}, "days": {"2026-11-02": day, "2026-11-09": None}})
    {'max@example.com': 'optional'}
    """
    return {
        address: kind
        for part in _parts(state)
        for address, kind in (part.get("attendees") or {}).items()
        if not address.startswith("?")
    }


def guests_on(state: State, slot: str) -> dict[str, str]:
    """Return ``{address: type}`` of the guests of one day of a series.

    :param slot: ISO date; a day that is cancelled has none

    >>> state = {"attendees": {"zoe@x.org": "required"}, "days": {"2026-11-02": {}}}
    >>> guests_on(state, "2026-11-02")
    {'zoe@x.org': 'required'}
    """
    own = (state.get("days") or {}).get(slot, {})
    if own is None:
        return {}
    return guests_of({"attendees": own.get("attendees", state.get("attendees"))})


def strangers(outlook: State, odoo: State) -> list[str]:
    """Return the addresses of guests that Odoo has never had, in alphabetical order.

    :param outlook: the last state of a meeting, or of a series, in Outlook
    :param odoo: the last one in Odoo; whom it has was taken off the list in Odoo if he
        is missing now

    >>> strangers({"attendees": {"a@x.org": "required"}}, {"attendees": {}})
    ['a@x.org']
    """
    known = guests_of(odoo)
    return sorted(guests_of(outlook).keys() - known.keys())


def unseen(state: State, addresses: Set[str]) -> dict[str, Any]:
    """Return a state as if these guests had not been there yet.

    >>> unseen({"subject": "A", "attendees": {"a@x.org": "required"}}, {"a@x.org"})
    {'subject': 'A', 'attendees': {}}
    """
    bare = _without(state, addresses)
    if "days" in bare:
        bare["days"] = {
            slot: own and _without(own, addresses) for slot, own in bare["days"].items()
        }
    return bare


def _parts(state: State) -> Iterator[Mapping[str, Any]]:
    yield state
    yield from filter(None, (state.get("days") or {}).values())


def _without(part: State, addresses: Set[str]) -> dict[str, Any]:
    return {
        name: {key: one for key, one in value.items() if key not in addresses}
        if name in ("attendees", "responses") and value
        else value
        for name, value in part.items()
    }
