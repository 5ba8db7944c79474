# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What every request and answer has in common."""

from .browsing import TENANT
from .graphing import ANN, BOB, IMMUTABLE, PAT, WINDOW, GraphCase, at, event

UNKNOWN = "AAMkAGI" + "x" * 140 + "qAAA="


class TestAnswers(GraphCase):
    def test_every_answer_has_request_ids(self):
        answer = self.ask("GET", "/me", client_request_id="mine")
        self.assertEqual("mine", answer.headers["client-request-id"])
        self.assertNotEqual("mine", answer.headers["request-id"])
        plain = self.ask("GET", "/me")
        self.assertEqual(
            plain.headers["request-id"], plain.headers["client-request-id"]
        )
        self.assertIn("x-ms-ags-diagnostic", plain.headers)

    def test_a_refusal_has_the_envelope(self):
        answer = self.ask("GET", f"/me/events/{UNKNOWN}")
        error = self.refused(answer, 404, "ErrorItemNotFound")
        self.assertEqual(
            "The specified object was not found in the store.", error["message"]
        )

    def test_an_id_of_another_shape_is_malformed(self):
        answer = self.ask("GET", "/me/events/42")
        self.refused(answer, 400, "ErrorInvalidIdMalformed")

    def test_unknown_addresses_and_methods_are_refused(self):
        self.refused(self.ask("GET", "/me/nothing"), 400, "BadRequest")
        self.refused(self.ask("PUT", "/me/events"), 405, "UnsupportedMethod")

    def test_without_a_token_nothing_is_told(self):
        for path in ("/me", "/me/events", "/nothing", "/users/ann@contoso.example"):
            with self.subTest(path):
                answer = self.ask("GET", path, Authorization="")
                self.refused(answer, 401, "InvalidAuthenticationToken")
                self.assertIn("Bearer", answer.headers["WWW-Authenticate"])

    def test_reading_rights_do_not_write(self):
        read = {"Authorization": self.bearer(ANN, ("Calendars.Read",))}
        self.get("/me/events", **read)
        made = self.make()
        for method, path, body in (
            ("POST", "/me/events", event()),
            ("PATCH", f"/me/events/{made['id']}", {"subject": "x"}),
            ("DELETE", f"/me/events/{made['id']}", None),
            ("GET", "/me", None),
        ):
            with self.subTest(method):
                answer = self.ask(method, path, body, **read)
                self.refused(answer, 403, "ErrorAccessDenied")


class TestMailboxes(GraphCase):
    def test_users_and_me_are_the_same_mailbox(self):
        made = self.make()
        for key in (ANN, ANN.upper(), "ann.archer@contoso.example", self.person().id):
            with self.subTest(key):
                rows = self.get(f"/users/{key}/events")["value"]
                self.assertEqual([made["id"]], [row["id"] for row in rows])

    def test_other_mailboxes_are_closed(self):
        path = f"/users/{BOB}/calendarView?{WINDOW}"
        self.refused(self.ask("GET", path), 403, "ErrorAccessDenied")
        shared = {"Authorization": self.bearer(ANN, ("Calendars.ReadWrite.Shared",))}
        self.refused(self.ask("GET", path, **shared), 404, "ErrorItemNotFound")

    def test_nobody_and_nobody_with_a_mailbox(self):
        answer = self.ask("GET", "/users/nobody@contoso.example/events")
        self.refused(answer, 404, "ErrorInvalidUser")
        answer = self.ask("GET", "/me/events", who="dan@contoso.example")
        self.refused(answer, 404, "MailboxNotEnabledForRESTAPI")

    def test_an_application_has_no_me_but_every_mailbox(self):
        self.make()
        token = self.sandbox.tokens.issue(
            None, self.app, ["Calendars.ReadWrite"], TENANT
        )[0]
        app = {"Authorization": f"Bearer {token}"}
        self.refused(self.ask("GET", "/me/events", **app), 400, "BadRequest")
        self.assertEqual(1, len(self.get(f"/users/{ANN}/events", **app)["value"]))

    def test_profiles_of_others_need_their_own_scope(self):
        self.assertEqual(ANN, self.get(f"/users/{ANN}")["userPrincipalName"])
        answer = self.ask("GET", f"/users/{BOB}")
        self.refused(answer, 403, "Authorization_RequestDenied")
        scopes = ("User.Read", "User.ReadBasic.All")
        wide = {"Authorization": self.bearer(ANN, scopes)}
        self.assertEqual("Bob Baker", self.get(f"/users/{BOB}", **wide)["displayName"])
        answer = self.ask("GET", "/users/nobody@contoso.example", **wide)
        self.refused(answer, 404, "Request_ResourceNotFound")

    def test_me(self):
        me = self.get("/me")
        self.assertEqual(self.person().id, me["id"])
        self.assertEqual(("Ann", "Archer"), (me["givenName"], me["surname"]))
        some = self.get("/me?$select=mail")
        self.assertEqual(
            {"id", "mail"}, {name for name in some if not name.startswith("@")}
        )
        self.assertEqual(PAT, self.get("/me", who=PAT)["mail"])


