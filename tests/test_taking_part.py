# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who takes part changes: guests who leave, organizers who hand over, twins."""

from datetime import timedelta

from odoo.tests import tagged

from .common import OutlookCase, graph_time, guest


@tagged("post_install", "-at_install")
class TestTakingPart(OutlookCase):
    def invitations(self):
        return sorted(
            mail.recipient for mail in self.outlook_mails() if mail.kind == "invitation"
        )

    def invite(self, *names, **body):
        """Let somebody outside invite some of the three; return a Graph body each."""
        start = self.now + timedelta(hours=48)
        items = []
        for name in names:
            items.append(
                self.sandbox.exchange.receive_invitation(
                    self.person(name),
                    "boss@customer.example",
                    {
                        "subject": "Their board",
                        "start": graph_time(start),
                        "end": graph_time(start + timedelta(hours=1)),
                        "attendees": [guest(f"{n}@contoso.example") for n in names],
                        **body,
                    },
                    "The Boss",
                )
            )
        return items

    def test_a_guest_who_is_taken_off_calls_off_nothing(self):
        """His mailbox shows a cancelled meeting; for the others it takes place."""
        ann, bob = self.connect(self.ann), self.connect(self.bob)
        event = self.meet(self.ann, guests=[self.bob.partner_id, self.contact("Zoe")])
        self.sync(ann)
        self.sync(bob)
        event.with_user(self.ann).write({"partner_ids": [(3, self.bob.partner_id.id)]})
        self.cr.flush()
        self.sync(ann)
        self.sync(bob)
        self.sync(ann)
        self.assertTrue(event.active)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertNotIn(self.bob.partner_id, event.partner_ids)
        self.assertNotIn(
            ("zoe@customer.example", "cancellation"),
            [(mail.recipient, mail.kind) for mail in self.outlook_mails()],
        )

    def test_called_off_by_its_organizer_is_archived_once_for_all(self):
        ann, bob = self.connect(self.ann), self.connect(self.bob)
        event = self.meet(self.ann, guests=[self.bob.partner_id])
        self.sync(ann)
        self.sync(bob)
        [item] = self.outlook("ann")
        self.delete_in_outlook("ann", item)
        self.sync(bob)
        self.sync(ann)
        self.sync(bob)
        self.assertFalse(event.active)

    def test_problem_55_handing_over_in_odoo_invites_nobody_twice(self):
        """Outlook cannot change an organizer; the meeting stays in its mailbox."""
        ann = self.connect(self.ann)
        self.connect(self.bob)
        event = self.meet(self.ann, guests=[self.contact("Zoe")])
        self.sync(ann)
        event.with_user(self.ann).write(
            {"user_id": self.bob.id, "partner_ids": [(4, self.bob.partner_id.id)]}
        )
        self.cr.flush()
        self.sync()
        self.sync()
        self.assertEqual(
            self.invitations(), ["bob@contoso.example", "zoe@customer.example"]
        )
        [item] = self.outlook("ann")
        self.assertEqual(
            sorted(one["emailAddress"]["address"] for one in item["attendees"]),
            ["bob@contoso.example", "zoe@customer.example"],
        )
        self.assertEqual(self.subjects("bob"), ["Board"])
        self.assertEqual(
            [mail for mail in self.outlook_mails() if mail.kind == "cancellation"], []
        )

    def test_handing_over_to_a_guest_takes_him_off_no_list(self):
        ann, bob = self.connect(self.ann), self.connect(self.bob)
        event = self.meet(self.ann, guests=[self.bob.partner_id, self.contact("Zoe")])
        self.sync(ann)
        self.sync(bob)
        event.with_user(self.ann).write({"user_id": self.bob.id})
        self.cr.flush()
        self.sync()
        self.sync()
        [item] = self.outlook("ann")
        self.assertEqual(
            sorted(one["emailAddress"]["address"] for one in item["attendees"]),
            ["bob@contoso.example", "zoe@customer.example"],
        )
        self.assertEqual(self.subjects("bob"), ["Board"])
        self.assertEqual(
            [mail for mail in self.outlook_mails() if mail.kind == "cancellation"], []
        )

    def test_the_next_guest_takes_the_lead_when_the_first_leaves(self):
        """Of a stranger's meeting the mailboxes that still have it tell the news."""
        bob_item, carol_item = self.invite("bob", "carol")
        self.odd_in_outlook("carol", carol_item, iCalUId=bob_item["iCalUId"])
        bob, carol = self.connect(self.bob), self.connect(self.carol)
        event = self.events(name="Their board")
        self.assertEqual(len(event), 1)
        self.delete_in_outlook("bob", bob_item)
        self.sync(bob)
        self.odd_in_outlook("carol", carol_item, subject="Their board II")
        self.sync(carol)
        self.assertEqual(event.name, "Their board II")

    def test_two_contacts_with_one_address_are_one_guest(self):
        account = self.connect(self.ann)
        first = self.contact("Zoe")
        second = self.contact("Zoe Zander", email="zoe@customer.example")
        event = self.meet(self.ann, guests=[first, second])
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(len(item["attendees"]), 1)
        self.change_in_outlook(
            "ann", item, attendees=[*item["attendees"], guest("new@customer.example")]
        )
        event.with_user(self.ann).write({"partner_ids": [(4, self.contact("Yan").id)]})
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(
            sorted(one["emailAddress"]["address"] for one in item["attendees"]),
            ["new@customer.example", "yan@customer.example", "zoe@customer.example"],
        )

    def test_a_guest_added_on_both_sides_is_one_guest(self):
        account = self.connect(self.ann)
        older = self.contact("Zoe")
        newer = self.contact("Zoe Zander", email="zoe@customer.example")
        event = self.meet(self.ann)
        self.sync(account)
        [item] = self.outlook("ann")
        others = [guest("zoe@customer.example"), guest("new@customer.example")]
        self.change_in_outlook("ann", item, attendees=others)
        event.with_user(self.ann).write({"partner_ids": [(4, newer.id)]})
        self.cr.flush()
        self.sync(account)
        self.assertIn(newer, event.partner_ids)
        self.assertNotIn(older, event.partner_ids)

    def test_a_guest_whose_contact_is_archived_can_be_taken_off(self):
        account = self.connect(self.ann)
        zoe = self.contact("Zoe")
        event = self.meet(self.ann, guests=[zoe])
        self.sync(account)
        zoe.active = False
        [item] = self.outlook("ann")
        self.change_in_outlook("ann", item, attendees=[])
        self.sync(account)
        self.assertEqual(event.attendee_ids.partner_id, self.ann.partner_id)

    def test_a_colleague_who_connects_keeps_the_address_he_was_invited_by(self):
        """His mailbox has another address than his contact: no news to anybody."""
        self.bob.partner_id.email = "bob@home.example"
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.bob.partner_id])
        self.sync(account)
        self.connect(self.bob)
        event.with_user(self.ann).write({"name": "Board II"})
        self.cr.flush()
        self.sync(account)
        self.assertEqual(
            sorted({(m.recipient, m.kind) for m in self.outlook_mails()}),
            [("bob@home.example", "invitation"), ("bob@home.example", "update")],
        )

    def test_problem_13_an_invitation_from_another_system_is_the_same_meeting(self):
        """Carol plans in Odoo and invites by Google; Bob has Outlook."""
        bob = self.connect(self.bob)
        event = self.meet(self.carol, "Board", guests=[self.bob.partner_id])
        self.sync(bob)
        [copy] = self.outlook("bob")
        self.sandbox.exchange.receive_invitation(
            self.person("bob"),
            "carol@contoso.example",
            {
                "subject": "Board",
                "start": graph_time(event.start),
                "end": graph_time(event.stop),
                "attendees": [guest("bob@contoso.example")],
            },
        )
        for _round in range(3):
            self.sync(bob)
        self.assertEqual(len(self.events(name="Board")), 1)
        self.assertEqual(self.subjects("bob"), ["Board"])
        [item] = self.outlook("bob")
        self.assertNotEqual(item["id"], copy["id"])
        self.assertEqual(event.outlook_link_ids.kind, "meeting")
        self.assertEqual(self.outlook_mails(), [])
