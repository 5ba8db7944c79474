# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Settings, time zones, categories, and when people are free."""

from .graphing import BOB, GraphCase, at, event


class TestPeople(GraphCase):
    def test_mailbox_settings(self):
        settings = self.get("/me/mailboxSettings")
        self.assertEqual("Romance Standard Time", settings["timeZone"])
        self.ask("PATCH", "/me/mailboxSettings", {"timeZone": "Asia/Tokyo"})
        zone = self.get("/me/mailboxSettings/timeZone")
        self.assertEqual("Asia/Tokyo", zone["value"])
        answer = self.ask("PATCH", "/me/mailboxSettings", {"timeZone": "Mars"})
        self.refused(answer, 400, "TimeZoneNotSupportedException")
        answer = self.ask("PATCH", "/me/mailboxSettings", {"timeZone": 1})
        self.refused(answer, 400, "RequestBodyRead")

    def test_supported_time_zones(self):
        rows = self.get("/me/outlook/supportedTimeZones")["value"]
        windows = {row["alias"] for row in rows}
        self.assertIn("Romance Standard Time", windows)
        self.assertIn("UTC", windows)
        standard = "(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')"
        rows = self.get(f"/me/outlook/supportedTimeZones{standard}")["value"]
        iana = {row["alias"] for row in rows}
        self.assertIn("Europe/Brussels", iana)
        self.assertFalse({"EST", "MST", "HST"} & iana)

    def test_categories(self):
        path = "/me/outlook/masterCategories"
        self.assertEqual([], self.get(path)["value"])
        body = {"displayName": "Red", "color": "preset0"}
        made = self.ask("POST", path, body).json()
        again = self.ask("POST", path, {"displayName": "RED"})
        self.refused(again, 409, "CategoryNameDuplicate")
        self.refused(self.ask("POST", path, {}), 400, "RequestBodyRead")
        self.assertEqual("preset0", self.get(path)["value"][0]["color"])
        self.assertEqual(204, self.ask("DELETE", f"{path}/{made['id']}").status_code)
        answer = self.ask("DELETE", f"{path}/{made['id']}")
        self.refused(answer, 404, "ErrorItemNotFound")


class TestSchedule(GraphCase):
    def ask_schedule(self, *people, start="3T09:00", end="3T12:00", **parameters):
        body = {
            "Schedules": list(people),
            "StartTime": at(start),
            "EndTime": at(end),
            **parameters,
        }
        return self.ask("POST", "/me/calendar/getSchedule", body)

    def test_colleagues_show_when_not_what(self):
        self.make(event("Secret", "3T10:00", "3T10:30"), who=BOB)
        self.make(event("Trip", "3T11:00", "3T12:00", showAs="oof"), who=BOB)
        self.make(event("Gone", "3T09:00", "3T09:30", showAs="free"), who=BOB)
        row = self.ask_schedule(BOB).json()["value"][0]
        self.assertEqual("002033", row["availabilityView"])
        self.assertEqual(
            ["free", "busy", "oof"], [each["status"] for each in row["scheduleItems"]]
        )
        self.assertNotIn("subject", row["scheduleItems"][0])

    def test_the_own_entries_are_told(self):
        self.make(event("Dentist", sensitivity="private"))
        row = self.ask_schedule("ann@contoso.example").json()["value"][0]
        entry = row["scheduleItems"][0]
        self.assertEqual(("Dentist", True), (entry["subject"], entry["isPrivate"]))

    def test_strangers_are_no_failure(self):
        row = self.ask_schedule("pat@outlook.example").json()["value"][0]
        self.assertIn("error", row)
        self.assertNotIn("scheduleItems", row)

    def test_the_window_is_checked(self):
        answer = self.ask_schedule(BOB, end="2027-03-03T09:00")
        self.refused(answer, 400, "ErrorTimeIntervalTooBig")
        for parameters in (
            {"availabilityViewInterval": 4},
            {"schedules": BOB},
            {"start": "3T12:00", "end": "3T09:00"},
        ):
            with self.subTest(parameters):
                answer = self.ask_schedule(BOB, **parameters)
                self.refused(answer, 400, "ErrorInvalidParameter")
