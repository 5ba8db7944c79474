# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The first exchange: what goes out with it, and how far it is."""

from odoo import api, fields, models


class OutlookAccount(models.Model):
    """Remembers what there was to do at the start, and tells what is left of it."""

    _inherit = "outlook.account"

    export_invites = fields.Boolean(
        "Invite their guests",
        help="Outlook mails an invitation to the guests of upcoming meetings that were "
        "made before. Without, these go out as copies, and nobody gets mail.",
    )
    expected_in = fields.Integer(readonly=True)  # meetings, by the preview
    exported_count = fields.Integer(readonly=True)  # how many were queued
    exported_until = fields.Integer(readonly=True)  # the last of these rows

    def _predates(self, event):
        """Whether a meeting was made before the connection was started."""
        # Before the start everything is old, as the preview shows it.
        made = event.create_date or self.env.cr.now()
        return not self.started_at or made < self.started_at

    def _invites_to_old(self):
        """Whether the owner wants guests of meetings made before to be invited."""
        return self.export_invites and self.export_existing != "none"

    def _first_progress(self):
        """Return how far the first exchange is, False when it is over.

        :return: ``{"phase": "reading" or "sending", "done": int, "total": int}``
        """
        if self.state != "connected":
            return False
        if not self.has_exported:
            done = self.link_count
            total = max(self.expected_in, done)
            return {"phase": "reading", "done": done, "total": total}
        left = self._first_left()
        if not left:
            return False
        total = max(self.exported_count, left)
        return {"phase": "sending", "done": total - left, "total": total}

    def _first_left(self):
        """Return how many of the meetings queued at the start still wait."""
        domain = [
            ("account_id", "=", self.id),
            ("state", "=", "waiting"),
            ("id", "<=", self.exported_until),
        ]
        return self.env["outlook.outbox"].sudo().search_count(domain)


class OutlookOutbox(models.Model):
    """Tells how much there is to send at the start."""

    _inherit = "outlook.outbox"

    @api.model
    def _note_existing(self, account):
        """Remember how many meetings go out."""
        result = super()._note_existing(account)
        rows = self.search([("account_id", "=", account.id), ("state", "=", "waiting")])
        last = max(rows.ids, default=0)
        account.write({"exported_count": len(rows), "exported_until": last})
        return result


class OutlookStatus(models.AbstractModel):
    """Tells the calendar's header of the first exchange."""

    _inherit = "outlook.status"

    @api.model
    def _of_user(self):
        """Add how far the first exchange is."""
        status = super()._of_user()
        account = self.env["outlook.account"].browse(status["account_id"])
        is_shown = status["state"] in ("connected", "failing")
        return status | {"progress": is_shown and account._first_progress()}
