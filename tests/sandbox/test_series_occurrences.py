# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Occurrences, exceptions and cancelled occurrences of a series."""

from .graphing import IMMUTABLE, WINDOW, at, event
from .series import BRUSSELS, SeriesCase, rule, series

NAME = "com.example.a"


class TestReading(SeriesCase):
    def test_an_occurrence_has_the_members_of_its_master(self):
        made = self.make(series(subject="Stand-up", categories=["Red"]))
        row = self.day(made["id"], "2026-12-02")
        got = self.get(f"/me/events/{row['id']}")
        self.assertEqual("occurrence", got["type"])
        self.assertEqual(made["id"], got["seriesMasterId"])
        self.assertEqual("2026-12-02T10:00:00.0000000Z", got["originalStart"])
        self.assertEqual(("Stand-up", ["Red"]), (got["subject"], got["categories"]))
        self.assertEqual(made["iCalUId"], got["iCalUId"])
        self.assertEqual(made["@odata.etag"], got["@odata.etag"])
        self.assertIsNone(got["recurrence"])
        self.assertIsNone(made["seriesMasterId"])
        self.assertIsNone(made["originalStart"])

    def test_ids_come_in_both_kinds(self):
        made = self.make(series())
        plain = self.day(made["id"], "2026-12-02")
        master = self.get("/me/events", prefer=IMMUTABLE)["value"][0]
        kept = self.day(master["id"], "2026-12-02", prefer=IMMUTABLE)
        self.assertEqual(master["id"], kept["seriesMasterId"])
        self.assertNotEqual(plain["id"], kept["id"])
        self.assertLess(len(kept["id"]), 100)
        self.assertGreater(len(plain["id"]), 140)
        got = self.get(f"/me/events/{kept['id']}", prefer=IMMUTABLE)
        self.assertEqual(kept["id"], got["id"])
        answer = self.ask("GET", f"/me/events/{kept['id']}")
        self.refused(answer, 400, "ErrorInvalidIdMalformed")
        given = {
            "inputIds": [plain["id"]],
            "sourceIdType": "restId",
            "targetIdType": "restImmutableEntryId",
        }
        rows = self.ask("POST", "/me/translateExchangeIds", given).json()["value"]
        self.assertEqual(kept["id"], rows[0]["targetId"])

    def test_ids_of_days_without_an_occurrence_lead_nowhere(self):
        made = self.make(series(rule(number=3)))
        gone = self.day(made["id"], "2026-12-03")["id"]
        self.patch(made["id"], {"recurrence": rule(number=2)})
        answer = self.ask("GET", f"/me/events/{gone}")
        self.refused(answer, 404, "ErrorItemNotFound")

    def test_a_window_shows_what_overlaps_it(self):
        made = self.make(series())
        query = "startDateTime=2026-12-02T11:00:00Z&endDateTime=2026-12-04T10:00:00Z"
        self.assertEqual(["2026-12-03"], self.days(made["id"], query))
        query = "startDateTime=2026-12-02T10:59:00Z&endDateTime=2026-12-04T10:01:00Z"
        self.assertEqual(3, len(self.days(made["id"], query)))
        rows = self.view(query=query)
        self.assertEqual(["occurrence"] * 3, [row["type"] for row in rows])

    def test_instances_need_a_window(self):
        made = self.make(series())
        path = f"/me/events/{made['id']}/instances"
        self.refused(self.ask("GET", path), 400, "ErrorInvalidRequest")
        query = "startDateTime=2020-01-01&endDateTime=2030-01-01"
        self.refused(self.ask("GET", f"{path}?{query}"), 400, "ErrorInvalidRequest")
        row = self.day(made["id"], "2026-12-02")
        path = f"/me/events/{row['id']}/instances?{WINDOW}"
        self.refused(self.ask("GET", path), 400, "ErrorInvalidRequest")
        self.assertEqual([], self.instances(self.make()["id"]))

    def test_instances_come_in_pages_of_ten(self):
        made = self.make(series(rule(number=25)))
        link = f"/me/calendar/events/{made['id']}/instances?{WINDOW}&$count=true"
        sizes = []
        while link:
            body = self.get(link)
            self.assertEqual(25, body["@odata.count"])
            sizes.append(len(body["value"]))
            link = body.get("@odata.nextLink")
        self.assertEqual([10, 10, 5], sizes)

    def test_views_tell_the_original_start_when_asked(self):
        made = self.make(series(rule(number=1)))
        for path in (f"/me/events/{made['id']}/instances", "/me/calendarView"):
            for select, expected in (
                ("", None),
                ("&$select=*", "2026-12-01T10:00:00.0000000Z"),
                ("&$select=id,originalStart", "2026-12-01T10:00:00.0000000Z"),
            ):
                with self.subTest(path + select):
                    row = self.get(f"{path}?{WINDOW}{select}")["value"][0]
                    self.assertEqual(expected, row["originalStart"])

    def test_colleagues_are_busy_at_occurrences(self):
        self.make(series())
        body = {
            "schedules": ["ann@contoso.example"],
            "startTime": at("4T09:00"),
            "endTime": at("4T12:00"),
            "availabilityViewInterval": 60,
        }
        rows = self.ask("POST", "/me/calendar/getSchedule", body).json()["value"]
        self.assertEqual("020", rows[0]["availabilityView"])


