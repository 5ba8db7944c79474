# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The pages between an authorization request and its answer."""

from urllib.parse import parse_qsl

import jwt

from .browsing import ANN, BOB, CLIENT_ID, PAT, REDIRECT, TENANT, SandboxCase

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # of RFC 7636, appendix B


class TestRefusals(SandboxCase):
    def assert_page(self, number, tenant="common", **changes):
        """The problem is shown on a page: whoever asked is not to be trusted."""
        browser = self.browser().open(self.authorize_url(tenant, **changes))
        self.assertEqual(400, browser.status)
        self.assertIn(f"AADSTS{number}: ", browser.page.text)

    def assert_redirect(self, number, error, **changes):
        browser = self.browser().open(self.authorize_url(**changes))
        self.assertTrue(browser.location.startswith(REDIRECT), browser.location)
        self.assertEqual(error, browser.answer["error"])
        self.assertIn(f"AADSTS{number}: ", browser.answer["error_description"])
        self.assertEqual("st%te &1", browser.answer["state"])

    def test_an_unknown_app_is_not_redirected(self):
        self.assert_page(700016, client_id="00000000-0000-0000-0000-000000000001")
        self.assert_page(900144, client_id=None)

    def test_an_unknown_redirect_uri_is_not_followed(self):
        for uri in (REDIRECT + "/", REDIRECT.upper(), "https://evil.example/"):
            with self.subTest(uri):
                self.assert_page(50011, redirect_uri=uri)

    def test_an_unknown_tenant(self):
        self.assert_page(90002, tenant="nobody.example")

    def test_a_single_tenant_app_needs_its_tenant(self):
        self.app.audience, self.app.tenant_id = "single", TENANT
        self.assert_page(50194, tenant="common")
        self.assert_page(50194, tenant="organizations")
        self.assert_page(700016, tenant="9188040d-6c67-4c5b-b112-36a304b66dad")
        self.assertIn("code", self.browser().sign_in(self.authorize_url(TENANT)))

    def test_an_app_for_organizations_has_no_consumers(self):
        self.app.audience = "multi"
        self.assert_page(9002331, tenant="consumers")

    def test_a_loopback_port_is_free_for_public_clients_only(self):
        uri = REDIRECT.replace("8069", "9999")
        self.assert_page(50011, redirect_uri=uri)
        self.app.public = True
        browser = self.browser().open(self.authorize_url(redirect_uri=uri))
        self.assertEqual(200, browser.status)

    def test_other_mistakes_are_told_to_the_app(self):
        cases = [
            (900144, "invalid_request", {"response_type": None}),
            (900144, "invalid_request", {"scope": None}),
            (70005, "unsupported_response_type", {"response_type": "token"}),
            (90023, "invalid_request", {"response_mode": "carrier_pigeon"}),
            (90023, "invalid_request", {"prompt": "later"}),
            (70011, "invalid_scope", {"scope": "openid !Calendars"}),
            (50147, "invalid_request", {"code_challenge": "short"}),
            (
                90023,
                "invalid_request",
                {"code_challenge": CHALLENGE, "code_challenge_method": "S512"},
            ),
        ]
        for number, error, changes in cases:
            with self.subTest(number=number, changes=changes):
                self.assert_redirect(number, error, **changes)

    def test_a_challenge_is_demanded_of_apps_registered_so(self):
        self.app.pkce_required = True
        self.assert_redirect(9002325, "invalid_request")
        browser = self.browser().open(self.authorize_url(code_challenge=CHALLENGE))
        self.assertEqual(200, browser.status)

    def test_scopes_and_resources_that_do_not_exist(self):
        cases = [
            ("Calendars.Paint", 650053, "invalid_client"),
            ("https://vault.example/Read", 500011, "invalid_resource"),
        ]
        for scope, number, error in cases:
            with self.subTest(scope):
                answer = self.browser().sign_in(self.authorize_url(scope=scope))
                self.assertEqual(error, answer["error"])
                self.assertIn(f"AADSTS{number}", answer["error_description"])


