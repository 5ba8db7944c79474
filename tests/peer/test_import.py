# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's own module reads the sandbox's calendars, at first and by delta."""

from datetime import date, timedelta

from .common import PeerCase, at, guest

OUTSIDER = "zoe@partner.example"


class TestImport(PeerCase):
    def setUp(self):
        super().setUp()
        self.connect()

    def test_a_meeting_with_all_its_fields(self):
        noon = self.now.replace(hour=12) + timedelta(days=2)
        self.in_outlook(
            start=at(noon, "Romance Standard Time"),
            end=at(noon + timedelta(hours=1), "Romance Standard Time"),
            location={"displayName": "Room Ghent"},
            body={"contentType": "html", "content": "<p>The <b>agenda</b></p>"},
            showAs="free",
            sensitivity="normal",
            reminderMinutesBeforeStart=30,
        )
        self.sync()
        with self.env() as env:
            event = env["calendar.event"].search([("name", "=", "Board")])
            self.assertEqual(1, len(event))
            self.assertEqual(self.user(env), event.user_id)
            self.assertEqual("Room Ghent", event.location)
            self.assertEqual("free", event.show_as)
            self.assertEqual("public", event.privacy)
            self.assertEqual([30], event.alarm_ids.mapped("duration_minutes"))
            self.assertIn("<b>agenda</b>", event.description)
            # Brussels is one hour ahead of UTC, in summer two.
            self.assertIn(noon - event.start, (timedelta(hours=1), timedelta(hours=2)))
            self.assertEqual(timedelta(hours=1), event.stop - event.start)
            self.assertEqual(self.only()["id"], event.microsoft_id)
            self.assertEqual(self.only()["iCalUId"], event.ms_universal_event_id)

    def test_two_whole_days(self):
        first = self.now.replace(hour=0) + timedelta(days=5)
        self.in_outlook(
            isAllDay=True,
            start=at(first, "Tokyo Standard Time"),
            end=at(first + timedelta(days=2), "Tokyo Standard Time"),
        )
        self.sync()
        days = (True, first.date(), first.date() + timedelta(days=1))
        self.assertEqual([days], self.look_up("allday", "start_date", "stop_date"))
        self.assertIsInstance(days[1], date)

    def test_a_private_one(self):
        self.in_outlook(sensitivity="private")
        self.sync()
        self.assertEqual([("private",)], self.look_up("privacy"))

    def test_guests_and_their_answers(self):
        self.in_outlook(attendees=[guest("bob@contoso.example"), guest(OUTSIDER)])
        [copy] = self.outlook("bob")
        self.sandbox.exchange.respond(self.person("bob"), copy["id"], "accepted")
        self.sync()
        self.assertEqual(
            {
                "ann@contoso.example": "accepted",
                "bob@contoso.example": "accepted",
                OUTSIDER: "needsAction",
            },
            self.read_guests(),
        )

    def test_a_colleague_who_syncs_too_shares_the_event(self):
        self.connect("bob")
        item = self.in_outlook(attendees=[guest("bob@contoso.example")])
        self.assertNotEqual(item["id"], self.only("bob")["id"])
        self.sync("ann", "bob")
        self.assertEqual(
            [(item["iCalUId"],)],
            self.look_up("ms_universal_event_id"),
        )

    def test_more_than_a_page(self):
        for number in range(61):  # the module asks for 50 rows a page
            self.in_outlook(subject=f"Meeting {number}", hours=24 + number)
        self.sync()
        with self.env() as env:
            mine = [("user_id", "=", self.user(env).id)]
            self.assertEqual(61, env["calendar.event"].search_count(mine))
        pages = self.log(path="/calendarView/delta")
        self.assertEqual(2, len(pages))
        self.assertIn("$skiptoken", pages[1].path.replace("%24", "$"))

    def test_a_change_comes_through_the_delta(self):
        item = self.in_outlook()
        self.in_outlook(subject="Other", hours=30)
        self.sync()
        self.look_away()
        later = self.now + timedelta(days=3)
        self.change_in_outlook(
            item,
            subject="Board, moved",
            start=at(later),
            end=at(later + timedelta(hours=2)),
        )
        self.sync()
        [request] = self.log(path="/calendarView/delta")
        self.assertIn("$deltatoken", request.path.replace("%24", "$"))
        self.assertEqual([], self.look_up("name"))
        moved = [(later, later + timedelta(hours=2))]
        self.assertEqual(moved, self.look_up("start", "stop", subject="Board, moved"))
        self.assertEqual([("Other",)], self.look_up("name", subject="Other"))
        self.assertEqual([], self.log("PATCH"))

    def test_a_deletion_comes_through_the_delta(self):
        item = self.in_outlook()
        self.in_outlook(subject="Other", hours=30)
        self.sync()
        self.sandbox.exchange.delete_event(self.person(), item["id"])
        self.sync()
        self.assertEqual([], self.look_up("name"))
        self.assertEqual([("Other",)], self.look_up("name", subject="Other"))

    def test_after_an_expired_delta_token_everything_is_read_again(self):
        item = self.in_outlook()
        self.sync()
        self.change_in_outlook(item, location={"displayName": "Room Blue"})
        self.in_outlook(subject="Other", hours=30)
        self.control("delta/expire")
        self.look_away()
        self.refusals = [410]
        with self.assertLogs("odoo.addons.microsoft_account", "ERROR") as said:
            self.sync()
        self.assertIn("SyncStateNotFound", said.output[0])
        refused, again = self.log(path="/calendarView/delta")
        self.assertEqual((410, 200), (refused.status, again.status))
        self.assertIn("startDateTime", again.path)
        self.assertEqual([("Room Blue",)], self.look_up("location"))
        self.assertEqual([("Other",)], self.look_up("name", subject="Other"))
        self.look_away()
        self.sync()
        self.assertEqual([200], [each.status for each in self.log()])

    def test_the_scheduled_action_reads_too(self):
        self.connect("bob")
        self.in_outlook()
        self.in_outlook("bob", subject="Other")
        with self.env() as env:
            cron = env.ref("microsoft_calendar.ir_cron_sync_all_cals")
            cron.method_direct_trigger()
        self.assertEqual([("Board",)], self.look_up("name"))
        self.assertEqual([("Other",)], self.look_up("name", subject="Other"))
