# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Many meetings gone at once: nothing is removed before their owner was asked."""

from datetime import timedelta

from odoo.tests import tagged

from .common import guest
from .series import SeriesCase


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestGuard(SeriesCase):
    def fill(self, count, name="ann", **body):
        """Put meetings into a mailbox."""
        return [
            self.in_outlook(name, f"Visit {n:02}", hours=24 + n, **body)
            for n in range(count)
        ]

    def fill_series(self, count):
        """Put short series into Ann's mailbox, one for each hour of a day."""
        return [
            self.series_in_outlook(
                subject=f"Series {n:02}",
                **self.times(self.monday, 5 + n),
                recurrence=self.rule(count=3),
            )
            for n in range(count)
        ]

    def active(self):
        return self.env["calendar.event"].search_count(
            [("user_id", "=", self.ann.id), ("active", "=", True)]
        )

    def delete_all(self, items):
        for item in items:
            self.delete_in_outlook("ann", item)

    def assertAsked(self, account, count):
        """Check that nothing went, and that the owner is asked about so many."""
        self.assertEqual((account.state, account.removal_count), ("paused", count))
        self.assertFalse(self.journal("archive"))

    def test_ten_go_at_once_and_eleven_are_asked_about(self):
        for count, state in ((10, "connected"), (11, "paused")):
            with self.subTest(count=count):
                self.sandbox.reset()
                self.env["outlook.account"].sudo().search([]).unlink()
                self.events(user_id=self.ann.id).unlink()
                items = self.fill(count)
                account = self.connect(self.ann)
                self.delete_all(items)
                self.sync()
                self.assertEqual(account.state, state)
                self.assertEqual(self.active(), 0 if count == 10 else 11)

    def test_a_fifth_of_many_may_go(self):
        items = self.fill(60)
        account = self.connect(self.ann)
        self.delete_all(items[:12])
        self.sync()
        self.assertEqual((account.state, self.active()), ("connected", 48))

    def test_the_question_tells_which_and_mails_its_owner_alone(self):
        items = self.fill(11, attendees=[guest("zoe@customer.example", "Zoe")])
        account = self.connect(self.ann)
        mails = len(self.outlook_mails()), self.env["mail.mail"].search([])
        self.delete_all(items)
        told = len(self.outlook_mails())  # by Ann's own deletions in Outlook
        self.sync()
        self.assertAsked(account, 11)
        [line] = self.journal("pause")
        self.assertIn("Visit 03", line.details)
        self.assertEqual(len(line.details.splitlines()), 11)
        action = account.with_user(self.ann).action_view_removals()
        self.assertEqual(action["res_id"], line.id)
        self.assertGreater(told, mails[0])
        self.assertEqual(len(self.outlook_mails()), told)
        [mail] = self.env["mail.mail"].search([]) - mails[1]
        self.assertEqual(mail.email_to, self.ann.email_formatted)
        self.assertIn("11 meetings are gone in Outlook", mail.body_html)

    def test_series_count_as_one_each(self):
        """Twelve series of three meetings: each is one."""
        masters = self.fill_series(12)
        account = self.connect(self.ann)
        self.delete_all(masters[:10])
        self.sync()
        self.assertEqual((account.state, self.active()), ("connected", 6))

    def test_twelve_series_are_asked_about(self):
        masters = self.fill_series(12)
        account = self.connect(self.ann)
        self.delete_all(masters)
        self.sync()
        self.assertAsked(account, 12)
        self.assertEqual(self.active(), 36)
        account.action_confirm_removals()
        self.sync()
        self.assertEqual((account.state, self.active()), ("connected", 0))

    def test_series_and_meetings_add_up(self):
        items = [*self.fill(6), *self.fill_series(6)]
        account = self.connect(self.ann)
        self.delete_all(items)
        self.sync()
        self.assertAsked(account, 12)

    def test_one_long_series_that_is_shortened_is_one(self):
        master = self.series_in_outlook(recurrence=self.rule(count=30))
        account = self.connect(self.ann)
        self.change_in_outlook("ann", master, recurrence=self.rule(count=2))
        self.sync()
        self.assertEqual((account.state, self.active()), ("connected", 2))

    def test_days_of_many_series_are_asked_about_and_can_be_kept(self):
        masters = self.fill_series(12)
        account = self.connect(self.ann)
        for master in masters:
            day = self.instance(master, self.day(7))
            self.delete_in_outlook("ann", day)
        self.sync()
        self.assertAsked(account, 12)
        self.assertEqual(self.active(), 36)
        account.action_keep_removed()
        self.quiet()
        self.assertEqual((account.state, self.active()), ("connected", 36))

    def test_several_calendars_are_one_run(self):
        mailbox = self.sandbox.exchange.mailbox(self.person("ann"))
        other = mailbox.add_calendar("Private", mailbox.default.group_id)
        items = self.fill(12)
        account = self.connect(self.ann)
        account.calendar_ids.filtered(lambda one: one.name == "Private").write(
            {"is_synced": True}
        )
        for item in items[:6]:
            self.sandbox.exchange.move_event(self.person("ann"), item["id"], other.id)
        self.sync()
        self.sync()
        self.assertEqual(self.active(), 12)
        for calendar in (other, mailbox.default):
            for row in self.sandbox.exchange.list(self.person("ann"), calendar.id):
                self.sandbox.exchange.delete_event(self.person("ann"), row["id"])
        self.sync()
        self.assertAsked(account, 12)

    def test_called_off_by_others_counts_and_can_be_kept(self):
        items = self.fill(12, "bob", attendees=[guest("ann@contoso.example")])
        account = self.connect(self.ann)
        events = self.events().filtered(lambda one: one.name.startswith("Visit"))
        self.assertEqual(len(events), 12)
        for item in items:
            self.sandbox.exchange.cancel(self.person("bob"), item["id"])
        self.sync()
        self.assertAsked(account, 12)
        self.assertTrue(all(events.mapped("active")))
        account.action_keep_removed()
        self.quiet()
        self.assertTrue(all(events.mapped("active")))
        self.assertEqual(account.state, "connected")

    def test_a_lost_cursor_is_asked_about_as_well(self):
        """A full read keeps page by page, but no removals before the question."""
        items = self.fill(30)
        account = self.connect(self.ann)
        self.delete_all(items[:15])
        self.sandbox.exchange.expire_delta(self.person("ann"))
        self.sync()
        self.assertAsked(account, 15)
        self.assertEqual(self.active(), 30)

    def test_a_yes_is_for_one_run(self):
        items = self.fill(24)
        account = self.connect(self.ann)
        self.delete_all(items[:12])
        self.sync()
        self.assertAsked(account, 12)
        account.action_confirm_removals()
        self.sync()
        self.assertEqual((account.may_remove, self.active()), (False, 12))
        self.delete_all(items[12:])
        self.sync()
        self.assertEqual((account.state, self.active()), ("paused", 12))

    def test_a_yes_outlasts_a_run_that_fails(self):
        items = self.fill(12)
        account = self.connect(self.ann)
        self.delete_all(items)
        self.sync()
        account.action_confirm_removals()
        self.fault("status", status=503, path="/calendarView", times=5)
        self.sync()
        self.assertEqual(self.active(), 12)
        self.sandbox.faults.clear()
        self.sync()
        self.assertEqual((account.state, self.active()), ("connected", 0))

    def test_an_empty_or_partial_read_deletes_nothing(self):
        self.fill(5)
        self.series_in_outlook()
        account = self.connect(self.ann)
        account.sudo().calendar_ids.write({"delta_link": False})
        self.fault("status", status=500, path="/calendarView", times=2)
        self.sync()
        self.assertEqual(self.active(), 10)
        self.assertFalse(self.journal("archive"))

    def test_problem_3_what_left_the_window_is_not_counted(self):
        items = self.fill(12)
        account = self.connect(self.ann, days_future=30)
        for item in items:
            start = self.now + timedelta(days=200)
            self.change_in_outlook(
                "ann",
                item,
                start={"dateTime": start.isoformat(), "timeZone": "UTC"},
                end={
                    "dateTime": (start + timedelta(hours=1)).isoformat(),
                    "timeZone": "UTC",
                },
            )
        self.sync()
        self.assertEqual((account.state, self.active()), ("connected", 12))

    def test_problem_7_what_was_kept_stays_after_reconnecting(self):
        items = self.fill(12)
        account = self.connect(self.ann)
        self.delete_all(items)
        self.sync()
        account.action_keep_removed()
        self.sync()
        self.assertEqual(self.active(), 12)
        self.assertEqual(self.outlook("ann"), [])
        self.quiet()
