# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The calls about events: of the own mailbox, or within a calendar of somebody else.

Own events are addressed as ``/me/events/{id}``, the one path that always worked for
writes (issue 21715 of Microsoft's documentation). It knows no item of a calendar that
somebody shares: these are found below the calendar alone (graph.md 10).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from ..core.delta import PageGuard, row_id
from ..core.errors import (
    BadAnswer,
    CursorExpired,
    MailboxGone,
    NotFound,
    Refused,
)
from ..core.series_from_graph import SeriesRows
from .changes import MAX_PAGES, calendar_path, link_of, rows_of, utc
from .client import GraphClient

__all__ = ["Events", "pages_of", "with_id"]

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


class Events:
    """Events that are read, changed and answered one by one.

    Every method raises the errors of ``GraphClient.request``. Within a calendar of
    somebody else ``NotFound`` is about the event: when the calendar itself is not to be
    reached any more, ``Refused`` with the code ``share_gone`` is raised instead.

    :param calendar_id: of a shared calendar; empty for the own mailbox
    """

    def __init__(self, client: GraphClient, calendar_id: str = "") -> None:
        self._client = client
        self._calendar = calendar_path(calendar_id) if calendar_id else ""
        self._root = f"{self._calendar or '/me'}/events"

    def get(self, remote_id: str) -> dict[str, Any]:
        """Return one event, whole."""
        return with_id(self._request("GET", self._event(remote_id)))

    def series(self, remote_id: str, start: datetime, end: datetime) -> SeriesRows:
        """Return a series: its master, its exceptions and its instances.

        :param start: aware, like ``end``; of which time the instances are told, below
            1825 days
        """
        query = {"$select": ",".join(_OF_MASTER), "$expand": "exceptionOccurrences"}
        master = with_id(self._request("GET", self._event(remote_id), params=query))
        window = {"startDateTime": utc(start), "endDateTime": utc(end)}
        query = {**window, "$select": _OF_INSTANCE, "$top": _LONG_PAGE}
        instances = list(self._rows(f"{self._event(remote_id)}/instances", query))
        exceptions = master.get("exceptionOccurrences")
        return SeriesRows(
            master,
            exceptions if isinstance(exceptions, list) else [],
            instances,
            (start, end),
        )

    def update(
        self, remote_id: str, body: dict[str, Any], etag: str = ""
    ) -> dict[str, Any]:
        """Change the members in ``body`` and return the event.

        :raise Conflict: the event is no longer the one of ``etag``
        """
        path = self._event(remote_id)
        return with_id(self._request("PATCH", path, json=body, etag=etag))

    def delete(self, remote_id: str) -> None:
        """Delete an event; one that is gone or cancelled already counts as deleted.

        Graph refuses to delete some cancelled items with 403, as it does without
        rights: which of the two it is, the item itself tells.
        """
        try:
            self._request("DELETE", self._event(remote_id))
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
        self._request("POST", f"{self._event(remote_id)}/{answer}", json=body)

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
        for row in self._rows(self._root, query):
            yield with_id(row)["id"], _stamp_of(row, property_id)

    def with_ical_uid(self, ical_uid: str) -> Iterator[dict[str, Any]]:
        """Yield the items of a meeting, by the id that all its copies share."""
        query = {"$filter": f"iCalUId eq {_literal(ical_uid)}", "$top": _PAGE}
        for row in self._rows(self._root, query):
            yield with_id(row)

    def attachments(self, remote_id: str) -> list[dict[str, Any]]:
        """Return the attachments of an event, without their content."""
        query = {"$select": "id,name,contentType,size,isInline"}
        return list(self._rows(f"{self._event(remote_id)}/attachments", query))

    def attachment(self, remote_id: str, attachment_id: str) -> dict[str, Any]:
        """Return one attachment, with its content as ``contentBytes`` if a file."""
        path = f"{self._event(remote_id)}/attachments/{quote(attachment_id, safe='')}"
        return with_id(self._request("GET", path))

    def _rows(self, url: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        try:
            yield from pages_of(self._client, url, query)
        except (NotFound, MailboxGone):
            self._check_calendar()
            raise

    def _request(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        try:
            return self._client.request(method, path, **options)
        except (NotFound, MailboxGone):
            self._check_calendar()
            raise

    def _check_calendar(self) -> None:
        """Tell an event that is gone from a calendar that is not shared any more.

        :raise Refused: it is the calendar that cannot be reached
        """
        if not self._calendar:
            return
        try:
            self._client.request("GET", self._calendar, params={"$select": "id"})
        except (NotFound, MailboxGone, Refused) as error:
            raise Refused(
                "calendar not shared", status=error.status, code="share_gone"
            ) from None

    def _event(self, remote_id: str) -> str:
        if not remote_id.strip("."):  # the path would name all events, or no event
            raise ValueError("an event needs its id")
        return f"{self._root}/{quote(remote_id, safe='')}"


def pages_of(
    client: GraphClient, url: str, query: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of all pages; a next link repeats the query itself."""
    guard = PageGuard(MAX_PAGES)
    body = client.request("GET", url, params=query)
    while True:
        rows = rows_of(body)
        guard.check(rows)
        yield from rows
        if not (link := link_of(body)):
            return
        body = client.request("GET", link)


def _literal(text: str) -> str:
    """Return an OData string literal."""
    return "'{}'".format(text.replace("'", "''"))


def with_id(row: dict[str, Any]) -> dict[str, Any]:
    """Return an object of Graph, which has to have an id."""
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
