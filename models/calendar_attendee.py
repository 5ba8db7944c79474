# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Guests: as what they are invited, and answers, which leave a note."""

from odoo import fields, models


class CalendarAttendee(models.Model):
    """Notes answers for the mailbox of whoever gave them."""

    _inherit = "calendar.attendee"

    outlook_type = fields.Selection(
        [
            ("required", "Required"),
            ("optional", "Optional"),
            ("resource", "Room or resource"),
        ],
        string="Invited as",
        default="required",
    )
    outlook_answered_at = fields.Datetime("Answered", readonly=True)

    def write(self, vals):
        """Note an answer, and what changes for the organizer's mailbox."""
        answered = self.browse()
        if "state" in vals:
            answered = self.filtered(lambda one: one.state != vals["state"])
            now = fields.Datetime.now()
            vals = {"outlook_answered_at": now, **vals} if answered else vals
        result = super().write(vals)
        if "outlook_type" in vals:
            self.event_id._outlook_note()
        if not self.env.context.get("outlook_from_account"):
            answered.filtered(lambda one: one.state != "needsAction")._outlook_note()
        return result

    def _outlook_note(self):
        """Note the answers for the mailboxes of those who gave them."""
        if not self or not self.env["calendar.event"]._outlook_is_watched():
            return
        accounts = (
            self.env["outlook.account"]
            .sudo()
            .search(
                [
                    ("user_id.partner_id", "in", self.partner_id.ids),
                    ("state", "!=", "draft"),
                ]
            )
        )
        pairs = []
        for account in accounts.filtered(lambda one: one._may_push()):
            own = self.filtered(
                lambda one, account=account: (
                    one.partner_id == account.user_id.partner_id
                )
            )
            pairs += [(account, event) for event in own.event_id]
        self.env["outlook.outbox"]._note_answers(pairs)
