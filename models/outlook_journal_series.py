# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Lines about series and about single days of them."""

from odoo import api, fields, models

from ..core.undo_values import day_values, series_values


class OutlookJournal(models.Model):
    """Tells what a series has taken from Outlook, and each of its days."""

    _inherit = "outlook.journal"

    @api.model
    def _note_series_taken(self, link, names, days, former, present):
        """Note what Odoo took from Outlook of a whole series, and of its days.

        :param former: :class:`core.series.Series` as Odoo had it before
        :param present: ...and as it has it now
        """
        before, after = series_values(former), series_values(present)
        self._note_changed(link, "in", names, before, after)
        meetings = self.env["outlook.series.mapper"]._slots(link.recurrence_id)
        by_slot = {slot: meeting for meeting, slot in meetings.items()}
        for key, day in days.items():
            slot, names = fields.Date.to_date(key), sorted(day.fields.to_odoo)
            if not names and not day.fate:
                continue
            labels = ", ".join(map(self._label, names))
            text = self.env._("Changed: %(names)s.", names=labels)
            if not names:
                text = self.env._("Called off, or taken back.")
            values = day_values(former, slot), day_values(present, slot)
            self._note_day(
                link,
                slot,
                "update",
                text,
                "in",
                event_id=by_slot.get(slot, link._meeting()).id,
                **(names and self._changed_vals(link, names, *values, slot=key) or {}),
            )

    @api.model
    def _note_day(self, link, slot, operation, text, direction, **values):
        """Note what happened to one meeting of a series."""
        lead = link._meeting()
        link.account_id._note(
            operation,
            text,
            **{
                "event_id": lead.id,
                "event_name": f"{lead.sudo().name} ({slot})",
                "direction": direction,
                **values,
            },
        )
