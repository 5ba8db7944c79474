# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Access tokens from the cache, renewed when needed: MSAL on a scripted platform."""

import json
import logging
import time
from datetime import datetime, timezone

from ...core.errors import (
    AppRefused,
    BadAnswer,
    ConsentRevoked,
    Refused,
    TransientError,
)
from .identity_case import DISCOVERY, TOKEN, IdentityCase, sts_error
from .scripted_server import Reply, free_port


class TestToken(IdentityCase):
    def setUp(self):
        super().setUp()
        self.moment = time.time()
        self.stored = self.signed_in()

    def identity(self, cache="", **options):
        options.setdefault(
            "now", lambda: datetime.fromtimestamp(self.moment, timezone.utc)
        )
        return super().identity(cache, **options)

    def test_a_token_that_is_good_costs_no_request(self):
        identity = self.identity(self.stored)
        self.assertEqual(identity.token(), "access-first")
        self.assertEqual(self.server.seen, [])
        self.assertFalse(identity.cache_changed)

    def test_without_a_clock_msal_decides(self):
        self.assertEqual(self.identity(self.stored, now=None).token(), "access-first")
        self.assertEqual([seen.path for seen in self.server.seen], [DISCOVERY])

    def test_a_token_about_to_expire_is_renewed_and_so_is_the_refresh_token(self):
        stored = self.signed_in(expires_in=200)
        self.server.reply("POST", TOKEN, self.tokens(name="second"))
        identity = self.identity(stored)
        self.assertEqual(identity.token(), "access-second")
        form = self.server.seen[-1].form
        self.assertEqual(form["grant_type"], "refresh_token")
        self.assertEqual(form["refresh_token"], "refresh-first")
        self.assertTrue(identity.cache_changed)
        self.assertIn("refresh-second", identity.cache)
        self.assertNotIn("refresh-first", identity.cache)
        self.assertFalse(identity.cache_changed)
        self.server.seen.clear()
        self.assertEqual(self.identity(identity.cache).token(), "access-second")
        self.assertEqual(self.server.seen, [])

    def test_a_token_that_should_be_renewed_serves_while_the_platform_is_down(self):
        stored = json.loads(self.signed_in(refresh_in=600))
        for row in stored["AccessToken"].values():
            row["refresh_on"] = str(int(self.moment) - 1)
        self.server.reply("POST", TOKEN, Reply(503))
        self.assertEqual(self.identity(json.dumps(stored)).token(), "access-first")
        self.assertEqual(self.server.seen[-1].path, TOKEN)

    def test_refresh_does_not_ask_the_cache(self):
        self.server.reply("POST", TOKEN, self.tokens(name="second"))
        self.assertEqual(self.identity(self.stored).refresh(), "access-second")

    def test_a_token_of_another_cloud_or_application_is_not_used(self):
        elsewhere = f"https://127.0.0.1:{free_port()}"
        for changes in ({"client_id": "other"}, {"authority": elsewhere}):
            with self.subTest(changes=changes):
                self.registration = self.new_registration(**changes)
                with self.assertRaises((ConsentRevoked, TransientError)):
                    self.identity(self.stored).token()

    def test_another_authority_needs_a_new_sign_in(self):
        moved = json.loads(self.stored)
        for section in moved.values():
            for row in section.values():
                row["environment"] = "login.example"
        with self.assertRaises(ConsentRevoked) as caught:
            self.identity(json.dumps(moved)).token()
        self.assertEqual(caught.exception.code, "no_refresh_token")

    def test_refusals_of_the_refresh(self):
        for reply, kind in (
            (sts_error("invalid_grant", 700082), ConsentRevoked),
            (sts_error("interaction_required", 50076, claims="{}"), ConsentRevoked),
            (sts_error("invalid_grant", suberror="bad_token"), ConsentRevoked),
            (sts_error("invalid_client", 7000222, 401), AppRefused),
            (sts_error("temporarily_unavailable"), TransientError),
            (sts_error("invalid_scope", 70011), Refused),
            (Reply(500, "<html>"), TransientError),
            (Reply(429, {}, {"Retry-After": "12"}), TransientError),
            (Reply(fault="lost"), TransientError),
            (Reply(200, "<html>"), BadAnswer),
        ):
            with self.subTest(reply=reply):
                self.server.clear()
                self.server.reply("GET", DISCOVERY, self.configuration())
                self.server.reply("POST", TOKEN, reply)
                identity = self.identity(self.stored)
                with (
                    self.assertRaises(kind) as caught,
                    self.assertNoLogs(level=logging.INFO),
                ):
                    identity.refresh()
                self.assertIs(type(caught.exception), kind)
                self.assertIn("refresh-first", identity.cache)  # it may still be good

    def test_a_refusal_is_not_remembered(self):
        """MSAL repeats one from memory for a minute; the user may have come back."""
        refused = sts_error("invalid_grant", 50076)
        self.server.reply("POST", TOKEN, refused, self.tokens(name="second"))
        identity = self.identity(self.stored)
        with self.assertRaises(ConsentRevoked):
            identity.refresh()
        self.assertEqual(identity.refresh(), "access-second")

    def test_caches_that_hold_nobody(self):
        for cache in (
            "",
            "{}",
            "nonsense",
            "[1]",
            '{"Account": 7}',
            '{"Account": {"a": 7}}',
            '{"Account": [{}]}',
        ):
            with self.subTest(cache=cache):
                identity = self.identity(cache)
                with self.assertRaises(ConsentRevoked) as caught:
                    identity.token()
                self.assertEqual(caught.exception.code, "no_account")
        self.assertEqual(self.server.seen, [])

    def test_a_token_without_its_expiry(self):
        broken = json.loads(self.stored)
        for row in broken["AccessToken"].values():
            row["expires_on"] = "soon"
        with self.assertRaises(BadAnswer):
            self.identity(json.dumps(broken)).token()
