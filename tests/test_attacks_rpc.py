# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The same attacks over the wire: XML-RPC, JSON-RPC, JSON-2, and our own routes."""

import json
import xmlrpc.client
from datetime import datetime, timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .attacks import MODULE, SECRET, AttackMixin, models_of_ours, public_methods
from .common import OutlookHttpCase

_PASSWORD = "let me in, please"
# What opens secrets or mailboxes inside; nobody may call it from outside.
_INSIDE = (
    ("outlook.vault", "_open", ["sealed:v1:x"]),
    ("outlook.vault", "_seal", ["x"]),
    ("outlook.connection", "_registration", []),
    ("outlook.connection", "_identity", []),
    ("outlook.account", "_signed_in", [{}, ""]),
    ("outlook.account", "_keep_token_cache", [[1], ""]),
    ("outlook.account", "_disconnect", [[1]]),
    ("outlook.account", "_cron_run", ["outlook.pull"]),
    ("outlook.journal", "_note_changed", []),
    ("calendar.event", "_outlook_create", [[{}]]),
    ("outlook.account", "sudo", [[1]]),
    ("outlook.account", "with_user", [[1], 1]),
    ("outlook.account", "with_env", [[1], 1]),
    ("outlook.account", "env", []),
)
# Domains that Odoo keeps for itself, since they pass the rules by.
_AROUND_THE_RULES = (
    [("calendar_ids", "any!", [("name", "!=", False)])],
    [("calendar_ids.account_id.token_cache", "ilike", "sealed")],
    [("user_id", "any!", [("password", "!=", False)])],
)


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestAttacksByRpc(AttackMixin, OutlookHttpCase):
    def setUp(self):
        super().setUp()
        users = {**self.attackers, "owner": self.ann}
        for user in users.values():
            user.password = _PASSWORD
        self.keys = {
            who: self.env["res.users.apikeys"]
            .with_user(user)
            .sudo()
            ._generate("rpc", "attack", datetime.now() + timedelta(hours=1))
            for who, user in users.items()
            if who != "public"
        }
        self.users = users
        self.env.flush_all()

    # --- ways in -------------------------------------------------------------------

    def by_xml_rpc(self, who, model, method, args, kwargs=None):
        user = self.users[who]
        call = [self.cr.dbname, user.id, _PASSWORD, model, method, args, kwargs or {}]
        try:
            return self.xmlrpc_object.execute_kw(*call)
        except xmlrpc.client.Fault as fault:
            return f"refused: {fault.faultString}"

    def by_json_rpc(self, who, model, method, args, kwargs=None):
        user = self.users[who]
        call = [self.cr.dbname, user.id, _PASSWORD, model, method, args, kwargs or {}]
        params = {"service": "object", "method": "execute_kw", "args": call}
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        answer = self.url_open("/jsonrpc", json=body).json()
        if "error" in answer:
            return f"refused: {json.dumps(answer['error'])}"
        return answer["result"]

    def by_json_2(self, who, model, method, ids=(), **kwargs):
        body = {**({"ids": list(ids)} if ids else {}), **kwargs}
        answer = self.url_open(
            f"/json/2/{model}/{method}",
            json=body,
            headers={"Authorization": f"Bearer {self.keys[who]}"},
        )
        return answer.json() if answer.ok else f"refused: {answer.text}"

    def assertRefused(self, answer):
        self.assertKept(answer)
        self.assertTrue(str(answer).startswith("refused: "), answer)

    def who_may_knock(self):
        return ("colleague", "administrator", "portal")

    # --- attacks -------------------------------------------------------------------

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_reading_by_ids_is_refused(self):
        for name, rows in self.rows.items():
            for who in self.who_may_knock():
                if (name, who) == ("outlook.account", "administrator"):
                    continue
                with self.subTest(model=name, who=who):
                    for way in (self.by_xml_rpc, self.by_json_rpc):
                        self.assertRefused(way(who, name, "read", [rows.ids]))
                    self.assertRefused(self.by_json_2(who, name, "read", rows.ids))

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_searching_tells_nothing(self):
        for name in self.rows:
            for who in self.who_may_knock():
                if (name, who) == ("outlook.account", "administrator"):
                    continue
                with self.subTest(model=name, who=who):
                    for answer in (
                        self.by_xml_rpc(who, name, "search_read", [[]]),
                        self.by_json_rpc(who, name, "name_search", [SECRET]),
                        self.by_json_2(who, name, "search_count", domain=[]),
                    ):
                        self.assertKept(answer)
                        is_refused = str(answer).startswith("refused: ")
                        self.assertTrue(is_refused or not answer, answer)

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_what_is_inside_cannot_be_called(self):
        for who in (*self.who_may_knock(), "owner"):
            for model, method, args in _INSIDE:
                with self.subTest(who=who, method=method):
                    self.assertRefused(self.by_xml_rpc(who, model, method, args))
                    self.assertRefused(self.by_json_rpc(who, model, method, args))

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_rules_cannot_be_passed_by(self):
        for who in (*self.who_may_knock(), "owner"):
            for domain in _AROUND_THE_RULES:
                with self.subTest(who=who, domain=domain):
                    self.assertRefused(
                        self.by_xml_rpc(who, "outlook.account", "search", [domain])
                    )

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_buttons_of_another_are_refused(self):
        """Also with a context that only the add-on's own work carries."""
        before, asked = self.world(), len(self.sandbox.requests)
        contexts = ({}, {"outlook_from_account": self.account.id, "su": True})
        for model, method in public_methods(self.env):
            if model not in self.rows or method.startswith(("create", "write")):
                continue
            for context in contexts:
                with self.subTest(model=model, method=method, context=context):
                    ids = self.rows[model].ids
                    kwargs = {"context": context}
                    self.assertKept(
                        self.by_xml_rpc("colleague", model, method, [ids], kwargs)
                    )
        self.env.invalidate_all()
        self.assertEqual(self.world(), before)
        self.assertEqual(len(self.sandbox.requests), asked)

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_problem_65_private_meetings_over_the_wire(self):
        domain = [("name", "ilike", SECRET)]
        for who in ("colleague", "administrator"):
            with self.subTest(who=who):
                model = "calendar.event"
                found = self.by_xml_rpc(who, model, "search_read", [domain, ["name"]])
                self.assertEqual(found, [])
                self.assertEqual(
                    self.by_json_2(who, model, "search_count", domain=domain), 0
                )
                [row] = self.by_json_rpc(who, model, "read", [self.event.ids, ["name"]])
                self.assertEqual(row["name"], "Busy")
                self.assertKept(self.by_xml_rpc(who, model, "unlink", [self.event.ids]))
        self.assertTrue(self.event.exists())

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_abstract_models_answer_nobody(self):
        for name in models_of_ours(self.env, abstract=True):
            with self.subTest(model=name):
                for method, args in (("search", [[]]), ("create", [{}])):
                    self.assertRefused(
                        self.by_json_rpc("administrator", name, method, args)
                    )

    # --- routes --------------------------------------------------------------------

    def routes(self):
        """Return the addresses that the add-on's controllers answer."""
        installed = self.env.registry._init_modules
        rules = self.env["ir.http"]._generate_routing_rules(sorted(installed), {})
        return sorted(
            {url for url, end in rules if f".{MODULE}." in end.func.__module__}
        )

    def test_routes_tell_nothing_to_outsiders(self):
        routes = self.routes()
        self.assertIn("/outlook_calendar/connect", routes)
        before = self.world()
        for who in (None, "portal"):
            if who:
                self.authenticate(self.users[who].login, _PASSWORD)
            for route in routes:
                with self.subTest(who=who, route=route):
                    answer = self.url_open(
                        f"{route}?state=x&code=y", allow_redirects=False
                    )
                    self.assertKept(answer.text)
                    self.assertNotIn("login.microsoftonline", answer.text)
                    location = answer.headers.get("Location", "")
                    self.assertNotIn(self.running.https_url, location)
        self.env.invalidate_all()
        self.assertEqual(self.world(), before)
