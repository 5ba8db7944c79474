# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Nothing secret is left in what is logged."""

import io
import logging
import time

from hypothesis import given
from hypothesis import strategies as st

from ...core.redact import RedactingFilter, redact
from .common import PureCase

JWT = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiIwMDAwMDAwMyJ9.c2lnbmF0dXJl-_x"
REFRESH = "0.AXkA1-x8c2VjcmV0LXNlY3JldC1zZWNyZXQ.AgABAwEAAAAmoFfGtYxvRrNriQ"
PERSONAL = "M.C507_BAY.0.U.-CqHkYwXy9!fq*secret*secret$$"
SECRETS = [JWT, REFRESH, PERSONAL, "s3cr~t.Value_1", "ann@contoso.example"]


class TestRedact(PureCase):
    def assert_hidden(self, text, *secrets):
        shown = redact(text)
        for secret in secrets:
            self.assertNotIn(secret, shown)
        self.assertIn("***", shown)
        return shown

    def test_headers(self):
        for text in (
            f"Authorization: Bearer {JWT}",
            f"{{'Authorization': 'Bearer {REFRESH}'}}",
            "Authorization: bearer EwBwA8l6BAAU/opaque+token==",
            "authorization: Basic Y2xpZW50OnNlY3JldA==",
        ):
            token = text.strip("'}").rpartition(" ")[2]
            self.assert_hidden(text, token)

    def test_forms_queries_json_and_dicts(self):
        for name in (
            *("access_token", "refresh_token", "id_token", "client_secret", "code"),
            *("client_assertion", "code_verifier", "password", "clientState"),
        ):
            for text in (
                f"a=1&{name}=s3cr~t.Value_1&grant_type=x",
                f"https://odoo.example/cb?{name}=s3cr~t.Value_1",
                f'{{"{name}": "s3cr~t.Value_1", "expires_in": 3599}}',
                f"{{'{name}': 's3cr~t.Value_1'}}",
                f"{name} = s3cr~t.Value_1",
            ):
                with self.subTest(text=text):
                    shown = self.assert_hidden(text, "s3cr~t")
                    self.assertIn(name, shown)

    def test_tokens_wherever_they_stand(self):
        for token in (JWT, REFRESH, PERSONAL):
            self.assert_hidden(f"got {token}, stored", token, token[-12:])

    def test_addresses_in_any_writing(self):
        for address in (
            *(
                "ann@contoso.example",
                "Ann.O'Neil+x@mail.contoso.example",
                "é@ü.example",
            ),
            *("ann%40contoso.example", "a" * 60 + "@contoso.example"),
        ):
            self.assert_hidden(f"GET /v1.0/users/{address}/events", address)

    def test_cursors(self):
        for text in ("?$deltatoken=R0usmci39OQ", "?%24skiptoken=R0usmci39OQ&x=1"):
            self.assert_hidden(text, "R0usmci39OQ")

    def test_what_helps_support_stays(self):
        for text in (
            "GET /v1.0/me/calendarView/delta 200 in 0.31 s",
            "request-id 6f0f4a9b-0000-4000-8000-00000000000a",
            "ErrorItemNotFound status=404",
            "AADSTS700082 invalid_grant",
            "AAMkAGI1AAAoZCfHAAA=",
        ):
            self.assertEqual(redact(text), text)

    @given(
        st.lists(st.sampled_from(SECRETS), min_size=1),
        st.sampled_from([", ", " ", "\n", '", "']),
    )
    def test_masking_twice_is_masking_once(self, secrets, between):
        once = redact(between.join(secrets))
        self.assertEqual(redact(once), once)
        for secret in secrets:
            if secret != "s3cr~t.Value_1":  # nothing tells what this one is
                self.assertNotIn(secret, once)

    def test_a_long_text_takes_time_in_proportion(self):
        for part in ("a", "eyJabcd", "0.A", "code="):
            with self.subTest(part=part):
                start = time.process_time()
                redact(part * (100_000 // len(part)))
                self.assertLess(time.process_time() - start, 60)


class TestFilter(PureCase):
    def setUp(self):
        super().setUp()
        self.stream = io.StringIO()
        handler = logging.StreamHandler(self.stream)
        handler.addFilter(RedactingFilter())
        self.logger = logging.Logger("outlook_calendar.test_redact")
        self.logger.addHandler(handler)

    def test_arguments_are_masked_in_the_message(self):
        self.logger.info("token of %s: Bearer %s", "ann@contoso.example", JWT)
        self.assertEqual(self.stream.getvalue(), "token of ***: Bearer ***\n")

    def test_a_traceback_is_masked(self):
        try:
            raise ValueError(f"refused client_secret={REFRESH}")
        except ValueError:
            self.logger.exception("failed")
        text = self.stream.getvalue()
        self.assertIn("ValueError", text)
        self.assertNotIn(REFRESH, text)

    def test_a_traceback_that_was_formatted_before_is_masked(self):
        record = logging.makeLogRecord(
            {"levelno": 20, "msg": "failed", "exc_text": JWT}
        )
        self.logger.handle(record)
        self.assertNotIn(JWT, self.stream.getvalue())

    def test_a_stack_is_masked(self):
        record = logging.makeLogRecord(
            {"levelno": 20, "msg": "here", "stack_info": JWT}
        )
        self.logger.handle(record)
        self.assertIn("***", self.stream.getvalue())

    def test_arguments_that_do_not_fit_are_shown_masked(self):
        self.logger.warning("two %s %s", "ann@contoso.example")
        self.assertEqual(self.stream.getvalue(), "two %s %s ('***',)\n")
