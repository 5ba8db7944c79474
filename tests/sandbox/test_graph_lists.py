# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Lists of events and of calendars: pages, filters, order, selection, windows."""

from datetime import timedelta
from urllib.parse import quote

from .graphing import ANN, WINDOW, GraphCase, at, event


class ListCase(GraphCase):
    def subjects(self, path, **options):
        return [row["subject"] for row in self.get(path, **options)["value"]]

    def filtered(self, text, path="/me/events"):
        return self.subjects(f"{path}?$filter={quote(text)}")

    def refuse(self, query, code, path="/me/events"):
        answer = self.ask("GET", f"{path}?{query}")
        return self.refused(answer, 400, code)


class TestPages(ListCase):
    def setUp(self):
        super().setUp()
        for number in range(23):
            self.make(event(f"{number:02}", "3T10:00", f"3T10:{number:02}"))

    def test_a_page_has_ten_rows_by_default(self):
        for path in ("/me/events", f"/me/calendarView?{WINDOW}"):
            with self.subTest(path):
                seen, pages, link = [], 0, path
                while link:
                    body = self.get(link)
                    seen += [row["subject"] for row in body["value"]]
                    pages, link = pages + 1, body.get("@odata.nextLink")
                self.assertEqual(3, pages)
                self.assertEqual([f"{number:02}" for number in range(23)], seen)

    def test_the_link_keeps_the_query_and_counts_on(self):
        body = self.get("/me/events?$top=4&$select=subject&$skip=2")
        self.assertIn("$skip=6", body["@odata.nextLink"])
        self.assertIn("$select=subject", body["@odata.nextLink"])
        following = self.get(body["@odata.nextLink"])["value"]
        self.assertEqual("06", following[0]["subject"])
        self.assertNotIn("start", following[0])

    def test_the_page_size_may_be_preferred(self):
        body = self.get("/me/events", prefer="odata.maxpagesize=7")
        self.assertEqual(7, len(body["value"]))

    def test_the_last_page_has_no_link(self):
        self.assertNotIn("@odata.nextLink", self.get("/me/events?$top=1000"))
        self.assertNotIn("@odata.nextLink", self.get("/me/events?$top=23"))

    def test_rows_are_counted(self):
        self.assertEqual(23, self.get("/me/events?$count=true")["@odata.count"])
        self.assertEqual("23", self.ask("GET", "/me/events/$count").text)
        some = quote("subject lt '05'")
        answer = self.ask("GET", f"/me/calendar/events/$count?$filter={some}")
        self.assertEqual("5", answer.text)

    def test_bad_numbers_are_refused(self):
        for query in ("$top=0", "$top=ten", "$skip=-1"):
            with self.subTest(query):
                self.refuse(query, "BadRequest")


