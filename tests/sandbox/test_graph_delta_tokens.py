# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Delta when things go wrong: dead tokens, faults; and events/delta."""

from .graphing import ANN, BOB, WINDOW, DeltaCase, at, event

VIEW = f"/me/calendarView/delta?{WINDOW}"
DAILY = {
    "pattern": {"type": "daily", "interval": 1},
    "range": {"type": "noEnd", "startDate": "2026-12-03"},
}


class TestTokens(DeltaCase):
    def test_only_three_generations_live(self):
        _rows, first = self.round(VIEW)
        links = [first]
        for _time in range(3):
            links.append(self.round(links[-1])[1])
        self.assertEqual(
            "The sync state generation is not found; "
            "generation=1;[highest=4][4][2][3].",
            self.gone(links[0]),
        )
        self.round(links[1])
        self.gone(links[1])
        self.round(links[3])

    def test_chains_live_apart(self):
        _rows, old = self.round(VIEW)
        _rows, link = self.round(VIEW)
        for _time in range(5):
            _rows, link = self.round(link)
        self.assertEqual([], self.round(old)[0])

    def test_an_old_page_is_gone_after_some_rounds(self):
        for number in range(3):
            self.make(event(f"{number}"))
        page = self.get(VIEW, prefer="odata.maxpagesize=2")
        _rows, link = self.round(page["@odata.nextLink"])
        for _time in range(3):
            _rows, link = self.round(link)
        self.gone(page["@odata.nextLink"])

    def test_tokens_are_opaque_and_cannot_be_forged(self):
        _rows, link = self.round(VIEW)
        address, _sign, token = link.partition("$deltatoken=")
        for forged in (token[:-4] + "AAAA", "abc", "%FF", token + "x"):
            with self.subTest(forged):
                self.gone(f"{address}$deltatoken={forged}", "syncStateInvalid")

    def test_tokens_of_others_are_worth_nothing(self):
        _rows, link = self.round(VIEW)
        answer = self.ask("GET", link, who=BOB)
        self.refused(answer, 410, "syncStateInvalid")

    def test_every_token_dies_on_request(self):
        _rows, link = self.round(VIEW)
        _rows, other = self.round(VIEW, who=BOB)
        self.sandbox.exchange.expire_delta(self.person(BOB))
        self.round(link)
        answer = self.ask("GET", other, who=BOB)
        self.refused(answer, 410, "SyncStateNotFound")
        self.sandbox.exchange.expire_delta()
        self.gone(link)
        self.round(VIEW)

    def test_a_fault_says_that_the_token_is_dead(self):
        _rows, link = self.round(VIEW)
        self.sandbox.faults.add("expired_delta", code="fullSyncRequired", person=ANN)
        self.gone(link, "fullSyncRequired")
        self.sandbox.faults.add("expired_delta")
        self.assertIn("generation=25", self.gone(link))
        self.round(link)

    def test_the_tokens_of_a_deleted_calendar_die(self):
        work = self.ask("POST", "/me/calendars", {"name": "Work"}).json()["id"]
        _rows, link = self.round(f"/me/calendars/{work}/calendarView/delta?{WINDOW}")
        self.ask("DELETE", f"/me/calendars/{work}")
        self.gone(link)


