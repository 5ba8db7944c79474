# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Events written and read back: members, times, bodies, versions, repetition."""

from urllib.parse import quote

from .graphing import ANN, BOB, IMMUTABLE, PAT, WINDOW, GraphCase, at, event, guest

MIDNIGHT = "The Event.Start property for an all-day event needs to be set to midnight."


class EventCase(GraphCase):
    def refuse(self, body, code, status=400):
        """Check that a create with this body is refused; return the error."""
        return self.refused(self.ask("POST", "/me/events", body), status, code)

    def refuse_change(self, made, changes, code):
        answer = self.ask("PATCH", f"/me/events/{made['id']}", changes)
        error = self.refused(answer, 400, code)
        kept = self.get(f"/me/events/{made['id']}")
        self.assertEqual(made["@odata.etag"], kept["@odata.etag"])
        return error


class TestCreate(EventCase):
    def test_the_answer_is_complete(self):
        answer = self.ask("POST", "/me/events", event())
        made = answer.json()
        self.assertEqual(201, answer.status_code)
        self.assertIn(made["id"], answer.headers["Location"])
        self.assertEqual(answer.headers["ETag"], made["@odata.etag"])
        self.assertEqual(f'W/"{made["changeKey"]}"', made["@odata.etag"])
        self.assertTrue(made["iCalUId"].startswith("040000008200E00074C5B7101A82E008"))
        self.assertEqual(112, len(made["iCalUId"]))
        self.assertEqual(ANN, made["organizer"]["emailAddress"]["address"])
        expected = {
            "type": "singleInstance",
            "isOrganizer": True,
            "showAs": "busy",
            "sensitivity": "normal",
            "importance": "normal",
            "isReminderOn": True,
            "reminderMinutesBeforeStart": 15,
            "isDraft": False,
            "isCancelled": False,
            "isAllDay": False,
            "categories": [],
            "attendees": [],
            "locations": [],
            "bodyPreview": "",
            "seriesMasterId": None,
            "recurrence": None,
            "onlineMeeting": None,
            "onlineMeetingProvider": "unknown",
            "transactionId": None,
            "responseStatus": {"response": "none", "time": "0001-01-01T00:00:00Z"},
        }
        self.assertEqual(expected, {name: made[name] for name in expected})
        self.assertIn("/owa/?itemid=", made["webLink"])

    def test_an_event_read_names_its_calendar(self):
        made = self.make()
        read = self.get(f"/me/events/{made['id']}")
        link = read.pop("calendar@odata.navigationLink")
        self.assertIn(self.calendar_id(), link)
        del read["calendar@odata.associationLink"]
        self.assertEqual(made, read)

    def test_what_a_personal_account_has_otherwise(self):
        made = self.make(event(isOnlineMeeting=True), who=PAT)
        self.assertIn("outlook.live.com", made["webLink"])
        self.assertFalse(made["isOnlineMeeting"])
        self.assertEqual("unknown", made["onlineMeetingProvider"])

    def test_unknown_members_and_values_are_refused(self):
        error = self.refuse(event(colour="red"), "RequestBodyRead")
        self.assertIn("'colour'", error["message"])
        for members in (
            {"subject": 5},
            {"showAs": "away"},
            {"sensitivity": None},
            {"isReminderOn": "yes"},
            {"reminderMinutesBeforeStart": "15"},
            {"categories": "Red"},
            {"attendees": [{"type": "host", "emailAddress": {"address": BOB}}]},
            {"body": {"contentType": "rtf", "content": ""}},
            {"start": "2026-12-03"},
            {"start": {"dateTime": "2026-13-03T00:00:00", "timeZone": "UTC"}},
        ):
            with self.subTest(members):
                self.refuse({**event(), **members}, "RequestBodyRead")

    def test_annotations_and_read_only_members_are_ignored(self):
        made = self.make(
            event(
                **{"@odata.type": "#microsoft.graph.event"},
                iCalUId="mine",
                isCancelled=True,
                organizer=guest(BOB),
            )
        )
        self.assertNotEqual("mine", made["iCalUId"])
        self.assertFalse(made["isCancelled"])
        self.assertEqual(ANN, made["organizer"]["emailAddress"]["address"])

    def test_both_times_are_needed_in_their_order(self):
        self.refuse({"subject": "x"}, "ErrorPropertyValidationFailure")
        self.refuse({"start": at("3T10:00")}, "ErrorPropertyValidationFailure")
        backwards = event(start="3T11:00", end="3T10:59")
        self.refuse(backwards, "ErrorPropertyValidationFailure")
        self.make(event(start="3T11:00", end="3T11:00"))

    def test_a_zone_is_needed(self):
        naked = {"dateTime": "2026-12-03T10:00:00"}
        error = self.refuse(event() | {"start": naked}, "TimeZoneNotSupportedException")
        self.assertIn("''", error["message"])
        made = self.make()
        self.refuse_change(made, {"start": naked}, "TimeZoneNotSupportedException")

    def test_attendees_have_addresses_and_a_limit(self):
        nobody = {"emailAddress": {"name": "Nobody"}}
        self.refuse(event(attendees=[nobody]), "ErrorInvalidRecipients")
        crowd = [guest(f"g{number}@partner.example") for number in range(501)]
        self.refuse(event(attendees=crowd), "ErrorInvalidRequest")
        self.make(event(attendees=crowd[:500]))

    def test_dates_long_ago_and_far_ahead(self):
        for date in ("0001-01-01", "1912-06-23", "2199-12-31", "9999-12-30"):
            with self.subTest(date):
                made = self.make(event(start=f"{date}T10:00", end=f"{date}T11:00"))
                self.assertEqual(f"{date}T10:00:00.0000000", made["start"]["dateTime"])
                zone = 'outlook.timezone="Asia/Tokyo"'
                self.get(f"/me/events/{made['id']}", prefer=zone)


