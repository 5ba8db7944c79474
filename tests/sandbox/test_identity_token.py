# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The token endpoint, request by request."""

import base64
import json

import jwt

from .browsing import (
    BOB,
    CLIENT_ID,
    PAT,
    PERSONAL,
    REDIRECT,
    SCOPE,
    SECRET,
    TENANT,
    SandboxCase,
)

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # of RFC 7636, appendix B
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def claims_of(body):
    return jwt.decode(body["id_token"], options={"verify_signature": False})


class TestCode(SandboxCase):
    def test_the_answer_has_what_was_asked_for(self):
        response = self.redeem(self.code(nonce="n-1"), client_info="1")
        body = response.json()
        self.assertEqual("Bearer", body["token_type"])
        self.assertEqual("no-store, no-cache", response.headers["Cache-Control"])
        self.assertTrue(3600 <= body["expires_in"] < 5400)
        self.assertEqual("Calendars.ReadWrite profile openid", body["scope"])
        self.assertEqual("n-1", claims_of(body)["nonce"])
        padded = body["client_info"] + "=" * (-len(body["client_info"]) % 4)
        info = json.loads(base64.urlsafe_b64decode(padded))
        self.assertEqual({"uid": self.person().id, "utid": TENANT}, info)

    def test_what_was_not_asked_for_does_not_come(self):
        body = self.redeem(self.code(scope="Calendars.Read")).json()
        for name in ("refresh_token", "id_token", "client_info"):
            self.assertNotIn(name, body)
        body = self.redeem(self.code(scope="openid Calendars.Read")).json()
        self.assertNotIn("oid", claims_of(body))
        self.assertTrue(claims_of(body)["sub"])

    def test_the_address_needs_its_scope(self):
        body = self.redeem(self.code(scope=SCOPE + " email")).json()
        self.assertEqual("ann@contoso.example", claims_of(body)["email"])

    def test_a_code_works_once(self):
        code = self.code()
        self.assertEqual(200, self.redeem(code).status_code)
        self.assert_refused(self.redeem(code), 54005, "invalid_grant")

    def test_a_code_lives_ten_minutes(self):
        code, late = self.code(), self.code()
        self.sandbox.clock.advance(590)
        self.assertEqual(200, self.redeem(code).status_code)
        self.sandbox.clock.advance(20)
        self.assert_refused(self.redeem(late), 70008, "invalid_grant")

    def test_an_invented_code(self):
        self.assert_refused(self.redeem("1.Ainvented"), 70000, "invalid_grant")

    def test_another_redirect_uri(self):
        uri = REDIRECT.replace("localhost", "127.0.0.1")
        response = self.redeem(self.code(), redirect_uri=uri)
        self.assert_refused(response, 500112, "invalid_grant")

    def test_another_app_cannot_use_the_code(self):
        self.sandbox.directory.add_app(["other"], client_id="other", name="Other")
        response = self.redeem(self.code(), client_id="other", client_secret="other")
        self.assert_refused(response, 70000, "invalid_grant")

    def test_a_revoked_sign_in_has_no_code(self):
        code = self.code()
        self.person().valid_from = self.sandbox.clock.now()
        self.assert_refused(self.redeem(code), 50173, "invalid_grant")

    def test_what_is_missing_is_named(self):
        cases = [
            ({"grant_type": None}, 900144, "invalid_request"),
            ({"redirect_uri": None}, 900144, "invalid_request"),
            ({"code": ""}, 900144, "invalid_request"),
            ({"client_id": None}, 900144, "invalid_request"),
            ({"grant_type": "password"}, 70003, "unsupported_grant_type"),
            ({"client_id": "nobody"}, 700016, "unauthorized_client"),
            ({"tenant": "nobody.example"}, 90002, "invalid_request"),
        ]
        for changes, number, error in cases:
            with self.subTest(changes):
                values = {"code": "x", **changes}
                self.assert_refused(self.redeem(**values), number, error)

    def test_a_failed_attempt_does_not_use_the_code_up(self):
        code = self.code()
        self.redeem(code, client_secret="wrong")
        self.assertEqual(200, self.redeem(code).status_code)


