# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Pausing everybody at once: changes wait, and nothing is lost."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

PAUSED = "outlook_calendar.paused"


class OutlookAccount(models.Model):
    """An administrator pauses one connection, or all of them."""

    _inherit = "outlook.account"

    @api.model
    def _is_paused_for_all(self):
        """Whether an administrator has paused everybody.

        Read from the table: a worker that is busy has an old cache of parameters, and
        has to stop after its current step.
        """
        parameters = self.env["ir.config_parameter"].sudo()
        return bool(parameters.search_count([("key", "=", PAUSED)], limit=1))

    @api.model
    def _ready_domain(self):
        """Nobody is ready while everybody is paused."""
        if self._is_paused_for_all():
            return list(Domain.FALSE)
        return super()._ready_domain()

    @api.model
    def _pause_all(self, is_paused):
        """Pause everybody, or let everybody go on who was not paused by himself."""
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only an administrator can do this."))
        self.env["ir.config_parameter"].sudo().set_param(PAUSED, is_paused)
        accounts = self.sudo().search([("state", "=", "connected")])
        if is_paused:
            text = self.env._("An administrator paused Outlook for everybody.")
            accounts._note("pause", text)
        else:
            accounts._note("connect", self.env._("An administrator let Outlook go on."))
            self._trigger_crons()

    def _check_may_pause(self):
        """Let owners pause, and administrators of their companies."""
        self.check_access("read")
        if not self.env.user.has_group("base.group_system"):
            self._check_owner()

    def _check_not_paused_for_all(self):
        if self._is_paused_for_all():
            raise UserError(
                self.env._(
                    "An administrator has paused Outlook for everybody. Changes wait, "
                    "and nothing is lost."
                )
            )

    def action_sync_now(self):
        """Say so when nothing can be done now."""
        self._check_owner()
        self._check_not_paused_for_all()
        return super().action_sync_now()

    def action_resume(self):
        """Say so when it would change nothing."""
        self._check_not_paused_for_all()
        return super().action_resume()
