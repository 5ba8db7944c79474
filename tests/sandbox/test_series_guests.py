# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series with guests: copies, answers, cancellations, and the mails of each."""

from ...sandbox.moments import parse_query
from .graphing import ANN, BOB, CAROL, OUTSIDER, ROOM, at, guest
from .series import SeriesCase, rule, series


class GuestsCase(SeriesCase):
    """Five days from the first, with Bob and somebody from outside."""

    GUESTS = (BOB, OUTSIDER)

    def setUp(self):
        super().setUp()
        self.made = self.make(series(rule(interval=2, number=5), guests=self.GUESTS))
        self.id = self.made["id"]
        self.created = self.mails()
        self.bobs = self.copy(self.made, BOB)["id"]

    def bobs_rows(self):
        return self.instances(self.bobs, who=BOB)

    def mine(self, day):
        return self.day(self.id, day)["id"]

    def his(self, day):
        return self.day(self.bobs, day, who=BOB)["id"]


class TestDelivery(GuestsCase):
    def test_a_series_arrives_whole_with_one_mail_each(self):
        self.assertEqual(
            [(BOB, "invitation", "created"), (OUTSIDER, "invitation", "created")],
            self.created,
        )
        copy = self.get(f"/me/events/{self.bobs}", who=BOB)
        self.assertEqual(self.made["recurrence"], copy["recurrence"])
        self.assertEqual(self.made["iCalUId"], copy["iCalUId"])
        self.assertFalse(copy["isOrganizer"])
        rows = self.bobs_rows()
        self.assertEqual(
            self.days(self.id), [r["start"]["dateTime"][:10] for r in rows]
        )
        self.assertEqual(
            {"notResponded"}, {r["responseStatus"]["response"] for r in rows}
        )

    def test_one_change_of_the_master_is_one_mail_per_guest(self):
        people = [f"guest{number}@partner.example" for number in range(10)]
        made = self.make(series(rule(number=50), guests=people))
        self.mails()
        self.patch(made["id"], {"subject": "Changed"})
        self.assertEqual(
            [(person, "update", "changed: subject") for person in people], self.mails()
        )

    def test_an_exception_is_mailed_and_arrives(self):
        self.move_to(self.mine("2026-12-03"), "4T15:00", "4T16:00")
        self.assertEqual(
            [(each, "update", "changed: end, start") for each in self.GUESTS],
            self.mails(),
        )
        row = self.bobs_rows()[1]
        self.assertEqual("exception", row["type"])
        self.assertEqual("2026-12-04T15:00:00.0000000", row["start"]["dateTime"])
        self.assertEqual(self.bobs, row["seriesMasterId"])
        got = self.get(f"/me/events/{row['id']}", who=BOB)
        self.assertEqual("2026-12-03T10:00:00.0000000Z", got["originalStart"])

    def test_a_change_of_the_master_mails_each_exception_too(self):
        self.patch(self.mine("2026-12-03"), {"subject": "Special"})
        self.patch(self.mine("2026-12-05"), {"showAs": "free"})
        self.mails()
        self.patch(self.id, {"location": {"displayName": "Ghent"}})
        self.assertEqual(
            [
                (person, "update", reason)
                for person in self.GUESTS
                for reason in ("changed: locations", "series changed: locations")
            ],
            self.mails(),
        )
        rows = self.bobs_rows()
        self.assertEqual({"Ghent"}, {row["location"]["displayName"] for row in rows})
        self.assertEqual(["Review", "Special"], [row["subject"] for row in rows][:2])

    def test_a_new_rule_takes_the_exceptions_of_guests_away(self):
        self.patch(self.mine("2026-12-03"), {"subject": "Special"})
        self.mails()
        self.patch(self.id, {"recurrence": rule(interval=3, number=3)})
        self.assertEqual(2, len(self.mails()))
        self.assertEqual(["Review"] * 3, [row["subject"] for row in self.bobs_rows()])

    def test_a_rule_that_goes_goes_everywhere(self):
        self.patch(self.id, {"recurrence": None})
        copy = self.get(f"/me/events/{self.bobs}", who=BOB)
        self.assertEqual(("singleInstance", None), (copy["type"], copy["recurrence"]))

    def test_a_guest_who_joins_gets_exceptions_and_gaps(self):
        self.patch(self.mine("2026-12-03"), {"subject": "Special"})
        self.delete(self.mine("2026-12-05"))
        self.mails()
        people = [guest(each) for each in (*self.GUESTS, CAROL)]
        self.patch(self.id, {"attendees": people})
        self.assertEqual(
            [
                (CAROL, "invitation", "guest added"),
                (CAROL, "invitation", "series guest added"),
            ],
            self.mails(),
        )
        copy = self.copy(self.made, CAROL)["id"]
        rows = self.instances(copy, who=CAROL)
        self.assertEqual(
            ["Review", "Special", "Review", "Review"], [row["subject"] for row in rows]
        )

    def test_a_guest_of_one_day_alone_has_a_single_event(self):
        day = self.mine("2026-12-03")
        people = [guest(each) for each in (*self.GUESTS, CAROL)]
        self.patch(day, {"attendees": people})
        self.assertEqual([(CAROL, "invitation", "guest added")], self.mails())
        copy = self.copy(self.made, CAROL)
        self.assertEqual("singleInstance", copy["type"])
        self.assertEqual("2026-12-03T10:00:00.0000000", copy["start"]["dateTime"])
        self.assertEqual(
            4, [len(r["attendees"]) for r in self.instances(self.id)].count(2)
        )
        self.act(copy["id"], "accept", who=CAROL)
        rows = self.get(f"/me/events/{day}")["attendees"]
        self.assertEqual("accepted", rows[2]["status"]["response"])
        self.patch(self.id, {"attendees": people})
        whole = self.copy(self.made, CAROL)
        self.assertEqual("seriesMaster", whole["type"])
        self.assertEqual(5, len(self.view(who=CAROL)))

    def test_a_series_called_off_reaches_guests_of_one_day(self):
        people = [guest(each) for each in (*self.GUESTS, CAROL)]
        self.patch(self.mine("2026-12-03"), {"attendees": people})
        self.mails()
        self.act(self.id, "cancel")
        self.assertEqual(
            [(each, "cancellation", "cancelled") for each in (*self.GUESTS, CAROL)],
            self.mails(),
        )
        self.assertTrue(self.copy(self.made, CAROL)["isCancelled"])

    def test_a_guest_who_is_let_off_one_day(self):
        self.patch(self.mine("2026-12-03"), {"attendees": [guest(OUTSIDER)]})
        self.assertEqual([(BOB, "cancellation", "guest removed")], self.mails())
        flags = [row["isCancelled"] for row in self.bobs_rows()]
        self.assertEqual([False, True, False, False, False], flags)

    def test_a_room_takes_the_series_and_its_exceptions(self):
        made = self.make(series(guests=[ROOM]))
        self.move_to(self.day(made["id"], "2026-12-05")["id"], "6T15:00", "6T16:00")
        rows = self.instances(made["id"])
        answers = [row["attendees"][0]["status"]["response"] for row in rows]
        self.assertEqual(["accepted"] * 5, answers)
        copy = self.copy(made, ROOM)["id"]
        busy = self.sandbox.exchange.instances(
            self.person(ROOM), copy, *self.window_of("2026-12-01", "2027-01-01")
        )
        self.assertEqual("2026-12-06T15:00:00.0000000", busy[4]["start"]["dateTime"])
        self.assertEqual({"busy"}, {row["showAs"] for row in busy})

    def window_of(self, *days):
        return [parse_query(day) for day in days]

    def test_a_guests_own_change_stays_with_the_guest(self):
        self.patch(self.his("2026-12-03"), {"subject": "Mine"}, who=BOB)
        self.assertEqual([], self.mails())
        self.assertEqual("Review", self.instances(self.id)[1]["subject"])
        self.patch(self.id, {"subject": "Changed"})
        self.assertEqual(
            ["Changed", "Mine", "Changed"], [r["subject"] for r in self.bobs_rows()][:3]
        )


