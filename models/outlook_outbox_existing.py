# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What Odoo had before a connection was made, and goes out as copies."""

from odoo import api, fields, models
from odoo.fields import Domain


class OutlookOutbox(models.Model):
    """Finds the meetings and series that are older than the connection."""

    _inherit = "outlook.outbox"

    @api.model
    def _note_existing(self, account):
        """Note the meetings that Odoo had before the connection, as copies."""
        if account.export_existing == "none" or account.direction == "pull":
            return
        self._note_all([(account, event) for event in self._existing(account)])
        self._note_series([(account, one) for one in self._existing_series(account)])

    @api.model
    def _existing(self, account):
        """Return the meetings that were made before and are to go out as copies."""
        there = self.env["outlook.parting"]._events(account)
        return self._made_before(account, [("recurrence_id", "=", False)]).filtered(
            lambda event: (
                event.id not in there and self._wants_copy(account, event.sudo())
            )
        )

    @api.model
    def _existing_series(self, account):
        """Return the series that were made before and are to go out as copies."""
        there = self.env["outlook.parting"]._series(account)
        events = self._made_before(account, [("recurrence_id", "!=", False)])
        return events.recurrence_id.filtered(
            lambda series: (
                series.id not in there
                and self._wants_copy(account, series.sudo()._outlook_lead())
            )
        )

    @api.model
    def _made_before(self, account, domain, export=None):
        """Return meetings that are older than the connection, by date.

        :param export: instead of the account's own ``export_existing``
        """
        user = account.user_id
        domain = Domain(domain) & Domain(
            [
                ("create_date", "<", account.started_at or fields.Datetime.now()),
                "|",
                ("user_id", "=", user.id),
                ("partner_ids", "in", user.partner_id.ids),
            ]
        )
        if (export or account.export_existing) == "future":
            domain &= Domain("stop", ">=", fields.Datetime.now())
        events = self.env["outlook.people"]._as_owner("calendar.event", account)
        return events.search(domain, order="start")