class TestTimes(EventCase):
    def test_a_wall_time_is_read_in_its_zone(self):
        for zone in ("Romance Standard Time", "Europe/Brussels"):
            with self.subTest(zone):
                made = self.make(
                    event() | {"start": at("3T10:00", zone), "end": at("3T11:00", zone)}
                )
                self.assertIn("T09:00:00.0000000", made["start"]["dateTime"])
                self.assertEqual(zone, made["originalStartTimeZone"])

    def test_an_instant_is_honoured(self):
        start = {"dateTime": "2026-12-03T10:00:00Z", "timeZone": "Asia/Tokyo"}
        end = {"dateTime": "2026-12-03T20:00:00.1234567+09:00", "timeZone": "UTC"}
        made = self.make(event() | {"start": start, "end": end})
        self.assertEqual("2026-12-03T10:00:00.0000000", made["start"]["dateTime"])
        self.assertEqual("2026-12-03T11:00:00.1234560", made["end"]["dateTime"])
        self.assertEqual("Asia/Tokyo", made["originalStartTimeZone"])

    def test_start_and_end_may_have_different_zones(self):
        made = self.make(
            event()
            | {
                "start": at("3T10:00", "Europe/Brussels"),
                "end": at("3T12:00", "America/New_York"),
            }
        )
        self.assertEqual("2026-12-03T17:00:00.0000000", made["end"]["dateTime"])
        self.assertEqual("America/New_York", made["originalEndTimeZone"])

    def test_all_day_events_float(self):
        tokyo = "Asia/Tokyo"
        times = {"start": at("25", tokyo), "end": at("27", tokyo)}
        made = self.make({"subject": "Closed", "isAllDay": True, **times})
        for prefer, zone in (("", "UTC"), ("America/New_York", "America/New_York")):
            with self.subTest(zone):
                prefer = prefer and f'outlook.timezone="{prefer}"'
                read = self.get(f"/me/events/{made['id']}", prefer=prefer)
                self.assertEqual(
                    {"dateTime": "2026-12-25T00:00:00.0000000", "timeZone": zone},
                    read["start"],
                )
                self.assertIn("2026-12-27T00:00:00", read["end"]["dateTime"])
        self.assertEqual(tokyo, made["originalStartTimeZone"])
        self.assertFalse(made["isReminderOn"])

    def test_all_day_events_begin_and_end_at_midnight(self):
        body = {"isAllDay": True, "end": at("4")}
        error = self.refuse(body | {"start": at("3T10:00")}, "ErrorInvalidRequest")
        self.assertEqual(MIDNIGHT, error["message"])
        instant = {"dateTime": "2026-12-02T23:00:00Z", "timeZone": "Europe/Brussels"}
        self.make(
            {
                "subject": "x",
                "isAllDay": True,
                "start": instant,
                "end": at("4", "Europe/Brussels"),
            }
        )
        mixed = {"start": at("3", "Asia/Tokyo"), "end": at("4", "UTC")}
        self.refuse({"isAllDay": True, **mixed}, "ErrorInvalidRequest")
        same = {"start": at("3"), "end": at("3"), "isAllDay": True}
        self.refuse(same, "ErrorPropertyValidationFailure")

    def test_a_lone_flag_is_refused(self):
        made = self.make()
        error = self.refuse_change(made, {"isAllDay": True}, "ErrorInvalidRequest")
        self.assertEqual("Missing parameters: Event.Start", error["message"])

    def test_times_become_days_and_back(self):
        made = self.make()
        days = {"isAllDay": True, "start": at("3"), "end": at("5")}
        self.assertTrue(self.patch(made["id"], days)["isAllDay"])
        self.refuse_change(
            self.get(f"/me/events/{made['id']}"),
            {"start": at("3T10:00"), "end": at("3T11:00")},
            "ErrorInvalidRequest",
        )
        times = {"isAllDay": False, "start": at("3T10:00"), "end": at("3T11:00")}
        changed = self.patch(made["id"], times)
        self.assertEqual("2026-12-03T10:00:00.0000000", changed["start"]["dateTime"])

    def test_a_new_start_alone_keeps_the_end(self):
        made = self.make(event(start="3T10:00", end="3T11:00"))
        changed = self.patch(made["id"], {"start": at("3T10:30")})
        self.assertEqual(made["end"], changed["end"])
        self.refuse_change(
            changed, {"start": at("3T11:30")}, "ErrorPropertyValidationFailure"
        )


