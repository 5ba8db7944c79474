# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What people see while everybody is paused."""

from odoo import api, models


class OutlookStatus(models.AbstractModel):
    """Shows a pause of all as one's own."""

    _inherit = "outlook.status"

    @api.model
    def _of_user(self):
        """Show a connection as paused while everybody is."""
        status = super()._of_user()
        if (
            status["state"] in ("connected", "failing")
            and self.env["outlook.account"]._is_paused_for_all()
        ):
            text = self.env._("An administrator has paused Outlook for everybody.")
            status |= {"state": "paused", "message": text}
        return status

    @api.model
    def _why_waiting(self, account):
        if account.state in ("connected", "paused") and account._is_paused_for_all():
            return self.env._("An administrator has paused Outlook for everybody.")
        return super()._why_waiting(account)
