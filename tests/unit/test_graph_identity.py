# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Sign-in and tokens: MSAL, unmodified, against a scripted identity platform."""

import base64
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
from ...graph.identity import SCOPES, Identity, Registration, SignedIn
from ...graph.session import new_session
from .common import PureCase
from .scripted_server import Reply, ScriptedServer, ca_bundle, free_port

TENANT = "84bd8158-6d4d-4958-8b9f-9d6445542f95"
OTHER_TENANT = "11111111-2222-4333-8444-555555555555"
PERSON = "3f5d0c1e-1111-4222-8333-944455556666"
CLIENT = "24d3b144-21ae-4080-943f-7067b395b913"
SECRET = "s3cr3t~value"
CALLBACK = "https://odoo.example/microsoft_account/authentication"
DISCOVERY = "/organizations/v2.0/.well-known/openid-configuration"
TOKEN = "/organizations/oauth2/v2.0/token"


def packed(value):
    """Return base64url of JSON, as in tokens."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sts_error(error, number=0, status=400, headers=None, **members):
    """Return an error answer of the token endpoint; its text names a person."""
    text = f"AADSTS{number}: User 'ann@contoso.example' ...\r\nTrace ID: x"
    body = {"error": error, "error_description": text, **members}
    return Reply(status, body, headers or {})


class IdentityCase(PureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = ScriptedServer(https=True)
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        super().setUp()
        self.server.clear()
        self.session = new_session(timeout=5, verify=ca_bundle())
        self.addCleanup(self.session.close)
        self.registration = self.new_registration()
        self.server.reply("GET", DISCOVERY, self.configuration())

    def new_registration(self, **changes):
        values = {
            "client_id": CLIENT,
            "client_secret": SECRET,
            "authority": self.server.url,
            "tenant": "organizations",
        }
        return Registration(**values | changes)

    def configuration(self, **changes):
        base = f"{self.server.url}/organizations/oauth2/v2.0"
        return {
            "issuer": f"{self.server.url}/{{tenantid}}/v2.0",
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
        } | changes

    def identity(self, cache="", **options):
        return Identity(self.registration, self.session, cache, **options)

    def tokens(self, flow=None, name="first", claims=None, **changes):
        """Return what the token endpoint answers; ``flow`` has the nonce."""
        nonce = hashlib.sha256((flow or {}).get("nonce", "").encode()).hexdigest()
        claims = {
            "aud": CLIENT,
            "iss": f"{self.server.url}/{TENANT}/v2.0",
            "exp": int(time.time()) + 3600,
            "oid": PERSON,
            "tid": TENANT,
            "sub": "pairwise",
            "name": "Ann",
            "preferred_username": "ann@contoso.example",
            "nonce": nonce,
        } | (claims or {})
        return {
            "token_type": "Bearer",
            "scope": "Calendars.ReadWrite openid profile",
            "expires_in": 3600,
            "access_token": f"access-{name}",
            "refresh_token": f"refresh-{name}",
            "id_token": f"{packed({'alg': 'RS256'})}.{packed(claims)}.{packed(b'x')}",
            "client_info": packed({"uid": PERSON, "utid": TENANT}),
        } | changes

    def signed_in(self, **changes):
        """Return the cache of a person who has signed in."""
        identity = self.identity()
        flow = identity.start(CALLBACK, "state")
        self.server.reply("POST", TOKEN, self.tokens(flow, **changes))
        identity.finish(flow, {"code": "code", "state": "state"})
        cache = identity.cache
        self.server.clear()
        self.server.reply("GET", DISCOVERY, self.configuration())
        return cache


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
