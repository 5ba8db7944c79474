# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series that began before the window or have no end, changing clocks, first syncs."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesWindow(SeriesCase):
    def test_a_series_that_began_before_the_window(self):
        first = self.monday - timedelta(days=7 * 20)
        master = self.series_in_outlook(
            first=first, recurrence=self.rule(first=first, count=40)
        )
        account = self.connect(self.ann)
        series = self.series_of()
        days = self.odoo_days(series)
        self.assertEqual(days, self.outlook_days(master)[-len(days) :])
        self.assertGreaterEqual(days[0], self.now.date() - timedelta(days=31))
        self.assertEqual(series.count, len(days))
        self.edit(self.meetings(series)[-1], "all_events", name="Other")
        self.sync(account)
        [master] = self.masters()
        self.assertEqual(master["subject"], "Other")
        self.assertEqual(master["recurrence"]["range"]["numberOfOccurrences"], 40)
        self.delete_in_outlook("ann", self.instance(master, days[-2]))
        self.sync(account)
        self.assertEqual(self.odoo_days(series), days[:-2] + days[-1:])
        self.quiet(account)

    def test_the_horizon_of_an_endless_series_moves_on(self):
        master = self.series_in_outlook(recurrence=self.rule(count=None))
        account = self.connect(self.ann, days_future=60)
        series = self.series_of()
        before = self.odoo_days(series)
        self.assertEqual(series.end_type, "forever")
        self.assertLessEqual(before[-1], self.now.date() + timedelta(days=61))
        self.change_in_outlook("ann", self.instance(master, self.day(84)), subject="X")
        with self.later(days=30):
            self.sync(account)
            after = self.odoo_days(series)
            self.assertEqual(after[: len(before)], before)
            self.assertIn(len(after) - len(before), (4, 5))
            self.assertEqual(after, sorted(set(after)))
            self.assertEqual(self.env["calendar.event"].search_count([]), len(after))
            with_own = self.meetings(series).filtered(lambda one: one.name == "X")
            expected = [d for d in after if d == self.day(84)]
            self.assertEqual([self.wall(e.start).date() for e in with_own], expected)
            self.quiet(account)
        [master] = self.masters()
        self.assertEqual(master["recurrence"]["range"]["type"], "noEnd")

    def later(self, **delta):
        """Let time pass, for the sandbox as well, which runs in this process."""
        return freeze_time(self.now + timedelta(**delta), tick=True)

    def test_an_endless_series_of_odoo_goes_on(self):
        for direction in ("both", "push"):
            with self.subTest(direction=direction):
                account = self.connect(self.ann, direction=direction)
                series = self.repeat(end_type="forever", name=direction).recurrence_id
                self.sync(account)
                before = self.odoo_days(series)
                with self.later(days=60):
                    self.run_cron("maintain")
                    self.sync(account)
                    after = self.odoo_days(series)
                    self.assertEqual(after[: len(before)], before)
                    self.assertGreaterEqual(len(after) - len(before), 8)
                    self.quiet(account)

    def test_problem_37_a_clock_time_stays_over_summer_time(self):
        first = self.monday
        self.series_in_outlook(recurrence=self.rule(count=40))
        account = self.connect(self.ann)
        series = self.series_of()
        self.assertEqual(series.event_tz, "Europe/Brussels")
        hours = {self.wall(event.start).hour for event in self.meetings(series)}
        self.assertEqual(hours, {10})
        self.edit(self.meetings(series)[0], "all_events", name="Other")
        self.sync(account)
        self.assertEqualSides()
        self.move(self.meetings(series)[0], "all_events", hours=1)
        self.sync(account)
        series = self.series_of()
        hours = {self.wall(event.start).hour for event in self.meetings(series)}
        self.assertEqual(hours, {11})
        self.assertEqual(self.wall(self.meetings(series)[0].start).date(), first)
        self.assertEqualSides()
        self.quiet(account)

    def test_problem_39_five_endless_daily_series_are_bounded(self):
        for number in range(5):
            self.series_in_outlook(
                subject=f"Daily {number}", recurrence=self.rule("daily", count=None)
            )
        before = len(self.sandbox.requests)
        account = self.connect(self.ann)
        self.assertLess(len(self.sandbox.requests) - before, 40)
        events = self.env["calendar.event"].search_count([])
        self.assertLessEqual(events, 5 * 366)
        self.quiet(account)

    def test_a_series_that_both_sides_have_is_joined(self):
        meetings = self.repeat()
        self.age_events()
        self.series_in_outlook()
        account = self.connect(self.ann)
        self.assertEqual(len(self.masters()), 1)
        self.assertEqual(len(self.events(name="Team")), 5)
        self.assertEqual(self.series_of(), meetings.recurrence_id)
        self.assertEqual(self.outlook_mails(), [])
        self.quiet(account)

    def test_existing_series_go_out_as_copies(self):
        self.repeat(guests=[self.contact("Zoe")])
        self.age_events()
        account = self.connect(self.ann)
        [master] = self.masters()
        self.assertEqual(master["attendees"], [])
        self.assertEqual(self.outlook_mails(), [])
        self.assertEqualSides()
        self.quiet(account)

    def test_a_series_is_joined_again_after_a_disconnection(self):
        account = self.connect(self.ann)
        series = self.repeat(guests=[self.contact("Zoe")]).recurrence_id
        self.sync(account)
        mails = len(self.outlook_mails())
        account.sudo()._disconnect()
        [master] = self.masters()
        self.change_in_outlook("ann", master, location={"displayName": "Ghent"})
        mails = len(self.outlook_mails())
        account = self.connect(self.ann)
        self.assertEqual(self.series_of(), series)
        self.assertEqual(len(self.masters()), 1)
        self.assertEqual(len(self.events(name="Team")), 5)
        self.assertEqual(len(self.outlook_mails()), mails)
        self.assertEqual(set(self.meetings(series).mapped("location")), {"Ghent"})
        self.quiet(account)

    def test_problem_10_a_lost_answer_makes_no_second_series(self):
        account = self.connect(self.ann)
        series = self.repeat().recurrence_id
        self.fault("lost_answer", method="POST", path="/events", times=1)
        self.sync(account)
        self.edit(self.meetings(series)[0], "all_events", name="Other")
        self.outbox().write({"not_before": self.now - timedelta(hours=1)})
        self.sync(account)
        self.sync(account)
        [master] = self.masters()
        self.assertEqual(master["subject"], "Other")
        self.assertEqualSides(series)
        self.assertEqual(len(self.events(name="Other")), 5)
        self.quiet(account)

    def test_problem_5_after_a_lost_cursor_deleted_series_go(self):
        master = self.series_in_outlook()
        account = self.connect(self.ann)
        meetings = self.meetings(self.series_of())
        self.sandbox.exchange.expire_delta()
        self.delete_in_outlook("ann", master)
        self.sync(account)
        self.assertFalse(any(meetings.mapped("active")))

    def test_the_preview_counts_a_series_once(self):
        """Two are the same on both sides, one comes in, one goes out, one cannot."""
        self.repeat(name="Both")
        self.repeat(name="Only in Odoo")
        self.repeat(
            name="Not for Outlook",
            first=self.monday.replace(day=30),
            rrule_type="monthly",
            month_by="date",
            day=30,
        )
        self.age_events()
        self.series_in_outlook(subject="Both")
        self.series_in_outlook(subject="Only in Outlook")
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        flows = {line["name"]: line["flow"] for line in wizard.lines}
        self.assertEqual(
            flows,
            {
                "Both": "joined",
                "Only in Outlook": "in",
                "Only in Odoo": "out",
                "Not for Outlook": "left_out",
            },
        )
        self.assertEqual(wizard.mail_count, 0)
        [refused] = [line for line in wizard.lines if line["flow"] == "left_out"]
        self.assertIn("Choose a day up to 28", refused["reason"])
        wizard.action_start()
        self.run_cron("pull")
        self.run_cron("push")
        subjects = sorted(master["subject"] for master in self.masters())
        self.assertEqual(subjects, ["Both", "Only in Odoo", "Only in Outlook"])
        self.assertEqual(self.outlook_mails(), [])
