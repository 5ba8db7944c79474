# Part of outlook_calendar. LGPL-3, see LICENSE.
"""On which days and at what time the occurrences of a series take place."""

import unittest
from datetime import date
from itertools import islice

from ...sandbox.expansion import day_after, day_before, days_of, is_day_of, rule_of
from ...sandbox.recurrence import read_recurrence
from .series import BRUSSELS, SeriesCase, rule, series

YEARS = "startDateTime=2026-01-01&endDateTime=2030-12-31"
WORKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
WEEK = [*WORKDAYS, "saturday", "sunday"]


class TestPatterns(SeriesCase):
    def check(self, expected, **given):
        made = self.make(series(rule(**given)))
        self.assertEqual(expected.split(), self.days(made["id"], YEARS))
        self.assertTrue(made["start"]["dateTime"].startswith(expected.split()[0]))

    def test_every_n_days(self):
        self.check("2026-12-30 2027-01-02 2027-01-05", first="2026-12-30", interval=3,
                   number=3)  # fmt: skip

    def test_several_days_of_the_week(self):
        self.check(
            "2026-12-01 2026-12-04 2026-12-08 2026-12-11",
            kind="weekly",
            daysOfWeek=["friday", "tuesday"],
            number=4,
        )

    def test_the_first_day_of_the_week_counts_with_an_interval(self):
        pattern = {"kind": "weekly", "interval": 2, "daysOfWeek": ["tuesday", "sunday"]}
        for start, expected in (
            ("sunday", "2026-12-01 2026-12-13 2026-12-15 2026-12-27"),
            ("monday", "2026-12-01 2026-12-06 2026-12-15 2026-12-20"),
        ):
            with self.subTest(start):
                self.check(expected, firstDayOfWeek=start, number=4, **pattern)

    def test_day_31_is_the_last_day_of_a_shorter_month(self):
        self.check(
            "2027-01-31 2027-02-28 2027-03-31 2027-04-30",
            kind="absoluteMonthly",
            first="2027-01-31",
            dayOfMonth=31,
            number=4,
        )

    def test_day_29_in_leap_and_common_years(self):
        self.check(
            "2027-02-28 2028-02-29 2029-02-28",
            kind="absoluteYearly",
            first="2027-02-28",
            dayOfMonth=29,
            month=2,
            number=3,
        )

    def test_the_nth_day_of_a_month(self):
        self.check(
            "2026-12-10 2027-02-11 2027-04-08",
            kind="relativeMonthly",
            first="2026-12-10",
            interval=2,
            daysOfWeek=["thursday"],
            index="second",
            number=3,
        )

    def test_the_nth_of_several_days_counts_them_all(self):
        # 2026-12-01 is a Tuesday: the second day of the set is the Wednesday.
        self.check(
            "2026-12-02 2027-01-04 2027-02-02",
            kind="relativeMonthly",
            first="2026-12-02",
            daysOfWeek=WORKDAYS,
            index="second",
            number=3,
        )

    def test_the_last_of_several_days(self):
        for days, expected in (
            (WORKDAYS, "2026-12-31 2027-01-29 2027-02-26"),
            (WEEK, "2026-12-31 2027-01-31 2027-02-28"),
        ):
            with self.subTest(days):
                self.check(
                    expected,
                    kind="relativeMonthly",
                    first="2026-12-31",
                    daysOfWeek=days,
                    index="last",
                    number=3,
                )

    def test_a_day_of_the_week_in_a_month_of_every_year(self):
        self.check(
            "2027-03-28 2028-03-26 2029-03-25",
            kind="relativeYearly",
            first="2027-03-28",
            daysOfWeek=["sunday"],
            month=3,
            index="last",
            number=3,
        )

    def test_an_end_date_is_included(self):
        self.check("2026-12-01 2026-12-02 2026-12-03", until="2026-12-03")

    def test_a_start_that_does_not_fit_moves_on(self):
        made = self.make(
            series(
                rule("weekly", first="2026-12-01", daysOfWeek=["thursday"], number=2)
            )
        )
        self.assertEqual("2026-12-03", made["recurrence"]["range"]["startDate"])
        self.assertEqual("2026-12-03T10:00:00.0000000", made["start"]["dateTime"])
        self.assertEqual("2026-12-03T11:00:00.0000000", made["end"]["dateTime"])
        self.assertEqual(["2026-12-03", "2026-12-10"], self.days(made["id"]))

    def test_a_series_without_a_day_is_refused(self):
        given = rule("weekly", daysOfWeek=["friday"], until="2026-12-03")
        self.refuse(series(given), "ErrorPropertyValidationFailure")

    def test_occurrences_may_not_overlap(self):
        body = series(rule(number=3))
        body["end"] = {"dateTime": "2026-12-02T11:00:00", "timeZone": "UTC"}
        self.refuse(body, "ErrorPropertyValidationFailure")
        body["end"] = {"dateTime": "2026-12-02T10:00:00", "timeZone": "UTC"}
        self.make(body)

    def test_a_series_may_begin_and_end_with_the_calendar(self):
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
            with self.subTest(zone):
                self.refuse(
                    series(rule(first="9999-12-30"), zone),
                    "ErrorPropertyValidationFailure",
                )
                old = self.make(series(rule(first="0001-01-03"), zone))
                self.assertEqual(62, len(self.days(old["id"])))
                until = rule(first="9998-12-29", until="9999-12-31")
                query = "startDateTime=9998-12-01&endDateTime=9999-12-31"
                late = self.make(series(until, zone))
                self.assertEqual(3, len(self.days(late["id"], query)))

    def test_a_number_must_be_possible(self):
        for number in (-1, 1000, 2.5, "5"):
            with self.subTest(number):
                given = rule(number=number)
                self.refuse(series(given), "ErrorPropertyValidationFailure")
        given = rule()
        given["range"].update(type="numbered", numberOfOccurrences=0)
        self.refuse(series(given), "ErrorPropertyValidationFailure")


