# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One thing goes wrong: it is merged, deferred or shown, and the rest goes on."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OutlookCase, guest


@tagged("post_install", "-at_install")
class TestSending(OutlookCase):
    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ann)
        self.event = self.meet(self.ann)
        self.sync(self.account)
        [self.item] = self.outlook("ann")

    def rename(self, name="Board II"):
        self.event.with_user(self.ann).write({"name": name})
        self.cr.flush()

    def test_outlook_changed_before_the_push_is_merged_first(self):
        self.change_in_outlook("ann", self.item, location={"displayName": "Ghent"})
        self.rename()
        before = len(self.sandbox.requests)
        self.run_cron("push")
        made = self.sandbox.requests[before:]
        self.assertEqual(
            [(request.method, request.status) for request in made],
            [("PATCH", 412), ("GET", 200), ("PATCH", 200)],
        )
        [item] = self.outlook("ann")
        self.assertEqual(item["subject"], "Board II")
        self.assertEqual(item["location"]["displayName"], "Ghent")
        self.assertEqual(self.event.location, "Ghent")

    def test_a_conflict_that_stays_is_tried_later(self):
        self.rename()
        self.fault(
            "status",
            status=409,
            code="ErrorIrresolvableConflict",
            method="PATCH",
            times=2,
        )
        self.run_cron("push")
        row = self.outbox()
        self.assertEqual((row.state, row.attempts), ("waiting", 1))
        row.not_before = False
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Board II"])

    def test_gone_in_outlook_at_the_push_is_archived(self):
        self.delete_in_outlook("ann", self.item)
        self.rename()
        self.run_cron("push")
        self.assertFalse(self.event.active)
        self.assertFalse(self.outbox())

    def test_a_change_after_a_lost_answer_reaches_the_one_meeting(self):
        event = self.meet(self.ann, "Second", hours=30)
        self.fault("lost_answer", method="POST", path="/events")
        self.run_cron("push")
        event.with_user(self.ann).write({"name": "Second II"})
        self.cr.flush()
        self.outbox().write({"not_before": False})
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Board", "Second II"])
        self.assertFalse(self.outbox())
        self.assertTrue(event.outlook_link_ids)

    def test_a_fault_of_ours_is_shown_and_stops_nothing(self):
        """Another add-on's rule in the database refuses what we write."""
        self.cr.execute(
            "ALTER TABLE outlook_link ADD CONSTRAINT poison "
            "CHECK (base_odoo->>'subject' NOT LIKE '%poison%')"
        )
        poison = self.meet(self.ann, "poison", hours=30)
        self.meet(self.ann, "Good", hours=40)
        with self.assertLogs("odoo.addons.outlook_calendar", 30) as logs:
            self.run_cron("push")
        self.assertIn("Good", self.subjects("ann"))
        self.assertNotIn("poison", "".join(logs.output))
        mine = poison.with_user(self.ann)
        self.assertEqual(mine.outlook_state, "failed")
        self.assertEqual(self.account.failed_count, 1)

    def test_a_waiting_change_can_be_discarded(self):
        self.rename()
        row = self.outbox().with_user(self.ann)
        self.assertEqual(row.event_name, "Board II")
        row.action_discard()
        self.sync(self.account)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertTrue(self.journal("skip"))

    def test_a_refused_change_can_be_retried_from_the_list(self):
        self.rename()
        self.fault("status", status=403, code="ErrorAccessDenied", method="PATCH")
        self.run_cron("push")
        row = self.outbox().with_user(self.ann)
        self.assertEqual(row.state, "failed")
        row.action_retry()
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Board II"])

    def test_the_buttons_open_the_accounts_own_lists(self):
        for name in ("links", "outbox", "journal", "conflicts"):
            action = getattr(self.account, f"action_view_{name}")()
            self.assertIn(("account_id", "in", self.account.ids), action["domain"])
            self.env[action["res_model"]].search(action["domain"])

    def test_a_conflict_is_settled_once(self):
        self.change_in_outlook("ann", self.item, subject="Theirs")
        self.rename("Ours")
        self.sync(self.account)
        conflict = self.journal("conflict").with_user(self.ann)
        self.assertEqual(self.account.conflict_count, 1)
        conflict.action_keep()
        self.account.invalidate_recordset()
        self.assertEqual(self.account.conflict_count, 0)
        with self.assertRaisesRegex(UserError, "settled already"):
            conflict.action_take_other()

    def test_a_conflict_about_a_deleted_meeting_says_so(self):
        self.change_in_outlook("ann", self.item, subject="Theirs")
        self.rename("Ours")
        self.sync(self.account)
        self.event.with_user(self.ann).unlink()
        with self.assertRaisesRegex(UserError, "does not exist any more"):
            self.journal("conflict").with_user(self.ann).action_take_other()

    def test_the_time_of_a_conflict_can_be_turned_as_well(self):
        ours = self.event.start + timedelta(hours=3)
        theirs = self.event.start + timedelta(hours=5)
        self.change_in_outlook(
            "ann",
            self.item,
            start={"dateTime": theirs.isoformat(), "timeZone": "UTC"},
            end={
                "dateTime": (theirs + timedelta(hours=1)).isoformat(),
                "timeZone": "UTC",
            },
        )
        self.account.write({"conflict_rule": "outlook"})
        self.event.with_user(self.ann).write(
            {"start": ours, "stop": ours + timedelta(hours=1)}
        )
        self.cr.flush()
        self.sync(self.account)
        self.assertEqual(self.event.start, theirs)
        self.journal("conflict").with_user(self.ann).action_take_other()
        self.assertEqual(self.event.start, ours)

    def test_odoo_knows_that_outlook_sends_the_cancellations(self):
        self.assertTrue(self.ann._has_any_active_synchronization())
        self.account.write({"invitation_mode": "odoo"})
        self.assertFalse(self.ann._has_any_active_synchronization())
        self.assertFalse(self.bob._has_any_active_synchronization())

    def test_the_preferences_open_the_own_connection(self):
        action = self.ann.with_user(self.ann).action_outlook_connection()
        self.assertEqual(action["res_id"], self.account.id)
        action = self.bob.with_user(self.bob).action_outlook_connection()
        self.assertEqual(action["url"], "/outlook_calendar/connect")


