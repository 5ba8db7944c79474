# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Faults and limits, seen by a client on the other end of a socket."""

import threading
import time
from email.utils import parsedate_to_datetime

import requests

from .browsing import ANN, BOB, SandboxCase


class FaultCase(SandboxCase):
    def setUp(self):
        super().setUp()
        self.header = {"Authorization": f"Bearer {self.access_token()}"}

    def get(self, path="/me", base=None, **headers):
        url = f"{base or self.http}/v1.0{path}"
        return self.session.get(url, headers={**self.header, **headers})

    def post_event(self, base=None):
        body = {
            "subject": "Board",
            "start": {"dateTime": "2026-12-01T10:00:00", "timeZone": "UTC"},
            "end": {"dateTime": "2026-12-01T11:00:00", "timeZone": "UTC"},
        }
        url = f"{base or self.http}/v1.0/me/events"
        return self.session.post(url, json=body, headers=self.header)

    def subjects(self):
        return [each["subject"] for each in self.sandbox.exchange.list(self.person())]


class TestAnswers(FaultCase):
    def test_a_status_strikes_once_in_graphs_envelope(self):
        self.sandbox.faults.add("status", status=503, retry_after=7)
        response = self.get(**{"client-request-id": "mine"})
        self.assertEqual(503, response.status_code)
        self.assertEqual("7", response.headers["Retry-After"])
        error = response.json()["error"]
        self.assertEqual("ErrorServerBusy", error["code"])
        self.assertEqual("mine", error["innerError"]["client-request-id"])
        self.assertEqual(
            response.headers["request-id"], error["innerError"]["request-id"]
        )
        self.assertEqual(200, self.get().status_code)

    def test_every_documented_status_has_its_code(self):
        codes = {
            401: "InvalidAuthenticationToken",
            404: "ErrorItemNotFound",
            409: "ErrorIrresolvableConflict",
            410: "SyncStateNotFound",
            429: "ApplicationThrottled",
            418: "UnknownError",
        }
        for status, code in codes.items():
            self.sandbox.faults.add("status", status=status)
            self.assertEqual(code, self.get().json()["error"]["code"])

    def test_code_message_and_body_can_be_given(self):
        self.sandbox.faults.add("status", status=400, code="Odd", message="Strange.")
        error = self.get().json()["error"]
        self.assertEqual(("Odd", "Strange."), (error["code"], error["message"]))
        self.sandbox.faults.add("status", status=502, body="no json")
        self.assertEqual("no json", self.get().text)

    def test_retry_after_in_all_its_forms(self):
        self.sandbox.faults.add("status", status=429)
        self.assertNotIn("Retry-After", self.get().headers)
        self.sandbox.faults.add("status", status=429, retry_after="2.128")
        self.assertEqual("2.128", self.get().headers["Retry-After"])
        self.sandbox.faults.add("status", status=429, retry_after="date:60")
        moment = parsedate_to_datetime(self.get().headers["Retry-After"])
        wait = (moment - self.sandbox.clock.now()).total_seconds()
        self.assertTrue(55 < wait <= 60)

    def test_a_page_or_nothing_in_place_of_json(self):
        self.sandbox.faults.add("html", status=502)
        response = self.get()
        self.assertEqual("text/html; charset=utf-8", response.headers["Content-Type"])
        self.sandbox.faults.add("empty", status=200)
        response = self.get()
        self.assertEqual((200, ""), (response.status_code, response.text))

    def test_a_claims_challenge(self):
        self.sandbox.faults.add("claims_challenge")
        response = self.get()
        self.assertEqual(401, response.status_code)
        self.assertIn("insufficient_claims", response.headers["WWW-Authenticate"])

    def test_the_token_endpoint_has_them_too(self):
        self.sandbox.faults.add("status", path="/token$", status=429, retry_after=3)
        response = self.refresh("x")
        self.assertEqual(429, response.status_code)
        self.assertEqual("temporarily_unavailable", response.json()["error"])
        self.assertEqual([70000], self.refresh("x").json()["error_codes"])


class TestMatching(FaultCase):
    def test_method_path_and_person(self):
        self.sandbox.faults.add("status", method="POST")
        self.sandbox.faults.add("status", path=r"/calendars\b")
        self.sandbox.faults.add("status", person=BOB)
        self.assertEqual(200, self.get().status_code)
        self.assertEqual(503, self.get("/me/calendars").status_code)
        self.assertEqual(503, self.post_event().status_code)
        self.header = {"Authorization": f"Bearer {self.access_token(BOB)}"}
        self.assertEqual(503, self.get().status_code)

    def test_the_query_can_be_matched(self):
        self.sandbox.faults.add("status", path=r"\$top=5")
        self.assertEqual(200, self.get("/me/events").status_code)
        self.assertEqual(503, self.get("/me/events?$top=5").status_code)

    def test_skip_and_times(self):
        self.sandbox.faults.add("status", skip=1, times=2)
        statuses = [self.get().status_code for _ in range(4)]
        self.assertEqual([200, 503, 503, 200], statuses)

    def test_for_ever(self):
        self.sandbox.faults.add("status", times=0)
        self.assertEqual({503}, {self.get().status_code for _ in range(3)})
        self.sandbox.faults.clear()
        self.assertEqual(200, self.get().status_code)

    def test_the_first_of_two_strikes_first(self):
        self.sandbox.faults.add("status", status=429)
        self.sandbox.faults.add("status", status=504)
        statuses = [self.get().status_code for _ in range(3)]
        self.assertEqual([429, 504, 200], statuses)

    def test_nonsense_is_refused(self):
        for values in ({"kind": "flood"}, {"kind": "status", "path": "("}):
            with self.subTest(values), self.assertRaises(ValueError):
                self.sandbox.faults.add(**values)

    def test_a_flag_is_for_its_person_and_uses_itself_up(self):
        faults = self.sandbox.faults
        faults.add("expired_delta", person=ANN, times=2)
        self.assertIsNone(faults.flag("expired_delta", self.person(BOB)))
        self.assertIsNone(faults.flag("endless_delta", self.person()))
        struck = [faults.flag("expired_delta", self.person()) for _ in range(3)]
        self.assertEqual([True, True, False], [each is not None for each in struck])


