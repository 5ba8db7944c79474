# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The settings tell an administrator which connections do not work."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Counts the connections that need somebody."""

    _inherit = "res.config.settings"

    outlook_attention_count = fields.Integer(compute="_compute_outlook_attention_count")

    def _compute_outlook_attention_count(self):
        """Of those connections that the administrator may see."""
        accounts = self.env["outlook.account"]
        self.outlook_attention_count = accounts.search_count(accounts._in_trouble())
