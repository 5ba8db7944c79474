# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Exchange: every mailbox of the sandbox, and what people do in Outlook.

The HTTP endpoints, the control interface, the web page and the tests all go through
:class:`Exchange`. Events and calendars come back as the resources of Graph v1.0;
ids of events are taken in both kinds, REST and immutable. Methods raise
:class:`~.problem.GraphProblem` with the code that Graph has for the case.
"""

import secrets
import threading
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from .answers import ANSWERS, Answers
from .attachments import LIMIT, attachment_id, show_attachment
from .clock import Clock
from .delivery import Delivery
from .delta import Deltas
from .directory import Directory, Person
from .events import Events
from .items import Calendar, Item
from .mailbox import Mailbox
from .mails import Mail
from .occurrences import instances
from .places import Places
from .planting import plant_mailboxes
from .post import Post
from .problem import GraphProblem
from .refusals import access_denied, conflict, not_found
from .rendering import PLAIN, Style, etag, show_calendar, show_event
from .sharing import ROLES, show_share
from .switches import Switches

Resource = dict[str, Any]
Mails = list[Mail]
Resources = list[Resource]  # inside the class, ``list`` is one of its methods


class Exchange:
    """The mailboxes of everybody, thread-safe.

    :param clock: what time it is
    :param directory: who there is
    :ivar switches: see :mod:`.switches`
    :ivar places: calendars and groups
    """

    def __init__(self, clock: Clock, directory: Directory) -> None:
        self.clock = clock
        self.directory = directory
        self.lock = threading.RLock()
        self.switches = Switches()
        self.reset()

    def reset(self) -> None:
        """Empty every mailbox; ids are other ones from now on."""
        with self.lock:
            self._furnish(secrets.token_hex(8))

    def _furnish(self, salt: str) -> None:
        self.post = Post(self.clock, self.directory, salt)
        self.delivery = Delivery(self.post, self.switches)
        self.answers = Answers(self.post, self.delivery)
        self.events = Events(self.post, self.delivery, self.switches)
        self.places = Places(self.post)
        self._deltas: dict[str, Deltas] = {}

    @property
    def mails(self) -> Mails:
        """Every mail sent since the start, oldest first."""
        return self.post.mails

    def mailbox(self, person: Person) -> Mailbox:
        """Return a person's mailbox.

        :raise GraphProblem: 404 ``MailboxNotEnabledForRESTAPI``
        """
        if not person.has_mailbox:
            raise GraphProblem(
                404,
                "MailboxNotEnabledForRESTAPI",
                "The mailbox is either inactive, soft-deleted, or hosted on-premise.",
            )
        return self.post.mailbox(person)

    def calendar(self, person: Person, calendar_id: str = "") -> Calendar:
        """Return a calendar as it is stored; without an id the default one."""
        return self.places.calendar(self.mailbox(person), calendar_id)

    def deltas(self, person: Person) -> Deltas:
        """Return the delta chains of a person's mailbox."""
        mailbox = self.mailbox(person)
        if person.id not in self._deltas:
            self._deltas[person.id] = Deltas(mailbox, self.switches)
        return self._deltas[person.id]

    def expire_delta(self, person: Person | None = None) -> None:
        """Let every delta token die, of one person or of everybody."""
        with self.lock:
            for owner, deltas in self._deltas.items():
                if person is None or owner == person.id:
                    deltas.expire()

    # Reading

    def item(self, person: Person, event_id: str, if_match: str = "") -> Item:
        """Return an event as it is stored.

        :param if_match: an etag that must still be the event's, ``*`` or ``""``
        :raise GraphProblem: 404 there is none, 412 it has another etag
        """
        mailbox = self.mailbox(person)
        item = mailbox.find(event_id)
        if item is None:
            raise not_found()
        current = etag(mailbox.ids.change_key(item.change))
        if if_match not in ("", "*", current):
            raise conflict()
        return item

    def show(self, person: Person, item: Item, style: Style = PLAIN) -> Resource:
        """Return the resource of a stored event; it shares lists with the store."""
        return show_event(self.post.mailbox(person), person, item, style)

    def event(self, person: Person, event_id: str, style: Style = PLAIN) -> Resource:
        """Return an event."""
        with self.lock:
            return deepcopy(self.show(person, self.item(person, event_id), style))

    def list(self, person: Person, calendar_id: str = "") -> Resources:
        """Return the events of a calendar, by default those of the default one."""
        with self.lock:
            place = self.calendar(person, calendar_id)
            items = self.post.mailbox(person).inside(place.id)
            return deepcopy([self.show(person, item) for item in items])

    def agenda(
        self, person: Person, start: datetime, end: datetime, calendar_id: str = ""
    ) -> Resources:
        """Return what takes place between two aware moments, by start."""
        with self.lock:
            place = self.calendar(person, calendar_id)
            items = self.post.mailbox(person).between(place.id, start, end)
            return deepcopy([self.show(person, item) for item in items])

    def instances(
        self, person: Person, event_id: str, start: datetime, end: datetime
    ) -> Resources:
        """Return the occurrences and exceptions of a series in a window, by start."""
        with self.lock:
            mailbox, master = self.mailbox(person), self.item(person, event_id)
            items = instances(mailbox, master, start, end) if master.is_series else ()
            rows = [self.show(person, item) for item in items]
            return deepcopy(sorted(rows, key=lambda row: row["start"]["dateTime"]))

    def calendars(self, person: Person) -> Resources:
        """Return the calendars of a person, the default one first."""
        with self.lock:
            mailbox = self.mailbox(person)
            places = mailbox.calendars.values()
            return [show_calendar(mailbox, person, row) for row in places]

    # Writing, as a person does it in Outlook

    def create_event(
        self,
        person: Person,
        body: Resource,
        calendar_id: str = "",
        transaction_id: str = "",
        style: Style = PLAIN,
    ) -> Resource:
        """Create an event from the body of a POST; return it."""
        with self.lock:
            place = self._writable(person, calendar_id)
            item = self.events.create(person, place, body, transaction_id)
            resource = deepcopy(self.show(person, item, style))
            if self.switches.late_join_url:
                resource["onlineMeeting"] = None
            return resource

    def update_event(
        self,
        person: Person,
        event_id: str,
        body: Resource,
        if_match: str = "",
        style: Style = PLAIN,
    ) -> Resource:
        """Change an event by the body of a PATCH; return it."""
        with self.lock:
            item = self._own(person, event_id, if_match)
            item = self.events.update(person, item, body)
            return deepcopy(self.show(person, item, style))

    def delete_event(self, person: Person, event_id: str, if_match: str = "") -> None:
        """Delete an event; an organizer's guests get a cancellation."""
        with self.lock:
            self.events.delete(person, self._own(person, event_id, if_match))

    def cancel(self, person: Person, event_id: str, comment: str = "") -> None:
        """Cancel a meeting that the person organizes."""
        with self.lock:
            self.events.cancel(person, self._own(person, event_id), comment)

    def respond(
        self,
        person: Person,
        event_id: str,
        answer: str,
        comment: str = "",
        send: bool = True,
        proposed: Resource | None = None,
    ) -> None:
        """Answer an invitation by one of :data:`~.answers.ANSWERS`."""
        if answer not in ANSWERS:
            raise ValueError(f"no such answer: {answer}")
        with self.lock:
            item = self._own(person, event_id)
            self.answers.respond(person, item, answer, comment, send, proposed)

    def forward(
        self, person: Person, event_id: str, to: Resources, comment: str = ""
    ) -> None:
        """Forward a meeting to Graph's ``recipient`` rows."""
        with self.lock:
            self.answers.forward(person, self.item(person, event_id), to, comment)

    def move_event(self, person: Person, event_id: str, calendar_id: str) -> Resource:
        """Move an event to another calendar, which Outlook's users can; return it."""
        with self.lock:
            item = self._own(person, event_id)
            place = self._writable(person, calendar_id)
            self.events.move(person, item, place)
            return deepcopy(self.show(person, item))

    def touch_event(self, person: Person, event_id: str, minutes: int = 0) -> None:
        """Let the server change an event, as a dismissed reminder does.

        :param minutes: how long ago it happened
        """
        with self.lock:
            moment = self.clock.now() - timedelta(minutes=minutes)
            self.mailbox(person).touch(self.item(person, event_id), moment)

    def receive_invitation(
        self, person: Person, organizer: str, body: Resource, name: str = ""
    ) -> Resource:
        """Let somebody from outside the tenant invite a person; return the copy.

        :param organizer: address of the one who invites
        """
        with self.lock:
            self.mailbox(person)
            return self.show(person, self.events.receive(person, organizer, name, body))

    def share_calendar(
        self, owner: Person, guest: Person, role: str = "write", calendar_id: str = ""
    ) -> Resource:
        """Let a colleague read or write a calendar; return it as he has it."""
        if role not in ROLES:
            raise ValueError(f"no such role: {role}")
        with self.lock:
            place = self.calendar(owner, calendar_id)
            share = self.mailbox(guest).add_share(owner.id, place.id, role)
            return show_share(self, share)

    def withdraw_calendar(self, guest: Person, share_id: str) -> None:
        """Let a colleague see a calendar no more."""
        with self.lock:
            del self.mailbox(guest).shares[share_id]

    def set_extension(
        self, person: Person, event_id: str, name: str, body: Resource | None
    ) -> None:
        """Write the members of an open extension; None removes it."""
        with self.lock:
            self.events.extend(person, self._own(person, event_id), name, body)

    # Attachments

    def attachments(
        self, person: Person, event_id: str, is_whole: bool = False
    ) -> Resources:
        """Return the attachments of an event, with their content if ``is_whole``."""
        with self.lock:
            item = self.item(person, event_id)
            rows = item.fields["attachments"]
            ids = [self._attachment_id(person, item, row) for row in rows]
            pairs = zip(rows, ids, strict=True)
            return [show_attachment(row, row_id, is_whole) for row, row_id in pairs]

    def attach(
        self, person: Person, event_id: str, body: Resource, limit: int = LIMIT
    ) -> Resource:
        """Add an attachment to an event, from the body of a POST; return it."""
        with self.lock:
            own = self._own(person, event_id)
            item, row = self.events.attach(person, own, body, limit)
            row_id = self._attachment_id(person, item, row)
            return show_attachment(row, row_id, is_whole=True)

    def detach(self, person: Person, event_id: str, attachment_id: str) -> None:
        """Remove an attachment from an event."""
        with self.lock:
            item = self._own(person, event_id)
            for row in item.fields["attachments"]:
                if self._attachment_id(person, item, row) == attachment_id:
                    return self.events.detach(person, item, row["key"])
            raise not_found()

    def _attachment_id(self, person: Person, item: Item, row: Resource) -> str:
        return attachment_id(self.mailbox(person).salt, item.immutable_id, row)

    def _own(self, person: Person, event_id: str, if_match: str = "") -> Item:
        """Return an event that may be written."""
        item = self.item(person, event_id, if_match)
        self._writable(person, item.calendar_id)
        return item

    def _writable(self, person: Person, calendar_id: str) -> Calendar:
        """Return a calendar whose events may be written."""
        place = self.calendar(person, calendar_id)
        if not place.can_edit:
            raise access_denied()
        return place

    # Seeds and the data file

    def load_seed(self, mailboxes: dict[str, Any]) -> None:
        """Fill mailboxes from the ``mailboxes`` of a seed; see :mod:`.planting`."""
        with self.lock:
            plant_mailboxes(self, mailboxes)

    def dump(self) -> dict[str, Any]:
        """Return everything as values that JSON takes."""
        with self.lock:
            deltas = {key: each.dump() for key, each in self._deltas.items()}
            switches = self.switches.dump()
            return {**self.post.dump(), "switches": switches, "deltas": deltas}

    def load(self, data: dict[str, Any]) -> None:
        """Take over what :meth:`dump` has returned."""
        with self.lock:
            self._furnish(data["salt"])
            self.switches.load(data["switches"])
            self.post.load(data)
            for person_id, row in data["deltas"].items():
                self.deltas(self.directory.people[person_id]).load(row)
