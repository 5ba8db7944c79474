# Part of outlook_calendar. LGPL-3, see LICENSE.
"""How one meeting, and one user, stand with Outlook."""

from odoo import api, fields, models
from odoo.http import request


class OutlookStatus(models.AbstractModel):
    """Answers for the meeting form, the calendar header and Odoo's mails."""

    _name = "outlook.status"
    _description = "Outlook: Status"

    @api.model
    def _of(self, event):
        """Return the state of a meeting and the reason, for the current user."""
        if not event.id:
            return "none", False
        event = event.sudo()
        accounts = self._accounts(event)
        # Not through the event's field: its cache serves less privileged readers too.
        links = self._links(event, accounts)
        rows = (
            self.env["outlook.outbox"]
            .sudo()
            .search([("event_id", "=", event.id), ("account_id", "in", accounts.ids)])
        )
        failed = rows.filtered(lambda row: row.state == "failed")
        if failed or any(links.mapped("problem")):
            return "failed", failed[:1].reason or links.filtered("problem")[:1].problem
        if rows:
            return "waiting", rows[0].reason or self._why_waiting(rows[0].account_id)
        if links.filtered(lambda link: not link.is_gone):
            return "synced", self._hint(event)
        return self._why_not(event, accounts)

    @api.model
    def _accounts(self, event):
        """Return the user's own connection if the meeting is his, else the owner's."""
        accounts = self.env["outlook.account"].sudo()
        takes_part = (
            event.user_id == self.env.user
            or self.env.user.partner_id in event.partner_ids
        )
        own = accounts.search([("user_id", "=", self.env.user.id)])
        linked = self._links(event).account_id
        if own and (takes_part or own in linked):
            return own
        owner = accounts.search([("user_id", "=", event.user_id.id)])
        return owner or linked[:1]

    @api.model
    def _links(self, event, accounts=None):
        """Return the links of a meeting, of all mailboxes or of some."""
        domain = [("event_id", "=", event.id)]
        if accounts is not None:
            domain.append(("account_id", "in", accounts.ids))
        return self.env["outlook.link"].sudo().search(domain)

    @api.model
    def _why_waiting(self, account):
        if account.state == "paused":
            return self.env._("The connection is paused.")
        if account.state == "revoked":
            return self.env._("The connection needs a new sign-in.")
        return self.env._("It is sent within a minute.")

    @api.model
    def _hint(self, event):
        """Return what a person should know of a meeting that is in step."""
        nameless = event.partner_ids.filtered(lambda partner: not partner.email)
        if nameless:
            return self.env._(
                "Not in Outlook, because they have no e-mail address: %(names)s.",
                names=", ".join(nameless.mapped("name")),
            )
        return False

    @api.model
    def _why_not(self, event, accounts):
        """Return why a meeting is in no mailbox; ``none`` where nobody is connected."""
        started = accounts.filtered(lambda account: account.state != "draft")
        if not started:
            return "none", False
        if event.recurrency:
            text = self.env._("Repeating meetings are not kept in step yet.")
        elif self._links(event).filtered("is_gone"):
            text = self.env._("It was removed from this Outlook calendar.")
        elif event.create_date < (started[0].started_at or fields.Datetime.now()):
            text = self.env._("It was made before the connection.")
        elif not started[0]._may_push():
            text = self.env._("The connection only reads from Outlook.")
        else:
            text = self.env._("It is not in this Outlook calendar.")
        return "excluded", text

    @api.model
    def _retry(self, event):
        """Send or read a failed meeting again."""
        accounts = self._accounts(event.sudo())
        own = accounts.filtered(lambda account: account.user_id == self.env.user)
        rows = (
            self.env["outlook.outbox"]
            .sudo()
            .search([("event_id", "=", event.id), ("account_id", "in", own.ids)])
        )
        rows._reset()
        links = event.sudo().outlook_link_ids.filtered(
            lambda link: link.account_id in own and link.problem
        )
        if links:
            links.write({"etag": False})
            own.calendar_ids._forget_cursor()

    @api.model
    def _silences_odoo(self, event):
        """Whether Odoo's own invitations and updates of a meeting are not sent.

        The table of *Mail* in the README, by what Outlook has or will be sent.
        """
        links = event.outlook_link_ids
        if links.filtered(lambda link: link.kind == "meeting"):
            return True
        accounts = self.env["outlook.account"].sudo()
        account = accounts.search([("user_id", "=", event.user_id.id)])
        if not account or not account._may_push() or event.recurrency:
            return False
        if account.state not in ("connected", "paused"):
            return False
        if account.invitation_mode == "none":
            return True
        if links.filtered(lambda link: link.account_id == account):
            return False  # a copy: its guests know the meeting from Odoo
        return self.env["outlook.outbox"]._kind(account, event) == "meeting"

    @api.model
    def _of_user(self):
        """Return how the current user is connected, for the calendar's header."""
        connection = self.env["outlook.connection"]
        account = self.env["outlook.account"].search(
            [("user_id", "=", self.env.uid)], limit=1
        )
        state = account.state or "disconnected"
        if connection._is_at_rest() or not self.env.user._is_internal():
            state = "hidden"
        elif state == "connected" and account.error_message:
            state = "failing"
        return {
            "state": state,
            "account_id": account.id,
            "email": account.email or "",
            "last_sync": fields.Datetime.to_string(account.last_sync) or False,
            "waiting": account.waiting_count,
            "failed": account.failed_count,
            "conflicts": account.conflict_count,
            "message": account.error_message or "",
            "flash": self._flash(),
        }

    @api.model
    def _flash(self):
        """Return, once, what a sign-in wants to tell: ``{text, level}`` or False."""
        return bool(request) and request.session.pop("outlook_calendar_message", False)
