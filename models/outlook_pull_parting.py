# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Meetings that were in step before, and that the reading of the window misses."""

from odoo import api, fields, models

from ..core.errors import ConversionError, Refused


class OutlookPull(models.AbstractModel):
    """Asks for them one by one, at the end of the first reading."""

    _inherit = "outlook.pull"

    @api.model
    def _join_stamped(self, account, outlook):
        """Join what is ahead of the window, too."""
        done = super()._join_stamped(account, outlook)
        rows = self.env["outlook.parting"].search(
            [("account_id", "=", account.id), ("ical_uid", "!=", False)]
        )
        for row in rows:
            if self._is_ahead(row):
                self._join_parted(account, row.ical_uid, outlook)
        return done

    @api.model
    def _is_ahead(self, row):
        """Whether a former meeting, or one of a series, is still to come."""
        meetings = row.event_id | row.recurrence_id._outlook_meetings()
        return any(one.stop > fields.Datetime.now() for one in meetings)

    @api.model
    def _join_parted(self, account, ical_uid, outlook):
        """Join the item that has the id which all copies of a meeting share."""
        intake, calendar = self.env["outlook.intake"], account._target()
        try:
            found = list(outlook.events().with_ical_uid(ical_uid))
        except (Refused, ConversionError):
            return
        for row in found:
            if row.get("type") == "seriesMaster":
                series = self.env["outlook.series.intake"]
                for answer in series._ask(calendar, [row["id"]], outlook).values():
                    if getattr(answer, "item", None):
                        series._take_safely(calendar, None, answer, {})
            else:
                items = intake._items(calendar, [row], {})
                intake._take_fresh(calendar, items, {}, {})