class TestContent(EventCase):
    def body(self, content, kind="html"):
        made = self.make(event(body={"contentType": kind, "content": content}))
        return made["body"]["content"], made["bodyPreview"]

    def test_bodies_become_documents(self):
        content, preview = self.body("1 < 2\nand so on", "text")
        self.assertTrue(content.startswith("<html><head><meta http-equiv"))
        self.assertIn("<body>1 &lt; 2<br>\r\nand so on</body>", content)
        self.assertEqual("1 < 2\nand so on", preview)
        content, _preview = self.body("<p>Hello <b>you</b></p>")
        self.assertIn("<body><p>Hello <b>you</b></p></body></html>", content)
        self.assertEqual(("", ""), self.body(""))

    def test_a_document_read_and_written_stays_as_it_is(self):
        first, _preview = self.body("<div><div>In</div></div><p>deep</p>tail &amp; end")
        self.assertEqual(first, self.body(first)[0])
        lone, _preview = self.body("<div>only</div>")
        self.assertEqual(lone, self.body(lone)[0])

    def test_what_could_run_is_dropped(self):
        content, preview = self.body(
            '<p onclick="evil()">Hi</p><script>evil()</script><!-- c -->'
            '<a href="javascript:evil()">x</a><iframe src="http://e"></iframe>'
        )
        self.assertIn("<p>Hi</p><a>x</a>", content)
        for trace in ("evil", "script", "iframe", "<!--"):
            self.assertNotIn(trace, content)
        self.assertEqual("Hi\nx", preview)

    def test_odd_texts_do_no_harm(self):
        for content in ("\x00\x01", "<?xml version='1.0' encoding='utf-8'?><p>x", "<"):
            with self.subTest(content):
                self.body(content)

    def test_location_and_locations_mirror_each_other(self):
        made = self.make(event(location={"displayName": "Ghent"}))
        self.assertEqual([made["location"]], made["locations"])
        self.assertEqual("private", made["location"]["uniqueIdType"])
        two = [{"displayName": "Ghent"}, {"displayName": "Lyon"}]
        changed = self.patch(made["id"], {"locations": two})
        self.assertEqual("Ghent; Lyon", changed["location"]["displayName"])
        replaced = self.patch(made["id"], {"location": {"displayName": "Oslo"}})
        self.assertEqual(
            ["Oslo"], [row["displayName"] for row in replaced["locations"]]
        )
        emptied = self.patch(made["id"], {"location": {"displayName": ""}})
        self.assertEqual([], emptied["locations"])
        self.assertEqual("", emptied["location"]["displayName"])
        self.assertEqual("unknown", emptied["location"]["uniqueIdType"])

    def test_a_teams_meeting_comes_with_its_block(self):
        body = {"contentType": "html", "content": "<p>Agenda</p>"}
        made = self.make(event(body=body, isOnlineMeeting=True))
        url = made["onlineMeeting"]["joinUrl"]
        self.assertTrue(url.startswith("https://teams.microsoft.com/l/meetup-join/"))
        self.assertEqual("teamsForBusiness", made["onlineMeetingProvider"])
        content = made["body"]["content"]
        self.assertEqual(2, content.count("_" * 80))
        self.assertIn("<p>Agenda</p>", content)
        kept = content.replace("Agenda", "Other")
        body = {"contentType": "html", "content": kept}
        changed = self.patch(made["id"], {"body": body, "isOnlineMeeting": False})
        self.assertTrue(changed["isOnlineMeeting"])
        self.assertEqual(url, changed["onlineMeeting"]["joinUrl"])

    def test_a_body_without_the_block_ends_the_teams_meeting(self):
        made = self.make(event(isOnlineMeeting=True))
        body = {"contentType": "text", "content": "nothing left"}
        changed = self.patch(made["id"], {"body": body})
        self.assertFalse(changed["isOnlineMeeting"])
        self.assertIsNone(changed["onlineMeeting"])

    def test_where_there_is_no_teams_nothing_is_said(self):
        self.ask("POST", "/me/calendars", {"name": "Work"})
        path = f"/me/calendars/{self.calendar_id('Work')}/events"
        teams = {"isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness"}
        self.assertFalse(self.make(event(**teams), path)["isOnlineMeeting"])
        skype = event(isOnlineMeeting=True, onlineMeetingProvider="skypeForBusiness")
        self.assertFalse(self.make(skype)["isOnlineMeeting"])

    def test_a_teams_meeting_is_added_later_and_may_be_slow(self):
        made = self.make()
        changed = self.patch(made["id"], {"isOnlineMeeting": True})
        self.assertIn("joinUrl", changed["onlineMeeting"])
        self.switch("late_join_url")
        slow = self.make(event(isOnlineMeeting=True))
        self.assertIsNone(slow["onlineMeeting"])
        self.assertIn("joinUrl", self.get(f"/me/events/{slow['id']}")["onlineMeeting"])

    def test_lists_are_replaced_and_the_rest_is_merged(self):
        made = self.make(
            event(categories=["A", "B", "A"], reminderMinutesBeforeStart=5)
        )
        self.assertEqual(["A", "B"], made["categories"])
        changed = self.patch(made["id"], {"categories": ["C"], "subject": None})
        self.assertEqual(["C"], changed["categories"])
        self.assertIsNone(changed["subject"])
        self.assertEqual(5, changed["reminderMinutesBeforeStart"])
        self.assertEqual(made["start"], changed["start"])