class TestFilters(ListCase):
    def setUp(self):
        super().setUp()
        self.first = self.make(
            event("Alpha", "3T10:00", "3T11:00", categories=["Red", "Blue"])
        )
        self.make(event("Beta's", "4T10:00", "4T11:00", importance="high"))
        self.make(
            event("Gamma", "5T00:00", "6T00:00", isAllDay=True, sensitivity="private")
        )

    def test_comparisons(self):
        uid = self.first["iCalUId"]
        for text, expected in (
            ("subject eq 'alpha'", ["Alpha"]),
            ("subject ne 'Alpha'", ["Beta's", "Gamma"]),
            ("subject eq 'Beta''s'", ["Beta's"]),
            ("startswith(subject,'Al')", ["Alpha"]),
            ("endsWith(subject,'ma')", ["Gamma"]),
            ("contains(subject,'et')", ["Beta's"]),
            (f"iCalUId eq '{uid}'", ["Alpha"]),
            ("isAllDay", ["Gamma"]),
            ("isAllDay eq false", ["Alpha", "Beta's"]),
            ("isCancelled eq true", []),
            ("importance eq 'high'", ["Beta's"]),
            ("sensitivity eq 'private'", ["Gamma"]),
            ("start/dateTime ge '2026-12-04T10:00:00'", ["Beta's", "Gamma"]),
            ("start/dateTime gt '2026-12-04T11:00:00+01:00'", ["Gamma"]),
            ("end/dateTime le '2026-12-03T11:00:00.0000000Z'", ["Alpha"]),
            ("createdDateTime lt 2020-01-01T00:00:00Z", []),
            ("lastModifiedDateTime ge 2020-01-01", ["Alpha", "Beta's", "Gamma"]),
            ("seriesMasterId eq null", ["Alpha", "Beta's", "Gamma"]),
            ("responseStatus/response eq 'none'", ["Alpha", "Beta's", "Gamma"]),
            ("organizer/emailAddress/address eq 'BOB@contoso.example'", []),
            ("categories/any(c:c eq 'blue')", ["Alpha"]),
        ):
            with self.subTest(text):
                self.assertEqual(expected, self.filtered(text))

    def test_logic(self):
        for text, expected in (
            ("subject eq 'Alpha' or importance eq 'high'", ["Alpha", "Beta's"]),
            ("not (subject eq 'Alpha') and not isAllDay", ["Beta's"]),
            ("subject eq 'Gamma' and (isAllDay or isOnlineMeeting)", ["Gamma"]),
            ("subject eq 'Alpha' or subject eq 'Gamma' and isOnlineMeeting", ["Alpha"]),
        ):
            with self.subTest(text):
                self.assertEqual(expected, self.filtered(text))

    def test_what_cannot_be_filtered_is_refused(self):
        for text, code in (
            ("attendees/any(a:a/type eq 'required')", "UnsupportedEntityExpression"),
            ("recurrence eq null", "UnsupportedEntityExpression"),
            ("uid eq '42'", "RequestBroker--ParseUri"),
            ("subject eq", "BadRequest"),
            ("subject eq 'Alpha", "BadRequest"),
            ("subject eq Alpha", "BadRequest"),
            ("(subject eq 'Alpha'", "BadRequest"),
            ("subject eq 'Alpha' subject", "BadRequest"),
            ("start/dateTime ge 'yesterday'", "BadRequest"),
            ("categories/any(c:d eq 'x')", "BadRequest"),
        ):
            with self.subTest(text):
                self.refuse(f"$filter={quote(text)}", code)

    def test_the_order_may_be_chosen(self):
        self.assertEqual(
            ["Gamma", "Beta's", "Alpha"],
            self.subjects("/me/events?$orderby=start/dateTime desc"),
        )
        self.assertEqual(
            ["Alpha", "Beta's", "Gamma"],
            self.subjects("/me/events?$orderby=createdDateTime"),
        )
        self.refuse("$orderby=showAs", "ErrorInvalidUrlQuery")
        self.refuse("$orderby=start/dateTime upwards", "BadRequest")

    def test_an_order_must_lead_the_filter(self):
        fits = quote("start/dateTime ge '2026-12-04T00:00:00' and isAllDay eq false")
        path = f"/me/events?$filter={fits}&$orderby=start/dateTime"
        self.assertEqual(["Beta's"], self.subjects(path))
        other = quote("subject eq 'Alpha'")
        self.refuse(f"$filter={other}&$orderby=start/dateTime", "InefficientFilter")

    def test_members_may_be_selected(self):
        row = self.get("/me/events?$select=subject,Start,organizer/emailAddress")[
            "value"
        ][0]
        self.assertEqual(
            {"@odata.etag", "id", "subject", "start", "organizer"}, set(row)
        )
        everything = self.get("/me/events?$select=*")["value"][0]
        self.assertIn("iCalUId", everything)
        self.refuse("$select=uid", "RequestBroker--ParseUri")

    def test_what_lists_do_not_have_is_refused(self):
        self.refuse("$search=x", "ErrorInvalidUrlQuery")
        self.refuse("$expand=instances", "ErrorInvalidUrlQuery")
        self.refuse("$wrong=1", "BadRequest")


