# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a waiting deletion deletes."""

from odoo import fields, models

from .snapshot_field import Snapshot


class OutlookOutbox(models.Model):
    """A deletion knows what it deletes."""

    _inherit = "outlook.outbox"

    was = Snapshot(readonly=True, groups=fields.NO_ACCESS)  # see ``outlook.memory``
    keeps_meeting = fields.Boolean(readonly=True)  # the meeting stays in Odoo
