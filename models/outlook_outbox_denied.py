# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Changes that were refused because of the connection, not because of the meeting."""

from odoo import api, fields, models

# Refused for who asks, not for what is asked.
_DENIED = (401, 403)


class OutlookOutbox(models.Model):
    """Sends them again when the connection is repaired."""

    _inherit = "outlook.outbox"

    is_denied = fields.Boolean(readonly=True)

    def _note_denied(self, error):
        """Remember whether a repaired connection may be able to send the rows."""
        self.is_denied = getattr(error, "status", 0) in _DENIED

    @api.model
    def _send_denied(self, accounts):
        """Try the denied changes of some connections again."""
        domain = [
            ("account_id", "in", accounts.ids),
            ("state", "=", "failed"),
            ("is_denied", "=", True),
        ]
        if rows := self.search(domain):
            rows._reset()
