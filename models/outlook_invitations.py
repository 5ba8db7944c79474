# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who invites the guests of a meeting: Outlook, Odoo, or nobody."""

from odoo import api, models
from odoo.exceptions import UserError


class OutlookInvitations(models.AbstractModel):
    """Answers for one meeting, and carries a choice out.

    What Outlook has decides: a meeting with guests there is invited to by Outlook,
    whatever is chosen for other meetings later.
    """

    _name = "outlook.invitations"
    _description = "Outlook: Who Invites"

    @api.model
    def _choices(self):
        """Return the choices of a connection, which those of a meeting are, too."""
        field = self.env["outlook.account"]._fields["invitation_mode"]
        return field._description_selection(self.env)

    @api.model
    def _wanted(self, account, event):
        """Return what was chosen for a meeting, else for the connection."""
        return event.outlook_invited_by or account.invitation_mode

    @api.model
    def _of(self, event):
        """Return who invites to a meeting; False where the add-on has no say in it.

        :param event: as superuser; may be one that is not saved yet
        """
        if self.env["outlook.connection"]._is_at_rest():
            return False
        if any(link._fields_out() for link in self._sent(event)):
            return "outlook"
        account = self._account(event)
        if not account:
            return False
        wanted = self._wanted(account, event)
        if wanted != "outlook":
            return wanted
        if event.outlook_link_ids.filtered(lambda link: link.account_id == account):
            return "odoo"  # a copy, or kept in Odoo alone
        kind = self.env["outlook.outbox"]._kind(account, event)
        return "outlook" if kind == "meeting" else "odoo"

    @api.model
    def _account(self, event):
        """Return the organizer's connection, if it sends what Odoo changes."""
        account = self.env["outlook.account"]._of_organizer(event)
        return account.filtered(lambda one: one._may_push())

    @api.model
    def _sent(self, event):
        """Return the links of the organizer's own meeting in Outlook."""
        links = event.outlook_link_ids
        return links.filtered(lambda link: link.organizes and not link.is_gone)

    @api.model
    def _has_invited(self, event):
        """Whether Outlook has told guests of the meeting, or may just be telling."""
        if any((one.base_outlook or {}).get("attendees") for one in self._sent(event)):
            return True
        return bool(self._waiting(event).filtered("attempts"))

    @api.model
    def _waiting(self, event):
        """Return what is to make the meeting in Outlook, with its guests."""
        series = event.recurrence_id
        what = (
            ("recurrence_id", "=", series.id) if series else ("event_id", "=", event.id)
        )
        domain = [what, ("operation", "=", "save"), ("kind", "=", "meeting")]
        if self._sent(event):
            return self.env["outlook.outbox"].sudo()
        return self.env["outlook.outbox"].sudo().search(domain)

    @api.model
    def _check(self, event):
        """Refuse that somebody else invites after Outlook did: it would call it off.

        :raise UserError: the guests would get a cancellation
        """
        if self._has_invited(event):
            raise UserError(
                self.env._(
                    "Outlook has invited the guests. It cannot hand that over without "
                    "telling them that the meeting is called off. To invite in another "
                    "way, delete this meeting and make a new one."
                )
            )

    @api.model
    def _choose(self, event, choice):
        """Let ``choice`` invite to a meeting, or to the series that it belongs to."""
        before = self._of(event)
        if not before or choice == before:
            return
        meetings = event | event.recurrence_id.calendar_event_ids
        if choice == "outlook":
            meetings.outlook_invited_by = choice
            copies = event.outlook_link_ids.filtered(
                lambda link: link.account_id == self._account(event)
            )
            copies._become_meeting()
            return
        waiting = self._waiting(event)
        is_untold = before == "outlook" and bool(waiting)
        waiting.kind = "copy"
        self._sent(event)._become_copy()
        meetings.outlook_invited_by = choice
        if choice == "odoo" and is_untold:
            event.attendee_ids._send_invitation_emails()  # Outlook was about to