class TestVersions(EventCase):
    def test_every_write_makes_a_new_version(self):
        made = self.make()
        changed = self.patch(made["id"], {"subject": "Review"})
        self.assertNotEqual(made["@odata.etag"], changed["@odata.etag"])
        self.assertLess(made["lastModifiedDateTime"], changed["lastModifiedDateTime"])
        self.assertEqual(made["createdDateTime"], changed["createdDateTime"])

    def test_an_older_version_is_not_written_upon(self):
        made = self.make()
        path, old = f"/me/events/{made['id']}", made["@odata.etag"]
        self.patch(made["id"], {"subject": "New"}, If_Match=old)
        for method in ("PATCH", "DELETE"):
            with self.subTest(method):
                answer = self.ask(method, path, {"subject": "x"}, If_Match=old)
                self.refused(answer, 412, "ErrorIrresolvableConflict")
        self.patch(made["id"], {"subject": "Newer"}, If_Match="*")
        self.assertEqual("Newer", self.get(path)["subject"])

    def test_a_dismissed_reminder_is_a_new_version(self):
        made = self.make()
        answer = self.act(made["id"], "dismissReminder", 200)
        self.assertEqual(b"", answer.content)
        again = self.get(f"/me/events/{made['id']}")
        self.assertNotEqual(made["changeKey"], again["changeKey"])
        later = at("3T10:05")
        self.act(made["id"], "snoozeReminder", 200, NewReminderTime=later)

    def test_a_write_right_after_the_create_may_be_refused(self):
        self.sandbox.faults.add("conflict_after_create", times=2)
        made = self.make()
        path = f"/me/events/{made['id']}"
        answer = self.ask("PATCH", path, {"subject": "x"})
        self.refused(answer, 409, "ErrorIrresolvableConflict")
        extension = {"extensionName": "com.example.a", "n": 1}
        answer = self.ask("POST", f"{path}/extensions", extension)
        self.refused(answer, 409, "ErrorIrresolvableConflict")
        self.patch(made["id"], {"subject": "x"})

    def test_a_deleted_event_is_gone(self):
        made = self.make()
        self.delete(made["id"])
        for method in ("GET", "DELETE", "PATCH"):
            with self.subTest(method):
                answer = self.ask(method, f"/me/events/{made['id']}", {})
                self.refused(answer, 404, "ErrorItemNotFound")
        made = self.make()
        answer = self.act(made["id"], "permanentDelete", 204)
        self.assertEqual(b"", answer.content)
        self.assertEqual([], self.get("/me/events")["value"])


