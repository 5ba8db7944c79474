# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Signing in at Microsoft: out through /outlook_calendar/connect, and back."""

import hmac
import logging
import secrets
from datetime import timedelta

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.misc import hash_sign, verify_hash_signed

from odoo.addons.microsoft_account.controllers.main import MicrosoftAuth

from ..core.errors import ConsentRevoked, GraphError, Refused

_logger = logging.getLogger(__name__)

_FLOW = "outlook_calendar_flow"  # in the session: PKCE verifier and nonce
_SCOPE = "outlook_calendar.sign_in"  # of the signature
_VALID = timedelta(minutes=10)
_CALENDAR = "/odoo/calendar"


class OutlookIdentity(MicrosoftAuth):
    """The two ends of the authorization code flow with PKCE.

    ``state`` is signed, valid ten minutes, bound to the user, and matches a nonce in
    his session that is used up at the first return, so neither a foreign nor a
    replayed answer connects a mailbox.
    """

    @http.route("/outlook_calendar/connect", type="http", auth="user", readonly=False)
    def connect(self, shared="", **_query):
        """Send the user to Microsoft's sign-in.

        :param shared: ``1`` to ask for the calendars that others share, as well
        """
        connection = request.env["outlook.connection"].sudo()
        if not request.env.user._is_internal():
            return request.not_found()
        if why := connection._why_at_rest():
            return self._tell(why)
        return self._send_to_microsoft(connection, shared == "1")

    def _send_to_microsoft(self, connection, wants_shared):
        """Begin a sign-in; who sees shared calendars asks for them each time."""
        nonce = secrets.token_urlsafe(16)
        signed = hash_sign(
            request.env(su=True), _SCOPE, [request.env.uid, nonce], expiration=_VALID
        )
        account = request.env["outlook.account"]._own()
        sees_shared = bool(account) and (account.sees_shared or wants_shared)
        sees_shared = sees_shared and not account.is_personal
        try:
            flow = connection._identity(sees_shared=sees_shared).start(
                connection._redirect_uri(), signed, login_hint=account.email or ""
            )
        except GraphError as error:
            return self._tell(request.env["outlook.journal"]._sentence(error))
        request.session[_FLOW] = {
            "nonce": nonce,
            "flow": flow,
            "sees_shared": sees_shared,
        }
        return request.redirect(flow["auth_uri"], local=False)

    @http.route()
    def oauth2callback(self, **query):
        """Take the answer of a sign-in that we started; others go to Odoo's own."""
        claim = self._claim(query.get("state"))
        if claim is None:
            return super().oauth2callback(**query)
        kept = request.session.pop(_FLOW, None)
        problem = self._check(claim, kept)
        if problem:
            return self._tell(problem)
        try:
            return self._finish(kept["flow"], query, kept["sees_shared"])
        except GraphError as error:
            _logger.info("Outlook: sign-in refused (%s)", error.code or "no code")
            return self._tell(self._refusal(error, kept["sees_shared"]))

    def _claim(self, state):
        """Return what our ``state`` says: ``[user id, nonce]``, or ``[]`` when it is
        expired or forged; None when it is not of our making (Odoo's own is JSON)."""
        try:
            return verify_hash_signed(request.env(su=True), _SCOPE, state or "") or []
        except (ValueError, IndexError):  # not base64, another version, cut short
            return None

    def _check(self, claim, kept):
        """Return why this answer is refused, ``""`` when it is ours to take."""
        again = request.env._("Please click Outlook again.")
        if not claim:
            return request.env._("The sign-in took too long. %(hint)s", hint=again)
        user_id, nonce = claim
        if not kept or not hmac.compare_digest(kept["nonce"], nonce):
            return request.env._(
                "This sign-in was not started in this browser, or it was used already. "
                "%(hint)s",
                hint=again,
            )
        if user_id != request.env.uid:
            return request.env._(
                "This sign-in was started by another Odoo user. %(hint)s", hint=again
            )
        return ""

    def _finish(self, flow, query, sees_shared):
        """Redeem the code and show what comes next."""
        connection = request.env["outlook.connection"].sudo()
        identity = connection._identity(sees_shared=sees_shared)
        person = identity.finish(flow, query)
        account = request.env["outlook.account"]
        saw_shared = account._own().sees_shared
        account = account._signed_in(person, identity.cache, sees_shared)
        if account.state == "draft":
            return request.redirect(
                "/odoo/action-outlook_calendar.outlook_first_sync_action"
            )
        if sees_shared and not saw_shared:
            return self._show_calendars(account)
        return self._tell(
            request.env._(
                "Outlook is connected again. Waiting changes are being sent."
            ),
            level="success",
        )

    def _show_calendars(self, account):
        """Go to the connection, where the calendars of others are listed now."""
        try:
            account.action_list_calendars()
        except UserError as error:
            return self._tell(str(error))
        return request.redirect(f"/odoo/outlook.account/{account.id}")

    def _refusal_of_shared(self, account):
        """Return what goes on when the calendars of others were not allowed."""
        if account.state == "revoked":
            account.sudo().sees_shared = False  # the next try asks for less
            return request.env._(
                "You did not allow Odoo to see calendars that others share. Please "
                "click Reconnect once more: it then asks for your own calendars "
                "alone."
            )
        return request.env._(
            "You did not allow Odoo to see calendars that others share. Your "
            "connection goes on as before. Your organization may require an "
            "administrator's consent."
        )

    def _refusal(self, error, sees_shared):
        """Return why Microsoft, or we, refused a sign-in."""
        if error.code == "access_denied" and sees_shared:
            return self._refusal_of_shared(request.env["outlook.account"]._own())
        if error.code == "access_denied":
            return request.env._(
                "You did not allow Odoo to use your Outlook calendar, so nothing was "
                "connected. Your organization may also require an administrator's "
                "consent."
            )
        if error.code == "other_mailbox":
            return request.env._(
                "You signed in with another mailbox than before. Sign in with "
                "%(email)s, or disconnect first.",
                email=request.env["outlook.account"]._own().email or "",
            )
        if isinstance(error, ConsentRevoked):
            return request.env._(
                "Microsoft did not accept this sign-in. Please click Outlook again."
            )
        if isinstance(error, Refused):
            return request.env._(
                "Microsoft refused the sign-in (%(code)s). Please try again, or ask an "
                "administrator to press Test in the settings.",
                code=error.code or error.status,
            )
        return request.env["outlook.journal"]._sentence(error)

    def _tell(self, text, level="danger"):
        """Go back to the calendar with a sentence for the user."""
        request.session["outlook_calendar_message"] = {"text": text, "level": level}
        return request.redirect(_CALENDAR)
