# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What is known of the meetings on both sides when a connection is to be ended."""

from odoo import api, models

from ..core.leaving import Tie, why_kept_in_odoo, why_kept_in_outlook


class OutlookLeavingTies(models.AbstractModel):
    """Tells for each link whether its item, and its meeting, may be deleted."""

    _name = "outlook.leaving.ties"
    _description = "Outlook: What Ties a Meeting to a Mailbox"

    @api.model
    def _links(self, account):
        """Return the links of meetings that are on both sides now."""
        links = self.env["outlook.link"].search(
            [("account_id", "=", account.id), ("is_gone", "=", False)], order="id"
        )
        return links.filtered(lambda link: link._meeting().active)

    @api.model
    def _of(self, link):
        """Return the :class:`core.leaving.Tie` of a link."""
        meeting, user = link._meeting().sudo(), link.account_id.user_id
        others = link._of_same().filtered(
            lambda one: one.account_id != link.account_id and not one.is_gone
        )
        return Tie(
            is_own=link.kind == "copy" or link.is_organizer,
            is_shared=link.is_shared,
            has_guests=self._has_guests(link.base_outlook or {}),
            is_led=meeting.user_id == user or self._is_of_nobody(meeting, user),
            is_joint=bool(others),
        )

    @api.model
    def _has_guests(self, state):
        """Whether a state of Outlook names guests, of a series also on a single day."""
        days = (state.get("days") or {}).values()
        of_days = ((day or {}).get("attendees") for day in days)
        return bool(state.get("attendees")) or any(of_days)

    @api.model
    def _is_of_nobody(self, meeting, user):
        """Whether a meeting has no organizer in Odoo, and no other user takes part."""
        colleagues = meeting.partner_ids.user_ids.filtered(lambda one: not one.share)
        return not meeting.user_id and not colleagues - user

    @api.model
    def _why_in_outlook(self, link):
        """Return the code why an item stays, ``""`` when it may go."""
        code = why_kept_in_outlook(self._of(link))
        calendar = link.calendar_id
        is_fixed = link.is_elsewhere or (calendar and not calendar.can_edit)
        return code or ("leaving_read_only" if is_fixed else "")

    @api.model
    def _why_in_odoo(self, link):
        """Return the code why a meeting stays, ``""`` when it may go."""
        return why_kept_in_odoo(self._of(link))
