# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Signing in: MSAL, unmodified, against a scripted identity platform."""

import hashlib
import json
import logging
import time
import warnings
from datetime import datetime, timezone
from urllib.parse import parse_qs, urlsplit

from ...core.errors import (
    AppRefused,
    BadAnswer,
    ConsentRevoked,
    Refused,
    TransientError,
)
from ...graph.identity import SCOPES, SHARED_SCOPES, SignedIn
from .identity_case import (
    CALLBACK,
    CLIENT,
    DISCOVERY,
    OTHER_TENANT,
    PERSON,
    SECRET,
    TENANT,
    TOKEN,
    IdentityCase,
    packed,
    sts_error,
)
from .scripted_server import Reply, free_port


class TestRegistration(IdentityCase):
    def test_the_secret_is_not_shown(self):
        self.assertNotIn(SECRET, repr(self.registration))

    def test_the_authority(self):
        registration = self.new_registration(
            authority="https://login.microsoftonline.us/", tenant="a b/c"
        )
        self.assertEqual(
            registration.authority_url, "https://login.microsoftonline.us/a%20b%2Fc"
        )
        self.assertEqual(registration.host, "login.microsoftonline.us")

    def test_settings_that_cannot_be_used(self):
        for changes, code in (
            ({"authority": "http://login.microsoftonline.com"}, "authority_invalid"),
            ({"authority": "login.microsoftonline.com"}, "authority_invalid"),
            ({"authority": "https://["}, "authority_invalid"),
            ({"authority": ""}, "authority_invalid"),
            ({"tenant": ""}, "tenant_unknown"),
            ({"tenant": ".."}, "tenant_unknown"),
        ):
            with self.subTest(changes=changes):
                self.registration = self.new_registration(**changes)
                with self.assertRaises(AppRefused) as caught:
                    self.identity().start(CALLBACK, "state")
                self.assertEqual(caught.exception.code, code)
        self.assertEqual(self.server.seen, [])


