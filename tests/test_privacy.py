# Part of outlook_calendar. LGPL-3, see LICENSE.
"""How private meetings of Odoo are sent: in full, as busy, or not at all."""

from datetime import timedelta

from odoo.tests import tagged

from .common import OutlookCase, graph_time


@tagged("post_install", "-at_install")
class TestPrivacy(OutlookCase):
    def setUp(self):
        super().setUp()
        self.zoe = self.contact("Zoe")

    def private(self, name="Doctor", **vals):
        details = {"location": "Clinic", "description": "<p>Knee</p>"}
        return self.meet(self.ann, name, **{"privacy": "private", **details, **vals})

    def change(self, event, **vals):
        event.with_user(self.ann).write(vals)
        self.cr.flush()

    def only_item(self):
        [item] = self.outlook("ann")
        return item

    def from_odoo(self):
        self.cr.flush()
        mails = self.env["mail.mail"].sudo().search([])
        return sorted(one.email for mail in mails for one in mail.recipient_ids)

    def assert_busy(self, item):
        """The time is told, and nothing else."""
        self.assertEqual(item["subject"], "Busy")
        self.assertEqual(item["location"]["displayName"], "")
        self.assertNotIn("Knee", item["body"]["content"])
        self.assertEqual((item["attendees"], item["sensitivity"]), ([], "private"))

    def test_problem_64_private_meetings_are_sent_as_their_owner_chose(self):
        for choice, told in (
            ("full", ["Doctor"]),
            ("busy", ["Busy"]),
            ("leave_out", []),
        ):
            with self.subTest(choice=choice):
                self.sandbox.reset()
                self.env["outlook.account"].sudo().search([]).unlink()
                account = self.connect(self.ann, privacy_filter=choice)
                event = self.private()
                self.meet(self.ann, "Board", hours=30)
                self.sync(account)
                self.assertEqual(self.subjects("ann"), sorted([*told, "Board"]))
                self.events(user_id=self.ann.id).unlink()
                self.assertFalse(event.exists())

    def test_a_busy_block_follows_the_time_both_ways(self):
        account = self.connect(self.ann, privacy_filter="busy")
        event = self.private()
        self.sync(account)
        self.assert_busy(self.only_item())
        later = event.start + timedelta(hours=2)
        self.change(event, start=later, stop=later + timedelta(hours=1), name="Knee")
        self.sync(account)
        item = self.only_item()
        self.assert_busy(item)
        self.assertEqual(item["start"]["dateTime"][:19], later.isoformat())
        moved = later + timedelta(days=1)
        when = {
            "start": graph_time(moved),
            "end": graph_time(moved + timedelta(hours=1)),
        }
        self.change_in_outlook("ann", item, subject="My own words", **when)
        self.sync(account)
        self.assertEqual((event.name, event.location), ("Knee", "Clinic"))
        self.assertEqual(event.start, moved)

    def test_nothing_changed_sends_nothing(self):
        account = self.connect(self.ann, privacy_filter="busy")
        event = self.private()
        self.sync(account)
        self.change(event, name="Another doctor", location="Elsewhere")
        writes = len(self.writes())
        self.sync(account)
        self.sandbox.exchange.touch_event(self.person("ann"), self.only_item()["id"])
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        self.assertEqual(event.name, "Another doctor")

    def test_what_becomes_private_is_hidden_and_shown_again(self):
        account = self.connect(self.ann, invitation_mode="none", privacy_filter="busy")
        event = self.private(privacy="public")
        self.sync(account)
        self.assertEqual(self.only_item()["subject"], "Doctor")
        self.change(event, privacy="private")
        self.sync(account)
        self.assert_busy(self.only_item())
        self.change(event, privacy="public")
        self.sync(account)
        self.assertEqual(self.only_item()["subject"], "Doctor")
        self.assertEqual(self.only_item()["location"]["displayName"], "Clinic")
        self.assertEqual((event.name, event.location), ("Doctor", "Clinic"))

    def test_what_becomes_private_leaves_and_comes_back(self):
        account = self.connect(
            self.ann, invitation_mode="none", privacy_filter="leave_out"
        )
        event = self.private(privacy="public")
        self.sync(account)
        self.change(event, privacy="private")
        self.sync(account)
        self.assertEqual(self.subjects("ann"), [])
        mine = event.with_user(self.ann)
        self.assertEqual(mine.outlook_state, "excluded")
        self.assertIn("private", mine.outlook_state_reason)
        self.change(event, privacy="public")
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Doctor"])
        self.assertTrue(event.active)

    def test_another_choice_reaches_what_is_there(self):
        account = self.connect(self.ann, invitation_mode="none")
        self.private()
        self.meet(self.ann, "Board", hours=30)
        self.sync(account)
        for choice, told in (
            ("busy", ["Board", "Busy"]),
            ("leave_out", ["Board"]),
            ("full", ["Board", "Doctor"]),
        ):
            account.privacy_filter = choice
            self.sync(account)
            self.assertEqual(self.subjects("ann"), told)
        self.assertEqual(self.outlook_mails(), [])

    def test_guests_of_what_is_hidden_hear_from_odoo(self):
        account = self.connect(self.ann, privacy_filter="busy")
        self.env["mail.mail"].sudo().search([]).unlink()
        self.private(guests=[self.zoe])
        self.assertEqual(self.from_odoo(), ["zoe@customer.example"])
        self.sync(account)
        self.assert_busy(self.only_item())
        self.assertEqual(self.outlook_mails(), [])

    def test_an_invitation_that_was_sent_stays_as_it_is(self):
        account = self.connect(self.ann, privacy_filter="busy")
        event = self.private(privacy="public", guests=[self.zoe])
        self.sync(account)
        self.change(event, privacy="private")
        self.sync(account)
        item = self.only_item()
        self.assertEqual((item["subject"], item["sensitivity"]), ("Doctor", "private"))
        self.assertEqual(len(item["attendees"]), 1)

    def test_an_item_of_outlook_is_never_hidden_or_removed(self):
        """It was joined with a private meeting, and is the user's own."""
        for choice in ("busy", "leave_out"):
            with self.subTest(choice=choice):
                self.sandbox.reset()
                self.env["outlook.account"].sudo().search([]).unlink()
                self.events(user_id=self.ann.id).unlink()
                event = self.private(guests=[self.zoe])
                self.age_events()
                self.in_outlook("ann", "Doctor")
                account = self.connect(self.ann, privacy_filter=choice)
                self.assertEqual(event.outlook_link_ids.kind, "copy")
                self.change(event, location="Elsewhere")
                self.sync(account)
                self.assertEqual(self.only_item()["subject"], "Doctor")

    def test_a_reinstallation_takes_no_block_for_a_title(self):
        account = self.connect(self.ann, privacy_filter="busy")
        event = self.private()
        self.sync(account)
        for choice, told in (("busy", "Busy"), ("full", "Doctor")):
            account.sudo().unlink()
            account = self.connect(self.ann, privacy_filter=choice)
            self.sync(account)
            self.assertEqual(self.only_item()["subject"], told)
            self.assertEqual((event.name, event.location), ("Doctor", "Clinic"))
        self.assertEqual(len(self.events(user_id=self.ann.id)), 1)

    def test_leaving_out_keeps_it_out_after_a_lost_answer(self):
        account = self.connect(self.ann, privacy_filter="leave_out")
        event = self.private(privacy="public")
        self.fault("status", status=503, times=1, method="POST")
        self.run_cron("push")
        self.change(event, privacy="private")
        self.outbox().write({"not_before": False})
        self.sync(account)
        self.assertEqual(self.subjects("ann"), [])


