# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Connecting a mailbox through the routes, and what strangers may try."""

import json
from urllib.parse import parse_qs, urlsplit

from odoo.tests import tagged
from odoo.tools.misc import hash_sign

from .common import APP_ID, OutlookHttpCase, sign_in

CALLBACK = "/microsoft_account/authentication"


@tagged("post_install", "-at_install")
class TestSignIn(OutlookHttpCase):
    def login(self, user):
        self.authenticate(user.login, user.login)
        self.cr.flush()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.ann, cls.bob):
            user.password = user.login

    def go_out(self):
        """Click *Outlook*; return the address at Microsoft."""
        answer = self.url_open("/outlook_calendar/connect", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        return answer.headers["Location"]

    def answer_of(self, name, url, **choices):
        person = self.person(name)
        ca_file = self.running.ca_file
        return sign_in(url, person.username, person.password, ca_file, **choices)

    def come_back(self, query):
        return self.url_open(CALLBACK, params=query, allow_redirects=False)

    def flash(self):
        """Return what the calendar tells the user, once."""
        status = self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": "res.users",
                "method": "outlook_status",
                "args": [],
                "kwargs": {},
            },
        )
        return status["flash"] and status["flash"]["text"]

    def accounts(self):
        return self.env["outlook.account"].search([])

    def test_the_way_out_and_back(self):
        self.login(self.ann)
        url = self.go_out()
        query = parse_qs(urlsplit(url).query)
        self.assertEqual(query["client_id"], [APP_ID])
        self.assertEqual(query["code_challenge_method"], ["S256"])
        self.assertEqual(
            set(query["scope"][0].split()),
            {"Calendars.ReadWrite", "offline_access", "openid", "profile"},
        )
        answer = self.come_back(self.answer_of("ann", url))
        self.assertIn("outlook_first_sync_action", answer.headers["Location"])
        account = self.accounts()
        self.assertEqual(account.user_id, self.ann)
        self.assertEqual(account.state, "draft")
        self.assertEqual(account.email, "ann@contoso.example")
        self.assertFalse(self.flash())

    def test_tokens_and_secret_are_sealed_in_the_database(self):
        self.login(self.ann)
        self.come_back(self.answer_of("ann", self.go_out()))
        self.env["outlook.connection"]._seal_client_secret()
        self.env.flush_all()
        self.cr.execute("SELECT token_cache FROM outlook_account")
        [cache] = self.cr.fetchone()
        self.assertTrue(cache.startswith("sealed:v1:"))
        self.assertNotIn("refresh", cache.lower())
        self.cr.execute(
            "SELECT value FROM ir_config_parameter "
            "WHERE key = 'microsoft_calendar_client_secret'"
        )
        [secret] = self.cr.fetchone()
        self.assertTrue(secret.startswith("sealed:v1:"))
        registration = self.env["outlook.connection"]._registration()
        self.assertEqual(registration.client_secret, "sandbox-secret-of-odoo")

    def test_refused_consent_says_so_and_connects_nothing(self):
        self.login(self.ann)
        query = self.answer_of("ann", self.go_out(), accept=False)
        self.assertEqual(query["error"], "access_denied")
        self.come_back(query)
        self.assertFalse(self.accounts())
        self.assertIn("did not allow", self.flash())
        self.assertFalse(self.flash(), "a message is told once")

    def test_problem_66_an_answer_is_taken_once(self):
        self.login(self.ann)
        query = self.answer_of("ann", self.go_out())
        self.come_back(query)
        self.accounts().sudo().unlink()
        self.come_back(query)
        self.assertFalse(self.accounts())
        self.assertIn("used already", self.flash())

    def test_problem_66_a_code_of_another_user_is_refused(self):
        """An attacker lets the victim's browser open his own answer."""
        self.login(self.ann)
        stolen = self.answer_of("ann", self.go_out())
        self.login(self.bob)
        self.come_back(stolen)
        self.assertFalse(self.accounts())
        self.assertIn("not started in this browser", self.flash())

    def test_problem_66_a_code_in_anothers_flow_is_refused(self):
        """Same browser, own state, but somebody else's code: PKCE and nonce differ."""
        self.login(self.ann)
        foreign = self.answer_of("ann", self.go_out())
        self.login(self.bob)
        own = parse_qs(urlsplit(self.go_out()).query)["state"][0]
        self.come_back({"code": foreign["code"], "state": own})
        self.assertFalse(self.accounts())
        self.assertIn("did not accept this sign-in", self.flash())

    def test_a_forged_or_old_state_is_refused(self):
        self.login(self.ann)
        query = self.answer_of("ann", self.go_out())
        state = query["state"]
        forged = hash_sign(self.env, "another scope", [self.ann.id, "x"])
        for bad in (state[:-4] + "AAAA", forged):
            self.come_back({**query, "state": bad})
            self.assertFalse(self.accounts())
            self.assertIn("took too long", self.flash())

    def test_a_state_that_is_not_ours_goes_to_odoo(self):
        self.login(self.ann)
        state = json.dumps({"d": self.cr.dbname, "s": "calendar", "f": "/odoo"})
        answer = self.come_back({"state": state, "error": "access_denied"})
        self.assertIn("error=access_denied", answer.headers["Location"])

    def test_only_internal_users_connect(self):
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "portal@customer.example",
                "password": "portal@customer.example",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        self.login(portal)
        answer = self.url_open("/outlook_calendar/connect", allow_redirects=False)
        self.assertEqual(answer.status_code, 404)

    def test_without_settings_the_user_is_told(self):
        self.env["ir.config_parameter"].set_param("outlook_calendar.enabled", "False")
        self.login(self.ann)
        answer = self.url_open("/outlook_calendar/connect", allow_redirects=False)
        self.assertTrue(answer.headers["Location"].endswith("/odoo/calendar"))
        self.assertIn("administrator", self.flash())

    def test_a_wrong_registration_is_told(self):
        for name, value, expected in (
            ("microsoft_calendar_client_secret", "wrong", "client secret"),
            ("outlook_calendar.tenant", "nowhere.example", "client"),
        ):
            with self.subTest(name=name):
                self.configure(self.env)
                self.login(self.ann)
                self.env["ir.config_parameter"].set_param(name, value)
                answer = self.url_open(
                    "/outlook_calendar/connect", allow_redirects=False
                )
                url = answer.headers["Location"]
                if url.startswith("http") and "authorize" in url:
                    self.come_back(self.answer_of("ann", url))
                self.assertFalse(self.accounts())
                self.assertIn(expected, self.flash())

    def test_signing_in_again_continues_where_it_stopped(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        account.sudo().state = "revoked"
        self.login(self.ann)
        self.come_back(self.answer_of("ann", self.go_out()))
        self.assertEqual(account.state, "connected")
        self.assertIn("connected again", self.flash())
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(event.outlook_link_ids.account_id, account)

    def test_another_mailbox_than_before_is_refused(self):
        account = self.connect(self.ann)
        self.login(self.ann)
        self.come_back(self.answer_of("bob", self.go_out()))
        self.assertEqual(account.email, "ann@contoso.example")
        self.assertIn("another mailbox", self.flash())
