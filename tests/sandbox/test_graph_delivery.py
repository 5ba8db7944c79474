# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Meetings reach the guests' mailboxes, and every mail is told with its reason."""

from .graphing import (
    ANN,
    BOB,
    CAROL,
    IMMUTABLE,
    OUTSIDER,
    PAT,
    ROOM,
    GraphCase,
    at,
    event,
    guest,
)


class DeliveryCase(GraphCase):
    def statuses(self, meeting, who=ANN):
        rows = self.get(f"/me/events/{meeting['id']}", who=who)["attendees"]
        return {
            row["emailAddress"]["address"]: row["status"]["response"] for row in rows
        }


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


class TestAnswers(DeliveryCase):
    def setUp(self):
        super().setUp()
        self.made = self.make(event(guests=[BOB, CAROL]))
        self.mine = self.copy(self.made, BOB)
        self.mails()

    def answer(self, action, status=202, **parameters):
        return self.act(self.mine["id"], action, status, BOB, **parameters)

    def test_an_answer_reaches_the_organizer(self):
        for action, response, show_as in (
            ("tentativelyAccept", "tentativelyAccepted", "tentative"),
            ("accept", "accepted", "busy"),
        ):
            with self.subTest(action):
                before = self.get(f"/me/events/{self.made['id']}")
                self.answer(action, comment="fine")
                copy = self.copy(self.made, BOB)
                self.assertEqual(response, copy["responseStatus"]["response"])
                self.assertEqual(show_as, copy["showAs"])
                self.assertEqual(response, self.statuses(self.made)[BOB])
                self.assertEqual("none", self.statuses(self.made)[CAROL])
                after = self.get(f"/me/events/{self.made['id']}")
                self.assertNotEqual(before["changeKey"], after["changeKey"])
                self.assertEqual("fine", self.sandbox.exchange.mails[0].comment)
                self.assertEqual([(ANN, "response", response)], self.mails())

    def test_a_silent_answer_reaches_nobody(self):
        before = self.get(f"/me/events/{self.made['id']}")
        self.answer("accept", SendResponse=False)
        self.assertEqual(before, self.get(f"/me/events/{self.made['id']}"))
        self.assertEqual([], self.mails())
        copy = self.copy(self.made, BOB)
        self.assertEqual("accepted", copy["responseStatus"]["response"])

    def test_a_declined_meeting_leaves_the_calendar(self):
        self.answer("decline")
        answer = self.ask("GET", f"/me/events/{self.mine['id']}", who=BOB)
        self.refused(answer, 404, "ErrorItemNotFound")
        self.assertEqual("declined", self.statuses(self.made)[BOB])
        self.assertEqual([(ANN, "response", "declined")], self.mails())

    def test_another_time_is_proposed(self):
        proposed = {"start": at("4T10:00"), "end": at("4T11:00")}
        self.answer("tentativelyAccept", ProposedNewTime=proposed)
        zone = 'outlook.timezone="Europe/Brussels"'
        rows = self.get(f"/me/events/{self.made['id']}", prefer=zone)["attendees"]
        self.assertIn("T11:00:00", rows[0]["proposedNewTime"]["start"]["dateTime"])
        self.assertNotIn("proposedNewTime", rows[1])
        reason = "tentativelyAccepted, new time proposed"
        self.assertEqual([(ANN, "response", reason)], self.mails())
        self.answer("accept")
        rows = self.get(f"/me/events/{self.made['id']}")["attendees"]
        self.assertNotIn("proposedNewTime", rows[0])

    def test_a_proposal_that_cannot_be(self):
        proposed = {"start": at("4T10:00"), "end": at("4T11:00")}
        backwards = {"start": at("4T11:00"), "end": at("4T10:00")}
        for action, parameters in (
            ("accept", {"proposedNewTime": proposed}),
            ("decline", {"proposedNewTime": proposed, "sendResponse": False}),
            ("decline", {"proposedNewTime": backwards}),
            ("decline", {"proposedNewTime": "later"}),
        ):
            with self.subTest(action):
                answer = self.answer(action, 400, **parameters)
                self.refused(answer, 400, "ErrorInvalidParameter")
        self.patch(self.made["id"], {"allowNewTimeProposals": False, "subject": "x"})
        answer = self.answer("decline", 400, proposedNewTime=proposed)
        self.refused(answer, 400, "ErrorInvalidParameter")

    def test_who_cannot_answer(self):
        answer = self.act(self.made["id"], "accept", 400)
        error = self.refused(answer, 400, "ErrorInvalidRequest")
        self.assertIn("you're the meeting organizer", error["message"])
        self.patch(self.made["id"], {"responseRequested": False, "subject": "x"})
        answer = self.answer("accept", 400)
        error = self.refused(answer, 400, "ErrorInvalidRequest")
        self.assertIn("hasn't requested a response", error["message"])
        self.act(self.made["id"], "cancel")
        self.refused(self.answer("accept", 400), 400, "ErrorInvalidRequest")

    def test_an_id_of_either_kind_answers(self):
        rows = self.get("/me/events", who=BOB, prefer=IMMUTABLE)["value"]
        path = f"/me/events/{rows[0]['id']}/accept"
        answer = self.ask("POST", path, {}, who=BOB, prefer=IMMUTABLE)
        self.assertEqual(202, answer.status_code)
        self.assertEqual("accepted", self.statuses(self.made)[BOB])


