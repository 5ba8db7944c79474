# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Teams meetings: made where somebody asks for one, and nowhere else."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CalendarEvent(models.Model):
    """The switch on the form; Outlook makes the meeting and the link to join it."""

    _inherit = "calendar.event"

    outlook_teams = fields.Boolean(
        "Teams meeting",
        help="Outlook makes a Teams meeting of it. The link to join comes back within "
        "a minute. Outlook cannot take it back later.",
    )
    outlook_may_teams = fields.Boolean(compute="_compute_outlook_may_teams")

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_outlook_may_teams(self):
        account = self.env["outlook.account"]._own().sudo()
        may = account.state in ("connected", "paused") and account._may_push()
        for event in self:
            event.outlook_may_teams = may and event.user_id == self.env.user

    def write(self, vals):
        """Refuse to switch off what Outlook cannot take back."""
        if vals.get("outlook_teams") is False:
            self._outlook_check_teams()
        return super().write(vals)

    def _outlook_check_teams(self):
        if self.env.context.get("outlook_from_account"):
            return
        links = self.filtered("outlook_teams").sudo().outlook_link_ids
        if links.filtered("is_online"):
            raise UserError(
                self.env._(
                    "Outlook cannot take back a Teams meeting. Delete this meeting and "
                    "make a new one without Teams."
                )
            )
