# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Lines about what guests say: other times that they propose."""

from odoo import api, models
from odoo.tools import format_datetime


class OutlookJournal(models.Model):
    """Tells each proposal once."""

    _inherit = "outlook.journal"

    @api.model
    def _note_proposals(self, link, events):
        """Note other times that guests propose for a meeting.

        :param events: :class:`core.event.Event` by slot, ``""`` of the meeting itself
        """
        told, now = link.proposals or {}, {}
        for slot, event in events.items():
            for guest in event.attendees:
                if guest.proposal and link.is_organizer:
                    key = f"{slot} {guest.address}".strip()
                    start, end = guest.proposal.start, guest.proposal.end
                    now[key] = [start.isoformat(), end.isoformat()]
                    if told.get(key) != now[key]:
                        self._note_proposal(link, guest, slot)
        if now != told:
            link.proposals = now

    @api.model
    def _note_proposal(self, link, guest, slot):
        start, end = (
            format_datetime(
                self.env, moment.replace(tzinfo=None), tz=link.account_id.user_id.tz
            )
            for moment in (guest.proposal.start, guest.proposal.end)
        )
        meeting = link._meeting()
        name = meeting.sudo().name
        link.account_id._note(
            "answer",
            self.env._(
                "%(guest)s proposes another time: %(start)s to %(end)s.",
                guest=guest.name or guest.address,
                start=start,
                end=end,
            ),
            event_id=meeting.id,
            event_name=f"{name} ({slot})" if slot else name,
            direction="in",
        )