class TestEnd(DeliveryCase):
    def setUp(self):
        super().setUp()
        self.made = self.make(event(guests=[BOB, OUTSIDER]))
        self.mine = self.copy(self.made, BOB)
        self.mails()

    def cancelled(self, reason):
        return [(each, "cancellation", reason) for each in (BOB, OUTSIDER)]

    def check_copy(self):
        copy = self.copy(self.made, BOB)
        self.assertTrue(copy["isCancelled"])
        self.assertEqual("Canceled: Review", copy["subject"])
        self.assertEqual("free", copy["showAs"])
        self.assertNotEqual(self.mine["changeKey"], copy["changeKey"])

    def test_the_organizer_deletes(self):
        self.delete(self.made["id"])
        self.assertEqual(self.cancelled("deleted"), self.mails())
        self.check_copy()

    def test_the_organizer_cancels(self):
        self.act(self.made["id"], "cancel", Comment="Sorry")
        mail = self.sandbox.exchange.mails[0]
        self.assertEqual(("Sorry", "Canceled: Review"), (mail.comment, mail.subject))
        self.assertEqual(self.cancelled("cancelled"), self.mails())
        self.check_copy()
        answer = self.ask("GET", f"/me/events/{self.made['id']}")
        self.refused(answer, 404, "ErrorItemNotFound")

    def test_a_guest_deletes_in_silence(self):
        self.delete(self.mine["id"], who=BOB)
        self.assertEqual([], self.mails())
        self.assertEqual("none", self.statuses(self.made)[BOB])

    def test_who_cannot_cancel(self):
        answer = self.act(self.mine["id"], "cancel", 400, BOB)
        error = self.refused(answer, 400, "ErrorInvalidRequest")
        self.assertIn("need to be an organizer", error["message"])
        alone = self.make()
        answer = self.act(alone["id"], "cancel", 400)
        self.refused(answer, 400, "ErrorInvalidRequest")

    def test_meetings_of_the_past_are_mailed_as_well(self):
        past = self.make(event(start="2020-01-01T10:00", end="2020-01-01T11:00"))
        self.patch(past["id"], {"attendees": [guest(BOB)]})
        self.delete(past["id"])
        self.assertEqual(
            [(BOB, "invitation", "guest added"), (BOB, "cancellation", "deleted")],
            self.mails(),
        )


class TestForward(DeliveryCase):
    def setUp(self):
        super().setUp()
        self.made = self.make(event(guests=[BOB]))
        self.mine = self.copy(self.made, BOB)
        self.mails()

    def forward(self, meeting, who, status=202, *addresses):
        rows = [guest(address) for address in addresses]
        path = meeting["id"], "forward", status, who
        return self.act(*path, ToRecipients=rows, Comment="see")

    def test_a_guest_forwards(self):
        self.forward(self.mine, BOB, 202, CAROL, OUTSIDER)
        self.assertEqual(
            [
                (CAROL, "forward", "forwarded"),
                (OUTSIDER, "forward", "forwarded"),
                (ANN, "forward", "forwarded to others"),
            ],
            self.mails(),
        )
        expected = dict.fromkeys((BOB, CAROL, OUTSIDER), "none")
        self.assertEqual(expected, self.statuses(self.made))
        self.act(self.copy(self.made, CAROL)["id"], "accept", who=CAROL)
        self.assertEqual("accepted", self.statuses(self.made)[CAROL])

    def test_the_organizer_forwards(self):
        self.forward(self.made, ANN, 202, CAROL, BOB)
        self.assertEqual({BOB, CAROL}, set(self.statuses(self.made)))

    def test_a_meeting_from_outside_is_forwarded(self):
        copy = self.sandbox.exchange.receive_invitation(
            self.person(), OUTSIDER, event(guests=[ANN])
        )
        self.forward(copy, ANN, 202, CAROL)
        self.assertEqual([(CAROL, "forward", "forwarded")], self.mails())

    def test_somebody_must_be_named(self):
        answer = self.forward(self.mine, BOB, 400)
        self.refused(answer, 400, "ErrorInvalidRecipients")


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
