# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's question whether to mail the guests of a meeting that is deleted."""

from odoo import models


class CalendarPopoverDeleteWizard(models.TransientModel):
    """Mails nobody where Outlook tells the guests, or nobody is to be told."""

    _inherit = "calendar.popover.delete.wizard"

    def action_send_mail_and_delete(self):
        """Send Odoo's mail only where Odoo is the one to send it."""
        event = self.calendar_event_id.sudo()
        if event and self.env["outlook.status"]._silences_odoo(event):
            return self.action_delete()
        return super().action_send_mail_and_delete()
