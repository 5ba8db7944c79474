# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What is foretold before meetings change without their form, and what was mailed."""

import re

from odoo import fields
from odoo.tests import tagged

from .common import guest
from .mail_stage import MailStage

ZOE, BOB, DAN = "zoe@customer.example", "bob@contoso.example", "dan@customer.example"
EVE = "eve@customer.example"
SCOPES = ("self_only", "future_events", "all_events")


class QuestionsCase(MailStage):
    def setUp(self):
        super().setUp()
        self.set_up("outlook", False)

    def said(self, events, doing, **vals):
        return events.with_user(self.ann).outlook_mail_question(doing, vals)

    def number(self, sentence):
        return int(re.search(r"\d+", sentence).group()) if sentence else 0

    def reached(self):
        return {mail.recipient for mail in self.outlook_mails()}

    def assertForetold(self, doing, events, carry_out, wanted, **vals):
        """Ask, carry out, and compare with the mails that Outlook has sent."""
        self.forget_mails()
        sentence = self.said(events, doing, **vals)
        carry_out()
        self.cr.flush()
        self.settle(2)  # what stands alone now is sent by itself
        self.assertEqual(self.reached(), set(wanted))
        self.assertEqual(self.number(sentence), len(self.reached()), sentence)

    def dragged(self, event, **delta):
        """Return what the calendar writes for a meeting that is dragged."""
        start, stop = self.later(event, **delta).values()
        text = fields.Datetime.to_string
        return {
            "start": text(start),
            "stop": text(stop),
            "allday": False,
            "duration": (stop - start).total_seconds() / 3600,
        }

    def drag(self, event, wanted, **vals):
        mine = event.with_user(self.ann)
        write = lambda: mine.write(dict(vals))  # noqa: E731
        self.assertForetold("move", event, write, wanted, **vals)


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestMoving(QuestionsCase):
    def test_dragged(self):
        event = self.board()
        vals = self.dragged(event, hours=2)
        self.assertEqual(
            self.said(event, "move", **vals),
            "Changing the time sends mail to 2 people through Outlook: "
            f"{self.bob.name}, {self.zoe.name}.",
        )
        self.drag(event, {BOB, ZOE}, **vals)

    def test_dropped_where_it_was(self):
        event = self.board()
        self.drag(event, set(), **self.dragged(event))

    def test_resized(self):
        event = self.board()
        stop = fields.Datetime.add(event.stop, minutes=30)
        vals = self.dragged(event) | {
            "stop": fields.Datetime.to_string(stop),
            "duration": 1.5,
        }
        self.drag(event, {BOB, ZOE}, **vals)

    def test_dragged_to_all_day_and_to_another_day(self):
        event = self.board()
        day = fields.Date.to_string(event.start.date())
        vals = {"start": day, "stop": day, "allday": True}
        self.drag(event, {BOB, ZOE}, **vals)
        self.drag(event, set(), **vals)
        later = fields.Date.to_string(fields.Date.add(event.start.date(), days=1))
        self.drag(event, {BOB, ZOE}, start=later, stop=later, allday=True)
        vals = {"start": f"{later} 08:00:00", "stop": f"{later} 10:00:00"}
        self.drag(event, {BOB, ZOE}, allday=False, **vals)

    def test_dragged_into_the_past(self):
        event = self.board()
        self.drag(event, set(), **self.dragged(event, days=-3))

    def test_of_a_series(self):
        for scope in SCOPES:
            with self.subTest(scope=scope):
                self.set_up("outlook", False)
                meetings = self.team()
                meeting = meetings[1] if scope != "all_events" else meetings[0]
                vals = self.dragged(meeting, hours=2)
                self.drag(meeting, {BOB, ZOE}, recurrence_update=scope, **vals)

    def test_nobody_to_tell(self):
        event = self.meet(self.ann)
        self.settle()
        self.drag(event, set(), **self.dragged(event, hours=2))
        for mode in ("odoo", "none"):
            self.set_up(mode, False)
            event = self.board()
            with self.subTest(mode=mode):
                self.drag(event, set(), **self.dragged(event, hours=2))


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestRemoving(QuestionsCase):
    def ways(self, event, scope=False):
        """Return how meetings are taken away: ``{operation: function}``."""
        mine = event.with_user(self.ann)
        if scope:
            archive = lambda: mine.action_mass_archive(scope)  # noqa: E731
        else:
            archive = mine.action_archive
        delete = lambda: self.delete_as_from_form(event, scope)  # noqa: E731
        return {"delete": delete, "archive": archive}

    def test_deleted_and_archived(self):
        for way in ("delete", "archive"):
            with self.subTest(way):
                self.set_up("outlook", False)
                event = self.board()
                self.assertEqual(
                    self.said(event, way),
                    f"{'Deleting' if way == 'delete' else 'Archiving'} this sends mail "
                    f"to 2 people through Outlook: {self.bob.name}, {self.zoe.name}.",
                )
                carry_out = self.ways(event)[way]
                self.assertForetold(way, event, carry_out, {BOB, ZOE})

    def test_what_outlook_has_not_heard_of(self):
        event = self.meet(self.ann, guests=self.guests)
        carry_out = self.ways(event)["delete"]
        self.assertForetold("delete", event, carry_out, set())

    def test_what_is_over(self):
        for way in ("delete", "archive"):
            self.set_up("outlook", False)
            event = self.board()
            with self.subTest(way), self.ahead(days=3):
                carry_out = self.ways(event)[way]
                self.assertForetold(way, event, carry_out, set())

    def test_other_choices(self):
        for mode in ("odoo", "none"):
            self.set_up(mode, False)
            event = self.board()
            with self.subTest(mode=mode):
                carry_out = self.ways(event)["delete"]
                self.assertForetold("delete", event, carry_out, set())

    def test_a_guest_whom_only_outlook_knows_is_counted(self):
        self.account.contact_rule = "keep"
        event = self.board()
        rows = [*self.own_item()["attendees"], guest(EVE)]
        self.change_in_outlook("ann", self.own_item(), attendees=rows)
        self.settle()
        self.assertNotIn(EVE, event.partner_ids.mapped("email"))
        said = self.said(event, "delete")
        self.assertIn(f"3 people through Outlook: {self.bob.name}, ", said)
        self.assertNotIn(EVE, said)
        carry_out = self.ways(event)["delete"]
        self.assertForetold("delete", event, carry_out, {BOB, ZOE, EVE})

    def test_of_a_series(self):
        """Dan takes part on one day, which only some of this concerns."""
        for way in ("delete", "archive"):
            for scope in SCOPES:
                with self.subTest(way, scope=scope):
                    self.set_up("outlook", False)
                    meetings = self.team()
                    self.edit(meetings[3], partner_ids=[(4, self.dan.id)])
                    self.settle()
                    carry_out = self.ways(meetings[2], scope)[way]
                    vals = {"recurrence_update": scope}
                    dan = {DAN} if scope == "all_events" else set()
                    told = {BOB, ZOE} | dan
                    self.assertForetold(way, meetings[2], carry_out, told, **vals)

    def test_odoos_question_for_a_series_says_it(self):
        for answer in ("one", "next", "all"):
            with self.subTest(answer=answer):
                self.set_up("outlook", False)
                meeting = self.team()[2].with_user(self.ann)
                wizards = self.env["calendar.popover.delete.wizard"]
                wizard = wizards.with_user(self.ann).create(
                    {"calendar_event_id": meeting.id, "delete": answer}
                )
                self.forget_mails()
                said = wizard.outlook_mail_notice
                wizard.close()
                self.cr.flush()
                self.settle(2)
                self.assertEqual(self.reached(), {BOB, ZOE})
                self.assertEqual(self.number(said), 2)

    def test_the_rest_from_the_first_is_all(self):
        meetings = self.team()
        carry_out = self.ways(meetings[0], "future_events")["delete"]
        vals = {"recurrence_update": "future_events"}
        self.assertForetold("delete", meetings[0], carry_out, {BOB, ZOE}, **vals)

    def test_the_day_with_a_guest_of_its_own(self):
        meetings = self.team()
        self.edit(meetings[3], partner_ids=[(4, self.dan.id)])
        self.settle()
        carry_out = self.ways(meetings[3], "self_only")["archive"]
        self.assertForetold("archive", meetings[3], carry_out, {BOB, ZOE, DAN})

    def test_many_in_one_sentence(self):
        events = self.board() + self.meet(self.ann, "Dan", guests=[self.dan, self.zoe])
        events += self.meet(self.ann, "Alone") + self.meet(self.bob, "Bobs")
        self.settle()
        mine = events.with_user(self.ann)
        self.assertIn("Deleting these sends mail to 3", self.said(events, "delete"))
        self.assertForetold("archive", events, mine.action_archive, {BOB, ZOE, DAN})
        self.assertForetold("restore", events, mine.action_unarchive, {BOB, ZOE, DAN})
        self.assertForetold("delete", events, mine.unlink, {BOB, ZOE, DAN})

    def test_what_is_archived_is_off_already(self):
        event = self.board()
        self.save(event, active=False)
        self.settle()
        carry_out = self.ways(event)["delete"]
        self.assertForetold("delete", event, carry_out, set())


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestRestoring(QuestionsCase):
    def restore(self, events, wanted):
        carry_out = events.with_user(self.ann).action_unarchive
        self.assertForetold("restore", events, carry_out, wanted)

    def test_invites_again(self):
        event = self.board()
        self.save(event, active=False)
        self.settle()
        self.assertIn("Restoring this sends mail", self.said(event, "restore"))
        self.restore(event, {BOB, ZOE})

    def test_before_outlook_heard_of_it(self):
        event = self.board()
        self.save(event, active=False)
        self.restore(event, set())

    def test_what_is_over(self):
        event = self.board()
        self.save(event, active=False)
        self.settle()
        with self.ahead(days=3):
            self.restore(event, set())

    def test_other_choices(self):
        for mode in ("odoo", "none"):
            self.set_up(mode, False)
            event = self.board()
            self.save(event, active=False)
            self.settle()
            with self.subTest(mode=mode):
                self.restore(event, set())

    def test_of_a_series(self):
        for scope in SCOPES:
            with self.subTest(scope=scope):
                self.set_up("outlook", False)
                meetings = self.team()
                meetings[2].with_user(self.ann).action_mass_archive(scope)
                self.env.flush_all()
                self.settle()
                gone = meetings.exists().filtered(lambda one: not one.active)
                self.assertEqual(
                    len(gone), {"self_only": 1, "all_events": 5}.get(scope, 3)
                )
                self.restore(gone, {BOB, ZOE})

    def test_a_day_before_outlook_heard_of_it(self):
        meetings = self.team()
        meetings[2].with_user(self.ann).action_mass_archive("self_only")
        self.restore(meetings[2], set())
