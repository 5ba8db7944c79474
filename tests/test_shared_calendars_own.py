# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Calendars that a colleague shares, where his own mailbox has the meeting, too."""

from odoo.tests import tagged

from .common import guest
from .shared import ANN, CAROL, SharedCase


@tagged("post_install", "-at_install")
class TestSharedAndOwn(SharedCase):
    """The owner is connected as well, or the reader takes part himself."""

    def check_one(self, *accounts):
        """Check that there is one meeting, kept in step by its owner alone."""
        [event] = self.events(name="Board")
        [series] = {one.recurrence_id for one in self.events(name="Team")}
        self.assertEqual(len(self.meetings(series)), 5)
        self.assertEqual(event.user_id, self.ann)
        self.assertEqual(len(event.outlook_link_ids), 2)
        writes = len(self.writes())
        self.edit_as(self.bob, event, name="Council")
        self.edit(self.meetings(series)[0], "all_events", user=self.bob, name="Crew")
        self.run_cron("push")
        self.sync(*accounts)
        self.assertEqual(len(self.writes()), writes + 2)
        self.assertEqual(self.subjects("ann"), ["Council", "Crew"])
        self.quiet(*accounts)
        item = next(i for i in self.outlook("ann") if i["subject"] == "Council")
        self.delete_in_outlook("ann", item)
        self.sync(*accounts)
        self.assertFalse(event.active)
        self.assertFalse(self.journal("fail"))
        self.assertEqual(self.outlook_mails(), [])

    def test_read_after_the_owner(self):
        self.share()
        self.in_outlook("ann", "Board")
        self.series_in_outlook()
        own = self.connect(self.ann)
        self.check_one(self.follow(), own)

    def test_read_before_the_owner(self):
        self.share()
        self.in_outlook("ann", "Board")
        self.series_in_outlook()
        account = self.follow()
        self.check_one(account, self.connect(self.ann))

    def test_a_new_meeting_goes_through_the_owners_mailbox(self):
        self.share()
        own = self.connect(self.ann)
        account = self.follow(is_target=True)
        self.meet(self.ann, "Board")
        self.sync(account, own, account, own)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(len(self.events(name="Board")), 1)
        self.quiet(account, own)

    def test_a_deletion_in_odoo_is_sent_once(self):
        self.share()
        self.in_outlook("ann", "Board")
        own, account = self.connect(self.ann), self.follow()
        self.events(name="Board").with_user(self.bob).unlink()
        self.cr.flush()
        writes = len(self.writes())
        self.sync(account, own, account)
        self.assertEqual(len(self.writes()), writes + 1)
        self.assertEqual(self.outlook("ann"), [])
        self.assertFalse(self.events(name="Board"))

    def test_the_reader_is_a_guest_as_well(self):
        self.share()
        bob = guest("bob@contoso.example")
        self.in_outlook("ann", "Board", attendees=[bob, guest(CAROL)])
        account = self.follow()
        [event] = self.events(name="Board")
        self.assertEqual(event.user_id, self.ann)
        self.assertEqual(len(event.outlook_link_ids), 2)
        self.edit_as(self.bob, event, location="Ghent")
        own = event.attendee_ids.filtered(
            lambda one: one.partner_id == self.bob.partner_id
        )
        own.with_user(self.bob).do_accept()
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["location"]["displayName"], "Ghent")
        answers = {
            row["emailAddress"]["address"]: row["status"]["response"]
            for row in item["attendees"]
        }
        self.assertEqual(answers["bob@contoso.example"], "accepted")
        self.assertEqual(answers[CAROL], "none")
        self.quiet(account)

    def test_when_the_owner_leaves_a_reader_goes_on(self):
        self.share()
        item = self.in_outlook("ann", "Board", attendees=[guest(CAROL)])
        own, account = self.connect(self.ann), self.follow()
        self.change_in_outlook("ann", item, location={"displayName": "Ghent"})
        self.sync(account, own)
        own.sudo()._disconnect()
        self.quiet(account)
        event = self.events(name="Board")
        self.edit_as(self.bob, event, name="Council")
        self.sync(account)
        request = self.writes()[-1]
        self.assertEqual(request.method, "PATCH")
        self.change_in_outlook("ann", item, subject="Board again")
        self.sync(account)
        self.assertEqual(event.name, "Board again")
        self.assertFalse(self.journal("conflict"))

    def test_the_owner_is_a_guest_of_the_reader(self):
        self.share()
        self.in_outlook("bob", "Board", attendees=[guest(ANN)])
        account = self.follow()
        [event] = self.events(name="Board")
        self.assertEqual(event.user_id, self.bob)
        self.assertEqual(len(event.outlook_link_ids), 2)
        writes = len(self.writes())
        self.edit_as(self.bob, event, name="Council")
        self.sync(account)
        self.assertEqual(len(self.writes()), writes + 1)
        self.assertEqual(self.subjects("ann"), ["Council"])
        [copy] = self.outlook("ann")
        self.delete_in_outlook("ann", copy)
        self.sync(account)
        self.assertTrue(event.active)
        self.quiet(account)

    def test_a_copy_of_the_owners_is_never_taken_for_the_readers(self):
        self.share()
        guests = [self.carol.partner_id]
        own = self.connect(self.ann, invitation_mode="odoo")
        event = self.meet(self.ann, "Board", guests=guests)
        self.sync(own)
        account = self.follow()
        kinds = event.outlook_link_ids.mapped("kind")
        self.assertEqual(kinds, ["copy", "copy"])
        self.edit_as(self.carol, event, name="Council")
        self.sync(account, own, account)
        [item] = self.outlook("ann")
        self.assertEqual((item["subject"], item["attendees"]), ("Council", []))
        self.quiet(account, own)

    def test_meetings_of_odoo_that_are_in_outlook_already_are_joined(self):
        self.share()
        event = self.meet(self.ann, "Board")
        self.repeat(name="Team")
        self.in_outlook("ann", "Board")
        self.series_in_outlook()
        account = self.follow()
        self.assertEqual(self.events(name="Board"), event)
        self.assertEqual(len(self.events(name="Team")), 5)
        self.assertTrue(event.outlook_link_ids)
        self.quiet(account)

    def test_two_readers_write_once(self):
        self.share()
        self.share(who="carol")
        self.in_outlook("ann", "Board")
        bob, carol = self.follow(), self.follow(self.carol)
        [event] = self.events(name="Board")
        self.assertEqual(len(event.outlook_link_ids), 2)
        writes = len(self.writes())
        self.edit_as(self.carol, event, name="Council")
        self.sync(bob, carol, bob, carol)
        self.assertEqual(len(self.writes()), writes + 1)
        self.assertEqual(self.subjects("ann"), ["Council"])
        self.edit_as(self.bob, event, location="Ghent")
        self.sync(bob, carol)
        bob.sudo()._disconnect()
        self.quiet(carol)
        self.edit_as(self.carol, event, name="Board III")
        self.sync(carol)
        self.assertEqual(self.subjects("ann"), ["Board III"])
