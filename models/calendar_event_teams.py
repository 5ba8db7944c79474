# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The switch that asks Outlook for a Teams meeting."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CalendarEvent(models.Model):
    """Lets the organizer ask for a Teams meeting; nobody gets one unasked."""

    _inherit = "calendar.event"

    # Copied, since Odoo makes the meetings of a series by copying the first one.
    outlook_teams = fields.Boolean("Teams meeting")
    outlook_can_ask_teams = fields.Boolean(compute="_compute_outlook_can_ask_teams")

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_outlook_can_ask_teams(self):
        """Whether the user organizes the meeting and his mailbox takes changes."""
        account = self.env["outlook.account"]._own().sudo()
        is_ready = account.state == "connected" and account._may_push()
        if is_ready and self.env["outlook.connection"]._is_at_rest():
            is_ready = False
        for event in self:
            event.outlook_can_ask_teams = is_ready and event.user_id == self.env.user

    def write(self, vals):
        """Refuse what Outlook cannot do with a Teams meeting."""
        if "outlook_teams" in vals:
            self._outlook_check_teams(vals)
        return super().write(vals)

    def copy(self, default=None):
        """Ask for no Teams meeting on behalf of a duplicate, nor share its link."""
        plain = {"outlook_teams": False, "videocall_location": False}
        copies = self.browse()
        for event in self:
            values = (plain if event.outlook_teams else {}) | (default or {})
            copies += super(CalendarEvent, event).copy(values)
        return copies

    def _outlook_check_teams(self, vals):
        if self.env.context.get("outlook_from_account"):
            return
        wanted = vals["outlook_teams"]
        others = self.filtered(lambda event: event.outlook_teams != wanted)
        if not wanted and others._outlook_has_teams():
            raise UserError(
                self.env._(
                    "Outlook cannot take a Teams meeting back. Delete this meeting and "
                    "make a new one without it."
                )
            )
        whole = ("all_events", "future_events")
        if others.recurrence_id and vals.get("recurrence_update") not in whole:
            series = others.recurrence_id.calendar_event_ids.filtered("active")
            if series - self:
                raise UserError(
                    self.env._(
                        "Outlook makes one Teams meeting for a whole series. Choose "
                        "to change all of its events."
                    )
                )

    def _outlook_has_teams(self):
        """Whether Outlook has made a Teams meeting of one of these."""
        links = self.sudo().outlook_link_ids
        return any(link.is_online and not link.is_gone for link in links)
