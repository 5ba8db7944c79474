# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A first exchange that is killed at any step goes on: nothing lost, nothing twice."""

from unittest.mock import patch

from requests.adapters import HTTPAdapter

from odoo.tests import tagged

from .common import OutlookCase, graph_time, guest


class Killed(BaseException):
    """Stands for what ends a process: nothing of the product may catch it."""


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestFirstSyncKilled(OutlookCase):
    def setUp(self):
        super().setUp()
        self.zoe = self.contact("Zoe")
        self.sandbox.exchange.switches.set("delta_page_limit", 2)
        for number in range(4):
            self.meet(self.ann, f"Twin {number}", hours=24 + number)
            self.in_outlook("ann", f"Twin {number}", hours=24 + number)
            self.in_outlook(
                "ann",
                f"New {number}",
                hours=50 + number,
                attendees=[guest("new@x.example")],
            )
            self.meet(self.ann, f"Old {number}", hours=70 + number, guests=[self.zoe])
        self.series()
        self.age_events()
        self.mails = len(self.outlook_mails())
        self.env["mail.mail"].sudo().search([]).unlink()

    def series(self):
        start = self.now.replace(hour=8)
        self.in_outlook(
            "ann",
            "Daily",
            start=graph_time(start),
            end=graph_time(start),
            recurrence={
                "pattern": {"type": "daily", "interval": 1},
                "range": {
                    "type": "numbered",
                    "startDate": start.date().isoformat(),
                    "numberOfOccurrences": 3,
                },
            },
        )
        self.meet(
            self.ann,
            "Therapy",
            hours=90,
            recurrency=True,
            rrule_type="daily",
            end_type="count",
            count=3,
            interval=1,
        )

    def started(self):
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        told = wizard.in_count, wizard.joined_count, wizard.out_count
        wizard.action_start()
        return told

    def run_killed(self, name, requests_left, is_answered):
        """Run a scheduled action in a process that dies at one of its requests.

        What it had not committed is rolled back, as PostgreSQL does it.

        :param is_answered: Microsoft has done what it was asked, and nobody heard of it
        :return: whether it died
        """
        self.cr.flush()
        send = HTTPAdapter.send
        left = iter(range(requests_left))

        def dying(*arguments, **options):
            if next(left, None) is not None:
                return send(*arguments, **options)
            if is_answered:
                send(*arguments, **options)
            raise Killed

        try:
            with (
                patch.object(HTTPAdapter, "send", dying),
                self.enter_registry_test_mode(),
                self.registry.cursor() as cr,
            ):
                self.env(cr=cr)["outlook.account"]._cron_run(f"outlook.{name}")
        except Killed:
            return True
        finally:
            self.env.invalidate_all()
        return False

    def die_again_and_again(self, name, is_answered):
        """Let it live a request longer each time, until it comes to its end."""
        for requests_left in range(60):
            if not self.run_killed(name, requests_left, is_answered):
                return requests_left
        raise AssertionError("it never came to its end")

    def test_killed_before_each_request_it_goes_on(self):
        self.check_killed(is_answered=False)

    def test_killed_after_each_request_it_makes_nothing_twice(self):
        self.check_killed(is_answered=True)

    def check_killed(self, is_answered):
        told = self.started()
        self.assertEqual(told, (5, 4, 5))
        self.assertGreater(self.die_again_and_again("pull", is_answered), 3)
        self.assertEqual(len(self.outbox()), 5)
        self.assertGreater(self.die_again_and_again("push", is_answered), 1)
        self.check_end()
        self.run_cron("pull")
        self.run_cron("push")
        self.check_end()

    def check_end(self):
        """Everything is there once, on both sides, and nobody got mail."""
        singles = [f"{kind} {n}" for kind in ("New", "Old", "Twin") for n in range(4)]
        self.assertEqual(self.subjects("ann"), sorted([*singles, "Daily", "Therapy"]))
        events = self.events(user_id=self.ann.id)
        names = sorted(
            events.filtered(lambda one: not one.recurrence_id).mapped("name")
        )
        self.assertEqual(names, sorted(singles))
        series = events.recurrence_id
        self.assertEqual(
            sorted(series.base_event_id.mapped("name")), ["Daily", "Therapy"]
        )
        self.assertEqual(len(self.env["outlook.link"].search([])), 14)
        self.assertFalse(self.outbox())
        self.assertEqual(len(self.outlook_mails()), self.mails)
        self.assertFalse(self.env["mail.mail"].sudo().search([]))
