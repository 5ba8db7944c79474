# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series in delta: stubs, masters, exceptions, and what is not told."""

import json

from ...sandbox.storage import dump_state
from .graphing import IMMUTABLE, DeltaCase, at, event
from .series import BRUSSELS, SeriesCase, rule, series

VIEW = (
    "/me/calendarView/delta"
    "?startDateTime=2026-12-03T00:00:00Z&endDateTime=2026-12-06T00:00:00Z"
)
STUB = ("@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end")
EVENTS = "/me/calendar/events/delta"


class SeriesDeltaCase(DeltaCase, SeriesCase):
    """Ten days from the first of December; 3, 4 and 5 are in the window."""

    def setUp(self):
        super().setUp()
        self.made = self.make(series(rule(number=10)))
        self.id = self.made["id"]

    def kinds(self, rows):
        """Return what came: master, single, days of occurrences, removals."""
        names = {"seriesMaster": "master", "singleInstance": "single"}
        return [
            "removed"
            if "@removed" in row
            else names.get(row["type"])
            or f"{row['type']} {row['start']['dateTime'][8:10]}"
            for row in rows
        ]

    def follow(self, link, *expected):
        rows, link = self.round(link)
        self.assertEqual(list(expected), self.kinds(rows))
        return rows, link


class TestRows(SeriesDeltaCase):
    def test_occurrences_are_stubs_and_masters_full(self):
        rows, _link = self.follow(
            VIEW, "master", "occurrence 03", "occurrence 04", "occurrence 05"
        )
        self.assertEqual(set(STUB), set(rows[1]))
        self.assertEqual(self.id, rows[1]["seriesMasterId"])
        self.assertEqual("Review", rows[0]["subject"])
        self.assertEqual("2026-12-01T10:00:00.0000000", rows[0]["start"]["dateTime"])

    def test_exceptions_are_full(self):
        self.patch(self.day(self.id, "2026-12-04")["id"], {"subject": "Special"})
        rows, _link = self.follow(
            VIEW, "master", "occurrence 03", "exception 04", "occurrence 05"
        )
        self.assertEqual("Special", rows[2]["subject"])
        self.assertEqual(self.id, rows[2]["seriesMasterId"])
        self.assertIsNone(rows[2]["originalStart"])

    def test_exceptions_may_tell_their_original_start(self):
        self.switch("delta_original_start")
        self.move_to(self.day(self.id, "2026-12-04")["id"], "4T15:00", "4T16:00")
        rows, _link = self.round(VIEW)
        original = rows[2]["originalStart"]
        self.assertEqual("2026-12-04T10:00:00.0000000Z", original)

    def test_ids_and_zone_are_as_preferred(self):
        prefer = f'{IMMUTABLE}, outlook.timezone="{BRUSSELS}"'
        rows, link = self.round(VIEW, prefer=prefer)
        self.assertEqual(
            {"dateTime": "2026-12-03T11:00:00.0000000", "timeZone": BRUSSELS},
            rows[1]["start"],
        )
        self.assertEqual(rows[0]["id"], rows[1]["seriesMasterId"])
        self.get(f"/me/events/{rows[1]['id']}", prefer=IMMUTABLE)
        self.delete(rows[1]["id"], prefer=IMMUTABLE)
        rows, _link = self.round(link, prefer=IMMUTABLE)
        self.assertEqual(["master"], self.kinds(rows))

    def test_rounds_have_pages(self):
        rows, link = self.round(VIEW, size=2)
        self.assertEqual(4, len(rows))
        self.assertEqual([], self.round(link, size=2)[0])

    def test_masters_may_be_left_out(self):
        self.switch("delta_masters", False)
        _rows, link = self.follow(
            VIEW, "occurrence 03", "occurrence 04", "occurrence 05"
        )
        self.patch(self.id, {"subject": "Changed"})
        _rows, link = self.follow(
            link, "occurrence 03", "occurrence 04", "occurrence 05"
        )
        self.delete(self.day(self.id, "2026-12-04")["id"])
        _rows, link = self.follow(link)
        self.delete(self.id)
        self.follow(link, "removed", "removed")

    def test_a_never_ending_series_fills_the_window_alone(self):
        self.make(series(rule(first="1999-01-01")))
        rows, _link = self.round(VIEW)
        self.assertEqual(2 + 6, len(rows))

    def test_an_occurrence_that_goes_between_two_pages_is_left_out(self):
        page = self.get(VIEW, prefer="odata.maxpagesize=2")
        self.delete(self.day(self.id, "2026-12-04")["id"])
        rows, _link = self.round(page["@odata.nextLink"])
        self.assertEqual(["occurrence 05"], self.kinds(rows))


