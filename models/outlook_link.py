# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The binding of an Odoo meeting to one item of one mailbox."""

from odoo import api, fields, models

from ..core.snapshot import FIELDS
from .snapshot_field import Snapshot

# What a mailbox says reliably when it does not own the meeting: its owner's answer.
_OWN_ANSWER = frozenset({"responses"})
_GUESTS = frozenset({"attendees", "responses"})
_NEVER_SENT = frozenset({"responses", "join_url"})
_NEVER_TAKEN = frozenset({"discuss_url"})  # Odoo's own


class OutlookLink(models.Model):
    """An Odoo event or series bound to one Outlook item in one mailbox.

    A meeting seen by three connected colleagues has three links. A link without an
    event marks an item that Odoo does not want (any more): it is left alone.
    """

    _name = "outlook.link"
    _description = "Outlook Meeting"
    _rec_name = "event_name"
    _order = "id"

    account_id = fields.Many2one(
        "outlook.account", required=True, readonly=True, ondelete="cascade"
    )
    event_id = fields.Many2one("calendar.event", readonly=True, ondelete="set null")
    event_name = fields.Char(compute="_compute_event_name", string="Meeting")
    recurrence_id = fields.Many2one(
        "calendar.recurrence",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    calendar_id = fields.Many2one(
        "outlook.calendar", readonly=True, ondelete="set null", index="btree_not_null"
    )
    is_elsewhere = fields.Boolean(readonly=True)  # in a calendar that is not read
    remote_id = fields.Char(required=True, readonly=True)
    ical_uid = fields.Char(readonly=True, index="btree_not_null")
    kind = fields.Selection(
        [("meeting", "Meeting"), ("copy", "Copy")], required=True, readonly=True
    )
    is_organizer = fields.Boolean(readonly=True)  # this mailbox organizes the item
    organizes = fields.Boolean(compute="_compute_organizes")  # ...with its guests
    organizer_name = fields.Char("Organized by", readonly=True)
    etag = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    zone = fields.Char(readonly=True)
    is_online = fields.Boolean(readonly=True)
    is_gone = fields.Boolean(readonly=True)  # not in this mailbox any more; not re-made
    is_archived = fields.Boolean(readonly=True)  # by ending the connection
    seen_in = fields.Integer(readonly=True)  # number of the full read that showed it
    problem = fields.Char(readonly=True)  # why its last change could not be taken in
    tried_at = fields.Datetime(readonly=True)  # when that was tried again
    show_as = fields.Char(readonly=True)
    importance = fields.Char(readonly=True)
    web_link = fields.Char("Open in Outlook", readonly=True)
    proposals = Snapshot(readonly=True, groups=fields.NO_ACCESS)  # told already
    day_ids = fields.Text(readonly=True, groups=fields.NO_ACCESS)  # marks of them
    # The last state that each side was seen in: core.snapshot of each.
    base_odoo = Snapshot(readonly=True, groups=fields.NO_ACCESS)
    base_outlook = Snapshot(readonly=True, groups=fields.NO_ACCESS)

    # Ids are case-sensitive: two may differ only in case (graph.md 3.2).
    _remote_id_unique = models.UniqueIndex(
        "(account_id, remote_id)", "This Outlook meeting is linked already."
    )
    _event_account = models.Index("(event_id, account_id)")

    @api.model
    def _all_fields(self):
        """Return the names of all fields that are kept in step."""
        return FIELDS

    @api.depends("event_id", "recurrence_id")
    def _compute_event_name(self):
        for link in self:
            link.event_name = link._meeting().display_name or False

    @api.depends("kind", "is_organizer")
    def _compute_organizes(self):
        for link in self:
            link.organizes = link.kind == "meeting" and link.is_organizer

    # --- the meeting or the series -------------------------------------------

    def _meeting(self):
        """Return the Odoo meeting; of a series the one that stands for all."""
        if self.recurrence_id:
            return self.recurrence_id._outlook_lead()
        return self.event_id

    def _is_bound(self):
        """Whether Odoo has a meeting or a series for the item."""
        return bool(self.event_id or self.recurrence_id)

    def _knows(self, etag):
        """Whether this version of the item has been taken in.

        The address of a new online meeting may come later than its version.
        """
        is_late = self.is_online and not (self.base_outlook or {}).get("join_url")
        if self.problem or self.seeks_guests or is_late:
            return False
        return bool(etag) and self.etag == etag

    def _of_same(self):
        """Return the links of the same meeting, or series, in every mailbox."""
        if self.recurrence_id:
            return self.recurrence_id.sudo().outlook_link_ids
        return self.event_id.sudo().outlook_link_ids

    def _is_over(self):
        """Whether the meeting, or the last one of a series, lies in the past."""
        if self.recurrence_id:
            return self.recurrence_id._outlook_is_over()
        return bool(self.event_id) and self.event_id.stop < fields.Datetime.now()

    def _become_series(self, series):
        """Stand for a series whose first meeting was a single one.

        When it takes place and how it repeats was never agreed upon: both are sent.
        """
        for link in self:
            unknown = {"when": None, "rule": None, "days": {}}
            link.write(
                {
                    "event_id": False,
                    "recurrence_id": series.id,
                    "base_odoo": (link.base_odoo or {}) | unknown,
                    "base_outlook": (link.base_outlook or {}) | unknown,
                }
            )

    def _become_single(self, event):
        """Stand for the one meeting that is left of a series."""
        for link in self:
            base = {k: v for k, v in (link.base_odoo or {}).items() if k != "days"}
            link.write(
                {
                    "event_id": event.id,
                    "recurrence_id": False,
                    # Nothing equals None, so that the time is sent. The rule stays, as
                    # a mark of what the item still is.
                    "base_odoo": base | {"when": None},
                }
            )

    def _is_lead(self):
        """Whether this mailbox is the one that the Odoo meeting follows.

        The organizer's own mailbox leads; without it, the one that was linked first
        and still has it. The others contribute only the answer of their owner.
        """
        if self._rests():
            return False
        if self.kind == "copy" or self.is_organizer:
            return True
        links = self._of_same().filtered(lambda link: not link._rests())
        if links.filtered("organizes"):
            return False
        return links.filtered(lambda x: x.kind == "meeting" and not x.is_gone).sorted(
            "id"
        )[:1] in (self, self.browse())

    def _has_others(self):
        """Whether the meeting takes place without the owner of this mailbox.

        Of a guest who was taken off the list Outlook shows a cancelled meeting, too.
        The organizer's own mailbox tells; without it, those of the other guests.
        """
        others = self._of_same().filtered(
            lambda link: link.kind == "meeting" and link.id != self.id
        )
        if self.is_organizer:
            return False
        return bool(
            others.filtered("organizes") or others.filtered(lambda x: not x.is_gone)
        )

    def _answering_themselves(self):
        """Return the addresses of guests whose own mailbox tells their answers.

        What the organizer's mailbox says of them is an echo, and may be an old one.
        """
        own = self._of_same().filtered(
            lambda link: (
                link.kind == "meeting"
                and not link.is_organizer
                and not link.is_shared
                and link.account_id != self.account_id
                and link.account_id.state == "connected"
                and link.account_id.direction != "push"
            )
        )
        return frozenset().union(*(one._addresses() for one in own.account_id))

    def _is_of_another(self):
        """Whether this is a guest's copy of a meeting that a colleague organizes."""
        organizer = self._meeting().sudo().user_id
        return self.kind == "copy" and organizer != self._owner()

    def _fields_in(self):
        """Return the names of the fields that this mailbox may change in Odoo."""
        if self._is_of_another() or self._rests():
            return frozenset()
        if self.kind == "copy":
            names = frozenset(FIELDS) - _GUESTS
        else:
            names = frozenset(FIELDS) if self._is_lead() else _OWN_ANSWER
        if not self.account_id.sync_categories:
            names -= {"categories"}
        if self.is_elsewhere or (self.calendar_id and not self.calendar_id._may_pull()):
            return frozenset()
        if self.account_id.direction == "push":
            return frozenset()
        return names - _NEVER_TAKEN

    def _may_push(self):
        """Whether changes made in Odoo are sent to this item's calendar."""
        if self.is_elsewhere or (self.calendar_id and not self.calendar_id._may_push()):
            return False
        if self._is_kept_back() or self._rests():
            return False
        return self.account_id._may_push()

    def _is_out(self):
        """Whether its calendar is not kept in step, or not any more."""
        calendar = self.calendar_id
        return self.is_elsewhere or bool(
            calendar and (calendar.is_gone or not calendar.is_synced)
        )

    def _fields_out(self):
        """Return the names of the fields that Odoo may change in this mailbox."""
        if not self._may_push():
            return frozenset()
        if self.kind == "copy":
            names = frozenset(FIELDS) - _GUESTS - _NEVER_SENT
            if self._is_of_another():  # the organizer's calendar is the place for it
                names -= {"online"}
        elif self.is_organizer:
            names = frozenset(FIELDS) - _NEVER_SENT
        else:  # somebody else's meeting: what we wrote would be overwritten
            names = frozenset()
        return names if self.account_id.sync_categories else names - {"categories"}
