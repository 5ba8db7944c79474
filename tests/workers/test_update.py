# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The add-on is updated, as ``-u outlook_calendar`` does, in a server of its own."""

from ..peer.server import Committed, change_module
from .inventory import InventoryCase


class TestUpdate(InventoryCase):
    def crons(self):
        """Let the scheduled actions run, that which compares among them."""
        for name in ("pull", "push", "maintain"):
            with Committed() as env:
                cron = env.ref(f"outlook_calendar.ir_cron_outlook_{name}")
                cron.method_direct_trigger()

    def accounts_now(self):
        """Return states and choices of all connections."""
        with Committed() as env:
            accounts = env["outlook.account"].search([])
            names = ("state", "direction", "invitation_mode", "contact_rule")
            found = [(a.email, *(a[name] for name in names)) for a in accounts]
            return sorted(found), sorted(accounts.mapped("token_cache"))

    def test_an_update_mails_nobody_and_what_waits_is_sent_once_after_it(self):
        with Committed() as env:
            event = env["calendar.event"].search([("name", "=", "Lunch")])
        self.save("ann", event.id, location="Ghent")
        self.meet("ann", "New")
        before = self.in_odoo(), self.in_mailboxes(), self.links(), self.mails()
        accounts, asked = self.accounts_now(), len(self.sandbox.requests)
        change_module("outlook_calendar", "upgrade")
        self.assertEqual(len(self.sandbox.requests), asked, "Microsoft is not asked")
        self.assertEqual(self.accounts_now(), accounts)
        after = self.in_odoo(), self.in_mailboxes(), self.links(), self.mails()
        for was, now in zip(before, after, strict=True):
            self.assertEqual(now, was)
        writes = len(self.writes())
        self.crons()
        self.settle()
        self.assertEqual(len(self.writes()) - writes, 2, "and nothing of the others")
        items = {item["subject"]: item for item in self.outlook("ann")}
        self.assertEqual(items["Lunch"]["location"]["displayName"], "Ghent")
        self.assertIn("New", items)
        self.assertEqual(self.mails(), before[-1])