class TestSigningIn(SandboxCase):
    def at_password(self, username=ANN, **changes):
        browser = self.browser().open(self.authorize_url(**changes))
        return browser.press("idSIButton9", loginfmt=username)

    def test_an_unknown_name_stays_on_the_page(self):
        for name in ("nobody@contoso.example", "", "<b>x</b>"):
            with self.subTest(name):
                page = self.at_password(name).page
                self.assertIn("loginfmt", page.forms[0].fields)
                self.assertNotIn("passwd", page.forms[0].fields)
                self.assertEqual(name, page.forms[0].fields["loginfmt"])

    def test_a_wrong_password_stays_on_the_page(self):
        for password in ("", "wrong", "bob-Sandbox1"):
            with self.subTest(password):
                browser = self.at_password().press("idSIButton9", passwd=password)
                self.assertIn("passwd", browser.page.forms[0].fields)
                self.assertEqual(1, len(browser.page.forms))

    def test_back_leads_to_the_name(self):
        browser = self.at_password().press("idBtn_Back")
        self.assertNotIn("passwd", browser.page.forms[0].fields)

    def test_a_disabled_account_cannot_sign_in(self):
        self.person().enabled = False
        browser = self.at_password().press("idSIButton9", passwd="ann-Sandbox1")
        self.assertIn("AADSTS50057", browser.page.text)

    def test_an_account_of_another_kind_is_refused(self):
        cases = [("organizations", PAT), ("consumers", ANN), (TENANT, PAT)]
        for tenant, username in cases:
            with self.subTest(tenant):
                browser = self.browser()
                browser.sign_in(self.authorize_url(tenant), username)
                self.assertIn("AADSTS50020", browser.page.text)

    def test_the_state_comes_back_as_it_was(self):
        answer = self.browser().sign_in(self.authorize_url())
        self.assertEqual("st%te &1", answer["state"])
        self.assertTrue(answer["session_state"])

    def test_no_state_no_state(self):
        self.assertNotIn(
            "state", self.browser().sign_in(self.authorize_url(state=None))
        )

    def test_a_hint_skips_the_name(self):
        browser = self.browser().open(self.authorize_url(login_hint=BOB))
        self.assertIn("passwd", browser.page.forms[0].fields)
        self.assertEqual(BOB, browser.page.forms[0].fields["loginfmt"])

    def test_a_page_of_before_the_reset_is_refused(self):
        browser = self.at_password()
        browser.page.forms[0].fields["flow"] = "unknown"
        browser.press("idSIButton9", passwd="ann-Sandbox1")
        self.assertEqual(400, browser.status)


class TestConsent(SandboxCase):
    def at_consent(self, **changes):
        browser = self.browser().open(self.authorize_url(**changes))
        browser.press("idSIButton9", loginfmt=ANN)
        return browser.press("idSIButton9", passwd="ann-Sandbox1")

    def test_every_scope_is_listed(self):
        text = self.at_consent().page.text
        for name in ("Calendars.ReadWrite", "offline_access", "openid", "profile"):
            self.assertIn(name, text)

    def test_a_refusal_is_told_to_the_app_and_grants_nothing(self):
        browser = self.at_consent().press("idBtn_Back")
        self.assertEqual("access_denied", browser.answer["error"])
        self.assertEqual("cancel", browser.answer["error_subcode"])
        self.assertIn("AADSTS65004", browser.answer["error_description"])
        self.assertEqual({}, self.sandbox.directory.consents)

    def test_consent_is_asked_for_once_and_then_for_more_only(self):
        browser = self.at_consent().press("idSIButton9")
        self.assertIn("code", browser.answer)
        self.assertIn("code", browser.open(self.authorize_url()).answer)
        more = self.authorize_url(scope="openid User.Read Calendars.ReadWrite")
        text = browser.open(more).page.text
        self.assertIn("User.Read", text)
        self.assertNotIn("Calendars.ReadWrite", text)

    def test_somebody_else_cannot_consent(self):
        browser = self.at_consent()
        stranger = self.browser()
        stranger.page = browser.page
        self.assertEqual(400, stranger.press("idSIButton9").status)
        self.assertEqual({}, self.sandbox.directory.consents)

    def test_where_people_may_not_consent_an_administrator_must(self):
        self.sandbox.directory.add_tenant(
            id=TENANT, domain="contoso.example", name="Contoso", user_consent=False
        )
        browser = self.at_consent()
        self.assertIn("AADSTS90094", browser.page.text)
        browser.open(
            f"{self.http}/{TENANT}/v2.0/adminconsent",
            client_id=CLIENT_ID,
            redirect_uri=REDIRECT,
            scope=f"{SCOPES_IN_FULL} openid profile offline_access",
            state="s1",
        )
        answer = browser.press("idSIButton9").answer
        self.assertEqual("True", answer["admin_consent"])
        self.assertEqual(TENANT, answer["tenant"])
        self.assertEqual("s1", answer["state"])
        self.assertIn("code", browser.open(self.authorize_url()).answer)

    def test_an_administrator_may_refuse(self):
        browser = self.browser().open(
            f"{self.http}/organizations/v2.0/adminconsent",
            client_id=CLIENT_ID,
            redirect_uri=REDIRECT,
        )
        answer = browser.press("idBtn_Back").answer
        self.assertEqual("access_denied", answer["error"])
        self.assertEqual({}, self.sandbox.directory.consents)

    def test_an_administrator_consents_at_no_shared_address(self):
        for tenant in ("common", "consumers"):
            url = f"{self.http}/{tenant}/v2.0/adminconsent"
            browser = self.browser().open(
                url, client_id=CLIENT_ID, redirect_uri=REDIRECT
            )
            self.assertIn("AADSTS90002", browser.page.text)


SCOPES_IN_FULL = "https://graph.microsoft.com/Calendars.ReadWrite"


