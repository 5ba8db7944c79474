# Part of outlook_calendar. LGPL-3, see LICENSE.
"""How one meeting, and one user, stand with Outlook."""

from odoo import api, fields, models
from odoo.http import request


class OutlookStatus(models.AbstractModel):
    """Answers for the meeting form, the calendar header and Odoo's mails."""

    _name = "outlook.status"
    _description = "Outlook: Status"

    @api.model
    def _of_all(self, events):
        """Return ``{event id: (state, reason)}`` for the current user.

        The number of queries does not grow with the number of meetings.
        """
        events = events.sudo()
        links = self._by_meeting("outlook.link", events)
        rows = self._by_meeting("outlook.outbox", events)
        users = events.user_id | self.env.user
        connected = (
            self.env["outlook.account"].sudo().search([("user_id", "in", users.ids)])
        )
        accounts = {account.user_id: account for account in connected}
        none = self.env["outlook.link"].sudo(), self.env["outlook.outbox"].sudo()
        return {
            event.id: self._of(
                event,
                self._of_one(links, event, none[0]),
                self._of_one(rows, event, none[1]),
                accounts,
            )
            for event in events
        }

    @api.model
    def _by_meeting(self, model, events):
        """Return links or outbox rows by the meeting or the series they belong to."""
        domain = [
            "|",
            ("event_id", "in", events.ids),
            ("recurrence_id", "in", events.recurrence_id.ids),
        ]
        found = self.env[model].sudo().search(domain)
        return found.grouped(lambda row: row.recurrence_id or row.event_id)

    @api.model
    def _of_one(self, found, event, none):
        series = event.recurrence_id
        return found.get(event, none) | (found.get(series, none) if series else none)

    @api.model
    def _of(self, event, links, rows, accounts):
        """Return state and reason of one meeting, from its links and outbox rows."""
        account = self._account(event, links, accounts)
        links = links.filtered(lambda link: link.account_id == account)
        rows = rows.filtered(lambda row: row.account_id == account)
        failed = rows.filtered(lambda row: row.state == "failed")
        problems = links.filtered("problem")
        if failed or problems:
            return "failed", failed[:1].reason or problems[:1].problem
        if rows:
            return "waiting", rows[0].reason or self._why_waiting(account)
        there = links.filtered(lambda link: not link.is_gone and not link._is_out())
        if there.filtered(lambda link: not link._is_kept_back()):
            return "synced", self._hint(event)
        return self._why_not(event, account, links)

    @api.model
    def _account(self, event, links, accounts):
        """Return the user's own connection if the meeting is his, else the owner's."""
        user = self.env.user
        takes_part = event.user_id == user or user.partner_id in event.partner_ids
        own = accounts.get(user, self.env["outlook.account"].sudo())
        if own and (takes_part or own in links.account_id):
            return own
        return accounts.get(event.user_id) or links.account_id[:1]

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
    def _why_not(self, event, account, links):
        """Return why a meeting is in no mailbox; ``none`` where nobody is connected."""
        if not account or account.state == "draft":
            return "none", False
        if links.filtered(lambda link: link._is_out()):
            text = self.env._("Its calendar in Outlook is not kept in step.")
        elif links.filtered(lambda link: link._is_kept_back()):
            text = self.env._("It is private: changes made in Odoo are not sent.")
        elif links.filtered("is_gone"):
            text = self.env._("It was removed from this Outlook calendar.")
        elif event.create_date < (account.started_at or fields.Datetime.now()):
            text = self.env._("It was made before the connection.")
        elif not account._may_push():
            text = self.env._("The connection only reads from Outlook.")
        else:
            text = self.env._("It is not in this Outlook calendar.")
        return "excluded", text

    @api.model
    def _retry(self, event):
        """Send or read a failed meeting of the current user again."""
        own = self.env["outlook.account"]._own().sudo()
        domain = [
            ("account_id", "=", own.id),
            "|",
            ("event_id", "=", event.id),
            ("recurrence_id", "=", event.recurrence_id.id or -1),
        ]
        self.env["outlook.outbox"].sudo().search(domain)._reset()
        links = (
            self.env["outlook.link"].sudo().search([*domain, ("problem", "!=", False)])
        )
        if links:
            links.write({"etag": False})
            links.calendar_id._forget_cursor()

    @api.model
    def _silences_odoo(self, event):
        """Whether Odoo's own invitations and updates of a meeting are not sent.

        The table of *Mail* in the README, by what Outlook has or will be sent.
        """
        if self.env["outlook.connection"]._is_at_rest():
            return False
        links = event.outlook_link_ids.filtered(lambda link: not link.is_gone)
        if any(link.organizes and link._fields_out() for link in links):
            return True
        if not event.user_id:  # somebody outside Odoo invites to it
            return bool(links.filtered(lambda link: link.kind == "meeting"))
        account = self.env["outlook.account"]._of_organizer(event)
        if not account or not account._may_push():
            return False
        wanted = self.env["outlook.invitations"]._wanted(account, event)
        if wanted == "none":
            return True
        if account.state not in ("connected", "paused"):
            return False
        if wanted == "odoo" or event.outlook_link_ids.filtered(
            lambda link: link.account_id == account
        ):
            return False  # a copy, or kept here alone: Odoo tells its guests
        return self.env["outlook.outbox"]._kind(account, event) == "meeting"

    @api.model
    def _of_user(self):
        """Return how the current user is connected, for the calendar's header."""
        connection = self.env["outlook.connection"]
        account = self.env["outlook.account"].search(
            [("user_id", "=", self.env.uid)], limit=1
        )
        is_signed_in = bool(account.sudo().token_cache)
        state = account.state if is_signed_in else "disconnected"
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
            "asks": account.is_asking,
            "flash": self._flash(),
        }

    @api.model
    def _is_used(self):
        """Whether a calendar is connected, or about to be, that the user may change."""
        accounts = self.env["outlook.account"].sudo()
        is_internal = self.env.user._is_internal()
        return bool(is_internal and accounts.search_count([], limit=1))

    @api.model
    def _flash(self):
        """Return, once, what a sign-in wants to tell: ``{text, level}`` or False."""
        return bool(request) and request.session.pop("outlook_calendar_message", False)
