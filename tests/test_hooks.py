# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Coming and going of the add-on."""

from odoo.tests import tagged

from ..hooks import post_init_hook, uninstall_hook
from .common import APP_SECRET, OutlookCase

SECRET = "microsoft_calendar_client_secret"


@tagged("post_install", "-at_install")
class TestHooks(OutlookCase):
    def param(self, name):
        return self.env["ir.config_parameter"].get_param(name)

    def test_installing_seals_a_secret_in_plain_text(self):
        self.assertEqual(self.param(SECRET), APP_SECRET)
        post_init_hook(self.env)
        self.assertTrue(self.param(SECRET).startswith("sealed:"))
        registration = self.env["outlook.connection"]._registration()
        self.assertEqual(registration.client_secret, APP_SECRET)

    def test_uninstalling_leaves_the_registration_readable(self):
        post_init_hook(self.env)
        uninstall_hook(self.env)
        self.assertEqual(self.param(SECRET), APP_SECRET)
        self.assertFalse(self.param("outlook_calendar.enabled"))
        self.assertFalse(self.param("outlook_calendar.graph_url"))

    def test_the_daily_care_seals_and_forgets(self):
        account = self.connect(self.ann)
        old = account.sudo()._note("skip", "Old")
        kept = account.sudo()._note("conflict", "Open", is_open=True)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE outlook_journal SET create_date = create_date - interval '1 year' "
            "WHERE id IN %s",
            [tuple((old | kept).ids)],
        )
        self.env.invalidate_all()
        self.run_cron("maintain")
        self.assertFalse(old.exists())
        self.assertTrue(kept.exists())
        self.assertTrue(self.param(SECRET).startswith("sealed:"))
