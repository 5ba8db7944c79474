# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Removed in Outlook: read before believing, archive, ask before removing much."""

from datetime import timedelta

from odoo.tests import tagged

from .common import OutlookCase, graph_time, guest


@tagged("post_install", "-at_install")
class TestRemoval(OutlookCase):
    def test_problem_1_a_deletion_touches_that_meeting_alone(self):
        series = self.meet(
            self.bob, "Daily", recurrency=True, rrule_type="daily", count=3
        )
        others = series.recurrence_id.calendar_event_ids
        item = self.in_outlook("ann", "X")
        self.in_outlook("ann", "Y", hours=30)
        account = self.connect(self.ann)
        self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertFalse(self.events(name="X").active)
        self.assertTrue(self.events(name="Y").active)
        self.assertEqual(len(others.exists()), 3)
        self.assertTrue(all(others.mapped("active")))
        self.assertTrue(series.recurrence_id.exists())

    def test_problem_2_a_guest_who_removes_it_has_declined(self):
        self.in_outlook("ann", "Board", attendees=[guest("bob@contoso.example")])
        bob = self.connect(self.bob)
        self.connect(self.ann)
        event = self.events(name="Board")
        event.message_post(body="A long conversation")
        [copy] = self.outlook("bob")
        self.delete_in_outlook("bob", copy)
        self.sync(bob)
        self.assertTrue(event.active)
        state = event.attendee_ids.filtered(
            lambda attendee: attendee.partner_id == self.bob.partner_id
        ).state
        self.assertEqual(state, "declined")
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.sync()
        self.assertEqual(self.outlook("bob"), [])

    def test_what_a_guest_removed_comes_back_when_he_is_invited_again(self):
        self.in_outlook("ann", "Board", attendees=[guest("bob@contoso.example")])
        bob, ann = self.connect(self.bob), self.connect(self.ann)
        event = self.events(name="Board")
        [copy] = self.outlook("bob")
        self.delete_in_outlook("bob", copy)
        self.sync(bob)
        event.with_user(self.ann).write({"name": "Board II"})
        self.cr.flush()
        self.sync(ann)
        self.sync(bob)
        self.assertEqual(self.subjects("bob"), ["Board II"])
        self.assertEqual(self.events(user_id=self.ann.id), event)
        own = event.outlook_link_ids.filtered(lambda link: link.account_id == bob)
        self.assertEqual(len(own), 1)
        self.assertFalse(own.is_gone)

    def test_deleted_by_the_organizer_is_archived_with_its_chatter(self):
        item = self.in_outlook("ann")
        account = self.connect(self.ann)
        event = self.events(name="Board")
        event.message_post(body="Call Zoe first")
        self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertFalse(event.active)
        self.assertIn("Call Zoe first", "".join(event.message_ids.mapped("body")))
        self.assertEqual(self.journal("archive").event_id, event)

    def test_called_off_by_its_organizer_is_archived(self):
        item = self.in_outlook("bob", "Board", attendees=[guest("ann@contoso.example")])
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.assertTrue(event.active)
        self.sandbox.exchange.cancel(self.person("bob"), item["id"])
        self.sync(account)
        self.assertFalse(event.active)

    def test_problem_3_moved_out_of_the_window_is_kept_and_moved(self):
        """Graph calls it removed; a direct read says where it is."""
        item = self.in_outlook("ann")
        account = self.connect(self.ann, days_future=30)
        event = self.events(name="Board")
        later = self.now + timedelta(days=200)
        self.change_in_outlook(
            "ann",
            item,
            start=graph_time(later),
            end=graph_time(later + timedelta(hours=1)),
        )
        self.sync(account)
        self.assertTrue(event.active)
        self.assertEqual(event.start, later)

    def test_problem_3_created_outside_the_window_is_not_deleted(self):
        account = self.connect(self.ann, days_future=30)
        event = self.meet(self.ann, hours=24 * 100)
        self.sync(account)
        self.sync(account)
        self.assertTrue(event.active)
        self.assertEqual(self.subjects("ann"), ["Board"])

    def test_problem_4_the_window_slides(self):
        account = self.connect(self.ann, days_future=30)
        self.in_outlook("ann", "Later", hours=24 * 35)
        self.sync(account)
        self.assertFalse(self.events(name="Later"))
        account.sudo().calendar_ids.write(
            {"window_start": self.now - timedelta(days=45)}
        )
        self.env["outlook.calendar"].flush_model()
        self.sandbox.clock.advance(0)
        account.write({"days_future": 40})
        self.sync(account)
        self.assertTrue(self.events(name="Later"))

    def test_problem_5_a_lost_cursor_leaves_no_ghosts(self):
        gone = [self.in_outlook("ann", f"Gone {n}", hours=24 + n) for n in range(3)]
        self.in_outlook("ann", "Stays")
        account = self.connect(self.ann)
        for item in gone:
            self.delete_in_outlook("ann", item)
        self.sandbox.exchange.expire_delta(self.person("ann"))
        self.sync(account)
        for number in range(3):
            self.assertFalse(self.events(name=f"Gone {number}").active)
        self.assertTrue(self.events(name="Stays").active)

    def test_a_failed_read_deletes_nothing(self):
        self.in_outlook("ann")
        account = self.connect(self.ann)
        self.fault("status", status=503, path="/calendarView", times=5)
        self.sync(account)
        self.assertTrue(self.events(name="Board").active)
        self.assertIn("does not answer", account.error_message)

    def test_a_mass_removal_is_asked_about(self):
        items = [self.in_outlook("ann", f"M{n}", hours=24 + n) for n in range(12)]
        account = self.connect(self.ann)
        events = self.events(user_id=self.ann.id)
        for item in items:
            self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertTrue(all(events.mapped("active")))
        self.assertEqual((account.state, account.removal_count), ("paused", 12))
        account.action_confirm_removals()
        self.sync(account)
        self.assertFalse(any(events.mapped("active")))
        self.assertEqual(account.state, "connected")

    def test_a_mass_removal_can_be_refused(self):
        items = [self.in_outlook("ann", f"M{n}", hours=24 + n) for n in range(12)]
        account = self.connect(self.ann)
        events = self.events(user_id=self.ann.id)
        for item in items:
            self.delete_in_outlook("ann", item)
        self.sync(account)
        account.action_keep_removed()
        self.sync(account)
        self.assertTrue(all(events.mapped("active")))
        self.assertEqual(account.state, "connected")
        self.assertEqual(self.outlook("ann"), [])

    def test_an_unknown_remote_id_means_nothing(self):
        account = self.connect(self.ann)
        item = self.in_outlook("ann", "Brief")
        self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertFalse(self.events(name="Brief"))
        self.assertFalse(account.error_message)

    def test_problem_17_moved_to_another_calendar_stays_the_same_record(self):
        item = self.in_outlook("ann")
        account = self.connect(self.ann)
        event = self.events(name="Board")
        mailbox = self.sandbox.exchange.mailbox(self.person("ann"))
        other = mailbox.add_calendar("Private", mailbox.default.group_id)
        self.sandbox.exchange.move_event(self.person("ann"), item["id"], other.id)
        self.sync(account)
        self.assertTrue(event.active)
        self.assertEqual(len(self.events(name="Board")), 1)
        event.with_user(self.ann).write({"name": "Board II"})
        self.sync(account)
        # Nothing is written to a calendar that its owner has not chosen.
        moved = self.sandbox.exchange.list(self.person("ann"), other.id)
        self.assertEqual([row["subject"] for row in moved], ["Board"])
        place = mailbox.default.id
        self.sandbox.exchange.move_event(self.person("ann"), moved[0]["id"], place)
        self.sync(account)
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board II"])
        self.assertEqual(event.outlook_link_ids.event_id, event)