class TestPrompt(SandboxCase):
    def setUp(self):
        super().setUp()
        self.known = self.browser()
        self.known.sign_in(self.authorize_url())

    def test_none_needs_a_session_and_a_consent(self):
        silent = self.authorize_url(prompt="none")
        stranger = self.browser().open(silent)
        self.assertEqual("login_required", stranger.answer["error"])
        self.assertIn("code", self.known.open(silent).answer)
        self.sandbox.directory.withdraw(self.person().id)
        answer = self.known.open(silent).answer
        self.assertEqual("interaction_required", answer["error"])
        self.assertIn("AADSTS65001", answer["error_description"])

    def test_none_cannot_choose_between_two(self):
        self.known.sign_in(self.authorize_url(prompt="login"), BOB)
        answer = self.known.open(self.authorize_url(prompt="none")).answer
        self.assertEqual("login_required", answer["error"])
        hinted = self.known.open(self.authorize_url(prompt="none", login_hint=BOB))
        self.assertIn("code", hinted.answer)

    def test_login_asks_for_the_password_again(self):
        self.known.open(self.authorize_url(prompt="login", login_hint=ANN))
        self.assertIn("passwd", self.known.page.forms[0].fields)

    def test_consent_asks_again(self):
        self.known.open(self.authorize_url(prompt="consent"))
        self.assertIn("Calendars.ReadWrite", self.known.page.text)
        self.assertIn("code", self.known.press("idSIButton9").answer)

    def test_select_account_offers_who_is_signed_in_and_another(self):
        self.known.open(self.authorize_url(prompt="select_account"))
        buttons = self.known.page.forms[0].buttons
        self.assertEqual({self.person().id, "otherTile"}, set(buttons))
        self.assertIn("code", self.known.press(self.person().id).answer)

    def test_another_account_may_be_used(self):
        self.known.open(self.authorize_url(prompt="select_account")).press("otherTile")
        self.known.press("idSIButton9", loginfmt=BOB)
        self.known.press("idSIButton9", passwd="bob-Sandbox1").press("idSIButton9")
        body = self.redeem(self.known.answer["code"]).json()
        claims = jwt.decode(body["id_token"], options={"verify_signature": False})
        self.assertEqual(BOB, claims["preferred_username"])

    def test_somebody_who_is_not_signed_in_cannot_be_picked(self):
        self.known.open(self.authorize_url(prompt="select_account"))
        form = self.known.page.forms[0]
        form.buttons["bob"] = ("account", self.person(BOB).id)
        self.known.press("bob")
        self.assertIn("loginfmt", self.known.page.forms[0].fields)

    def test_revoked_sessions_ask_for_the_password(self):
        self.person().valid_from = self.sandbox.clock.now()
        self.known.open(self.authorize_url())
        self.assertIn("loginfmt", self.known.page.forms[0].fields)

    def test_logout_ends_the_session(self):
        self.known.open(f"{self.http}/common/oauth2/v2.0/logout")
        self.assertIn("signed out", self.known.page.text)
        self.assertEqual(200, self.known.open(self.authorize_url()).status)

    def test_logout_leads_back_to_apps_only(self):
        url = f"{self.http}/common/oauth2/v2.0/logout"
        self.known.open(url, post_logout_redirect_uri=REDIRECT, state="x")
        self.assertEqual(f"{REDIRECT}?state=x", self.known.location)
        self.known.open(url, post_logout_redirect_uri="https://evil.example/")
        self.assertEqual("", self.known.location)


class TestResponseModes(SandboxCase):
    def test_fragment(self):
        browser = self.browser()
        browser.sign_in(self.authorize_url(response_mode="fragment"))
        values = dict(parse_qsl(browser.location.partition("#")[2]))
        self.assertIn("code", values)
        self.assertEqual("st%te &1", values["state"])

    def test_form_post(self):
        browser = self.browser().open(self.authorize_url(response_mode="form_post"))
        browser.press("idSIButton9", loginfmt=ANN)
        browser.press("idSIButton9", passwd="ann-Sandbox1").press("idSIButton9")
        form = browser.page.forms[0]
        self.assertEqual(REDIRECT, form.action)
        self.assertEqual("st%te &1", form.fields["state"])
        self.assertEqual(200, self.redeem(form.fields["code"]).status_code)

    def test_hybrid_brings_an_id_token_with_the_nonce(self):
        browser = self.browser()
        browser.sign_in(self.authorize_url(response_type="code id_token", nonce="n-1"))
        values = dict(parse_qsl(browser.location.partition("#")[2]))
        claims = jwt.decode(values["id_token"], options={"verify_signature": False})
        self.assertEqual("n-1", claims["nonce"])
        self.assertEqual(200, self.redeem(values["code"]).status_code)

    def test_hybrid_needs_a_nonce_and_no_query(self):
        for changes in ({}, {"nonce": "n", "response_mode": "query"}):
            url = self.authorize_url(response_type="code id_token", **changes)
            self.assertIn("error=invalid_request", self.browser().open(url).location)

    def test_a_query_of_the_redirect_uri_is_kept(self):
        uri = "https://app.example/back?db=one"
        self.app.redirect_uris.append(uri)
        browser = self.browser()
        browser.sign_in(self.authorize_url(redirect_uri=uri))
        self.assertTrue(browser.location.startswith(uri + "&"))