class TestTransactions(EventCase):
    def test_the_same_request_gives_the_same_event(self):
        body = event(guests=[BOB], transactionId="t-1")
        made, again = self.make(body), self.make(body)
        self.assertEqual(made["id"], again["id"])
        self.assertEqual("t-1", again["transactionId"])
        self.assertEqual([(BOB, "invitation", "created")], self.mails())
        self.assertEqual(1, len(self.get("/me/events")["value"]))

    def test_another_event_is_refused_by_name(self):
        made = self.make(event(transactionId="t-1"))
        other = event("Other", transactionId="t-1")
        error = self.refuse(other, "ErrorDuplicateTransactionId")
        self.assertEqual(made["id"], error["@event.existingEventId"])
        answer = self.ask("POST", "/me/events", other, prefer=IMMUTABLE)
        error = self.refused(answer, 400, "ErrorDuplicateTransactionId")
        self.get(f"/me/events/{error['@event.existingEventId']}", prefer=IMMUTABLE)

    def test_ids_are_per_mailbox_and_set_once(self):
        made = self.make(event(transactionId="t-1"))
        self.make(event(transactionId="t-1"), who=BOB)
        changed = self.patch(made["id"], {"transactionId": "t-2"})
        self.assertEqual("t-1", changed["transactionId"])

    def test_after_a_lost_answer_nothing_is_made_twice(self):
        body = event(transactionId="t-1")
        self.sandbox.faults.add("lost_answer", method="POST")
        with self.assertRaises(OSError):
            self.ask("POST", "/me/events", body)
        self.make(body)
        self.assertEqual(1, len(self.get("/me/events")["value"]))


