# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One request to Graph: what goes out, and what each answer becomes."""

import gzip
import logging
from datetime import datetime, timezone

from ...core.errors import (
    BadAnswer,
    Conflict,
    ConsentRevoked,
    CursorExpired,
    MailboxGone,
    NotFound,
    Refused,
    TransientError,
)
from ...graph.client import GraphClient, new_session
from ...graph.session import MAX_BODY
from .common import PureCase
from .scripted_server import Reply, ScriptedServer, free_port

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


def refusal(status, code, headers=None, **members):
    """Return an error as Graph sends it; the message must never be used."""
    error = {"code": code, "message": "About ann@contoso.example", **members}
    error["innerError"] = {"date": "2026-11-20T09:14:03", "request-id": "inner"}
    return Reply(status, {"error": error}, headers or {})


class ClientCase(PureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = ScriptedServer()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        super().setUp()
        self.server.clear()
        self.session = new_session(timeout=5)
        self.addCleanup(self.session.close)
        self.client = self.new_client()

    def new_client(self, token=lambda: "token", **options):
        base = f"{self.server.url}/v1.0/"
        return GraphClient(self.session, base, token, lambda: NOW, **options)

    def assert_raises(self, kind, *replies, method="GET"):
        """Return the error, which must be of exactly this kind."""
        self.server.clear()
        self.server.reply(method, "/v1.0/me/events/AA", *replies)
        with self.assertRaises(kind) as caught:
            self.client.request(method, "/me/events/AA")
        self.assertIs(type(caught.exception), kind)
        return caught.exception


class TestRequest(ClientCase):
    def test_what_every_request_carries(self):
        self.server.reply("GET", "/v1.0/me/calendar", {"id": "C"})
        self.assertEqual(self.client.request("GET", "/me/calendar"), {"id": "C"})
        headers = self.server.seen[0].headers
        self.assertEqual(headers["Authorization"], "Bearer token")
        self.assertEqual(
            headers["Prefer"],
            'IdType="ImmutableId", outlook.timezone="UTC", '
            'outlook.body-content-type="html"',
        )
        for name in ("If-Match", "Client-Request-Id", "Content-Type"):
            self.assertNotIn(name, headers)

    def test_what_a_request_may_carry(self):
        self.server.reply("PATCH", "/v1.0/me/events/AA", {"id": "AA"})
        client = self.new_client(request_id=iter(["one", "two"]).__next__)
        client.request(
            "PATCH",
            "/me/events/AA",
            json={"subject": "Fête"},
            params={"$filter": "a eq 'b+c'", "$top": "1"},
            prefer=["odata.maxpagesize=5"],
            etag='W/"abc"',
        )
        seen = self.server.seen[0]
        self.assertEqual(seen.json, {"subject": "Fête"})
        self.assertEqual(seen.headers["Content-Type"], "application/json")
        self.assertEqual(seen.headers["If-Match"], 'W/"abc"')
        self.assertEqual(seen.headers["Client-Request-Id"], "one")
        self.assertTrue(seen.headers["Prefer"].endswith('"html", odata.maxpagesize=5'))
        self.assertEqual(
            seen.url, "/v1.0/me/events/AA?%24filter=a%20eq%20%27b%2Bc%27&%24top=1"
        )

    def test_parameters_follow_a_query_that_is_there(self):
        self.server.reply("GET", "/v1.0/me/events", {"value": []})
        self.client.request("GET", "/me/events?$top=1", params={"$skip": "2"})
        self.assertEqual(self.server.seen[0].query, {"$top": "1", "$skip": "2"})

    def test_an_empty_body_is_a_body(self):
        self.server.reply("POST", "/v1.0/me/events/AA/accept", Reply(202))
        self.assertEqual(
            self.client.request("POST", "/me/events/AA/accept", json={}), {}
        )
        self.assertEqual(self.server.seen[0].body, b"{}")

    def test_no_content_is_an_empty_object(self):
        for status in (202, 204):
            with self.subTest(status=status):
                self.server.clear()
                self.server.reply("DELETE", "/v1.0/me/events/AA", Reply(status))
                self.assertEqual(self.client.request("DELETE", "/me/events/AA"), {})

    def test_a_packed_answer_is_unpacked(self):
        body = gzip.compress(b'{"id": "C"}')
        packed = Reply(body=body, headers={"Content-Encoding": "gzip"})
        self.server.reply("GET", "/v1.0/me/calendar", packed)
        self.assertEqual(self.client.request("GET", "/me/calendar"), {"id": "C"})


class TestLinks(ClientCase):
    def test_a_link_of_graph_is_followed_to_the_letter(self):
        self.server.reply("GET", "/v1.0/me/calendarView/delta", {"value": []})
        link = f"{self.server.url}/v1.0/me/calendarView/delta?$deltatoken=R0%3D'x"
        self.client.request("GET", link)
        self.assertEqual(
            self.server.seen[0].url, "/v1.0/me/calendarView/delta?$deltatoken=R0%3D'x"
        )

    def test_no_token_goes_to_a_foreign_host(self):
        other = ScriptedServer()
        self.addCleanup(other.close)
        host = self.server.url.removeprefix("http://")
        for link in (
            f"{other.url}/v1.0/me/events?$skip=10",
            f"{other.url}\\@{host}/v1.0/me",
            f"http://ann@{host}/v1.0/me",
            self.server.url.replace("http:", "https:") + "/v1.0/me",
            "me/calendar",
            "",
        ):
            with self.subTest(link=link), self.assertRaises(BadAnswer) as caught:
                self.client.request("GET", link)
            self.assertEqual(caught.exception.code, "foreign_link")
        self.assertEqual((other.seen, self.server.seen), ([], []))

    def test_an_address_that_cannot_be_one(self):
        client = GraphClient(self.session, "https://[", lambda: "t", lambda: NOW)
        with self.assertRaises(Refused):
            client.request("GET", "/me")
        with self.assertRaises(BadAnswer):
            client.request("GET", "https://[/me")


class TestRefusals(ClientCase):
    def test_each_status_and_code(self):
        cases = [
            (400, "ErrorInvalidRequest", Refused),
            (400, "syncStateInvalid", CursorExpired),
            (400, "ErrorIrresolvableConflict", Conflict),
            (403, "ErrorAccessDenied", Refused),
            (404, "ErrorItemNotFound", NotFound),
            (404, "SyncStateNotFound", CursorExpired),
            (404, "MailboxNotEnabledForRESTAPI", MailboxGone),
            (404, "ErrorNonExistentMailbox", MailboxGone),
            (404, "ErrorInvalidUser", MailboxGone),
            (404, "ResourceNotFound", MailboxGone),
            (404, "UnknownError", NotFound),
            (408, "RequestTimeout", TransientError),
            (409, "ErrorIrresolvableConflict", Conflict),
            (410, "SyncStateNotFound", CursorExpired),
            (410, "resyncRequired", CursorExpired),
            (410, "Gone", CursorExpired),
            (412, "PreconditionFailed", Conflict),
            (413, "RequestEntityTooLarge", Refused),
            (422, "ErrorInvalidSyncStateData", CursorExpired),
            (429, "ApplicationThrottled", TransientError),
            (500, "ErrorInternalServerError", TransientError),
            (500, "SyncStateNotFound", TransientError),
            (503, "ErrorServerBusy", TransientError),
            (507, "ErrorQuotaExceeded", Refused),
            (509, "BandwidthLimitExceeded", TransientError),
        ]
        for status, code, kind in cases:
            with self.subTest(status=status, code=code):
                error = self.assert_raises(kind, refusal(status, code))
                self.assertEqual((error.status, error.code), (status, code))
                self.assertEqual(error.request_id, "inner")
                self.assertEqual(str(error), f"{status} {code}")

    def test_the_request_id_of_the_header_comes_first(self):
        error = self.assert_raises(NotFound, refusal(404, "X", {"request-id": "outer"}))
        self.assertEqual(error.request_id, "outer")

    def test_the_waiting_time(self):
        for value, expected in (
            ("7", 7.0),
            ("2.128", 2.128),
            ("Sun, 22 Nov 2026 12:01:30 GMT", 90.0),
            (None, None),
            ("soon", None),
        ):
            with self.subTest(value=value):
                headers = {"Retry-After": value} if value else {}
                error = self.assert_raises(TransientError, refusal(503, "X", headers))
                self.assertEqual(error.retry_after, expected)

    def test_the_waiting_time_when_our_clock_is_wrong(self):
        """A date counts from what Microsoft's clock shows, as its answer says."""
        for sent, expected in (
            ("Sun, 22 Nov 2026 07:00:00 GMT", 90.0),
            ("Mon, 23 Nov 2026 07:00:00 GMT", 0.0),
        ):
            with self.subTest(sent=sent):
                until = "Sun, 22 Nov 2026 07:01:30 GMT"
                headers = {"Retry-After": until, "Date": sent}
                error = self.assert_raises(TransientError, refusal(503, "X", headers))
                self.assertEqual(error.retry_after, expected)

    def test_a_reused_transaction_id_names_the_event_that_exists(self):
        reused = {"@event.existingEventId": "AAMk="}
        for status in (400, 409):
            with self.subTest(status=status):
                reply = refusal(status, "ErrorDuplicateTransactionId", **reused)
                error = self.assert_raises(Refused, reply, method="POST")
                self.assertEqual(error.existing_id, "AAMk=")

    def test_refusals_that_are_not_graphs(self):
        for body in (
            "<html>Bad gateway</html>",
            b"",
            b"\xff\xfe",
            [1],
            {"error": "text"},
            {"error": {"code": 7, "innerError": "text"}},
            {"error": {"code": "", "innererror": {"request-id": 7}}},
            b"[" * 100_000,
        ):
            with self.subTest(body=body[:20] if isinstance(body, bytes) else body):
                error = self.assert_raises(TransientError, Reply(502, body))
                self.assertEqual((error.code, error.request_id), ("", ""))
                self.assertEqual(str(error), "502")
                self.assert_raises(Refused, Reply(418, body))

    def test_a_code_has_an_end(self):
        error = self.assert_raises(Refused, refusal(400, "x" * 10_000))
        self.assertLess(len(str(error)), 1000)


class TestTokens(ClientCase):
    REFUSED = refusal(401, "InvalidAuthenticationToken")

    def test_a_refused_token_is_replaced_once(self):
        self.server.reply("POST", "/v1.0/me/events", self.REFUSED, {"id": "AA"})
        client = self.new_client(refresh=lambda: "fresh")
        answer = client.request("POST", "/me/events", json={"subject": "x"})
        self.assertEqual(answer, {"id": "AA"})
        tokens = [seen.headers["Authorization"] for seen in self.server.seen]
        self.assertEqual(tokens, ["Bearer token", "Bearer fresh"])
        self.assertEqual(self.server.seen[1].json, {"subject": "x"})

    def test_without_a_way_to_refresh_the_source_is_asked_again(self):
        self.server.reply("GET", "/v1.0/me", self.REFUSED, {"id": "me"})
        tokens = iter(["old", "new"])
        self.new_client(token=tokens.__next__).request("GET", "/me")
        self.assertEqual(self.server.seen[1].headers["Authorization"], "Bearer new")

    def test_a_token_refused_twice_is_the_end_of_the_consent(self):
        self.assert_raises(ConsentRevoked, self.REFUSED)
        self.assertEqual(len(self.server.seen), 2)

    def test_exchange_refuses_with_401_too(self):
        error = self.assert_raises(Refused, refusal(401, "UnknownError"))
        self.assertEqual((error.status, len(self.server.seen)), (401, 1))

    def test_a_401_that_says_nothing(self):
        self.assert_raises(Refused, Reply(401, b""))
        self.assertEqual(len(self.server.seen), 2)

    def test_the_failure_of_the_token_source_is_the_answer(self):
        def revoked():
            raise ConsentRevoked("invalid_grant")

        with self.assertRaises(ConsentRevoked):
            self.new_client(token=revoked).request("GET", "/me")
        self.assertEqual(self.server.seen, [])

    def test_netrc_does_not_replace_the_token(self):
        """The token is given as ``auth``, or requests would look into .netrc."""
        self.server.reply("GET", "/v1.0/me", {"id": "me"})
        self.session.auth = ("machine", "password")
        self.client.request("GET", "/me")
        self.assertEqual(self.server.seen[0].headers["Authorization"], "Bearer token")


class TestTrouble(ClientCase):
    def test_successes_that_cannot_be_used(self):
        for body in ("<html>", b"", [1, 2], "null", b'{"a": NaN}', b"\xff"):
            with self.subTest(body=body):
                self.assert_raises(BadAnswer, Reply(200, body))

    def test_a_redirect_to_elsewhere(self):
        there = {"Location": "https://login.example/", "request-id": "r"}
        error = self.assert_raises(BadAnswer, Reply(302, headers=there))
        self.assertEqual((error.status, error.request_id), (302, "r"))

    def test_a_redirect_in_a_circle(self):
        error = self.assert_raises(BadAnswer, Reply(302, headers={"Location": "AA"}))
        self.assertEqual(error.code, "TooManyRedirects")

    def test_an_answer_that_breaks_off(self):
        self.assert_raises(TransientError, Reply(200, {"id": "AA"}, fault="truncated"))

    def test_an_answer_that_never_comes(self):
        error = self.assert_raises(TransientError, Reply(fault="lost"), method="POST")
        self.assertEqual((error.status, error.retry_after), (0, None))
        self.assertEqual(len(self.server.seen), 1)

    def test_an_answer_without_end(self):
        self.assert_raises(BadAnswer, Reply(200, b" " * (MAX_BODY + 1)))

    def test_nobody_there(self):
        url = f"http://localhost:{free_port()}"
        client = GraphClient(self.session, url, lambda: "t", lambda: NOW)
        with self.assertRaises(TransientError) as caught:
            client.request("POST", "/me/events", json={})
        self.assertEqual(str(caught.exception), "no answer: ConnectionError")

    def test_a_ca_bundle_that_is_not_there(self):
        with new_session(verify="/nowhere/ca.pem") as session:
            client = GraphClient(session, "https://localhost:1", str, lambda: NOW)
            with self.assertRaises(TransientError) as caught:
                client.request("GET", "/me")
        self.assertEqual(caught.exception.code, "OSError")


class TestLog(ClientCase):
    def log_of(
        self, *replies, url="/me/events/AAMkSecret=?$filter=ann@contoso.example"
    ):
        self.server.reply("GET", "/v1.0/me/events/AAMkSecret=", *replies)
        name = GraphClient.__module__
        with self.assertLogs(name, logging.DEBUG) as log:
            try:
                self.client.request("GET", url)
            except TransientError:
                logging.getLogger(name).debug("(raised)")
        return log.output[0]

    def test_a_line_names_method_path_status_and_request_id(self):
        line = self.log_of(Reply(200, {"subject": "Board"}, {"request-id": "r-1"}))
        self.assertRegex(line, r"GET /v1.0/me/events/\*: 200 in \d+ ms, r-1$")

    def test_nothing_private_is_in_it(self):
        for reply in (Reply(200, {"subject": "Board"}), Reply(fault="lost")):
            self.server.clear()
            line = self.log_of(reply)
            for private in ("AAMk", "ann", "filter", "Board", "token"):
                self.assertNotIn(private, line)

    def test_above_debug_there_is_silence(self):
        self.server.reply("GET", "/v1.0/me", Reply(fault="lost"), Reply(500))
        with self.assertNoLogs(level="INFO"), self.assertRaises(TransientError):
            self.client.request("GET", "/me")
