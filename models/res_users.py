# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a user sees of his connection."""

from odoo import api, models


class ResUsers(models.Model):
    """Tells a user how he is connected."""

    _inherit = "res.users"

    @api.model
    def outlook_status(self):
        """Return the state of the current user's connection for the calendar."""
        return self.env["outlook.status"]._of_user()

    def action_outlook_connection(self):
        """Open the user's own connection, or start the sign-in when there is none."""
        account = self.env["outlook.account"].search([("user_id", "=", self.env.uid)])
        if not account:
            return self.env["outlook.account"].action_reconnect()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "outlook_calendar.outlook_account_action"
        )
        form = [view for view in action["views"] if view[1] == "form"]
        return {**action, "views": form, "res_id": account.id}

    def _has_any_active_synchronization(self):
        """Tell the calendar that Outlook sends the cancellations.

        Of one meeting that is deleted, ``outlook_is_silent`` tells it.
        """
        if self.env["outlook.connection"]._is_at_rest():
            return super()._has_any_active_synchronization()
        is_silent = self.env.context.get("outlook_is_silent")
        if is_silent is not None:
            return is_silent or super()._has_any_active_synchronization()
        account = (
            self.env["outlook.account"]
            .sudo()
            .search(
                [("user_id", "in", self.ids), ("state", "in", ("connected", "paused"))]
            )
        )
        sends = account.filtered(
            lambda a: a.invitation_mode == "outlook" and a._may_push()
        )
        return bool(sends) or super()._has_any_active_synchronization()
