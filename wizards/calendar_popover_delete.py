# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's questions before a meeting is deleted: what of a series, whether to mail."""

from odoo import api, fields, models

from ..models.calendar_event_invitations import SCOPES_OF_WIZARD


class CalendarPopoverDeleteWizard(models.TransientModel):
    """Mails nobody where Outlook tells the guests, or nobody is to be told."""

    _inherit = "calendar.popover.delete.wizard"

    outlook_mail_notice = fields.Char(compute="_compute_outlook_mail_notice")

    @api.depends("calendar_event_id", "delete")
    @api.depends_context("uid")
    def _compute_outlook_mail_notice(self):
        """Say whom Outlook tells that what is chosen of a series is off."""
        for wizard in self:
            vals = {"recurrence_update": SCOPES_OF_WIZARD.get(wizard.delete)}
            event = wizard.calendar_event_id._origin
            wizard.outlook_mail_notice = event.outlook_mail_question("delete", vals)

    def action_send_mail_and_delete(self):
        """Send Odoo's mail only where Odoo is the one to send it."""
        event = self.calendar_event_id.sudo()
        if event and self.env["outlook.status"]._silences_odoo(event):
            return self.action_delete()
        return super().action_send_mail_and_delete()
