# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's meetings: a change leaves a note for the mailboxes, and nothing else."""

from datetime import timedelta
from itertools import compress

from odoo import api, fields, models
from odoo.fields import Domain

from .outlook_event_mapper import FIELDS_READ

_NOTED = "outlook_calendar.noted"


class CalendarEvent(models.Model):
    """Notes changes in the transaction that makes them; requests come later."""

    _inherit = "calendar.event"

    outlook_item_ids = fields.One2many(
        "outlook.link", "event_id", copy=False, groups=fields.NO_ACCESS
    )
    outlook_link_ids = fields.Many2many(
        "outlook.link",
        string="Outlook meetings",
        compute="_compute_outlook_link_ids",
        search="_search_outlook_link_ids",
    )
    outlook_state = fields.Selection(
        [
            ("none", "None"),
            ("synced", "In step"),
            ("waiting", "Waiting"),
            ("failed", "Failed"),
            ("excluded", "Left out"),
        ],
        compute="_compute_outlook_state",
        string="Outlook",
    )
    outlook_state_reason = fields.Char(compute="_compute_outlook_state")
    outlook_web_link = fields.Char(
        "Open in Outlook", compute="_compute_outlook_mailbox"
    )
    outlook_show_as = fields.Selection(
        [
            ("tentative", "Tentative"),
            ("oof", "Out of office"),
            ("workingElsewhere", "Working elsewhere"),
        ],
        compute="_compute_outlook_mailbox",
    )
    outlook_importance = fields.Selection(
        [("low", "Low"), ("high", "High")],
        "Importance in Outlook",
        compute="_compute_outlook_mailbox",
    )

    @api.depends("outlook_item_ids", "recurrence_id.outlook_link_ids")
    @api.depends_context("uid")
    def _compute_outlook_link_ids(self):
        """The links that the reader may see: the meeting's own, and its series'."""
        links = self.env["outlook.link"].search(
            [
                "|",
                ("event_id", "in", self.ids),
                ("recurrence_id", "in", self.recurrence_id.ids),
            ]
        )
        by_event, by_series = links.grouped("event_id"), links.grouped("recurrence_id")
        none = links.browse()
        for event in self:
            own = by_event.get(event._origin, none)
            series = event.recurrence_id._origin
            event.outlook_link_ids = own | (
                by_series.get(series, none) if series else none
            )

    @api.model
    def _search_outlook_link_ids(self, operator, value):
        domain = [("id", operator, value)]
        if operator in ("in", "not in") and False in value:
            operator, domain = ("not in" if operator == "in" else "in"), []
        found = self.env["outlook.link"].search(domain)
        meant = Domain("id", "in", found.event_id.ids) | Domain(
            "recurrence_id", "in", found.recurrence_id.ids
        )
        return ~meant if operator == "not in" else meant

    @api.depends("outlook_link_ids")
    @api.depends_context("uid")
    def _compute_outlook_state(self):
        """The state in the user's own mailbox, else in the organizer's."""
        seen = self.filtered(
            lambda event: self.env.su or not event._check_private_event_conditions()
        )
        found = self.env["outlook.status"]._of_all(seen._origin)
        for event in self:
            state = found.get(event._origin.id, ("none", False))
            event.outlook_state, event.outlook_state_reason = state

    @api.depends("outlook_link_ids")
    @api.depends_context("uid")
    def _compute_outlook_mailbox(self):
        show_as, importance = (
            dict(self._fields[name].selection)
            for name in ("outlook_show_as", "outlook_importance")
        )
        for event in self:
            own = event.outlook_link_ids.filtered(
                lambda link: link.account_id.user_id.id == self.env.uid
            ).sorted("is_shared")[:1]
            event.outlook_web_link = own.web_link
            event.outlook_show_as = own.show_as in show_as and own.show_as
            known = own.importance in importance
            event.outlook_importance = known and own.importance

    def action_outlook_retry(self):
        """Try again to send or to take in a meeting that failed."""
        for event in self:
            self.env["outlook.status"]._retry(event)
        return True

    # --- noting ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Note the new meetings."""
        events = super().create(vals_list)
        events._outlook_note()
        return events

    @api.model
    def _outlook_create(self, vals_list):
        """Create meetings that Outlook has, also private ones of others.

        Nobody may write the guests of somebody's private meeting before he is one of
        them himself, so it becomes private when they are written.
        """
        private = [
            vals.get("privacy") == "private" and vals["user_id"] != self.env.uid
            for vals in vals_list
        ]
        events = self.create(
            [
                {**vals, "privacy": False} if is_private else vals
                for vals, is_private in zip(vals_list, private, strict=True)
            ]
        )
        hidden = events.browse(compress(events.ids, private))
        hidden.write({"privacy": "private"})
        return events

    def write(self, vals):
        """Note the change, for those who take part before and after it."""
        relevant = bool(FIELDS_READ & vals.keys())
        if relevant:
            self._outlook_check_ownership(vals)
            self._outlook_note()
        result = super().write(vals)
        if relevant:
            self._outlook_note()
        return result

    def unlink(self):
        """Note what has to be deleted in Outlook: the rows outlive the meetings."""
        links = self.sudo().outlook_link_ids.filtered(
            lambda link: link.event_id in self and self._outlook_goes_too(link)
        )
        if self._outlook_is_watched():
            self.env["outlook.outbox"]._note_deletion(links)
            self.env["outlook.outbox"]._note_unsure(self)
            self.recurrence_id._outlook_note()
        return super().unlink()

    @api.model
    def _outlook_goes_too(self, link):
        """Whether deleting the meeting in Odoo deletes the item of a mailbox."""
        # Somebody may have invited guests in Outlook to what was a copy.
        guests = (link.base_outlook or {}).get("attendees")
        is_past = guests and link._is_over()
        return not link.is_gone and link._may_delete() and not is_past

    @api.model
    def _outlook_is_watched(self):
        """Whether changes are noted: somebody is connected, and nobody said no.

        ``no_calendar_sync`` is Odoo's own word for it; time off uses it. Beside Odoo's
        own module nothing is noted, or we would send again what it has sent.
        """
        if self.env.context.get("no_calendar_sync"):
            return False
        if self.env["outlook.connection"]._has_odoo_module():
            return False
        accounts = self.env["outlook.account"].sudo()
        return bool(accounts.search_count([("state", "!=", "draft")], limit=1))

    def _outlook_note(self):
        """Remember the meetings until the transaction is about to end.

        One save writes a meeting several times; it is noted once.
        """
        if not self or not self._outlook_is_watched():
            return
        self.recurrence_id._outlook_note()
        precommit = self.env.cr.precommit
        noted = precommit.data.get(_NOTED)
        if noted is None:
            noted = precommit.data[_NOTED] = {}
            precommit.add(self.env["calendar.event"].sudo()._outlook_save_notes)
        # A mailbox that was read knows what it said, unless Odoo says more.
        pulling = self.env.context.get("outlook_from_account")
        singles = self.sudo().filtered(lambda event: not event.recurrence_id)
        for event_id, accounts in singles._outlook_accounts(pulling).items():
            noted.setdefault(event_id, {}).update((a.id, a) for a in accounts)

    @api.model
    def _outlook_save_notes(self):
        """Turn the remembered meetings into outbox rows, in the same transaction."""
        noted = self.env.cr.precommit.data.pop(_NOTED, {})
        alive = self.with_context(active_test=False).browse(noted).exists()
        self.env["outlook.outbox"]._note_all(
            [
                (account.sudo(), event)
                for event in alive.filtered(lambda event: not event.recurrence_id)
                for account in noted[event.id].values()
            ]
        )

    def _outlook_accounts(self, but):
        """Return the connections that each meeting may concern: ``{id: accounts}``.

        Meetings that concern none are left out. A meeting of a series stands for all.

        :param but: id of a connection that is left out, or None
        """
        users, found = self.user_id | self.partner_ids.user_ids, {}
        connected = self.env["outlook.account"].search(
            [("user_id", "in", users.ids), ("state", "!=", "draft")]
        )
        for event in self:
            links = event.outlook_link_ids.filtered(
                lambda link: link.account_id.id != but and link._fields_out()
            )
            wanted = event._outlook_new_accounts(connected) if event.active else ()
            accounts = links.account_id.union(*(x for x in wanted if x.id != but))
            if accounts := accounts.filtered(lambda account: account._may_push()):
                found[event.id] = accounts
        return found

    def _outlook_new_accounts(self, connected):
        """Return the connections through which the meeting is to be made in Outlook.

        :param connected: those of the people who take part
        """
        outbox, calendars = self.env["outlook.outbox"], self.env["outlook.calendar"]
        wanted = connected.filtered(lambda one: outbox._wants_copy(one, self))
        if not self.outlook_link_ids:
            wanted |= calendars._of_organizer(self).account_id
        return wanted

    # --- pop-ups -----------------------------------------------------------------

    def _outlook_announce(self):
        """Tell the web clients of the new pop-ups, which ``dont_notify`` left out.

        They ask for those of the next 24 hours: other new meetings need no search for
        the next pop-up of each guest.
        """
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        self.filtered(lambda event: event.start <= tomorrow)._setup_alarms()

    # --- mail --------------------------------------------------------------------

    def _skip_send_mail_status_update(self):
        """Of Outlook and Odoo exactly one invites, or none does."""
        if self.env.context.get("outlook_is_reminder"):
            return super()._skip_send_mail_status_update()
        if self.env.context.get("no_mail_to_attendees"):
            return True  # and spare the look-ups
        return (
            self.env["outlook.status"]._silences_odoo(self.sudo())
            or super()._skip_send_mail_status_update()
        )
