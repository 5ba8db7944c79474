# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Where a new meeting of Odoo goes, if its organizer lets a colleague write."""

from odoo import api, fields, models


class OutlookCalendar(models.Model):
    """Finds the calendar of an organizer who has no connection of his own."""

    _inherit = "outlook.calendar"

    target_since = fields.Datetime(readonly=True)  # older meetings do not go there

    @api.model
    def _of_organizer(self, event):
        """Return the shared calendar that a new meeting of an organizer goes to.

        Only where a colleague has chosen it for that, and its owner is not connected.
        A private meeting is not a colleague's to send.
        """
        domain = [("is_shared", "=", True), ("is_target", "=", True)]
        calendars = self.sudo().search(domain, order="id")
        organizer = event.sudo().user_id
        if not calendars or not organizer or not event._outlook_is_public():
            return calendars.browse()
        if not self.env["outlook.connection"]._is_of_one_organization():
            return calendars.browse()
        accounts = self.env["outlook.account"].sudo()
        if accounts._connected_of(organizer):
            return calendars.browse()
        return calendars.filtered(
            lambda one: (
                one._may_push()
                and one.account_id.state != "draft"
                and one._user() == organizer
                and one.target_since <= (event.create_date or one.target_since)
            )
        )[:1]
