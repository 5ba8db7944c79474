# Part of outlook_calendar. LGPL-3, see LICENSE.
"""MSAL for Python, unmodified, over TLS."""

import datetime
import warnings

import msal
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from .browsing import (
    ANN,
    BOB,
    CLIENT_ID,
    PAT,
    PERSONAL,
    REDIRECT,
    SECRET,
    TENANT,
    SandboxCase,
)

SCOPES = ["Calendars.ReadWrite"]


class MsalCase(SandboxCase):
    def client(self, tenant="common", credential=SECRET, **options):
        values = {"authority": f"{self.https}/{tenant}", "instance_discovery": False}
        return msal.ConfidentialClientApplication(
            CLIENT_ID,
            client_credential=credential,
            http_client=self.session,
            **{**values, **options},
        )

    def start_flow(self, client, **options):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # about form_post
            return client.initiate_auth_code_flow(
                SCOPES, redirect_uri=REDIRECT, **options
            )

    def sign_in(self, client, username=ANN, **options):
        flow = self.start_flow(client, **options)
        answer = self.browser().sign_in(flow["auth_uri"], username)
        result = client.acquire_token_by_auth_code_flow(flow, answer)
        self.assertIn("access_token", result, result)
        return result

    def again(self, client):
        """Refresh with a new client, since MSAL replays refusals for a minute."""
        fresh = self.client(token_cache=client.token_cache)
        return fresh.acquire_token_silent_with_error(
            SCOPES, fresh.get_accounts()[0], force_refresh=True
        )


class TestSignIn(MsalCase):
    def test_a_work_account_signs_in(self):
        for tenant in ("common", "organizations", TENANT, "contoso.example"):
            with self.subTest(tenant):
                result = self.sign_in(self.client(tenant))
                claims = result["id_token_claims"]
                self.assertEqual(self.person().id, claims["oid"])
                self.assertEqual(f"{self.https}/{TENANT}/v2.0", claims["iss"])
                session = self.sandbox.tokens.check(f"Bearer {result['access_token']}")
                self.assertEqual(self.person(), session.person)
                self.assertTrue(session.allows("Calendars.Read"))

    def test_a_personal_account_signs_in(self):
        for tenant in ("common", "consumers", PERSONAL):
            with self.subTest(tenant):
                result = self.sign_in(self.client(tenant), PAT)
                self.assertEqual(PERSONAL, result["id_token_claims"]["tid"])
                self.assertEqual(0, result["access_token"].count("."))

    def test_an_oidc_authority_is_accepted(self):
        authority = f"{self.https}/{TENANT}/v2.0"
        client = msal.ConfidentialClientApplication(
            CLIENT_ID,
            client_credential=SECRET,
            oidc_authority=authority,
            http_client=self.session,
        )
        self.sign_in(client)

    def test_the_account_is_known_afterwards(self):
        client = self.client()
        self.sign_in(client)
        (account,) = client.get_accounts()
        self.assertEqual(ANN, account["username"])
        self.assertEqual(f"{self.person().id}.{TENANT}", account["home_account_id"])

    def test_a_refused_consent_comes_back_as_an_error(self):
        client = self.client()
        flow, browser = self.start_flow(client), self.browser()
        browser.open(flow["auth_uri"]).press("idSIButton9", loginfmt=ANN)
        browser.press("idSIButton9", passwd="ann-Sandbox1").press("idBtn_Back")
        result = client.acquire_token_by_auth_code_flow(flow, browser.answer)
        self.assertEqual("access_denied", result["error"])
        self.assertIn("AADSTS65004", result["error_description"])

    def test_a_certificate_in_place_of_the_secret(self):
        key, pem = _certificate()
        self.app.certificates.append(pem)
        self.app.secrets.clear()
        credential = {"private_key": key, "public_certificate": pem}
        self.sign_in(self.client(credential=credential))
        foreign, other = _certificate()
        client = self.client(
            credential={"private_key": foreign, "public_certificate": other}
        )
        flow = self.start_flow(client)
        answer = self.browser().sign_in(flow["auth_uri"])
        result = client.acquire_token_by_auth_code_flow(flow, answer)
        self.assertEqual([700027], result["error_codes"])

    def test_a_public_client_signs_in_without_credential(self):
        self.app.public = True
        client = msal.PublicClientApplication(
            CLIENT_ID,
            authority=f"{self.https}/common",
            instance_discovery=False,
            http_client=self.session,
        )
        self.sign_in(client)

    def test_an_app_acts_for_itself(self):
        self.app.roles = ["Calendars.ReadWrite"]
        client = self.client(TENANT)
        result = client.acquire_token_for_client(
            ["https://graph.microsoft.com/.default"]
        )
        session = self.sandbox.tokens.check(f"Bearer {result['access_token']}")
        self.assertIsNone(session.person)
        self.assertEqual({"Calendars.ReadWrite"}, set(session.scopes))


class TestRefresh(MsalCase):
    def setUp(self):
        super().setUp()
        self.first = self.client()
        self.sign_in(self.first)

    def test_a_refresh_gives_a_new_token_and_leaves_the_old_one_alive(self):
        old = self.refresh_token()
        self.assertIn("access_token", self.again(self.first))
        self.assertNotEqual(old, self.refresh_token())
        self.assertEqual(200, self.refresh(old).status_code)

    def refresh_token(self):
        kind = msal.TokenCache.CredentialType.REFRESH_TOKEN
        (row,) = self.first.token_cache.search(kind)
        return row["secret"]

    def test_ninety_days_without_use_end_the_connection(self):
        self.sandbox.clock.advance(89 * 86400)
        self.assertIn("access_token", self.again(self.first))
        self.sandbox.clock.advance(89 * 86400)
        self.assertIn("access_token", self.again(self.first))
        self.sandbox.clock.advance(91 * 86400)
        result = self.again(self.first)
        self.assertEqual("invalid_grant", result["error"])
        self.assertEqual([700082], result["error_codes"])

    def test_revoked_sign_ins_end_it_until_the_next_sign_in(self):
        self.person().valid_from = self.sandbox.clock.now()
        result = self.again(self.first)
        self.assertEqual("invalid_grant", result["error"])
        self.assertEqual([50173], result["error_codes"])
        self.assertEqual("bad_token", result["suberror"])
        self.sign_in(self.client())

    def test_a_disabled_account_is_refused(self):
        self.person().enabled = False
        self.assertEqual([50057], self.again(self.first)["error_codes"])

    def test_a_withdrawn_consent_is_asked_for_again(self):
        self.sandbox.directory.withdraw(self.person().id)
        result = self.again(self.first)
        self.assertEqual("invalid_grant", result["error"])
        self.assertEqual("consent_required", result["suberror"])

    def test_an_expired_secret_is_the_administrators_affair(self):
        self.app.secrets[0].expires = self.sandbox.clock.now()
        result = self.again(self.first)
        self.assertEqual("invalid_client", result["error"])
        self.assertEqual([7000222], result["error_codes"])

    def test_an_interaction_can_be_demanded(self):
        self.sandbox.faults.add("aadsts", code=50076, person=ANN)
        result = self.again(self.first)
        self.assertEqual("interaction_required", result["error"])
        self.assertIn("access_token", result["claims"])
        self.assertIn("access_token", self.again(self.first))

    def test_a_fault_for_another_person_does_not_strike(self):
        self.sandbox.faults.add("aadsts", code=50076, person=BOB)
        self.assertIn("access_token", self.again(self.first))


def _certificate():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "app")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = certificate.public_bytes(serialization.Encoding.PEM)
    return private.decode(), public.decode()
