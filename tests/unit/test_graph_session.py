# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The session: time limits, retries, redirects, certificates, cookies, sizes."""

import os

import requests

from ...core.errors import BadAnswer, Refused, TransientError
from ...graph.session import failure, new_session, origin, read_body
from .common import PureCase
from .scripted_server import Reply, ScriptedServer, ca_bundle, free_port


class TestOrigin(PureCase):
    def test_default_ports_and_case_are_the_same_origin(self):
        same = origin("https://graph.microsoft.com/v1.0")
        self.assertEqual(same, ("https", "graph.microsoft.com", 443))
        for url in (
            "HTTPS://Graph.Microsoft.com:443",
            "https://graph.microsoft.com?a=b",
        ):
            with self.subTest(url=url):
                self.assertEqual(origin(url), same)

    def test_what_differs_is_another_origin(self):
        ours = origin("https://graph.microsoft.com/v1.0")
        for url in (
            "http://graph.microsoft.com/v1.0",
            "https://graph.microsoft.com:8443/v1.0",
            "https://graph.microsoft.com.evil.example/v1.0",
            "https://evil.example/graph.microsoft.com",
            "https://evil.example\\@graph.microsoft.com/",
            "https://evil.example#@graph.microsoft.com/",
            "//graph.microsoft.com/v1.0",
        ):
            with self.subTest(url=url):
                self.assertNotEqual(origin(url), ours)

    def test_what_cannot_be_read_has_no_origin(self):
        for url in (
            "",
            "me/calendar",
            "ftp://graph.microsoft.com",
            "https://",
            "https://user@graph.microsoft.com/",
            "https://graph.microsoft.com:99999/",
            "https://[::1/",
        ):
            with self.subTest(url=url):
                self.assertIsNone(origin(url))


class TestFailure(PureCase):
    def test_each_kind_of_failure(self):
        cases = {
            requests.ConnectTimeout: TransientError,
            requests.exceptions.ChunkedEncodingError: TransientError,
            OSError: TransientError,
            requests.TooManyRedirects: BadAnswer,
            requests.exceptions.InvalidURL: Refused,
        }
        for raised, expected in cases.items():
            with self.subTest(raised=raised.__name__):
                error = failure(raised("https://host/path?$deltatoken=secret"))
                self.assertIs(type(error), expected)
                self.assertEqual(error.code, raised.__name__)
                self.assertNotIn("secret", str(error))


