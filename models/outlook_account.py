# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A user's connection to a mailbox: its state, its choices, its buttons."""

import logging
from ast import literal_eval
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..core.errors import (
    AppRefused,
    ConsentRevoked,
    MassRemoval,
    OutlookError,
    Refused,
    TransientError,
)

_logger = logging.getLogger(__name__)

# What the owner of a connection may change himself; the rest is bookkeeping.
CHOICES = frozenset(
    {
        "direction",
        "invitation_mode",
        "export_existing",
        "days_past",
        "days_future",
        "conflict_rule",
        "contact_rule",
        "copy_as_guest",
        "sync_categories",
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
        [("create", "Create a contact"), ("keep", "Keep them in Outlook only")],
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
    last_sync = fields.Datetime(readonly=True)
    next_sync = fields.Datetime(compute="_compute_next_sync")
    error_message = fields.Char(readonly=True)
    removal_count = fields.Integer(readonly=True)
    may_remove = fields.Boolean(readonly=True)
    calendar_ids = fields.One2many("outlook.calendar", "account_id", readonly=True)
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
        links = self._count("outlook.link", [])
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

    # --- buttons -----------------------------------------------------------

    def action_start(self):
        """Leave ``draft``: from now on both sides are kept in step."""
        self._check_owner()
        for account in self.sudo():
            if account.state != "draft":
                continue
            account.write({"state": "connected", "started_at": fields.Datetime.now()})
            account._note("connect", self.env._("The connection was started."))
        self._trigger_crons()
        return True

    def action_sync_now(self):
        """Pull and push this account now; return when done."""
        self._check_owner()
        for account in self:
            if account.state == "draft":
                raise UserError(self.env._("Start the connection first."))
            account.sudo()._run("outlook.pull")
            account.sudo()._run("outlook.push")
        return True

    def action_pause(self):
        """Stop reading and sending until resumed; changes wait."""
        self._check_owner()
        connected = self.sudo().filtered(lambda account: account.state == "connected")
        connected.write({"state": "paused", "error_message": False})
        connected._note("pause", self.env._("The connection was paused."))
        return True

    def action_resume(self):
        """Go on after a pause, with all that happened meanwhile."""
        self._check_owner()
        paused = self.sudo().filtered(lambda account: account.state == "paused")
        paused.write({"state": "connected", "error_message": False, "removal_count": 0})
        self._trigger_crons()
        return True

    def action_confirm_removals(self):
        """Answer the removal guard: yes, these meetings may go in Odoo as well."""
        self._check_owner()
        self.sudo().write({"may_remove": True})
        return self.action_resume()

    def action_keep_removed(self):
        """Answer the removal guard: keep the meetings in Odoo, without Outlook."""
        self._check_owner()
        for account in self.sudo():
            account.env["outlook.pull"]._keep_removed(account)
        return self.action_resume()

    def action_disconnect(self):
        """Ask what shall happen, then disconnect (see the wizard)."""
        self._check_owner()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Disconnect from Outlook"),
            "res_model": "outlook.disconnect",
            "view_mode": "form",
            "target": "new",
            "context": {"default_account_id": self.id},
        }

    def action_reconnect(self):
        """Sign in again; everything else stays as it is."""
        url = "/outlook_calendar/connect"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def action_view_links(self):
        """Show the meetings that are kept in step."""
        return self._action_view("outlook_link_action")

    def action_view_outbox(self):
        """Show what waits to be sent."""
        return self._action_view("outlook_outbox_action")

    def action_view_journal(self):
        """Show what was done."""
        return self._action_view("outlook_journal_action")

    def action_view_conflicts(self):
        """Show what both sides changed differently."""
        return self._action_view("outlook_journal_action_conflicts")

    def _action_view(self, name):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"outlook_calendar.{name}"
        )
        action["domain"] = [
            *literal_eval(action.get("domain") or "[]"),
            ("account_id", "in", self.ids),
        ]
        return action

    # --- running -----------------------------------------------------------

    @api.model
    def _trigger_crons(self):
        for name in ("pull", "push"):
            cron = self.env.ref(f"outlook_calendar.ir_cron_outlook_{name}")
            cron.sudo()._trigger()

    @api.model
    def _cron_run(self, runner):
        """Run ``outlook.pull`` or ``outlook.push`` for all, the longest waiting first.

        An account that another worker holds is left to that worker. One account's
        failure never stops the others.
        """
        if self.env["outlook.connection"]._is_at_rest():
            return
        domain = [("state", "=", "connected")]
        accounts = self.search(domain, order="last_sync nulls first, id")
        if runner == "outlook.push":
            accounts = self.env["outlook.outbox"]._due_accounts() & accounts
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(accounts))
        for account in accounts:
            account._run(runner)
            if not cron._commit_progress(1):
                break  # out of time; the cron comes back for the rest

    @api.model
    def _cron_maintain(self):
        """Once a day: seal what another module left in plain text, drop old notes."""
        self.env["outlook.connection"]._seal_client_secret()
        self.env["outlook.journal"]._gc_old()

    def _run(self, runner):
        """Run one account under its lock; a failure is kept for its owner to see."""
        connection = self.env["outlook.connection"]
        if connection._is_at_rest() or self.state != "connected":
            return
        try:
            if self._hold():
                self.env[runner]._run(self)
        except MassRemoval as error:
            self.env.cr.rollback()
            self._ask_before_removing(error.count)
        except OutlookError as error:
            self.env.cr.rollback()
            self._note_failure(error)
        except Exception as error:  # a fault of ours must not stop other accounts
            self.env.cr.rollback()
            self.env.invalidate_all()
            _logger.exception("Outlook: %s of account %s failed", runner, self.id)
            self._note_failure(OutlookError(type(error).__name__))

    def _hold(self):
        """Lock this account until the next commit; False when another has it."""
        # Rows that refer to it (a user's saved change) can still be inserted.
        return bool(self.try_lock_for_update(allow_referencing=True))

    def _ask_before_removing(self, count):
        """Pause and ask: so many meetings are rarely deleted on purpose."""
        text = self.env._(
            "%(count)s meetings are gone in Outlook. Nothing was removed in Odoo: "
            "please say whether they should go here as well.",
            count=count,
        )
        self.write({"state": "paused", "removal_count": count, "error_message": text})
        self._note("pause", text)

    def _note_failure(self, error):
        """Write down for the owner, in words, why nothing could be done."""
        text = self.env["outlook.journal"]._sentence(error)
        vals = {"error_message": text}
        if isinstance(error, ConsentRevoked) and self.state != "revoked":
            vals["state"] = "revoked"
        if not isinstance(error, TransientError) and self.error_message != text:
            self._note("fail", text)
        self.write(vals)
        if "state" in vals:
            self._ask_to_reconnect()
        if isinstance(error, AppRefused):
            _logger.warning("Outlook: the app registration is refused (%s)", error.code)
        _logger.info("Outlook: account %s: %s", self.id, type(error).__name__)

    def _ask_to_reconnect(self):
        """Mail the owner once that only he can repair the connection."""
        template = self.env.ref("outlook_calendar.mail_template_reconnect")
        template.sudo().send_mail(self.id)

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
        return self.env["outlook.journal"].sudo().create(rows)

    # --- signing in ----------------------------------------------------------

    @api.model
    def _own(self):
        """Return the current user's connection; empty without one."""
        return self.search([("user_id", "=", self.env.uid)], limit=1)

    @api.model
    def _signed_in(self, person, cache):
        """Keep the tokens of a sign-in; make the connection when there is none.

        :param person: :class:`graph.identity.SignedIn`
        :param str cache: MSAL's serialized cache
        :raise Refused: ``other_mailbox``, when meetings are linked to another one
        """
        remote_user = f"{person.object_id}.{person.tenant_id}"
        account = self._own().sudo()
        if account and account.remote_user != remote_user and account.state != "draft":
            raise Refused("another mailbox", code="other_mailbox")
        if not account:
            account = self.sudo().create({"user_id": self.env.uid})
        account._keep_token_cache(cache)
        account.remote_user = remote_user
        account._learn_address(person.username)
        if account.state == "revoked":
            account.write({"state": "connected", "error_message": False})
            account._note("connect", self.env._("Signed in again."))
            self._trigger_crons()
        return account.sudo(False)

    def _learn_address(self, username):
        """Ask the mailbox for its address; the sign-in name need not be one."""
        calendar = self.env["outlook.connection"]._calendars(self).default_calendar()
        owner = calendar.get("owner") or {}
        self.email = (owner.get("address") or username).lower()

    # --- facts about the mailbox ------------------------------------------

    def _keep_token_cache(self, cache):
        """Store MSAL's cache, sealed; a rotated refresh token replaces the old one."""
        self.sudo().token_cache = self.env["outlook.vault"]._seal(cache)

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
        return frozenset(a.strip().lower() for a in known if a and "@" in a)

    def _default_calendar(self):
        """Return the remote id of the calendar that new meetings go to."""
        return self.calendar_ids.filtered("is_default")[:1].remote_id or ""

    def _may_push(self):
        """Whether changes made in Odoo are sent to this mailbox."""
        return self.direction != "pull" and self.state != "draft"
