# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's own module signs in at the sandbox and keeps its tokens fresh."""

from datetime import timedelta

from .common import PeerCase
from .server import RpcError

HOUR = 3600


class TestSignIn(PeerCase):
    def tokens(self):
        """Return access token, refresh token and validity of Ann's connection."""
        with self.env() as env:
            user = self.user(env)
            return (
                user.microsoft_calendar_token,
                user.microsoft_calendar_rtoken,
                user.microsoft_calendar_token_validity,
            )

    def let_the_token_expire(self):
        """Let two hours pass at Microsoft, and the same two for Odoo's token."""
        self.control("clock", advance=2 * HOUR)
        self.addCleanup(self.control, "clock", reset=True)
        with self.env() as env:
            user = self.user(env)
            user.microsoft_calendar_token_validity -= timedelta(hours=2)

    def test_signs_in_and_comes_back_to_the_calendar(self):
        self.assertEqual("/odoo/calendar", self.connect())
        access, refresh, validity = self.tokens()
        self.assertTrue(access and refresh)
        self.assertGreater(validity, self.now)
        with self.env() as env:
            ids = self.user(env).ids
        status = self.orm("ann", "res.users", "check_synchronization_status", ids)
        self.assertEqual("sync_active", status["microsoft_calendar"])

    def test_a_refused_consent_comes_back_as_an_error(self):
        back = self.connect(accept=False)
        self.assertEqual("/odoo/calendar?error=access_denied", back)
        self.assertEqual((False, False), self.tokens()[:2])

    def test_an_expired_token_is_refreshed(self):
        self.connect()
        self.sync()
        before, refresh, _validity = self.tokens()
        self.let_the_token_expire()
        self.in_outlook()
        self.sync()
        after, kept, validity = self.tokens()
        self.assertNotEqual(before, after)
        self.assertEqual(refresh, kept)  # the module drops the new one it is given
        self.assertGreater(validity, self.now)
        self.assertEqual([("Board",)], self.look_up("name"))

    def test_a_revoked_sign_in_asks_to_sign_in_again(self):
        self.connect()
        self.sync()
        self.let_the_token_expire()
        self.control("people/ann@contoso.example/revoke")
        self.refusals = [400]
        with (
            self.assertLogs("odoo.addons.microsoft_account", "ERROR"),
            self.assertRaisesRegex(RpcError, r"\[invalid_grant\]"),
        ):
            self.open_calendar()
        self.assertEqual((False, False), self.tokens()[:2])
        self.assertEqual("need_auth", self.open_calendar()["status"])
