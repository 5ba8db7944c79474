# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The store without HTTP: kept and taken over, reset, planted, used by threads."""

import json
import threading
import unittest

from ...sandbox.chains import VIEW
from ...sandbox.clock import Clock
from ...sandbox.directory import Directory
from ...sandbox.exchange import Exchange
from ...sandbox.moments import parse_query
from ...sandbox.problem import GraphProblem
from ...sandbox.seeds import TEAM, plant
from .browsing import team
from .graphing import ANN, BOB, ROOM, event

SEED = TEAM.with_name("team_mailboxes.json")
SPAN = (parse_query("2026-12-01"), parse_query("2027-01-01"))


class ExchangeCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.directory = Directory()
        plant(self.directory, team())
        self.exchange = Exchange(Clock(), self.directory)
        self.ann, self.bob = (self.directory.person(key) for key in (ANN, BOB))

    def first_round(self, exchange, size=10):
        now = exchange.clock.now()
        place = exchange.calendar(self.ann)
        return exchange.deltas(self.ann).begin(place, VIEW, SPAN, size, now)

    def follow(self, exchange, token):
        return exchange.deltas(self.ann).follow(token, 10, exchange.clock.now())


class TestKeeping(ExchangeCase):
    def reborn(self):
        """Return an Exchange that has taken over what this one has written."""
        data = json.loads(json.dumps(self.exchange.dump()))
        other = Exchange(Clock(), self.directory)
        other.load(data)
        return other

    def test_everything_outlives_a_restart(self):
        body = event(guests=[BOB, ROOM], transactionId="t", isOnlineMeeting=True)
        made = self.exchange.create_event(self.ann, body)
        self.exchange.set_extension(self.ann, made["id"], "com.example.a", {"n": 1})
        self.exchange.switches.set("drafts", True)
        other = self.reborn()
        for person in (self.ann, self.bob, self.directory.person(ROOM)):
            self.assertEqual(self.exchange.list(person), other.list(person))
            self.assertEqual(self.exchange.calendars(person), other.calendars(person))
        self.assertEqual(self.exchange.mails, other.mails)
        self.assertTrue(other.switches.drafts)
        again = other.create_event(self.ann, body)
        self.assertEqual(made["id"], again["id"])
        self.assertEqual(
            {"n": 1}, other.item(self.ann, made["id"]).extensions["com.example.a"]
        )

    def test_delta_goes_on_after_a_restart(self):
        for number in range(3):
            self.exchange.create_event(self.ann, event(str(number)))
        page = self.first_round(self.exchange, 2)
        other = self.reborn()
        page = self.follow(other, page.token)
        self.assertEqual(["2"], [row.fields["subject"] for row in page.rows])
        other.create_event(self.ann, event("new"))
        page = self.follow(other, page.token)
        self.assertEqual(["new"], [row.fields["subject"] for row in page.rows])

    def test_a_reset_forgets_everything_and_every_id(self):
        made = self.exchange.create_event(self.ann, event(guests=[BOB]))
        token = self.first_round(self.exchange).token
        self.exchange.reset()
        self.assertEqual([], self.exchange.list(self.bob))
        self.assertEqual([], self.exchange.mails)
        again = self.exchange.create_event(self.ann, event())
        self.assertNotEqual(made["id"], again["id"])
        self.assertNotEqual(made["iCalUId"], again["iCalUId"])
        with self.assertRaises(GraphProblem) as caught:
            self.follow(self.exchange, token)
        self.assertEqual(410, caught.exception.status)

    def test_what_is_given_out_is_a_copy(self):
        made = self.exchange.create_event(self.ann, event(categories=["A"]))
        self.exchange.list(self.ann)[0]["categories"].append("B")
        self.exchange.event(self.ann, made["id"])["location"]["displayName"] = "x"
        kept = self.exchange.event(self.ann, made["id"])
        self.assertEqual(["A"], kept["categories"])
        self.assertEqual("", kept["location"]["displayName"])


class TestSeeds(ExchangeCase):
    def test_the_teams_mailboxes_are_planted_without_mail(self):
        seed = json.loads(SEED.read_text(encoding="utf-8"))
        self.exchange.load_seed(seed)
        self.assertEqual([], self.exchange.mails)
        subjects = {row["subject"] for row in self.exchange.list(self.ann)}
        self.assertEqual(
            {
                "Quarterly review",
                "Dentist",
                "Autumn fair",
                "Planning",
                "Stand-up across the ocean",
            },
            subjects,
        )

    def test_bad_rows_are_refused(self):
        for name, seed in (
            ("nobody", {"nobody@contoso.example": {}}),
            ("calendar", {ANN: {"events": [{**event(), "calendar": "None"}]}}),
        ):
            with self.subTest(name), self.assertRaises((KeyError, ValueError)):
                self.exchange.load_seed(seed)


class TestSwitches(ExchangeCase):
    def test_switches_have_names_and_types(self):
        self.exchange.switches.set("delta_page", 3)
        self.assertEqual(3, self.exchange.switches.dump()["delta_page"])
        for name, value in (("nothing", True), ("drafts", 1), ("delta_page", True)):
            with self.subTest(name), self.assertRaises(ValueError):
                self.exchange.switches.set(name, value)
        with self.assertRaises(AttributeError):
            getattr(self.exchange.switches, "no" + "thing")


class TestThreads(ExchangeCase):
    def test_many_threads_lose_nothing(self):
        def work(name):
            for number in range(50):
                body = event(f"{name} {number}", guests=[BOB])
                made = self.exchange.create_event(self.ann, body)
                self.exchange.update_event(self.ann, made["id"], {"subject": name})
                self.exchange.agenda(self.bob, *SPAN)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        rows = self.exchange.list(self.bob)
        self.assertEqual(200, len({row["id"] for row in rows}))
        self.assertEqual({"a", "b", "c", "d"}, {row["subject"] for row in rows})
        self.assertEqual(400, len(self.exchange.mails))

    def test_an_answer_must_be_one_of_three(self):
        made = self.exchange.create_event(self.ann, event(guests=[BOB]))
        with self.assertRaises(ValueError):
            self.exchange.respond(self.bob, made["id"], "perhaps")
