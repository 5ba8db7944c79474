# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Graph's limits per app and mailbox.

Source: Microsoft Graph throttling limits, "Outlook service limits": 10,000 requests
in 10 minutes and 4 at the same time for each pair of app and mailbox.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from .clock import Clock
from .problem import GraphProblem


class Throttle:
    """Counts the requests of each app and mailbox; 0 switches a limit off.

    :ivar concurrent: how many requests may be under way at the same time
    :ivar rate: how many may come within ``window`` seconds; refused ones count
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.concurrent = 4
        self.rate = 10_000
        self.window = 600.0
        self._lock = threading.Lock()
        self._under_way: Counter[tuple[str, str]] = Counter()
        self._windows: dict[tuple[str, str], tuple[datetime, int]] = {}

    @contextmanager
    def enter(self, app_id: str, mailbox: str) -> Iterator[None]:
        """Let one request through for as long as the block runs.

        :raise GraphProblem: 429 with ``Retry-After``
        """
        key = (app_id, mailbox)
        with self._lock:
            self._count(key)
            if self.concurrent and self._under_way[key] >= self.concurrent:
                raise _too_many(
                    "ApplicationThrottled",
                    "Application is over its MailboxConcurrency limit.",
                    10,
                )
            self._under_way[key] += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way[key] -= 1

    def _count(self, key: tuple[str, str]) -> None:
        now = self.clock.now()
        start, count = self._windows.get(key, (now, 0))
        end = start + timedelta(seconds=self.window)
        if not start <= now < end:
            start, count, end = now, 0, now + timedelta(seconds=self.window)
        self._windows[key] = (start, count + 1)
        if self.rate and count >= self.rate:
            wait = max(1, round((end - now).total_seconds()))
            raise _too_many("TooManyRequests", "Too many requests.", wait)


def _too_many(code: str, message: str, seconds: int) -> GraphProblem:
    return GraphProblem(429, code, message, {"Retry-After": str(seconds)})
