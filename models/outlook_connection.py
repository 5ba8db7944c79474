# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The way to Microsoft: the app registration, and a client for one account."""

import uuid
from datetime import datetime, timezone

from odoo import api, models
from odoo.tools import str2bool

from ..graph.calendars import Calendars
from ..graph.client import GraphClient, new_session
from ..graph.identity import SCOPES, SHARED_SCOPES, Identity, Registration
from .outlook_vault import PREFIX

# Microsoft's names for whoever may sign in, instead of one directory.
_OPEN = frozenset({"common", "organizations", "consumers"})
AUTHORITY = "https://login.microsoftonline.com"
GRAPH_URL = "https://graph.microsoft.com/v1.0"
REDIRECT_PATH = "/microsoft_account/authentication"
CLIENT_ID = "microsoft_calendar_client_id"
CLIENT_SECRET = "microsoft_calendar_client_secret"


def utc_now():
    """Return the aware present."""
    return datetime.now(timezone.utc)


class OutlookConnection(models.AbstractModel):
    """Reads the settings and builds clients; keeps no state."""

    _name = "outlook.connection"
    _description = "Outlook: Connection to Microsoft"

    @api.model
    def _param(self, name, default=""):
        """Return one of our system parameters, or ``default`` when empty."""
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(f"outlook_calendar.{name}") or default

    @api.model
    def _registration(self):
        """Return the app registration as :class:`graph.identity.Registration`."""
        parameters = self.env["ir.config_parameter"].sudo()
        secret = parameters.get_param(CLIENT_SECRET) or ""
        if secret.startswith(PREFIX):
            secret = self.env["outlook.vault"]._open(secret)
        return Registration(
            client_id=parameters.get_param(CLIENT_ID) or "",
            client_secret=secret,
            authority=self._param("authority", AUTHORITY),
            tenant=self._param("tenant", "common"),
        )

    @api.model
    def _is_of_one_organization(self):
        """Whether one organization alone signs in, which knows whose an address is.

        Elsewhere anybody may own a directory in which somebody has any address.
        """
        return self._registration().tenant not in _OPEN

    @api.model
    def _set_client_secret(self, secret):
        """Store the client secret; sealed, unless Odoo's own module reads it too."""
        if not self._has_odoo_module():
            secret = self.env["outlook.vault"]._seal(secret)
        self.env["ir.config_parameter"].sudo().set_param(CLIENT_SECRET, secret)

    @api.model
    def _seal_client_secret(self):
        """Seal a secret in plain text; open it where Odoo's own module reads it too."""
        secret = self._registration().client_secret
        if secret:
            self._set_client_secret(secret)

    @api.model
    def _has_odoo_module(self):
        """Whether Odoo's own ``microsoft_calendar`` is there, and not taken over."""
        is_there = "microsoft_id" in self.env["calendar.event"]._fields
        return is_there and not self.env["outlook.take.over"]._is_done()

    @api.model
    def _is_enabled(self):
        """Whether the administrator switched the add-on on and gave a client id."""
        if not str2bool(self._param("enabled", "0"), False):
            return False
        return bool(self.env["ir.config_parameter"].sudo().get_param(CLIENT_ID))

    @api.model
    def _is_at_rest(self):
        """Whether nothing may be sent or read: switched off, or another module syncs.

        Two modules on the same mailboxes would answer each other for ever, so ours
        stays still until the other one is gone or taken over.
        """
        return not self._is_enabled() or self._has_odoo_module()

    @api.model
    def _redirect_uri(self):
        return self.get_base_url() + REDIRECT_PATH

    @api.model
    def _identity(self, account=None, sees_shared=False):
        """Return MSAL's side of ``account``, or of a sign-in that has none yet.

        :param bool sees_shared: ask for the calendars of others at the sign-in, too
        """
        cache = ""
        if account:
            cache = self.env["outlook.vault"]._open(account.sudo().token_cache)
            sees_shared = account.sees_shared
        return Identity(
            self._registration(),
            new_session(),
            cache,
            scopes=SHARED_SCOPES if sees_shared else SCOPES,
            without_profile=bool(account) and account.sudo().is_taken_over,
            now=utc_now,
        )

    @api.model
    def _old_identity(self):
        """Return MSAL's side of a sign-in that Odoo's own module made."""
        return Identity(
            self._registration(), new_session(), without_profile=True, now=utc_now
        )

    @api.model
    def _calendars(self, account):
        """Return a Graph client for the mailbox of ``account``.

        Without a token that can be opened here, its requests raise ConsentRevoked.
        """
        identity = self._identity(account)
        client = GraphClient(
            new_session(),
            self._param("graph_url", GRAPH_URL),
            lambda: self._token(account, identity, identity.token),
            utc_now,
            request_id=lambda: str(uuid.uuid4()),
            refresh=lambda: self._token(account, identity, identity.refresh),
        )
        return Calendars(client)

    @api.model
    def _token(self, account, identity, ask):
        """Return an access token; a rotated refresh token is kept at once."""
        token = ask()
        if identity.cache_changed:
            account._keep_token_cache(identity.cache)
        return token
