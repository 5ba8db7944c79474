# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a mailbox had before, it has still: no second item is made of it."""

from odoo import api, models


class OutlookOutbox(models.Model):
    """Leaves alone what was in step before a parting, or before a take-over."""

    _inherit = "outlook.outbox"

    @api.model
    def _wants_copy(self, account, event):
        """Want no copy of what the mailbox may still have, outside the window."""
        if not super()._wants_copy(account, event):
            return False
        if account.started_at and event.create_date >= account.started_at:
            return True
        record = event.recurrence_id or event
        return not self.env["outlook.parting"]._has(account, record)
