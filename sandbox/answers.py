# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What guests do with a meeting: answer it, forward it.

Source: graph.md, "Respond" (event-accept, event-tentativelyaccept, event-decline,
event-forward).
"""

from copy import deepcopy
from typing import Any

from .delivery import Delivery
from .directory import Person
from .items import Item
from .moments import NEVER, date_time, read_date_time, stamp
from .occurrences import cancel_occurrence, counterpart, materialise
from .post import Post
from .problem import GraphProblem
from .refusals import bad_recipient, refused
from .series_changes import follow, mark_own
from .validation import address_of, read_address

ANSWERS = ("accepted", "tentativelyAccepted", "declined")


class Answers:
    """Carries guests' answers and forwards to the organizer and to others."""

    def __init__(self, post: Post, delivery: Delivery) -> None:
        self.post = post
        self.delivery = delivery

    def respond(
        self,
        guest: Person,
        copy: Item,
        answer: str,
        comment: str = "",
        send: bool = True,
        proposed: Any = None,
    ) -> None:
        """Answer an invitation: to a meeting, a series, or one day of a series.

        :param answer: one of :data:`ANSWERS`
        :param send: whether the organizer gets to know
        :param proposed: ``{"start": ..., "end": ...}`` as Graph has it, or None
        :raise GraphProblem: 400, the meeting does not take this answer
        """
        self._check(copy, answer, send, proposed)
        times = _proposed(proposed) if proposed else None
        status = {"response": answer, "time": stamp(self.post.now())}
        mailbox, now = self.post.mailbox(guest), self.post.now()
        if answer == "declined":
            if send:
                self._tell_organizer(guest, copy, status, comment, times)
            if copy.is_instance:
                cancel_occurrence(mailbox, copy, now)
            else:
                mailbox.remove(copy, now)
            return
        copy = materialise(mailbox, copy, now)
        self._mark(guest, copy, status)
        if send:
            self._tell_organizer(guest, copy, status, comment, times)
        mailbox.touch(copy, now)

    def _check(self, copy: Item, answer: str, send: bool, proposed: Any) -> None:
        if copy.is_organizer:
            raise refused(
                "You can't respond to this meeting because you're the meeting "
                "organizer."
            )
        if copy.fields["isCancelled"]:
            raise refused("The meeting has been cancelled.")
        if not copy.fields["responseRequested"]:
            raise refused("The meeting organizer hasn't requested a response.")
        allowed = copy.fields["allowNewTimeProposals"] and answer != "accepted"
        if proposed and not (send and allowed):
            raise GraphProblem(
                400, "ErrorInvalidParameter", "A new time can't be proposed here."
            )

    def _mark(self, guest: Person, copy: Item, status: dict[str, str]) -> None:
        """Write the answer into the guest's own copy."""
        before = deepcopy(copy.fields)
        copy.fields["responseStatus"] = status
        accepted = status["response"] == "accepted"
        copy.fields["showAs"] = copy.intended if accepted else "tentative"
        for row in copy.fields["attendees"]:
            if address_of(row) in guest.addresses:
                row["status"] = dict(status)
        mark_own(copy, before)
        mailbox, switches = self.post.mailbox(guest), self.delivery.switches
        follow(mailbox, copy, before, self.post.now(), switches)

    def _tell_organizer(
        self,
        guest: Person,
        copy: Item,
        status: dict[str, str],
        comment: str,
        proposed: dict[str, Any] | None,
    ) -> None:
        """Mail the answer; a colleague's meeting shows it at once."""
        address = copy.fields["organizer"]["emailAddress"]["address"]
        reason = status["response"] + (", new time proposed" if proposed else "")
        self.post.send(guest, address, "response", reason, copy, comment)
        organizer = self.post.colleague(guest, address)
        item = counterpart(self.post.mailbox(organizer), copy) if organizer else None
        if organizer and item and item.is_organizer:
            copies = self.delivery.copies
            copies.record_answer(guest, item, organizer, status, proposed)

    def forward(self, sender: Person, item: Item, to: Any, comment: str = "") -> None:
        """Forward a meeting; the recipients become guests of the organizer's.

        :param to: Graph's ``recipient`` rows
        :raise GraphProblem: 400, no recipient or one without an address
        """
        if not isinstance(to, list) or not to:
            raise bad_recipient()
        people = [read_address(row) for row in to]
        for address, _name in people:
            self.post.send(sender, address, "forward", "forwarded", item, comment)
        organizer, original = self._original(sender, item)
        if organizer is None or original is None:
            return
        if organizer.id != sender.id:
            address = organizer.mail or organizer.username
            self.post.send(sender, address, "forward", "forwarded to others", item)
        self._join(organizer, original, people)

    def _original(
        self, sender: Person, item: Item
    ) -> tuple[Person | None, Item | None]:
        """Return the organizer and the organizer's meeting, as far as they are here."""
        if item.is_organizer:
            return sender, item
        address = address_of(item.fields["organizer"])
        organizer = self.post.colleague(sender, address)
        if organizer is None:
            return None, None
        return organizer, counterpart(self.post.mailbox(organizer), item)

    def _join(
        self, organizer: Person, meeting: Item, people: list[tuple[str, str]]
    ) -> None:
        """Add people to the organizer's meeting and bring it to those of the house."""
        known = {address_of(row) for row in meeting.fields["attendees"]}
        rows = [
            {
                "type": "required",
                "status": {"response": "none", "time": NEVER},
                "emailAddress": {"name": name, "address": address},
            }
            for address, name in people
            if address.lower() not in known
        ]
        mailbox, now = self.post.mailbox(organizer), self.post.now()
        meeting = materialise(mailbox, meeting, now)
        before = deepcopy(meeting.fields)
        meeting.fields["attendees"] = deepcopy(before["attendees"]) + rows
        mark_own(meeting, before)
        follow(mailbox, meeting, before, now, self.delivery.switches)
        mailbox.touch(meeting, now)
        self.delivery.bring(organizer, meeting, rows)


def _proposed(given: Any) -> dict[str, Any]:
    """Return a proposed time as it is stored."""
    if not isinstance(given, dict):
        raise GraphProblem(
            400, "ErrorInvalidParameter", "The proposed time is invalid."
        )
    times = {
        name: read_date_time(given.get(name), name)[0] for name in ("start", "end")
    }
    if times["end"] < times["start"]:
        raise GraphProblem(
            400, "ErrorInvalidParameter", "The proposed time is invalid."
        )
    return {name: date_time(moment) for name, moment in times.items()}
