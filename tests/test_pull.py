# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Outlook to Odoo: new, changed, moved and removed meetings."""

from datetime import date, timedelta

from odoo.tests import tagged

from .common import OutlookCase, graph_time, guest


@tagged("post_install", "-at_install")
class TestPull(OutlookCase):
    def test_a_meeting_of_outlook_comes_in_with_all_its_fields(self):
        self.in_outlook(
            "ann",
            "Quarter",
            body={
                "contentType": "html",
                "content": "<p>Agenda in the <b>ticket</b></p>",
            },
            location={"displayName": "Room Ghent"},
            sensitivity="private",
            showAs="free",
            isReminderOn=True,
            reminderMinutesBeforeStart=30,
            attendees=[guest("zoe@customer.example", "Zoe Zander")],
        )
        self.connect(self.ann)
        event = self.events(name="Quarter")
        self.assertEqual(len(event), 1)
        self.assertEqual(event.user_id, self.ann)
        self.assertEqual(event.start, self.now + timedelta(hours=24))
        self.assertEqual(event.stop, self.now + timedelta(hours=25))
        self.assertIn("<b>ticket</b>", event.description)
        self.assertEqual(event.location, "Room Ghent")
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.show_as, "free")
        self.assertEqual(event.alarm_ids.mapped("duration_minutes"), [30])
        zoe = event.partner_ids - self.ann.partner_id
        self.assertEqual((zoe.name, zoe.email), ("Zoe Zander", "zoe@customer.example"))
        self.assertEqual(event.with_user(self.ann).outlook_state, "synced")

    def test_a_change_in_outlook_changes_the_same_record(self):
        item = self.in_outlook("ann")
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.change_in_outlook("ann", item, subject="Board II")
        self.sync(account)
        self.assertEqual(event.name, "Board II")
        self.assertEqual(len(self.events(user_id=self.ann.id)), 1)

    def test_an_unchanged_mailbox_costs_one_request_and_no_write(self):
        self.in_outlook("ann")
        account = self.connect(self.ann)
        self.sync(account)
        before = len(self.sandbox.requests)
        event = self.events(name="Board")
        written = event.write_date
        self.sync(account)
        made = self.sandbox.requests[before:]
        self.assertEqual([r.method for r in made], ["GET"])
        self.assertEqual(event.write_date, written)

    def test_all_day_meetings_keep_their_days(self):
        first = date.today() + timedelta(days=3)
        for days in (1, 3):
            self.in_outlook(
                "ann",
                f"Fair {days}",
                isAllDay=True,
                start=graph_time(first, "Pacific Standard Time"),
                end=graph_time(first + timedelta(days=days), "Pacific Standard Time"),
            )
        self.connect(self.ann)
        for days in (1, 3):
            event = self.events(name=f"Fair {days}")
            self.assertTrue(event.allday)
            self.assertEqual(event.start_date, first)
            self.assertEqual(event.stop_date, first + timedelta(days=days - 1))
