# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Many meetings deleted in Odoo at once: nothing is called off before their owner was
asked."""

from datetime import timedelta

from odoo.tests import tagged

from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestGuardOut(SeriesCase):
    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ann)
        self.zoe = self.contact("Zoe")

    def fill(self, count, *, guests=(), name="Visit", user=None):
        """Let Odoo have meetings that Outlook has, too."""
        user = user or self.ann
        events = self.env["calendar.event"]
        for number in range(count):
            title = f"{name} {number:02}"
            events |= self.meet(user, title, guests=guests, hours=24 + number)
        self.sync()
        self.sandbox.exchange.mails.clear()
        self.assertEqual(self.outbox(), self.outbox().browse())
        return events

    def fill_series(self, count):
        """Let Odoo have short series that Outlook has, too."""
        series = self.env["calendar.recurrence"]
        for number in range(count):
            name = f"Series {number:02}"
            start = self.utc(self.monday, 5 + number)
            stop = start + timedelta(minutes=30)
            meetings = self.repeat(name=name, count=3, start=start, stop=stop)
            series |= meetings.recurrence_id
        self.sync()
        self.sandbox.exchange.mails.clear()
        return series

    def delete(self, events, user=None):
        """Delete meetings as a list with ticked rows does."""
        events.with_user(user or self.ann).unlink()
        self.cr.flush()

    def archive(self, events):
        events.with_user(self.ann).write({"active": False})
        self.env.flush_all()
        self.cr.flush()

    def assertAsked(self, count, people=0):
        """Check that nothing went, and that the owner is asked about so many."""
        account = self.account
        asked = account.state, account.deletion_count, account.deletion_mail_count
        self.assertEqual(asked, ("paused", count, people))
        self.assertTrue(account.is_asking)
        self.assertNothingWent()

    def assertNothingWent(self):
        deleted = [one for one in self.sandbox.requests if one.method == "DELETE"]
        self.assertEqual(deleted, [])
        self.assertEqual(self.outlook_mails(), [])

    def assertGone(self, names=()):
        """Check that Outlook has no other meetings than these, and all goes on."""
        self.assertEqual(self.subjects("ann"), sorted(names))
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.account.deletion_count)
        self.assertFalse(self.outbox())

    def settle(self):
        """Sync until nothing happens, and check that nothing does."""
        self.sync()
        self.sync()
        self.quiet()
        self.assertEqual(self.account.state, "connected")

    def questions(self):
        """Return the mails to the owner."""
        domain = [("subject", "like", "Many meetings were deleted")]
        return self.env["mail.mail"].search(domain)

    # --- whether it asks --------------------------------------------------------

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

    def test_the_question_tells_which_and_how_many_get_mail(self):
        tom = self.contact("Tom")
        events = self.fill(6, guests=self.zoe)
        events |= self.fill(6, guests=self.zoe | tom, name="Lunch")
        events |= self.fill(1, name="Alone")
        self.delete(events)
        self.sync()
        self.assertAsked(13, people=2)
        [line] = self.journal("pause")
        self.assertEqual(len(line.details.splitlines()), 13)
        start = self.wall(self.now + timedelta(hours=27))
        self.assertIn(f"{start:%Y-%m-%d %H:%M} Visit 03 (mail to 1)", line.details)
        self.assertIn("Lunch 05 (mail to 2)", line.details)
        self.assertRegex(line.details, r"(?m)Alone 00$")
        action = self.account.action_view_deletions()
        self.assertEqual(action["res_id"], line.id)

    def test_the_owner_is_told_once(self):
        self.delete(self.fill(12, guests=self.zoe))
        self.sync()
        self.sync()
        [mail] = self.questions()
        self.assertEqual(mail.email_to, self.ann.email_formatted)
        self.assertIn("12 meetings were deleted in Odoo", mail.body_html)
        self.assertNotIn("Visit", mail.body_html)
        self.account.action_resume()  # is no answer
        self.sync()
        self.assertAsked(12, people=1)
        self.assertEqual(self.questions(), mail)

    def test_nothing_else_is_sent_before_the_answer(self):
        events = self.fill(12)
        self.delete(events[:11])
        events[11].with_user(self.ann).name = "Renamed"
        self.cr.flush()
        self.sync()
        self.assertAsked(11)
        self.assertNotIn("Renamed", self.subjects("ann"))
        self.account.action_keep_deleted()
        self.sync()
        self.assertIn("Renamed", self.subjects("ann"))
        self.assertEqual(len(self.subjects("ann")), 12)

    # --- the answers ------------------------------------------------------------

    def test_yes_deletes_them_and_tells_their_guests(self):
        events = self.fill(12, guests=self.zoe)
        self.delete(events[:6])
        self.archive(events[6:])
        self.sync()
        self.assertAsked(12, people=1)
        self.account.action_confirm_deletions()
        self.sync()
        self.assertGone()
        self.assertEqual(len(self.outlook_mails()), 12)
        self.assertEqual(len(self.journal("delete")), 12)

    def test_a_yes_is_for_what_was_asked(self):
        events = self.fill(30)
        self.delete(events[:12])
        self.sync()
        self.assertAsked(12)
        self.delete(events[12:24])
        self.account.action_confirm_deletions()
        self.sync()
        self.assertAsked(12)
        self.assertEqual(len(self.questions()), 2)
        self.account.action_confirm_deletions()
        self.sync()
        self.assertGone(events[24:].exists().mapped("name"))

    def test_a_yes_outlasts_a_run_that_fails(self):
        self.delete(self.fill(12))
        self.sync()
        self.account.action_confirm_deletions()
        self.fault("status", status=503, path="/events", times=5)
        self.sync()
        self.assertEqual(len(self.outlook("ann")), 12)
        self.sandbox.faults.clear()
        self.outbox().write({"not_before": False})
        self.sync()
        self.assertGone()

    def test_kept_ones_stay_in_outlook_and_come_back_to_nobody(self):
        events = self.fill(12, guests=self.zoe)
        names = events.mapped("name")
        self.delete(events[:6])
        self.archive(events[6:])
        kept = events.exists()
        self.sync()
        self.account.action_keep_deleted()
        self.settle()
        self.assertGone(names)
        self.sandbox.exchange.expire_delta(self.person("ann"))
        for item in self.outlook("ann"):
            self.change_in_outlook("ann", item, location={"displayName": "Ghent"})
        self.sandbox.exchange.mails.clear()
        self.settle()
        self.assertEqual(self.events(user_id=self.ann.id), kept)
        self.assertFalse(any(kept.mapped("active")))
        self.assertEqual(kept[0].with_user(self.ann).outlook_state, "excluded")
        kept.with_user(self.ann).write({"description": "Never mind"})
        kept[3:].with_user(self.ann).unlink()
        self.cr.flush()
        self.settle()
        self.assertGone(names)
        self.assertNothingWent()

    def test_a_kept_one_that_is_restored_is_in_step_again(self):
        events = self.fill(12)
        self.archive(events)
        self.sync()
        self.account.action_keep_deleted()
        self.sync()
        item = next(x for x in self.outlook("ann") if x["subject"] == "Visit 00")
        self.change_in_outlook("ann", item, location={"displayName": "Ghent"})
        self.sync()
        self.assertFalse(events[0].location)
        events[0].with_user(self.ann).write({"active": True, "name": "Back"})
        self.cr.flush()
        self.settle()
        self.assertEqual(events[0].location, "Ghent")
        self.assertIn("Back", self.subjects("ann"))
        self.assertEqual(len(self.subjects("ann")), 12)
        self.archive(events[0])  # goes out again
        self.sync()
        self.assertEqual(len(self.subjects("ann")), 11)

    def test_kept_series_stay_in_outlook(self):
        series = self.fill_series(12)
        self.archive(series[:6].calendar_event_ids)
        self.delete(series[6:].calendar_event_ids)
        self.sync()
        self.assertAsked(12)
        self.account.action_keep_deleted()
        self.settle()
        masters = self.masters()
        self.assertEqual(len(masters), 12)
        for master in masters:
            self.change_in_outlook("ann", master, subject="Changed there")
        self.settle()
        self.assertFalse(self.events(user_id=self.ann.id, active=True))

    def test_a_kept_one_that_is_deleted_in_outlook_is_forgotten(self):
        events = self.fill(12)
        self.archive(events)
        self.sync()
        self.account.action_keep_deleted()
        self.sync()
        self.delete_in_outlook("ann", self.outlook("ann")[0])
        self.settle()
        self.assertEqual(len(events.outlook_link_ids), 11)
        self.assertFalse(any(events.mapped("active")))

    def test_kept_ones_stay_after_reconnecting(self):
        events = self.fill(12, guests=self.zoe)
        self.archive(events)
        self.sync()
        self.account.action_keep_deleted()
        self.sync()
        self.account.sudo()._disconnect()
        self.account = self.connect(self.ann)
        self.settle()
        self.assertNothingWent()
        self.assertEqual(len(self.outlook("ann")), 12)
        self.assertEqual(self.events(user_id=self.ann.id), events)
        self.assertFalse(any(events.mapped("active")))