@tagged("post_install", "-at_install")
class TestPrivacyOfSeries(OutlookCase):
    def repeat(self, **vals):
        event = self.meet(
            self.ann,
            "Therapy",
            recurrency=True,
            rrule_type="daily",
            end_type="count",
            count=4,
            interval=1,
            privacy="private",
            location="Clinic",
            **vals,
        )
        return event.recurrence_id

    def test_a_private_series_is_a_busy_series(self):
        account = self.connect(self.ann, privacy_filter="busy")
        series = self.repeat()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["subject"], "Busy")
        self.assertEqual(item["location"]["displayName"], "")
        writes = len(self.writes())
        series.calendar_event_ids[0].with_user(self.ann).write(
            {"name": "Knee", "recurrence_update": "all_events"}
        )
        self.cr.flush()
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        account.privacy_filter = "full"
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["subject"], "Knee")

    def test_a_private_series_is_left_out(self):
        account = self.connect(self.ann, privacy_filter="leave_out")
        self.repeat()
        self.sync(account)
        self.assertEqual(self.subjects("ann"), [])

    def test_a_day_called_off_is_called_off_in_the_busy_series(self):
        account = self.connect(self.ann, privacy_filter="busy")
        series = self.repeat()
        self.sync(account)
        day = series.calendar_event_ids.sorted("start")[1]
        day.with_user(self.ann).unlink()
        self.cr.flush()
        self.sync(account)
        self.assertEqual(len(series._outlook_meetings()), 3)
        self.assertEqual(self.subjects("ann"), ["Busy"])
        self.assertEqual(set(series.calendar_event_ids.mapped("name")), {"Therapy"})
