# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Attachments of private meetings: in Odoo they would not be private."""

from odoo import models
from odoo.exceptions import UserError


class OutlookAttachment(models.Model):
    """Keeps them in Outlook, since Odoo shows a meeting's files to all colleagues."""

    _inherit = "outlook.attachment"

    def _check_may_copy(self):
        result = super()._check_may_copy()
        if self._target().sudo().effective_privacy == "private":
            raise UserError(
                self.env._(
                    "This meeting is private, and in Odoo your colleagues could open "
                    "its files. Open the attachment in Outlook instead."
                )
            )
        return result