class TestView(ListCase):
    def view(self, start, end, zone="", query=""):
        path = f"/me/calendarView?startDateTime={start}&endDateTime={end}{query}"
        prefer = f'outlook.timezone="{zone}"' if zone else ""
        return self.subjects(path, prefer=prefer)

    def test_a_window_is_needed(self):
        for query in ("", "startDateTime=2026-12-01", "endDateTime=2026-12-01"):
            with self.subTest(query):
                error = self.refuse(query, "ErrorInvalidRequest", "/me/calendarView")
                self.assertIn("requires a time window", error["message"])
        query = "startDateTime=soon&endDateTime=2026-12-01"
        self.refuse(query, "ErrorInvalidParameter", "/me/calendarView")

    def test_a_window_has_1825_days_at_most(self):
        query = "startDateTime=2021-12-01&endDateTime=2026-12-01"
        self.refuse(query, "ErrorInvalidRequest", "/me/calendarView")
        self.get("/me/calendarView?startDateTime=2021-12-02&endDateTime=2026-12-01")

    def test_everything_that_overlaps_comes_by_start(self):
        self.make(event("second", "3T10:00", "3T12:00"))
        self.make(event("first", "2T22:00", "3T00:30"))
        self.make(event("before", "2T22:00", "3T00:00"))
        self.make(event("after", "4T00:00", "4T01:00"))
        self.make(event("point", "3T00:00", "3T00:00"))
        found = self.view("2026-12-03T00:00:00", "2026-12-04T00:00:00")
        self.assertEqual(["first", "point", "second"], found)

    def test_offsets_count_and_the_preferred_zone_does_not(self):
        self.make(event("morning", "3T08:00", "3T09:00"))
        plus = quote("2026-12-03T10:00:00+01:00")
        self.assertEqual([], self.view(plus, "2026-12-04"))
        unescaped = "2026-12-03T09:59:00+01:00"
        self.assertEqual(["morning"], self.view(unescaped, "2026-12-04"))
        zone = "Pacific Standard Time"
        found = self.view("2026-12-03T08:30:00", "2026-12-03T12:00:00", zone)
        self.assertEqual(["morning"], found)

    def test_all_day_events_are_compared_as_midnights_of_utc(self):
        tokyo = "Asia/Tokyo"
        times = {"start": at("3", tokyo), "end": at("4", tokyo)}
        self.make({"subject": "holiday", "isAllDay": True, **times})
        start, end = (
            quote("2026-12-04T00:00:00+09:00"),
            quote("2026-12-05T00:00:00+09:00"),
        )
        self.assertEqual(["holiday"], self.view(start, end))

    def test_stamps_cannot_be_selected_and_join_urls_need_their_flag(self):
        window = f"/me/calendarView?{WINDOW}"
        self.make(event(isOnlineMeeting=True))
        answer = self.ask("GET", f"{window}&$select=createdDateTime")
        self.refused(answer, 400, "ErrorInvalidUrlQuery")
        row = self.get(f"{window}&$select=subject,onlineMeeting")["value"][0]
        self.assertIsNone(row["onlineMeeting"])
        row = self.get(f"{window}&$select=isOnlineMeeting,onlineMeeting")["value"][0]
        self.assertIn("joinUrl", row["onlineMeeting"])

    def test_another_calendar_is_looked_at_by_its_id(self):
        work = self.ask("POST", "/me/calendars", {"name": "Work"}).json()["id"]
        self.make(event("there"), path=f"/me/calendars/{work}/events")
        self.make(event("here"))
        path = f"/me/calendars/{work}/calendarView?{WINDOW}"
        self.assertEqual(["there"], self.subjects(path))
        self.assertEqual(["here"], self.subjects(f"/me/calendar/calendarView?{WINDOW}"))

    def test_masters_of_series_are_in_lists_alone(self):
        rule = {
            "pattern": {"type": "daily", "interval": 1},
            "range": {"type": "noEnd", "startDate": "2026-12-03"},
        }
        master = self.make(event("daily", recurrence=rule))
        self.assertEqual("seriesMaster", master["type"])
        self.assertEqual(["daily"], self.subjects("/me/events"))
        rows = self.get(f"/me/calendarView?{WINDOW}")["value"]
        self.assertEqual({"occurrence"}, {row["type"] for row in rows})


