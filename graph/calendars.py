# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The calls about calendars that the sync makes.

Values are Graph's own JSON: ``core`` makes events of them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ..core.reading import Reading
from .changes import CalendarViewFeed, ChangeFeed, DeltaPage, calendar_path
from .client import GraphClient
from .events import Events, pages_of, with_id

__all__ = ["STAMP_PROPERTY", "Calendars", "DeltaPage", "stamp_member"]

# The value names the Odoo database and record that an item belongs to. Never change
# the id: items that carry it would no longer be recognised.
STAMP_PROPERTY = "String {fd003092-f988-40b6-9dfa-6568be1a973d} Name OdooEvent"
_PAGE = "100"


def stamp_member(value: str) -> dict[str, Any]:
    """Return ``{"singleValueExtendedProperties": [...]}`` to merge into a POST body."""
    return {"singleValueExtendedProperties": [{"id": STAMP_PROPERTY, "value": value}]}


class Calendars:
    """Calendars of the signed-in user, and the way to their events.

    Every method raises the errors of ``GraphClient.request``.

    :param feed: how to read changes, by default ``calendarView/delta``
    """

    def __init__(self, client: GraphClient, feed: ChangeFeed | None = None) -> None:
        self._client = client
        self._categories: list[dict[str, Any]] | None = None
        self._feed: ChangeFeed = feed or CalendarViewFeed(client)

    def events(self, shared_id: str = "") -> Events:
        """Return the way to single events: of the own mailbox, or of a calendar.

        :param shared_id: id of a calendar that somebody shares with the user
        """
        return Events(self._client, shared_id)

    def default_calendar(self) -> dict[str, Any]:
        """Return the user's default calendar; ``owner`` has the mailbox's address."""
        return with_id(self._client.request("GET", "/me/calendar"))

    def own_addresses(self) -> frozenset[str]:
        """Return the addresses of the mailbox that Graph tells, in lower case.

        :raise Refused: the app may not read the profile (``User.Read``)
        """
        query = {"$select": "mail,userPrincipalName,proxyAddresses"}
        row = Reading(self._client.request("GET", "/me", params=query), [])
        proxies = [text.partition(":") for text in row.texts("proxyAddresses")]
        told = {rest for kind, _colon, rest in proxies if kind.lower() == "smtp"}
        told |= {row.text("mail"), row.text("userPrincipalName")}
        return frozenset(one.strip().lower() for one in told if "@" in one)

    def list_calendars(self) -> Iterator[dict[str, Any]]:
        """Yield every calendar, those shared with the user too."""
        for row in pages_of(self._client, "/me/calendars", {"$top": _PAGE}):
            yield with_id(row)

    def first_delta_url(self, calendar_id: str, start: datetime, end: datetime) -> str:
        """Return where a first round of ``iter_delta`` starts.

        :param calendar_id: empty for the default calendar
        :param start: aware, like ``end``; below 1825 days apart
        """
        return self._feed.first_url(calendar_id, start, end)

    def iter_delta(self, url: str, page_size: int = 200) -> Iterator[DeltaPage]:
        """Yield every page of changes from ``url`` to the next delta link.

        :param url: of ``first_delta_url``, or the delta link of the last round
        :raise CursorExpired: start again from the first URL
        """
        return self._feed.iter_pages(url, page_size)

    def create(self, calendar_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create an event and return it as Graph stored it.

        :param calendar_id: empty for the default calendar
        :param body: holds a ``transactionId``, so that a repetition makes no second
            event
        :raise Refused: with ``existing_id`` when the transaction id is another's
        """
        path = f"{calendar_path(calendar_id)}/events" if calendar_id else "/me/events"
        return with_id(self._client.request("POST", path, json=body))

    def categories(self) -> list[dict[str, Any]]:
        """Return the categories with their colours; asked for once, also in vain.

        :raise Refused: 403 without ``MailboxSettings.Read``; the first time
        """
        if self._categories is None:
            self._categories = []
            rows = pages_of(self._client, "/me/outlook/masterCategories", {})
            self._categories = list(rows)
        return self._categories