class TestExceptions(SeriesCase):
    def setUp(self):
        super().setUp()
        self.made = self.make(series(rule(interval=2, number=5)))  # 1, 3, 5, 7, 9
        self.id = self.made["id"]

    def test_a_patch_makes_an_exception(self):
        row = self.day(self.id, "2026-12-03")
        changed = self.patch(row["id"], {"subject": "Special"})
        self.assertEqual(("exception", row["id"]), (changed["type"], changed["id"]))
        self.assertEqual(self.id, changed["seriesMasterId"])
        self.assertIsNone(changed["recurrence"])
        master = self.get(f"/me/events/{self.id}")
        self.assertNotEqual(self.made["changeKey"], master["changeKey"])
        self.assertNotEqual(master["changeKey"], changed["changeKey"])
        self.assertEqual("Review", master["subject"])
        subjects = [row["subject"] for row in self.instances(self.id)]
        self.assertEqual(["Review", "Special"] + 3 * ["Review"], subjects)
        self.assertEqual([self.id], [r["id"] for r in self.get("/me/events")["value"]])

    def test_a_moved_exception_keeps_its_original_start(self):
        row = self.day(self.id, "2026-12-03")
        self.move_to(row["id"], "4T15:00", "4T16:00")
        got = self.get(f"/me/events/{row['id']}")
        self.assertEqual("2026-12-03T10:00:00.0000000Z", got["originalStart"])
        self.assertEqual("2026-12-04", self.days(self.id)[1])
        moved = self.move_to(row["id"], "4T17:00", "4T18:00")
        self.assertEqual(row["id"], moved["id"])

    def test_the_days_of_neighbours_are_closed(self):
        row = self.day(self.id, "2026-12-05")
        for start, end in (
            ("3T15:00", "3T16:00"),
            ("2T15:00", "2T16:00"),
            ("7T08:00", "7T09:00"),
            ("8T15:00", "8T16:00"),
            ("6T15:00", "7T10:30"),
        ):
            with self.subTest(start):
                self.crossing(row["id"], start, end)
        self.assertEqual("occurrence", self.get(f"/me/events/{row['id']}")["type"])
        self.move_to(row["id"], "4T00:00", "4T01:00")
        self.move_to(row["id"], "6T23:00", "7T09:00")

    def test_the_days_of_deleted_neighbours_are_closed_too(self):
        row = self.day(self.id, "2026-12-05")
        self.delete(self.day(self.id, "2026-12-07")["id"])
        self.crossing(row["id"], "7T15:00", "7T16:00")
        self.move_to(row["id"], "6T15:00", "7T23:00")

    def test_a_moved_neighbour_counts_where_it_is(self):
        self.move_to(self.day(self.id, "2026-12-07")["id"], "8T10:00", "8T11:00")
        row = self.day(self.id, "2026-12-05")
        self.crossing(row["id"], "8T08:00", "8T09:00")
        self.move_to(row["id"], "7T10:00", "7T11:00")

    def test_the_ends_of_a_series_are_open(self):
        self.move_to(self.day(self.id, "2026-12-01")["id"], "2020-01-01", "2020-01-02")
        self.move_to(self.day(self.id, "2026-12-09")["id"], "2030-01-01", "2030-01-02")
        self.assertEqual(3, len(self.days(self.id)))

    def test_the_boundary_is_a_day_of_the_zone(self):
        given = rule(first="2026-12-10", interval=2, number=3)
        made = self.make(series(given, BRUSSELS))
        row = self.day(made["id"], "2026-12-12")
        # 23:30 in UTC is the day after in Brussels, which is that of a neighbour.
        self.crossing(row["id"], "13T23:30", "13T23:45")
        self.crossing(row["id"], "10T22:30", "10T22:45")
        self.move_to(row["id"], "10T23:30", "10T23:45")

    def test_an_occurrence_has_no_rule_of_its_own(self):
        row = self.day(self.id, "2026-12-03")
        body = {"recurrence": rule(first="2026-12-03", number=3)}
        answer = self.ask("PATCH", f"/me/events/{row['id']}", body)
        self.refused(answer, 400, "ErrorInvalidRequest")
        self.patch(row["id"], {"recurrence": None, "subject": "Special"})
        self.assertEqual(5, len(self.days(self.id)))

    def test_a_bad_body_makes_no_exception(self):
        row = self.day(self.id, "2026-12-03")
        answer = self.ask("PATCH", f"/me/events/{row['id']}", {"showAs": "gone"})
        self.refused(answer, 400, "RequestBodyRead")
        self.assertEqual("occurrence", self.get(f"/me/events/{row['id']}")["type"])

    def test_if_match_holds_for_occurrences(self):
        row = self.day(self.id, "2026-12-03")
        self.patch(self.day(self.id, "2026-12-05")["id"], {"subject": "Special"})
        path = f"/me/events/{row['id']}"
        answer = self.ask("PATCH", path, {"subject": "x"}, If_Match=row["@odata.etag"])
        self.refused(answer, 412, "ErrorIrresolvableConflict")
        current = self.get(path)["@odata.etag"]
        self.patch(row["id"], {"subject": "x"}, If_Match=current)

    def test_an_extension_makes_an_exception(self):
        self.patch(self.id, {"extensions": [{"extensionName": NAME, "n": 1}]})
        row = self.day(self.id, "2026-12-03")
        path = f"/me/events/{row['id']}/extensions"
        self.assertEqual(1, self.get(f"{path}/{NAME}")["n"])
        answer = self.ask("PATCH", f"{path}/{NAME}", {"n": 2})
        self.assertEqual((200, 2), (answer.status_code, answer.json()["n"]))
        self.assertEqual("exception", self.get(f"/me/events/{row['id']}")["type"])
        master = self.get(f"/me/events/{self.id}/extensions/{NAME}")
        self.assertEqual(1, master["n"])

    def test_exceptions_are_expanded_of_a_single_master(self):
        self.patch(self.day(self.id, "2026-12-05")["id"], {"subject": "Special"})
        query = "$select=subject,exceptionOccurrences&$expand=exceptionOccurrences"
        got = self.get(f"/me/events/{self.id}?{query}")
        rows = got["exceptionOccurrences"]
        self.assertEqual(["Special"], [row["subject"] for row in rows])
        self.assertEqual("2026-12-05T10:00:00.0000000Z", rows[0]["originalStart"])
        answer = self.ask("GET", f"/me/events?{query}")
        self.refused(answer, 400, "ErrorInvalidUrlQuery")

    def test_reminders_of_occurrences_make_no_exception(self):
        row = self.day(self.id, "2026-12-03")
        self.act(row["id"], "dismissReminder", 200)
        after = self.get(f"/me/events/{row['id']}")
        self.assertEqual("occurrence", after["type"])
        self.assertNotEqual(row["changeKey"], after["changeKey"])


