# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The calls about calendars and events, over a real socket."""

import re
from datetime import datetime, timedelta, timezone

from ...core.errors import (
    BadAnswer,
    Conflict,
    CursorExpired,
    NotFound,
    Refused,
    TransientError,
)
from ...graph.calendars import STAMP_PROPERTY, Calendars, stamp_member
from ...graph.changes import MAX_PAGES, DeltaPage
from .scripted_server import Reply
from .test_graph_client import ClientCase, refusal

START = datetime(2026, 10, 23, 2, 0, tzinfo=timezone(timedelta(hours=2)))
END = datetime(2027, 11, 22, tzinfo=timezone.utc)
DELTA = "/v1.0/me/calendars/C/calendarView/delta"


class CalendarsCase(ClientCase):
    def setUp(self):
        super().setUp()
        self.calendars = Calendars(self.client)
        self.events = self.calendars.events()

    def link(self, name, path, query):
        return {f"@odata.{name}": f"{self.server.url}{path}?{query}"}


class TestCalendars(CalendarsCase):
    def test_the_default_calendar_with_its_owner(self):
        owner = {"name": "Ann", "address": "ann@contoso.example"}
        self.server.reply("GET", "/v1.0/me/calendar", {"id": "C", "owner": owner})
        self.assertEqual(self.calendars.default_calendar()["owner"], owner)

    def test_all_pages_of_the_list(self):
        more = self.link("nextLink", "/v1.0/me/calendars", "$top=100&$skip=2")
        self.server.reply(
            "GET",
            "/v1.0/me/calendars",
            {"value": [{"id": "A"}, {"id": "B"}], **more},
            {"value": [{"id": "C"}]},
        )
        found = [calendar["id"] for calendar in self.calendars.list_calendars()]
        self.assertEqual(found, ["A", "B", "C"])
        self.assertEqual(self.server.seen[0].query, {"$top": "100"})
        self.assertEqual(self.server.seen[1].query, {"$top": "100", "$skip": "2"})

    def test_lists_that_cannot_be_used(self):
        for body in (
            {},
            {"value": None},
            {"value": {"id": "A"}},
            {"value": [None]},
            {"value": [{"name": "A"}]},
            {"value": [{"id": ""}]},
            {"value": [], "@odata.nextLink": 7},
            {"value": [], "@odata.nextLink": "https://evil.example/v1.0"},
        ):
            with self.subTest(body=body):
                self.server.clear()
                self.server.reply("GET", "/v1.0/me/calendars", body)
                with self.assertRaises(BadAnswer):
                    list(self.calendars.list_calendars())

    def test_a_list_that_goes_in_circles_ends(self):
        again = self.link("nextLink", "/v1.0/me/calendars", "$skip=1")
        self.server.reply(
            "GET", "/v1.0/me/calendars", {"value": [{"id": "A"}], **again}
        )
        with self.assertRaises(BadAnswer):
            list(self.calendars.list_calendars())
        self.assertLess(len(self.server.seen), 5)