class TestStart(IdentityCase):
    def query(self, *args):
        flow = self.identity().start(CALLBACK, "state", *args)
        self.assertTrue(
            flow["auth_uri"].startswith(f"{self.server.url}/organizations/")
        )
        found = parse_qs(urlsplit(flow["auth_uri"]).query)
        return flow, {name: values[0] for name, values in found.items()}

    def test_the_authorize_request(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # MSAL warns about response_mode=query
            flow, query = self.query()
        verifier = flow["code_verifier"].encode()
        challenge = packed(hashlib.sha256(verifier).digest())
        self.assertEqual(query["code_challenge"], challenge)
        self.assertEqual(query["code_challenge_method"], "S256")
        self.assertEqual(query["response_type"], "code")
        self.assertEqual(query["response_mode"], "query")
        self.assertEqual(query["redirect_uri"], CALLBACK)
        self.assertEqual(query["state"], "state")
        self.assertEqual(query["client_id"], CLIENT)
        self.assertEqual(query["prompt"], "select_account")
        self.assertEqual(
            set(query["scope"].split()),
            {*SCOPES, "openid", "profile", "offline_access"},
        )
        self.assertEqual(json.loads(json.dumps(flow)), flow)

    def test_more_is_asked_for_where_it_is_wanted(self):
        flow = self.identity(scopes=SHARED_SCOPES).start(CALLBACK, "state")
        query = parse_qs(urlsplit(flow["auth_uri"]).query)
        self.assertIn("Calendars.ReadWrite.Shared", query["scope"][0].split())

    def test_a_known_person_is_not_asked_who_he_is(self):
        _flow, query = self.query("ann@contoso.example")
        self.assertEqual(query["login_hint"], "ann@contoso.example")
        self.assertNotIn("prompt", query)

    def test_nothing_but_the_configured_host_is_asked(self):
        """MSAL would ask the public cloud whether it knows the host."""
        self.query()
        self.assertEqual([seen.path for seen in self.server.seen], [DISCOVERY])

    def assert_start_raises(self, kind, *replies):
        self.server.clear()
        self.server.reply("GET", DISCOVERY, *replies)
        with self.assertRaises(kind) as caught:
            self.identity().start(CALLBACK, "state")
        self.assertIs(type(caught.exception), kind)
        return caught.exception

    def test_an_unknown_tenant(self):
        for status in (400, 404):
            with self.subTest(status=status):
                reply = sts_error("invalid_tenant", 90002, status)
                error = self.assert_start_raises(AppRefused, reply)
                self.assertEqual((error.code, error.status), ("tenant_unknown", status))

    def test_a_platform_that_is_down(self):
        date = {"Date": "Sun, 22 Nov 2026 12:00:00 GMT"}
        later = {"Retry-After": "Sun, 22 Nov 2026 12:00:30 GMT"}
        for headers, expected in (
            ({}, None),
            ({"Retry-After": "9"}, 9.0),
            (date | later, 30.0),
            ({"Date": "today"} | later, 0.0),
        ):
            for status in (429, 503):
                with self.subTest(headers=headers, status=status):
                    reply = Reply(status, "<html>", headers)
                    error = self.assert_start_raises(TransientError, reply)
                    self.assertEqual(error.retry_after, expected)
                    self.assertEqual(error.status, status)

    def test_configurations_that_cannot_be_used(self):
        for reply in (
            Reply(200, "<html>Hotel network: please log in</html>"),
            Reply(200, b""),
            Reply(200, [1]),
            Reply(200, b"[" * 100_000),
            Reply(200, b"x" * 1024 * 1024 + b"x"),
            Reply(302, headers={"Location": DISCOVERY}),
            {},
            self.configuration(token_endpoint=None),
            self.configuration(issuer=7),
            self.configuration(token_endpoint="http://login.example/a/token"),
            self.configuration(token_endpoint="https://["),
        ):
            with self.subTest(reply=reply):
                self.assert_start_raises(BadAnswer, reply)

    def test_nobody_there(self):
        url = f"https://localhost:{free_port()}"
        self.registration = self.new_registration(authority=url)
        with self.assertRaises(TransientError):
            self.identity().start(CALLBACK, "state")


class TestFinish(IdentityCase):
    def setUp(self):
        super().setUp()
        self.user = self.identity(now=lambda: datetime.now(timezone.utc))
        self.flow = self.user.start(CALLBACK, "state")

    def finish(self, *replies, answer=None):
        self.server.reply("POST", TOKEN, *replies)
        answer = {"code": "code-1", "state": "state"} if answer is None else answer
        return self.user.finish(json.loads(json.dumps(self.flow)), answer)

    def assert_finish_raises(self, kind, *replies, answer=None):
        with self.assertRaises(kind) as caught:
            self.finish(*replies, answer=answer)
        self.assertIs(type(caught.exception), kind)
        self.assertFalse(self.user.cache_changed)
        for private in (SECRET, "ann@", "access-", "refresh-", "code-1"):
            self.assertNotIn(private, str(caught.exception))
        return caught.exception

    def test_who_signed_in(self):
        person = self.finish(self.tokens(self.flow))
        self.assertEqual(person, SignedIn(PERSON, TENANT, "ann@contoso.example", "Ann"))
        self.assertTrue(self.user.cache_changed)
        self.assertEqual(self.user.token(), "access-first")

    def test_what_is_sent_for_the_code(self):
        self.finish(self.tokens(self.flow))
        form = self.server.seen[-1].form
        self.assertEqual(form["grant_type"], "authorization_code")
        self.assertEqual(form["code"], "code-1")
        self.assertEqual(form["code_verifier"], self.flow["code_verifier"])
        self.assertEqual(form["redirect_uri"], CALLBACK)
        self.assertEqual(form["client_secret"], SECRET)

    def test_a_process_other_than_that_of_the_start_may_finish(self):
        self.user = self.identity()
        self.assertEqual(self.finish(self.tokens(self.flow)).object_id, PERSON)

    def test_a_person_without_names(self):
        claims = {"name": None, "preferred_username": 7}
        person = self.finish(self.tokens(self.flow, claims=claims))
        self.assertEqual((person.username, person.name), ("", ""))

    def test_a_platform_that_names_no_client_info(self):
        reply = self.tokens(self.flow)
        del reply["client_info"]
        self.finish(reply)
        self.server.reply("POST", TOKEN, self.tokens(name="second"))
        self.assertEqual(self.user.token(), "access-first")

    def test_another_person_takes_the_place_of_the_first(self):
        self.finish(self.tokens(self.flow))
        self.server.clear()
        self.server.reply("GET", DISCOVERY, self.configuration())
        self.flow = self.user.start(CALLBACK, "state")
        other = {"client_info": packed({"uid": "o", "utid": TENANT})}
        claims = {"oid": "o"}
        self.finish(self.tokens(self.flow, "second", claims, **other))
        self.assertEqual(self.user.token(), "access-second")
        self.assertNotIn("refresh-first", self.user.cache)

    def test_a_state_that_is_not_this_flows(self):
        for state in ("other", "", "stäte", None):
            with self.subTest(state=state):
                answer = {"code": "code-1"} | ({"state": state} if state else {})
                error = self.assert_finish_raises(Refused, answer=answer)
                self.assertEqual(error.code, "state_mismatch")
        self.flow = {}
        error = self.assert_finish_raises(Refused, answer={"code": "x"})
        self.assertEqual(error.code, "state_mismatch")
        self.assertNotIn(TOKEN, [seen.path for seen in self.server.seen])

    def test_a_flow_that_lost_its_verifier(self):
        del self.flow["code_verifier"]
        self.assert_finish_raises(BadAnswer)

    def test_what_the_authorize_page_may_say_instead(self):
        for said, kind, code in (
            ("access_denied", Refused, "access_denied"),
            ("consent_required", Refused, "consent_required"),
            ("unauthorized_client", AppRefused, "unauthorized_client"),
            ("server_error", TransientError, "server_error"),
            ("temporarily_unavailable", TransientError, "temporarily_unavailable"),
            ("<script>ann@contoso.example", Refused, "unknown_error"),
            ("x" * 1000, Refused, "unknown_error"),
        ):
            with self.subTest(said=said[:30]):
                answer = {
                    "state": "state",
                    "error": said,
                    "error_description": "AADSTS65004: ann@contoso.example said no",
                }
                error = self.assert_finish_raises(kind, answer=answer)
                self.assertEqual(error.code, code)
                self.assertEqual(str(error), f"{code} AADSTS65004")

    def test_neither_code_nor_error(self):
        error = self.assert_finish_raises(Refused, answer={"state": "state"})
        self.assertEqual(error.code, "no_code")

    def test_what_the_token_endpoint_may_refuse(self):
        trace = "8b1c3f0a-0000-4000-8000-000000000001"
        for error, number, status, kind in (
            ("invalid_grant", 54005, 400, ConsentRevoked),
            ("interaction_required", 50076, 400, ConsentRevoked),
            ("consent_required", 65001, 400, ConsentRevoked),
            ("invalid_client", 7000215, 401, AppRefused),
            ("unauthorized_client", 700016, 400, AppRefused),
            ("temporarily_unavailable", 90033, 400, TransientError),
            ("invalid_scope", 70011, 400, Refused),
            ("invalid_request", 9002325, 400, Refused),
        ):
            with self.subTest(error=error):
                self.server.clear()
                self.server.reply("GET", DISCOVERY, self.configuration())
                reply = sts_error(error, number, status, trace_id=trace)
                found = self.assert_finish_raises(kind, reply)
                self.assertEqual(found.code, error)
                self.assertEqual(str(found), f"{error} AADSTS{number}")
                self.assertEqual(found.request_id, trace)

    def test_a_trace_id_that_is_none(self):
        reply = sts_error("invalid_grant", trace_id="ann@contoso.example")
        self.assertEqual(
            self.assert_finish_raises(ConsentRevoked, reply).request_id, ""
        )

    def test_claims_that_are_not_for_us(self):
        now = int(time.time())
        for claims, code in (
            ({"aud": "another-app"}, "wrong_aud"),
            ({"iss": f"https://evil.example/{OTHER_TENANT}/v2.0"}, "wrong_iss"),
            ({"iss": None}, "wrong_iss"),
            ({"exp": now - 3600}, "wrong_exp"),
            ({"exp": "tomorrow"}, "wrong_exp"),
            ({"oid": None}, ""),
            ({"tid": ""}, ""),
            ({"nonce": "other"}, ""),
        ):
            with self.subTest(claims=claims):
                self.server.clear()
                self.server.reply("GET", DISCOVERY, self.configuration())
                reply = self.tokens(self.flow, claims=claims)
                error = self.assert_finish_raises(BadAnswer, reply)
                self.assertEqual(error.code, code)

    def test_the_tenant_of_the_settings_is_the_one_of_the_user(self):
        personal = "9188040d-6c67-4c5b-b112-36a304b66dad"
        for tenant, found, good in (
            (TENANT.upper(), TENANT, True),
            (OTHER_TENANT, TENANT, False),
            ("consumers", personal, True),
            ("consumers", TENANT, False),
            ("common", personal, True),
            ("contoso.example", TENANT, True),
        ):
            with self.subTest(tenant=tenant, found=found):
                registration = self.new_registration(tenant=tenant)
                self.assertEqual(registration.admits(found), good)
        self.registration = self.new_registration(tenant=OTHER_TENANT)
        self.server.reply(
            "GET",
            f"/{OTHER_TENANT}/v2.0/.well-known/openid-configuration",
            self.configuration(),
        )
        self.user = self.identity()
        self.flow = self.user.start(CALLBACK, "state")
        error = self.assert_finish_raises(BadAnswer, self.tokens(self.flow))
        self.assertEqual(error.code, "wrong_tid")

    def test_token_answers_that_cannot_be_used(self):
        good = self.tokens(self.flow)
        for reply in (
            Reply(200, "<html>"),
            Reply(200, b'{"access_token": "access-first'),
            Reply(200, {}),
            Reply(200, {"error": "invalid_grant"}),
            Reply(400, "<html>"),
            Reply(400, {"access_token": "access-first"}),
            Reply(302, headers={"Location": TOKEN}),
            {name: value for name, value in good.items() if name != "id_token"},
            good | {"id_token": "only-one-part"},
            good | {"id_token": f"a.{packed([1])}.c"},
            good | {"id_token": "a.!!!.c"},
            good | {"id_token": 7},
            good | {"client_info": "!!!"},
            good | {"expires_in": "soon"},
        ):
            with self.subTest(reply=reply):
                self.server.clear()
                self.server.reply("GET", DISCOVERY, self.configuration())
                with self.assertNoLogs(level=logging.INFO):
                    self.assert_finish_raises(BadAnswer, reply)

    def test_a_token_endpoint_that_is_down(self):
        for reply in (Reply(500, "<html>"), Reply(429), Reply(fault="lost")):
            with self.subTest(reply=reply):
                self.server.clear()
                self.server.reply("GET", DISCOVERY, self.configuration())
                self.assert_finish_raises(TransientError, reply)
                self.assertEqual(len(self.server.seen), 2)  # the code is sent once


class TestTakeOver(IdentityCase):
    def take_over(self, **changes):
        self.server.reply("POST", TOKEN, self.tokens(**changes))
        return self.identity(without_profile=True).take_over("old")

    def test_the_profile_is_not_asked_for(self):
        """The other program did not ask for it, so nobody has consented to it."""
        person = self.take_over(claims={"oid": None})
        self.assertEqual((person.object_id, person.tenant_id), (PERSON, TENANT))
        form = self.server.seen[-1].form
        self.assertNotIn("profile", form["scope"].split())
        self.assertEqual(form["refresh_token"], "old")

    def test_nobody_knows_whose_it_is(self):
        with self.assertRaises(BadAnswer):
            self.take_over(client_info=None, claims={"sub": "x"})
