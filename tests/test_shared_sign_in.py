# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Asking for the calendars of others: only when wanted, and refused without harm."""

from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..graph.identity import CONSUMERS
from .common import OutlookHttpCase, sign_in

CALLBACK = "/microsoft_account/authentication"
SHARED = "Calendars.ReadWrite.Shared"


@tagged("post_install", "-at_install")
class TestSharedSignIn(OutlookHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob.password = cls.bob.login

    def setUp(self):
        super().setUp()
        exchange = self.sandbox.exchange
        exchange.share_calendar(self.person("ann"), self.person("bob"))
        self.account = self.connect(self.bob)
        self.authenticate(self.bob.login, self.bob.login)
        self.cr.flush()

    def go_out(self, where="/outlook_calendar/connect?shared=1"):
        answer = self.url_open(where, allow_redirects=False)
        return answer.headers["Location"]

    def scopes(self, url):
        return parse_qs(urlsplit(url).query)["scope"][0].split()

    def come_back(self, url, **choices):
        person, ca_file = self.person("bob"), self.running.ca_file
        query = sign_in(url, person.username, person.password, ca_file, **choices)
        answer = self.url_open(CALLBACK, params=query, allow_redirects=False)
        self.env.invalidate_all()
        return answer.headers["Location"]

    def shared(self):
        return self.account.sudo().calendar_ids.filtered("is_shared")

    def test_they_are_asked_for_by_a_button_and_listed_at_once(self):
        self.assertFalse(self.shared())
        where = self.account.with_user(self.bob).action_show_shared()["url"]
        url = self.go_out(where)
        self.assertIn(SHARED, self.scopes(url))
        self.assertIn(f"outlook.account/{self.account.id}", self.come_back(url))
        self.assertTrue(self.account.sees_shared)
        self.assertEqual(self.shared().owner, "ann@contoso.example")
        again = self.go_out("/outlook_calendar/connect")
        self.assertIn(SHARED, self.scopes(again), "kept for the next sign-in")

    def test_without_the_button_nobody_asks(self):
        self.assertNotIn(SHARED, self.scopes(self.go_out("/outlook_calendar/connect")))

    def test_refused_the_connection_goes_on(self):
        cache = self.account.sudo().token_cache
        self.come_back(self.go_out(), accept=False)
        self.assertFalse(self.account.sees_shared)
        self.assertEqual(self.account.state, "connected")
        self.assertEqual(self.account.sudo().token_cache, cache)
        status = self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": "res.users",
                "method": "outlook_status",
                "args": [],
                "kwargs": {},
            },
        )
        self.assertIn("goes on as before", status["flash"]["text"])
        self.in_outlook("bob", "Later")
        self.sync(self.account)
        self.assertTrue(self.events(name="Later"))

    def test_refused_at_a_new_sign_in_less_is_asked_for(self):
        self.account.sudo().write({"sees_shared": True, "state": "revoked"})
        self.cr.flush()
        url = self.go_out("/outlook_calendar/connect")
        self.assertIn(SHARED, self.scopes(url))
        self.come_back(url, accept=False)
        url = self.go_out("/outlook_calendar/connect")
        self.assertNotIn(SHARED, self.scopes(url))
        self.come_back(url)
        self.assertEqual(self.account.state, "connected")

    def test_personal_accounts_have_none(self):
        account = self.account.sudo()
        account.remote_user = f"oid.{CONSUMERS}"
        self.assertTrue(self.account.is_personal)
        with self.assertRaises(UserError):
            self.account.with_user(self.bob).action_show_shared()
        self.cr.flush()
        self.assertNotIn(SHARED, self.scopes(self.go_out()))