class TestChanges(SeriesDeltaCase):
    def setUp(self):
        super().setUp()
        _rows, self.link = self.round(VIEW)

    def test_a_changed_master_sends_its_occurrences_again(self):
        self.patch(self.id, {"subject": "Changed"})
        rows, link = self.follow(
            self.link, "master", "occurrence 03", "occurrence 04", "occurrence 05"
        )
        self.assertEqual("Changed", rows[0]["subject"])
        self.follow(link)

    def test_a_changed_day_comes_with_the_master(self):
        self.patch(self.day(self.id, "2026-12-04")["id"], {"subject": "Special"})
        _rows, link = self.follow(self.link, "exception 04", "master")
        self.patch(self.day(self.id, "2026-12-04")["id"], {"subject": "Again"})
        rows, _link = self.follow(link, "exception 04", "master")
        self.assertEqual("Again", rows[0]["subject"])

    def test_a_master_changed_before_a_day_is_not_forgotten(self):
        self.patch(self.id, {"subject": "Changed"})
        self.delete(self.day(self.id, "2026-12-04")["id"])
        self.follow(self.link, "master", "occurrence 03", "occurrence 05")

    def test_a_cancelled_day_is_not_told(self):
        self.delete(self.day(self.id, "2026-12-04")["id"])
        self.follow(self.link, "master")

    def test_a_cancelled_exception_is_not_told_either(self):
        day = self.day(self.id, "2026-12-04")["id"]
        self.patch(day, {"subject": "Special"})
        self.delete(day)
        self.follow(self.link, "master")

    def test_a_cancelled_day_is_told_when_switched(self):
        self.switch("delta_cancelled")
        day = self.day(self.id, "2026-12-04")["id"]
        self.delete(day)
        rows, link = self.follow(self.link, "master", "removed")
        self.assertEqual(day, rows[1]["id"])
        self.delete(self.id)
        self.follow(link, "removed", "removed", "removed")

    def test_an_exception_out_of_the_window_is_removed(self):
        last = self.day(self.id, "2026-12-10")["id"]
        self.move_to(last, "31T10:00", "31T11:00")
        rows, _link = self.follow(self.link, "removed", "master")
        self.assertEqual(last, rows[0]["id"])

    def test_an_exception_that_moves_in_comes_full(self):
        made = self.make(series(rule(interval=9, number=2), subject="Rare"))
        _rows, link = self.round(self.link)
        self.move_to(self.day(made["id"], "2026-12-01")["id"], "4T08:00", "4T09:00")
        rows, _link = self.follow(link, "exception 04", "master")
        self.assertEqual(["Rare", "Rare"], [row["subject"] for row in rows])

    def test_a_series_that_ends_before_the_window_is_removed(self):
        self.patch(self.id, {"recurrence": rule(number=2)})
        rows, _link = self.follow(self.link, "removed")
        self.assertEqual(self.id, rows[0]["id"])

    def test_a_shorter_series_comes_with_what_is_left(self):
        self.patch(self.id, {"recurrence": rule(number=3)})
        self.follow(self.link, "master", "occurrence 03")

    def test_a_deleted_series_is_one_removal(self):
        self.patch(self.day(self.id, "2026-12-04")["id"], {"subject": "Special"})
        self.delete(self.id)
        rows, _link = self.follow(self.link, "removed")
        self.assertEqual(self.id, rows[0]["id"])

    def test_a_new_rule_brings_new_occurrences(self):
        before, _link = self.round(VIEW)
        self.patch(self.id, {"recurrence": rule(interval=2, number=5)})
        rows, _link = self.follow(self.link, "master", "occurrence 03", "occurrence 05")
        self.assertEqual({self.id}, {r["id"] for r in before} & {r["id"] for r in rows})

    def test_a_series_made_single_and_back(self):
        self.patch(self.id, {"recurrence": None})
        rows, link = self.follow(self.link, "removed")
        self.assertEqual(self.id, rows[0]["id"])
        self.patch(self.id, {"recurrence": rule(number=3)})
        self.follow(link, "master", "occurrence 03")

    def test_a_series_moves_to_another_calendar(self):
        work = self.ask("POST", "/me/calendars", {"name": "Work"}).json()["id"]
        self.patch(self.day(self.id, "2026-12-04")["id"], {"subject": "Special"})
        path = VIEW.replace("/me/", f"/me/calendars/{work}/")
        _rows, there = self.round(path)
        _rows, here = self.round(self.link)
        self.sandbox.exchange.move_event(self.person(), self.id, work)
        self.follow(here, "removed", "removed")
        rows, _link = self.round(there)
        self.assertEqual(
            ["exception 04", "master", "occurrence 03", "occurrence 05"],
            sorted(self.kinds(rows)),
        )

    def test_chains_outlive_a_restart(self):
        state = json.loads(json.dumps(dump_state(self.sandbox)))
        self.sandbox.exchange.load(state["exchange"])
        self.patch(self.id, {"subject": "Changed"})
        self.follow(
            self.link, "master", "occurrence 03", "occurrence 04", "occurrence 05"
        )


class TestEventsDelta(SeriesDeltaCase):
    def test_it_has_masters_and_exceptions_but_no_occurrences(self):
        self.switch("events_delta")
        self.patch(self.day(self.id, "2026-12-04")["id"], {"subject": "Special"})
        self.make(event("Alone", "4T10:00", "4T11:00"))
        _rows, link = self.follow(EVENTS, "master", "exception 04", "single")
        self.patch(self.id, {"end": at("1T12:00")})
        _rows, link = self.follow(link, "exception 04", "master")
        self.delete(self.day(self.id, "2026-12-04")["id"])
        self.follow(link, "master")
