# Part of outlook_calendar. LGPL-3, see LICENSE.
"""When to try again."""

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from ...core.retry import delay, parse_retry_after
from .common import PureCase

NOW = datetime(2026, 11, 20, 9, 14, 3, tzinfo=timezone.utc)
jitters = st.floats(0, 1, exclude_max=True)
asked = st.none() | st.floats(0, 10_000)


class TestDelay(PureCase):
    def test_it_doubles_up_to_an_hour(self):
        waits = [delay(attempt, None, 0.0) for attempt in range(1, 10)]
        self.assertEqual(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600])

    def test_an_attempt_that_was_not_counted_is_the_first(self):
        self.assertEqual(delay(0, None, 0.0), 30)

    @given(attempt=st.integers(-5, 10**9), asked=asked, jitter=jitters)
    def test_it_is_never_shorter_than_asked_and_never_endless(
        self, attempt, asked, jitter
    ):
        wait = delay(attempt, asked, jitter)
        self.assertGreaterEqual(wait, max(30, asked or 0))
        self.assertLessEqual(wait, max(3600, asked or 0) * 1.25)

    @given(attempt=st.integers(1, 50), asked=asked, jitter=jitters)
    def test_a_further_failure_never_waits_less(self, attempt, asked, jitter):
        self.assertLessEqual(
            delay(attempt, asked, jitter), delay(attempt + 1, asked, jitter)
        )


class TestRetryAfter(PureCase):
    def test_seconds_whole_and_in_part(self):
        for text, seconds in (("10", 10), (" 7 ", 7), ("2.128", 2.128), ("0", 0)):
            self.assertEqual(parse_retry_after(text, NOW), seconds)

    def test_dates_in_each_form_of_http(self):
        for text in (
            "Fri, 20 Nov 2026 09:15:03 GMT",
            "Friday, 20-Nov-26 09:15:03 GMT",
            "Fri Nov 20 09:15:03 2026",
            "Fri, 20 Nov 2026 09:15:03 -0000",
            "Fri, 20 Nov 2026 10:15:03 +0100",
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_retry_after(text, NOW), 60)

    def test_a_date_that_passed_is_now(self):
        self.assertEqual(parse_retry_after("Fri, 20 Nov 2026 09:00:00 GMT", NOW), 0)

    def test_what_says_nothing_is_none(self):
        for text in (
            *(None, "", "soon", "-5", "nan", "inf", "1e9", "5 s", "9" * 400),
            *("Fri, 99 Nov 2026 09:15:03 GMT", "Fri, 20 Nov 99999 09:15:03 GMT"),
        ):
            with self.subTest(text=text):
                self.assertIsNone(parse_retry_after(text, NOW))

    @given(st.text())
    def test_any_text_is_seconds_or_nothing(self, text):
        seconds = parse_retry_after(text, NOW)
        self.assertTrue(seconds is None or seconds >= 0)

    @given(st.timedeltas(timedelta(0), timedelta(days=300)))
    def test_a_date_is_as_far_as_it_is(self, ahead):
        then = NOW + ahead
        text = then.strftime("%a, %d %b %Y %H:%M:%S GMT")
        self.assertEqual(parse_retry_after(text, NOW), int(ahead.total_seconds()))
