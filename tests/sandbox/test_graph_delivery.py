# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Meetings reach the guests' mailboxes, and every mail is told with its reason."""

from .graphing import (
    ANN,
    BOB,
    CAROL,
    OUTSIDER,
    PAT,
    ROOM,
    DeliveryCase,
    at,
    event,
    guest,
)


class TestInvitation(DeliveryCase):
    def test_a_guest_gets_a_copy_of_their_own(self):
        made = self.make(event(guests=[BOB], showAs="oof", categories=["Mine"]))
        copy = self.copy(made, BOB)
        self.assertNotEqual(made["id"], copy["id"])
        self.assertEqual(made["iCalUId"], copy["iCalUId"])
        self.assertFalse(copy["isOrganizer"])
        self.assertEqual("notResponded", copy["responseStatus"]["response"])
        self.assertEqual("tentative", copy["showAs"])
        self.assertEqual(made["organizer"], copy["organizer"])
        self.assertEqual([], copy["categories"])
        self.assertIsNone(copy["transactionId"])
        self.assertEqual("organizer", made["responseStatus"]["response"])
        self.assertEqual([(BOB, "invitation", "created")], self.mails())
        self.get(f"/me/events/{copy['id']}", who=BOB)
        answer = self.ask("GET", f"/me/events/{copy['id']}")
        self.refused(answer, 404, "ErrorItemNotFound")

    def test_every_address_of_a_mailbox_reaches_it_once(self):
        rows = ["ann.archer@contoso.example", "ANN@contoso.example", OUTSIDER]
        made = self.make(event(guests=rows), who=BOB)
        self.assertIsNotNone(self.copy(made, ANN))
        self.assertEqual(
            [
                ("ann.archer@contoso.example", "invitation", "created"),
                (OUTSIDER, "invitation", "created"),
            ],
            self.mails(),
        )

    def test_the_organizer_invites_nobody_to_the_own_meeting(self):
        made = self.make(event(guests=[ANN, "ann.archer@contoso.example"]))
        self.assertEqual([], self.mails())
        self.assertEqual(1, len(self.get("/me/events")["value"]))
        self.assertTrue(made["isOrganizer"])

    def test_other_tenants_and_people_without_a_mailbox_get_mail_alone(self):
        dan = "dan@contoso.example"
        made = self.make(event(guests=[PAT, dan]))
        self.assertIsNone(self.copy(made, PAT))
        self.assertEqual(
            [(PAT, "invitation", "created"), (dan, "invitation", "created")],
            self.mails(),
        )

    def test_hidden_guests_see_themselves_alone(self):
        made = self.make(event(guests=[BOB, CAROL], hideAttendees=True))
        rows = self.copy(made, BOB)["attendees"]
        self.assertEqual([BOB], [row["emailAddress"]["address"] for row in rows])

    def test_a_room_accepts(self):
        made = self.make(event(attendees=[guest(ROOM, "resource")]))
        self.assertEqual({ROOM: "accepted"}, self.statuses(made))
        self.assertEqual("busy", self.copy(made, ROOM)["showAs"])
        self.assertEqual(
            [(ROOM, "invitation", "created"), (ANN, "response", "accepted")],
            self.mails(),
        )

    def test_an_invitation_from_outside_is_answered_by_mail(self):
        copy = self.sandbox.exchange.receive_invitation(
            self.person(), OUTSIDER, event(guests=[ANN]), "Zoe"
        )
        self.assertFalse(copy["isOrganizer"])
        self.act(copy["id"], "accept")
        self.assertEqual([(OUTSIDER, "response", "accepted")], self.mails())


