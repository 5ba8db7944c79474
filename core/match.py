# Part of outlook_calendar. LGPL-3, see LICENSE.
"""First sync: which events on both sides are the same meeting made twice."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from .event import When

K = TypeVar("K", bound=Hashable)
O = TypeVar("O", bound=Hashable)  # noqa: E741  # of Odoo's candidates


@dataclass(frozen=True)
class Candidate(Generic[K]):
    """An event that may have a twin on the other side.

    :ivar key: whatever the caller finds the event by
    :ivar organizer: address; the caller fills in the mailbox owner's where the event
        names nobody
    """

    key: K
    subject: str
    when: When
    organizer: str


_Likeness = tuple[str, When, str]


def pair(
    odoo: Iterable[Candidate[O]], outlook: Iterable[Candidate[K]]
) -> list[tuple[O, K]]:
    """Return the pairs of keys that are the same meeting, Odoo's key first.

    Two events match when subject (case and white space apart), times and organizer
    are the same. Several that match on each side are paired in the order given when
    there are as many on both: they cannot be told apart, so any pairing is right.
    When the numbers differ none is paired: joining the wrong one would later move or
    delete a meeting that has other guests, while a duplicate is seen and harmless.

    >>> from datetime import date
    >>> day = When(date(2026, 5, 1), date(2026, 5, 2))
    >>> pair([Candidate(7, "Fair  in Ghent", day, "ann@contoso.example")],
    ...      [Candidate("AAMk", "fair in ghent", day, "Ann@contoso.example")])
    [(7, 'AAMk')]
    """
    theirs = _by_likeness(outlook)
    pairs: list[tuple[O, K]] = []
    for likeness, keys in _by_likeness(odoo).items():
        twins = theirs.get(likeness, [])
        if len(twins) == len(keys):
            pairs.extend(zip(keys, twins, strict=True))
    return pairs


def _by_likeness(candidates: Iterable[Candidate[K]]) -> dict[_Likeness, list[K]]:
    groups: dict[_Likeness, list[K]] = defaultdict(list)
    for one in candidates:
        subject = " ".join(one.subject.split()).casefold()
        groups[subject, one.when, one.organizer.strip().lower()].append(one.key)
    return groups
