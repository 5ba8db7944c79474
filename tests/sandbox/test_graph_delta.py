# Part of outlook_calendar. LGPL-3, see LICENSE.
"""calendarView/delta: rounds, pages, removals, preferences."""

from .graphing import BOB, IMMUTABLE, WINDOW, DeltaCase, at, event

VIEW = f"/me/calendarView/delta?{WINDOW}"
REFUSAL = (
    "The following parameters are not supported with change tracking over the "
    "'CalendarView' resource: '$orderby, $filter, $select, $expand, $search'."
)


class TestRounds(DeltaCase):
    def test_the_first_round_tells_everything_in_the_window(self):
        self.make(event("inside"))
        self.make(event("before", "2026-11-03T10:00", "2026-11-03T11:00"))
        self.make(event("across", "2026-11-30T10:00", "1T11:00"))
        rows, _link = self.round(VIEW)
        self.assertEqual(["inside", "across"], self.brief(rows))
        for row in rows:
            self.assertEqual("#microsoft.graph.event", row["@odata.type"])
            read = self.get(f"/me/events/{row['id']}")
            for name in ("@odata.etag", "iCalUId", "body", "attendees", "start"):
                self.assertEqual(read[name], row[name])

    def test_a_page_has_ten_rows_unless_preferred(self):
        for number in range(23):
            self.make(event(f"{number:02}"))
        self.assertEqual(10, len(self.get(VIEW)["value"]))
        answer = self.ask("GET", VIEW, prefer="odata.maxpagesize=7")
        self.assertEqual(7, len(answer.json()["value"]))
        self.assertIn("odata.track-changes", answer.headers["Preference-Applied"])
        rows, _link = self.round(VIEW, 7)
        self.assertEqual([f"{number:02}" for number in range(23)], self.brief(rows))

    def test_later_rounds_tell_what_has_changed(self):
        made = self.make(event("first"))
        _rows, link = self.round(VIEW)
        rows, link = self.round(link)
        self.assertEqual([], rows)
        new = self.make(event("second"))
        self.patch(made["id"], {"subject": "changed"})
        self.patch(made["id"], {"subject": "changed again"})
        rows, link = self.round(link)
        self.assertEqual(["second", "changed again"], self.brief(rows))
        self.delete(new["id"])
        rows, link = self.round(link)
        self.assertEqual(
            [
                {
                    "@odata.type": "#microsoft.graph.event",
                    "id": new["id"],
                    "@removed": {"reason": "deleted"},
                }
            ],
            rows,
        )
        self.assertEqual([], self.round(link)[0])

    def test_removals_of_what_was_never_told(self):
        _rows, link = self.round(VIEW)
        outside = self.make(event("x", "2026-11-03T10:00", "2026-11-03T11:00"))
        brief = self.make(event("brief"))
        self.delete(brief["id"])
        rows, _link = self.round(link)
        self.assertEqual([f"-{outside['id']}", f"-{brief['id']}"], self.brief(rows))
        self.get(f"/me/events/{outside['id']}")

    def test_an_event_that_leaves_the_window_is_removed_and_still_there(self):
        made = self.make()
        _rows, link = self.round(VIEW)
        away = {"start": at("2027-05-01T10:00"), "end": at("2027-05-01T11:00")}
        self.patch(made["id"], away)
        rows, link = self.round(link)
        self.assertEqual([f"-{made['id']}"], self.brief(rows))
        self.get(f"/me/events/{made['id']}")
        self.patch(made["id"], {"start": at("4T10:00"), "end": at("4T11:00")})
        self.assertEqual(["Review"], self.brief(self.round(link)[0]))

    def test_answers_and_deliveries_are_changes(self):
        _rows, bobs = self.round(VIEW, who=BOB)
        made = self.make(event(guests=[BOB]))
        _rows, link = self.round(VIEW)
        rows, bobs = self.round(bobs, who=BOB)
        self.assertFalse(rows[0]["isOrganizer"])
        self.act(rows[0]["id"], "accept", who=BOB)
        rows, link = self.round(link)
        status = rows[0]["attendees"][0]["status"]["response"]
        self.assertEqual("accepted", status)
        self.delete(made["id"])
        _rows, bobs = self.round(bobs, who=BOB)
        self.assertEqual(1, len(_rows))
        self.assertTrue(_rows[0]["isCancelled"])

    def test_a_change_between_two_pages_is_not_lost(self):
        made = [self.make(event(f"{number}")) for number in range(4)]
        page = self.get(VIEW, prefer="odata.maxpagesize=2")
        self.patch(made[0]["id"], {"subject": "late"})
        self.delete(made[3]["id"])
        rows, link = self.round(page["@odata.nextLink"], 2)
        self.assertEqual(["2", f"-{made[3]['id']}"], self.brief(rows))
        rows, _link = self.round(link, 2)
        self.assertEqual(["late", f"-{made[3]['id']}"], self.brief(rows))

    def test_a_link_may_be_read_again(self):
        self.make(event("first"))
        _rows, link = self.round(VIEW)
        self.make(event("second"))
        for _time in range(2):
            self.assertEqual(["second"], self.brief(self.round(link)[0]))

    def test_a_last_page_read_twice_is_one_generation(self):
        for number in range(3):
            self.make(event(f"{number}"))
        page = self.get(VIEW, prefer="odata.maxpagesize=2")
        links = [self.round(page["@odata.nextLink"], 2)[1] for _time in range(5)]
        self.assertEqual([], self.round(links[0])[0])

    def test_pages_of_200_of_2000_events_hold_each_once(self):
        person, exchange = self.person(), self.sandbox.exchange
        for number in range(2000):
            exchange.create_event(person, event(f"{number}"))
        page = self.get(VIEW, prefer="odata.maxpagesize=200")
        prefer = 'odata.maxpagesize=200, outlook.timezone="Europe/Brussels"'
        found = []
        while "@odata.nextLink" in page:
            self.assertEqual(200, len(page["value"]))
            found += page["value"]
            page = self.get(page["@odata.nextLink"], prefer=prefer)
        found += page["value"]
        self.assertEqual(2000, len({row["id"] for row in found}))
        self.assertEqual(2000, len(found))


