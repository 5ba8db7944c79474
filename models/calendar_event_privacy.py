# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who may know of a meeting what it is about."""

from odoo import models


class CalendarEvent(models.Model):
    """Keeps private meetings from colleagues who read their organizer's calendar."""

    _inherit = "calendar.event"

    def _outlook_is_secret_to(self, user):
        """Whether a user must not know what the meeting, or a day of its series, is."""
        return any(
            event._outlook_privacy() == "private"
            and event.user_id != user
            and user.sudo().partner_id not in event.partner_ids
            for event in self._outlook_with_series()
        )

    def _outlook_is_public(self):
        """Whether everybody may know of the meeting, and of all days of its series."""
        events = self._outlook_with_series()
        return all(event._outlook_privacy() == "public" for event in events)

    def _outlook_with_series(self):
        """Return the meeting with the others of its series, as the superuser.

        What Odoo shows of a private meeting to somebody else stays in the cache, for
        everybody: so nothing of it is ever read with his rights.
        """
        event = self.sudo()
        return event | event.recurrence_id.calendar_event_ids

    def _outlook_privacy(self):
        """Return the privacy that counts: its own, else its organizer's usual one."""
        return self.privacy or self.user_id.calendar_default_privacy or "public"

    def write(self, vals):
        """Say once of a meeting that becomes private where it is not sent any more."""
        sent = self.env["outlook.link"].sudo()
        if vals.get("privacy"):
            lent = self.sudo().outlook_link_ids.filtered("is_shared")
            sent = lent.filtered(lambda link: link._fields_out())
        result = super().write(vals)
        sent.exists().filtered(lambda link: link._is_kept_back())._note_kept_back()
        return result