class TestChallenge(SandboxCase):
    def test_the_verifier_must_fit_whenever_a_challenge_was_sent(self):
        for method, challenge in (("S256", CHALLENGE), ("plain", VERIFIER)):
            code = self.code(code_challenge=challenge, code_challenge_method=method)
            for wrong in (None, CHALLENGE[::-1], ""):
                with self.subTest(method=method, wrong=wrong):
                    response = self.redeem(code, code_verifier=wrong)
                    self.assert_refused(response, 501481, "invalid_grant")
            response = self.redeem(code, code_verifier=VERIFIER)
            self.assertEqual(200, response.status_code)

    def test_no_method_means_plain(self):
        code = self.code(code_challenge=VERIFIER)
        self.assertEqual(200, self.redeem(code, code_verifier=VERIFIER).status_code)

    def test_a_verifier_without_a_challenge_fits_nothing(self):
        response = self.redeem(self.code(), code_verifier=VERIFIER)
        self.assert_refused(response, 501481, "invalid_grant")


class TestClient(SandboxCase):
    def test_the_secret_in_a_basic_header(self):
        response = self.redeem(
            self.code(), client_id=None, client_secret=None, auth=(CLIENT_ID, SECRET)
        )
        self.assertEqual(200, response.status_code)

    def test_refused_credentials(self):
        code = self.code()
        cases = [
            ({"client_secret": "wrong"}, 7000215),
            ({"client_secret": None}, 7000218),
            ({"client_secret": None, "client_assertion": "a.b.c"}, 900144),
        ]
        for changes, number in cases:
            with self.subTest(number):
                body = self.redeem(code, **changes).json()
                self.assertEqual([number], body["error_codes"])
        response = self.redeem(code, client_secret="wrong")
        self.assert_refused(response, 7000215, "invalid_client", 401)

    def test_a_second_secret_takes_over_when_the_first_expires(self):
        self.sandbox.directory.add_app(
            [{"value": "old", "expires": self.sandbox.clock.now()}, "new"],
            client_id=CLIENT_ID,
            name="Odoo",
            redirect_uris=[REDIRECT],
        )
        code = self.code()
        response = self.redeem(code, client_secret="old")
        self.assert_refused(response, 7000222, "invalid_client", 401)
        self.assertEqual(200, self.redeem(code, client_secret="new").status_code)

    def test_a_public_client_has_no_secret(self):
        self.app.public = True
        code = self.code()
        self.assert_refused(self.redeem(code), 700025, "invalid_client", 401)
        self.assertEqual(200, self.redeem(code, client_secret=None).status_code)

    def test_an_app_acts_for_itself_with_default_in_its_tenant(self):
        grant = {"grant_type": "client_credentials"}
        default = "https://graph.microsoft.com/.default"
        response = self.token(TENANT, scope=default, **grant)
        self.assertEqual(200, response.status_code)
        self.assertNotIn("refresh_token", response.json())
        response = self.token(TENANT, scope="Calendars.Read", **grant)
        self.assert_refused(response, 70011, "invalid_scope")
        response = self.token("common", scope=default, **grant)
        self.assert_refused(response, 90002, "invalid_request")


