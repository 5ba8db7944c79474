# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Deletions about which the owner of a mailbox is asked: see the deletion guard."""

from odoo import fields, models


class OutlookOutbox(models.Model):
    """Knows what was asked about, and what the answer was."""

    _inherit = "outlook.outbox"

    consent = fields.Selection([("asked", "Asked"), ("given", "Given")], readonly=True)