class TestCancelled(SeriesCase):
    def cancelled(self, master_id, **options):
        path = f"/me/events/{master_id}?$select=cancelledOccurrences"
        return self.get(path, **options)["cancelledOccurrences"]

    def test_a_deleted_occurrence_is_told_by_the_master(self):
        made = self.make(series())
        gone = self.day(made["id"], "2026-12-03")["id"]
        self.patch(self.day(made["id"], "2026-12-02")["id"], {"subject": "Special"})
        self.delete(gone)
        self.delete(self.day(made["id"], "2026-12-02")["id"])
        self.refused(self.ask("GET", f"/me/events/{gone}"), 404, "ErrorItemNotFound")
        self.refused(self.ask("DELETE", f"/me/events/{gone}"), 404, "ErrorItemNotFound")
        self.assertEqual(
            [f"OID.{made['id']}.2026-12-02", f"OID.{made['id']}.2026-12-03"],
            self.cancelled(made["id"]),
        )
        days = ["2026-12-01", "2026-12-04", "2026-12-05"]
        self.assertEqual(days, self.days(made["id"]))
        self.assertEqual(3, len(self.view()))
        self.assertNotIn("cancelledOccurrences", self.get(f"/me/events/{made['id']}"))

    def test_the_day_is_that_of_the_zone_and_the_id_of_the_kind(self):
        given = rule(first="2026-12-07", number=3)
        made = self.make(series(given, "Asia/Tokyo", clock=("08:00", "09:00")))
        self.delete(self.day(made["id"], "2026-12-07")["id"])
        master = self.get("/me/events", prefer=IMMUTABLE)["value"][0]["id"]
        rows = self.cancelled(master, prefer=IMMUTABLE)
        self.assertEqual([f"OID.{master}.2026-12-08"], rows)

    def test_it_may_fail_to_be_filled(self):
        self.switch("cancelled_occurrences", False)
        made = self.make(series())
        self.delete(self.day(made["id"], "2026-12-03")["id"])
        self.assertEqual([], self.cancelled(made["id"]))

    def test_a_series_may_lose_every_occurrence(self):
        made = self.make(series(rule(number=2)))
        for row in self.instances(made["id"]):
            self.delete(row["id"])
        self.assertEqual([], self.instances(made["id"]))
        self.assertEqual(2, len(self.cancelled(made["id"])))
        self.assertEqual("seriesMaster", self.get(f"/me/events/{made['id']}")["type"])

    def test_a_deleted_master_takes_all_along(self):
        made = self.make(series())
        row = self.day(made["id"], "2026-12-02")
        self.patch(row["id"], {"subject": "Special"})
        self.delete(made["id"])
        self.assertEqual([], self.view())
        for event_id in (row["id"], made["id"]):
            answer = self.ask("GET", f"/me/events/{event_id}")
            self.refused(answer, 404, "ErrorItemNotFound")

    def test_an_occurrence_cannot_leave_its_series(self):
        made = self.make(series())
        row = self.day(made["id"], "2026-12-02")
        ann, exchange = self.person(), self.sandbox.exchange
        work = self.ask("POST", "/me/calendars", {"name": "Work"}).json()["id"]
        with self.assertRaisesRegex(Exception, "can't leave its series"):
            exchange.move_event(ann, row["id"], work)
        self.patch(row["id"], {"subject": "Special"})
        moved = exchange.move_event(ann, made["id"], work)
        rows = self.instances(moved["id"])
        self.assertEqual("Special", rows[1]["subject"])
        self.assertEqual([moved["id"]] * 5, [row["seriesMasterId"] for row in rows])
        self.assertNotEqual(row["id"], rows[1]["id"])
        self.assertEqual("Special", self.get(f"/me/events/{rows[1]['id']}")["subject"])
        self.refused(
            self.ask("GET", f"/me/events/{row['id']}"), 404, "ErrorItemNotFound"
        )

    def test_single_events_have_neither(self):
        made = self.make(event())
        query = "$select=cancelledOccurrences"
        got = self.get(f"/me/events/{made['id']}?{query}")
        self.assertNotIn("cancelledOccurrences", got)
