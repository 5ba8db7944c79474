# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The journal's button, and how long its lines are kept."""

from odoo import api, fields, models

KEEP_DAYS = "outlook_calendar.journal_days"
DEFAULT_DAYS = 180


class OutlookJournal(models.Model):
    """Asks before it undoes; forgets what is old."""

    _inherit = "outlook.journal"

    def action_undo(self):
        """Ask before these lines are undone."""
        return self.env["outlook.undo"]._open(self.filtered("can_undo") or self)

    @api.model
    def _keep_days(self):
        """Return how many days lines are kept."""
        parameters = self.env["ir.config_parameter"].sudo()
        text = parameters.get_param(KEEP_DAYS, "")
        return int(text) if text.isdecimal() and int(text) else DEFAULT_DAYS

    @api.model
    def _gc_old(self):
        """Forget lines that are older than the days chosen; open conflicts stay."""
        days = self._keep_days()
        before = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        domain = [("create_date", "<", before), ("is_open", "=", False)]
        self.search(domain, limit=10000).unlink()
