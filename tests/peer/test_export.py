# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's own module writes to the sandbox, after each commit."""

from datetime import timedelta

from .common import PeerCase


class TestExport(PeerCase):
    def setUp(self):
        super().setUp()
        self.connect()
        self.sync()

    def mails(self):
        """Return kind and recipient of every mail that Outlook has sent."""
        return [(mail.kind, mail.recipient) for mail in self.sandbox.exchange.mails]

    def test_a_new_meeting_is_created(self):
        event = self.meet(
            location="Room Ghent",
            description="<p>The agenda</p>",
            privacy="private",
            show_as="free",
        )
        item = self.only()
        begin = self.now + timedelta(hours=24)
        self.assertEqual("Board", item["subject"])
        self.assertEqual(
            [f"{begin.isoformat()}.0000000", "UTC"], list(item["start"].values())
        )
        self.assertEqual("Room Ghent", item["location"]["displayName"])
        self.assertIn("The agenda", item["body"]["content"])
        self.assertEqual("private", item["sensitivity"])
        self.assertEqual("free", item["showAs"])
        kept = self.look_up(
            "id", "microsoft_id", "ms_universal_event_id", "need_sync_m"
        )
        self.assertEqual([(event, item["id"], item["iCalUId"], False)], kept)
        self.assertEqual([], self.mails())

    def test_a_whole_day(self):
        first = (self.now + timedelta(days=4)).date()
        last = first + timedelta(days=1)
        self.meet(allday=True, start_date=str(first), stop_date=str(last))
        item = self.only()
        self.assertTrue(item["isAllDay"])
        times = [item[end]["dateTime"] for end in ("start", "end")]
        midnights = [first, last + timedelta(days=1)]
        self.assertEqual([f"{day}T00:00:00.0000000" for day in midnights], times)

    def test_a_guest_is_invited(self):
        self.meet(guests=["bob"])
        copy = self.only("bob")
        self.assertEqual(self.only()["iCalUId"], copy["iCalUId"])
        self.assertFalse(copy["isOrganizer"])
        self.assertEqual([("invitation", "bob@contoso.example")], self.mails())

    def test_a_meeting_without_a_place_gets_a_teams_link(self):
        event = self.meet()
        link = self.only()["onlineMeeting"]["joinUrl"]
        self.change_in_outlook(self.only(), subject="Board, online")
        self.sync()
        found = self.look_up("id", "videocall_location", subject="Board, online")
        self.assertEqual([(event, link)], found)

    def test_a_change_is_sent(self):
        event = self.meet(location="Room Ghent")
        later = self.now + timedelta(days=3)
        values = {"start": str(later), "stop": str(later + timedelta(minutes=30))}
        self.save("ann", {"name": "Board, moved", **values}, event)
        item = self.only()
        self.assertEqual("Board, moved", item["subject"])
        self.assertEqual(f"{later.isoformat()}.0000000", item["start"]["dateTime"])
        self.assertEqual("Room Ghent", item["location"]["displayName"])
        self.assertEqual([200], [each.status for each in self.log("PATCH")])

    def test_a_deletion_is_sent(self):
        event = self.meet(guests=["bob"])
        self.orm("ann", "calendar.event", "unlink", [event])
        self.assertEqual([], self.outlook())
        self.assertTrue(self.only("bob")["isCancelled"])
        self.assertEqual([204], [each.status for each in self.log("DELETE")])

    def test_an_echo_is_not_taken_for_a_new_meeting(self):
        event = self.meet()
        self.sync()
        self.sync()
        self.assertEqual([(event,)], self.look_up("id"))
        self.assertEqual(1, len(self.log("POST")))
        self.assertEqual("Board", self.only()["subject"])

    def test_an_answer_is_sent_to_the_organizer(self):
        self.connect("bob")
        self.meet(guests=["bob"])
        self.sync("bob")
        with self.env() as env:
            event = env["calendar.event"].search([("name", "=", "Board")])
            bob = self.user(env, "bob")
            mine = event.attendee_ids.filtered(lambda a: a.partner_id == bob.partner_id)
            ids = mine.ids
        self.orm("bob", "calendar.attendee", "do_accept", ids)
        [attendee] = self.only()["attendees"]
        self.assertEqual("accepted", attendee["status"]["response"])
        self.assertIn(("response", "ann@contoso.example"), self.mails())

    def test_what_was_made_before_the_connection_is_not_sent(self):
        with self.env() as env:
            self._forget(env)
        self.meet(subject="Earlier")
        with self.env() as env:
            env.cr.execute(
                "UPDATE calendar_event SET create_date = create_date - interval '1 day'"
            )
        self.connect()
        self.sync()
        self.assertEqual([], self.outlook())
