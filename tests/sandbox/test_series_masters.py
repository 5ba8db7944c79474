# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Changes of a master, and what they do to its exceptions."""

from .graphing import at
from .series import BRUSSELS, SeriesCase, rule, series


class MasterCase(SeriesCase):
    """Five days, the second with a subject of its own, the fourth cancelled."""

    def setUp(self):
        super().setUp()
        self.made = self.make(series(rule(number=5), BRUSSELS))
        self.id = self.made["id"]
        self.special = self.day(self.id, "2026-12-02")["id"]
        self.patch(self.special, {"subject": "Special"})
        self.delete(self.day(self.id, "2026-12-04")["id"])

    def subjects(self):
        return [row["subject"] for row in self.instances(self.id)]

    def lost(self, **changes):
        """Check that a change does away with exceptions and cancelled days."""
        self.patch(self.id, changes)
        rows = self.instances(self.id)
        self.assertEqual({"occurrence"}, {row["type"] for row in rows})
        answer = self.ask("GET", f"/me/events/{self.special}")
        self.refused(answer, 404, "ErrorItemNotFound")
        path = f"/me/events/{self.id}?$select=cancelledOccurrences"
        self.assertEqual([], self.get(path)["cancelledOccurrences"])
        return [row["start"]["dateTime"][8:16] for row in rows]


class TestFollowing(MasterCase):
    def test_members_reach_exceptions_that_have_none_of_their_own(self):
        self.patch(
            self.id,
            {
                "subject": "Weekly",
                "location": {"displayName": "Ghent"},
                "body": {"contentType": "text", "content": "Agenda"},
            },
        )
        rows = self.instances(self.id)
        self.assertEqual(["Weekly", "Special", "Weekly", "Weekly"], self.subjects())
        self.assertEqual({"Ghent"}, {row["location"]["displayName"] for row in rows})
        self.assertEqual({"Agenda"}, {row["bodyPreview"] for row in rows})
        self.assertEqual("exception", rows[1]["type"])

    def test_what_was_changed_first_stays(self):
        self.patch(self.special, {"location": {"displayName": "Bruges"}})
        self.patch(self.id, {"location": {"displayName": "Ghent"}})
        places = [row["location"]["displayName"] for row in self.instances(self.id)]
        self.assertEqual(["Ghent", "Bruges", "Ghent", "Ghent"], places)

    def test_a_new_length_reaches_exceptions_at_their_time(self):
        moved = self.day(self.id, "2026-12-03")["id"]
        self.move_to(moved, "3T15:00", "3T15:30")
        self.patch(self.id, {"end": at("1T12:30", BRUSSELS)})
        ends = [row["end"]["dateTime"][8:16] for row in self.instances(self.id)]
        self.assertEqual(["01T11:30", "02T11:30", "03T15:30", "05T11:30"], ends)
        self.assertEqual("exception", self.get(f"/me/events/{self.special}")["type"])

    def test_a_longer_series_keeps_its_exceptions(self):
        self.patch(self.id, {"recurrence": rule(number=7)})
        self.assertEqual(
            ["Review", "Special", "Review", "Review", "Review", "Review"],
            self.subjects(),
        )
        self.patch(self.id, {"recurrence": rule(until="2026-12-03")})
        self.assertEqual(["Review", "Special", "Review"], self.subjects())

    def test_a_shorter_series_loses_those_behind_its_end(self):
        self.patch(self.id, {"recurrence": rule(number=1)})
        self.assertEqual(["Review"], self.subjects())
        answer = self.ask("GET", f"/me/events/{self.special}")
        self.refused(answer, 404, "ErrorItemNotFound")
        self.patch(self.id, {"recurrence": rule(number=4)})
        self.assertEqual(4 * ["Review"], self.subjects())

    def test_the_same_rule_again_changes_nothing(self):
        self.patch(self.id, {"recurrence": self.made["recurrence"]})
        self.assertEqual(["Review", "Special", "Review", "Review"], self.subjects())


class TestLosing(MasterCase):
    def test_with_another_pattern(self):
        days = self.lost(recurrence=rule(interval=2, number=3))
        self.assertEqual(["01T09:00", "03T09:00", "05T09:00"], days)

    def test_with_another_time(self):
        times = {"start": at("1T14:00", BRUSSELS), "end": at("1T15:00", BRUSSELS)}
        self.assertEqual("01T13:00", self.lost(**times)[0])

    def test_with_another_first_day(self):
        times = {"start": at("8T10:00", BRUSSELS), "end": at("8T11:00", BRUSSELS)}
        self.assertEqual("08T09:00", self.lost(**times)[0])
        got = self.get(f"/me/events/{self.id}")["recurrence"]["range"]
        self.assertEqual("2026-12-08", got["startDate"])

    def test_with_another_zone(self):
        tokyo = "Asia/Tokyo"
        times = {"start": at("1T10:00", tokyo), "end": at("1T11:00", tokyo)}
        self.lost(recurrence=rule(number=5), **times)

    def test_with_another_end_when_switched(self):
        self.switch("range_keeps_exceptions", False)
        self.lost(recurrence=rule(number=7))

    def test_new_ids_follow(self):
        before = {row["id"] for row in self.instances(self.id)}
        self.lost(recurrence=rule(interval=2, number=3))
        after = {row["id"] for row in self.instances(self.id)}
        self.assertEqual(set(), before & after)


class TestComingAndGoing(MasterCase):
    def test_without_a_rule_the_first_day_stays(self):
        single = self.patch(self.id, {"recurrence": None})
        self.assertEqual(
            ("singleInstance", self.id, self.made["start"]),
            (single["type"], single["id"], single["start"]),
        )
        self.assertEqual([self.id], [row["id"] for row in self.view()])
        self.assertEqual([], self.instances(self.id))

    def test_a_rule_makes_a_master_again(self):
        self.patch(self.id, {"recurrence": None})
        again = self.patch(self.id, {"recurrence": rule(number=2)})
        self.assertEqual(("seriesMaster", self.id), (again["type"], again["id"]))
        self.assertEqual(["2026-12-01", "2026-12-02"], self.days(self.id))
        self.assertEqual(["Review", "Review"], self.subjects())

    def test_a_start_that_fits_no_more_moves_on(self):
        weekly = rule("weekly", daysOfWeek=["tuesday"], number=2)
        self.patch(self.id, {"recurrence": weekly})
        times = {"start": at("2T10:00", BRUSSELS), "end": at("2T11:00", BRUSSELS)}
        changed = self.patch(self.id, times)
        self.assertEqual("2026-12-08T09:00:00.0000000", changed["start"]["dateTime"])
        self.assertEqual(["2026-12-08", "2026-12-15"], self.days(self.id))

    def test_the_rule_must_begin_on_the_day_of_the_event(self):
        body = {"recurrence": rule(first="2026-12-02", number=5)}
        answer = self.ask("PATCH", f"/me/events/{self.id}", body)
        self.refused(answer, 400, "ErrorPropertyValidationFailure")
        self.assertEqual(["Review", "Special", "Review", "Review"], self.subjects())