class TestClocks(SeriesCase):
    def starts(self, master_id, query):
        rows = self.instances(master_id, query)
        return [row["start"]["dateTime"][5:16] for row in rows]

    def test_a_series_follows_the_clock_of_its_zone(self):
        given = rule("weekly", first="2026-10-20", daysOfWeek=["tuesday"], number=3)
        made = self.make(series(given, BRUSSELS))
        query = "startDateTime=2026-10-01&endDateTime=2026-12-01"
        self.assertEqual(
            ["10-20T08:00", "10-27T09:00", "11-03T09:00"],
            self.starts(made["id"], query),
        )
        rows = self.instances(
            made["id"], query, prefer='outlook.timezone="Romance Standard Time"'
        )
        self.assertEqual({"10:00"}, {row["start"]["dateTime"][11:16] for row in rows})

    def test_a_series_in_utc_does_not(self):
        given = rule("weekly", first="2026-10-20", daysOfWeek=["tuesday"], number=3)
        made = self.make(series(given))
        query = "startDateTime=2026-10-01&endDateTime=2026-12-01"
        self.assertEqual(
            ["10-20T10:00", "10-27T10:00", "11-03T10:00"],
            self.starts(made["id"], query),
        )

    def test_the_day_is_that_of_the_zone(self):
        tokyo = "Asia/Tokyo"  # 08:00 there is the evening before in UTC
        given = rule("weekly", first="2026-12-07", daysOfWeek=["monday"], number=2)
        made = self.make(series(given, tokyo, clock=("08:00", "09:00")))
        query = "startDateTime=2026-12-01&endDateTime=2027-01-01"
        self.assertEqual(["12-06T23:00", "12-13T23:00"], self.starts(made["id"], query))
        self.assertEqual("2026-12-07", made["recurrence"]["range"]["startDate"])

    def test_a_time_that_the_clock_leaves_out_moves_on(self):
        given = rule(first="2027-03-27", number=3)
        made = self.make(series(given, BRUSSELS, clock=("02:30", "03:30")))
        query = "startDateTime=2027-03-01&endDateTime=2027-04-01"
        self.assertEqual(
            ["03-27T01:30", "03-28T01:30", "03-29T00:30"],
            self.starts(made["id"], query),
        )

    def test_whole_days_float(self):
        given = rule(first="2026-10-24", number=3)
        body = series(given, BRUSSELS, clock=("00:00", "00:00"), isAllDay=True)
        body["end"]["dateTime"] = "2026-10-25T00:00:00"
        made = self.make(body)
        query = "startDateTime=2026-10-01&endDateTime=2026-12-01"
        rows = self.instances(made["id"], query + "&$select=start,end,originalStart")
        self.assertEqual(
            ["2026-10-24T00:00", "2026-10-25T00:00", "2026-10-26T00:00"],
            [row["start"]["dateTime"][:16] for row in rows],
        )
        self.assertEqual("2026-10-26T00:00:00.0000000Z", rows[2]["originalStart"])

    def test_a_meeting_over_midnight(self):
        given = rule("weekly", first="2026-12-01", daysOfWeek=["tuesday"], number=2)
        body = series(given, clock=("22:00", "22:00"))
        body["end"]["dateTime"] = "2026-12-02T02:00:00"
        made = self.make(body)
        rows = self.instances(
            made["id"], "startDateTime=2026-12-09&endDateTime=2026-12-10"
        )
        self.assertEqual(
            ["2026-12-09T02:00:00.0000000"], [r["end"]["dateTime"] for r in rows]
        )


