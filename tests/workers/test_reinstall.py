# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The add-on is uninstalled, installed again, and everybody signs in again.

Nothing of ours is left in Odoo then but the meetings, and nothing in Outlook but the
stamps on what Odoo had sent.
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

    def test_problem_12_what_changed_meanwhile_is_joined_as_well(self):
        """Outlook's value is taken, Odoo's is listed; nobody is told of either."""
        ids, mails, links = set(self.in_odoo()), self.mails(), self.links()
        writes = len(self.writes())
        change_module("outlook_calendar", "uninstall")
        with self.acting("ann") as env:
            env = env(context={"no_mail_to_attendees": True})
            for name in ("Board", "Lunch", "Team"):
                event = env["calendar.event"].search([("name", "=", name)], limit=1)
                event.write({"location": "Ghent"})
        [item] = [one for one in self.outlook("ann") if one["subject"] == "Alone"]
        body = {"location": {"displayName": "Liege"}}
        self.sandbox.exchange.update_event(self.person("ann"), item["id"], body)
        change_module("outlook_calendar", "install")
        with Committed() as env:
            self.configure(env)
        self.accounts = {name: self.connect(name) for name in PEOPLE}
        self.settle()
        self.assertEqual(set(self.in_odoo()), ids)
        self.assertEqual(self.links(), links)
        self.assertEqual(self.writes()[writes:], [])
        self.assertEqual(self.mails(), mails)
        with Committed() as env:
            events = {event.name: event for event in env["calendar.event"].search([])}
            self.assertEqual(events["Alone"].location, "Liege")
            lost = env["outlook.journal"].search([("is_open", "=", True)])
            listed = {line.event_name: line.lost_value for line in lost}
            self.assertEqual(listed, {"Board": "Ghent", "Alone": "", "Team": "Ghent"})
