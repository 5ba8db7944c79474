# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series from Outlook to Odoo: records keep their identity through every change."""

from odoo.tests import tagged

from .common import guest
from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesIn(SeriesCase):
    def setUp(self):
        super().setUp()
        self.master = self.series_in_outlook()
        self.account = self.connect(self.ann)

    def test_a_series_comes_in(self):
        series = self.series_of(self.account)
        self.assertEqualSides(series)
        self.assertEqual(series.rrule_type, "weekly")
        self.assertEqual(series.count, 5)
        self.quiet(self.account)

    def test_a_title_of_all(self):
        ids = self.meetings(self.series_of()).ids
        self.change_in_outlook("ann", self.master, subject="Team II")
        self.sync(self.account)
        self.assertEqualSides()
        self.assertEqual(self.meetings(self.series_of()).ids, ids)
        self.quiet(self.account)

    def test_one_is_moved(self):
        ids = self.meetings(self.series_of()).ids
        second = self.instance(self.master, self.day(7))
        self.change_in_outlook("ann", second, **self.times(self.day(8), 12))
        self.sync(self.account)
        self.assertEqualSides()
        self.assertEqual(self.meetings(self.series_of()).ids, ids)
        self.quiet(self.account)

    def test_one_is_deleted(self):
        self.delete_in_outlook("ann", self.instance(self.master, self.day(7)))
        self.sync(self.account)
        self.assertEqualSides()
        self.quiet(self.account)

    def test_problem_14_all_are_moved(self):
        ids = self.meetings(self.series_of()).ids
        self.change_in_outlook("ann", self.master, **self.times(self.monday, 14))
        self.sync(self.account)
        self.assertEqualSides()
        self.assertEqual(self.meetings(self.series_of()).ids, ids)
        self.quiet(self.account)

    def ids(self):
        return self.meetings(self.series_of()).ids

    def test_every_field_of_all_and_of_one(self):
        self.env["calendar.event.type"].create({"name": "Sales"})
        for member, field, value, wanted in (
            ("subject", "name", "Other", "Other"),
            ("location", "location", {"displayName": "Ghent"}, "Ghent"),
            ("sensitivity", "privacy", "private", "private"),
            ("showAs", "show_as", "free", "free"),
            ("categories", "categ_ids", ["Sales"], "Sales"),
        ):
            with self.subTest(member=member):
                third = self.instance(self.master, self.day(14))
                self.change_in_outlook("ann", third, **{member: value})
                self.sync(self.account)
                meetings = self.meetings(self.series_of())
                shown = [self.plain(one[field]) for one in meetings]
                self.assertEqual([i for i in range(5) if shown[i] == wanted], [2])
                self.change_in_outlook("ann", self.master, **{member: value})
                self.sync(self.account)
                shown = [self.plain(one[field]) for one in meetings]
                self.assertEqual(shown, [wanted] * 5)
        self.quiet(self.account)

    def plain(self, value):
        return value.name if hasattr(value, "ids") else value

    def test_the_text_of_all_and_of_one(self):
        body = {"contentType": "html", "content": "<p>Agenda</p>"}
        third = self.instance(self.master, self.day(14))
        self.change_in_outlook("ann", third, body=body)
        self.sync(self.account)
        meetings = self.meetings(self.series_of())
        shown = ["Agenda" in str(one.description) for one in meetings]
        self.assertEqual(shown, [False, False, True, False, False])
        self.change_in_outlook("ann", self.master, body=body)
        self.sync(self.account)
        self.assertTrue(all("Agenda" in str(one.description) for one in meetings))
        self.quiet(self.account)

    def test_the_reminder_of_all_and_of_one(self):
        remind = {"isReminderOn": True, "reminderMinutesBeforeStart": 45}
        third = self.instance(self.master, self.day(14))
        self.change_in_outlook("ann", third, **remind)
        self.sync(self.account)
        meetings = self.meetings(self.series_of())
        shown = [45 in one.alarm_ids.mapped("duration_minutes") for one in meetings]
        self.assertEqual(shown, [False, False, True, False, False])
        self.change_in_outlook("ann", self.master, **remind)
        self.sync(self.account)
        for one in meetings:
            self.assertEqual(one.alarm_ids.mapped("duration_minutes"), [45])
        self.quiet(self.account)

    def test_the_guests_of_all_and_of_one(self):
        zoe, kim = guest("zoe@customer.example", "Zoe"), guest("kim@customer.example")
        self.change_in_outlook("ann", self.master, attendees=[zoe])
        self.sync(self.account)
        meetings = self.meetings(self.series_of())
        self.assertEqual([len(one.attendee_ids) for one in meetings], [2] * 5)
        third = self.instance(self.master, self.day(14))
        self.change_in_outlook("ann", third, attendees=[zoe, kim])
        self.sync(self.account)
        counts = [len(one.attendee_ids) for one in meetings]
        self.assertEqual(counts, [2, 2, 3, 2, 2])
        self.change_in_outlook("ann", self.master, attendees=[])
        self.sync(self.account)
        counts = [len(one.attendee_ids) for one in meetings]
        self.assertEqual(counts, [1, 1, 3, 1, 1])  # Outlook keeps those of the one day
        self.quiet(self.account)

    def test_problem_31_a_changed_day_is_an_exception_with_its_own_slot(self):
        third = self.instance(self.master, self.day(14))
        self.change_in_outlook("ann", third, **self.times(self.day(15)), subject="X")
        self.sync(self.account)
        event = self.events(name="X")
        self.assertEqual(event.outlook_slot, self.day(14))
        self.assertFalse(event.follow_recurrence)
        self.assertEqual(event.recurrence_id, self.series_of())
        self.sync(self.account)
        self.assertEqual(len(self.events(name="X")), 1)
        self.assertEqual(self.outlook_mails(), [])

    def test_one_is_changed_again_and_again(self):
        ids, third = self.ids(), self.instance(self.master, self.day(14))
        for day, hour in ((15, 12), (13, 9), (14, 10)):
            self.change_in_outlook("ann", third, **self.times(self.day(day), hour))
            self.sync(self.account)
            self.assertEqualSides()
        self.assertEqual(self.ids(), ids)
        self.change_in_outlook("ann", third, subject="X")
        self.sync(self.account)
        self.assertEqualSides()
        self.quiet(self.account)

    def test_two_changes_arrive_in_one_sync(self):
        third = self.instance(self.master, self.day(14))
        fourth = self.instance(self.master, self.day(21))
        self.change_in_outlook("ann", third, **self.times(self.day(15), 12))
        self.change_in_outlook("ann", self.master, subject="Other")
        self.delete_in_outlook("ann", fourth)
        self.sync(self.account)
        self.assertEqualSides()
        self.quiet(self.account)

    def test_all_are_moved_to_another_day(self):
        ids = self.ids()
        self.meetings(self.series_of())[1].message_post(body="A long conversation")
        tuesday = self.day(1)
        self.change_in_outlook(
            "ann",
            self.master,
            **self.times(tuesday, 14),
            recurrence=self.rule(first=tuesday),
        )
        self.sync(self.account)
        self.assertEqualSides()
        self.assertEqual(self.ids(), ids)
        messages = self.meetings(self.series_of())[1].message_ids.mapped("body")
        self.assertTrue(any("conversation" in body for body in messages))
        self.assertTrue(self.series_of().tue)
        self.assertFalse(self.series_of().mon)
        self.quiet(self.account)

    def test_the_rule_is_changed(self):
        for kind, pattern in (
            ("weekly", {"interval": 2}),
            ("daily", {}),
            ("absoluteMonthly", {"dayOfMonth": self.monday.day}),
            ("weekly", {"daysOfWeek": ["monday", "thursday"]}),
        ):
            with self.subTest(kind=kind, pattern=pattern):
                first = self.ids()[0]
                rule = self.rule(kind, **pattern)
                self.change_in_outlook("ann", self.master, recurrence=rule)
                self.sync(self.account)
                self.assertEqualSides()
                self.assertEqual(self.ids()[0], first)
        self.quiet(self.account)

    def test_it_is_shortened_lengthened_and_ended(self):
        for rule in (
            self.rule(count=3),
            self.rule(count=8),
            self.rule(until=self.day(15)),
        ):
            with self.subTest(rule=rule["range"]):
                ids = self.ids()
                self.change_in_outlook("ann", self.master, recurrence=rule)
                self.sync(self.account)
                self.assertEqualSides()
                shared = min(len(ids), len(self.ids()))
                self.assertEqual(self.ids()[:shared], ids[:shared])
        self.quiet(self.account)

    def test_it_is_made_single_and_recurring_again(self):
        first = self.meetings(self.series_of())[0]
        self.change_in_outlook("ann", self.master, recurrence=None)
        self.sync(self.account)
        self.assertFalse(first.recurrence_id)
        self.assertTrue(first.active)
        self.assertEqual(len(self.events(active=True, name="Team")), 1)
        self.quiet(self.account)
        self.change_in_outlook("ann", self.master, recurrence=self.rule(count=3))
        self.sync(self.account)
        self.assertEqual(self.series_of(), first.recurrence_id)
        self.assertEqualSides()
        self.assertEqual(self.ids()[0], first.id)
        self.quiet(self.account)

    def test_problem_38_the_rest_goes_on_as_another_series(self):
        """Outlook ends one series and begins another one."""
        kept = self.ids()[:2]
        self.change_in_outlook(
            "ann", self.master, recurrence=self.rule(until=self.day(7))
        )
        third = self.day(14)
        self.series_in_outlook(
            subject="Other", first=third, recurrence=self.rule(first=third, count=3)
        )
        self.sync(self.account)
        old, new = self.env["calendar.recurrence"].search([], order="id")
        self.assertEqual(self.meetings(old).ids, kept)
        days = [self.day(14), self.day(21), self.day(28)]
        self.assertEqual(self.odoo_days(new), days)
        self.assertEqual(len(self.events(active=True)), 5)
        self.quiet(self.account)

    def test_all_are_deleted(self):
        events = self.meetings(self.series_of())
        self.delete_in_outlook("ann", self.master)
        self.sync(self.account)
        self.assertFalse(any(events.mapped("active")))
        self.assertTrue(all(events.exists()))
        self.assertFalse(self.env["outlook.link"].search([]))

    def test_problem_32_a_deleted_day_stays_deleted(self):
        """No tombstone tells of it."""
        gone = self.meetings(self.series_of())[1]
        self.delete_in_outlook("ann", self.instance(self.master, self.day(7)))
        self.sync(self.account)
        self.assertFalse(gone.active)
        self.change_in_outlook("ann", self.master, subject="Other")
        self.sync(self.account)
        self.account.sudo().calendar_ids._forget_cursor()
        self.sync(self.account)
        self.assertFalse(gone.active)
        self.assertEqualSides()
        self.quiet(self.account)

    def test_a_day_that_comes_back_has_its_record_again(self):
        gone = self.meetings(self.series_of())[1]
        self.delete_in_outlook("ann", self.instance(self.master, self.day(7)))
        self.sync(self.account)
        self.change_in_outlook("ann", self.master, **self.times(self.monday, 14))
        self.sync(self.account)
        self.assertTrue(gone.active)
        self.assertEqualSides()
        self.quiet(self.account)

    def test_title_here_and_time_there_are_both_kept(self):
        series = self.series_of()
        second = self.meetings(series)[1]
        self.edit(second, "all_events", name="Other")
        self.edit(second, name="Special")
        instance = self.instance(self.master, self.day(7))
        self.change_in_outlook("ann", instance, **self.times(self.day(8), 15))
        self.change_in_outlook("ann", self.master, location={"displayName": "Ghent"})
        self.sync(self.account)
        self.assertEqualSides()
        names = self.meetings(series).mapped("name")
        self.assertEqual(names, ["Other", "Special", "Other", "Other", "Other"])
        self.assertEqual(set(self.meetings(series).mapped("location")), {"Ghent"})
        self.quiet(self.account)

    def test_what_lost_is_listed(self):
        series = self.series_of()
        second = self.meetings(series)[1]
        instance = self.instance(self.master, self.day(7))
        self.edit(second, name="Ours of one")
        self.edit(self.meetings(series)[0], "all_events", location="Ours")
        self.change_in_outlook("ann", instance, subject="Theirs of one")
        self.change_in_outlook("ann", self.master, location={"displayName": "Theirs"})
        self.account.write({"conflict_rule": "outlook"})
        self.sync(self.account)
        self.assertEqualSides()
        lines = self.journal("conflict").filtered("is_open")
        lost = sorted(lines.mapped("lost_value"))
        self.assertEqual(lost, ["Ours", "Ours of one"])
        line = lines.filtered(lambda one: one.lost_value == "Ours of one")
        line.with_user(self.ann).action_take_other()
        self.cr.flush()
        self.sync(self.account)
        self.assertEqual(second.name, "Ours of one")
        self.assertEqualSides()

    def test_a_time_that_lost_is_told(self):
        series = self.series_of()
        self.account.write({"conflict_rule": "outlook"})
        self.move(self.meetings(series)[0], "all_events", hours=1)
        self.change_in_outlook("ann", self.master, **self.times(self.monday, 15))
        self.sync(self.account)
        self.sync(self.account)
        self.assertEqualSides()
        hours = {self.wall(one.start).hour for one in self.meetings(self.series_of())}
        self.assertEqual(hours, {15})
        [line] = self.journal("conflict")
        self.assertIn("11:00", line.lost_value)

    def test_a_day_deleted_here_and_changed_there_is_deleted(self):
        self.meetings(self.series_of())[1].with_user(self.ann).unlink()
        instance = self.instance(self.master, self.day(7))
        self.change_in_outlook("ann", instance, subject="Special")
        self.sync(self.account)
        self.assertEqualSides()
        self.assertEqual(len(self.ids()), 4)
        self.quiet(self.account)