class TestSeries(EventCase):
    def rule(self, span=None, **pattern):
        given = {"type": "weekly", "interval": 1, "daysOfWeek": ["thursday"]}
        span = span or {"type": "noEnd", "startDate": "2026-12-03"}
        return {"pattern": {**given, **pattern}, "range": span}

    def test_the_answer_has_every_member(self):
        zone = "Romance Standard Time"
        times = {"start": at("3T10:00", zone), "end": at("3T11:00", zone)}
        made = self.make(event(recurrence=self.rule()) | times)
        self.assertEqual("seriesMaster", made["type"])
        self.assertEqual(
            {
                "pattern": {
                    "type": "weekly",
                    "interval": 1,
                    "month": 0,
                    "dayOfMonth": 0,
                    "daysOfWeek": ["thursday"],
                    "firstDayOfWeek": "sunday",
                    "index": "first",
                },
                "range": {
                    "type": "noEnd",
                    "startDate": "2026-12-03",
                    "endDate": "0001-01-01",
                    "recurrenceTimeZone": zone,
                    "numberOfOccurrences": 0,
                },
            },
            made["recurrence"],
        )

    def test_rules_that_do_not_fit_are_refused(self):
        end = {"type": "endDate", "startDate": "2026-12-03"}
        for name, rule in (
            ("no days", self.rule(daysOfWeek=[])),
            ("bad day", self.rule(daysOfWeek=["someday"])),
            ("no interval", self.rule(interval=0)),
            ("unused, illegal", self.rule(month=13)),
            ("no month", self.rule(type="absoluteYearly", dayOfMonth=3)),
            ("unknown type", self.rule(type="hourly")),
            ("another start", self.rule({"type": "noEnd", "startDate": "2026-12-04"})),
            ("no end", self.rule(end)),
            ("an early end", self.rule({**end, "endDate": "2026-12-02"})),
            ("no number", self.rule({**end, "type": "numbered"})),
            (
                "another zone",
                self.rule(
                    {
                        "type": "noEnd",
                        "startDate": "2026-12-03",
                        "recurrenceTimeZone": "Asia/Tokyo",
                    }
                ),
            ),
            ("no range", {"pattern": {"type": "daily", "interval": 1}}),
            ("no rule", "weekly"),
        ):
            with self.subTest(name):
                self.refuse(event(recurrence=rule), "ErrorPropertyValidationFailure")

    def test_a_series_keeps_its_zone(self):
        brussels = "Europe/Brussels"
        times = {"start": at("3T10:00", brussels), "end": at("3T11:00", brussels)}
        made = self.make(event(recurrence=self.rule()) | times)
        moved = {
            "start": at("3T18:00", "Asia/Tokyo"),
            "end": at("3T19:00", "Asia/Tokyo"),
        }
        self.refuse_change(made, moved, "ErrorPropertyValidationFailure")
        romance = "Romance Standard Time"
        same = {"start": at("3T12:00", romance), "end": at("3T13:00", romance)}
        self.patch(made["id"], same)

    def test_a_rule_comes_and_goes(self):
        made = self.make()
        series = self.patch(made["id"], {"recurrence": self.rule()})
        self.assertEqual("seriesMaster", series["type"])
        single = self.patch(made["id"], {"recurrence": None})
        self.assertEqual(
            ("singleInstance", None), (single["type"], single["recurrence"])
        )
        self.assertEqual(made["start"], single["start"])

    def test_cancelled_occurrences_are_told_of_a_single_master(self):
        made = self.make(event(recurrence=self.rule()))
        path = f"/me/events/{made['id']}?$select=cancelledOccurrences"
        self.assertEqual([], self.get(path)["cancelledOccurrences"])
        row = self.get("/me/events?$select=cancelledOccurrences")["value"][0]
        self.assertNotIn("cancelledOccurrences", row)


