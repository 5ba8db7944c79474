# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One meeting, several connected colleagues: one record, a link per mailbox."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OutlookCase, graph_time, guest


@tagged("post_install", "-at_install")
class TestColleagues(OutlookCase):
    def answer_of(self, event, user):
        return event.attendee_ids.filtered(
            lambda attendee: attendee.partner_id == user.partner_id
        ).state

    def test_problem_11_one_event_for_two_connected_colleagues(self):
        self.in_outlook("ann", "Board", attendees=[guest("bob@contoso.example")])
        for first, second in ((self.ann, self.bob), (self.bob, self.ann)):
            with self.subTest(first=first.login):
                self.env["outlook.account"].sudo().search([]).unlink()
                self.events(name="Board").unlink()
                self.connect(first)
                self.connect(second)
                self.sync()
                event = self.events(name="Board")
                self.assertEqual(len(event), 1)
                self.assertEqual(len(event.outlook_link_ids), 2)
                self.assertEqual(event.user_id, self.ann)
                self.assertEqual(event.partner_ids, (self.ann | self.bob).partner_id)

    def test_a_meeting_made_in_odoo_is_one_for_all_three(self):
        for user in (self.ann, self.bob, self.carol):
            self.connect(user)
        event = self.meet(self.ann, guests=[self.bob.partner_id, self.carol.partner_id])
        self.sync()
        self.sync()
        self.assertEqual(len(self.events(name="Board")), 1)
        self.assertEqual(len(event.outlook_link_ids), 3)
        self.assertEqual(event.outlook_link_ids.mapped("kind"), ["meeting"] * 3)
        for name in ("ann", "bob", "carol"):
            self.assertEqual(self.subjects(name), ["Board"])
        invited = [m.recipient for m in self.outlook_mails() if m.kind == "invitation"]
        self.assertEqual(
            sorted(invited), ["bob@contoso.example", "carol@contoso.example"]
        )

    def test_the_guest_reads_before_the_organizer_has_noted_the_id(self):
        """Outlook delivered the invitation; the sender's transaction is not done."""
        ann, bob = self.connect(self.ann), self.connect(self.bob)
        event = self.meet(self.ann, guests=[self.bob.partner_id])
        self.fault("lost_answer", method="POST", path="/events", times=1)
        self.sync(ann)
        self.sync(bob)
        self.outbox().write({"not_before": False})
        self.sync(ann)
        self.sync(bob)
        self.assertEqual(self.events(name="Board"), event)
        self.assertEqual(len(event.outlook_link_ids), 2)

    def test_answers_given_in_outlook_come_in(self):
        ann, bob = self.connect(self.ann), self.connect(self.bob)
        event = self.meet(self.ann, guests=[self.bob.partner_id, self.carol.partner_id])
        self.sync(ann)
        self.sync(bob)
        [invitation] = self.outlook("bob")
        exchange = self.sandbox.exchange
        exchange.respond(self.person("bob"), invitation["id"], "accepted")
        [invitation] = self.outlook("carol")
        exchange.respond(self.person("carol"), invitation["id"], "tentativelyAccepted")
        self.sync(bob)
        self.assertEqual(self.answer_of(event, self.bob), "accepted")
        self.sync(ann)
        self.assertEqual(self.answer_of(event, self.carol), "tentative")
        self.assertEqual(self.answer_of(event, self.ann), "accepted")

    def test_problem_47_an_alias_makes_no_second_guest(self):
        self.ann.partner_id.email = "a.archer@home.example"
        self.in_outlook("bob", "Board", attendees=[guest("ann.archer@contoso.example")])
        self.connect(self.ann)
        event = self.events(name="Board")
        self.assertIn(self.ann.partner_id, event.partner_ids)
        self.assertEqual(self.answer_of(event, self.ann), "needsAction")
        own = event.attendee_ids.filtered(
            lambda attendee: attendee.partner_id == self.ann.partner_id
        )
        self.assertEqual(len(own), 1)

    def test_problem_51_nobody_becomes_organizer_of_anothers_meeting(self):
        self.connect(self.ann)
        event = self.meet(self.bob, guests=[self.ann.partner_id])
        self.sync()
        [item] = self.outlook("ann")
        self.assertEqual(item["attendees"], [])
        self.assertEqual(event.user_id, self.bob)
        self.assertEqual(event.outlook_link_ids.kind, "copy")
        self.assertEqual(self.outlook_mails(), [])

    def test_copies_of_others_meetings_can_be_switched_off(self):
        self.connect(self.ann, copy_as_guest=False)
        self.meet(self.bob, guests=[self.ann.partner_id])
        self.sync()
        self.assertEqual(self.outlook("ann"), [])

    def test_a_guest_cannot_move_a_meeting_by_his_copy(self):
        self.connect(self.ann)
        event = self.meet(self.bob, guests=[self.ann.partner_id])
        self.sync()
        start = event.start
        [copy] = self.outlook("ann")
        self.change_in_outlook(
            "ann",
            copy,
            start=graph_time(start + timedelta(hours=5)),
            end=graph_time(start + timedelta(hours=6)),
            sensitivity="private",
        )
        self.sync()
        self.sync()
        self.assertEqual((event.start, event.privacy), (start, False))
        [copy] = self.outlook("ann")
        self.assertTrue(copy["start"]["dateTime"].startswith(start.isoformat()))
        self.assertEqual(copy["sensitivity"], "private")
        self.assertFalse(self.outbox())

    def test_a_copy_leaves_with_its_guest(self):
        self.connect(self.ann)
        event = self.meet(self.bob, guests=[self.ann.partner_id])
        self.sync()
        event.with_user(self.bob).write({"partner_ids": [(3, self.ann.partner_id.id)]})
        self.cr.flush()
        self.sync()
        self.assertEqual(self.outlook("ann"), [])

    def test_the_real_meeting_replaces_the_copy(self):
        ann = self.connect(self.ann)
        event = self.meet(self.bob, guests=[self.ann.partner_id])
        self.sync(ann)
        self.assertEqual(event.outlook_link_ids.kind, "copy")
        self.age_events()
        self.connect(self.bob)
        [own] = self.outlook("bob")
        self.change_in_outlook(
            "bob", own, attendees=[guest("ann@contoso.example", "Ann")]
        )
        self.sync(self.env["outlook.account"].search([("user_id", "=", self.bob.id)]))
        self.sync(ann)
        self.sync(ann)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(self.events(name="Board"), event)

    def test_problem_52_each_mailbox_has_its_own_id(self):
        self.in_outlook("ann", "Board", attendees=[guest("bob@contoso.example")])
        self.connect(self.bob)
        ann = self.connect(self.ann)
        event = self.events(name="Board")
        event.with_user(self.ann).write({"name": "Board II"})
        self.cr.flush()
        self.sync(ann)
        self.assertEqual(self.subjects("ann"), ["Board II"])
        self.assertEqual(self.subjects("bob"), ["Board II"])
        self.assertFalse(self.outbox())

    def test_a_change_by_a_colleague_goes_through_the_organizers_mailbox(self):
        ann = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.bob.partner_id])
        self.sync(ann)
        event.with_user(self.bob).write({"location": "Ghent"})
        self.cr.flush()
        self.sync(ann)
        [item] = self.outlook("ann")
        self.assertEqual(item["location"]["displayName"], "Ghent")

    def test_a_meeting_of_a_stranger_cannot_be_moved_in_odoo(self):
        start = self.now + timedelta(hours=48)
        self.sandbox.exchange.receive_invitation(
            self.person("ann"),
            "boss@customer.example",
            {
                "subject": "Their board",
                "start": graph_time(start),
                "end": graph_time(start + timedelta(hours=1)),
                "attendees": [guest("ann@contoso.example")],
            },
            "The Boss",
        )
        account = self.connect(self.ann)
        event = self.events(name="Their board").with_user(self.ann)
        self.assertFalse(event.user_id)
        with self.assertRaisesRegex(UserError, "The Boss organizes this meeting"):
            event.write({"start": self.now, "stop": self.now + timedelta(hours=1)})
        event.attendee_ids.filtered(
            lambda attendee: attendee.partner_id == self.ann.partner_id
        ).do_accept()
        event.write({"notes": "<p>Bring the figures</p>"})
        self.cr.flush()
        before = len(self.writes())
        self.sync(account)
        [answer] = self.writes()[before:]
        self.assertTrue(answer.path.endswith("/accept"))

    def test_the_preview_joins_what_a_colleague_brought_in(self):
        self.in_outlook("ann", "Board", attendees=[guest("bob@contoso.example")])
        self.connect(self.ann)
        self.connect(self.bob, start=False)
        wizard = self.preview(self.bob)
        self.assertEqual(
            (wizard.in_count, wizard.out_count, wizard.joined_count), (0, 0, 1)
        )
