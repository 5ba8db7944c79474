# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Calendars that a colleague shares: read, written, and never his reader's own."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import guest
from .shared import ANN, CAROL, SharedCase


@tagged("post_install", "-at_install")
class TestSharedCalendars(SharedCase):
    def test_they_are_listed_after_consent_and_not_picked(self):
        self.share()
        account = self.connect(self.bob, shared=True)
        calendar = self.lent(account)
        self.assertEqual((calendar.name, calendar.owner), ("Ann Archer", ANN))
        self.assertFalse(calendar.is_synced)
        self.assertFalse(calendar.is_target)
        self.in_outlook("ann", "Board")
        self.sync(account)
        self.assertFalse(self.events(name="Board"))

    def test_without_consent_they_are_not_listed(self):
        self.share()
        self.assertFalse(self.lent(self.connect(self.bob)))

    def test_a_picked_one_is_read_and_its_owner_organizes(self):
        self.share()
        item = self.in_outlook("ann", "Board", attendees=[guest(CAROL)])
        account = self.follow()
        event = self.events(name="Board")
        self.assertEqual(event.user_id, self.ann)
        people = self.ann.partner_id | self.carol.partner_id
        self.assertEqual(event.partner_ids, people)
        self.change_in_outlook("ann", item, subject="Council")
        self.sync(account)
        self.assertEqual(event.name, "Council")
        self.assertEqual(event.with_user(self.bob).outlook_state, "synced")
        self.sandbox.exchange.mails.clear()
        self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertFalse(event.active)

    def test_the_owner_may_be_a_stranger_to_odoo(self):
        self.ann.sudo().write({"active": False})
        self.ann.partner_id.sudo().write({"email": "other@customer.example"})
        self.ann.sudo().write({"login": "other@customer.example"})
        self.share()
        item = self.in_outlook("ann", "Board")
        self.in_outlook("ann", "Doctor", hours=48, sensitivity="private")
        account = self.follow()
        event = self.events(name="Board")
        self.assertFalse(event.user_id)
        self.assertEqual(event.partner_ids.email_normalized, ANN)
        self.assertFalse(self.journal("fail"))
        [busy] = self.events(name="Private appointment")
        self.assertNotEqual(busy.privacy, "private")
        self.edit_as(self.bob, event, name="Council")
        self.sync(account)
        [there] = [one for one in self.outlook("ann") if one["id"] == item["id"]]
        self.assertEqual(there["subject"], "Council")
        with self.assertRaisesRegex(UserError, "has no user in Odoo"):
            self.lent(account).with_user(self.bob).write({"is_target": True})

    def test_a_change_in_odoo_is_written_for_the_owner(self):
        self.share()
        self.in_outlook("ann", "Board", attendees=[guest(CAROL)])
        account = self.follow()
        event = self.events(name="Board")
        self.sandbox.exchange.mails.clear()
        self.edit_as(self.bob, event, name="Council", location="Ghent")
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["subject"], "Council")
        self.assertEqual(item["location"]["displayName"], "Ghent")
        self.assertEqual(item["organizer"]["emailAddress"]["address"], ANN)
        self.assertEqual(self.outlook("bob"), [])
        self.quiet(account)

    def test_a_deletion_in_odoo_is_carried_out(self):
        self.share()
        for name in ("Board", "Council"):
            self.in_outlook("ann", name)
        account = self.follow()
        self.events(name="Board").with_user(self.bob).unlink()
        self.edit_as(self.bob, self.events(name="Council"), active=False)
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.outlook("ann"), [])
        self.assertFalse(self.journal("fail"))

    def test_a_new_meeting_of_the_owner_goes_to_his_calendar(self):
        self.share()
        account = self.follow(is_target=True)
        self.assertTrue(account._target().is_default, "Bob's own go to his own")
        guests = [self.carol.partner_id]
        event = self.meet(self.ann, "Board", guests=guests)
        self.meet(self.bob, "Bob's own")
        self.assertTrue(self.env["outlook.status"]._silences_odoo(event))
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["organizer"]["emailAddress"]["address"], ANN)
        self.assertEqual(len(item["attendees"]), 1)
        self.assertEqual(self.subjects("bob"), ["Bob's own"])
        link = event.outlook_link_ids
        self.assertTrue(link.is_shared and link.organizes)
        self.assertEqual(self.subjects("carol"), ["Board"])
        self.quiet(account)

    def test_without_that_choice_it_does_not(self):
        self.share()
        account = self.follow()
        self.meet(self.ann, "Board")
        self.sync(account)
        self.assertEqual(self.outlook("ann"), [])

    def test_a_series_is_read_changed_and_deleted(self):
        self.share()
        master = self.series_in_outlook()
        account = self.follow()
        meetings = self.meetings(self.events(name="Team").recurrence_id)
        self.assertEqual(len(meetings), 5)
        self.assertEqual(meetings.user_id, self.ann)
        self.edit(meetings[1], user=self.bob, location="Ghent")
        self.edit(meetings[0], "all_events", user=self.bob, name="Crew")
        self.sync(account)
        [there] = self.masters()
        self.assertEqual((there["id"], there["subject"]), (master["id"], "Crew"))
        day = self.instance(there, self.day(7))
        self.assertEqual(day["location"]["displayName"], "Ghent")
        meetings[2].with_user(self.bob).unlink()
        self.cr.flush()
        self.sync(account)
        self.assertEqual(len(self.instances(there)), 4)
        self.quiet(account)
        meetings[0].with_user(self.bob).action_mass_deletion("all_events")
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.masters(), [])

    def test_a_series_of_the_owner_is_created(self):
        self.share()
        account = self.follow(is_target=True)
        self.repeat(name="Weekly", count=3)
        self.sync(account)
        [master] = self.masters()
        self.assertEqual(master["organizer"]["emailAddress"]["address"], ANN)
        self.assertEqual(len(self.instances(master)), 3)
        self.quiet(account)

    def test_one_that_may_only_be_read(self):
        self.share("read")
        item = self.in_outlook("ann", "Board")
        account = self.follow()
        calendar = self.lent(account)
        self.assertEqual(calendar.direction, "pull")
        with self.assertRaises(UserError):
            calendar.with_user(self.bob).write({"is_target": True})
        event = self.events(name="Board")
        writes = len(self.writes())
        self.edit_as(self.bob, event, location="Ghent")
        event.with_user(self.bob).unlink()
        self.cr.flush()
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        self.assertEqual(self.outlook("ann")[0]["id"], item["id"])
        self.assertFalse(self.events(name="Board"))

    def test_the_answer_is_not_given_in_the_owners_name(self):
        self.share()
        self.in_outlook("carol", "Board", attendees=[guest(ANN)])
        account = self.follow()
        event = self.events(name="Board")
        self.assertEqual(event.user_id, self.carol)
        own = event.attendee_ids.filtered(
            lambda one: one.partner_id == self.ann.partner_id
        )
        writes = len(self.writes())
        own.with_user(self.bob).do_accept()
        self.cr.flush()
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        self.assertNotIn(self.bob.partner_id, event.partner_ids)

    def test_what_the_owner_leaves_as_a_guest_stays(self):
        self.share()
        self.in_outlook("carol", "Board", attendees=[guest(ANN)])
        account = self.follow()
        event = self.events(name="Board")
        self.sandbox.exchange.mails.clear()
        [copy] = self.outlook("ann")
        self.delete_in_outlook("ann", copy)
        self.sync(account)
        self.assertTrue(event.active)
        own = event.attendee_ids.filtered(
            lambda one: one.partner_id == self.ann.partner_id
        )
        self.assertNotEqual(own.state, "declined")
        self.quiet(account)

    def test_the_preview_counts_what_is_picked(self):
        self.share()
        self.in_outlook("ann", "Board")
        account = self.connect(self.bob, start=False, shared=True)
        wizard = self.preview(self.bob)
        self.assertEqual(wizard.in_count, 0)
        wizard.chosen_calendar_ids += self.lent(account)
        self.read_all(wizard)
        self.assertEqual(wizard.in_count, 1)