class TestDelta(CalendarsCase):
    def test_the_first_url_asks_in_utc(self):
        window = "startDateTime=2026-10-23T00:00:00Z&endDateTime=2027-11-22T00:00:00Z"
        self.assertEqual(
            self.calendars.first_delta_url("A/b+C=", START, END),
            f"/me/calendars/A%2Fb%2BC%3D/calendarView/delta?{window}",
        )
        self.assertEqual(
            self.calendars.first_delta_url("", START, END),
            f"/me/calendar/calendarView/delta?{window}",
        )

    def test_a_window_without_a_zone_is_a_mistake(self):
        with self.assertRaises(ValueError):
            self.calendars.first_delta_url("C", datetime(2026, 1, 1), END)

    def test_a_round_goes_from_page_to_page(self):
        self.server.reply(
            "GET",
            DELTA,
            {"value": [], **self.link("nextLink", DELTA, "$skiptoken=s1")},
            {"value": [{"id": "A"}], **self.link("nextLink", DELTA, "$skiptoken=s2")},
            {
                "value": [{"id": "B", "@removed": {"reason": "deleted"}}],
                **self.link("deltaLink", DELTA, "$deltatoken=d1"),
            },
        )
        url = self.calendars.first_delta_url("C", START, END)
        pages = list(self.calendars.iter_delta(url, page_size=50))
        self.assertEqual(
            [[row["id"] for row in page.rows] for page in pages], [[], ["A"], ["B"]]
        )
        self.assertEqual(
            [bool(page.delta_link) for page in pages], [False, False, True]
        )
        self.assertTrue(pages[2].delta_link.endswith("$deltatoken=d1"))
        for seen in self.server.seen:  # no preference is remembered in a token
            self.assertIn('IdType="ImmutableId"', seen.headers["Prefer"])
            self.assertIn("odata.maxpagesize=50", seen.headers["Prefer"])

    def test_pages_are_asked_for_only_when_wanted(self):
        first = {"value": [{"id": "A"}], **self.link("nextLink", DELTA, "$skiptoken=s")}
        self.server.reply("GET", DELTA, first)
        pages = self.calendars.iter_delta("/me/calendars/C/calendarView/delta?a=b")
        self.assertEqual(self.server.seen, [])
        self.assertEqual(next(pages).rows, [{"id": "A"}])
        self.assertEqual(len(self.server.seen), 1)

    def test_pages_with_both_links_none_or_nonsense(self):
        both = {
            **self.link("nextLink", DELTA, "$skiptoken=s"),
            **self.link("deltaLink", DELTA, "$deltatoken=d"),
        }
        for links in (both, {}, {"@odata.deltaLink": ["x"]}, {"@odata.nextLink": ""}):
            with self.subTest(links=links):
                self.server.clear()
                self.server.reply("GET", DELTA, {"value": [], **links})
                with self.assertRaises(BadAnswer):
                    list(
                        self.calendars.iter_delta("/me/calendars/C/calendarView/delta")
                    )

    def test_a_page_without_rows_is_no_page(self):
        self.server.reply("GET", DELTA, self.link("deltaLink", DELTA, "$deltatoken=d"))
        with self.assertRaises(BadAnswer):
            list(self.calendars.iter_delta("/me/calendars/C/calendarView/delta"))

    def test_a_dead_delta_link(self):
        self.server.reply("GET", DELTA, refusal(410, "SyncStateNotFound"))
        with self.assertRaises(CursorExpired):
            list(self.calendars.iter_delta("/me/calendars/C/calendarView/delta?$d=x"))

    def test_a_round_that_breaks_in_the_middle(self):
        first = {"value": [{"id": "A"}], **self.link("nextLink", DELTA, "$skiptoken=s")}
        self.server.reply("GET", DELTA, first, refusal(503, "ErrorServerBusy"))
        pages = self.calendars.iter_delta("/me/calendars/C/calendarView/delta")
        self.assertEqual(next(pages).rows, [{"id": "A"}])
        with self.assertRaises(TransientError):
            next(pages)

    def test_paging_without_end_is_noticed(self):
        again = self.link("nextLink", DELTA, "$skiptoken=other")
        self.server.reply("GET", DELTA, {"value": [{"id": "A"}, {"id": "B"}], **again})
        with self.assertRaises(BadAnswer) as caught:
            list(self.calendars.iter_delta("/me/calendars/C/calendarView/delta"))
        self.assertEqual(caught.exception.code, "endless_pages")
        self.assertLess(len(self.server.seen), MAX_PAGES)

    def test_another_feed_can_take_the_place(self):
        class Fixed:
            def first_url(self, calendar_id, start, end):
                return f"/me/calendars/{calendar_id}/events/delta"

            def iter_pages(self, url, page_size):
                yield DeltaPage([{"url": url, "size": page_size}], "", "d")

        calendars = Calendars(self.client, feed=Fixed())
        url = calendars.first_delta_url("C", START, END)
        self.assertEqual(url, "/me/calendars/C/events/delta")
        rows = [page.rows for page in calendars.iter_delta(url)]
        self.assertEqual(rows, [[{"url": url, "size": 200}]])


