# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Lines about meetings of colleagues: they tell no more than the calendar does."""

from odoo import api, models


class OutlookJournal(models.Model):
    """Names private meetings as Odoo's calendar does."""

    _inherit = "outlook.journal"

    @api.model_create_multi
    def create(self, vals_list):
        """Hide the names of meetings that are private to the reader of the journal."""
        return super().create([self._hide_name(vals) for vals in vals_list])

    @api.model
    def _hide_name(self, vals):
        account = self.env["outlook.account"].browse(vals["account_id"])
        event_id = vals.get("event_id")
        if not event_id or not vals.get("event_name"):
            return vals
        event = self.env["calendar.event"].browse(event_id)
        if not event._outlook_is_secret_to(account.user_id):
            return vals
        return {**vals, "event_name": self.env._("Busy")}
