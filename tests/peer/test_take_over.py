# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Taking over from Odoo's own module, with what that module itself has made.

The database has both add-ons. Ann and Bob were connected by Odoo's own one.
"""

from datetime import timedelta

import requests

from odoo import api
from odoo.exceptions import UserError

from ..common import APP_SECRET, DOMAIN, sign_in
from .common import PeerCase, guest
from .server import Committed

PARAMETERS = {
    "outlook_calendar.enabled": "True",
    "outlook_calendar.tenant": "common",
}
CLEARED = ("outlook_calendar.taken_over", "microsoft_calendar_sync_paused")


class TakeOverCase(PeerCase):
    """What both files need: settings of ours, and what there is to take over."""

    @classmethod
    def _set_up_odoo(cls, env):
        addresses = {
            "outlook_calendar.authority": cls.running.https_url,
            "outlook_calendar.graph_url": f"{cls.running.http_url}/v1.0",
        }
        for name, value in {**PARAMETERS, **addresses}.items():
            env["ir.config_parameter"].set_param(name, value)
        return super()._set_up_odoo(env)

    def _forget(self, env):
        env["outlook.account"].search([]).unlink()
        secret = "microsoft_calendar_client_secret"  # the take-over seals it
        env["ir.config_parameter"].set_param(secret, APP_SECRET)
        for name in CLEARED:
            env["ir.config_parameter"].set_param(name, False)
        env["res.users.settings"].search([]).write(
            {
                "microsoft_synchronization_stopped": False,
                "microsoft_last_sync_date": False,
            }
        )
        return super()._forget(env)

    def refused(self):
        """Leave out the profile, which the other module's sign-in does not open."""
        return [each for each in super().refused() if "/v1.0/me?" not in each.path]

    def setUp(self):
        super().setUp()
        for name in ("ann", "bob"):
            self.connect(name)
        self.fill()
        self.sync("ann", "bob")
        self.sync("ann", "bob")
        self.before = self.facts()
        self.mails = len(self.sandbox.exchange.mails)

    def fill(self):
        """Let both sides make meetings that the other module then exchanges."""
        self.meet(subject="Of Odoo", location="Ghent")
        self.meet(subject="With Bob", guests=["bob"], hours=48)
        self.in_outlook(subject="Of Outlook", hours=30)
        self.in_outlook(
            subject="With customer",
            hours=31,
            attendees=[guest("zoe@customer.example")],
        )
        self.in_outlook("bob", subject="Of Bob", hours=33)
        self.in_outlook(subject="Far away", hours=24 * 500)
        self.series = self.in_outlook(
            subject="Weekly",
            hours=50,
            attendees=[guest(f"bob@{DOMAIN}")],
            recurrence={
                "pattern": {"type": "daily", "interval": 2},
                "range": {
                    "type": "numbered",
                    "numberOfOccurrences": 5,
                    "startDate": str((self.now + timedelta(hours=50)).date()),
                },
            },
        )

    def facts(self):
        """Return ids, names, times and discussion of all meetings."""
        with self.env() as env:
            events = env["calendar.event"].with_context(active_test=False).search([])
            return {
                event.id: (
                    event.name,
                    event.start,
                    event.active,
                    set(event.message_ids.ids),
                    sorted(event.partner_ids.mapped("email")),
                )
                for event in events
            }

    def take_over(self):
        """Press the administrator's button; return who has to sign in."""
        with self.env() as env:
            admin = env.ref("base.user_admin")
            wizard = env["outlook.take.over.wizard"].with_user(admin).create({})
            self.shown = (wizard.user_count, wizard.event_count, wizard.series_count)
            wizard.action_take_over()
            return wizard.is_done and wizard.waiting_user_ids.mapped("name")

    def run_ours(self, *rounds):
        """Read and send as our scheduled actions do."""
        for name in rounds or ("pull", "push", "pull", "push"):
            with Committed() as env:
                accounts = env["outlook.account"].search([("state", "=", "connected")])
                for account in accounts:
                    account._run(f"outlook.{name}")

    def accounts(self):
        with self.env() as env:
            found = env["outlook.account"].search([])
            return {one.user_id.login.split("@")[0]: one.state for one in found}

    def subjects(self, name):
        return sorted(item["subject"] for item in self.outlook(name))