class TestRefreshToken(SandboxCase):
    def first(self, username="ann@contoso.example", **changes):
        return self.redeem(self.code(username, **changes)).json()["refresh_token"]

    def test_it_may_be_narrowed_and_not_widened(self):
        token = self.first(scope=SCOPE + " User.Read")
        body = self.refresh(token, scope="User.Read").json()
        self.assertEqual(
            {"Calendars.ReadWrite", "User.Read"},
            set(body["scope"].split()) - {"openid", "profile"},
        )
        response = self.refresh(token, scope="Mail.Read")
        self.assert_refused(response, 65001, "invalid_grant")

    def test_several_resources_do_not_mix(self):
        scope = "Calendars.ReadWrite https://outlook.office.com/SMTP.Send"
        token = self.first(scope=f"offline_access {scope}")
        self.assert_refused(self.refresh(token, scope=scope), 70011, "invalid_scope")
        mail = "https://outlook.office.com/SMTP.Send"
        body = self.refresh(token, scope=mail).json()
        self.assertEqual(mail, body["scope"])
        header = {"Authorization": f"Bearer {body['access_token']}"}
        answer = self.session.get(f"{self.http}/v1.0/me", headers=header)
        self.assertEqual(401, answer.status_code)
        self.assertIn("audience", answer.json()["error"]["message"])

    def test_scopes_come_back_as_they_were_written(self):
        full = "https://graph.microsoft.com/Calendars.ReadWrite"
        token = self.first(scope=f"offline_access {full}")
        self.assertEqual(full, self.refresh(token, scope=full).json()["scope"])
        host = self.https.replace("https://", "http://")
        body = self.refresh(token, scope=f"{host}/calendars.readwrite").json()
        self.assertEqual(full, body["scope"])

    def test_default_is_the_registration(self):
        scope = "https://graph.microsoft.com/.default offline_access"
        body = self.refresh(self.first(scope=scope)).json()
        self.assertIn("https://graph.microsoft.com/User.Read", body["scope"].split())

    def test_default_does_not_mix_with_others(self):
        token = self.first()
        response = self.refresh(token, scope=".default Calendars.ReadWrite")
        self.assert_refused(response, 70011, "invalid_scope")

    def test_shared_calendars_do_not_exist_for_personal_accounts(self):
        scope = f"{SCOPE} Calendars.ReadWrite.Shared"
        body = self.redeem(self.code(PAT, scope=scope)).json()
        self.assertNotIn("Shared", body["scope"])
        body = self.redeem(self.code(BOB, scope=scope)).json()
        self.assertIn("Calendars.ReadWrite.Shared", body["scope"].split())

    def test_another_app_or_an_invented_token(self):
        self.sandbox.directory.add_app(["other"], client_id="other", name="Other")
        token = self.first()
        response = self.refresh(token, client_id="other", client_secret="other")
        body = self.assert_refused(response, 700007, "invalid_grant")
        self.assertEqual("client_mismatch", body["suberror"])
        self.assert_refused(self.refresh("1.Ax"), 70000, "invalid_grant")
        self.assert_refused(self.refresh(""), 900144, "invalid_request")

    def test_another_tenant_refuses_the_person(self):
        response = self.refresh(self.first(), tenant=PERSONAL)
        self.assertEqual([50020], response.json()["error_codes"])

    def test_a_person_who_is_gone(self):
        token = self.first()
        del self.sandbox.directory.people[self.person().id]
        self.assert_refused(self.refresh(token), 50034, "invalid_grant")

    def test_an_own_change_of_password_keeps_the_connection(self):
        token = self.first()
        self.person().password = "another"
        self.assertEqual(200, self.refresh(token).status_code)


class TestAccessToken(SandboxCase):
    def me(self, authorization):
        header = {"Authorization": authorization} if authorization else {}
        return self.session.get(f"{self.http}/v1.0/me", headers=header)

    def test_graph_refuses_what_is_no_good_token(self):
        token = self.access_token()
        cases = ["", "Basic eDp5", "Bearer", "Bearer x", "Bearer a.b.c", token]
        for authorization in cases:
            with self.subTest(authorization[:12]):
                response = self.me(authorization)
                self.assertEqual(401, response.status_code)
                code = response.json()["error"]["code"]
                self.assertEqual("InvalidAuthenticationToken", code)
                self.assertIn("Bearer", response.headers["WWW-Authenticate"])
        self.assertEqual(200, self.me(f"Bearer {token}").status_code)

    def test_it_expires(self):
        token = f"Bearer {self.access_token()}"
        self.sandbox.clock.advance(3590)
        self.assertEqual(200, self.me(token).status_code)
        self.sandbox.clock.advance(1820)
        body = self.me(token).json()
        self.assertIn("expired", body["error"]["message"])

    def test_a_person_who_is_gone_has_no_access(self):
        token = f"Bearer {self.access_token()}"
        del self.sandbox.directory.people[self.person().id]
        self.assertEqual(401, self.me(token).status_code)

    def test_revoking_sign_ins_leaves_it_alive_unless_asked(self):
        token = f"Bearer {self.access_token()}"
        url = f"{self.http}/control/people/ann@contoso.example/revoke"
        self.session.post(url)
        self.assertEqual(200, self.me(token).status_code)
        self.session.post(url, json={"access_tokens": True})
        self.assertEqual(401, self.me(token).status_code)

    def test_a_missing_scope_is_no_access(self):
        person = self.person()
        token = self.sandbox.tokens.issue(person, self.app, ["openid"], TENANT)[0]
        url = f"{self.http}/v1.0/me/events"
        response = self.session.get(url, headers={"Authorization": f"Bearer {token}"})
        self.assertEqual(403, response.status_code)
        self.assertEqual("ErrorAccessDenied", response.json()["error"]["code"])

    def test_the_error_page_of_a_code(self):
        body = self.redeem("x").json()
        self.assertTrue(body["error_uri"].startswith(self.https))
        self.assertIn("invalid_grant", self.session.get(body["error_uri"]).text)
