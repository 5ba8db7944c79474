# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Many meetings deleted in Odoo at once: which ones their owner is asked about."""

from odoo.tests import tagged

from .guard_out import GuardOutCase


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestGuardOut(GuardOutCase):
    def test_ten_go_at_once(self):
        events = self.fill(10)
        self.delete(events)
        self.sync()
        self.assertGone()
        self.assertFalse(self.questions())

    def test_eleven_are_asked_about(self):
        self.delete(self.fill(11))
        self.sync()
        self.assertAsked(11)

    def test_a_fifth_of_many_may_go(self):
        events = self.fill(60)
        self.delete(events[:12])
        self.sync()
        self.assertGone(events[12:].mapped("name"))

    def test_archived_ones_count_as_well(self):
        events = self.fill(12)
        self.delete(events[:6])
        self.archive(events[6:])
        self.sync()
        self.assertAsked(12)

    def test_one_by_one_is_no_mass_deletion(self):
        """Each run sends what waits when it begins."""
        events = self.fill(12)
        for event in events:
            self.delete(event)
            self.sync()
        self.assertGone()

    def test_what_waited_counts_together(self):
        """Microsoft did not answer for a while; in the end twelve wait."""
        events = self.fill(12)
        self.delete(events[:6])
        self.fault("status", status=503, path="/events", times=5)
        self.sync()
        self.assertEqual(self.account.state, "connected")
        self.sandbox.faults.clear()
        self.sandbox.requests.clear()
        self.delete(events[6:])
        self.sync()
        self.assertAsked(12)

    def test_series_count_as_one_each(self):
        series = self.fill_series(10)
        self.delete(series.calendar_event_ids)
        self.sync()
        self.assertGone()

    def test_twelve_series_are_asked_about(self):
        series = self.fill_series(12)
        self.delete(series.calendar_event_ids)
        self.sync()
        self.assertAsked(12)
        self.account.action_confirm_deletions()
        self.sync()
        self.assertGone()

    def test_one_long_series_is_one(self):
        meetings = self.repeat(count=30)
        self.sync()
        self.archive(meetings)
        self.sync()
        self.assertGone()

    def test_days_of_many_series_are_asked_about_and_can_be_kept(self):
        series = self.fill_series(12)
        days = self.env["calendar.event"].union(
            *(self.meetings(one)[1] for one in series)
        )
        self.delete(days)
        self.sync()
        self.assertAsked(12)
        self.account.action_keep_deleted()
        self.settle()
        self.edit(self.meetings(series[0])[0], "all_events", name="Other")
        self.sync()
        self.settle()
        for one, master in zip(series, self.masters(), strict=True):
            self.assertEqual(len(self.meetings(one)), 2)
            self.assertEqual(len(self.instances(master)), 3)

    def test_copies_that_their_owner_takes_no_part_in_any_more(self):
        """Somebody hands twelve meetings over: Ann's Outlook would be emptied."""
        events = self.fill(12, user=self.bob, guests=self.ann.partner_id)
        self.assertEqual(len(self.subjects("ann")), 12)
        partner = self.ann.partner_id
        events.with_user(self.bob).write({"partner_ids": [(3, partner.id)]})
        self.cr.flush()
        self.sync()
        self.assertAsked(12)
        self.account.action_keep_deleted()
        self.settle()
        self.assertEqual(len(self.subjects("ann")), 12)
        events[0].with_user(self.bob).write({"partner_ids": [(4, partner.id)]})
        self.cr.flush()
        self.settle()
        self.assertEqual(len(self.subjects("ann")), 12)

    def test_archived_while_other_changes_are_being_sent(self):
        """What was counted as a change is not sent as a deletion by the same run."""
        events = self.fill(12)
        events.with_user(self.ann).write({"description": "Bring the figures"})
        self.cr.flush()
        guard, rows = self.env["outlook.deletion.guard"], self.outbox()
        alive = guard._alive(rows)
        self.assertFalse([row for row in rows if guard._has_died(row, alive)])
        self.archive(events)
        self.assertTrue(all(guard._has_died(row, alive) for row in rows))
        self.assertFalse(guard._has_died(rows[0], guard._alive(self.outbox())))

    # --- what is not asked about ------------------------------------------------

    def test_what_was_never_sent_is_not_counted(self):
        self.account.action_pause()
        events = self.env["calendar.event"]
        for number in range(12):
            events |= self.meet(self.ann, f"Visit {number}", hours=24 + number)
        self.delete(events)
        self.account.action_resume()
        self.sync()
        self.assertGone()

    def test_the_undoing_of_a_run_is_not_asked_about(self):
        self.fill(12)
        lines = self.journal("create")
        action = lines.with_user(self.ann).action_undo()
        wizard = self.env["outlook.undo"].with_user(self.ann).browse(action["res_id"])
        wizard.may_mail = True
        wizard.action_undo()
        self.cr.flush()
        self.sync()
        self.assertGone()

    def test_the_choice_to_leave_private_meetings_out_is_not_asked_about(self):
        self.account.invitation_mode = "none"
        events = self.fill(12)
        events.with_user(self.ann).write({"privacy": "private"})
        self.cr.flush()
        self.sync()
        self.account.privacy_filter = "leave_out"
        self.cr.flush()
        self.sync()
        self.assertGone()

    def test_meetings_that_stay_in_outlook_are_not_counted(self):
        """Those of others, and those that are over and have guests."""
        events = self.fill(12, guests=self.zoe)
        self.cr.execute(
            "UPDATE calendar_event SET start = start - interval '9 days',"
            " stop = stop - interval '9 days' WHERE id IN %s",
            [tuple(events.ids)],
        )
        self.env.invalidate_all()
        self.archive(events)
        self.sync()
        self.assertEqual(self.account.state, "connected")
        self.assertNothingWent()

    def test_other_connections_go_on(self):
        bob = self.connect(self.bob)
        events = self.fill(12)
        theirs = self.fill(3, name="Bob", user=self.bob)
        self.delete(events)
        self.delete(theirs, self.bob)
        self.sync()
        self.assertEqual((self.account.state, bob.state), ("paused", "connected"))
        self.assertEqual(self.subjects("bob"), [])
        self.assertEqual(len(self.subjects("ann")), 12)

    # --- the question -----------------------------------------------------------
