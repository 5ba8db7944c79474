# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The add-on is uninstalled, installed again, and everybody signs in again.

Nothing of ours is left in Odoo between but the meetings, and nothing in Outlook but
the stamps on what Odoo had sent. What changed meanwhile: ``test_reinstalled``.
"""

from ..common import APP_SECRET
from ..peer.server import Committed, change_module
from .common import PEOPLE
from .inventory import InventoryCase
from .remains import remains

WORD = "outlook_calendar"
SCHEMA = {"information_schema.tables", "information_schema.columns"}


class TestUninstall(InventoryCase):
    def test_problem_12_uninstalled_leaves_nothing_and_reinstalled_joins_all(self):
        """The database is clean, meetings stay; back again, nothing is made twice."""
        odoo, items, mails = self.in_odoo(), self.in_mailboxes(), self.mails()
        links, writes = self.links(), len(self.writes())
        self.assertEqual(len(links), 16)
        self.uninstall()
        self.assertEqual(self.in_odoo(), odoo)
        self.install()
        self.accounts = {name: self.connect(name) for name in PEOPLE}
        self.settle()
        self.assertEqual(self.in_odoo(), odoo)
        self.assertEqual(self.writes()[writes:], [])
        self.assertEqual(self.in_mailboxes(), items)
        self.assertEqual(self.mails(), mails)
        self.assertEqual(self.links(), links)
        self.goes_on()

    def uninstall(self):
        """Microsoft is asked nothing, and only Odoo's own registration is left."""
        with Committed() as env:
            before = set(remains(env))
        self.assertTrue({"ir_config_parameter", "ir_cron", *SCHEMA} <= before)
        asked = len(self.sandbox.requests)
        change_module(WORD, "uninstall")
        self.addCleanup(self.come_back)
        self.assertEqual(len(self.sandbox.requests), asked)
        with Committed() as env:
            self.assertEqual(remains(env), {})
            secret = "microsoft_calendar_client_secret"
            self.assertEqual(env["ir.config_parameter"].get_param(secret), APP_SECRET)

    def come_back(self):
        """Leave the add-on to the tests after this one, if this one failed."""
        with Committed() as env:
            is_gone = "outlook.account" not in env
        if is_gone:
            change_module(WORD, "install")

    def install(self):
        change_module(WORD, "install")
        with Committed() as env:
            self.assertFalse(env["outlook.link"].search([]))
            self.assertFalse(env["outlook.account"].search([]))
            self.configure(env)

    def goes_on(self):
        """Changes go both ways again, to the same records."""
        with Committed() as env:
            event = env["calendar.event"].search([("name", "=", "Lunch")])
            team = env["calendar.event"].search([("name", "=", "Team")])[:1]
            self.assertFalse(env["outlook.journal"].search([("is_open", "=", True)]))
        self.save("ann", event.id, location="Ghent")
        self.save("ann", team.id, name="Team A", recurrence_update="all_events")
        for name in PEOPLE:
            self.sync(name)
        places = {
            i["subject"]: i["location"]["displayName"] for i in self.outlook("ann")
        }
        self.assertEqual(places["Lunch"], "Ghent")
        self.assertIn("Team A", places)
