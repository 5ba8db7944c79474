# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Masters of series: rules checked, filled up and kept in their zone."""

from .graphing import EventCase, at, event


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
