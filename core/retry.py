# Part of outlook_calendar. LGPL-3, see LICENSE.
"""When to try again: attempts and ``Retry-After`` to seconds."""

import re
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

_FIRST = 30.0
_LONGEST = 3600.0
_DOUBLINGS = 7  # 30 s * 2**7 is past the longest
_JITTER = 0.25
_SECONDS = re.compile(r"\d{1,12}(\.\d*)?", re.ASCII)


def delay(attempt: int, retry_after: float | None, jitter: float) -> float:
    """Return the seconds to wait before the next attempt.

    :param attempt: how many attempts failed, from 1
    :param retry_after: what Microsoft asked for in seconds, None when it did not
    :param jitter: random, in [0, 1); adds up to a quarter, so that those who failed
        together do not come back together
    :return: 30 s doubled with each failure, at most an hour, at least ``retry_after``;
        then the jitter

    >>> delay(1, None, 0.0), delay(3, None, 0.5), delay(1, 90.0, 0.0)
    (30.0, 135.0, 90.0)
    """
    doublings = min(max(attempt - 1, 0), _DOUBLINGS)
    wait = min(_FIRST * 2.0**doublings, _LONGEST)
    return max(wait, retry_after or 0.0) * (1 + _JITTER * jitter)


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds of a ``Retry-After`` header, None when it says nothing.

    :param value: whole seconds, seconds with a fraction (Graph sends such) or an
        HTTP-date (RFC 9110, 10.2.3); a date that has passed is 0 seconds
    :param now: aware

    >>> parse_retry_after("2.128", datetime(2026, 11, 20, tzinfo=timezone.utc))
    2.128
    """
    text = (value or "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    date = parse_http_date(text)
    return None if date is None else max(0.0, (date - now).total_seconds())


def parse_http_date(text: str | None) -> datetime | None:
    """Return the moment of an HTTP-date (RFC 9110, 5.6.7), None when it is none.

    >>> parse_http_date("Fri, 20 Nov 2026 10:00:00 GMT")
    datetime.datetime(2026, 11, 20, 10, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        date = parsedate_to_datetime(text or "")
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    # "-0000": a time in UTC of unknown origin
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)