class TestTakeOver(TakeOverCase):
    def test_ours_stays_still_until_then(self):
        with self.env() as env:
            self.assertTrue(env["outlook.connection"]._is_at_rest())
        self.take_over()
        with self.env() as env:
            self.assertFalse(env["outlook.connection"]._is_at_rest())

    def test_everything_goes_on_and_nobody_notices(self):
        items = {name: self.subjects(name) for name in ("ann", "bob")}
        self.assertEqual(self.take_over(), [], "nobody has to sign in again")
        self.assertEqual(self.shown, (2, 6, 1))
        self.look_away()
        self.run_ours()
        self.assertEqual(self.facts(), self.before, "no duplicate, no change, no loss")
        for name, subjects in items.items():
            self.assertEqual(self.subjects(name), subjects)
        written = [m for m in ("POST", "PATCH", "DELETE") if self.log(m)]
        self.assertEqual(written, [])
        self.assertEqual(len(self.sandbox.exchange.mails), self.mails)
        with self.env() as env:
            self.assertFalse(env["mail.mail"].search([("state", "=", "outgoing")]))
            clashes = env["outlook.journal"].search([("is_open", "=", True)])
            self.assertFalse(clashes, clashes.mapped("lost_value"))
            self.assertFalse(env["outlook.outbox"].search([]))

    def test_its_people_stay_in_step_both_ways(self):
        self.take_over()
        self.run_ours()
        self.assertEqual(self.accounts(), {"ann": "connected", "bob": "connected"})
        items = {item["subject"]: item for item in self.outlook()}
        self.change_in_outlook(items["Of Odoo"], subject="Of Odoo, changed")
        with self.env() as env:
            event = env["calendar.event"].search([("name", "=", "Of Outlook")])
        self.save("ann", {"location": "Antwerp"}, event.id)
        self.run_ours()
        self.assertEqual(1, len(self.look_up("id", subject="Of Odoo, changed")))
        items = {item["subject"]: item for item in self.outlook()}
        self.assertEqual(items["Of Outlook"]["location"]["displayName"], "Antwerp")

    def test_one_outside_the_window_is_bound_as_well(self):
        self.take_over()
        self.run_ours()
        with self.env() as env:
            event = env["calendar.event"].search([("name", "=", "Far away")])
            self.assertEqual(len(event.outlook_link_ids), 1)
        self.save("ann", {"name": "Far away II"}, event.id)
        self.run_ours()
        self.assertIn("Far away II", self.subjects("ann"))
        self.assertNotIn("Far away", self.subjects("ann"))

    def test_a_series_stays_one(self):
        self.take_over()
        self.run_ours()
        with self.env() as env:
            events = env["calendar.event"].search([("name", "=", "Weekly")])
            series = events.recurrence_id
            self.assertEqual(len(series), 1)
            self.assertEqual(len(series.calendar_event_ids), 5)
            links = env["outlook.link"].search([("recurrence_id", "=", series.id)])
            self.assertEqual(len(links), 2, "one for each mailbox")
        self.change_in_outlook(self.series, subject="Weekly, changed")
        self.run_ours("pull")
        self.assertEqual(5, len(self.look_up("id", subject="Weekly, changed")))

    def test_a_series_is_made_in_odoo_again(self):
        """The other module forbids it; paused, it does no longer."""
        self.take_over()
        self.run_ours()
        self.meet(
            subject="Ours",
            recurrency=True,
            rrule_type="daily",
            end_type="count",
            count=3,
        )
        self.run_ours()
        kinds = {item["subject"]: item["type"] for item in self.outlook()}
        self.assertEqual(kinds["Ours"], "seriesMaster")

    def test_who_cannot_go_on_signs_in_once(self):
        with self.env() as env:
            user = self.user(env, "bob")
            user.microsoft_calendar_rtoken = "of another app"
            name = user.name
        self.refusals = [400]
        self.assertEqual(self.take_over(), [name])
        self.assertEqual(self.accounts(), {"ann": "connected", "bob": "revoked"})
        self.run_ours()
        with Committed() as env:
            self.assertFalse(env["mail.mail"].search([("state", "=", "outgoing")]))
            self.sign_in_again(env(user=self.user(env, "bob")))
        self.run_ours()
        self.assertEqual(self.accounts(), {"ann": "connected", "bob": "connected"})
        self.assertEqual(self.facts(), self.before)
        self.assertEqual(len(self.sandbox.exchange.mails), self.mails)

    def sign_in_again(self, env: api.Environment):
        """Sign in with our button."""
        identity = env["outlook.connection"].sudo()._identity()
        flow = identity.start(f"{self.odoo}/microsoft_account/authentication", "s")
        person = self.person("bob")
        query = sign_in(
            flow["auth_uri"],
            person.username,
            person.password,
            self.running.ca_file,
        )
        signed_in = identity.finish(flow, query)
        env["outlook.account"]._signed_in(signed_in, identity.cache)

    def test_the_other_module_is_still(self):
        self.take_over()
        self.run_ours()
        self.look_away()
        self.meet(subject="New one")
        with self.env() as env:
            env["res.users"]._sync_all_microsoft_calendar()
            event = env["calendar.event"].search([("name", "=", "Of Odoo")])
        self.orm("ann", "calendar.event", "unlink", [event.id])
        with self.env() as env:
            status = self.user(env).check_synchronization_status()
        self.assertEqual(status["microsoft_calendar"], "sync_paused")
        self.assertEqual(self.log("POST") + self.log("DELETE") + self.log("PATCH"), [])
        self.run_ours("push")
        self.assertIn("New one", self.subjects("ann"))
        self.assertNotIn("Of Odoo", self.subjects("ann"))

    def test_a_change_that_odoo_has_not_sent_yet(self):
        """It is listed as a conflict: nobody is mailed, and nothing is lost."""
        with self.env() as env:
            event = env["calendar.event"].search([("name", "=", "Of Odoo")])
            event.with_context(no_calendar_sync=True).write({"location": "Liege"})
        self.take_over()
        self.run_ours()
        with self.env() as env:
            [conflict] = env["outlook.journal"].search([("is_open", "=", True)])
            self.assertEqual(conflict.event_id, event.with_env(env))
            conflict.with_user(self.user(env)).action_take_other()
        self.run_ours()
        items = {item["subject"]: item for item in self.outlook()}
        self.assertEqual(items["Of Odoo"]["location"]["displayName"], "Liege")

    def test_microsoft_does_not_answer(self):
        """Nothing is changed then, and the other module goes on."""
        url = f"{self.running.http_url}/control/faults"
        fault = {"kind": "status", "status": 503, "path": "/token", "times": 9}
        requests.post(url, json=fault, timeout=10).raise_for_status()
        self.addCleanup(self.sandbox.faults.clear)
        with self.assertRaises(UserError):
            self.take_over()
        self.refusals = [each.status for each in self.refused()]
        self.assertEqual(self.accounts(), {})
        with self.env() as env:
            self.assertTrue(self.user(env).microsoft_calendar_rtoken)
            self.assertTrue(env["outlook.connection"]._has_odoo_module())