class TestAddresses(GraphCase):
    def test_words_and_parameters_come_in_any_case(self):
        self.make()
        window = "startdatetime=2026-12-01&ENDDATETIME=2027-01-01&%24TOP=5"
        rows = self.get(f"/Me/CalendarVIEW?{window}")["value"]
        self.assertEqual(1, len(rows))

    def test_ids_may_stand_in_parentheses(self):
        made = self.make()
        me = self.person().id
        for path in (
            f"/me/events('{made['id']}')",
            f"/users('{me}')/events('{made['id']}')",
            f"/me/calendars('{self.calendar_id()}')/events/{made['id']}",
        ):
            with self.subTest(path):
                self.assertEqual(made["id"], self.get(path)["id"])

    def test_functions_may_have_parentheses_and_a_namespace(self):
        for name in ("delta", "delta()", "microsoft.graph.delta()"):
            with self.subTest(name):
                self.get(f"/me/calendarView/{name}?{WINDOW}")

    def test_every_way_to_a_calendar_leads_there(self):
        group = self.get("/me/calendarGroups")["value"][0]["id"]
        place = self.calendar_id()
        made = self.make(path=f"/me/calendars/{place}/events")
        for path in (
            "/me/events",
            "/me/calendar/events",
            f"/me/calendars/{place}/events",
            f"/me/calendarGroups/{group}/calendars/{place}/events",
        ):
            with self.subTest(path):
                self.assertEqual(made["id"], self.get(path)["value"][0]["id"])
                self.assertEqual(made["id"], self.get(f"{path}/{made['id']}")["id"])

    def test_an_event_is_not_in_another_calendar(self):
        made = self.make()
        other = self.calendar_id("Birthdays")
        answer = self.ask("GET", f"/me/calendars/{other}/events/{made['id']}")
        self.refused(answer, 404, "ErrorItemNotFound")


class TestPreferences(GraphCase):
    def test_times_are_utc_with_seven_digits(self):
        made = self.make(event(start="3T10:00", end="3T11:00"))
        self.assertEqual(
            {"dateTime": "2026-12-03T10:00:00.0000000", "timeZone": "UTC"},
            made["start"],
        )

    def test_both_families_of_zones_are_taken_and_echoed(self):
        made = self.make()
        for zone in ("Romance Standard Time", "Europe/Brussels"):
            with self.subTest(zone):
                answer = self.ask(
                    "GET",
                    f"/me/events/{made['id']}",
                    prefer=f'outlook.timezone="{zone}"',
                )
                start = answer.json()["start"]
                self.assertEqual("2026-12-03T11:00:00.0000000", start["dateTime"])
                self.assertEqual(zone, start["timeZone"])
                self.assertEqual(
                    f'outlook.timezone="{zone}"', answer.headers["Preference-Applied"]
                )

    def test_unknown_zones_are_refused(self):
        for zone in ("Mars/Olympus", "PDT", "EST", "Romance"):
            with self.subTest(zone):
                answer = self.ask(
                    "GET", "/me/events", prefer=f'outlook.timezone="{zone}"'
                )
                error = self.refused(answer, 400, "TimeZoneNotSupportedException")
                self.assertIn(f"'{zone}'", error["message"])

    def test_bodies_come_as_text_when_asked(self):
        body = {"contentType": "html", "content": "<p>One</p><p>Two &amp; three</p>"}
        made = self.make(event(body=body))
        text = self.get(
            f"/me/events/{made['id']}", prefer='outlook.body-content-type="text"'
        )["body"]
        self.assertEqual("text", text["contentType"])
        self.assertEqual(["One", "Two & three"], text["content"].split("\n\n"))

    def test_several_preferences_in_one_header(self):
        answer = self.ask(
            "GET",
            "/me/events",
            prefer='outlook.timezone="UTC", odata.maxpagesize=3, ' + IMMUTABLE,
        )
        self.assertEqual(
            'outlook.timezone="UTC", IdType="ImmutableId", odata.maxpagesize=3',
            answer.headers["Preference-Applied"],
        )

    def test_an_unknown_preference_is_ignored(self):
        answer = self.ask("GET", "/me/events", prefer="respond-async, return=minimal")
        self.assertEqual(200, answer.status_code)
        self.assertNotIn("Preference-Applied", answer.headers)