class TestUpdate(DeliveryCase):
    def setUp(self):
        super().setUp()
        self.made = self.make(event(guests=[BOB, CAROL, OUTSIDER]))
        self.mails()

    def change(self, **members):
        """Patch the meeting; return the mails it caused."""
        self.made = self.patch(self.made["id"], members)
        return self.mails()

    def everybody(self, reason):
        return [(each, "update", reason) for each in (BOB, CAROL, OUTSIDER)]

    def test_content_is_mailed_to_everybody_and_overwrites_the_copies(self):
        copy = self.copy(self.made, BOB)
        self.patch(copy["id"], {"subject": "Bob's words"}, who=BOB)
        self.assertEqual([], self.mails())
        for members, reason in (
            ({"subject": "New"}, "changed: subject"),
            ({"body": {"contentType": "text", "content": "x"}}, "changed: body"),
            ({"location": {"displayName": "Ghent"}}, "changed: locations"),
            ({"start": at("3T10:15")}, "changed: start"),
            ({"isOnlineMeeting": True}, "changed: body, isOnlineMeeting"),
        ):
            with self.subTest(reason):
                self.assertEqual(self.everybody(reason), self.change(**members))
        copy = self.copy(self.made, BOB)
        self.assertEqual("New", copy["subject"])
        self.assertEqual(self.made["start"], copy["start"])
        self.assertEqual(self.made["onlineMeeting"], copy["onlineMeeting"])

    def test_what_is_the_organizers_own_is_not_mailed(self):
        before = self.copy(self.made, BOB)
        for members in (
            {"categories": ["Red"]},
            {"reminderMinutesBeforeStart": 5},
            {"isReminderOn": False},
            {"showAs": "oof"},
            {"importance": "high"},
            {"sensitivity": "private"},
            {"extensions": [{"extensionName": "com.example.a", "n": 1}]},
        ):
            with self.subTest(members):
                self.assertEqual([], self.change(**members))
        self.assertEqual(before, self.copy(self.made, BOB))

    def test_equal_values_are_not_mailed_unless_switched_on(self):
        subject = {"subject": self.made["subject"]}
        self.assertEqual([], self.change(**subject))
        self.switch("mail_unchanged")
        self.assertEqual(self.everybody("unchanged"), self.change(**subject))

    def test_guests_alone_are_mailed_whom_it_concerns(self):
        room = guest(ROOM, "resource")
        rows = [guest(BOB), guest(CAROL, "optional"), room]
        self.assertEqual(
            [
                (OUTSIDER, "cancellation", "guest removed"),
                (ROOM, "invitation", "guest added"),
                (ANN, "response", "accepted"),
                (CAROL, "update", "changed: attendee"),
            ],
            self.change(attendees=rows),
        )

    def test_guests_alone_are_mailed_to_everybody_when_switched_on(self):
        self.switch("mail_everyone")
        rows = [guest(BOB), guest(CAROL), guest(OUTSIDER), guest("x@partner.example")]
        self.assertEqual(
            [
                ("x@partner.example", "invitation", "guest added"),
                *self.everybody("changed: attendees"),
            ],
            self.change(attendees=rows),
        )

    def test_a_guest_who_is_removed_keeps_a_cancelled_copy(self):
        self.change(attendees=[guest(CAROL), guest(OUTSIDER)])
        copy = self.copy(self.made, BOB)
        self.assertTrue(copy["isCancelled"])
        self.assertEqual("Canceled: Review", copy["subject"])
        self.assertEqual("free", copy["showAs"])
        self.change(attendees=[guest(BOB)])
        copy = self.copy(self.made, BOB)
        self.assertFalse(copy["isCancelled"])
        self.assertEqual("Review", copy["subject"])

    def test_guests_who_stay_keep_their_answers(self):
        self.act(self.copy(self.made, BOB)["id"], "accept", who=BOB)
        self.change(attendees=[guest(BOB, "optional"), guest(ROOM)])
        self.assertEqual({BOB: "accepted", ROOM: "accepted"}, self.statuses(self.made))

    def test_a_new_time_asks_again(self):
        copy = self.copy(self.made, BOB)
        self.act(copy["id"], "accept", who=BOB)
        self.change(subject="New")
        self.assertEqual("busy", self.copy(self.made, BOB)["showAs"])
        self.change(end=at("3T12:00"))
        self.assertEqual("none", self.statuses(self.made)[BOB])
        copy = self.copy(self.made, BOB)
        self.assertEqual("notResponded", copy["responseStatus"]["response"])
        self.assertEqual("tentative", copy["showAs"])
        self.switch("reset_answers", False)
        self.act(copy["id"], "accept", who=BOB)
        self.change(end=at("3T13:00"))
        self.assertEqual("accepted", self.statuses(self.made)[BOB])

    def test_a_copy_thrown_away_comes_again_with_the_next_update(self):
        copy = self.copy(self.made, BOB)
        self.delete(copy["id"], who=BOB)
        self.assertIsNone(self.copy(self.made, BOB))
        self.change(subject="New")
        self.assertNotEqual(copy["id"], self.copy(self.made, BOB)["id"])

    def test_a_copy_is_the_guests_own(self):
        copy = self.copy(self.made, BOB)
        mine = {"showAs": "oof", "categories": ["Red"], "start": at("3T10:30")}
        changed = self.patch(copy["id"], mine, who=BOB)
        self.assertEqual(["Red"], changed["categories"])
        self.assertEqual([], self.mails())
        self.assertEqual("busy", self.get(f"/me/events/{self.made['id']}")["showAs"])


class TestDrafts(DeliveryCase):
    def test_drafts_are_ignored_by_default(self):
        made = self.make(event(guests=[BOB], isDraft=True))
        self.assertFalse(made["isDraft"])
        self.assertEqual([(BOB, "invitation", "created")], self.mails())

    def test_a_draft_mails_nobody_until_it_is_sent(self):
        self.switch("drafts")
        made = self.make(event(guests=[BOB], isDraft=True))
        self.assertTrue(made["isDraft"])
        self.patch(made["id"], {"subject": "Better"})
        self.assertEqual([], self.mails())
        self.assertIsNone(self.copy(made, BOB))
        self.patch(made["id"], {"isDraft": False})
        self.assertEqual([(BOB, "invitation", "sent")], self.mails())
        self.assertEqual("Better", self.copy(made, BOB)["subject"])

    def test_a_draft_is_deleted_in_silence(self):
        self.switch("drafts")
        made = self.make(event(guests=[BOB], isDraft=True))
        self.delete(made["id"])
        self.assertEqual([], self.mails())
