# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What guests and organizers do with a meeting: answer, forward, call off."""

from .graphing import (
    ANN,
    BOB,
    CAROL,
    IMMUTABLE,
    OUTSIDER,
    DeliveryCase,
    at,
    event,
    guest,
)


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
