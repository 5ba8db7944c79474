# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reading what changed in a calendar since the last time.

``ChangeFeed`` is the seam: Graph documents ``calendarView/delta`` for v1.0, while
``events/delta``, which reports series instead of occurrences and knows no window, is
there in v1.0 without being documented. Where a probe shows it, it can take the place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Protocol
from urllib.parse import quote

from ..core.delta import PageGuard
from ..core.errors import BadAnswer
from .client import GraphClient

MAX_PAGES = 1000  # of one round; some mailboxes were seen to page for ever
_NEXT = "@odata.nextLink"
_DELTA = "@odata.deltaLink"


@dataclass(frozen=True)
class DeltaPage:
    """One page of changes; exactly one of the links is not empty.

    :ivar rows: events, occurrence stubs and ``@removed`` rows, as Graph sends them
    :ivar next_link: where this round goes on
    :ivar delta_link: where the next round starts; this page is the last one
    """

    rows: list[dict[str, Any]]
    next_link: str
    delta_link: str


class ChangeFeed(Protocol):
    """A way to ask one calendar for its changes."""

    def first_url(self, calendar_id: str, start: datetime, end: datetime) -> str:
        """Return the URL of a first round, which reports everything in the window."""

    def iter_pages(self, url: str, page_size: int) -> Iterator[DeltaPage]:
        """Yield the pages of one round from a first URL or a delta link."""


class CalendarViewFeed:
    """``calendarView/delta``: instances in a window that the delta link freezes."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    def first_url(self, calendar_id: str, start: datetime, end: datetime) -> str:
        """Return the relative URL; ``start`` and ``end`` are aware."""
        calendar = calendar_path(calendar_id)
        window = f"startDateTime={utc(start)}&endDateTime={utc(end)}"
        return f"{calendar}/calendarView/delta?{window}"

    def iter_pages(self, url: str, page_size: int) -> Iterator[DeltaPage]:
        """Yield pages until the one with the delta link.

        :raise CursorExpired: the delta link is dead; start from the first URL
        :raise TransientError: the pages already yielded are good, their round is not
        """
        guard = PageGuard(MAX_PAGES)
        while url:
            prefer = (f"odata.maxpagesize={page_size}",)
            page = _delta_page(self._client.request("GET", url, prefer=prefer))
            guard.check(page.rows)
            yield page
            url = page.next_link


def calendar_path(calendar_id: str) -> str:
    """Return the path of a calendar, the default one for an empty id."""
    return (
        f"/me/calendars/{quote(calendar_id, safe='')}"
        if calendar_id
        else "/me/calendar"
    )


def rows_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return ``value`` of a collection; its rows are the caller's to check.

    :raise BadAnswer: it is missing or no list
    """
    rows = body.get("value")
    if not isinstance(rows, list):
        raise BadAnswer("collection without a list", code="no_value")
    return rows


def link_of(body: dict[str, Any], name: str = _NEXT) -> str:
    """Return a link of a collection, ``""`` when it has none.

    :raise BadAnswer: it is not a string
    """
    link = body.get(name) or ""
    if not isinstance(link, str):
        raise BadAnswer(f"{name} is no string", code="bad_link")
    return link


def _delta_page(body: dict[str, Any]) -> DeltaPage:
    page = DeltaPage(rows_of(body), link_of(body), link_of(body, _DELTA))
    if bool(page.next_link) == bool(page.delta_link):
        raise BadAnswer("delta page without exactly one link", code="bad_link")
    return page


def utc(moment: datetime) -> str:
    """Return an aware datetime as Graph's queries take it."""
    if moment.tzinfo is None:
        raise ValueError("a window needs aware datetimes")
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
