# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One meeting of the disconnect wizard."""

from odoo import api, fields, models

from ..models.outlook_leaving import IN_ODOO, IN_OUTLOOK


class OutlookDisconnectLine(models.TransientModel):
    """What the choice means for one meeting."""

    _name = "outlook.disconnect.line"
    _description = "Outlook Disconnect Line"
    _order = "start, id"

    wizard_id = fields.Many2one(
        "outlook.disconnect", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(readonly=True)
    start = fields.Datetime(readonly=True)
    outlook_reason = fields.Char(readonly=True)  # why it stays in Outlook
    odoo_reason = fields.Char(readonly=True)  # why it stays in Odoo
    has_guests = fields.Boolean(readonly=True)
    fate = fields.Selection(
        [
            ("stays", "Stays"),
            ("outlook", "Goes from Outlook"),
            ("odoo", "Goes from Odoo"),
            ("both", "Goes from both"),
        ],
        compute="_compute_fate",
    )
    reason = fields.Char(compute="_compute_fate")

    @api.depends("wizard_id.keep", "outlook_reason", "odoo_reason")
    def _compute_fate(self):
        for line in self:
            keep = line.wizard_id.keep
            asks = keep in IN_OUTLOOK, keep in IN_ODOO
            reasons = line.outlook_reason, line.odoo_reason
            goes = [ask and not why for ask, why in zip(asks, reasons, strict=True)]
            fates = {(True, True): "both", (True, False): "outlook"}
            line.fate = fates.get(tuple(goes), "odoo" if goes[1] else "stays")
            told = [why for ask, why in zip(asks, reasons, strict=True) if ask and why]
            line.reason = " ".join(dict.fromkeys(told)) or False
