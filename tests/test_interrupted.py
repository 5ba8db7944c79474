# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Work that stops in the middle, and questions that Microsoft does not answer."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import OutlookCase, graph_time


@tagged("post_install", "-at_install")
class TestInterrupted(OutlookCase):
    def run_out_of_time(self, name="pull"):
        """Run an action with no time left after its first page, or first meeting."""
        self.cr.flush()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            cron = env.ref(f"outlook_calendar.ir_cron_outlook_{name}")
            progress = env["ir.cron.progress"].create({"cron_id": cron.id})
            env["outlook.account"].with_context(
                cron_id=cron.id, ir_cron_progress_id=progress.id, cron_end_time=0
            )._cron_run(f"outlook.{name}")
            left = progress.remaining, progress.done
        self.env.invalidate_all()
        return left

    def test_problem_74_every_meeting_sent_is_progress(self):
        """Without any, three killed runs in a row are one that does not end for Odoo.

        Source: ``CONSECUTIVE_TIMEOUT_FOR_FAILURE`` in ``ir_cron.py``.
        """
        for user in (self.ann, self.bob):
            self.connect(user)
            for number in range(2):
                self.meet(user, f"{user.name} {number}", hours=24 + number)
        remaining, done = self.run_out_of_time("push")
        self.assertEqual(len(self.outbox()), 3)
        self.assertEqual((remaining, done), (1, 2), "a meeting, and its account")

    def test_problem_74_what_there_was_no_time_to_send_is_sent_next(self):
        self.connect(self.ann)
        for number in range(3):
            self.meet(self.ann, f"Board {number}", hours=24 + number)
        cron = self.env.ref("outlook_calendar.ir_cron_outlook_push")
        triggers = self.env["ir.cron.trigger"].sudo()
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        self.run_out_of_time("push")
        self.assertEqual(len(self.outbox()), 2)
        due = [("cron_id", "=", cron.id), ("call_at", "<=", fields.Datetime.now())]
        self.assertTrue(triggers.search(due), "nobody comes back for the rest")

    def test_a_first_reading_cut_short_sends_no_twins(self):
        """What is still unread in Outlook may be the very meeting in Odoo."""
        self.sandbox.exchange.switches.set("delta_page_limit", 2)
        for number in range(5):
            self.in_outlook("ann", f"Twin {number}", hours=24 + number)
            self.meet(self.ann, f"Twin {number}", hours=24 + number)
        self.age_events()
        account = self.connect(self.ann, start=False)
        account.action_start()
        self.run_out_of_time()
        self.assertFalse(self.outbox())
        self.sync(account)
        self.assertEqual(self.subjects("ann"), [f"Twin {n}" for n in range(5)])
        self.assertEqual(len(self.events(user_id=self.ann.id)), 5)
        self.assertEqual(len(self.env["outlook.link"].search([])), 5)

    def test_an_item_that_may_not_be_read_stops_no_removals(self):
        items = [self.in_outlook("ann", f"M{n}", hours=24 + n) for n in range(3)]
        account = self.connect(self.ann)
        for item in items:
            self.delete_in_outlook("ann", item)
        self.fault(
            "status",
            status=403,
            code="ErrorAccessDenied",
            path=r"/me/events/[^/]+$",
            times=1,
        )
        self.sync(account)
        self.assertFalse(account.error_message)
        left = self.events(user_id=self.ann.id).filtered("active")
        self.assertEqual(len(left), 1)
        self.assertTrue(left.outlook_link_ids.problem)
        left.outlook_link_ids.tried_at = self.now - timedelta(hours=2)
        self.sync(account)
        self.assertFalse(self.events(user_id=self.ann.id).filtered("active"))

    def test_a_moved_item_that_cannot_be_read_stops_nothing(self):
        item = self.in_outlook("ann")
        account = self.connect(self.ann, days_future=30)
        later = self.now + timedelta(days=100)
        times = {"start": graph_time(later), "end": graph_time(later)}
        self.change_in_outlook("ann", item, **times)
        self.odd_in_outlook("ann", item, end=graph_time(self.now))
        self.in_outlook("ann", "Next", hours=30)
        self.sync(account)
        self.assertFalse(account.error_message)
        self.assertTrue(self.events(name="Next"))
        self.assertTrue(self.events(name="Board").active)
        self.assertTrue(self.events(name="Board").outlook_link_ids.problem)

    def test_deleted_in_odoo_after_a_lost_answer_stays_deleted(self):
        """Outlook made the meeting, and nobody in Odoo knew when it was deleted."""
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.contact("Zoe")])
        self.fault("lost_answer", method="POST", path="/events", times=1)
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Board"])
        event.with_user(self.ann).unlink()
        self.cr.flush()
        self.outbox().write({"not_before": False})
        self.sync(account)
        self.sync(account)
        self.assertEqual(self.subjects("ann"), [])
        self.assertFalse(self.events(name="Board"))
        self.assertFalse(self.outbox())

    def test_what_was_made_without_our_knowing_is_a_creation_in_the_journal(self):
        """Whoever learns of it first, he who sends or he who reads."""
        daily = {"rrule_type": "daily", "interval": 1, "end_type": "count", "count": 3}
        series = {"recurrency": True, **daily}
        self.connect(self.ann)
        for first, second in (("push", "pull"), ("pull", "push")):
            for name, vals in (("Single", {}), ("Series", series)):
                self.meet(self.ann, f"{name}, {first}", **vals)
                self.fault("lost_answer", method="POST", path="/events", times=1)
                self.run_cron("push")
                self.assertFalse(self.sandbox.faults.waiting)
                self.outbox().write({"not_before": False})
                self.run_cron(first)
                self.run_cron(second)
        made = self.journal("create").filtered(lambda row: row.direction == "out")
        self.assertEqual(
            sorted(made.mapped("event_name")),
            ["Series, pull", "Series, push", "Single, pull", "Single, push"],
        )
        self.assertFalse(self.journal("join"))
        self.assertEqual(len(self.outlook("ann")), 4)

    def test_reading_only_deletes_nothing_that_waited_to_be_deleted(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.sync(account)
        account.action_pause()
        event.with_user(self.ann).unlink()
        self.cr.flush()
        account.write({"direction": "pull"})
        account.action_resume()
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertFalse(self.outbox())
        self.assertFalse(self.events(name="Board"), "it must not come back")

    def test_connecting_anew_knows_what_is_outside_the_window(self):
        account = self.connect(self.ann)
        far = self.meet(self.ann, "Far", hours=24 * 500)
        self.sync(account)
        account.sudo().unlink()
        self.sync(self.connect(self.ann))
        self.assertEqual(self.subjects("ann"), ["Far"])
        self.assertEqual(far.outlook_link_ids.kind, "meeting")

    def test_a_missing_mail_template_stops_no_account(self):
        account = self.connect(self.ann)
        self.env.ref("outlook_calendar.mail_template_reconnect").unlink()
        self.revoke("ann")
        self.run_cron("pull")
        self.assertEqual(account.state, "revoked")
