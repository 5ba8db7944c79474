# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What waits to be deleted in Outlook because of Odoo: ask before deleting much."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .removal import Tally


@dataclass(frozen=True)
class Deletion:
    """One item that would go, or a series of which at least one day would.

    :ivar key: what tells the item apart; of a series and its days that of the series
    :ivar name: what its owner knows it by
    :ivar mailed: addresses of those whom Outlook would tell
    :ivar is_allowed: its owner was asked about it, and said yes
    """

    key: Hashable
    name: str = ""
    mailed: frozenset[str] = frozenset()
    is_allowed: bool = False


def to_ask(waiting: Iterable[Deletion], linked: int) -> list[Deletion]:
    """Return the deletions that go only when their owner says so: all, or none.

    A run sends what waits when it begins, so that is what counts together, however
    long some of it has waited. What its owner has allowed counts no more: what comes
    after his answer is another matter.

    :param waiting: all that waits for one mailbox
    :param linked: events and series that were linked before any of these was deleted

    >>> many = [Deletion(number) for number in range(12)]
    >>> len(to_ask(many, 59)), len(to_ask(many, 60))
    (12, 0)
    >>> to_ask([Deletion(number, is_allowed=True) for number in range(12)], 12)
    []
    """
    asked, tally = {}, Tally(linked)
    for one in waiting:
        if not one.is_allowed:
            asked[one.key] = one
            tally.add(one.key, one.name)
    return list(asked.values()) if tally.is_too_much else []


def people(deletions: Iterable[Deletion]) -> frozenset[str]:
    """Return the addresses of all whom Outlook would tell.

    >>> people([Deletion(1, mailed=frozenset({"zoe@example.com"})), Deletion(2)])
    frozenset({'zoe@example.com'})
    """
    return frozenset[str]().union(*(one.mailed for one in deletions))


def guests(state: Mapping[str, Any]) -> frozenset[str]:
    """Return the addresses of the people whom Outlook knows as guests.

    Of a series also those of single days. A room is nobody who reads mail.

    :param state: ``core.snapshot`` or ``core.series_state``, empty where none is known

    >>> there = {"zoe@example.com": "required", "room@example.com": "resource"}
    >>> guests({"attendees": there, "days": {"2026-11-02": None}})
    frozenset({'zoe@example.com'})
    """
    days = (state.get("days") or {}).values()
    lists = [state.get("attendees"), *((day or {}).get("attendees") for day in days)]
    return frozenset(
        address
        for one in lists
        for address, kind in (one or {}).items()
        if kind != "resource" and not address.startswith("?")
    )


def called_off(
    base: Mapping[str, Any], now: Mapping[str, Any], today: str
) -> list[str]:
    """Return the days of a series that are called off and were not before.

    :param base: ``core.series_state`` as it was agreed upon
    :param now: the same as it is
    :param today: ISO date; what lies before it is not called off any more

    >>> base = {"days": {"2026-11-02": None}}
    >>> now = {"days": {"2026-11-02": None, "2026-11-09": None, "2026-10-05": None}}
    >>> called_off(base, now, "2026-11-01")
    ['2026-11-09']
    """
    before = base["days"]
    return [
        day
        for day, own in now["days"].items()
        if own is None and day >= today and before.get(day, {}) is not None
    ]
