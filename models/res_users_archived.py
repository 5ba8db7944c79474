# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Users who leave, and perhaps come back."""

from odoo import models


class ResUsers(models.Model):
    """Lets the connection of an archived user rest, and go on when he is back."""

    _inherit = "res.users"

    def write(self, vals):
        """Tell administrators why the connection of an archived user does nothing."""
        changed = self.filtered(
            lambda user: "active" in vals and user.active != bool(vals["active"])
        )
        result = super().write(vals)
        if changed:
            changed._outlook_rest(not vals["active"])
        return result

    def _outlook_rest(self, is_archived):
        """Note on the connections of users that they rest, or go on."""
        domain = [("user_id", "in", self.ids), ("state", "=", "connected")]
        accounts = self.env["outlook.account"].sudo().search(domain)
        if not accounts:
            return
        if is_archived:
            accounts._rest(
                self.env._(
                    "The user is archived. Nothing is exchanged until he is active "
                    "again; changes wait."
                )
            )
        else:
            accounts.write({"error_message": False})
            accounts._trigger_crons()
