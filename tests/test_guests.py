# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Guests both ways: type, name, several addresses of one person, rooms."""

from odoo.tests import tagged

from .common import OutlookCase, guest

BOB = "bob@contoso.example"


@tagged("post_install", "-at_install")
class TestGuests(OutlookCase):
    def rows(self, event):
        """Return ``{address: type}`` of the guests that Odoo has."""
        return {
            one.partner_id.email_normalized: one.outlook_type
            for one in event.attendee_ids
            if one.partner_id != event.user_id.partner_id
        }

    def kinds(self, name="ann"):
        [item] = self.outlook(name)
        return {r["emailAddress"]["address"]: r["type"] for r in item["attendees"]}

    def test_types_come_in_and_go_out(self):
        item = self.in_outlook(
            "ann",
            "Board",
            attendees=[
                guest("zoe@customer.example", "Zoe", "optional"),
                guest("room.blue@contoso.example", "Blue", "resource"),
            ],
        )
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.assertEqual(
            self.rows(event),
            {
                "zoe@customer.example": "optional",
                "room.blue@contoso.example": "resource",
            },
        )
        rows = item["attendees"]
        rows[0]["type"] = "required"
        self.change_in_outlook("ann", item, attendees=rows)
        self.sync(account)
        self.assertEqual(self.rows(event)["zoe@customer.example"], "required")
        attendee = event.attendee_ids.filtered(lambda a: a.common_name == "Zoe")
        attendee.with_user(self.ann).outlook_type = "optional"
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.kinds()["zoe@customer.example"], "optional")
        self.assertEqual(self.kinds()["room.blue@contoso.example"], "resource")
        writes = len(self.writes())
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)

    def test_a_new_guest_is_required_and_the_room_stays_one(self):
        account = self.connect(self.ann)
        room = self.contact("Blue", "room.blue@contoso.example")
        event = self.meet(self.ann, guests=[room])
        event.attendee_ids.filtered(
            lambda a: a.partner_id == room
        ).outlook_type = "resource"
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.kinds(), {"room.blue@contoso.example": "resource"})
        event.with_user(self.ann).write({"partner_ids": [(4, self.contact("Zoe").id)]})
        self.cr.flush()
        self.sync(account)
        self.assertEqual(
            self.kinds(),
            {
                "room.blue@contoso.example": "resource",
                "zoe@customer.example": "required",
            },
        )
        self.sync(account)
        room_row = event.attendee_ids.filtered(lambda a: a.partner_id == room)
        self.assertEqual(room_row.state, "accepted")

    def test_problem_45_added_and_removed_on_either_side(self):
        account = self.connect(self.ann)
        people = {
            "user": self.carol.partner_id,
            "connected": self.bob.partner_id,
            "contact": self.contact("Zoe"),
        }
        self.connect(self.bob)
        for kind, partner in people.items():
            with self.subTest(kind=kind):
                event = self.meet(self.ann, kind)
                self.sync(account)
                event.with_user(self.ann).write({"partner_ids": [(4, partner.id)]})
                self.cr.flush()
                self.sync()
                [item] = [i for i in self.outlook("ann") if i["subject"] == kind]
                self.assertEqual(len(item["attendees"]), 1)
                event.with_user(self.ann).write({"partner_ids": [(3, partner.id)]})
                self.cr.flush()
                self.sync()
                [item] = [i for i in self.outlook("ann") if i["subject"] == kind]
                self.assertEqual(item["attendees"], [])
                self.change_in_outlook(
                    "ann", item, attendees=[guest(partner.email_normalized)]
                )
                self.sync()
                self.assertIn(partner, event.partner_ids)
                self.change_in_outlook("ann", item, attendees=[])
                self.sync()
                self.assertNotIn(partner, event.partner_ids)

    def test_problem_50_a_stranger_becomes_a_contact_with_his_name(self):
        self.in_outlook("ann", "Board", attendees=[guest("Mike@far.example", "Mike M")])
        self.connect(self.ann)
        partner = self.events(name="Board").partner_ids - self.ann.partner_id
        self.assertEqual((partner.name, partner.email), ("Mike M", "mike@far.example"))

    def alias(self):
        """Give Bob a second address, which the app may read."""
        directory = self.sandbox.directory
        person = directory.person(BOB)
        person.aliases.append("robert@contoso.example")
        return person

    def test_problem_47_an_alias_is_the_same_guest(self):
        self.alias()
        self.in_outlook("ann", "Board", attendees=[guest("robert@contoso.example")])
        bob = self.connect(self.bob, start=False, aliases="robert@contoso.example")
        bob.action_start()
        self.connect(self.ann)
        self.sync()
        event = self.events(name="Board")
        self.assertEqual(len(event.attendee_ids), 2)
        self.assertIn(self.bob.partner_id, event.partner_ids)
        writes, mails = len(self.writes()), len(self.outlook_mails())
        event.with_user(self.ann).write({"location": "Ghent"})
        self.cr.flush()
        self.sync()
        self.assertEqual(list(self.kinds()), ["robert@contoso.example"])
        self.assertEqual(len(self.writes()) - writes, 1)
        self.assertLessEqual(len(self.outlook_mails()) - mails, 1)

    def test_addresses_that_the_profile_tells_are_known(self):
        self.alias()
        scopes = ["User.Read", "Calendars.ReadWrite", "offline_access", "openid"]
        self.control(
            f"consents/{BOB}",
            client_id="24d3b144-21ae-4080-943f-7067b395b913",
            scopes=scopes,
        )
        account = self.connect(self.bob)
        self.assertIn("robert@contoso.example", account.sudo()._addresses())

    def test_without_leave_to_read_the_profile_all_works(self):
        self.alias()
        account = self.connect(self.bob)
        self.assertEqual(account.state, "connected")

    def test_other_spellings_and_rows_are_one_guest(self):
        self.in_outlook(
            "ann",
            "Board",
            attendees=[
                guest("Zoe@Customer.example", "Zoe"),
                guest("zoe@customer.example", "Zoe again"),
            ],
        )
        self.connect(self.ann)
        self.assertEqual(len(self.events(name="Board").attendee_ids), 2)

    def test_300_guests(self):
        account = self.connect(self.ann)
        guests = [guest(f"guest{number}@customer.example") for number in range(300)]
        item = self.in_outlook("ann", "Board", attendees=guests)
        self.sync(account)
        event = self.events(name="Board")
        self.assertEqual(len(event.attendee_ids), 301)
        mails = len(self.outlook_mails())
        event.with_user(self.ann).write({"name": "Board II"})
        self.cr.flush()
        self.sync(account)
        self.assertEqual(len(self.outlook_mails()) - mails, 300)
        self.assertTrue(item)

    def test_organizers_and_groups_that_are_odd_stop_nothing(self):
        for organizer in ("", "everybody@lists.example"):
            with self.subTest(organizer=organizer):
                self.sandbox.exchange.receive_invitation(
                    self.person("ann"),
                    organizer or "x@far.example",
                    {
                        "subject": f"From {organizer}",
                        "start": {"dateTime": "2026-12-20T10:00:00", "timeZone": "UTC"},
                        "end": {"dateTime": "2026-12-20T11:00:00", "timeZone": "UTC"},
                        "attendees": [guest("team@lists.example", "Team")],
                    },
                )
                if not organizer:
                    [item] = self.outlook("ann")
                    self.odd_in_outlook("ann", item, organizer={"emailAddress": {}})
                self.connect(self.ann)
                event = self.events(name=f"From {organizer}")
                self.assertEqual(len(event), 1)
                self.assertIn(self.ann.partner_id, event.partner_ids)
                self.env["outlook.account"].sudo().search([]).unlink()
