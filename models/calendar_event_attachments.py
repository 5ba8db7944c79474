# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The attachments that a meeting has in Outlook."""

from odoo import api, fields, models


class CalendarEvent(models.Model):
    """Lists the attachments; the files stay in Outlook."""

    _inherit = "calendar.event"

    outlook_attachment_ids = fields.Many2many(
        "outlook.attachment",
        string="Attachments in Outlook",
        compute="_compute_outlook_attachment_ids",
    )

    @api.depends("outlook_item_ids", "recurrence_id.outlook_link_ids")
    @api.depends_context("uid")
    def _compute_outlook_attachment_ids(self):
        """Those of the reader's own mailbox, else of another one that has some."""
        domain = ["|", ("event_id", "in", self.ids)]
        domain += [("recurrence_id", "in", self.recurrence_id.ids)]
        links = self.env["outlook.link"].sudo().search(domain)
        found = self.env["outlook.attachment"].search([("link_id", "in", links.ids)])
        by_link = found.grouped(lambda row: row.sudo().link_id)
        for event in self:
            own, series = event._origin.id, event.recurrence_id._origin.id
            its = links.filtered(
                lambda link, own=own, series=series: (
                    (own and link.event_id.id == own)
                    or (series and link.recurrence_id.id == series)
                )
            )
            ordered = its.sorted(
                lambda link: (link.account_id.user_id.id != self.env.uid, link.id)
            )
            lists = (
                event._outlook_own_attachments(by_link[link])
                for link in ordered
                if link in by_link
            )
            event.outlook_attachment_ids = next(filter(None, lists), found.browse())

    def _outlook_own_attachments(self, attachments):
        """Return those of the meeting, of a series without those of other days."""
        series = self.recurrence_id._origin.sudo()
        mapper = self.env["outlook.series.mapper"]
        slot = series and (self.outlook_slot or mapper._day(self._origin, series))
        return attachments.filtered(lambda one: not one.slot or one.slot == slot)