@tagged("post_install", "-at_install")
class TestTakingIn(OutlookCase):
    def poison(self):
        """Let the database refuse a name, as another add-on's rule may."""
        self.cr.execute(
            "ALTER TABLE calendar_event ADD CONSTRAINT poison "
            "CHECK (name NOT LIKE '%poison%')"
        )

    def test_problem_77_one_bad_item_among_many(self):
        self.poison()
        for number in range(4):
            self.in_outlook("ann", f"Good {number}", hours=24 + number)
        self.in_outlook("ann", "poison", hours=50)
        account = self.connect(self.ann)
        self.assertEqual(len(self.events(user_id=self.ann.id)), 4)
        held = self.env["outlook.link"].search([("problem", "!=", False)])
        self.assertEqual(len(held), 1)
        self.assertFalse(account.error_message)
        self.cr.execute("ALTER TABLE calendar_event DROP CONSTRAINT poison")
        held.tried_at = self.now - timedelta(hours=2)
        self.sync(account)
        self.assertTrue(self.events(name="poison"))

    def test_a_change_that_odoo_refuses_is_shown_on_the_meeting(self):
        item = self.in_outlook("ann")
        other = self.in_outlook("ann", "Other", hours=30)
        account = self.connect(self.ann)
        self.poison()
        self.change_in_outlook("ann", item, subject="poison")
        self.change_in_outlook("ann", other, subject="Other II")
        self.sync(account)
        self.assertTrue(self.events(name="Other II"))
        event = self.events(name="Board").with_user(self.ann)
        self.assertEqual(event.outlook_state, "failed")
        self.assertTrue(event.outlook_state_reason)

    def test_a_joined_item_that_odoo_refuses_is_remembered(self):
        event = self.meet(self.bob, "Board", guests=[self.ann.partner_id])
        self.age_events()
        self.in_outlook("bob", "Board", attendees=[guest("ann@contoso.example")])
        self.cr.execute(
            "ALTER TABLE outlook_link ADD CONSTRAINT poison CHECK (event_id IS NULL)"
        )
        account = self.connect(self.ann)
        self.assertFalse(event.outlook_link_ids)
        self.assertFalse(account.error_message)
        self.assertTrue(self.env["outlook.link"].search([("problem", "!=", False)]))
