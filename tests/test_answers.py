# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Answers both ways, from each guest's own mailbox, with or without a mail."""

from datetime import timedelta

from odoo.tests import tagged

from .common import graph_time, guest
from .series import SeriesCase

ANN, BOB = "ann@contoso.example", "bob@contoso.example"


@tagged("post_install", "-at_install")
class TestAnswers(SeriesCase):
    def setUp(self):
        super().setUp()
        self.accounts = {
            "ann": self.connect(self.ann),
            "bob": self.connect(self.bob),
        }

    def invited(self, **vals):
        """Return a meeting of Ann's to which Bob is invited, in step everywhere."""
        event = self.meet(self.ann, guests=[self.bob.partner_id], **vals)
        self.sync()
        self.sync()
        return event

    def own(self, event, user=None):
        partner = (user or self.bob).partner_id
        return event.attendee_ids.filtered(lambda one: one.partner_id == partner)

    def answer(self, event, answer, user=None):
        attendee = self.own(event, user).with_user(user or self.bob)
        getattr(attendee, f"do_{answer}")()
        self.env.flush_all()
        self.cr.flush()

    def responses(self, who="bob"):
        """Return the requests that answered, with the mails to the organizer."""
        names = ("/accept", "/tentativelyAccept", "/decline")
        paths = [r.path for r in self.writes() if r.path.endswith(names)]
        mails = [m.recipient for m in self.outlook_mails() if m.kind == "response"]
        return [path.rpartition("/")[2] for path in paths], mails

    def status(self, name="ann", subject="Board"):
        [item] = [i for i in self.outlook(name) if i["subject"] == subject]
        rows = item["attendees"]
        return {r["emailAddress"]["address"]: r["status"]["response"] for r in rows}

    def quiet_sides(self):
        writes, mails = len(self.writes()), len(self.outlook_mails())
        for _round in range(2):
            self.sync()
        self.assertEqual(len(self.writes()), writes)
        self.assertEqual(len(self.outlook_mails()), mails)

    def test_an_answer_in_odoo_goes_out_from_the_guests_own_mailbox(self):
        for answer, wanted in (("accept", "accepted"), ("tentative", "tentatively")):
            with self.subTest(answer=answer):
                event = self.invited(name=answer)
                self.answer(event, answer)
                self.sync()
                told = self.status(subject=answer)[BOB]
                self.assertTrue(told.startswith(wanted))
                self.assertTrue(self.own(event).outlook_answered_at)
                self.quiet_sides()
        requests, mails = self.responses()
        self.assertEqual(requests, ["accept", "tentativelyAccept"])
        self.assertEqual(mails, [ANN, ANN])

    def test_problem_54_a_decline_in_odoo_reaches_outlook(self):
        event = self.invited()
        self.answer(event, "decline")
        self.sync()
        self.assertEqual(self.outlook("bob"), [])
        self.assertEqual(self.status()[BOB], "declined")
        self.assertTrue(event.active)
        self.assertEqual(self.own(event).state, "declined")
        self.quiet_sides()
        self.assertEqual(self.own(event).state, "declined")

    def test_the_last_of_several_answers_is_sent(self):
        event = self.invited()
        for answer in ("decline", "tentative", "accept"):
            self.answer(event, answer)
        self.sync()
        self.assertEqual(self.responses(), (["accept"], [ANN]))

    def test_without_telling_the_organizer_nobody_gets_mail(self):
        self.accounts["bob"].write({"tell_organizer": False})
        event = self.invited()
        self.answer(event, "accept")
        self.sync()
        self.assertEqual(self.responses(), (["accept"], []))
        [item] = self.outlook("bob")
        self.assertEqual(item["responseStatus"]["response"], "accepted")
        self.assertEqual(self.own(event).state, "accepted")
        self.quiet_sides()

    def test_an_answer_about_the_past_mails_nobody(self):
        start = self.now - timedelta(hours=5)
        self.sandbox.exchange.create_event(
            self.person("ann"),
            {
                "subject": "Board",
                "start": graph_time(start),
                "end": graph_time(start + timedelta(hours=1)),
                "attendees": [guest(BOB)],
            },
        )
        self.sync()
        self.answer(self.events(name="Board"), "accept")
        self.sync()
        self.assertEqual(self.responses(), (["accept"], []))

    def test_an_echo_of_an_answer_in_outlook_is_not_sent(self):
        event = self.invited()
        [item] = self.outlook("bob")
        self.sandbox.exchange.respond(self.person("bob"), item["id"], "accepted")
        self.sync()
        self.assertEqual(self.own(event).state, "accepted")
        self.assertTrue(self.own(event).outlook_answered_at)
        self.assertEqual(self.responses()[0], [])
        self.quiet_sides()

    def test_what_outlook_does_not_take_is_said_and_kept(self):
        item = self.in_outlook(
            "ann", "Board", attendees=[guest(BOB)], responseRequested=False
        )
        self.sync()
        event = self.events(name="Board")
        self.answer(event, "accept")
        self.sync()
        seen = event.with_user(self.bob)
        self.assertEqual(seen.outlook_state, "failed")
        self.assertIn("kept in Odoo", seen.outlook_state_reason)
        self.assertEqual(self.own(event).state, "accepted")
        self.assertTrue(item)

    def test_accepting_after_a_decline_says_what_to_do(self):
        event = self.invited()
        self.answer(event, "decline")
        self.sync()
        self.answer(event, "accept")
        self.sync()
        seen = event.with_user(self.bob)
        self.assertIn("deleted items", seen.outlook_state_reason)
        self.assertEqual(self.own(event).state, "accepted")

    def test_an_answer_to_a_copy_goes_nowhere(self):
        event = self.meet(self.carol, guests=[self.bob.partner_id])
        self.sync()
        self.answer(event, "accept")
        self.sync()
        self.assertEqual(self.responses(), ([], []))
        self.assertFalse(self.outbox())

    def test_answers_of_guests_who_are_no_users_come_in(self):
        zoe = self.contact("Zoe")
        event = self.meet(self.ann, guests=[zoe])
        self.sync()
        [item] = self.outlook("ann")
        rows = item["attendees"]
        rows[0]["status"] = {
            "response": "accepted",
            "time": "2026-11-20T10:00:00Z",
        }
        self.odd_in_outlook("ann", item, attendees=rows)
        self.sync()
        attendee = event.attendee_ids.filtered(lambda one: one.partner_id == zoe)
        self.assertEqual(attendee.state, "accepted")
        self.assertEqual(str(attendee.outlook_answered_at), "2026-11-20 10:00:00")
        self.quiet_sides()

    def test_another_time_that_a_guest_proposes_is_in_the_journal_once(self):
        event = self.invited()
        [item] = self.outlook("bob")
        other = {"start": graph_time(event.start), "end": graph_time(event.stop)}
        self.sandbox.exchange.respond(
            self.person("bob"), item["id"], "tentativelyAccepted", proposed=other
        )
        for _round in range(3):
            self.sync()
        lines = self.journal("answer").filtered(
            lambda one: "another time" in one.summary
        )
        self.assertEqual(len(lines), 1)
        self.assertEqual(lines.account_id, self.accounts["ann"])
        self.assertIn("proposes", lines.summary)

    # --- series ---------------------------------------------------------------------

    def invited_to_series(self):
        series = self.repeat(guests=[self.bob.partner_id]).recurrence_id
        self.sync()
        self.sync()
        return series

    def test_problem_30_a_recurring_invitation_is_answered(self):
        series = self.invited_to_series()
        first = self.meetings(series)[0].with_user(self.bob)
        first.change_attendee_status("accepted", "all_events")
        self.cr.flush()
        self.sync()
        self.assertEqual(self.responses(), (["accept"], [ANN]))
        [master] = self.masters("bob")
        self.assertEqual(master["responseStatus"]["response"], "accepted")
        self.quiet_sides()

    def test_one_day_of_a_series_is_answered(self):
        series = self.invited_to_series()
        third = self.meetings(series)[2].with_user(self.bob)
        third.change_attendee_status("tentative", "self_only")
        self.cr.flush()
        self.sync()
        self.assertEqual(self.responses(), (["tentativelyAccept"], [ANN]))
        [master] = self.masters("bob")
        row = self.instance(master, self.day(14), "bob")
        self.assertEqual(row["responseStatus"]["response"], "tentativelyAccepted")
        self.quiet_sides()
        third.change_attendee_status("declined", "self_only")
        self.cr.flush()
        self.sync()
        self.assertEqual(len(self.instances(master, "bob")), 4)
        self.assertEqual(len(self.meetings(series)), 5)
        self.quiet_sides()

    def test_a_series_is_declined(self):
        series = self.invited_to_series()
        first = self.meetings(series)[0].with_user(self.bob)
        first.change_attendee_status("declined", "all_events")
        self.cr.flush()
        self.sync()
        self.assertEqual(self.responses(), (["decline"], [ANN]))
        self.assertEqual(self.masters("bob"), [])
        self.assertEqual(len(self.meetings(series)), 5)
        self.quiet_sides()

    def test_a_day_that_a_guest_removes_is_a_day_declined(self):
        series = self.invited_to_series()
        [master] = self.masters("bob")
        self.delete_in_outlook("bob", self.instance(master, self.day(7), "bob"))
        self.sync()
        meetings = self.meetings(series)
        self.assertEqual(len(meetings), 5)
        states = [self.own(one).state for one in meetings]
        self.assertEqual(states[1], "declined")
        self.assertNotIn("declined", states[:1] + states[2:])
        self.quiet_sides()