class TestIds(GraphCase):
    def test_an_event_has_two_ids_read_as_preferred(self):
        made = self.make()
        immutable = self.make(event("Other"), prefer=IMMUTABLE)["id"]
        self.assertEqual(152, len(made["id"]))
        self.assertEqual(72, len(immutable))
        self.get(f"/me/events/{immutable}", prefer=IMMUTABLE)
        answer = self.ask("GET", f"/me/events/{immutable}")
        self.refused(answer, 400, "ErrorInvalidIdMalformed")
        answer = self.ask("GET", f"/me/events/{made['id']}", prefer=IMMUTABLE)
        self.refused(answer, 400, "ErrorInvalidIdMalformed")

    def test_two_ids_differ_in_case_alone(self):
        ids = [self.make(event(str(number)))["id"] for number in range(6)]
        self.assertEqual(6, len(set(ids)))
        self.assertLess(len({each.lower() for each in ids}), 6)
        for number, event_id in enumerate(ids):
            subject = self.get(f"/me/events/{event_id}")["subject"]
            self.assertEqual(str(number), subject)

    def test_a_move_changes_the_rest_id_alone(self):
        made = self.make()
        immutable = self.get("/me/events", prefer=IMMUTABLE)["value"][0]["id"]
        work = self.ask("POST", "/me/calendars", {"name": "Work"}).json()["id"]
        moved = self.sandbox.exchange.move_event(self.person(), made["id"], work)
        self.assertNotEqual(made["id"], moved["id"])
        self.assertEqual(made["iCalUId"], moved["iCalUId"])
        answer = self.ask("GET", f"/me/events/{made['id']}")
        self.refused(answer, 404, "ErrorItemNotFound")
        self.assertEqual(
            immutable,
            self.get(f"/me/calendars/{work}/events/{immutable}", prefer=IMMUTABLE)[
                "id"
            ],
        )

    def test_ids_are_translated(self):
        made = self.make()
        body = {
            "inputIds": [made["id"], "nonsense"],
            "sourceIdType": "restId",
            "targetIdType": "restImmutableEntryId",
        }
        rows = self.ask("POST", "/me/translateExchangeIds", body).json()["value"]
        self.get(f"/me/events/{rows[0]['targetId']}", prefer=IMMUTABLE)
        self.assertEqual("nonsense", rows[1]["sourceId"])
        self.assertIn("errorDetails", rows[1])
        answer = self.ask(
            "POST", "/me/translateExchangeIds", {**body, "sourceIdType": "ewsId"}
        )
        self.refused(answer, 400, "ErrorInvalidParameter")


class TestRequestBodies(GraphCase):
    def send(self, data, kind="application/json"):
        headers = {"Authorization": self.bearer(ANN)}
        if kind:
            headers["Content-Type"] = kind
        url = f"{self.http}/v1.0/me/events"
        return self.session.post(url, data=data, headers=headers)

    def test_what_is_no_json_is_refused(self):
        self.refused(self.send("{"), 400, "BadRequest")
        self.refused(self.send("[]"), 400, "RequestBodyRead")
        self.refused(self.send("{}", "text/plain"), 415, "UnsupportedMediaType")

    def test_more_than_four_megabytes_are_refused(self):
        content = "x" * (4 * 1024 * 1024)
        body = event(body={"contentType": "text", "content": content})
        answer = self.ask("POST", "/me/events", body)
        self.refused(answer, 413, "RequestEntityTooLarge")

    def test_a_body_of_300_kilobytes_is_kept(self):
        content = "word " * 60_000
        made = self.make(event(body={"contentType": "text", "content": content}))
        self.assertIn(content.strip(), made["body"]["content"])
        self.assertEqual(255, len(made["bodyPreview"]))

    def test_a_zone_of_all_zones(self):
        made = self.make(event(start="3T10:00", end="3T11:00"))
        changed = self.patch(
            made["id"],
            {"start": at("3T09:00", "Asia/Tokyo"), "end": at("3T10:30", "Asia/Tokyo")},
        )
        self.assertEqual("2026-12-03T00:00:00.0000000", changed["start"]["dateTime"])
        self.assertEqual("Asia/Tokyo", changed["originalStartTimeZone"])