class TestEvents(CalendarsCase):
    def test_get(self):
        self.server.reply("GET", "/v1.0/me/events/A%2Fb%3D", {"id": "A/b="})
        self.assertEqual(self.events.get("A/b="), {"id": "A/b="})

    def test_create_in_a_calendar_and_in_the_default_one(self):
        body = {"subject": "Board", "transactionId": "t-1"}
        for calendar, path in (
            ("C=", "/v1.0/me/calendars/C%3D/events"),
            ("", "/v1.0/me/events"),
        ):
            with self.subTest(calendar=calendar):
                self.server.clear()
                self.server.reply("POST", path, Reply(201, {"id": "A", **body}))
                self.assertEqual(self.calendars.create(calendar, body)["id"], "A")
                self.assertEqual(self.server.seen[0].json, body)

    def test_a_create_is_sent_once(self):
        self.server.reply("POST", "/v1.0/me/events", Reply(fault="lost"))
        with self.assertRaises(TransientError):
            self.calendars.create("", {"transactionId": "t-1"})
        self.assertEqual(len(self.server.seen), 1)

    def test_update_with_and_without_an_etag(self):
        self.server.reply("PATCH", "/v1.0/me/events/A", {"id": "A"})
        self.events.update("A", {"subject": "x"}, etag='W/"1"')
        self.events.update("A", {"subject": "y"})
        self.assertEqual(self.server.seen[0].headers["If-Match"], 'W/"1"')
        self.assertNotIn("If-Match", self.server.seen[1].headers)

    def test_update_of_what_changed_meanwhile(self):
        stale = refusal(412, "ErrorIrresolvableConflict")
        self.server.reply("PATCH", "/v1.0/me/events/A", stale)
        with self.assertRaises(Conflict):
            self.events.update("A", {"subject": "x"}, etag='W/"1"')

    def test_answers_without_an_id(self):
        for method, path, call in (
            ("GET", "/v1.0/me/calendar", self.calendars.default_calendar),
            ("GET", "/v1.0/me/events/A", lambda: self.events.get("A")),
            ("POST", "/v1.0/me/events", lambda: self.calendars.create("", {})),
            ("PATCH", "/v1.0/me/events/A", lambda: self.events.update("A", {})),
        ):
            for body in ({}, {"id": 7}, {"id": None}):
                with self.subTest(method=method, path=path, body=body):
                    self.server.clear()
                    self.server.reply(method, path, body)
                    with self.assertRaises(BadAnswer):
                        call()

    def test_an_event_without_id_is_never_addressed(self):
        for remote_id in ("", ".", ".."):
            with self.subTest(remote_id=remote_id), self.assertRaises(ValueError):
                self.events.delete(remote_id)
        self.assertEqual(self.server.seen, [])

    def test_an_unknown_id(self):
        self.server.reply("GET", "/v1.0/me/events/A", refusal(404, "ErrorItemNotFound"))
        with self.assertRaises(NotFound):
            self.events.get("A")


class TestDelete(CalendarsCase):
    PATH = "/v1.0/me/events/A"

    def test_delete(self):
        self.server.reply("DELETE", self.PATH, Reply(204))
        self.events.delete("A")
        self.assertEqual([seen.method for seen in self.server.seen], ["DELETE"])

    def test_what_is_gone_counts_as_deleted(self):
        for status in (404, 410):
            with self.subTest(status=status):
                self.server.clear()
                self.server.reply("DELETE", self.PATH, refusal(status, "X"))
                self.events.delete("A")
                self.assertEqual(len(self.server.seen), 1)

    def test_a_cancelled_item_that_may_not_be_deleted_counts_as_deleted(self):
        denied = refusal(403, "ErrorAccessDenied")
        for item in ({"id": "A", "isCancelled": True}, refusal(404, "X")):
            with self.subTest(item=item):
                self.server.clear()
                self.server.reply("DELETE", self.PATH, denied)
                self.server.reply("GET", self.PATH, item)
                self.events.delete("A")

    def test_without_the_right_to_delete_nothing_is_deleted(self):
        self.server.reply("DELETE", self.PATH, refusal(403, "ErrorAccessDenied"))
        self.server.reply("GET", self.PATH, {"id": "A", "isCancelled": False})
        with self.assertRaises(Refused) as caught:
            self.events.delete("A")
        self.assertEqual(caught.exception.status, 403)

    def test_other_refusals_stay(self):
        for status, kind in ((400, Refused), (429, TransientError)):
            with self.subTest(status=status):
                self.server.clear()
                self.server.reply("DELETE", self.PATH, refusal(status, "X"))
                with self.assertRaises(kind):
                    self.events.delete("A")
                self.assertEqual(len(self.server.seen), 1)


