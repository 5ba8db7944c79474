# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Events written and read back: members, times, versions, repetition."""

from .graphing import ANN, BOB, IMMUTABLE, PAT, EventCase, at, event, guest

MIDNIGHT = "The Event.Start property for an all-day event needs to be set to midnight."


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
            {"isReminderOn": "yes"},
            {"reminderMinutesBeforeStart": "15"},
            {"categories": "Red"},
            {"attendees": [{"type": "host", "emailAddress": {"address": BOB}}]},
            {"body": {"contentType": "rtf", "content": ""}},
            {"body": {"contentType": 1, "content": ""}},
            {"extensions": True},
            {"singleValueExtendedProperties": 1.5},
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

    def test_null_says_nothing(self):
        nothing = dict.fromkeys(
            (
                "isOnlineMeeting",
                "showAs",
                "sensitivity",
                "body",
                "categories",
                "attendees",
            )
        )
        made = self.make(event(guests=[BOB], categories=["A"]) | {"showAs": None})
        changed = self.patch(made["id"], nothing)
        for name in nothing:
            with self.subTest(name):
                self.assertEqual(made[name], changed[name])
        cleared = self.patch(made["id"], {"subject": None, "location": None})
        self.assertIsNone(cleared["subject"])
        self.assertEqual("", cleared["location"]["displayName"])

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

    def test_the_edges_of_the_calendar(self):
        early = at("0001-01-01T00:00", "Asia/Tokyo")
        self.refuse(event() | {"start": early}, "RequestBodyRead")
        made = self.make(event(start="9999-12-31T22:00", end="9999-12-31T23:00"))
        zone = 'outlook.timezone="Asia/Tokyo"'
        read = self.get(f"/me/events/{made['id']}", prefer=zone)
        self.assertEqual(made["start"], read["start"])

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
