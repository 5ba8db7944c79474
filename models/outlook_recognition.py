# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Which Odoo meeting an item of a mailbox is, when no link says so yet."""

from collections import namedtuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..core.match import Candidate, pair

Match = namedtuple("Match", "event kind reason")


class OutlookRecognition(models.AbstractModel):
    """Finds the meeting that an item already is, and joins the two.

    In this order: what we stamped on the item or sent as its transaction id; the same
    iCalUId linked through another mailbox; the same subject, times and organizer on a
    first sync, or of a meeting whose creation is on its way to the organizer's
    mailbox. Only then is an item new.
    """

    _name = "outlook.recognition"
    _description = "Outlook: Recognizing Meetings"

    @api.model
    def _recognise(self, calendar, items, stamps, is_first):
        """Return ``{remote id: Match}`` for the items that Odoo has already.

        :param stamps: ``{remote id: stamp}`` of items that this database once made
        :param is_first: nothing of this mailbox was read to the end before
        """
        account = calendar.account_id
        shown = (item.remote_id for item in items)
        # The surest comes last and prevails.
        found = self._by_ical_uid(items)
        found |= self._by_parting(account, items)
        found |= self._by_stamp(account, {i: stamps[i] for i in shown if i in stamps})
        found |= self._by_transaction(account, items)
        rest = [item for item in items if item.remote_id not in found]
        if rest:
            found |= self._by_likeness(calendar, rest, is_first)
        return found

    @api.model
    def _by_parting(self, account, items):
        """Find items that were in step before this connection was ended."""
        known = self.env["outlook.parting"]._of(account, items)
        by_id = {item.remote_id: item for item in items}
        return {
            remote_id: Match(
                row.event_id,
                row.kind or self._kind(by_id[remote_id], row.event_id),
                row._reason(),
            )
            for remote_id, row in known.items()
            if row.event_id and not self._is_linked(account, row.event_id)
        }

    @api.model
    def _by_transaction(self, account, items):
        """Find items whose creation succeeded but whose answer was lost."""
        ids = {i.transaction_id: i.remote_id for i in items if i.transaction_id}
        rows = (
            self.env["outlook.outbox"]
            .sudo()
            .search(
                [
                    ("account_id", "=", account.id),
                    ("transaction_id", "in", list(ids)),
                    ("event_id", "!=", False),
                ]
            )
        )
        return {
            ids[row.transaction_id]: Match(row.event_id, row.kind, "transaction")
            for row in rows
        }

    @api.model
    def _stamp(self, event, kind):
        """Return what marks an item as made by this database.

        :param event: a meeting or a series
        """
        parameters = self.env["ir.config_parameter"].sudo()
        mark = "r" if event._name == "calendar.recurrence" else ""
        return f"{parameters.get_param('database.uuid')}:{mark}{event.id}:{kind}"

    @api.model
    def _by_stamp(self, account, stamps):
        found = {}
        for remote_id, stamp in stamps.items():
            _uuid, event_id, kind = stamp.split(":")
            if not event_id.isdigit():
                continue  # a series
            event = self.env["calendar.event"].browse(int(event_id)).exists()
            if event and not self._is_linked(account, event):
                found[remote_id] = Match(event, kind, "stamp")
        return found

    @api.model
    def _is_linked(self, account, meeting):
        """Whether a mailbox has the real item of a meeting, or of a series."""
        return bool(
            meeting.sudo().outlook_link_ids.filtered(
                lambda link: link.account_id == account and link.kind == "meeting"
            )
        )

    @api.model
    def _by_ical_uid(self, items):
        """Find meetings that another mailbox brought in or that Odoo sent there."""
        uids = {item.ical_uid: item.remote_id for item in items if item.ical_uid}
        links = (
            self.env["outlook.link"]
            .sudo()
            .search([("ical_uid", "in", list(uids)), ("event_id", "!=", False)])
        )
        found = {
            uids[link.ical_uid]: Match(link.event_id, "meeting", "ical_uid")
            for link in links
        }
        return found | self._by_series(items, uids.keys())

    @api.model
    def _by_series(self, items, uids):
        """Find items of guests who were invited to one day of a series alone.

        They have the series' iCalUId; when it takes place tells which day it is.
        """
        links = self.env["outlook.link"].sudo()
        links = links.search(
            [("ical_uid", "in", list(uids)), ("recurrence_id", "!=", False)]
        )
        series = {link.ical_uid: link.recurrence_id for link in links}
        found = {}
        for item in items:
            if item.ical_uid not in series:
                continue
            start = self.env["outlook.event.writer"]._time_vals(item.event.when)
            meeting = (
                series[item.ical_uid]
                ._outlook_meetings()
                .filtered(lambda one, start=start: one.start == start["start"])
            )
            if meeting:
                found[item.remote_id] = Match(meeting[:1], "meeting", "ical_uid")
        return found

    @api.model
    def _by_likeness(self, calendar, items, is_first):
        account = calendar.account_id
        events = calendar._user() and self._twins(calendar, items, is_first)
        if not events:  # nothing is known of a stranger's
            return {}
        ours = [
            Candidate(event.id, event.name or "", self._when(event), self._by(event))
            for event in events
        ]
        theirs = [
            Candidate(i.remote_id, i.event.subject, i.event.when, self._of(i, account))
            for i in items
        ]
        by_id = {item.remote_id: item for item in items}
        found = {}
        for event_id, remote_id in pair(ours, theirs):
            event = events.browse(event_id)
            kind = self._kind(by_id[remote_id], event)
            found[remote_id] = Match(event, kind, "likeness")
        return found

    @api.model
    def _twins(self, calendar, items, is_first):
        """Return unlinked meetings at the times of the items.

        After the first sync only those that are just being sent for the first time, or
        whose organizer invites in another way.
        """
        account, user = calendar.account_id, calendar._user()
        domain = self._at_the_times(items) & Domain(
            [
                ("recurrency", "=", False),
                "|",
                ("user_id", "=", user.id),
                ("partner_ids", "in", user.partner_id.ids),
            ]
        )
        if not is_first:
            rows = (
                self.env["outlook.outbox"]
                .sudo()
                .search([("operation", "=", "save"), ("event_id", "!=", False)])
            )
            # Who has no mailbox here may invite by Google, or by Odoo's own mail.
            connected = self.env["outlook.account"].sudo()
            connected = connected.search([("state", "!=", "draft")]).user_id
            domain &= Domain("id", "in", rows.event_id.ids) | Domain(
                "user_id", "not in", connected.ids
            )
        events = self.env["outlook.people"]._as_owner("calendar.event", account)
        return events.search(domain, order="id").filtered(
            lambda event: (
                not event.sudo().outlook_link_ids.filtered(
                    lambda link: link.kind == "meeting"
                )
                and not event._outlook_is_secret_to(account.user_id)
            )
        )

    @api.model
    def _at_the_times(self, items):
        """Return a domain: meetings that start when one of the items does.

        Odoo makes a condition of its own of each moment in a list, which takes long.
        """
        writer = self.env["outlook.event.writer"]
        starts = {writer._time_vals(item.event.when)["start"] for item in items}
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s = ANY(%s)", model._field_to_sql(alias, "start", query), list(starts)
            )
        )

    @api.model
    def _when(self, event):
        return self.env["outlook.event.mapper"]._when(event)

    @api.model
    def _by(self, event):
        """Return the organizer's address of an Odoo meeting."""
        partner = event.user_id.sudo().partner_id
        return self.env["outlook.people"]._addresses(partner).get(partner.id, "")

    @api.model
    def _of(self, item, account):
        """Return the organizer's address of an item, as Odoo knows it."""
        is_own = item.is_organizer or not item.organizer
        if is_own and not item.is_lent:
            return account.email or ""
        if not item.organizer:
            return ""
        address = item.organizer.address
        user = self.env["outlook.people"]._users({address}, account).get(address)
        if not user:
            return address
        partner = user.sudo().partner_id
        return self.env["outlook.people"]._addresses(partner)[partner.id]

    @api.model
    def _kind(self, item, event):
        """Return whether Outlook mails the guests of the joined meeting."""
        is_private_note = item.is_organizer and not item.event.attendees
        has_guests = len(event.sudo().attendee_ids) > 1
        return "copy" if is_private_note and has_guests else "meeting"
