# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Calendars that a colleague shares, when something goes wrong."""

import re

from odoo.tests import tagged

from .shared import SharedCase


@tagged("post_install", "-at_install")
class TestSharedTrouble(SharedCase):
    def test_one_that_is_withdrawn_keeps_its_meetings(self):
        share = self.share()
        self.in_outlook("ann", "Board")
        account = self.follow()
        event = self.events(name="Board")
        self.edit_as(self.bob, event, name="Council")
        self.sandbox.exchange.withdraw_calendar(self.person("bob"), share["id"])
        self.in_outlook("bob", "Bob's own")
        self.sync(account)
        self.assertTrue(event.active)
        self.assertTrue(self.events(name="Bob's own"))
        self.assertTrue(self.lent(account).is_gone)
        self.assertIn("does not share", self.journal("skip").summary)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.sync(account)
        self.assertFalse(account.error_message)

    def test_withdrawn_while_a_change_is_sent(self):
        share = self.share()
        self.in_outlook("ann", "Board")
        account = self.follow()
        event = self.events(name="Board")
        self.edit_as(self.bob, event, name="Council")
        self.sandbox.exchange.withdraw_calendar(self.person("bob"), share["id"])
        self.run_cron("push")
        self.assertTrue(event.active)
        self.assertTrue(event.outlook_link_ids)
        self.assertIn("not shared with you", self.outbox(state="failed").reason)
        self.assertTrue(account)

    def test_a_lost_answer_makes_no_second_meeting(self):
        self.share()
        account = self.follow(is_target=True)
        self.fault("lost_answer", method="POST", path="/events", times=1)
        self.meet(self.ann, "Board")
        self.sync(account)
        self.env["outlook.outbox"].search([]).write({"not_before": False})
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(len(self.events(name="Board")), 1)
        self.quiet(account)

    def test_a_lost_answer_of_what_is_deleted_meanwhile(self):
        self.share()
        account = self.follow(is_target=True)
        self.fault("lost_answer", method="POST", path="/events", times=1)
        event = self.meet(self.ann, "Board")
        self.sync(account)
        event.with_user(self.bob).unlink()
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.outlook("ann"), [])
        self.assertFalse(self.events(name="Board"))

    def test_changed_on_both_sides_at_once(self):
        self.share()
        item = self.in_outlook("ann", "Board")
        master = self.series_in_outlook()
        account = self.follow()
        event = self.events(name="Board")
        meetings = self.meetings(self.events(name="Team").recurrence_id)
        self.edit_as(self.bob, event, name="Council")
        self.edit(meetings[0], "all_events", user=self.bob, name="Crew")
        place = {"location": {"displayName": "Ghent"}}
        self.change_in_outlook("ann", item, **place)
        self.change_in_outlook("ann", master, **place)
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Council", "Crew"])
        self.assertEqual(event.location, "Ghent")
        self.assertEqual(set(meetings.mapped("location")), {"Ghent"})
        self.quiet(account)

    def test_an_attachment_is_copied_from_there(self):
        self.share()
        item = self.in_outlook("ann", "Board")
        file = {
            "@odata.type": "#microsoft.graph.fileAttachment",
            "name": "plan.txt",
            "contentBytes": "cGxhbg==",
        }
        self.sandbox.exchange.attach(self.person("ann"), item["id"], file)
        self.follow()
        event = self.events(name="Board").with_user(self.bob)
        [row] = event.outlook_attachment_ids
        row.action_copy()
        copied = self.env["ir.attachment"].search([("name", "=", "plan.txt")])
        self.assertEqual((copied.raw, copied.res_id), (b"plan", event.id))

    def test_refused_it_stops_no_other(self):
        self.share()
        self.in_outlook("ann", "Board")
        account = self.follow()
        calendar = self.lent(account)
        self.in_outlook("bob", "Bob's own")
        where = re.escape(calendar.remote_id.rstrip("="))
        self.fault("status", status=403, path=where, times=9)
        self.sync(account)
        self.assertTrue(self.events(name="Board").active)
        self.assertTrue(self.events(name="Bob's own"))
        self.assertTrue(calendar.problem)
        self.assertEqual(len(self.journal("fail")), 1)
        self.sandbox.faults.clear()
        self.sync(account)
        self.assertFalse(calendar.problem)
