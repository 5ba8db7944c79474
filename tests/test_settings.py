# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The settings, and what *Test* answers."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import APP_ID, APP_SECRET, OutlookCase


@tagged("post_install", "-at_install")
class TestSettings(OutlookCase):
    def settings(self, **vals):
        return self.env["res.config.settings"].create(
            {"outlook_enabled": True, "outlook_client_id": APP_ID, **vals}
        )

    def answer(self, **vals):
        action = self.settings(**vals).action_outlook_test()
        return action["params"]["type"], action["params"]["message"]

    def test_everything_is_in_order(self):
        kind, text = self.answer(outlook_client_secret=APP_SECRET)
        self.assertEqual(kind, "success", text)

    def test_each_mistake_has_its_own_sentence(self):
        for vals, expected in (
            ({"outlook_client_id": False}, "Enter the client ID"),
            (
                {"outlook_client_id": "00000000-0000-0000-0000-000000000000"},
                "does not know this client ID",
            ),
            ({"outlook_client_secret": "wrong"}, "client secret is wrong"),
            (
                {
                    "outlook_tenant_kind": "tenant",
                    "outlook_tenant": "00000000-0000-0000-0000-000000000001",
                },
                "does not know this tenant",
            ),
        ):
            with self.subTest(vals=vals):
                self.configure(self.env)
                kind, text = self.answer(**vals)
                self.assertEqual(kind, "danger")
                self.assertIn(expected, text)

    def test_a_missing_redirect_uri_is_named(self):
        self.env["ir.config_parameter"].set_param(
            "web.base.url", "https://odoo.example"
        )
        kind, text = self.answer()
        self.assertEqual(kind, "danger")
        self.assertIn("https://odoo.example/microsoft_account/authentication", text)

    def test_an_expired_secret_is_named(self):
        self.control(f"apps/{APP_ID}/secrets/expire")
        kind, text = self.answer()
        self.assertIn("has expired", text)

    def test_no_network_is_said(self):
        self.env["ir.config_parameter"].set_param(
            "outlook_calendar.authority", "https://localhost:9"
        )
        kind, text = self.answer()
        self.assertIn("cannot be reached", text)

    def test_the_secret_is_write_only(self):
        settings = self.settings(outlook_client_secret="value-of-it")
        settings.execute()
        again = self.env["res.config.settings"].create({})
        self.assertFalse(again.outlook_client_secret)
        self.env.flush_all()
        self.cr.execute("SELECT count(outlook_client_secret) FROM res_config_settings")
        self.assertEqual(self.cr.fetchone(), (0,))
        self.assertTrue(again.outlook_has_secret)
        stored = self.env["ir.config_parameter"].get_param(
            "microsoft_calendar_client_secret"
        )
        self.assertNotIn("value-of-it", stored)
        again.execute()  # saved without typing it again
        registration = self.env["outlook.connection"]._registration()
        self.assertEqual(registration.client_secret, "value-of-it")
        self.assertNotIn("value-of-it", repr(registration))

    def test_one_organization_only(self):
        tenant = "84bd8158-6d4d-4958-8b9f-9d6445542f95"
        self.settings(outlook_tenant_kind="tenant", outlook_tenant=tenant).execute()
        self.assertEqual(self.env["outlook.connection"]._registration().tenant, tenant)
        values = self.env["res.config.settings"].get_values()
        self.assertEqual(values["outlook_tenant_kind"], "tenant")
        self.assertEqual(values["outlook_tenant"], tenant)

    def test_only_administrators_test(self):
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(self.ann).action_outlook_test()