class TestPreferences(DeltaCase):
    def test_preferences_are_not_remembered(self):
        for number in range(12):
            self.make(event(f"{number}"))
        zone = 'odata.maxpagesize=1, outlook.timezone="Asia/Tokyo"'
        page = self.get(VIEW, prefer=zone)
        self.assertEqual("Asia/Tokyo", page["value"][0]["start"]["timeZone"])
        page = self.get(page["@odata.nextLink"])
        self.assertEqual(10, len(page["value"]))
        self.assertEqual("UTC", page["value"][0]["start"]["timeZone"])

    def test_a_chain_goes_on_with_the_other_kind_of_ids(self):
        made = self.make()
        _rows, link = self.round(VIEW)
        self.patch(made["id"], {"subject": "changed"})
        rows, link = self.round(link, prefer=IMMUTABLE)
        self.assertEqual(72, len(rows[0]["id"]))
        self.delete(made["id"])
        removed, _link = self.round(link, prefer=IMMUTABLE)
        self.assertEqual(rows[0]["id"], removed[0]["id"])

    def test_a_move_is_a_removal_here_and_an_event_there(self):
        made = self.make()
        work = self.ask("POST", "/me/calendars", {"name": "Work"}).json()["id"]
        there = f"/me/calendars/{work}/calendarView/delta?{WINDOW}"
        _rows, here_link = self.round(VIEW)
        _rows, there_link = self.round(there)
        move = self.sandbox.exchange.move_event
        moved = move(self.person(), made["id"], work)
        rows, here_link = self.round(here_link)
        self.assertEqual([f"-{made['id']}"], self.brief(rows))
        rows, there_link = self.round(there_link, prefer=IMMUTABLE)
        immutable = rows[0]["id"]
        move(self.person(), moved["id"], self.calendar_id())
        rows, _link = self.round(there_link, prefer=IMMUTABLE)
        self.assertEqual([f"-{immutable}"], self.brief(rows))
        rows, _link = self.round(here_link, prefer=IMMUTABLE)
        self.assertEqual([immutable], [row["id"] for row in rows])

    def test_a_move_there_and_back_leaves_the_immutable_id(self):
        made = self.make()
        work = self.ask("POST", "/me/calendars", {"name": "Work"}).json()["id"]
        _rows, link = self.round(VIEW)
        move = self.sandbox.exchange.move_event
        moved = move(self.person(), made["id"], work)
        back = move(self.person(), moved["id"], self.calendar_id())
        rows, _link = self.round(link, prefer=IMMUTABLE)
        self.assertEqual(["Review"], self.brief(rows))
        rows, _link = self.round(link)
        self.assertEqual([f"-{made['id']}", "Review"], self.brief(rows))
        self.assertEqual(back["id"], rows[1]["id"])

    def test_options_are_refused(self):
        for option in ("$select=id", "$filter=x", "%24expand=x", "$orderby=x"):
            with self.subTest(option):
                error = self.refused(
                    self.ask("GET", f"{VIEW}&{option}"), 400, "ErrorInvalidUrlQuery"
                )
                self.assertEqual(REFUSAL, error["message"])
        answer = self.ask("GET", f"{VIEW}&$top=5")
        self.refused(answer, 400, "ErrorInvalidUrlQuery")
        latest = self.ask("GET", f"{VIEW}&$deltatoken=latest")
        self.refused(latest, 400, "ErrorInvalidUrlQuery")
        answer = self.ask("GET", "/me/calendarView/delta?startDateTime=2026-12-01")
        self.refused(answer, 400, "ErrorInvalidRequest")