class TestShared(CalendarsCase):
    """Events of a calendar that somebody else shares."""

    CALENDAR = "/v1.0/me/calendars/C%3D"
    PATH = f"{CALENDAR}/events/A%2F"

    def setUp(self):
        super().setUp()
        self.events = self.calendars.events("C=")

    def test_they_are_addressed_below_the_calendar(self):
        for method, call in (
            ("GET", lambda: self.events.get("A/")),
            ("PATCH", lambda: self.events.update("A/", {"subject": "x"})),
            ("DELETE", lambda: self.events.delete("A/")),
        ):
            with self.subTest(method=method):
                self.server.clear()
                self.server.reply(method, self.PATH, {"id": "A/"})
                call()
                self.assertEqual(len(self.server.seen), 1)

    def test_one_that_is_gone(self):
        self.server.reply("GET", self.PATH, refusal(404, "ErrorItemNotFound"))
        self.server.reply("GET", self.CALENDAR, {"id": "C="})
        with self.assertRaises(NotFound):
            self.events.get("A/")
        self.server.reply("GET", f"{self.PATH}/attachments", refusal(404, "X"))
        with self.assertRaises(NotFound):
            self.events.attachments("A/")

    def test_a_calendar_that_is_not_shared_any_more(self):
        for status in (404, 403):
            with self.subTest(status=status):
                self.server.clear()
                self.server.reply("DELETE", self.PATH, refusal(404, "X"))
                self.server.reply("GET", self.CALENDAR, refusal(status, "X"))
                with self.assertRaises(Refused) as caught:
                    self.events.delete("A/")
                self.assertEqual(caught.exception.code, "share_gone")
                self.assertEqual(caught.exception.status, status)

    def test_what_was_stamped_there(self):
        self.server.reply("GET", f"{self.CALENDAR}/events", {"value": []})
        self.assertEqual(list(self.events.stamped(STAMP_PROPERTY, "db,")), [])


class TestRespond(CalendarsCase):
    def test_each_answer(self):
        for answer in ("accept", "tentativelyAccept", "decline"):
            with self.subTest(answer=answer):
                self.server.clear()
                self.server.reply("POST", f"/v1.0/me/events/A/{answer}", Reply(202))
                self.events.respond("A", answer, send=False)
                self.assertEqual(self.server.seen[0].json, {"sendResponse": False})

    def test_with_a_comment(self):
        self.server.reply("POST", "/v1.0/me/events/A/decline", Reply(202))
        self.events.respond("A", "decline", send=True, comment="Ill")
        body = {"sendResponse": True, "comment": "Ill"}
        self.assertEqual(self.server.seen[0].json, body)

    def test_no_other_answer(self):
        with self.assertRaises(ValueError):
            self.events.respond("A", "cancel", send=True)
        self.assertEqual(self.server.seen, [])


class TestStamps(CalendarsCase):
    def stamped(self, *values):
        return [{"id": STAMP_PROPERTY, "value": value} for value in values]

    def test_the_member_for_a_create(self):
        self.assertEqual(
            stamp_member("db,calendar.event,7"),
            {"singleValueExtendedProperties": self.stamped("db,calendar.event,7")},
        )

    def test_the_property_is_named_as_graph_wants_it(self):
        guid = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
        self.assertTrue(
            re.fullmatch(rf"String {{{guid}}} Name OdooEvent", STAMP_PROPERTY)
        )

    def test_all_pages_of_items_and_values(self):
        foreign = {"id": "String {0} Name Other", "value": "no"}
        first = {
            "value": [
                {
                    "id": "A",
                    "singleValueExtendedProperties": [foreign, *self.stamped("db,1")],
                }
            ],
            **self.link("nextLink", "/v1.0/me/events", "$skip=100"),
        }
        # Graph writes the GUID in its own case.
        upper = [{"id": STAMP_PROPERTY.upper(), "value": "db,2"}]
        last = {"value": [{"id": "B", "singleValueExtendedProperties": upper}]}
        self.server.reply("GET", "/v1.0/me/events", first, last)
        found = list(self.events.stamped(STAMP_PROPERTY, "o'db,"))
        self.assertEqual(found, [("A", "db,1"), ("B", "db,2")])
        self.assertEqual(
            self.server.seen[0].query,
            {
                "$filter": "singleValueExtendedProperties/any(ep: ep/id eq "
                f"'{STAMP_PROPERTY}' and startswith(ep/value,'o''db,'))",
                "$expand": "singleValueExtendedProperties($filter=id eq "
                f"'{STAMP_PROPERTY}')",
                "$select": "id",
                "$top": "100",
            },
        )

    def test_items_without_the_property(self):
        """A server that ignores the filter must not look like one without items."""
        for properties in (
            None,
            "text",
            [],
            ["text"],
            self.stamped(7),
            [{"value": "db,1"}],
        ):
            with self.subTest(properties=properties):
                self.server.clear()
                row = {"id": "A", "singleValueExtendedProperties": properties}
                self.server.reply("GET", "/v1.0/me/events", {"value": [row]})
                with self.assertRaises(BadAnswer):
                    list(self.events.stamped(STAMP_PROPERTY, "db,"))


