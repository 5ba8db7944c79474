# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a mailbox is to get of a meeting that it does not have yet."""

from odoo import api, fields, models


class OutlookOutbox(models.Model):
    """Tells meetings, whose guests Outlook invites, from copies."""

    _inherit = "outlook.outbox"

    @api.model
    def _wants_copy(self, account, event):
        """Whether a meeting without a link belongs into this mailbox as a copy.

        The organizer's own: yes. Somebody else's: only while his mailbox does not
        bring the meeting by itself.
        """
        links = event.outlook_link_ids
        if links.filtered(lambda link: link.account_id == account):
            return False
        if links.filtered(lambda x: x.kind == "meeting" and not x.is_gone):
            return False  # Outlook has it, and brings it to those who take part
        if event.user_id == account.user_id:
            return True
        return account.copy_as_guest and account.user_id.partner_id in event.partner_ids

    @api.model
    def _is_coming(self, event):
        """Whether the organizer's mailbox is about to bring a meeting to its guests."""
        series = event.recurrence_id
        what = (
            ("recurrence_id", "=", series.id) if series else ("event_id", "=", event.id)
        )
        rows = self.search(
            [
                what,
                ("operation", "=", "save"),
                ("kind", "=", "meeting"),
                (
                    "account_id",
                    "in",
                    self.env["outlook.account"]._of_organizer(event).ids,
                ),
            ]
        )
        if event.stop < fields.Datetime.now():
            return False  # it becomes a copy, too
        return any(account._may_push() for account in rows.account_id)

    @api.model
    def _kind(self, account, event):
        """Return what a first save makes: a meeting whose guests Outlook invites, or
        a copy that mails nobody.

        Nothing is sent for the past, and nobody is invited to what was planned before
        the connection was made, unless the user asked for that.
        """
        if self.env["outlook.connection"]._is_at_rest():
            return "copy"  # Odoo has mailed the guests meanwhile
        wanted = self.env["outlook.invitations"]._wanted(account, event)
        shared = self.env["outlook.calendar"]._of_organizer(event)
        user = shared._user() if shared.account_id == account else account.user_id
        if event.user_id != user or self._is_old(account, event):
            return "copy"
        if wanted != "outlook" or account.state == "revoked":
            return "copy"
        series = event.recurrence_id
        is_over = bool(event.stop) and event.stop < fields.Datetime.now()
        if series:
            is_over = series._outlook_is_over()
        return "copy" if is_over else "meeting"

    @api.model
    def _is_old(self, account, event):
        """Whether guests know the meeting from before the connection."""
        if event.outlook_invited_by == "outlook":
            return not account.started_at  # somebody asks for it
        return account._predates(event) and not account._invites_to_old()
