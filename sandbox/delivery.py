# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Brings an organizer's meeting into the guests' mailboxes, and mails them.

Source: graph.md, "When mail goes to attendees" and the delivery to attendees'
copies in "Operations"; where the documentation is silent, a switch.
"""

from copy import deepcopy
from typing import Any

from .directory import Person
from .items import Item
from .members import DEFAULTS, MAILED, SHARED
from .moments import NEVER, stamp
from .post import CANCELED, Post
from .switches import Switches
from .validation import address_of

Fields = dict[str, Any]


class Delivery:
    """Sends what an organizer does with a meeting."""

    def __init__(self, post: Post, switches: Switches) -> None:
        self.post = post
        self.switches = switches

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
        for row, guest in self.post.guests(organizer, concerned):
            address = row["emailAddress"]["address"]
            self.post.send(organizer, address, "update", reason, item)
            if guest:
                self._deliver(organizer, item, guest, again)

    def _held_back(self, item: Item) -> bool:
        return bool(self.switches.drafts and item.fields["isDraft"])

    def _was_draft(self, before: Fields) -> bool:
        return bool(self.switches.drafts and before["isDraft"])

    def _forget_answers(self, item: Item, before: Fields) -> bool:
        """Return whether a new time asks the guests again; forget what they said."""
        moved = any(item.fields[name] != before[name] for name in ("start", "end"))
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
        for row, guest in list(self.post.guests(organizer, rows)):
            address = row["emailAddress"]["address"]
            self.post.send(organizer, address, "invitation", reason, item)
            if guest:
                self._deliver(organizer, item, guest)

    def bring(self, organizer: Person, item: Item, rows: list[Fields]) -> None:
        """Put the meeting into the mailboxes of colleagues whom a mail has reached."""
        for _row, guest in list(self.post.guests(organizer, rows)):
            if guest:
                self._deliver(organizer, item, guest)

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
        for row, guest in self.post.guests(organizer, item.fields["attendees"]):
            self._cancel_for(organizer, item, row, guest, reason, comment)

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
        mailbox = self.post.mailbox(guest) if guest else None
        copy = mailbox.find_uid(item.uid) if mailbox else None
        if mailbox is None or copy is None or copy.is_organizer:
            return
        subject = str(copy.fields["subject"] or "").removeprefix(CANCELED)
        copy.fields.update(isCancelled=True, subject=CANCELED + subject, showAs="free")
        mailbox.touch(copy, self.post.now())

    def _deliver(
        self, organizer: Person, item: Item, guest: Person, again: bool = False
    ) -> None:
        """Write the organizer's meeting over the guest's copy, or make one.

        :param again: whether an answer given before is void
        """
        mailbox = self.post.mailbox(guest)
        copy = mailbox.find_uid(item.uid)
        shared = self._seen_by(guest, item)
        if copy is None:
            fields = {**_new_copy(item), **shared}
            copy = mailbox.add(mailbox.default, fields, self.post.now())
        elif again or copy.fields["isCancelled"]:
            copy.fields.update(shared, **_unanswered())
        else:
            copy.fields.update(shared)
        copy.intended = item.fields["showAs"]
        if copy.fields["responseStatus"]["response"] == "accepted":
            copy.fields["showAs"] = copy.intended
        elif guest.kind != "user":
            self._accept_room(organizer, item, guest, copy)
        mailbox.touch(copy, self.post.now())

    def _seen_by(self, guest: Person, item: Item) -> Fields:
        """Return what the copy takes over; others' answers are not told."""
        shared = {name: deepcopy(item.fields[name]) for name in SHARED}
        rows = shared["attendees"]
        if item.fields["hideAttendees"]:
            rows = [row for row in rows if address_of(row) in guest.addresses]
        for row in rows:
            row.pop("proposedNewTime", None)
            row["status"] = {"response": "none", "time": NEVER}
        shared["attendees"] = rows
        shared["organizer"] = deepcopy(item.fields["organizer"])
        return shared

    def _accept_room(
        self, organizer: Person, item: Item, room: Person, copy: Item
    ) -> None:
        """Let a room take the meeting, as its booking attendant does."""
        answer = {"response": "accepted", "time": stamp(self.post.now())}
        copy.fields.update(responseStatus=answer, showAs=copy.intended)
        self.record_answer(room, item, organizer, answer)
        address = organizer.mail or organizer.username
        self.post.send(room, address, "response", "accepted", copy)

    def record_answer(
        self,
        guest: Person,
        item: Item,
        organizer: Person,
        answer: Fields,
        proposed: Fields | None = None,
    ) -> None:
        """Write a guest's answer into the organizer's meeting."""
        for row in item.fields["attendees"]:
            if address_of(row) in guest.addresses:
                row["status"] = dict(answer)
                row.pop("proposedNewTime", None)
                if proposed:
                    row["proposedNewTime"] = proposed
        self.post.mailbox(organizer).touch(item, self.post.now())


def _new_copy(item: Item) -> Fields:
    """Return the members of a copy that has just arrived."""
    return {
        **deepcopy(DEFAULTS),
        "iCalUId": item.uid,
        "isOrganizer": False,
        "reminderMinutesBeforeStart": item.fields["reminderMinutesBeforeStart"],
        **_unanswered(),
    }


def _unanswered() -> Fields:
    """Return the members of a copy whose owner has to answer (again)."""
    return {
        "isCancelled": False,
        "responseStatus": {"response": "notResponded", "time": NEVER},
        "showAs": "tentative",
    }
