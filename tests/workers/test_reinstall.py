# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The add-on is uninstalled, installed again, and everybody signs in again.

Nothing of ours is left in Odoo then but the meetings, and nothing in Outlook but the
stamps on what Odoo had sent. What changed meanwhile: ``test_reinstalled``.
"""

from ..peer.server import Committed, change_module
from .common import PEOPLE
from .inventory import InventoryCase


class TestReinstall(InventoryCase):
    def reinstall(self):
        change_module("outlook_calendar", "uninstall")
        change_module("outlook_calendar", "install")
        with Committed() as env:
            self.assertFalse(env["outlook.link"].search([]))
            self.assertFalse(env["outlook.account"].search([]))
            self.configure(env)

    def test_problem_12_reinstalled_joins_all_and_mails_nobody(self):
        odoo, items, mails = self.in_odoo(), self.in_mailboxes(), self.mails()
        links, writes = self.links(), len(self.writes())
        self.assertEqual(len(links), 16)
        self.reinstall()
        self.accounts = {name: self.connect(name) for name in PEOPLE}
        self.settle()
        self.assertEqual(self.in_odoo(), odoo)
        self.assertEqual(self.writes()[writes:], [])
        self.assertEqual(self.in_mailboxes(), items)
        self.assertEqual(self.mails(), mails)
        self.assertEqual(self.links(), links)
        self.goes_on()

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