class TestAnswers(GuestsCase):
    def answers(self, day):
        rows = self.get(f"/me/events/{self.mine(day)}")["attendees"]
        return rows[0]["status"]["response"]

    def test_an_answer_to_the_series_is_one_to_every_day(self):
        self.act(self.bobs, "accept", who=BOB, comment="Gladly")
        self.assertEqual([(ANN, "response", "accepted")], self.mails())
        self.assertEqual("accepted", self.statuses(self.made)[BOB])
        self.assertEqual("accepted", self.answers("2026-12-05"))
        self.assertEqual({"busy"}, {row["showAs"] for row in self.bobs_rows()})

    def test_an_answer_to_one_day_is_one_to_that_day(self):
        self.act(self.bobs, "accept", who=BOB)
        self.act(self.his("2026-12-05"), "tentativelyAccept", who=BOB)
        self.assertEqual("tentativelyAccepted", self.answers("2026-12-05"))
        self.assertEqual("accepted", self.answers("2026-12-03"))
        self.assertEqual("accepted", self.statuses(self.made)[BOB])
        day = self.get(f"/me/events/{self.mine('2026-12-05')}")
        self.assertEqual("exception", day["type"])
        shown = [row["showAs"] for row in self.bobs_rows()]
        self.assertEqual(["busy", "busy", "tentative", "busy", "busy"], shown)
        self.act(self.bobs, "tentativelyAccept", who=BOB)
        self.assertEqual("tentativelyAccepted", self.answers("2026-12-03"))

    def test_a_day_answered_first_keeps_its_answer(self):
        self.act(self.his("2026-12-05"), "tentativelyAccept", who=BOB)
        self.act(self.bobs, "accept", who=BOB)
        self.assertEqual("tentativelyAccepted", self.answers("2026-12-05"))
        self.assertEqual("accepted", self.answers("2026-12-07"))

    def test_an_answered_day_is_no_exception_to_mail_about(self):
        self.act(self.his("2026-12-05"), "accept", who=BOB)
        self.mails()
        self.patch(self.id, {"subject": "Changed"})
        self.assertEqual(2, len(self.mails()))
        self.assertEqual({"Changed"}, {r["subject"] for r in self.instances(self.id)})
        self.assertEqual("accepted", self.answers("2026-12-05"))

    def test_a_declined_day_leaves_the_guests_calendar(self):
        self.act(self.his("2026-12-05"), "decline", who=BOB)
        self.assertEqual([(ANN, "response", "declined")], self.mails())
        self.assertEqual("declined", self.answers("2026-12-05"))
        self.assertEqual(4, len(self.bobs_rows()))
        self.assertEqual(5, len(self.days(self.id)))
        self.move_to(self.mine("2026-12-05"), "6T10:00", "6T11:00")
        self.assertEqual("2026-12-06", self.days(self.bobs, who=BOB)[2])

    def test_a_declined_series_leaves_it_too(self):
        self.act(self.his("2026-12-05"), "accept", who=BOB)
        self.act(self.bobs, "decline", who=BOB)
        self.assertEqual([], self.view(who=BOB))
        self.assertEqual("declined", self.statuses(self.made)[BOB])

    def test_a_silent_answer_stays_with_the_guest(self):
        self.act(self.his("2026-12-05"), "decline", who=BOB, sendResponse=False)
        self.act(self.his("2026-12-03"), "accept", who=BOB, sendResponse=False)
        self.assertEqual([], self.mails())
        rows = self.instances(self.id)
        self.assertEqual({"occurrence"}, {row["type"] for row in rows})
        self.assertEqual(4, len(self.bobs_rows()))

    def test_another_time_for_one_day_is_proposed(self):
        times = {"start": at("5T15:00"), "end": at("5T16:00")}
        his = self.his("2026-12-05")
        self.act(his, "tentativelyAccept", who=BOB, proposedNewTime=times)
        row = self.get(f"/me/events/{self.mine('2026-12-05')}")["attendees"][0]
        start = row["proposedNewTime"]["start"]["dateTime"]
        self.assertEqual("2026-12-05T15:00:00.0000000", start)
        master = self.get(f"/me/events/{self.id}")["attendees"][0]
        self.assertNotIn("proposedNewTime", master)

    def test_a_new_time_of_one_day_voids_its_answers(self):
        self.act(self.bobs, "accept", who=BOB)
        self.move_to(self.mine("2026-12-05"), "5T15:00", "5T16:00")
        self.assertEqual("none", self.answers("2026-12-05"))
        self.assertEqual("accepted", self.answers("2026-12-03"))
        answers = [row["responseStatus"]["response"] for row in self.bobs_rows()]
        expected = ["accepted", "accepted", "notResponded", "accepted", "accepted"]
        self.assertEqual(expected, answers)

    def test_a_new_rule_voids_the_answers(self):
        self.act(self.bobs, "accept", who=BOB)
        self.patch(self.id, {"recurrence": rule(interval=2, number=9)})
        self.assertEqual("none", self.statuses(self.made)[BOB])
        answers = {row["responseStatus"]["response"] for row in self.bobs_rows()}
        self.assertEqual({"notResponded"}, answers)

    def test_organizers_do_not_answer(self):
        answer = self.ask("POST", f"/me/events/{self.mine('2026-12-05')}/accept", {})
        self.refused(answer, 400, "ErrorInvalidRequest")

    def test_one_day_is_forwarded(self):
        self.act(
            self.his("2026-12-05"), "forward", who=BOB, toRecipients=[guest(CAROL)]
        )
        mails = [(to, kind) for to, kind, _reason in self.mails()]
        self.assertEqual([(CAROL, "forward"), (ANN, "forward")], mails)
        self.assertEqual("singleInstance", self.copy(self.made, CAROL)["type"])
        sizes = [len(row["attendees"]) for row in self.instances(self.id)]
        self.assertEqual([2, 2, 3, 2, 2], sizes)

    def test_a_series_is_forwarded(self):
        self.act(self.id, "forward", toRecipients=[guest(CAROL)])
        self.assertEqual("seriesMaster", self.copy(self.made, CAROL)["type"])
        self.assertEqual(5, len(self.view(who=CAROL)))


