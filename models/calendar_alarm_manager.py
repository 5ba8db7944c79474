# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's reminders keep firing for meetings whose invitations Outlook sends."""

from odoo import api, models


class CalendarAlarmManager(models.AbstractModel):
    """Marks reminder mails, which are none of Outlook's business."""

    _inherit = "calendar.alarm_manager"

    @api.model
    def _send_reminder(self):
        marked = self.with_context(outlook_is_reminder=True)
        return super(CalendarAlarmManager, marked)._send_reminder()
