# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What only the organizer of a meeting can change."""

from odoo import models
from odoo.exceptions import UserError

_OF_ORGANIZER = frozenset(
    {
        "start",
        "stop",
        "start_date",
        "stop_date",
        "duration",
        "allday",
        "partner_ids",
        "attendee_ids",
    }
)


class CalendarEvent(models.Model):
    """Refuses changes that would be lost, since somebody outside Odoo decides."""

    _inherit = "calendar.event"

    def _outlook_check_ownership(self, vals):
        """Refuse to move a meeting, or to change its guests, that others organize."""
        if (
            self.env.context.get("outlook_from_account")
            or not _OF_ORGANIZER & vals.keys()
        ):
            return
        self._check_calendar_privacy_write_permissions()  # before we name anybody
        for event in self.sudo().filtered(lambda event: not event.user_id):
            links = event.outlook_link_ids.filtered(lambda link: link.kind == "meeting")
            if links.filtered(lambda link: link.is_shared and link._fields_out()):
                continue  # the organizer lets somebody change it
            link = links.filtered(lambda x: x.is_shared or not x.is_organizer)[:1]
            if link:
                raise UserError(
                    self.env._(
                        "%(organizer)s organizes this meeting in Outlook. Its time and "
                        "its guests can only be changed there; you can still answer.",
                        organizer=link.organizer_name
                        or self.env._("Somebody outside Odoo"),
                    )
                )
