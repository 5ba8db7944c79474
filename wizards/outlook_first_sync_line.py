# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One meeting of the preview."""

from odoo import fields, models


class OutlookFirstSyncLine(models.TransientModel):
    """What will happen to one meeting."""

    _name = "outlook.first.sync.line"
    _description = "Outlook First Sync Line"
    _order = "start, id"

    wizard_id = fields.Many2one(
        "outlook.first.sync", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(readonly=True)
    start = fields.Datetime(readonly=True)
    flow = fields.Selection(
        [
            ("in", "Comes in"),
            ("out", "Goes out"),
            ("joined", "Joined"),
            ("left_out", "Left out"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
