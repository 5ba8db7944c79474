# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What will happen, shown before anything is written on either side."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.errors import OutlookError

# Fields of the connection that are chosen here; it gets them at the start.
CHOICES = (
    "direction",
    "days_past",
    "days_future",
    "export_existing",
    "export_invites",
    "privacy_filter",
    "contact_rule",
    "invitation_mode",
)


class OutlookFirstSync(models.TransientModel):
    """Reads both sides page by page, counts, and lets the user choose and start."""

    _name = "outlook.first.sync"
    _description = "Outlook First Sync"

    account_id = fields.Many2one("outlook.account", required=True, readonly=True)
    email = fields.Char(related="account_id.email", related_sudo=False)
    direction = fields.Selection(
        selection=lambda self: self._selection("direction"), required=True
    )
    export_existing = fields.Selection(
        selection=lambda self: self._selection("export_existing"), required=True
    )
    export_invites = fields.Boolean("Invite their guests")
    privacy_filter = fields.Selection(
        selection=lambda self: self._selection("privacy_filter"), required=True
    )
    contact_rule = fields.Selection(
        selection=lambda self: self._selection("contact_rule"), required=True
    )
    invitation_mode = fields.Selection(
        selection=lambda self: self._selection("invitation_mode"), required=True
    )
    chosen_calendar_ids = fields.Many2many(
        "outlook.calendar",
        string="Calendars",
        domain="[('account_id', '=', account_id), ('is_gone', '=', False)]",
    )
    days_past = fields.Integer("Days back", required=True)
    days_future = fields.Integer("Days ahead", required=True)

    @api.constrains("account_id")
    def _check_account(self):
        """Refuse the connection of another: its name would tell his mailbox."""
        self.sudo().account_id.with_env(self.env)._check_owner()

    @api.model
    def _selection(self, name):
        return (
            self.env["outlook.account"]._fields[name]._description_selection(self.env)
        )

    @api.model
    def default_get(self, names):
        """Offer the choices as they are; inviting has to be asked for each time."""
        vals = super().default_get(names)
        account = self.env["outlook.account"]._own()
        if not account.sudo().token_cache:
            raise UserError(
                self.env._("Click Outlook in the calendar to sign in first.")
            )
        if "chosen_calendar_ids" in names:
            self._list_calendars(account)
        vals |= {name: account[name] for name in CHOICES} | {"account_id": account.id}
        kept = account.calendar_ids.filtered(lambda one: one.is_synced)
        return vals | {
            "export_invites": False,
            "chosen_calendar_ids": [fields.Command.set(kept.ids)],
        }

    @api.onchange("chosen_calendar_ids")
    def _onchange_chosen_calendar_ids(self):
        """Keep the calendar that new meetings go to, and say why at once."""
        target = self.account_id.calendar_ids.filtered(
            lambda one: one.is_target and not one.is_gone
        )
        missing = target - self.chosen_calendar_ids._origin
        if not missing:
            return None
        self.chosen_calendar_ids |= missing
        text = self.env._(
            "New meetings go to %(name)s, so it is kept in step. After the start you "
            "can choose another calendar for them on your connection.",
            name=", ".join(missing.mapped("name")),
        )
        title = self.env._("It stays chosen")
        return {"warning": {"type": "notification", "title": title, "message": text}}

    @api.model
    def _list_calendars(self, account):
        """Learn which calendars there are to choose from.

        :raise UserError: Microsoft did not answer, in words
        """
        account = account.sudo()
        try:
            outlook = self.env["outlook.connection"]._calendars(account)
            self.env["outlook.calendar"].sudo()._find(account, outlook)
        except OutlookError as error:
            sentence = self.env["outlook.journal"]._sentence(error)
            raise UserError(sentence) from error

    # --- buttons ------------------------------------------------------------------

    def action_start(self):
        """Store the choices and start; the work goes on in the background."""
        self._store_choices()
        account = self.account_id
        account.sudo().expected_in = self.in_count + self.joined_count
        account.action_start()
        self._forget()
        return self._show_calendar()

    def action_cancel(self):
        """Leave everything as it is; the button in the calendar stays."""
        self.account_id._check_owner()
        self._forget()
        return self._show_calendar()

    @api.model
    def _show_calendar(self):
        return {"type": "ir.actions.act_url", "url": "/odoo/calendar", "target": "self"}

    def _store_choices(self):
        """Write what was chosen to the connection and its calendars."""
        self.ensure_one()
        account, chosen = self.account_id, self.chosen_calendar_ids
        account.write({name: self[name] for name in CHOICES})
        if not chosen:
            return  # nothing was read yet
        for calendar in account.calendar_ids:
            if calendar.is_synced != (calendar in chosen):
                calendar.is_synced = calendar in chosen
