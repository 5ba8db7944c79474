# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The settings about resting: pausing everybody, and a copy of the database."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class ResConfigSettings(models.TransientModel):
    """Shows why Outlook Calendar rests, with the button that ends it."""

    _inherit = "res.config.settings"

    outlook_is_paused = fields.Boolean("Outlook is paused", readonly=True)
    outlook_is_copy = fields.Boolean("The database is a copy", readonly=True)
    outlook_has_odoo_module = fields.Boolean("Odoo's own module", readonly=True)

    @api.model
    def get_values(self):
        """Return whether it rests, and why."""
        connection = self.env["outlook.connection"]
        return super().get_values() | {
            "outlook_is_paused": self.env["outlook.account"]._is_paused_for_all(),
            "outlook_is_copy": connection._is_copy(),
            "outlook_has_odoo_module": connection._has_odoo_module(),
        }

    def action_outlook_pause_all(self):
        """Pause everybody; changes wait."""
        self.env["outlook.account"]._pause_all(True)
        return self._outlook_reload()

    def action_outlook_resume_all(self):
        """Let everybody go on."""
        self.env["outlook.account"]._pause_all(False)
        return self._outlook_reload()

    def action_outlook_settle(self):
        """Let this database talk to the mailboxes: it is no copy, it has moved."""
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only an administrator can do this."))
        self.env["outlook.connection"]._settle_anew()
        self.env["outlook.account"]._trigger_crons()
        return self._outlook_reload()

    @api.model
    def _outlook_reload(self):
        return {"type": "ir.actions.client", "tag": "reload"}
