# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Writing events: what a create, a change and a deletion do to the store.

Source: graph.md, "Operations" (user-post-events, event-update, event-delete,
event-cancel).
"""

import hashlib
import json
from copy import deepcopy
from typing import Any

from .attachments import read_attachment, with_rows
from .delivery import Delivery
from .directory import Person
from .extensions import extension_name, read_extension, read_properties, rows_of
from .ids import join_url
from .items import Calendar, Item
from .mailbox import Mailbox
from .members import DEFAULTS
from .occurrences import cancel_occurrence, materialise
from .post import Post
from .problem import GraphProblem
from .refusals import not_found, refused
from .rich_text import has_join_block, preview, with_join_block
from .series_changes import check_boundary, follow, mark_own
from .switches import Switches
from .validation import read_event

OFFLINE = {
    "isOnlineMeeting": False,
    "onlineMeetingProvider": "unknown",
    "onlineMeeting": None,
}


class Events:
    """Creates, changes and removes the events of people."""

    def __init__(self, post: Post, delivery: Delivery, switches: Switches) -> None:
        self.post = post
        self.delivery = delivery
        self.switches = switches

    def create(
        self, person: Person, calendar: Calendar, body: Any, transaction_id: str = ""
    ) -> Item:
        """Store a new event and invite its guests.

        A repeated transaction id with the same content gives the first event again.

        :raise GraphProblem: 400, the body or the transaction id is refused
        """
        fields = read_event(body, None)
        read = _Attached(body)
        key = transaction_id or fields.get("transactionId") or ""
        mailbox = self.post.mailbox(person)
        content = _digest(body)
        earlier = _repeated(mailbox, key, content)
        if earlier:
            return earlier
        item = mailbox.add(
            calendar, self._complete(person, fields, key), self.post.now()
        )
        if key:
            mailbox.transactions[key] = (content, item.number)
        read.attach(item)
        if item.fields["isOnlineMeeting"]:
            self._go_online(person, item, calendar)
        self.delivery.created(person, item)
        return item

    def _complete(
        self, person: Person, fields: dict[str, Any], key: str
    ) -> dict[str, Any]:
        """Return all members of a new event that ``person`` organizes."""
        timed = {"isReminderOn": not fields["isAllDay"]}
        full = {**deepcopy(DEFAULTS), **timed, **fields, "transactionId": key or None}
        address = person.mail or person.username
        full["organizer"] = {"emailAddress": {"name": person.name, "address": address}}
        full["isDraft"] = bool(full["isDraft"] and self.switches.drafts)
        full["onlineMeeting"] = None
        if not full["isOnlineMeeting"]:
            full.update(OFFLINE)
        if full["attendees"]:
            full["responseStatus"]["response"] = "organizer"
        return full

    def update(self, person: Person, item: Item, body: Any) -> Item:
        """Change an event and return it; an attendee changes the own copy only.

        An occurrence becomes an exception; those of a master follow the change.

        :raise GraphProblem: 400, the body is refused; nothing is changed then
        """
        changes = read_event(body, item.fields)
        read = _Attached(body)
        mailbox, now = self.post.mailbox(person), self.post.now()
        if item.is_instance:
            check_boundary(mailbox, item, changes)
            item = materialise(mailbox, item, now)
        before = deepcopy(item.fields)
        self._write(person, item, changes)
        read.attach(item)
        mark_own(item, before)
        follow(mailbox, item, before, now, self.switches)
        mailbox.touch(item, now)
        if item.is_organizer:
            self.delivery.changed(person, item, before)
        return item

    def _write(self, person: Person, item: Item, changes: dict[str, Any]) -> None:
        """Write members, as far as they may be written."""
        wants_online = changes.pop("isOnlineMeeting", False)
        provider = changes.pop("onlineMeetingProvider", "")
        changes.pop("transactionId", None)
        if not self.switches.drafts:
            changes.pop("isDraft", None)
        item.fields.update(changes)
        if item.is_organizer:
            self._keep_online(person, item, provider if wants_online else None)
            if item.fields["attendees"]:
                item.fields["responseStatus"]["response"] = "organizer"

    def _keep_online(self, person: Person, item: Item, wanted: str | None) -> None:
        """Switch the online meeting on when asked, off when its block is gone.

        :param wanted: the provider, "" for any one; None when nobody asked
        """
        meeting = item.fields["onlineMeeting"]
        if meeting and not has_join_block(item.fields["body"], meeting["joinUrl"]):
            item.fields.update(OFFLINE)
        elif wanted is not None and not meeting:
            item.fields["onlineMeetingProvider"] = wanted or "unknown"
            calendars = self.post.mailbox(person).calendars
            self._go_online(person, item, calendars[item.calendar_id])

    def _go_online(self, person: Person, item: Item, calendar: Calendar) -> None:
        """Make a Teams meeting, or in silence none where the calendar has no Teams."""
        wanted = item.fields["onlineMeetingProvider"]
        if not calendar.providers or wanted not in ("unknown", *calendar.providers):
            item.fields.update(OFFLINE)
            return
        url = join_url(person.tenant_id, person.id, item.uid)
        body = with_join_block(item.fields["body"], url)
        item.fields.update(
            isOnlineMeeting=True,
            onlineMeetingProvider=calendar.providers[0],
            onlineMeeting={"joinUrl": url},
            body=body,
            bodyPreview=preview(body),
        )

    def cancel(self, person: Person, item: Item, comment: str = "") -> None:
        """Call a meeting off; it leaves the organizer's calendar.

        :raise GraphProblem: 400, not the organizer or nobody to tell
        """
        if not item.is_organizer:
            raise refused("You need to be an organizer to cancel a meeting.")
        if not item.fields["attendees"]:
            raise refused("You can't cancel a meeting that has no attendees.")
        self._remove(person, item, "cancelled", comment)

    def delete(self, person: Person, item: Item) -> None:
        """Delete an event: of a meeting the guests are told, of a copy nobody."""
        self._remove(person, item, "deleted")

    def _remove(
        self, person: Person, item: Item, reason: str, comment: str = ""
    ) -> None:
        if item.is_organizer:
            self.delivery.cancelled(person, item, reason, comment)
        mailbox, now = self.post.mailbox(person), self.post.now()
        if item.is_instance:
            cancel_occurrence(mailbox, item, now)
        else:
            mailbox.remove(item, now)

    def move(self, person: Person, item: Item, calendar: Calendar) -> None:
        """Move an event, a series with all that belongs to it, to another calendar.

        :raise GraphProblem: 400, it is one occurrence of a series
        """
        if item.is_instance:
            raise refused("An occurrence can't leave its series.")
        self.post.mailbox(person).move(item, calendar, self.post.now())

    def extend(
        self, person: Person, item: Item, name: str, body: dict[str, Any] | None
    ) -> None:
        """Write the members of an open extension; None removes it.

        A member that is null stays as it was, as at Graph.
        """
        name = extension_name(name)
        if body is None and name not in item.extensions:
            raise not_found()
        name, members = read_extension(body, name) if body is not None else (name, {})
        mailbox, now = self.post.mailbox(person), self.post.now()
        item = materialise(mailbox, item, now)
        if body is None:
            del item.extensions[name]
        else:
            kept = {key: each for key, each in members.items() if each is not None}
            item.extensions[name] = {**item.extensions.get(name, {}), **kept}
        mailbox.touch(item, now)

    def attach(
        self, person: Person, item: Item, body: dict[str, Any], limit: int
    ) -> tuple[Item, dict[str, Any]]:
        """Add an attachment; guests get it with the next change that is mailed.

        :return: the event, an exception now if it was an occurrence, and the row
        :raise GraphProblem: 400 or 413
        """
        rows = item.fields["attachments"]
        key = 1 + max((row["key"] for row in rows), default=0)
        row = read_attachment(body, key, self.post.now(), limit)
        return self._attached(person, item, [*rows, row]), row

    def detach(self, person: Person, item: Item, key: int) -> None:
        """Remove an attachment."""
        rows = [row for row in item.fields["attachments"] if row["key"] != key]
        self._attached(person, item, rows)

    def _attached(self, person: Person, item: Item, rows: list[Any]) -> Item:
        mailbox, now = self.post.mailbox(person), self.post.now()
        item = materialise(mailbox, item, now)
        before = deepcopy(item.fields)
        item.fields.update(with_rows(rows))
        mark_own(item, before)
        follow(mailbox, item, before, now, self.switches)
        mailbox.touch(item, now)
        return item

    def receive(
        self, guest: Person, organizer: str, name: str, body: dict[str, Any]
    ) -> Item:
        """Put an invitation from outside the tenant into a guest's calendar.

        :param organizer: address of the one who invites
        """
        fields = {**deepcopy(DEFAULTS), **read_event(body, None), **OFFLINE}
        row = {"emailAddress": {"name": name or organizer, "address": organizer}}
        fields.update(
            organizer=row, isOrganizer=False, isDraft=False, showAs="tentative"
        )
        fields["responseStatus"]["response"] = "notResponded"
        mailbox = self.post.mailbox(guest)
        return mailbox.add(mailbox.default, fields, self.post.now())


class _Attached:
    """The extensions and extended properties of a body, read before any write."""

    def __init__(self, body: dict[str, Any]) -> None:
        rows = rows_of(body, "extensions")
        self.extensions = dict(read_extension(row) for row in rows)
        self.properties = read_properties(body)

    def attach(self, item: Item) -> None:
        for name, members in self.extensions.items():
            item.extensions[name] = {**item.extensions.get(name, {}), **members}
        for collection, values in self.properties.items():
            item.properties.setdefault(collection, {}).update(values)


def _digest(body: dict[str, Any]) -> str:
    """Return what tells two bodies apart, whatever the order of their members."""
    members = {key: value for key, value in body.items() if key != "transactionId"}
    return hashlib.sha256(json.dumps(members, sort_keys=True).encode()).hexdigest()


def _repeated(mailbox: Mailbox, key: str, content: str) -> Item | None:
    """Return the event that this transaction id has made already.

    :raise GraphProblem: 400, it stands for an event with another content
    """
    known, number = mailbox.transactions.get(key, ("", 0))
    item = mailbox.items.get(number)
    if item is None or known == content:
        return item
    raise GraphProblem(
        400,
        "ErrorDuplicateTransactionId",
        "Your request can't be completed. The TransactionId specified in the request "
        "has already been used to create a different event.",
        extra={"@event.existingEventId": item.rest_id},
    )
