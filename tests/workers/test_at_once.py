# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Two at once: nothing is lost, nothing is made twice, nobody waits for Microsoft."""

import threading
import time

from ..common import guest
from ..peer.server import Committed
from .common import WorkersCase

_SOON = 15  # seconds; who waits for Microsoft waits for 20, then gives up


class TestAtOnce(WorkersCase):
    def one(self, name):
        [item] = self.outlook(name)
        return item

    def change(self, name, **body):
        item = self.one(name)
        self.sandbox.exchange.update_event(self.person(name), item["id"], body)

    def test_saved_while_outlook_is_read(self):
        event_id = self.meet("ann")
        self.sync("ann")
        self.change("ann", location={"displayName": "Ghent"})
        with self.working(("ann", "outlook.pull")):
            took = self.save("ann", event_id, name="Board II")
        self.assertLess(took, _SOON)
        self.work("ann", "outlook.push")
        with Committed() as env:
            event = self.events(env, id=event_id)
            self.assertEqual((event.name, event.location), ("Board II", "Ghent"))
            self.assertFalse(env["outlook.outbox"].search([]))
        item = self.one("ann")
        self.assertEqual(item["subject"], "Board II")
        self.assertEqual(item["location"]["displayName"], "Ghent")

    def test_saved_while_removals_are_asked_for(self):
        """The meeting was changed in Outlook, another one is gone there."""
        event_id = self.meet("ann")
        self.in_outlook("ann", "Gone")
        self.sync("ann")
        exchange, person = self.sandbox.exchange, self.person("ann")
        items = {item["subject"]: item["id"] for item in self.outlook("ann")}
        exchange.delete_event(person, items["Gone"])
        exchange.update_event(
            person, items["Board"], {"location": {"displayName": "A"}}
        )
        self.fault("delay", delay=6, path=r"/me/events/[^/]+$", times=1)
        before = len(self.sandbox.requests)
        worker = threading.Thread(target=self.work, args=("ann", "outlook.pull"))
        worker.start()
        self.wait_until(lambda: len(self.sandbox.requests) > before)
        time.sleep(0.5)  # what is read in between could be written by now
        self.save("ann", event_id, name="Board II")
        self.assertTrue(worker.is_alive(), "nobody waits for Microsoft")
        worker.join(60)
        self.work("ann", "outlook.push")
        with Committed() as env:
            event = self.events(env, id=event_id)
            self.assertEqual((event.name, event.location), ("Board II", "A"))
            self.assertFalse(self.events(env, name="Gone").active)

    def test_saved_again_while_it_is_sent(self):
        event_id = self.meet("ann")
        self.sync("ann")
        self.save("ann", event_id, name="Board II")
        with self.working(("ann", "outlook.push")):
            took = self.save("ann", event_id, name="Board III", location="Ghent")
        self.assertLess(took, _SOON)
        self.work("ann", "outlook.push")
        item = self.one("ann")
        self.assertEqual(item["subject"], "Board III")
        self.assertEqual(item["location"]["displayName"], "Ghent")
        with Committed() as env:
            self.assertFalse(env["outlook.outbox"].search([]))

    def test_saved_while_it_is_created(self):
        event_id = self.meet("ann")
        with self.working(("ann", "outlook.push")):
            took = self.save("ann", event_id, name="Board II")
        self.assertLess(took, _SOON)
        self.work("ann", "outlook.push")
        self.assertEqual(self.one("ann")["subject"], "Board II")

    def test_deleted_while_it_is_created(self):
        event_id = self.meet("ann")
        with self.working(("ann", "outlook.push")):
            deleting = threading.Thread(target=self.delete, args=("ann", event_id))
            deleting.start()
            time.sleep(0.5)
        deleting.join(60)
        for _round in range(2):
            self.sync("ann")
        self.assertEqual(self.outlook("ann"), [])
        with Committed() as env:
            self.assertFalse(self.events(env, name="Board"))

    def delete(self, name, event_id):
        with self.acting(name) as env:
            env["calendar.event"].browse(event_id).unlink()

    def test_two_workers_send_it_once(self):
        self.meet("ann")
        with self.working(("ann", "outlook.push")):
            self.work("ann", "outlook.push")  # finds the account taken
            with Committed() as env:
                cron = env.ref("outlook_calendar.ir_cron_outlook_push")
                triggers = env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
                self.assertTrue(triggers, "it comes back for what it left")
        self.assertEqual(self.one("ann")["subject"], "Board")

    def test_two_mailboxes_bring_one_meeting(self):
        self.in_outlook("ann", attendees=[guest("bob@contoso.example")])
        with self.working(("ann", "outlook.pull"), ("bob", "outlook.pull")):
            pass
        for name in ("ann", "bob"):
            self.sync(name)
        with Committed() as env:
            event = self.events(env, name="Board")
            self.assertEqual(len(event), 1)
            self.assertEqual(len(event.outlook_link_ids), 2)
            self.assertEqual(event.user_id.id, self.users["ann"])

    def test_request_f20_two_mailboxes_make_one_contact(self):
        address = f"mike{time.time_ns()}@far.example"
        for name in ("ann", "bob"):
            self.in_outlook(name, f"Of {name}", attendees=[guest(address, "Mike M")])
        with self.working(("ann", "outlook.pull"), ("bob", "outlook.pull")):
            pass
        with Committed() as env:
            domain = [("email_normalized", "=", address)]
            partner = env["res.partner"].search(domain)
            self.assertEqual(len(partner), 1)
            for name in ("ann", "bob"):
                event = self.events(env, name=f"Of {name}")
                self.assertIn(partner, event.partner_ids)

    def test_pausing_while_it_works_is_kept(self):
        self.meet("ann")
        with self.working(("ann", "outlook.push")):
            pausing = threading.Thread(target=self.pause, args=("ann",))
            pausing.start()
        pausing.join(60)
        with Committed() as env:
            account = env["outlook.account"].browse(self.accounts["ann"])
            self.assertEqual(account.state, "paused")
            self.assertFalse(account._hold())

    def pause(self, name):
        with self.acting(name) as env:
            env["outlook.account"].browse(self.accounts[name]).action_pause()
