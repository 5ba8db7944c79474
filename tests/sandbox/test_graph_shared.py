# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Calendars that a colleague shares: listed, read, written, and no more."""

from .graphing import ANN, BOB, EventCase, event

SHARED = ("Calendars.ReadWrite", "Calendars.ReadWrite.Shared")


class TestShared(EventCase):
    def setUp(self):
        super().setUp()
        exchange, directory = self.sandbox.exchange, self.sandbox.directory
        self.people = [directory.person(each) for each in (ANN, BOB)]
        self.made = self.make(event())
        self.shared = exchange.share_calendar(*self.people)
        self.path = f"/me/calendars/{self.shared['id']}"

    def by_bob(self, method, path, body=None, scopes=SHARED):
        token = self.bearer(BOB, scopes)
        return self.ask(method, path, body, who=BOB, Authorization=token)

    def listed(self, scopes):
        rows = self.by_bob("GET", "/me/calendars?$top=50", scopes=scopes).json()
        return {row["name"]: row for row in rows["value"]}

    def test_it_stands_in_the_guests_list_with_its_owner(self):
        row = self.listed(SHARED)["Ann Archer"]
        self.assertEqual(ANN, row["owner"]["address"])
        self.assertTrue(row["canEdit"])
        self.assertFalse(row["isDefaultCalendar"])
        self.assertNotIn("Ann Archer", self.listed(SHARED[:1]))

    def test_its_entry_outlives_the_owners_mailbox(self):
        self.people[0].has_mailbox = False
        self.assertIn("Ann Archer", self.listed(SHARED))
        answer = self.by_bob("GET", f"{self.path}/events")
        self.refused(answer, 404, "MailboxNotEnabledForRESTAPI")

    def test_without_the_scope_it_is_refused(self):
        answer = self.by_bob("GET", f"{self.path}/events", scopes=SHARED[:1])
        self.refused(answer, 403, "ErrorAccessDenied")

    def test_its_events_are_reached_through_it_alone(self):
        [row] = self.by_bob("GET", f"{self.path}/events").json()["value"]
        got = self.by_bob("GET", f"{self.path}/events/{row['id']}").json()
        self.assertEqual(got["subject"], self.made["subject"])
        self.refused(
            self.by_bob("GET", f"/me/events/{row['id']}"), 404, "ErrorItemNotFound"
        )

    def test_a_writer_changes_and_creates_for_the_owner(self):
        body = {"subject": "Other"}
        self.by_bob("PATCH", f"{self.path}/events/{self.made['id']}", body)
        self.assertEqual("Other", self.get(f"/me/events/{self.made['id']}")["subject"])
        made = self.by_bob("POST", f"{self.path}/events", event(subject="New")).json()
        self.assertEqual(ANN, made["organizer"]["emailAddress"]["address"])
        self.by_bob("DELETE", f"{self.path}/events/{made['id']}")
        self.assertEqual(404, self.ask("GET", f"/me/events/{made['id']}").status_code)

    def test_a_reader_may_not_write(self):
        row = self.sandbox.exchange.share_calendar(*self.people, "read")
        self.assertFalse(row["canEdit"])
        path = f"/me/calendars/{row['id']}/events/{self.made['id']}"
        self.assertEqual(200, self.by_bob("GET", path).status_code)
        answer = self.by_bob("PATCH", path, {"subject": "X"})
        self.refused(answer, 403, "ErrorAccessDenied")

    def test_private_events_show_their_time_alone(self):
        made = self.make(event(subject="Doctor", sensitivity="private"))
        row = self.by_bob("GET", f"{self.path}/events/{made['id']}").json()
        self.assertEqual("Private appointment", row["subject"])
        self.assertEqual(made["start"], row["start"])

    def test_it_can_be_withdrawn(self):
        self.sandbox.exchange.withdraw_calendar(self.people[1], self.shared["id"])
        self.assertNotIn("Ann Archer", self.listed(SHARED))
        answer = self.by_bob("GET", f"{self.path}/events")
        self.refused(answer, 404, "ErrorItemNotFound")

    def test_delta_and_its_link_stay_within_it(self):
        query = "startDateTime=2026-01-01&endDateTime=2027-12-31"
        page = self.by_bob("GET", f"{self.path}/calendarView/delta?{query}").json()
        self.assertEqual([self.made["id"]], [row["id"] for row in page["value"]])
        self.assertIn(self.shared["id"], page["@odata.deltaLink"])

    def test_it_survives_the_data_file(self):
        dumped = self.sandbox.exchange.dump()
        self.sandbox.exchange.load(dumped)
        self.assertIn("Ann Archer", self.listed(SHARED))

    def test_there_is_no_other_role(self):
        with self.assertRaises(ValueError):
            self.sandbox.exchange.share_calendar(*self.people, "own")
