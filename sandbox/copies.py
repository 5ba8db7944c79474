# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The copies of a meeting in guests' mailboxes, and guests' answers in the original.

Source: graph.md, "Series anatomy" and "Operations". A guest of one occurrence alone
gets a single event, which gives way to the series when the guest joins that.
"""

from copy import deepcopy
from typing import Any

from .directory import Person
from .items import Item
from .mailbox import Mailbox
from .members import DEFAULTS, SHARED
from .moments import NEVER, stamp
from .occurrences import counterpart, materialise
from .post import CANCELED, Post
from .series_changes import follow, mark_own
from .switches import Switches
from .validation import address_of

Fields = dict[str, Any]


class Copies:
    """Writes into the mailboxes of the organizer's colleagues."""

    def __init__(self, post: Post, switches: Switches) -> None:
        self.post = post
        self.switches = switches

    def bring(
        self, organizer: Person, item: Item, guest: Person, again: bool = False
    ) -> None:
        """Write the organizer's meeting over the guest's copy, or make one.

        :param again: whether an answer given before is void
        """
        mailbox = self.post.mailbox(guest)
        copy = self._copy(mailbox, item)
        shared = self._seen_by(guest, item)
        if copy is None:
            copy = self._new(mailbox, item, shared)
            before = deepcopy(copy.fields)
        else:
            before = deepcopy(copy.fields)
            void = again or copy.fields["isCancelled"]
            copy.fields.update(shared, **(_unanswered() if void else {}))
        if item.slot and not copy.is_instance:
            copy.fields["type"] = "singleInstance"
        copy.intended = item.fields["showAs"]
        if copy.fields["responseStatus"]["response"] == "accepted":
            copy.fields["showAs"] = copy.intended
        elif guest.kind != "user":
            self._accept_room(organizer, item, guest, copy)
        self._written(mailbox, copy, before)

    def _written(self, mailbox: Mailbox, copy: Item, before: Fields) -> None:
        """Finish the change of a copy: its exceptions follow, a version is made."""
        mark_own(copy, before)
        follow(mailbox, copy, before, self.post.now(), self.switches)
        mailbox.touch(copy, self.post.now())

    def _copy(self, mailbox: Mailbox, item: Item) -> Item | None:
        """Return the guest's copy, ready to be written; None without one."""
        copy = counterpart(mailbox, item)
        if copy is None and item.slot:  # thrown away, but the series is here
            master = mailbox.find_uid(item.uid)
            if master and item.slot in master.cancelled:
                master.cancelled.remove(item.slot)
                copy = counterpart(mailbox, item)
        return materialise(mailbox, copy, self.post.now()) if copy else None

    def _new(self, mailbox: Mailbox, item: Item, shared: Fields) -> Item:
        """Put a meeting into a mailbox that has not had it."""
        now = self.post.now()
        single = {"type": "singleInstance"} if item.slot else {}
        fields = {**_new_copy(item), **shared, **single}
        if item.is_series:
            for each in list(mailbox.items.values()):
                if each.uid == item.uid:  # days to which the guest came before
                    mailbox.remove(each, now)
        copy = mailbox.add(mailbox.default, fields, now, item.slot)
        copy.cancelled = list(item.cancelled)
        return copy

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

    def cancel(self, item: Item, guest: Person) -> None:
        """Mark the guest's copy cancelled; it stays until the guest removes it."""
        mailbox = self.post.mailbox(guest)
        copy = counterpart(mailbox, item)
        if copy is None or copy.is_organizer:
            return
        copy = materialise(mailbox, copy, self.post.now())
        before = deepcopy(copy.fields)
        subject = str(copy.fields["subject"] or "").removeprefix(CANCELED)
        copy.fields.update(isCancelled=True, subject=CANCELED + subject, showAs="free")
        self._written(mailbox, copy, before)

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
        mailbox, now = self.post.mailbox(organizer), self.post.now()
        item = materialise(mailbox, item, now)
        before = deepcopy(item.fields)
        for row in item.fields["attendees"]:
            if address_of(row) in guest.addresses:
                row["status"] = dict(answer)
                row.pop("proposedNewTime", None)
                if proposed:
                    row["proposedNewTime"] = proposed
        follow(mailbox, item, before, now, self.switches)
        mailbox.touch(item, now)


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
