# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series on the web page, in the control interface and in the data file."""

import json

from ...sandbox.storage import dump_state
from ...sandbox.web_rule import rule_in_words
from .browsing import ANN, BOB
from .series import BRUSSELS, SeriesCase, rule, series


class TestPage(SeriesCase):
    """A series on the first three days of December, which begin with a Tuesday."""

    def setUp(self):
        super().setUp()
        self.web = self.browser()
        body = series(rule(number=3), BRUSSELS, [BOB], subject="Stand-up")
        self.made = self.make(body)
        self.mails()

    def open(self, path="", who=ANN):
        return self.web.open(f"{self.http}/mailbox/{self.person(who).id}{path}").page

    def open_day(self, day, who=ANN):
        master = self.copy(self.made, who)["id"]
        return self.open(f"/event/{self.day(master, day, who=who)['id']}", who)

    def press(self, form, button="", **fields):
        ids = [each.id for each in self.web.page.forms]
        return self.web.press(button, ids.index(form), **fields)

    def test_a_week_shows_the_occurrences(self):
        # Bob lives in London, an hour behind.
        for who, clock in ((ANN, "10:00 – 11:00"), (BOB, "09:00 – 10:00")):
            text = self.open("?week=2026-12-01", who).text
            self.assertEqual(3, text.count(clock))
            self.assertIn("every day from 2026-12-01 3 times", text)
            self.assertNotIn(clock, self.open("?week=2026-12-08", who).text)

    def test_one_day_is_changed(self):
        self.assertIn("One day of a series", self.open_day("2026-12-02").text)
        self.press("meeting", "save", subject="Special")
        subjects = [row["subject"] for row in self.instances(self.made["id"])]
        self.assertEqual(["Stand-up", "Special", "Stand-up"], subjects)
        self.assertIn("unlike the others", self.open_day("2026-12-02").text)
        self.assertIn("Special", self.open("?week=2026-12-01", BOB).text)

    def test_the_series_is_changed(self):
        page = self.open(f"/event/{self.made['id']}")
        self.assertIn("every day from 2026-12-01 3 times", page.text)
        self.press("meeting", "save", subject="Daily")
        subjects = {row["subject"] for row in self.instances(self.made["id"])}
        self.assertEqual({"Daily"}, subjects)

    def test_one_day_is_answered(self):
        self.open_day("2026-12-02", BOB)
        self.press("answer", "declined")
        copy = self.copy(self.made, BOB)["id"]
        self.assertEqual(["2026-12-01", "2026-12-03"], self.days(copy, who=BOB))
        self.assertEqual([(ANN, "response", "declined")], self.mails())

    def test_one_day_is_called_off_and_one_deleted(self):
        self.open_day("2026-12-02")
        self.press("cancel", comment="Snow")
        self.open_day("2026-12-03")
        self.press("delete")
        self.assertEqual(["2026-12-01"], self.days(self.made["id"]))
        kinds = [(to, kind) for to, kind, _reason in self.mails()]
        self.assertEqual(2 * [(BOB, "cancellation")], kinds)

    def test_rules_are_told_in_words(self):
        for given, words in (
            (rule("weekly", 2, daysOfWeek=["monday"]), "every 2 weeks on Monday"),
            (rule("absoluteMonthly", dayOfMonth=31), "every month on day 31"),
            (
                rule("relativeYearly", month=3, daysOfWeek=["friday"], index="last"),
                "every year on the last Friday of March",
            ),
            (rule(until="2027-01-01"), "every day from 2026-12-01 until 2027-01-01"),
        ):
            with self.subTest(words):
                given["pattern"].setdefault("daysOfWeek", [])
                self.assertIn(words, rule_in_words(given))


class TestControl(SeriesCase):
    def test_instances_are_listed(self):
        made = self.make(series())
        path = f"{self.http}/control/people/{ANN}/events/{made['id']}/instances"
        window = {"start": "2026-12-02", "end": "2026-12-04"}
        rows = self.session.get(path, params=window).json()
        self.assertEqual(["occurrence"] * 2, [row["type"] for row in rows])
        answer = self.session.get(path, params={"start": "2026-12-02"})
        self.assertEqual(400, answer.status_code)

    def test_a_day_is_changed_and_deleted_by_its_id(self):
        made = self.make(series())
        row = self.day(made["id"], "2026-12-02")
        path = f"{self.http}/control/people/{ANN}/events/{row['id']}"
        changed = self.session.patch(path, json={"subject": "Special"}).json()
        self.assertEqual("exception", changed["type"])
        self.assertEqual(204, self.session.delete(path).status_code)
        self.assertEqual(4, len(self.days(made["id"])))


class TestKeeping(SeriesCase):
    def test_series_outlive_a_restart(self):
        made = self.make(series(guests=[BOB]))
        self.patch(self.day(made["id"], "2026-12-02")["id"], {"subject": "Special"})
        self.delete(self.day(made["id"], "2026-12-03")["id"])
        copy = self.copy(made, BOB)["id"]
        before = self.instances(made["id"]), self.instances(copy, who=BOB)
        state = json.loads(json.dumps(dump_state(self.sandbox)))
        self.sandbox.exchange.load(state["exchange"])
        after = self.instances(made["id"]), self.instances(copy, who=BOB)
        self.assertEqual(before, after)
        again = self.patch(after[0][1]["id"], {"subject": "Again"})
        self.assertEqual(after[0][1]["id"], again["id"])
        self.assertEqual(4, len(self.days(made["id"])))
