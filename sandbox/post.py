# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who reaches whom: the mailboxes of one Exchange, and the mails between them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .clock import Clock
from .directory import Directory, Person
from .items import Item
from .mailbox import Mailbox
from .mails import Mail
from .validation import address_of

CANCELED = "Canceled: "


class Post:
    """Every mailbox and every mail.

    :param salt: sets the ids of this Exchange apart from those of any other
    """

    def __init__(self, clock: Clock, directory: Directory, salt: str) -> None:
        self.clock = clock
        self.directory = directory
        self.salt = salt
        self.mailboxes: dict[str, Mailbox] = {}
        self.mails: list[Mail] = []

    def mailbox(self, person: Person) -> Mailbox:
        """Return the mailbox of a person, new and furnished on first use."""
        if person.id not in self.mailboxes:
            self.mailboxes[person.id] = Mailbox(person, f"{self.salt}:{person.id}")
        return self.mailboxes[person.id]

    def colleague(self, person: Person, address: str) -> Person | None:
        """Return who in the person's tenant has this address and a mailbox."""
        found = self.directory.person_by_address(address)
        if found is None or found.tenant_id != person.tenant_id:
            return None
        return found

    def guests(
        self, organizer: Person, attendees: list[dict[str, Any]]
    ) -> Iterator[tuple[dict[str, Any], Person | None]]:
        """Yield each attendee but the organizer, with the colleague it is."""
        reached: set[str] = set()
        for row in attendees:
            person = self.colleague(organizer, address_of(row))
            key = person.id if person else address_of(row)
            if key == organizer.id or address_of(row) in organizer.addresses:
                continue
            if key not in reached:  # two addresses of one mailbox are one guest
                reached.add(key)
                yield row, person

    def send(
        self,
        sender: Person,
        recipient: str,
        kind: str,
        reason: str,
        item: Item,
        comment: str = "",
    ) -> None:
        """Record a mail about an event of the sender's mailbox."""
        subject = str(item.fields["subject"] or "")
        if kind == "cancellation":
            subject = CANCELED + subject.removeprefix(CANCELED)
        self.mails.append(
            Mail(
                sender.mail or sender.username,
                recipient,
                kind,
                reason,
                subject,
                item.rest_id,
                item.uid,
                self.now(),
                comment,
            )
        )

    def dump(self) -> dict[str, Any]:
        """Return mailboxes and mails as values that JSON takes."""
        return {
            "salt": self.salt,
            "mails": [mail.dump() for mail in self.mails],
            "mailboxes": [each.dump() for each in self.mailboxes.values()],
        }

    def load(self, data: dict[str, Any]) -> None:
        """Take over what :meth:`dump` has returned."""
        self.mails.extend(Mail.load(row) for row in data["mails"])
        for row in data["mailboxes"]:
            person = self.directory.people[row["person_id"]]
            self.mailboxes[person.id] = Mailbox.load(person, row)

    def now(self) -> datetime:
        """Return the sandbox's time."""
        return self.clock.now()
