# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Rows of a delta query to one state per item, and a guard against endless pages."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import BadAnswer

# A replayed page is allowed (Graph: "the same item may appear several times"); the
# third of the same kind is the fault of 2026 that never ends.
_SAME_PAGE_LIMIT = 3


@dataclass(frozen=True)
class Fold:
    """The outcome of a delta round.

    :ivar changed: the last row of each id, in the order of these last rows
    :ivar removed: ids that Graph calls removed, in order; this says no more than "not
        in this window any more" (Graph v1.0 event: delta), so ask before deleting
    :ivar unreadable: rows without an id, for the journal
    """

    changed: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    unreadable: tuple[Any, ...] = ()


def fold(rows: Iterable[Mapping[str, Any]]) -> Fold:
    """Return the last state of each item; the pages' borders play no part.

    :param rows: the ``value`` members of all pages of a round, one after the other

    >>> fold([{"id": "a", "subject": "Old"}, {"id": "b"}, {"id": "a", "subject": "New"},
    ...       {"id": "b", "@removed": {"reason": "deleted"}}])
    Fold(changed={'a': {'id': 'a', 'subject': 'New'}}, removed=('b',), unreadable=())
    """
    last: dict[str, Mapping[str, Any]] = {}
    unreadable = []
    for row in rows:
        remote_id = row_id(row)
        if remote_id:
            last.pop(remote_id, None)  # so that the row moves to the end
            last[remote_id] = row
        else:
            unreadable.append(row)
    removed = tuple(name for name, row in last.items() if is_removed(row))
    for remote_id in removed:
        del last[remote_id]
    return Fold(last, removed, tuple(unreadable))


def row_id(row: Any) -> str:
    """Return the id of a row, ``""`` when it has none or is no row at all."""
    remote_id = row.get("id") if isinstance(row, Mapping) else None
    return remote_id if isinstance(remote_id, str) else ""


def is_removed(row: Mapping[str, Any]) -> bool:
    """Whether the row says that an item left the window, deleted or not."""
    return row.get("@removed") is not None


class PageGuard:
    """Watches one delta round, which for some mailboxes never ends.

    Seen in 2026: identical pages for ever, with a new ``$skiptoken`` each and no
    delta link. Starting again from the first URL does not help there.

    :param limit: how many pages a round may have
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pages = 0
        self._seen: Counter[int] = Counter()  # hashes: ids would grow with the round

    def check(self, rows: Iterable[Any]) -> None:
        """Take note of the next page's rows.

        :raise BadAnswer: ``code`` is ``endless_pages``; too many pages, or the same
            ids for the third time. Empty pages count as pages only: Graph sends some.
        """
        self._pages += 1
        ids = frozenset(row_id(row) for row in rows)
        key = hash(ids)
        if ids:
            self._seen[key] += 1
        if self._pages > self._limit or self._seen[key] >= _SAME_PAGE_LIMIT:
            raise BadAnswer(
                f"delta does not end ({self._pages} pages)", code="endless_pages"
            )
