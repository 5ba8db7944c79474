# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Every field, both ways, and nothing lost that one side does not know."""

from odoo.tests import tagged

from .common import OutlookCase, guest


@tagged("post_install", "-at_install")
class TestContent(OutlookCase):
    def test_problem_57_the_teams_link_survives_an_edit(self):
        self.in_outlook(
            "ann",
            isOnlineMeeting=True,
            onlineMeetingProvider="teamsForBusiness",
            body={"contentType": "html", "content": "<p>Agenda</p>"},
        )
        account = self.connect(self.ann)
        event = self.events(name="Board")
        [before] = self.outlook("ann")
        url = before["onlineMeeting"]["joinUrl"]
        self.assertEqual(event.videocall_location, url)
        self.assertNotIn("____", event.description)
        event.with_user(self.ann).write(
            {"name": "Board II", "description": "<p>New agenda</p>"}
        )
        self.cr.flush()
        self.sync(account)
        [after] = self.outlook("ann")
        self.assertEqual(after["subject"], "Board II")
        self.assertIn("New agenda", after["body"]["content"])
        self.assertTrue(after["isOnlineMeeting"])
        self.assertEqual(after["onlineMeeting"]["joinUrl"], url)

    def test_problem_59_a_description_survives_three_rounds(self):
        account = self.connect(self.ann)
        rich = (
            '<p>See <a href="https://example.com/a?b=1&amp;c=2">the <b>plan</b></a></p>'
            "<ul><li>One</li><li>Two</li></ul>"
        )
        event = self.meet(self.ann, description=rich)
        self.sync(account)
        kept, writes = event.description, len(self.writes())
        for _round in range(3):
            self.sync(account)
        self.assertEqual(event.description, kept)
        self.assertEqual(len(self.writes()), writes)

    def test_problem_60_out_of_office_stays_out_of_office(self):
        for value in ("oof", "tentative", "workingElsewhere"):
            self.in_outlook("ann", value, showAs=value)
        account = self.connect(self.ann)
        for value in ("oof", "tentative", "workingElsewhere"):
            event = self.events(name=value).with_user(self.ann)
            self.assertEqual(event.outlook_show_as, value)
            event.write({"location": "Ghent"})
        self.cr.flush()
        self.sync(account)
        self.assertEqual(
            {i["subject"]: i["showAs"] for i in self.outlook("ann")},
            {v: v for v in ("oof", "tentative", "workingElsewhere")},
        )

    def test_what_odoo_does_not_know_is_kept(self):
        rooms = [
            {"displayName": "Room 1"},
            {"displayName": "Room 2", "locationUri": "https://maps.example/2"},
        ]
        self.in_outlook("ann", importance="high", locations=rooms)
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.assertEqual(event.location, "Room 1; Room 2")
        event.with_user(self.ann).write(
            {"location": "Ghent; Room 2", "name": "Board II"}
        )
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["importance"], "high")
        self.assertEqual(
            [place["displayName"] for place in item["locations"]], ["Ghent", "Room 2"]
        )
        self.assertEqual(item["locations"][1]["locationUri"], "https://maps.example/2")
        event.with_user(self.ann).write({"location": False})
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertFalse(item["locations"])

    def test_a_guest_without_an_address_sends_nothing(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.contact("Zoe")])
        self.sync(account)
        writes = len(self.writes())
        nameless = self.contact("Nameless", email=False)
        event.with_user(self.ann).write({"partner_ids": [(4, nameless.id)]})
        self.cr.flush()
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)

    def test_problem_62_both_edits_are_kept(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.sync(account)
        [item] = self.outlook("ann")
        self.change_in_outlook("ann", item, location={"displayName": "Ghent"})
        event.with_user(self.ann).write({"name": "Board II"})
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual((event.name, event.location), ("Board II", "Ghent"))
        self.assertEqual(item["subject"], "Board II")
        self.assertEqual(item["location"]["displayName"], "Ghent")
        self.assertFalse(self.journal("conflict"))

    def test_a_real_conflict_is_listed_and_can_be_turned(self):
        for rule, kept in (("outlook", "From Outlook"), ("odoo", "From Odoo")):
            with self.subTest(rule=rule):
                self.env["outlook.account"].sudo().search([]).unlink()
                self.sandbox.reset()
                account = self.connect(self.ann, conflict_rule=rule)
                event = self.meet(self.ann)
                self.sync(account)
                [item] = self.outlook("ann")
                self.change_in_outlook("ann", item, subject="From Outlook")
                event.with_user(self.ann).write({"name": "From Odoo"})
                self.cr.flush()
                self.sync(account)
                self.assertEqual(event.name, kept)
                self.assertEqual(self.subjects("ann"), [kept])
                conflict = self.journal("conflict")[:1].with_user(self.ann)
                self.assertTrue(conflict.is_open)
                conflict.action_take_other()
                self.cr.flush()
                self.sync(account)
                other = {"From Outlook": "From Odoo", "From Odoo": "From Outlook"}[kept]
                self.assertEqual(event.name, other)
                self.assertEqual(self.subjects("ann"), [other])

    def test_problem_63_personal_becomes_private(self):
        for value in ("personal", "private", "confidential", "normal"):
            self.in_outlook("ann", value, sensitivity=value)
        self.connect(self.ann)
        privacy = {
            event.name: event.privacy for event in self.events(user_id=self.ann.id)
        }
        self.assertEqual(
            privacy,
            {
                "personal": "private",
                "private": "private",
                "confidential": "confidential",
                "normal": False,
            },
        )

    def test_problem_48_one_guest_without_an_address_stops_nothing(self):
        account = self.connect(self.ann)
        nameless = self.contact("Nameless", email=False)
        event = self.meet(self.ann, guests=[nameless, self.contact("Zoe")])
        self.meet(self.ann, "Next", hours=30)
        self.in_outlook("ann", "Incoming", hours=40)
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board", "Incoming", "Next"])
        self.assertTrue(self.events(name="Incoming"))
        self.assertIn(nameless, event.partner_ids)
        self.assertIn("Nameless", event.with_user(self.ann).outlook_state_reason)
        note = self.journal("create").filtered(lambda row: row.event_id == event)
        self.assertIn("Nameless", note.details)

    def test_a_guest_of_outlook_without_an_address_is_left_there(self):
        item = self.in_outlook("ann")
        guests = [guest("", "Somebody"), guest("z@c.example")]
        self.odd_in_outlook("ann", item, attendees=guests)
        self.connect(self.ann)
        event = self.events(name="Board")
        self.assertEqual(
            (event.partner_ids - self.ann.partner_id).mapped("email"), ["z@c.example"]
        )

    def test_guests_are_added_and_removed_on_either_side(self):
        account = self.connect(self.ann)
        zoe, yan = self.contact("Zoe"), self.contact("Yan")
        event = self.meet(self.ann, guests=[zoe])
        self.sync(account)
        [item] = self.outlook("ann")
        self.change_in_outlook(
            "ann",
            item,
            attendees=[*item["attendees"], guest("new@customer.example", "New Face")],
        )
        event.with_user(self.ann).write({"partner_ids": [(4, yan.id)]})
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        there = {one["emailAddress"]["address"] for one in item["attendees"]}
        everybody = {
            "zoe@customer.example",
            "yan@customer.example",
            "new@customer.example",
        }
        self.assertEqual(there, everybody)
        self.assertEqual(
            set((event.partner_ids - self.ann.partner_id).mapped("email")), everybody
        )
        self.change_in_outlook("ann", item, attendees=item["attendees"][1:])
        self.sync(account)
        self.assertNotIn(zoe, event.partner_ids)

    def test_unknown_guests_stay_in_outlook_where_the_rule_says_so(self):
        account = self.connect(self.ann, start=False, contact_rule="keep")
        account.action_start()
        self.in_outlook("ann", attendees=[guest("stranger@far.example")])
        self.sync(account)
        event = self.events(name="Board")
        self.assertEqual(event.partner_ids, self.ann.partner_id)
        event.with_user(self.ann).write({"partner_ids": [(4, self.contact("Zoe").id)]})
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(
            {one["emailAddress"]["address"] for one in item["attendees"]},
            {"stranger@far.example", "zoe@customer.example"},
        )

    def test_tags_and_reminders_go_both_ways(self):
        self.env["calendar.event.type"].create([{"name": "Sales"}, {"name": "Urgent"}])
        tags = self.env["calendar.event.type"].search([("name", "=", "Urgent")])
        account = self.connect(self.ann)
        item = self.in_outlook(
            "ann", categories=["Sales", "Only in Outlook"], isReminderOn=False
        )
        self.sync(account)
        event = self.events(name="Board")
        self.assertEqual(event.categ_ids.mapped("name"), ["Sales"])
        self.assertFalse(event.alarm_ids)
        alarm = self.env["calendar.alarm"].create(
            {
                "name": "Pop-up",
                "alarm_type": "notification",
                "duration": 2,
                "interval": "hours",
            }
        )
        event.with_user(self.ann).write(
            {"categ_ids": [(4, tags.id)], "alarm_ids": [(4, alarm.id)]}
        )
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(
            set(item["categories"]), {"Sales", "Only in Outlook", "Urgent"}
        )
        self.assertTrue(item["isReminderOn"])
        self.assertEqual(item["reminderMinutesBeforeStart"], 120)
        self.change_in_outlook("ann", item, reminderMinutesBeforeStart=5)
        self.sync(account)
        self.assertEqual(event.alarm_ids.mapped("duration_minutes"), [5])

    def test_a_body_of_300_kb_comes_in(self):
        text = "<p>" + "Long minutes of a long meeting. " * 9600 + "</p>"
        self.in_outlook("ann", body={"contentType": "html", "content": text})
        self.in_outlook("ann", "Next", hours=30)
        self.connect(self.ann)
        self.assertGreater(len(self.events(name="Board").description), 300_000)
        self.assertTrue(self.events(name="Next"))

    def test_an_empty_subject_stays_empty_in_outlook(self):
        self.in_outlook("ann", "")
        account = self.connect(self.ann)
        event = self.events(name="(No title)")
        event.with_user(self.ann).write({"location": "Ghent"})
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertFalse(item["subject"])
        self.assertEqual(item["location"]["displayName"], "Ghent")
