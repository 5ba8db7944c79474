# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A user's connection to a mailbox: its state, its choices, its buttons."""

import re
from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .context import without_defaults

# What the owner of a connection may change himself; the rest is bookkeeping.
CHOICES = frozenset(
    {
        "direction",
        "invitation_mode",
        "export_existing",
        "export_invites",
        "privacy_filter",
        "days_past",
        "days_future",
        "conflict_rule",
        "contact_rule",
        "copy_as_guest",
        "sync_categories",
        "tell_organizer",
        "aliases",
        "calendar_ids",
        "category_rule",
        "category_ids",
        "export_domain",
    }
)


class OutlookAccount(models.Model):
    """The connection of one Odoo user to one Microsoft mailbox."""

    _name = "outlook.account"
    _description = "Outlook Connection"
    _rec_name = "email"
    _order = "user_id"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade", index=True
    )
    email = fields.Char("Mailbox", readonly=True)
    remote_user = fields.Char(readonly=True, groups=fields.NO_ACCESS)  # oid.tid
    parted_from = fields.Char(readonly=True, groups=fields.NO_ACCESS)  # oid.tid
    is_personal = fields.Boolean(compute="_compute_is_personal")
    sees_shared = fields.Boolean("Shows shared calendars", readonly=True)
    is_taken_over = fields.Boolean(readonly=True)  # the sign-in was Odoo's own module's
    token_cache = fields.Text(readonly=True, groups=fields.NO_ACCESS)  # sealed
    state = fields.Selection(
        [
            ("draft", "Not started"),
            ("connected", "Connected"),
            ("paused", "Paused"),
            ("revoked", "Signed out"),
        ],
        default="draft",
        required=True,
        readonly=True,
    )
    started_at = fields.Datetime(readonly=True)
    has_exported = fields.Boolean(readonly=True)  # existing meetings were queued
    direction = fields.Selection(
        [
            ("both", "Both ways"),
            ("pull", "From Outlook to Odoo"),
            ("push", "From Odoo to Outlook"),
        ],
        default="both",
        required=True,
    )
    invitation_mode = fields.Selection(
        [
            ("outlook", "Outlook sends the invitations"),
            ("odoo", "Odoo sends the invitations"),
            ("none", "Nobody sends invitations"),
        ],
        string="Invitations",
        default="outlook",
        required=True,
    )
    export_existing = fields.Selection(
        [
            ("none", "Leave them in Odoo only"),
            ("future", "Copy the upcoming ones"),
            ("all", "Copy all of them"),
        ],
        string="Meetings made before",
        default="future",
        required=True,
    )
    days_past = fields.Integer("Days back", default=30, required=True)
    days_future = fields.Integer("Days ahead", default=365, required=True)
    conflict_rule = fields.Selection(
        [
            ("newest", "The later change wins"),
            ("outlook", "Outlook wins"),
            ("odoo", "Odoo wins"),
        ],
        string="When both sides changed",
        default="newest",
        required=True,
    )
    contact_rule = fields.Selection(
        [
            ("create", "Create a contact"),
            ("ask", "Ask me on each meeting"),
            ("keep", "Keep them without a contact"),
        ],
        string="Unknown guests",
        default="create",
        required=True,
    )
    copy_as_guest = fields.Boolean(
        "Copy meetings of others",
        default=True,
        help="Put a copy in my Outlook of meetings that I attend and whose organizer "
        "is not connected. Nobody gets mail for it.",
    )
    sync_categories = fields.Boolean("Tags and categories", default=True)
    tell_organizer = fields.Boolean(
        "Tell organizers my answers",
        default=True,
        help="Outlook mails an answer given in Odoo to the organizer. Without, it "
        "shows in your own calendar alone: the organizer never learns of it.",
    )
    aliases = fields.Char(
        "Other addresses",
        help="Further addresses of this mailbox under which you are invited, separated "
        "by spaces. So you appear once in a meeting, whichever was used.",
    )
    last_sync = fields.Datetime(readonly=True)
    next_sync = fields.Datetime(compute="_compute_next_sync")
    error_message = fields.Char(readonly=True)
    not_before = fields.Datetime("Paused by Microsoft until", readonly=True)
    calendar_ids = fields.One2many("outlook.calendar", "account_id")
    calendars_listed_at = fields.Datetime(readonly=True)
    link_count = fields.Integer("Meetings", compute="_compute_counts")
    waiting_count = fields.Integer("Waiting", compute="_compute_counts")
    failed_count = fields.Integer("Failed", compute="_compute_counts")
    conflict_count = fields.Integer("Conflicts", compute="_compute_counts")

    _user_unique = models.UniqueIndex("(user_id)", "This user is connected already.")
    _window_positive = models.Constraint(
        "CHECK (days_past BETWEEN 0 AND 900 AND days_future BETWEEN 1 AND 900)",
        "Choose between 0 and 900 days back, and between 1 and 900 days ahead.",
    )

    @api.depends("state")
    def _compute_next_sync(self):
        cron = self.env.ref("outlook_calendar.ir_cron_outlook_pull").sudo()
        for account in self:
            account.next_sync = account.state == "connected" and cron.nextcall

    def _compute_counts(self):
        waiting = self._count("outlook.outbox", [("state", "=", "waiting")])
        failed = self._count("outlook.outbox", [("state", "=", "failed")])
        in_step = [("event_id", "!=", False), ("is_gone", "=", False)]
        links = self._count("outlook.link", in_step)
        conflicts = self._count("outlook.journal", [("is_open", "=", True)])
        for account in self:
            account.link_count = links.get(account, 0)
            account.waiting_count = waiting.get(account, 0)
            account.failed_count = failed.get(account, 0)
            account.conflict_count = conflicts.get(account, 0)

    def _count(self, model, domain):
        """Return how many rows of ``model`` each account has; numbers are no secret."""
        domain = [("account_id", "in", self.ids), *domain]
        rows = self.env[model].sudo()._read_group(domain, ["account_id"], ["__count"])
        return {account.with_env(self.env): count for account, count in rows}

    def write(self, vals):
        """Let the owner change his choices; the rest is the add-on's own business."""
        if not self.env.su:
            if forbidden := set(vals) - CHOICES:
                raise AccessError(
                    self.env._(
                        "These fields of a connection cannot be changed by hand: "
                        "%(names)s.",
                        names=", ".join(sorted(forbidden)),
                    )
                )
            self._check_owner()
        result = super().write(vals)
        if {"days_past", "days_future"} & set(vals):
            self.sudo().calendar_ids._forget_cursor()
        return result

    def _check_owner(self):
        if any(account.user_id != self.env.user for account in self):
            raise AccessError(self.env._("Only the owner of a connection can do this."))

    def _keep_token_cache(self, cache):
        """Store MSAL's cache, sealed; a rotated refresh token replaces the old one."""
        self.sudo().token_cache = self.env["outlook.vault"]._seal(cache)
        self.env["outlook.connection"]._settle()

    def _window(self):
        """Return the first and last moment that are kept in step, naive UTC."""
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return (
            today - timedelta(days=self.days_past),
            today + timedelta(days=self.days_future),
        )

    def _addresses(self):
        """Return all addresses that mean the owner of this mailbox, lower-case."""
        user = self.user_id
        known = (self.email, user.login, user.email, user.partner_id.email_normalized)
        words = [*known, *re.split(r"[\s,;]+", self.aliases or "")]
        return frozenset(a.strip().lower() for a in words if a and "@" in a)

    def _default_calendar(self):
        """Return the remote id of the calendar that new meetings go to."""
        return self._target().remote_id or ""

    def _target(self):
        """Return the calendar that new meetings go to."""
        return self.calendar_ids.filtered(
            lambda one: one.is_target and not one.is_shared
        )[:1]

    def _as_new(self, event, kind):
        """Return the :class:`core.event.Event` that a new item is made of.

        :param kind: a ``copy`` has no guests
        """
        if kind == "copy":
            event = replace(event, attendees=())
        return event if self.sync_categories else replace(event, categories=())

    def _may_push(self):
        """Whether changes made in Odoo are sent to this mailbox."""
        return self.direction != "pull" and self.state != "draft"

    def _note(self, operation, summary, **values):
        """Add a line to the journal of each account."""
        rows = [
            {
                "account_id": account.id,
                "operation": operation,
                "summary": summary,
                **values,
            }
            for account in self
        ]
        return without_defaults(self.env["outlook.journal"].sudo()).create(rows)