class TestLostAnswers(FaultCase):
    def test_an_answer_lost_after_the_work_was_done(self):
        for base in (self.http, self.https):
            with self.subTest(base):
                self.sandbox.reset()
                self.header = {"Authorization": f"Bearer {self.access_token()}"}
                self.sandbox.faults.add("lost_answer", method="POST")
                with self.assertRaises(requests.ConnectionError):
                    self.post_event(base)
                self.assertEqual(["Board"], self.subjects())
                self.assertEqual(0, self.sandbox.requests[-1].status)
                self.assertEqual("lost_answer", self.sandbox.requests[-1].fault)
                self.assertEqual(200, self.get(base=base).status_code)

    def test_a_request_lost_before_the_work(self):
        self.sandbox.faults.add("lost_request", method="POST")
        with self.assertRaises(requests.ConnectionError):
            self.post_event()
        self.assertEqual([], self.subjects())

    def test_a_late_answer_comes_after_the_work_was_done(self):
        self.sandbox.faults.add("late_answer", method="POST", delay=2)
        answers = []
        thread = threading.Thread(target=lambda: answers.append(self.post_event()))
        thread.start()
        end = time.monotonic() + 60
        while not any(each.fault for each in self.sandbox.requests):
            self.assertLess(time.monotonic(), end)
        self.assertEqual((["Board"], []), (self.subjects(), answers))
        thread.join()
        self.assertEqual(201, answers[0].status_code)

    def test_a_lost_answer_of_the_token_endpoint(self):
        token = self.redeem(self.code()).json()["refresh_token"]
        self.sandbox.faults.add("lost_answer", path="/token")
        with self.assertRaises(requests.ConnectionError):
            self.refresh(token)
        self.assertEqual(200, self.refresh(token).status_code)

    def test_a_slow_answer(self):
        self.sandbox.faults.add("delay", delay=0.3)
        start = time.monotonic()
        self.assertEqual(200, self.get().status_code)
        self.assertGreaterEqual(time.monotonic() - start, 0.3)

    def test_a_slow_answer_holds_nobody_else_up(self):
        self.sandbox.faults.add("delay", delay=4, person=BOB)
        slow = {"Authorization": f"Bearer {self.access_token(BOB)}"}
        url = f"{self.http}/v1.0/me"
        thread = threading.Thread(
            target=requests.get, args=(url,), kwargs={"headers": slow}
        )
        thread.start()
        while self.sandbox.faults.waiting:
            time.sleep(0.01)
        self.assertEqual(200, self.get().status_code)
        self.assertTrue(thread.is_alive(), "the slow one is still to come")
        thread.join()


class TestLimits(FaultCase):
    def test_five_at_a_time_are_one_too_many(self):
        self.sandbox.faults.add("delay", delay=1, times=4)
        slow = [threading.Thread(target=self.get) for _ in range(4)]
        for thread in slow:
            thread.start()
        while self.sandbox.faults.waiting:
            time.sleep(0.01)
        response = self.get()
        self.assertEqual(429, response.status_code)
        self.assertEqual("ApplicationThrottled", response.json()["error"]["code"])
        self.assertEqual("10", response.headers["Retry-After"])
        other = {"Authorization": f"Bearer {self.access_token(BOB)}"}
        self.assertEqual(200, self.get(**other).status_code)
        for thread in slow:
            thread.join()
        self.assertEqual(200, self.get().status_code)

    def test_the_rate_counts_refused_requests_and_ends_with_the_window(self):
        self.sandbox.throttle.rate = 2
        statuses = [self.get().status_code for _ in range(4)]
        self.assertEqual([200, 200, 429, 429], statuses)
        wait = float(self.get().headers["Retry-After"])
        self.assertTrue(590 < wait <= 600)
        self.sandbox.clock.advance(wait)
        self.assertEqual(200, self.get().status_code)


class TestLog(FaultCase):
    def test_graph_and_token_requests_are_counted(self):
        self.get("/me/calendars?$top=5", **{"client-request-id": "x"})
        self.refresh("invented")
        self.session.get(self.http)
        graph, token = self.sandbox.requests
        self.assertEqual("GET", graph.method)
        self.assertEqual("/v1.0/me/calendars?$top=5", graph.path)
        self.assertEqual((ANN, 200), (graph.person, graph.status))
        self.assertEqual(("", 400), (token.person, token.status))

    def test_refusals_are_logged_with_their_status(self):
        self.get("/me/events/none")  # malformed
        self.sandbox.faults.add("status", status=429)
        self.get()
        self.assertEqual([400, 429], [each.status for each in self.sandbox.requests])
        self.assertEqual(["", "status"], [each.fault for each in self.sandbox.requests])
