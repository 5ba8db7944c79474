# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series of colleagues: one series in Odoo, one link in each mailbox, no mail twice."""

from odoo.tests import tagged

from .common import guest
from .series import SeriesCase

ANN, BOB = "ann@contoso.example", "bob@contoso.example"


@tagged("post_install", "-at_install")
class TestSeriesPeople(SeriesCase):
    def response(self, event, user):
        attendee = event.attendee_ids.filtered(
            lambda one: one.partner_id == user.partner_id
        )
        return attendee.state

    def test_a_colleagues_series_is_one_series(self):
        self.series_in_outlook(attendees=[guest(BOB, "Bob")])
        bob = self.connect(self.bob)
        ann = self.connect(self.ann)
        series = self.series_of()
        self.assertEqual(series.outlook_link_ids.account_id, ann | bob)
        self.assertEqual(len(self.events(name="Team")), 5)
        self.assertEqual(set(self.meetings(series).mapped("user_id")), {self.ann})
        self.quiet(ann, bob)

    def test_a_series_of_odoo_reaches_the_colleague_once(self):
        ann, bob = self.connect(self.ann), self.connect(self.bob)
        self.repeat(guests=[self.bob.partner_id])
        self.sync(ann)
        self.sync(bob)
        series = self.series_of()
        self.assertEqual(series.outlook_link_ids.account_id, ann | bob)
        self.assertEqual(len(self.events(name="Team")), 5)
        self.assertEqual(len(self.outlook_mails()), 1)
        self.assertFalse(self.odoo_mails_to(self.bob))
        self.quiet(ann, bob)

    def odoo_mails_to(self, user):
        messages = self.env["mail.message"].search(
            [("model", "=", "calendar.event"), ("message_type", "!=", "notification")]
        )
        return messages.filtered(lambda one: user.partner_id in one.partner_ids)

    def test_problem_16_the_first_day_changed_is_one_exception(self):
        """A guest's reading does not take the series over."""
        master = self.series_in_outlook(attendees=[guest(BOB, "Bob")])
        bob = self.connect(self.bob)
        first = self.instance(master, self.day(0))
        self.change_in_outlook("ann", first, **self.times(self.day(0), 15))
        mails, writes = len(self.outlook_mails()), len(self.writes())
        self.sync(bob)
        self.sync(bob)
        series = self.series_of()
        self.assertEqual(len(self.meetings(series)), 5)
        self.assertEqual(self.wall(self.meetings(series)[0].start).hour, 15)
        self.assertEqual(len(self.outlook_mails()), mails)
        self.assertEqual(len(self.writes()), writes)
        ann = self.connect(self.ann)
        self.assertEqualSides(series)
        self.quiet(ann, bob)

    def test_an_answer_in_outlook_comes_in_for_all_and_for_one(self):
        master = self.series_in_outlook(attendees=[guest(BOB, "Bob")])
        bob, ann = self.connect(self.bob), self.connect(self.ann)
        [copy] = self.masters("bob")
        self.sandbox.exchange.respond(self.person("bob"), copy["id"], "accepted")
        self.sync(bob)
        self.sync(ann)
        meetings = self.meetings(self.series_of())
        states = [self.response(event, self.bob) for event in meetings]
        self.assertEqual(states, ["accepted"] * 5)
        third = self.instance(copy, self.day(14), "bob")
        self.sandbox.exchange.respond(
            self.person("bob"), third["id"], "tentativelyAccepted"
        )
        self.sync(bob)
        self.sync(ann)
        states = [self.response(event, self.bob) for event in meetings]
        self.assertEqual(states[2], "tentative")
        self.assertEqual({*states[:2], *states[3:]}, {"accepted"})
        self.quiet(ann, bob)
        self.assertEqual(len(self.instances(master)), 5)

    def test_an_unconnected_organizer_gives_copies(self):
        carol = self.connect(self.carol)
        self.repeat(self.bob, guests=[self.carol.partner_id])
        self.sync(carol)
        [master] = self.masters("carol")
        self.assertEqual(master["attendees"], [])
        self.assertEqual(self.outlook_mails(), [])
        series = self.series_of()
        self.edit(self.meetings(series)[1], user=self.bob, name="Other")
        self.sync(carol)
        self.assertEqualSides(series, "carol")
        self.quiet(carol)

    def test_where_odoo_invites_the_series_is_a_copy(self):
        ann = self.connect(self.ann, invitation_mode="odoo")
        self.repeat(guests=[self.contact("Zoe")])
        self.sync(ann)
        [master] = self.masters()
        self.assertEqual(master["attendees"], [])
        self.assertEqual(self.outlook_mails(), [])
        self.quiet(ann)

    def test_problem_19_a_guest_of_one_day_alone_has_that_day(self):
        master = self.series_in_outlook()
        ann = self.connect(self.ann)
        third = self.instance(master, self.day(14))
        self.change_in_outlook("ann", third, attendees=[guest(BOB, "Bob")])
        self.sync(ann)
        bob = self.connect(self.bob)
        series = self.series_of(ann)
        self.assertEqual(len(self.events(name="Team")), 5)
        link = (
            bob.with_user(self.bob)
            .sudo()
            .env["outlook.link"]
            .search([("account_id", "=", bob.id)])
        )
        self.assertEqual(link.event_id, self.meetings(series)[2])
        self.quiet(ann, bob)

    def test_a_guest_who_throws_the_series_away_has_declined(self):
        self.series_in_outlook(attendees=[guest(BOB, "Bob")])
        ann, bob = self.connect(self.ann), self.connect(self.bob)
        [copy] = self.masters("bob")
        self.delete_in_outlook("bob", copy)
        self.sync(bob)
        meetings = self.meetings(self.series_of())
        self.assertEqual(len(meetings), 5)
        states = {self.response(event, self.bob) for event in meetings}
        self.assertEqual(states, {"declined"})
        self.quiet(ann, bob)

    def test_a_cancelled_day_of_a_colleague_goes_for_all(self):
        master = self.series_in_outlook(attendees=[guest(BOB, "Bob")])
        bob, ann = self.connect(self.bob), self.connect(self.ann)
        self.delete_in_outlook("ann", self.instance(master, self.day(7)))
        self.sync(bob)
        self.sync(ann)
        self.assertEqualSides()
        self.quiet(ann, bob)

    def test_problem_24_one_change_of_50_with_10_guests_is_one_request(self):
        ann = self.connect(self.ann)
        guests = [self.contact(f"Guest{number}") for number in range(10)]
        meetings = self.repeat(guests=guests, count=50)
        self.sync(ann)
        writes, mails = len(self.writes()), len(self.outlook_mails())
        self.edit(meetings[3], "all_events", name="Other")
        self.sync(ann)
        methods = [request.method for request in self.writes()[writes:]]
        self.assertEqual(methods, ["PATCH"])
        self.assertEqual(len(self.outlook_mails()) - mails, 10)
        self.quiet(ann)

    def test_a_room_accepts_a_series_of_odoo_and_its_new_time(self):
        ann = self.connect(self.ann)
        room = self.contact("Blue", "room.blue@contoso.example")
        meetings = self.repeat(guests=[room])
        rows = meetings.attendee_ids.filtered(lambda one: one.partner_id == room)
        rows.outlook_type = "resource"
        self.sync(ann)
        self.assertEqual({*self.room_rows().mapped("state")}, {"accepted"})
        self.quiet(ann)
        self.move(self.meetings(self.series_of())[0], "all_events", hours=2)
        self.sync(ann)
        self.assertEqual({*self.room_rows().mapped("state")}, {"accepted"})
        self.assertEqual(len(self.room_rows()), 5)
        self.quiet(ann)

    def room_rows(self):
        rows = self.meetings(self.series_of()).attendee_ids
        return rows.filtered(lambda one: one.email == "room.blue@contoso.example")
