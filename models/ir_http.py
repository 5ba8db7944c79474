# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a page of Odoo knows of the add-on from the start."""

from odoo import models


class IrHttp(models.AbstractModel):
    """Tells the web client whether asking whom Outlook mails makes sense at all."""

    _inherit = "ir.http"

    def session_info(self):
        """Add ``outlook_is_used``: no page asks in vain where nobody is connected."""
        is_used = self.env["outlook.status"]._is_used()
        return {**super().session_info(), "outlook_is_used": is_used}