class TestCancelling(GuestsCase):
    def test_one_day_is_called_off(self):
        self.act(self.mine("2026-12-05"), "cancel", comment="Snow")
        self.assertEqual(
            [(each, "cancellation", "cancelled") for each in self.GUESTS], self.mails()
        )
        self.assertEqual(4, len(self.days(self.id)))
        row = self.bobs_rows()[2]
        self.assertEqual(
            (True, "Canceled: Review", "free", "exception"),
            (row["isCancelled"], row["subject"], row["showAs"], row["type"]),
        )
        self.delete(row["id"], who=BOB)
        self.assertEqual(4, len(self.bobs_rows()))
        self.assertEqual([], self.mails())

    def test_a_deleted_exception_is_called_off(self):
        day = self.mine("2026-12-05")
        self.patch(day, {"subject": "Special"})
        self.mails()
        self.delete(day)
        self.assertEqual(
            [(each, "cancellation", "deleted") for each in self.GUESTS], self.mails()
        )
        self.assertEqual("Canceled: Special", self.bobs_rows()[2]["subject"])

    def test_a_series_is_called_off(self):
        self.patch(self.mine("2026-12-03"), {"subject": "Special"})
        self.mails()
        self.act(self.id, "cancel")
        self.assertEqual(2, len(self.mails()))
        self.assertEqual({True}, {row["isCancelled"] for row in self.bobs_rows()})

    def test_a_guest_may_not_cancel_a_day_but_throw_it_away(self):
        his = self.his("2026-12-05")
        answer = self.ask("POST", f"/me/events/{his}/cancel", {}, who=BOB)
        self.refused(answer, 400, "ErrorInvalidRequest")
        self.delete(his, who=BOB)
        self.assertEqual([], self.mails())
        self.assertEqual((4, 5), (len(self.bobs_rows()), len(self.days(self.id))))

    def test_one_day_without_guests_cannot_be_cancelled(self):
        made = self.make(series())
        path = f"/me/events/{self.day(made['id'], '2026-12-02')['id']}/cancel"
        self.refused(self.ask("POST", path, {}), 400, "ErrorInvalidRequest")