class TestSession(PureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server, cls.other = ScriptedServer(), ScriptedServer()
        cls.addClassCleanup(cls.server.close)
        cls.addClassCleanup(cls.other.close)

    def setUp(self):
        super().setUp()
        self.server.clear()
        self.other.clear()
        self.session = new_session(timeout=5)
        self.addCleanup(self.session.close)

    def test_a_read_whose_answer_got_lost_is_repeated(self):
        self.server.reply("GET", "/x", Reply(fault="lost"), {"a": 1})
        with self.assertNoLogs(level="WARNING"):  # it would name the delta token
            answer = self.session.get(f"{self.server.url}/x?$deltatoken=t")
        self.assertEqual(answer.json(), {"a": 1})
        self.assertEqual(len(self.server.seen), 2)

    def test_a_read_is_not_repeated_for_ever(self):
        self.server.reply("GET", "/x", Reply(fault="lost"))
        with self.assertRaises(requests.ConnectionError):
            self.session.get(f"{self.server.url}/x")
        self.assertEqual(len(self.server.seen), 2)

    def test_a_write_whose_answer_got_lost_is_not_repeated(self):
        for method in ("POST", "PATCH"):
            with self.subTest(method=method):
                self.server.clear()
                self.server.reply(method, "/x", Reply(fault="lost"), {})
                with self.assertRaises(requests.ConnectionError):
                    self.session.request(method, f"{self.server.url}/x", data=b"{}")
                self.assertEqual(len(self.server.seen), 1)

    def test_a_late_answer_to_a_write_is_not_waited_for_twice(self):
        self.server.reply("POST", "/x", Reply(delay=0.6))
        with new_session(timeout=0.2) as hasty, self.assertRaises(requests.ReadTimeout):
            hasty.post(f"{self.server.url}/x", data=b"{}")
        self.assertEqual(len(self.server.seen), 1)

    def test_a_late_answer_to_a_read_is_asked_for_again(self):
        self.server.reply("GET", "/x", Reply(delay=0.6), {"a": 1})
        with new_session(timeout=0.2) as hasty:
            self.assertEqual(hasty.get(f"{self.server.url}/x").json(), {"a": 1})

    def test_nobody_listening(self):
        with self.assertRaises(requests.ConnectionError):
            self.session.post(f"http://localhost:{free_port()}/x")

    def test_a_refusal_is_answered_once(self):
        self.server.reply("GET", "/x", Reply(429, headers={"Retry-After": "1"}), {})
        self.assertEqual(self.session.get(f"{self.server.url}/x").status_code, 429)
        self.assertEqual(len(self.server.seen), 1)

    def test_a_read_follows_redirects_within_the_host(self):
        self.server.reply("GET", "/x", Reply(307, headers={"Location": "/y"}))
        self.server.reply("GET", "/y", {"a": 1})
        self.assertEqual(self.session.get(f"{self.server.url}/x").json(), {"a": 1})

    def test_no_redirect_leads_to_another_host(self):
        there = {"Location": f"{self.other.url}/y"}
        self.server.reply("GET", "/x", Reply(307, headers=there))
        self.assertEqual(self.session.get(f"{self.server.url}/x").status_code, 307)
        self.assertEqual(self.other.seen, [])

    def test_no_write_is_redirected(self):
        self.server.reply("POST", "/x", Reply(307, headers={"Location": "/y"}))
        self.assertEqual(self.session.post(f"{self.server.url}/x").status_code, 307)
        self.assertEqual(len(self.server.seen), 1)

    def test_no_cookie_is_kept(self):
        self.server.reply("GET", "/x", Reply(headers={"Set-Cookie": "who=ann"}))
        self.session.get(f"{self.server.url}/x")
        self.session.get(f"{self.server.url}/x")
        self.assertNotIn("Cookie", self.server.seen[1].headers)

    def test_a_body_is_read_to_a_limit(self):
        self.server.reply("GET", "/x", Reply(body=b"x" * 200_000))
        with self.session.get(f"{self.server.url}/x", stream=True) as response:
            self.assertEqual(len(read_body(response, 200_000)), 200_000)
        with (
            self.session.get(f"{self.server.url}/x", stream=True) as response,
            self.assertRaises(BadAnswer),
        ):
            read_body(response, 199_999)


class TestCertificates(PureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = ScriptedServer(https=True)
        cls.addClassCleanup(cls.server.close)
        cls.server.reply("GET", "/x", {"a": 1})

    def test_an_unknown_authority_is_refused(self):
        with new_session() as session, self.assertRaises(requests.exceptions.SSLError):
            session.get(f"{self.server.url}/x")

    def test_our_bundle_is_trusted(self):
        with new_session(verify=ca_bundle()) as session:
            self.assertEqual(session.get(f"{self.server.url}/x").json(), {"a": 1})

    def test_our_bundle_wins_over_that_of_the_environment(self):
        before = os.environ.get("REQUESTS_CA_BUNDLE")
        self.addCleanup(_set_bundle, before)
        _set_bundle(requests.certs.where())
        with new_session(verify=ca_bundle()) as session:
            self.assertEqual(session.get(f"{self.server.url}/x").json(), {"a": 1})

    def test_the_bundle_of_the_environment_is_the_default(self):
        before = os.environ.get("REQUESTS_CA_BUNDLE")
        self.addCleanup(_set_bundle, before)
        _set_bundle(ca_bundle())
        with new_session() as session:
            self.assertEqual(session.get(f"{self.server.url}/x").json(), {"a": 1})


def _set_bundle(path):
    if path is None:
        os.environ.pop("REQUESTS_CA_BUNDLE", None)
    else:
        os.environ["REQUESTS_CA_BUNDLE"] = path
