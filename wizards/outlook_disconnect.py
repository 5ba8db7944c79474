# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Leaving: what happens to the meetings that are on both sides."""

from odoo import api, fields, models


class OutlookDisconnect(models.TransientModel):
    """Asks once, then forgets the mailbox. Nobody gets mail."""

    _name = "outlook.disconnect"
    _description = "Outlook Disconnect"

    account_id = fields.Many2one("outlook.account", required=True, readonly=True)
    event_count = fields.Integer("Meetings on both sides", readonly=True)
    keep = fields.Selection(
        [("leave", "Leave all meetings where they are")],
        string="Meetings",
        default="leave",
        required=True,
    )

    @api.model
    def default_get(self, names):
        """Count the meetings of the user's own connection."""
        vals = super().default_get(names)
        account = self.env["outlook.account"]._own()
        return vals | {"account_id": account.id, "event_count": account.link_count}

    @api.constrains("account_id")
    def _check_account(self):
        """Refuse the connection of another: its name would tell his mailbox."""
        self.sudo().account_id.with_env(self.env)._check_owner()

    def action_confirm(self):
        """Forget the mailbox: its tokens, its links, what waits. Meetings stay."""
        self.account_id._check_owner()
        self.account_id.sudo()._disconnect()
        return {"type": "ir.actions.act_url", "url": "/odoo/calendar", "target": "self"}