class TestExtensions(EventCase):
    NAME = "com.example.sync"
    PROPERTY = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name OdooId"

    def inline(self, **members):
        kind = "microsoft.graph.openTypeExtension"
        return {"@odata.type": kind, "extensionName": self.NAME, **members}

    def expand(self, made, text):
        return self.get(f"/me/events/{made['id']}?$expand={quote(text)}")

    def test_open_extensions_come_and_go(self):
        made = self.make(event(extensions=[self.inline(odoo=42, note="x")]))
        self.assertNotIn("extensions", made)
        path = f"/me/events/{made['id']}/extensions"
        full = f"Microsoft.OutlookServices.OpenTypeExtension.{self.NAME}"
        rows = self.get(path)["value"]
        self.assertEqual([(full, 42)], [(row["id"], row["odoo"]) for row in rows])
        changed = self.ask("PATCH", f"{path}/{full}", {"odoo": 43, "note": None}).json()
        self.assertEqual((43, "x"), (changed["odoo"], changed["note"]))
        other = {"extensionName": "com.example.b", "n": 1}
        self.assertEqual(201, self.ask("POST", path, other).status_code)
        self.assertEqual(1, self.get(f"{path}/com.example.b")["n"])
        self.assertEqual(204, self.ask("DELETE", f"{path}/{self.NAME}").status_code)
        for method in ("GET", "DELETE", "PATCH"):
            with self.subTest(method):
                answer = self.ask(method, f"{path}/{self.NAME}", {})
                self.refused(answer, 404, "ErrorItemNotFound")
        self.refused(self.ask("POST", path, {}), 400, "ErrorInvalidParameter")

    def test_open_extensions_are_expanded_by_name(self):
        other = {"extensionName": "com.example.b"}
        made = self.make(event(extensions=[self.inline(odoo=42), other]))
        self.assertEqual(2, len(self.expand(made, "extensions")["extensions"]))
        text = f"extensions($filter=id eq '{self.NAME}')"
        rows = self.expand(made, text)["extensions"]
        self.assertEqual([42], [row["odoo"] for row in rows])
        self.assertEqual(
            [], self.expand(made, "extensions($filter=id eq 'x')")["extensions"]
        )

    def stamped(self, value="42", **members):
        rows = [{"id": self.PROPERTY, "value": value}]
        return event(singleValueExtendedProperties=rows, **members)

    def test_single_value_properties_are_read_by_name(self):
        made = self.make(self.stamped())
        self.assertNotIn("singleValueExtendedProperties", made)
        text = f"singleValueExtendedProperties($filter=id eq '{self.PROPERTY}')"
        rows = self.expand(made, text)["singleValueExtendedProperties"]
        self.assertEqual([{"id": self.PROPERTY, "value": "42"}], rows)
        listed = self.get(f"/me/events?$expand={quote(text)}&$select=subject")["value"]
        self.assertEqual(rows, listed[0]["singleValueExtendedProperties"])
        other = text.replace("OdooId", "odooid")
        self.assertNotIn("singleValueExtendedProperties", self.expand(made, other))
        answer = self.ask("GET", "/me/events?$expand=singleValueExtendedProperties")
        self.refused(answer, 400, "ErrorInvalidUrlQuery")

    def test_single_value_properties_are_searched(self):
        made = self.make(self.stamped("Abc-1"))
        self.make(self.stamped("7"))
        self.make()
        for test, expected in (
            ("ep/value eq 'ABC-1'", 1),
            ("startswith(ep/value, 'abc')", 1),
            ("ep/value ne 'Abc-1'", 1),
            ("ep/value gt 5", 1),
            ("ep/value eq 'zzz'", 0),
        ):
            with self.subTest(test):
                text = (
                    f"singleValueExtendedProperties/Any(ep: ep/id eq '{self.PROPERTY}' "
                    f"and {test})"
                )
                rows = self.get(f"/me/events?$filter={quote(text)}")["value"]
                self.assertEqual(expected, len(rows))
        changed = self.stamped("Abc-2")["singleValueExtendedProperties"]
        self.patch(made["id"], {"singleValueExtendedProperties": changed})
        text = (
            f"singleValueExtendedProperties/any(ep: ep/id eq '{self.PROPERTY.upper()}'"
            " and ep/value eq 'Abc-2')"
        )
        name = text.replace("NAME ODOOID", "Name OdooId").replace("STRING", "String")
        rows = self.get(f"/me/events?$filter={quote(name)}")["value"]
        self.assertEqual([made["id"]], [row["id"] for row in rows])

    def test_bad_properties_are_refused(self):
        for rows, code in (
            ([{"id": "OdooId", "value": "1"}], "ErrorInvalidProperty"),
            ([{"value": "1"}], "RequestBodyRead"),
        ):
            with self.subTest(code):
                self.refuse(event(singleValueExtendedProperties=rows), code)
        self.refuse(event(extensions=[{}]), "ErrorInvalidParameter")
        self.assertEqual([], self.get(f"/me/calendarView?{WINDOW}")["value"])

    def test_there_are_no_attachments(self):
        made = self.make()
        self.assertEqual([], self.get(f"/me/events/{made['id']}/attachments")["value"])
        self.assertEqual([], self.expand(made, "attachments")["attachments"])
