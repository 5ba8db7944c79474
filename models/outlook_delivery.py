# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One Odoo meeting to one item of a mailbox: created, changed or deleted."""

from dataclasses import replace

from odoo import api, fields, models

from ..core.errors import Refused
from ..core.event import Attendee
from ..core.event_to_graph import graph_from_event, with_locations
from ..core.join_block import split_join_block
from ..core.snapshot import changed, snapshot
from ..core.undo_values import event_values
from ..graph.calendars import stamp_member

# What is sent as the body.
TEXTS = frozenset({"body", "discuss_url"})


class OutlookDelivery(models.AbstractModel):
    """Makes the requests of a push."""

    _name = "outlook.delivery"
    _description = "Outlook: Delivering a Meeting"

    @api.model
    def _is_wanted(self, account, event, kind):
        """Whether a meeting without a link is to be made in this mailbox."""
        if not account._may_push():
            return False
        # A guest's mailbox may have brought it in first: his organizer has it, too.
        there = event.outlook_link_ids.filtered(
            lambda link: link.kind == "meeting" and not link.is_gone
        )
        shared = self.env["outlook.calendar"]._of_organizer(event)
        if shared.account_id == account:
            return not there
        if kind == "meeting":
            return event.user_id == account.user_id and not there
        outbox = self.env["outlook.outbox"]
        if event.user_id != account.user_id and outbox._is_coming(event):
            return False
        return outbox._wants_copy(account, event)

    @api.model
    def _is_left(self, link):
        """Whether a copy is in the mailbox of somebody who takes no part any more."""
        user, event = link._owner(), link._meeting()
        takes_part = event.user_id == user or user.partner_id in event.partner_ids
        return link.kind == "copy" and not takes_part

    @api.model
    def _create(self, account, row, outlook):
        """Create the item; a lost answer of an earlier try makes no second one."""
        record, kind = row.event_id, row.kind
        if record.stop < fields.Datetime.now():
            kind = "copy"  # it had to wait until nobody is to be invited any more
        mapper = self.env["outlook.event.mapper"]
        event = mapper._event(record)
        sent = account._as_new(event, kind)
        calendar = self._place(account, record)
        if record.user_id != calendar._user():
            sent = replace(sent, online=False)  # not in the calendar of a guest
        body = graph_from_event(sent, mapper._zone(record))
        body["transactionId"] = row.transaction_id
        stamp = self.env["outlook.recognition"]._stamp(record, kind)
        body |= stamp_member(stamp)
        try:
            answer = outlook.create(calendar.remote_id or "", body)
        except Refused as error:
            if not error.existing_id:
                raise
            there = calendar._in(outlook).get(error.existing_id)
            self._adopt(calendar, row, there, outlook)
            return
        item = calendar._item(answer)
        link = self._bind(calendar, record, item, kind, snapshot(event))
        self._note_created(link, sent)
        if sent.online:
            self.env["outlook.online.meeting"]._take(link, item)

    @api.model
    def _place(self, account, event):
        """Return where a new meeting goes: to its organizer's calendar, if shared."""
        shared = self.env["outlook.calendar"]._of_organizer(event)
        return shared if shared.account_id == account else account._target()

    @api.model
    def _bind(self, calendar, record, item, kind, base):
        vals = self.env["outlook.intake"]._link_vals(calendar, item, record, kind)
        vals |= {"calendar_id": calendar.id, "seen_in": calendar.read_number}
        link = self.env["outlook.link"].create(vals | {"base_odoo": base})
        self._take_answers(link, item, {})
        return link

    @api.model
    def _take_answers(self, link, item, before):
        """Take answers that came with the answer to a request of ours.

        A room accepts at once; a new time makes all answers void.

        :param before: the answers that were known of
        """
        if link.kind == "meeting" and link.base_outlook["responses"] != before:
            link.base_outlook = link.base_outlook | {"responses": before}
            self.env["outlook.reconciliation"]._take(link, item)

    @api.model
    def _adopt(self, calendar, row, answer, outlook):
        """Bind the item that an earlier try made, then send what changed since."""
        item = calendar._item(answer)
        record = row.event_id
        event = self.env["outlook.event.mapper"]._event(record)
        base = snapshot(event)
        kind = "meeting" if item.event.attendees else row.kind
        link = self._bind(calendar, record, item, kind, base)
        sent = event if kind == "meeting" else item.event
        self._note_created(link, sent)
        there = snapshot(item.event)
        link.base_odoo = base | {name: there[name] for name in link._fields_out()}
        if item.event.online:
            self.env["outlook.online.meeting"]._take(link, item)
        self._update(link, outlook)

    @api.model
    def _note_created(self, link, event):
        record = link._meeting()
        nameless = [guest.name for guest in event.attendees if not guest.address]
        details = nameless and self.env._(
            "Not invited, because they have no e-mail address: %(names)s.",
            names=", ".join(nameless),
        )
        link.account_id._note(
            "create",
            self.env._("Created in Outlook."),
            event_id=record.id,
            event_name=record.name,
            direction="out",
            details=details or False,
            facts={"remote_id": link.remote_id},
        )

    @api.model
    def _update(self, link, outlook):
        """Send the changed fields of a linked meeting; nothing when none changed."""
        mapper, record = self.env["outlook.event.mapper"], link.event_id
        event = mapper._event(record)
        now = snapshot(event)
        names = changed(link.base_odoo, now) & link._fields_out()
        sent = self._as_known(event, link.base_odoo, now, link.base_outlook)
        names -= self._already_there(sent, link) | self._impossible(sent)
        if not names:
            return
        if self._would_mail_about_the_past(link, now):
            self._note_past(link)
            return
        body = self._patch(link, sent, names, outlook)
        if (link.base_outlook or {}).get("rule"):
            body["recurrence"] = None  # it was a series, and Odoo has one meeting left
        text = self.env["outlook.memory"]._text(link, names, outlook)
        answer = link._in(outlook).update(link.remote_id, body, link.etag)
        calendar, there = link._calendar(), link.base_outlook
        item = calendar._item(answer)
        before = dict(link.base_odoo)
        vals = self.env["outlook.intake"]._facts(item, calendar, link.kind, there)
        kept = {k: v for k, v in before.items() if k not in names}
        answers = link.base_outlook["responses"]
        link.write(vals | {"base_odoo": now | kept})
        self._take_answers(link, item, answers)
        values = before | text, event_values(event)
        self.env["outlook.journal"]._note_changed(link, "out", names, *values)
        if "online" in names:
            self.env["outlook.online.meeting"]._take(link, item)

    @api.model
    def _impossible(self, event):
        """Return the changes that Outlook cannot make: no meeting ends to be online."""
        return frozenset() if event.online else frozenset({"online"})

    @api.model
    def _patch(self, link, event, names, outlook):
        """Return the body of a PATCH that loses nothing of what Odoo does not know.

        The block that joins a Teams meeting and further locations are read first:
        losing the block ends the meeting.
        """
        there = {}
        if "location" in names or (TEXTS & names and link.is_online):
            there = link._in(outlook).get(link.remote_id)
        content = (there.get("body") or {}).get("content") or ""
        zone = self.env["outlook.event.mapper"]._zone(link.event_id, link)
        block = split_join_block(content)[1]
        members = graph_from_event(event, zone, names, join_block=block)
        members |= self._new_stamp(link, names)
        return with_locations(members, there.get("locations") or [])

    @api.model
    def _new_stamp(self, link, names):
        """Return the stamp of what was a copy; it travels with its first guests."""
        is_first = "attendees" in names and not link._guests_there()
        return stamp_member(link._stamped()) if is_first else {}

    @api.model
    def _already_there(self, event, link):
        """Return the sets that are in Outlook as they would be sent.

        A guest without an address changes nothing there, and so mails nobody.
        """
        now, there = snapshot(event), link.base_outlook
        return {
            name for name in ("attendees", "categories") if now[name] == there[name]
        }

    @api.model
    def _would_mail_about_the_past(self, link, now):
        """Whether Outlook would mail guests about a meeting that is over.

        Its present time counts and its former one: moving it ahead is news.
        """
        sent = link.kind == "meeting" and now.get("attendees")
        return bool(sent or link._guests_there()) and link._is_over()

    @api.model
    def _note_past(self, link):
        link.account_id._note(
            "skip",
            self.env._(
                "Not sent: the meeting is over, and Outlook would mail its guests."
            ),
            event_id=link._meeting().id,
            event_name=link.event_name,
            direction="out",
        )

    @api.model
    def _as_known(self, event, base, now, there):
        """Return the event with sets as Outlook will know them after the change.

        Graph replaces whole collections. What Odoo added and removed since the last
        agreement is applied to what Outlook has, so that a guest or a category that
        Odoo does not know is not taken away.
        """
        categories = self._applied(
            base["categories"], now["categories"], there["categories"]
        )
        known = {guest.address: guest for guest in event.attendees if guest.address}
        old, new, theirs = (s["attendees"] for s in (base, now, there))
        attendees = tuple(
            replace(
                known.get(address, Attendee(address)),
                type=self._type(address, old, new, theirs),
            )
            for address in self._applied(old, new, theirs)
            if not address.startswith("?")
        )
        return replace(event, categories=tuple(categories), attendees=attendees)

    @api.model
    def _type(self, address, old, new, there):
        """Return the type of a guest: Odoo's where it changed or is new."""
        if address in there and new.get(address) == old.get(address):
            return there[address]
        return new.get(address) or there.get(address, "required")

    @api.model
    def _applied(self, before, after, there):
        """Return the entries of ``there`` with the step from before to after made."""
        removed = set(before) - set(after)
        kept = [entry for entry in there if entry not in removed]
        return kept + [x for x in after if x not in before and x not in kept]

    @api.model
    def _delete(self, link, outlook):
        """Delete the item, unless it is somebody else's or guests would get mail
        about the past."""
        if not link._may_delete():
            return
        meeting, now = link._meeting(), link.base_odoo or {}
        if meeting:
            now = self.env["outlook.event.mapper"]._snapshot(meeting)
        if self._would_mail_about_the_past(link, now):
            self._note_past(link)
            return
        link._in(outlook).delete(link.remote_id)
        if link.organizes:  # Outlook calls it off in the mailboxes of its guests, too
            guests = link._of_same().filtered(lambda one: not one.organizes)
            guests.write({"is_gone": True})
        link.account_id._note(
            "delete",
            self.env._("Deleted in Outlook."),
            event_id=link._meeting().id,
            event_name=link.event_name,
            direction="out",
            **self.env["outlook.memory"]._deleted(link),
        )
        link.unlink()
