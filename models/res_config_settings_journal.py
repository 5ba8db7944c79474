# Part of outlook_calendar. LGPL-3, see LICENSE.
"""How long the journal is kept."""

from odoo import fields, models

from .outlook_journal_undo import DEFAULT_DAYS, KEEP_DAYS


class ResConfigSettings(models.TransientModel):
    """One number: what is older cannot be undone any more."""

    _inherit = "res.config.settings"

    outlook_journal_days = fields.Integer(
        "Days of journal", config_parameter=KEEP_DAYS, default=DEFAULT_DAYS
    )