class TestTrouble(DeltaCase):
    def test_the_first_page_may_be_empty(self):
        self.make()
        self.switch("delta_empty_first_page")
        page = self.get(VIEW)
        self.assertEqual([], page["value"])
        rows, link = self.round(page["@odata.nextLink"])
        self.assertEqual(["Review"], self.brief(rows))
        self.assertEqual([], self.round(link)[0])

    def test_rows_may_come_twice(self):
        self.make()
        self.sandbox.faults.add("duplicate_delta")
        self.assertEqual(["Review", "Review"], self.brief(self.get(VIEW)["value"]))

    def test_old_rows_may_come_again(self):
        self.make(event("old"))
        _rows, link = self.round(VIEW)
        self.switch("delta_replays", 5)
        self.make(event("new"))
        rows, _link = self.round(link)
        self.assertEqual(["old", "new", "new"], self.brief(rows))

    def test_pages_may_never_end(self):
        for number in range(3):
            self.make(event(f"{number}"))
        self.sandbox.faults.add("endless_delta", times=0)
        link, links = VIEW, set()
        for _time in range(5):
            page = self.get(link, prefer="odata.maxpagesize=2")
            self.assertEqual(["0", "1"], self.brief(page["value"]))
            link = page["@odata.nextLink"]
            links.add(link)
        self.assertEqual(5, len(links))
        self.sandbox.faults.clear()
        self.assertEqual(3, len(self.round(link)[0]))

    def test_changes_may_be_seen_late(self):
        self.sandbox.faults.add("replication_lag", delay=30, times=0)
        self.make(event("early"))
        rows, link = self.round(VIEW)
        self.assertEqual([], rows)
        self.sandbox.clock.advance(20)
        self.make(event("late"))
        self.assertEqual([], self.round(link)[0])
        self.sandbox.clock.advance(11)
        rows, link = self.round(link)
        self.assertEqual(["early"], self.brief(rows))
        self.sandbox.clock.advance(20)
        self.assertEqual(["late"], self.brief(self.round(link)[0]))


class TestSeries(DeltaCase):
    def test_a_master_comes_with_its_first_times(self):
        rule = {**DAILY, "range": {"type": "noEnd", "startDate": "2026-10-01"}}
        times = {"start": at("2026-10-01T10:00"), "end": at("2026-10-01T11:00")}
        self.make(event(recurrence=rule) | times)
        rows, _link = self.round(VIEW)
        kinds = [row["type"] for row in rows]
        self.assertEqual(["seriesMaster"] + 62 * ["occurrence"], kinds)
        self.assertEqual("2026-10-01T10:00:00.0000000", rows[0]["start"]["dateTime"])

    def test_a_series_that_is_over_does_not_come(self):
        span = {"type": "numbered", "startDate": "2026-10-01", "numberOfOccurrences": 9}
        times = {"start": at("2026-10-01T10:00"), "end": at("2026-10-01T11:00")}
        self.make(event(recurrence={**DAILY, "range": span}) | times)
        self.assertEqual([], self.round(VIEW)[0])

    def test_masters_may_be_left_out(self):
        self.switch("delta_masters", False)
        self.make(event(recurrence=DAILY))
        kinds = {row["type"] for row in self.round(VIEW)[0]}
        self.assertEqual({"occurrence"}, kinds)


class TestEventsDelta(DeltaCase):
    PATH = "/me/calendar/events/delta"

    def test_it_is_there_when_switched_on(self):
        self.refused(self.ask("GET", self.PATH), 400, "BadRequest")
        self.switch("events_delta")
        self.round(self.PATH)

    def test_it_has_no_window(self):
        self.switch("events_delta")
        self.make(event("old", "1999-01-01T10:00", "1999-01-01T11:00"))
        self.make(event("series", recurrence=DAILY))
        rows, link = self.round(f"{self.PATH}?$select=id")
        self.assertEqual(["old", "series"], self.brief(rows))
        rows, _link = self.round(f"{self.PATH}?startDateTime=2020-01-01")
        self.assertEqual(["series"], self.brief(rows))
        self.make(event("far", "2199-01-01T10:00", "2199-01-01T11:00"))
        self.assertEqual(["far"], self.brief(self.round(link)[0]))

    def test_its_parameters_are_checked(self):
        self.switch("events_delta")
        for query in ("startDateTime=", "endDateTime=2026-12-01"):
            with self.subTest(query):
                answer = self.ask("GET", f"{self.PATH}?{query}")
                self.refused(answer, 400, "ErrorInvalidParameter")

    def test_its_rows_may_be_sparse(self):
        self.switch("events_delta")
        self.switch("events_delta_sparse")
        self.make()
        row = self.round(self.PATH)[0][0]
        self.assertEqual(
            {"@odata.type", "@odata.etag", "id", "type", "start", "end"}, set(row)
        )
