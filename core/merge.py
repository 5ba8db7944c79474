# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Three-way merge, field by field: which side's value goes where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .body import digest
from .snapshot import changed

_EMPTY_BODY = digest("")


@dataclass(frozen=True)
class Merge:
    """Names of fields, by the side that has to take the other's value.

    :ivar clashes: changed on both sides, differently; each is also in the direction
        that the winner's value goes
    """

    to_odoo: frozenset[str] = frozenset()
    to_outlook: frozenset[str] = frozenset()
    clashes: frozenset[str] = frozenset()


def merge(
    base_odoo: Mapping[str, Any],
    odoo: Mapping[str, Any],
    base_outlook: Mapping[str, Any],
    outlook: Mapping[str, Any],
    winner: Literal["odoo", "outlook"],
) -> Merge:
    """Return what each side has to take from the other; all four are snapshots.

    Each side is compared with its own base: what one of them cannot express, or
    rewrites, is then no change. A field that a snapshot or its base lacks is not
    compared, so that a new field of a later version starts no writing.

    >>> base = {"subject": "A", "location": ""}
    >>> merge(base, {"subject": "B", "location": ""},
    ...       base, {"subject": "A", "location": "Room 1"}, "outlook")
    Merge(to_odoo=frozenset({'location'}), to_outlook=frozenset({'subject'}), \
clashes=frozenset())
    """
    ours = changed(base_odoo, odoo)
    theirs = changed(base_outlook, outlook)
    both = ours & theirs
    clashes = {name for name in both if odoo[name] != outlook[name]}
    wins = {"odoo": (set[str](), clashes), "outlook": (clashes, set[str]())}
    to_odoo, to_outlook = wins[winner]
    return Merge(
        frozenset(theirs - both | to_odoo),
        frozenset(ours - both | to_outlook),
        frozenset(clashes),
    )


def fill(odoo: Mapping[str, Any], outlook: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields that Odoo lacks and Outlook has, of a pair without a base.

    Used when a first sync joins two events that were made apart: nothing tells who
    is right where both have a value, so only gaps are filled.

    >>> sorted(fill({"subject": "A", "location": ""},
    ...             {"subject": "B", "location": "Room 1"}))
    ['location']
    """
    return frozenset(
        name
        for name, value in outlook.items()
        if name in odoo and _is_empty(name, odoo[name]) and not _is_empty(name, value)
    )


def _is_empty(name: str, value: Any) -> bool:
    """Whether the value says nothing; a reminder of 0 minutes says something."""
    if name == "body":
        return bool(value == _EMPTY_BODY)
    if name == "online":
        return not value
    return value in (None, "", [], {}) and value is not False