class TestSeries(CalendarsCase):
    def series(self):
        return self.events.series("M", START, END)

    def test_a_series_in_two_requests_and_the_pages_of_its_days(self):
        days = "/v1.0/me/events/M/instances"
        more = self.link("nextLink", days, "$skip=1")
        body = {"id": "M", "exceptionOccurrences": [{"id": "E"}]}
        self.server.reply("GET", "/v1.0/me/events/M", body)
        self.server.reply(
            "GET", days, {"value": [{"id": "1"}], **more}, {"value": [{"id": "2"}]}
        )
        found = self.series()
        self.assertEqual([row["id"] for row in found.exceptions], ["E"])
        self.assertEqual([row["id"] for row in found.instances], ["1", "2"])
        self.assertEqual(found.window, (START, END))
        first, second, _third = self.server.seen
        self.assertEqual(first.query["$expand"], "exceptionOccurrences")
        selected = first.query["$select"].split(",")
        self.assertLessEqual({"cancelledOccurrences", "recurrence"}, set(selected))
        self.assertIn("originalStart", second.query["$select"])
        self.assertEqual(second.query["startDateTime"], "2026-10-23T00:00:00Z")

    def test_without_exceptions(self):
        for body in ({"id": "M"}, {"id": "M", "exceptionOccurrences": "none"}):
            self.server.clear()
            self.server.reply("GET", "/v1.0/me/events/M", body)
            self.server.reply("GET", "/v1.0/me/events/M/instances", {"value": []})
            self.assertEqual(self.series().exceptions, [])


class TestProfile(CalendarsCase):
    def test_the_addresses_of_a_mailbox(self):
        self.server.reply(
            "GET",
            "/v1.0/me",
            {
                "mail": "Ann@contoso.example",
                "userPrincipalName": "ann.archer@contoso.example",
                "proxyAddresses": [
                    "SMTP:ann@contoso.example",
                    "smtp:A@x.example",
                    "SIP:y",
                ],
            },
        )
        self.assertEqual(
            self.calendars.own_addresses(),
            {"ann@contoso.example", "ann.archer@contoso.example", "a@x.example"},
        )


class TestAttachments(CalendarsCase):
    def test_the_list_is_asked_for_without_content(self):
        path = "/v1.0/me/events/A%2Fb/attachments"
        self.server.reply("GET", path, {"value": [{"id": "X", "name": "plan.pdf"}]})
        self.assertEqual(self.events.attachments("A/b")[0]["name"], "plan.pdf")
        self.assertEqual(
            self.server.seen[0].query, {"$select": "id,name,contentType,size,isInline"}
        )

    def test_one_with_its_content(self):
        path = "/v1.0/me/events/A/attachments/X%2F1"
        self.server.reply("GET", path, {"id": "X/1", "contentBytes": "eA=="})
        found = self.events.attachment("A", "X/1")
        self.assertEqual(found["contentBytes"], "eA==")


class TestCategories(CalendarsCase):
    PATH = "/v1.0/me/outlook/masterCategories"

    def test_they_are_asked_for_once(self):
        rows = [{"displayName": "Sales", "color": "preset0"}]
        self.server.reply("GET", self.PATH, {"value": rows})
        self.assertEqual(self.calendars.categories(), rows)
        self.assertEqual(self.calendars.categories(), rows)
        self.assertEqual(len(self.server.seen), 1)

    def test_they_are_asked_for_once_also_in_vain(self):
        self.server.reply("GET", self.PATH, refusal(403, "ErrorAccessDenied"))
        with self.assertRaises(Refused):
            self.calendars.categories()
        self.assertEqual(self.calendars.categories(), [])
        self.assertEqual(len(self.server.seen), 1)
