# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A copy that becomes a meeting, and the other way round where nobody was invited."""

from odoo import models

from ..core.series_state import without_guests


class OutlookLink(models.Model):
    """Changes what an item is; the next push sends the difference."""

    _inherit = "outlook.link"

    def _become_meeting(self):
        """Let Outlook have the guests of a copy, and so invite them.

        Not when it is over; nor where somebody removed it from Outlook.
        """
        for link in self.filtered(lambda one: one.kind == "copy" and not one.is_gone):
            if not link._is_over():
                base = without_guests(link.base_odoo or {})
                link.write({"kind": "meeting", "base_odoo": base})

    def _become_copy(self):
        """Let a meeting be a copy whose guests Outlook never heard of."""
        self.filtered(lambda one: not one._guests_there()).kind = "copy"

    def _guests_there(self):
        """Return ``{address: type}`` of the guests that Outlook has."""
        return (self.base_outlook or {}).get("attendees") or {}

    def _stamped(self):
        """Return what marks the item as ours, and as what it is now."""
        record = self.recurrence_id or self.event_id
        return self.env["outlook.recognition"]._stamp(record, self.kind)
