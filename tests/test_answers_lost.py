# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Answers of guests, of which Microsoft knows and we do not."""

from odoo.tests import tagged

from .common import OutlookCase, graph_time, guest

_DAILY = {"type": "daily", "interval": 1}


@tagged("post_install", "-at_install")
class TestAnswersLost(OutlookCase):
    def setUp(self):
        super().setUp()
        self.account = self.connect(self.bob)

    def invite(self, **body):
        self.in_outlook(
            "ann",
            attendees=[guest("bob@contoso.example")],
            responseRequested=True,
            **body,
        )
        self.sync(self.account)
        return self.events(name="Board")

    def answer(self, events, act):
        """Answer in Odoo; the answer to the first request that tells it gets lost."""
        own = events.attendee_ids.filtered(
            lambda one: one.partner_id == self.bob.partner_id
        )
        self.fault("lost_answer", method="POST", path=r"/(accept|decline)$", times=1)
        getattr(own.with_user(self.bob), act)()
        self.cr.flush()
        self.run_cron("push")
        self.assertFalse(self.sandbox.faults.waiting, "the answer did not get lost")
        self.assertTrue(self.outbox())
        self.outbox().write({"not_before": False})
        self.run_cron("push")
        self.assertFalse(self.outbox())
        self.sync(self.account)

    def responses(self):
        mails = [mail for mail in self.outlook_mails() if mail.kind == "response"]
        return [mail.reason for mail in mails]

    def test_problem_10_a_lost_answer_tells_the_organizer_once(self):
        event = self.invite()
        self.answer(event, "do_accept")
        self.assertEqual(self.responses(), ["accepted"])
        self.assertEqual(event.attendee_ids.mapped("state"), ["accepted", "accepted"])

    def test_problem_10_a_decline_whose_answer_got_lost_has_not_failed(self):
        event = self.invite()
        self.answer(event, "do_decline")
        self.assertEqual(self.responses(), ["declined"])
        self.assertFalse(self.journal("fail"))
        self.assertTrue(event.active)
        own = event.attendee_ids.filtered(
            lambda one: one.partner_id == self.bob.partner_id
        )
        self.assertEqual(own.state, "declined")
        self.assertTrue(event.outlook_link_ids.is_gone)

    def test_problem_10_a_lost_answer_to_a_series_tells_the_organizer_once(self):
        first = self.now.date().isoformat()
        span = {"type": "numbered", "startDate": first, "numberOfOccurrences": 3}
        times = {
            "start": graph_time(self.now),
            "end": graph_time(self.now.replace(minute=30)),
        }
        events = self.invite(recurrence={"pattern": _DAILY, "range": span}, **times)
        self.answer(events, "do_accept")
        self.assertEqual(self.responses(), ["accepted"])
