# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a sign-in at Microsoft leaves in Odoo."""

from odoo import api, models

from ..core.errors import NotFound, Refused
from ..graph.identity import CONSUMERS


class OutlookAccount(models.Model):
    """Takes tokens in, for a new connection or for one that was signed out."""

    _inherit = "outlook.account"

    @api.model
    def _own(self):
        """Return the current user's connection; empty without one."""
        return self.search([("user_id", "=", self.env.uid)], limit=1)

    @api.model
    def _signed_in(self, person, cache, sees_shared=None):
        """Keep the tokens of a sign-in; make the connection when there is none.

        :param person: :class:`graph.identity.SignedIn`
        :param str cache: MSAL's serialized cache
        :param bool sees_shared: whether the calendars of others were asked for
        :raise Refused: ``other_mailbox``, when meetings are linked to another one
        """
        remote_user = f"{person.object_id}.{person.tenant_id}"
        account = self._own().sudo()
        known = account.remote_user  # nobody's after a take-over that needs a sign-in
        if known and known != remote_user and account.state != "draft":
            raise Refused("another mailbox", code="other_mailbox")
        if not account:
            account = self.sudo().create({"user_id": self.env.uid})
        if account.parted_from and account.parted_from != remote_user:
            self.env["outlook.parting"]._forget(account)  # they are in another mailbox
        account._keep_token_cache(cache)
        account.write({"remote_user": remote_user, "is_taken_over": False})
        if sees_shared is not None and account.sees_shared != sees_shared:
            account.write({"sees_shared": sees_shared, "calendars_listed_at": False})
        account._learn_address(person.username)
        if account.state == "revoked":
            account.write(
                {"state": "connected", "error_message": False, "not_before": False}
            )
            account._note("connect", self.env._("Signed in again."))
            self._trigger_crons()
        return account.sudo(False)

    def _disconnect(self, summary="", **values):
        """Forget the mailbox; the choices and the journal stay.

        :param summary: for the journal; by default that all meetings stay
        :param values: more of its line
        """
        for account in self:
            self.env["outlook.parting"]._remember(account)
            account.parted_from = account.remote_user
        domain = [("account_id", "in", self.ids)]
        for model in ("outlook.outbox", "outlook.link", "outlook.calendar"):
            self.env[model].search(domain).unlink()
        self.write(
            {
                "state": "draft",
                "token_cache": False,
                "remote_user": False,
                "is_taken_over": False,
                "sees_shared": False,
                "started_at": False,
                "has_exported": False,
                "error_message": False,
                "not_before": False,
                "may_remove": False,
                "calendars_listed_at": False,
                **self._no_question(),
            }
        )
        summary = summary or self.env._("Disconnected; all meetings stay.")
        self._note("disconnect", summary, **values)

    @api.depends("remote_user")
    def _compute_is_personal(self):
        """Whether it is a personal Microsoft account, where nothing is shared."""
        for account in self:
            tenant = (account.sudo().remote_user or "").rpartition(".")[2]
            account.is_personal = tenant == CONSUMERS

    def _learn_address(self, username):
        """Ask the mailbox for its address; the sign-in name need not be one."""
        outlook = self.env["outlook.connection"]._calendars(self)
        owner = outlook.default_calendar().get("owner") or {}
        self.email = (owner.get("address") or username).lower()
        try:
            told = outlook.own_addresses() - self._addresses()
        except (Refused, NotFound):
            return  # the app was not given the profile, which it does not need
        if told:
            self.aliases = " ".join(sorted({*told, *(self.aliases or "").split()}))

    @api.model
    def _connected_of(self, user):
        """Return the connection of a user that was started; empty without one."""
        return self.search([("user_id", "=", user.id), ("state", "!=", "draft")])

    @api.model
    def _of_organizer(self, event):
        """Return the organizer's own connection, else one of a colleague for him."""
        organizer = event.sudo().user_id
        own = self.sudo()._connected_of(organizer)
        return own or self.env["outlook.calendar"]._of_organizer(event).account_id
