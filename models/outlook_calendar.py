# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A calendar of a mailbox that is kept in step."""

from odoo import fields, models


class OutlookCalendar(models.Model):
    """One calendar of one mailbox: how far it was read, and for which window."""

    _name = "outlook.calendar"
    _description = "Outlook Calendar"
    _order = "is_default desc, name"

    account_id = fields.Many2one(
        "outlook.account", required=True, readonly=True, ondelete="cascade", index=True
    )
    name = fields.Char(readonly=True)
    remote_id = fields.Char(required=True, readonly=True)
    is_default = fields.Boolean(readonly=True)
    direction = fields.Selection(related="account_id.direction")
    delta_link = fields.Text(groups=fields.NO_ACCESS)  # opaque; empty: read everything
    window_start = fields.Datetime(readonly=True)
    window_end = fields.Datetime(readonly=True)
    read_number = fields.Integer(readonly=True)  # of the last full read begun
    is_reading_all = fields.Boolean(readonly=True)  # that read is not at its end yet
    is_complete = fields.Boolean(readonly=True)  # read to the end at least once
    last_pull = fields.Datetime(readonly=True)

    _remote_id_unique = models.UniqueIndex(
        "(account_id, remote_id)", "This calendar is known already."
    )

    def _forget_cursor(self):
        """Read everything again at the next pull, for the window of that day."""
        self.write({"delta_link": False, "is_reading_all": False})
