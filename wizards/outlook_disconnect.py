# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Leaving: what happens to the meetings that are on both sides."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.outlook_leaving import IN_OUTLOOK


class OutlookDisconnect(models.TransientModel):
    """Shows what a choice means, and ends the connection. Nobody gets mail."""

    _name = "outlook.disconnect"
    _description = "Outlook Disconnect"

    account_id = fields.Many2one("outlook.account", required=True, readonly=True)
    event_count = fields.Integer("How many meetings", readonly=True)
    waiting_count = fields.Integer("Changes that wait", readonly=True)
    is_signed_out = fields.Boolean(readonly=True)
    is_unfinished = fields.Boolean(readonly=True)
    keep = fields.Selection(
        [
            ("leave", "Leave them where they are"),
            ("outlook", "Delete them from Outlook"),
            ("odoo", "Delete them from Odoo"),
            ("both", "Delete them from both"),
        ],
        string="Meetings on both sides",
        default="leave",
        required=True,
    )
    export_existing = fields.Selection(
        selection=lambda self: self._selection(),
        string="When you connect again, meetings made before",
        required=True,
    )
    line_ids = fields.One2many("outlook.disconnect.line", "wizard_id")
    outlook_count = fields.Integer(compute="_compute_counts")
    odoo_count = fields.Integer(compute="_compute_counts")
    stay_count = fields.Integer(compute="_compute_counts")
    guest_count = fields.Integer(compute="_compute_counts")

    @api.model
    def _selection(self):
        field = self.env["outlook.account"]._fields["export_existing"]
        return field._description_selection(self.env)

    @api.model
    def default_get(self, names):
        """List the meetings of the user's own connection."""
        vals = super().default_get(names)
        account = self.env["outlook.account"]._own()
        lines = self._lines(account.sudo())
        return vals | {
            "account_id": account.id,
            "event_count": len(lines),
            "waiting_count": account.waiting_count,
            "is_signed_out": account.state in ("draft", "revoked"),
            "export_existing": account.export_existing or "future",
            "line_ids": [Command.create(line) for line in lines],
        }

    @api.model
    def _lines(self, account):
        """Return one line for each meeting, with why it would stay on each side."""
        ties, journal = (
            self.env["outlook.leaving.ties"].sudo(),
            self.env["outlook.journal"],
        )
        lines = []
        for link in ties._links(account):
            codes = ties._why_in_outlook(link), ties._why_in_odoo(link)
            reasons = [bool(code) and journal._reason(code) for code in codes]
            lines.append(
                {
                    "name": link.sudo(False).event_name or self.env._("(No title)"),
                    "start": link._meeting().start,
                    "outlook_reason": reasons[0],
                    "odoo_reason": reasons[1],
                    "has_guests": codes[0] == "leaving_guests",
                }
            )
        return sorted(lines, key=lambda line: line["start"])

    @api.depends("keep", "line_ids")
    def _compute_counts(self):
        for wizard in self:
            lines = wizard.line_ids
            fates = lines.mapped("fate")
            wizard.outlook_count = len([x for x in fates if x in ("outlook", "both")])
            wizard.odoo_count = len([x for x in fates if x in ("odoo", "both")])
            wizard.stay_count = fates.count("stays")
            asks = wizard.keep in IN_OUTLOOK
            wizard.guest_count = asks and len(lines.filtered("has_guests"))

    @api.constrains("account_id")
    def _check_account(self):
        """Refuse the connection of another: its name would tell his mailbox."""
        self.sudo().account_id.with_env(self.env)._check_owner()

    def action_confirm(self):
        """End the connection as chosen: its tokens, its links and what waits go."""
        account = self.account_id
        account._check_owner()
        if self.keep in IN_OUTLOOK and self.is_signed_out:
            raise UserError(
                self.env._(
                    "Odoo is signed out, so it cannot delete anything in Outlook. "
                    "Reconnect first, or leave the meetings there."
                )
            )
        if account.export_existing != self.export_existing:
            account.export_existing = self.export_existing
        if not self.env["outlook.leaving"].sudo()._run(account.sudo(), self.keep):
            return self._go_on()
        return {"type": "ir.actions.act_url", "url": "/odoo/calendar", "target": "self"}

    def _go_on(self):
        """Show what is left when there was no time for all."""
        again = self.create({"keep": self.keep, "is_unfinished": True})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Disconnect from Outlook"),
            "res_model": self._name,
            "res_id": again.id,
            "views": [(False, "form")],
            "target": "new",
        }