class TestCalendars(ListCase):
    def test_every_mailbox_has_a_default_and_a_read_only_calendar(self):
        rows = self.get("/me/calendars")["value"]
        self.assertEqual(
            [("Calendar", True, True), ("Birthdays", False, False)],
            [(r["name"], r["isDefaultCalendar"], r["canEdit"]) for r in rows],
        )
        self.assertEqual(ANN, rows[0]["owner"]["address"])
        self.assertEqual(rows[0]["id"], self.get("/me/calendar")["id"])

    def test_calendars_come_ten_at_a_time_and_by_name(self):
        for number in range(12):
            self.ask("POST", "/me/calendars", {"name": f"Team {number}"})
        body = self.get("/me/calendars")
        self.assertEqual(10, len(body["value"]))
        self.assertEqual(4, len(self.get(body["@odata.nextLink"])["value"]))
        name = quote("name eq 'team 7'")
        rows = self.get(f"/me/calendars?$filter={name}&$select=name")["value"]
        self.assertEqual([{"id", "name"}], [set(row) for row in rows])

    def test_a_calendar_is_made_renamed_and_deleted(self):
        made = self.ask("POST", "/me/calendars", {"name": "Work", "color": "lightRed"})
        self.assertEqual(201, made.status_code)
        place = made.json()
        path = f"/me/calendars/{place['id']}"
        renamed = self.ask("PATCH", path, {"name": "Office"}).json()
        self.assertEqual(("Office", "lightRed"), (renamed["name"], renamed["color"]))
        self.assertNotEqual(place["changeKey"], renamed["changeKey"])
        inside = self.make(path=f"{path}/events")
        self.assertEqual(204, self.ask("DELETE", path).status_code)
        self.refused(self.ask("GET", path), 404, "ErrorItemNotFound")
        answer = self.ask("GET", f"/me/events/{inside['id']}")
        self.refused(answer, 404, "ErrorItemNotFound")

    def test_what_calendars_do_not_allow(self):
        taken = self.ask("POST", "/me/calendars", {"name": "calendar"})
        self.refused(taken, 409, "ErrorFolderExists")
        self.refused(self.ask("POST", "/me/calendars", {}), 400, "RequestBodyRead")
        self.refused(self.ask("DELETE", "/me/calendar"), 400, "ErrorInvalidRequest")
        birthdays = f"/me/calendars/{self.calendar_id('Birthdays')}"
        answer = self.ask("PATCH", birthdays, {"name": "x"})
        self.refused(answer, 403, "ErrorAccessDenied")
        answer = self.ask("POST", f"{birthdays}/events", event())
        self.refused(answer, 403, "ErrorAccessDenied")

    def test_groups(self):
        groups = self.get("/me/calendarGroups")["value"]
        self.assertEqual(
            ["My Calendars", "Other Calendars"], [row["name"] for row in groups]
        )
        made = self.ask("POST", "/me/calendarGroups", {"name": "Teams"}).json()
        path = f"/me/calendarGroups/{made['id']}"
        self.assertEqual("Teams", self.get(path)["name"])
        place = self.ask("POST", f"{path}/calendars", {"name": "Red"}).json()
        rows = self.get(f"{path}/calendars")["value"]
        self.assertEqual(["Red"], [row["name"] for row in rows])
        self.refused(self.ask("DELETE", path), 400, "ErrorInvalidRequest")
        self.ask("DELETE", f"/me/calendars/{place['id']}")
        self.assertEqual(204, self.ask("DELETE", path).status_code)
        self.refused(self.ask("GET", path), 404, "ErrorItemNotFound")

    def test_birthdays_are_read(self):
        place = self.calendar_id("Birthdays")
        self.sandbox.exchange.load_seed(
            {
                ANN: {
                    "events": [
                        {"subject": "B", "day": 1, "days": 1, "calendar": "Birthdays"}
                    ]
                }
            }
        )
        row = self.get(f"/me/calendars/{place}/events")["value"][0]
        tomorrow = self.sandbox.clock.now() + timedelta(days=1)
        self.assertIn(f"{tomorrow:%Y-%m-}", row["start"]["dateTime"])
        answer = self.ask("PATCH", f"/me/events/{row['id']}", {"subject": "x"})
        self.refused(answer, 403, "ErrorAccessDenied")