class TestBounds(unittest.TestCase):
    """The expansion alone: far away, and from both sides."""

    def rule(self, **given):
        full = rule(**given)
        first = date.fromisoformat(full["range"]["startDate"])
        return rule_of(read_recurrence(full, first, "UTC"))

    def test_a_series_without_end_is_entered_anywhere(self):
        daily = self.rule(first="1970-01-01")
        far = date(7070, 5, 5)
        found = list(islice(days_of(daily, far), 2))
        self.assertEqual([far, date(7070, 5, 6)], found)
        self.assertEqual(far, day_before(daily, found[1]))
        self.assertEqual(found[1], day_after(daily, far))

    def test_it_ends_with_the_calendar(self):
        for given in (
            {"kind": "daily"},
            {"kind": "weekly", "daysOfWeek": WEEK},
            {"kind": "absoluteMonthly", "dayOfMonth": 31},
            {
                "kind": "relativeYearly",
                "daysOfWeek": WEEK,
                "month": 12,
                "index": "last",
            },
        ):
            with self.subTest(given["kind"]):
                days = list(days_of(self.rule(**given), date(9998, 12, 1)))
                self.assertEqual(date(9998, 12, 31), days[-1])

    def test_both_directions_agree(self):
        patterns = (
            {"kind": "daily", "interval": 5},
            {"kind": "weekly", "interval": 3, "daysOfWeek": ["monday", "friday"]},
            {"kind": "absoluteMonthly", "interval": 4, "dayOfMonth": 30},
            {"kind": "relativeMonthly", "daysOfWeek": WORKDAYS, "index": "fourth"},
            {"kind": "absoluteYearly", "interval": 2, "dayOfMonth": 31, "month": 2},
        )
        for given in patterns:
            with self.subTest(given["kind"]):
                each = self.rule(number=9, **given)
                days = list(days_of(each))
                self.assertEqual(9, len(days))
                self.assertTrue(all(is_day_of(each, day) for day in days))
                self.assertEqual(days[1:] + [None], [day_after(each, d) for d in days])
                self.assertEqual(
                    [None] + days[:-1], [day_before(each, d) for d in days]
                )
                self.assertEqual(days[3:6], list(days_of(each, days[3], days[5])))
