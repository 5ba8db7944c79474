# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Brings an organizer's meeting into the guests' mailboxes, and mails them.

Source: graph.md, "When mail goes to attendees" and the delivery to attendees'
copies in "Operations"; where the documentation is silent, a switch.
"""

from typing import Any

from .copies import Copies
from .directory import Person
from .items import Item
from .members import MAILED
from .moments import NEVER
from .occurrences import exceptions
from .post import Post
from .series_changes import is_modified
from .switches import Switches
from .validation import address_of

Fields = dict[str, Any]


class Delivery:
    """Sends what an organizer does with a meeting."""

    def __init__(self, post: Post, switches: Switches) -> None:
        self.post = post
        self.switches = switches
        self.copies = Copies(post, switches)

    def created(self, organizer: Person, item: Item) -> None:
        """Invite every guest of a new meeting, unless it is held back as a draft."""
        if not self._held_back(item):
            self._invite(organizer, item, item.fields["attendees"], "created")

    def changed(self, organizer: Person, item: Item, before: Fields) -> None:
        """Mail whom a change concerns and bring their copies up to date.

        :param before: the members of the meeting before the change
        """
        if self._held_back(item):
            return
        if self._was_draft(before):
            self._invite(organizer, item, item.fields["attendees"], "sent")
            return
        self._uninvite_missing(organizer, item, before)
        again = self._forget_answers(item, before)
        known = {address_of(row): row for row in before["attendees"]}
        added = [
            row for row in item.fields["attendees"] if address_of(row) not in known
        ]
        self._invite(organizer, item, added, "guest added")
        kept = [row for row in item.fields["attendees"] if address_of(row) in known]
        reason, concerned = self._update(item, before, known, kept)
        self._send(organizer, item, concerned, "update", reason, again)

    def _held_back(self, item: Item) -> bool:
        return bool(self.switches.drafts and item.fields["isDraft"])

    def _was_draft(self, before: Fields) -> bool:
        return bool(self.switches.drafts and before["isDraft"])

    def _forget_answers(self, item: Item, before: Fields) -> bool:
        """Return whether new times ask the guests again; forget what they said."""
        times = ("start", "end", "recurrence")
        moved = any(item.fields[name] != before[name] for name in times)
        if not (moved and self.switches.reset_answers):
            return False
        for row in item.fields["attendees"]:
            row["status"] = {"response": "none", "time": NEVER}
        return True

    def _update(
        self, item: Item, before: Fields, known: Fields, kept: list[Fields]
    ) -> tuple[str, list[Fields]]:
        """Return why an update is mailed, and to whom; to nobody is an empty list."""
        names = [name for name in MAILED if item.fields[name] != before[name]]
        if names:
            return "changed: " + ", ".join(names), kept
        people = item.fields["attendees"] != before["attendees"]
        if people and self.switches.mail_everyone:
            return "changed: attendees", kept
        if people:
            types = [r for r in kept if r["type"] != known[address_of(r)]["type"]]
            return "changed: attendee", types
        if self.switches.mail_unchanged and item.fields == before:
            return "unchanged", kept
        return "", []

    def _invite(
        self, organizer: Person, item: Item, rows: list[Fields], reason: str
    ) -> None:
        """Send an invitation to each row and deliver the meeting to colleagues."""
        self._send(organizer, item, rows, "invitation", reason)

    def _send(
        self,
        organizer: Person,
        item: Item,
        rows: list[Fields],
        kind: str,
        reason: str,
        again: bool = False,
    ) -> None:
        """Mail guests and deliver; one more mail for each day of its own in a series.

        :param kind: ``invitation`` or ``update``
        """
        for row, guest in list(self.post.guests(organizer, rows)):
            address = row["emailAddress"]["address"]
            self.post.send(organizer, address, kind, reason, item)
            if guest:
                self.copies.bring(organizer, item, guest, again)
            for day in self._days_apart(organizer, item):
                known = {address_of(each) for each in day.fields["attendees"]}
                if address_of(row) in known:
                    self.post.send(organizer, address, kind, f"series {reason}", day)
                    if guest:
                        self.copies.bring(organizer, day, guest)

    def _days_apart(self, organizer: Person, item: Item) -> list[Item]:
        """Return the exceptions that a change of the series is mailed for."""
        found = exceptions(self.post.mailbox(organizer), item)
        return [each for each in found if is_modified(each, (*MAILED, "attendees"))]

    def bring(self, organizer: Person, item: Item, rows: list[Fields]) -> None:
        """Put the meeting into the mailboxes of colleagues whom a mail has reached."""
        for _row, guest in list(self.post.guests(organizer, rows)):
            if guest:
                self.copies.bring(organizer, item, guest)

    def _uninvite_missing(self, organizer: Person, item: Item, before: Fields) -> None:
        """Send a cancellation to whoever is no longer invited."""
        staying = {
            person.id if person else address_of(row)
            for row, person in self.post.guests(organizer, item.fields["attendees"])
        }
        for row, guest in self.post.guests(organizer, before["attendees"]):
            if (guest.id if guest else address_of(row)) not in staying:
                self._cancel_for(organizer, item, row, guest, "guest removed", "")

    def cancelled(
        self, organizer: Person, item: Item, reason: str, comment: str = ""
    ) -> None:
        """Tell every guest that the meeting is off.

        :param reason: ``deleted`` or ``cancelled``
        """
        if self._held_back(item):
            return
        rows = item.fields["attendees"]
        for row, guest in self.post.guests(organizer, rows):
            self._cancel_for(organizer, item, row, guest, reason, comment)
        known = {address_of(row) for row in rows}
        for day in exceptions(self.post.mailbox(organizer), item):
            alone = [r for r in day.fields["attendees"] if address_of(r) not in known]
            for row, guest in self.post.guests(organizer, alone):
                self._cancel_for(organizer, day, row, guest, reason, comment)

    def _cancel_for(
        self,
        organizer: Person,
        item: Item,
        row: Fields,
        guest: Person | None,
        reason: str,
        comment: str,
    ) -> None:
        """Mail one guest; the copy stays, cancelled, until the guest removes it."""
        address = row["emailAddress"]["address"]
        self.post.send(organizer, address, "cancellation", reason, item, comment)
        if guest:
            self.copies.cancel(item, guest)
