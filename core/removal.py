# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What an item that Outlook no longer delivers means for Odoo."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Literal

Action = Literal["archive", "decline", "unlink_copy", "keep"]

_FEW = 10  # events that may go in one run, however few are linked
_SHARE = 5  # and otherwise up to a fifth of the linked ones


def is_mass_removal(removed: int, linked: int) -> bool:
    """Whether a run would remove so much that a person has to be asked first.

    :param removed: events that this run would remove
    :param linked: events that are linked before it

    >>> is_mass_removal(10, 10), is_mass_removal(11, 54), is_mass_removal(11, 55)
    (False, True, False)
    """
    return removed > _FEW and removed * _SHARE > linked


@dataclass
class Tally:
    """What one run takes out of Odoo, whichever calendar told of it.

    A series counts once, however many of its meetings go: to delete it, or to shorten
    it, is one act of one person.

    :ivar linked: events and series that were linked before the run removed any; None
        before somebody has counted
    :ivar removed: their names, by what tells them apart

    >>> tally = Tally(linked=12)
    >>> for day in range(20):
    ...     tally.add("one series", "Standup")
    >>> len(tally.removed), tally.is_too_much
    (1, False)
    """

    linked: int | None = None
    removed: dict[Hashable, str] = field(default_factory=dict)

    def add(self, key: Hashable, name: str) -> None:
        """Count something that goes; again is the same."""
        self.removed[key] = name

    @property
    def is_too_much(self) -> bool:
        """Whether a person has to be asked first."""
        return is_mass_removal(len(self.removed), self.linked or 0)


def removal_action(is_gone: bool, is_organizer: bool, kind: str) -> Action:
    """Return what to do with the Odoo event of an item that was called removed.

    :param is_gone: a direct read of the item found nothing (404)
    :param is_organizer: the account's user is the event's organizer *in Odoo*; of a
        copy, Outlook calls every mailbox the organizer
    :param kind: the link's, ``meeting`` or ``copy``
    :return: ``keep``: it only left the window; ``archive``: its organizer deleted it;
        ``decline``: a guest took it out of his own mailbox, the event stays for the
        others; ``unlink_copy``: a guest threw our copy away, which tells nobody
        anything: forget the link, do not make the copy again

    >>> removal_action(True, False, "meeting")
    'decline'
    """
    if not is_gone:
        return "keep"
    if is_organizer:
        return "archive"
    return "unlink_copy" if kind == "copy" else "decline"
