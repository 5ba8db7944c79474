# Part of outlook_calendar. LGPL-3, see LICENSE.
import jwt

from .browsing import PERSONAL, TENANT, SandboxCase


class TestDiscovery(SandboxCase):
    def document(self, tenant, base=None):
        url = f"{base or self.https}/{tenant}/v2.0/.well-known/openid-configuration"
        response = self.session.get(url)
        self.assertEqual(200, response.status_code)
        return response.json()

    def test_shared_tenants_have_a_placeholder_for_issuer(self):
        for tenant in ("common", "organizations"):
            with self.subTest(tenant):
                document = self.document(tenant)
                self.assertEqual(f"{self.https}/{{tenantid}}/v2.0", document["issuer"])
                self.assertEqual(
                    f"{self.https}/{tenant}/oauth2/v2.0/token",
                    document["token_endpoint"],
                )

    def test_consumers_and_tenants_have_their_guid_for_issuer(self):
        cases = {"consumers": PERSONAL, TENANT: TENANT, "contoso.example": TENANT}
        for tenant, guid in cases.items():
            with self.subTest(tenant):
                issuer = self.document(tenant)["issuer"]
                self.assertEqual(f"{self.https}/{guid}/v2.0", issuer)

    def test_a_domain_gets_the_endpoints_of_the_guid(self):
        document = self.document("Contoso.Example")
        token_endpoint = f"{self.https}/{TENANT}/oauth2/v2.0/token"
        self.assertEqual(token_endpoint, document["token_endpoint"])

    def test_endpoints_lie_on_the_host_that_was_asked(self):
        base = self.http.replace("localhost", "127.0.0.1")
        document = self.document("common", base)
        self.assertTrue(document["token_endpoint"].startswith(base))
        self.assertTrue(document["authorization_endpoint"].startswith(base))

    def test_browsers_are_sent_to_the_listener_without_tls(self):
        document = self.document("common")
        self.assertTrue(document["token_endpoint"].startswith(self.https))
        self.assertTrue(document["authorization_endpoint"].startswith(self.http))

    def test_an_unknown_tenant_is_refused(self):
        url = f"{self.https}/nobody.example/v2.0/.well-known/openid-configuration"
        self.assert_refused(self.session.get(url), 90002, "invalid_request")

    def test_keys_verify_an_id_token(self):
        document = self.document("common")
        body = self.redeem(self.code()).json()
        keys = jwt.PyJWKSet.from_dict(self.session.get(document["jwks_uri"]).json())
        key = keys[jwt.get_unverified_header(body["id_token"])["kid"]]
        claims = jwt.decode(
            body["id_token"],
            key,
            algorithms=["RS256"],
            audience="24d3b144-21ae-4080-943f-7067b395b913",
            issuer=document["issuer"].replace("{tenantid}", TENANT),
        )
        self.assertEqual(TENANT, claims["tid"])
        self.assertEqual(self.person().id, claims["oid"])
        self.assertEqual("ann@contoso.example", claims["preferred_username"])
        self.assertEqual("2.0", claims["ver"])
        self.assertNotIn("email", claims)

    def test_instance_discovery_vouches_for_the_host(self):
        url = f"{self.https}/common/discovery/instance"
        body = self.session.get(url, params={"api-version": "1.1"}).json()
        host = self.https.partition("//")[2]
        self.assertEqual([host], body["metadata"][0]["aliases"])
        self.assertEqual(
            200, self.session.get(body["tenant_discovery_endpoint"]).status_code
        )
