# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The test of an app registration: each fault of a set-up gets its own finding."""

from ...graph.identity import Finding, Registration, check_registration
from ...graph.session import new_session
from .common import PureCase
from .identity_case import CALLBACK, CLIENT, SECRET, sts_error
from .scripted_server import Reply, ScriptedServer, ca_bundle, free_port

DISCOVERY = "/common/v2.0/.well-known/openid-configuration"
AUTHORIZE = "/common/oauth2/v2.0/authorize"
TOKEN = "/common/oauth2/v2.0/token"


def back(query):
    """Return a redirect to the callback."""
    return Reply(302, headers={"Location": f"{CALLBACK}?{query}&state=test"})


def page(number, status=200):
    """Return the page that Microsoft shows in place of a redirect."""
    return Reply(status, f"<html>...AADSTS{number}: for ann@contoso.example...")


class TestCheck(PureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = ScriptedServer(https=True)
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        super().setUp()
        self.session = new_session(timeout=5, verify=ca_bundle())
        self.addCleanup(self.session.close)

    def check(self, changed=None, authority=None, tenant="common"):
        """Return the findings by check; ``changed`` maps paths to other replies."""
        self.server.clear()
        replies = {
            DISCOVERY: {
                "issuer": f"{self.server.url}/{{tenantid}}/v2.0",
                "authorization_endpoint": self.server.url + AUTHORIZE,
                "token_endpoint": self.server.url + TOKEN,
            },
            AUTHORIZE: back("error=login_required&error_description=AADSTS50058"),
            TOKEN: {"access_token": "application-token", "token_type": "Bearer"},
            "/v1.0/me": Reply(401, {"error": {"code": "InvalidAuthenticationToken"}}),
        }
        for path, reply in (replies | (changed or {})).items():
            self.server.reply("POST" if path == TOKEN else "GET", path, reply)
        registration = Registration(
            CLIENT, SECRET, authority or self.server.url, tenant
        )
        graph_url = f"{self.server.url}/v1.0"
        found = check_registration(registration, self.session, CALLBACK, graph_url)
        for finding in found:
            for private in (SECRET, "ann@", "application-token"):
                self.assertNotIn(private, repr(finding))
        return {finding.check: finding for finding in found}

    def test_all_is_well(self):
        found = self.check()
        self.assertEqual(list(found), ["tenant", "app", "secret", "graph"])
        for check, finding in found.items():
            self.assertEqual(finding, Finding("ok", True, "", check))

    def test_without_the_address_of_graph_it_is_not_asked(self):
        self.check()
        registration = Registration(CLIENT, SECRET, self.server.url, "common")
        self.server.seen.clear()
        found = check_registration(registration, self.session, CALLBACK)
        self.assertEqual(
            [finding.check for finding in found], ["tenant", "app", "secret"]
        )
        form = self.server.seen[-1].form
        self.assertEqual(form["scope"], "https://graph.microsoft.com/.default")

    def test_what_is_asked(self):
        self.check()
        _discovery, authorize, token, me = self.server.seen
        self.assertEqual(authorize.query["client_id"], CLIENT)
        self.assertEqual(authorize.query["redirect_uri"], CALLBACK)
        self.assertEqual(authorize.query["prompt"], "none")
        self.assertEqual(authorize.query["response_type"], "code")
        self.assertEqual(token.form["grant_type"], "client_credentials")
        self.assertEqual(token.form["client_secret"], SECRET)
        self.assertEqual(token.form["scope"], f"{self.server.url}/.default")
        self.assertNotIn("Authorization", me.headers)

    def test_the_tenant(self):
        cases = [
            (sts_error("invalid_tenant", 90002), "tenant_unknown"),
            (Reply(404), "tenant_unknown"),
            (Reply(200, "<html>Please log in to the hotel</html>"), "bad_answer"),
            (Reply(503), "unreachable"),
        ]
        for reply, code in cases:
            with self.subTest(reply=reply):
                found = self.check({DISCOVERY: reply})
                self.assertEqual(list(found), ["tenant"])
                self.assertEqual(
                    (found["tenant"].code, found["tenant"].ok), (code, False)
                )

    def test_settings_that_name_no_authority(self):
        for authority, tenant, code in (
            ("http://login.example", "common", "authority_invalid"),
            ("https://login.example", "", "tenant_unknown"),
            (f"https://localhost:{free_port()}", "common", "unreachable"),
        ):
            with self.subTest(authority=authority):
                found = self.check(authority=authority, tenant=tenant)
                self.assertEqual(list(found), ["tenant"])
                self.assertEqual(found["tenant"].code, code)

    def test_the_application_and_its_redirect_uri(self):
        cases = [
            (back("error=interaction_required"), "ok", ""),
            (back("code=0.AAA"), "ok", ""),
            (page(700016, 400), "app_unknown", "AADSTS700016"),
            (page(50011), "redirect_unknown", "AADSTS50011"),
            (page(50194), "single_tenant", "AADSTS50194"),
            (page(90002), "tenant_unknown", "AADSTS90002"),
            (page(999999), "app_refused", "AADSTS999999"),
            (
                back("error=unauthorized_client&error_description=AADSTS7000112:x"),
                "app_disabled",
                "AADSTS7000112",
            ),
            (
                back("error=access_denied&error_description=AADSTS90094:x#fragment"),
                "consent_needed",
                "AADSTS90094",
            ),
            (back("error=invalid_request"), "unclear", ""),
            (Reply(200, "<html>a sign-in page"), "unclear", ""),
            (
                Reply(302, headers={"Location": "https://login.live.com/"}),
                "unclear",
                "",
            ),
            (Reply(500), "unreachable", "identity platform: 500"),
            (Reply(200, b"x" * 1024 * 1024 + b"x"), "bad_answer", "answer over"),
        ]
        for reply, code, detail in cases:
            with self.subTest(code=code, detail=detail):
                finding = self.check({AUTHORIZE: reply})["app"]
                self.assertEqual(finding.code, code)
                self.assertTrue(finding.detail.startswith(detail))
                self.assertEqual(finding.ok, code in ("ok", "unclear"))

    def test_the_secret(self):
        cases = [
            (sts_error("invalid_client", 7000215, 401), "secret_wrong"),
            (sts_error("invalid_client", 7000222, 401), "secret_expired"),
            (sts_error("invalid_client", 7000218, 401), "secret_wrong"),
            (sts_error("invalid_client", 999999, 401), "secret_wrong"),
            (sts_error("unauthorized_client", 700016), "app_unknown"),
            (sts_error("invalid_request", 50059), "unclear"),
            (sts_error("unauthorized_client", 65001), "unclear"),
            (Reply(400, {"error": "invalid_scope"}), "unclear"),
            (Reply(400, "<html>"), "bad_answer"),
            (Reply(429), "unreachable"),
        ]
        for reply, code in cases:
            with self.subTest(code=code, reply=reply):
                finding = self.check({TOKEN: reply})["secret"]
                self.assertEqual((finding.code, finding.check), (code, "secret"))
                self.assertEqual(finding.ok, code == "unclear")

    def test_graph(self):
        cases = [
            (Reply(403, {"error": {"code": "x"}}), "ok"),
            (Reply(200, "<html>Please log in to the hotel</html>"), "bad_answer"),
            ({"id": "somebody"}, "bad_answer"),
            (Reply(503), "unreachable"),
            (Reply(fault="lost"), "unreachable"),
        ]
        for reply, code in cases:
            with self.subTest(reply=reply):
                self.assertEqual(self.check({"/v1.0/me": reply})["graph"].code, code)

    def test_one_fault_does_not_hide_the_next(self):
        found = self.check(
            {
                AUTHORIZE: page(50011),
                TOKEN: sts_error("invalid_client", 7000222, 401),
                "/v1.0/me": Reply(503),
            }
        )
        self.assertEqual(
            [finding.code for finding in found.values()],
            ["ok", "redirect_unknown", "secret_expired", "unreachable"],
        )
