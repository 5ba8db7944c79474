# Part of outlook_calendar. LGPL-3, see LICENSE.
"""After a take-over Odoo's own module can be uninstalled.

It does not come back, so this file is the last one on its database.
"""

from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name

from .server import change_module
from .test_take_over import TakeOverCase


class TestUninstall(TakeOverCase):
    def test_the_other_module_is_uninstalled(self):
        self.take_over()
        self.run_ours()
        self.look_away()
        change_module("microsoft_calendar", "uninstall")
        self.assertNotIn(
            "microsoft_id", Registry(get_db_name())["calendar.event"]._fields
        )
        with self.env() as env:
            self.assertFalse(env["outlook.connection"]._has_odoo_module())
            self.assertFalse(env["outlook.connection"]._is_at_rest())
            secret = env["outlook.connection"]._registration().client_secret
            self.assertTrue(secret)
        self.assertEqual(self.facts(), self.before)
        items = {item["subject"]: item for item in self.outlook()}
        self.change_in_outlook(items["Of Odoo"], subject="Of Odoo, changed")
        with self.env() as env:
            event = env["calendar.event"].search([("name", "=", "Of Outlook")])
        self.save("ann", {"location": "Antwerp"}, event.id)
        self.run_ours()
        self.assertEqual(1, len(self.look_up("id", subject="Of Odoo, changed")))
        items = {item["subject"]: item for item in self.outlook()}
        self.assertEqual(items["Of Outlook"]["location"]["displayName"], "Antwerp")
        self.assertEqual(len(self.facts()), len(self.before))
        self.assertEqual(len(self.sandbox.exchange.mails), self.mails)
