# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The time that the whole sandbox lives in: real time, moved on request."""

from datetime import datetime, timedelta, timezone


class Clock:
    """A clock that runs at the pace of the real one and can be moved.

    Everything in the sandbox that asks for the time asks this clock, so a test
    makes 90 days pass in no time.
    """

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """Return the sandbox's time, aware, in UTC."""
        return datetime.now(timezone.utc) + self.offset

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass at once; negative ones go back."""
        self.offset += timedelta(seconds=seconds)

    def set(self, moment: datetime) -> None:
        """Make it ``moment`` now; the clock runs on from there.

        :param moment: aware; a naive one is taken as UTC
        """
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone.utc)
        self.offset = moment - datetime.now(timezone.utc)

    def reset(self) -> None:
        """Go back to the real time."""
        self.offset = timedelta()
