# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The calls about calendars and events that the sync makes.

Values are Graph's own JSON: ``core`` makes events of them. Own events are addressed
as ``/me/events/{id}``, the one path that always worked for writes (issue 21715 of
Microsoft's documentation).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from ..core.delta import PageGuard, row_id
from ..core.errors import BadAnswer, CursorExpired, NotFound, Refused
from ..core.reading import Reading
from ..core.series_from_graph import SeriesRows
from .changes import (
    MAX_PAGES,
    CalendarViewFeed,
    ChangeFeed,
    DeltaPage,
    calendar_path,
    link_of,
    rows_of,
    utc,
)
from .client import GraphClient

__all__ = ["STAMP_PROPERTY", "Calendars", "DeltaPage", "stamp_member"]

# The value names the Odoo database and record that an item belongs to. Never change
# the id: items that carry it would no longer be recognised.
STAMP_PROPERTY = "String {fd003092-f988-40b6-9dfa-6568be1a973d} Name OdooEvent"
_ANSWERS = ("accept", "tentativelyAccept", "decline")
_PAGE = "100"
_LONG_PAGE = "500"  # rows of a few members each
# Graph tells the last two only when they are selected (graph.md 4.1), so everything
# that ``core`` reads of an event has to be named as well.
_OF_MASTER = (
    "attendees",
    "body",
    "categories",
    "changeKey",
    "end",
    "hasAttachments",
    "iCalUId",
    "importance",
    "isAllDay",
    "isCancelled",
    "isOnlineMeeting",
    "isOrganizer",
    "isReminderOn",
    "lastModifiedDateTime",
    "location",
    "locations",
    "onlineMeeting",
    "onlineMeetingUrl",
    "organizer",
    "originalStartTimeZone",
    "recurrence",
    "reminderMinutesBeforeStart",
    "responseStatus",
    "sensitivity",
    "seriesMasterId",
    "showAs",
    "start",
    "subject",
    "transactionId",
    "type",
    "webLink",
    "cancelledOccurrences",
    "exceptionOccurrences",
)
_OF_INSTANCE = "id,type,start,end,isAllDay,isCancelled,originalStart"


def stamp_member(value: str) -> dict[str, Any]:
    """Return ``{"singleValueExtendedProperties": [...]}`` to merge into a POST body."""
    return {"singleValueExtendedProperties": [{"id": STAMP_PROPERTY, "value": value}]}


class Calendars:
    """Calendars and events of the signed-in user.

    Every method raises the errors of ``GraphClient.request``.

    :param feed: how to read changes, by default ``calendarView/delta``
    """

    def __init__(self, client: GraphClient, feed: ChangeFeed | None = None) -> None:
        self._client = client
        self._categories: list[dict[str, Any]] | None = None
        self._feed: ChangeFeed = feed or CalendarViewFeed(client)

    def default_calendar(self) -> dict[str, Any]:
        """Return the user's default calendar; ``owner`` has the mailbox's address."""
        return _with_id(self._client.request("GET", "/me/calendar"))

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
        for row in self._rows("/me/calendars", {"$top": _PAGE}):
            yield _with_id(row)

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

    def get(self, remote_id: str) -> dict[str, Any]:
        """Return one event, whole."""
        return _with_id(self._client.request("GET", _event(remote_id)))

    def series(self, remote_id: str, start: datetime, end: datetime) -> SeriesRows:
        """Return a series: its master, its exceptions and its instances.

        :param start: aware, like ``end``; of which time the instances are told, below
            1825 days
        """
        query = {"$select": ",".join(_OF_MASTER), "$expand": "exceptionOccurrences"}
        master = _with_id(self._client.request("GET", _event(remote_id), params=query))
        window = {"startDateTime": utc(start), "endDateTime": utc(end)}
        query = {**window, "$select": _OF_INSTANCE, "$top": _LONG_PAGE}
        instances = list(self._rows(f"{_event(remote_id)}/instances", query))
        exceptions = master.get("exceptionOccurrences")
        return SeriesRows(
            master,
            exceptions if isinstance(exceptions, list) else [],
            instances,
            (start, end),
        )

    def create(self, calendar_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Create an event and return it as Graph stored it.

        :param calendar_id: empty for the default calendar
        :param body: holds a ``transactionId``, so that a repetition makes no second
            event
        :raise Refused: with ``existing_id`` when the transaction id is another's
        """
        path = f"{calendar_path(calendar_id)}/events" if calendar_id else "/me/events"
        return _with_id(self._client.request("POST", path, json=body))

    def update(
        self, remote_id: str, body: dict[str, Any], etag: str = ""
    ) -> dict[str, Any]:
        """Change the members in ``body`` and return the event.

        :raise Conflict: the event is no longer the one of ``etag``
        """
        path = _event(remote_id)
        return _with_id(self._client.request("PATCH", path, json=body, etag=etag))

    def delete(self, remote_id: str) -> None:
        """Delete an event; one that is gone or cancelled already counts as deleted.

        Graph refuses to delete some cancelled items with 403, as it does without
        rights: which of the two it is, the item itself tells.
        """
        try:
            self._client.request("DELETE", _event(remote_id))
        except (NotFound, CursorExpired):  # 404, 410
            return
        except Refused as error:
            if error.status != 403 or not self._is_gone_or_cancelled(remote_id):
                raise

    def _is_gone_or_cancelled(self, remote_id: str) -> bool:
        try:
            return self.get(remote_id).get("isCancelled") is True
        except NotFound:
            return True

    def respond(
        self, remote_id: str, answer: str, *, send: bool, comment: str = ""
    ) -> None:
        """Answer an invitation; a declined event leaves the calendar.

        :param answer: ``accept``, ``tentativelyAccept`` or ``decline``
        :param send: whether the organizer learns of it; without, he never does
        """
        if answer not in _ANSWERS:
            raise ValueError(f"no answer to an invitation: {answer}")
        body: dict[str, Any] = {"sendResponse": send}
        if comment:
            body["comment"] = comment
        self._client.request("POST", f"{_event(remote_id)}/{answer}", json=body)

    def stamped(self, property_id: str, prefix: str) -> Iterator[tuple[str, str]]:
        """Yield remote id and value of the items that carry an extended property.

        :param property_id: such as ``STAMP_PROPERTY``
        :param prefix: that the value starts with; Graph ignores its case
        """
        name, start = _literal(property_id), _literal(prefix)
        query = {
            "$filter": "singleValueExtendedProperties/any(ep: "
            f"ep/id eq {name} and startswith(ep/value,{start}))",
            "$expand": f"singleValueExtendedProperties($filter=id eq {name})",
            "$select": "id",
            "$top": _PAGE,
        }
        for row in self._rows("/me/events", query):
            yield _with_id(row)["id"], _stamp_of(row, property_id)

    def attachments(self, remote_id: str) -> list[dict[str, Any]]:
        """Return the attachments of an event, without their content."""
        query = {"$select": "id,name,contentType,size,isInline"}
        return list(self._rows(f"{_event(remote_id)}/attachments", query))

    def attachment(self, remote_id: str, attachment_id: str) -> dict[str, Any]:
        """Return one attachment, with its content as ``contentBytes`` if a file."""
        path = f"{_event(remote_id)}/attachments/{quote(attachment_id, safe='')}"
        return _with_id(self._client.request("GET", path))

    def categories(self) -> list[dict[str, Any]]:
        """Return the categories with their colours; asked for once, also in vain.

        :raise Refused: 403 without ``MailboxSettings.Read``; the first time
        """
        if self._categories is None:
            self._categories = []
            rows = self._rows("/me/outlook/masterCategories", {})
            self._categories = list(rows)
        return self._categories

    def _rows(self, url: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Yield the rows of all pages; a next link repeats the query itself."""
        guard = PageGuard(MAX_PAGES)
        body = self._client.request("GET", url, params=query)
        while True:
            rows = rows_of(body)
            guard.check(rows)
            yield from rows
            if not (link := link_of(body)):
                return
            body = self._client.request("GET", link)


def _event(remote_id: str) -> str:
    if not remote_id.strip("."):  # the path would name all events, or no event
        raise ValueError("an event needs its id")
    return f"/me/events/{quote(remote_id, safe='')}"


def _literal(text: str) -> str:
    """Return an OData string literal."""
    return "'{}'".format(text.replace("'", "''"))


def _with_id(row: dict[str, Any]) -> dict[str, Any]:
    if not row_id(row):
        raise BadAnswer("object without an id", code="no_id")
    return row


def _stamp_of(row: dict[str, Any], property_id: str) -> str:
    found = row.get("singleValueExtendedProperties")
    for entry in found if isinstance(found, list) else []:
        if isinstance(entry, dict) and _is_stamp(entry, property_id):
            return str(entry["value"])
    raise BadAnswer("item without the property asked for", code="no_property")


def _is_stamp(entry: Mapping[str, Any], property_id: str) -> bool:
    same = str(entry.get("id", "")).lower() == property_id.lower()
    return same and isinstance(entry.get("value"), str)
