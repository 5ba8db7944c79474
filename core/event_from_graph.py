# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A Graph event to an ``Item``.

Whatever is missing or unknown gets a neutral value and, where a user should know, a
problem code; only an event without an id or a usable time is refused.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from html import escape
from typing import Any, TypeVar

from .body import content_from_html
from .discuss_block import split_discuss_link
from .errors import ConversionError
from .event import Event, Item, When
from .guests_from_graph import guests_from_graph, host_from_graph
from .join_block import join_url, split_join_block
from .reading import Reading
from .timezones import (
    date_from_graph,
    iana_from_graph,
    instant_from_graph,
    utc_from_graph,
)

_TYPES = {
    name: name for name in ("singleInstance", "occurrence", "exception", "seriesMaster")
}
_SENSITIVITIES = {
    name: name for name in ("normal", "personal", "private", "confidential")
}
_SHOW_AS = {
    "free": "free",
    "tentative": "tentative",
    "busy": "busy",
    "oof": "oof",
    "workingElsewhere": "workingElsewhere",
    "unknown": "busy",  # Graph's own word for "it was not said"
}
_IMPORTANCES = {name: name for name in ("low", "normal", "high")}
_NEWLINE = re.compile(r"\r\n?|\n")
_DAY = timedelta(days=1)
M = TypeVar("M", date, datetime)


def item_from_graph(
    data: Mapping[str, Any], owner: frozenset[str] = frozenset()
) -> Item:
    """Return the item that a Graph event describes.

    :param data: an event as Graph sends it, in full; not a row with ``@removed``
    :param owner: the addresses of the mailbox's owner, in lower case
    :raise ConversionError: no ``id``, ``start`` or ``end``, or an end before the
        start; ``field`` names the member

    Source: Graph v1.0 event resource type.

    >>> item = item_from_graph({
    ...     "id": "AAMk", "subject": "Office closed", "isAllDay": True, "showAs": "oof",
    ...     "start": {"dateTime": "2026-12-25T00:00:00.0000000", "timeZone": "UTC"},
    ...     "end": {"dateTime": "2026-12-27T00:00:00.0000000", "timeZone": "UTC"}})
    >>> item.event.when.end, item.event.show_as
    (datetime.date(2026, 12, 27), 'oof')
    """
    problems: list[str] = []
    reading = Reading(data, problems)
    remote_id = reading.text("id")
    if not remote_id:
        raise ConversionError("no id", field="id")
    host = host_from_graph(reading, owner)
    return Item(
        remote_id=remote_id,
        event=_event(reading, guests_from_graph(reading, host, owner)),
        etag=_etag(reading),
        ical_uid=reading.text("iCalUId"),
        type=reading.choice("type", _TYPES, "singleInstance"),
        series_master_id=reading.text("seriesMasterId"),
        zone=_zone(reading),
        organizer=host.address,
        is_organizer=host.is_owner,
        is_cancelled=reading.flag("isCancelled"),
        importance=reading.choice("importance", _IMPORTANCES, "normal"),
        has_attachments=reading.flag("hasAttachments"),
        last_modified=_last_modified(reading),
        transaction_id=reading.text("transactionId"),
        web_link=reading.text("webLink"),
        problems=tuple(dict.fromkeys(problems)),
    )


def _event(reading: Reading, attendees: tuple[Any, ...]) -> Event:
    body, block = split_join_block(content_from_html(_html(reading.inner("body"))))
    body, discuss_url = split_discuss_link(body)
    return Event(
        subject=reading.text("subject"),
        when=_when(reading),
        body=body.strip(),
        location=reading.inner("location").text("displayName"),
        sensitivity=reading.choice("sensitivity", _SENSITIVITIES, "normal"),
        show_as=reading.choice("showAs", _SHOW_AS, "busy"),
        reminder=_reminder(reading),
        categories=_categories(reading),
        join_url=_join_url(reading, block),
        discuss_url=discuss_url,
        online=reading.flag("isOnlineMeeting"),
        attendees=attendees,
    )


def _html(body: Reading) -> str:
    """Return the body as HTML; text is what ``Prefer`` or an old client made of it."""
    content = body.text("content")
    kind = body.choice("contentType", {"html": "html", "text": "text"}, "html")
    if kind == "text":
        return _NEWLINE.sub("<br>", escape(content, quote=False))
    return content


def _when(reading: Reading) -> When:
    if not reading.flag("isAllDay"):
        return When(*_span(reading, utc_from_graph))
    start, end = _span(reading, date_from_graph)
    if start == end:  # an end that is meant to be the last day
        try:
            end += _DAY
        except OverflowError as error:
            raise ConversionError("end: date out of range", field="end") from error
    return When(start, end)


def _span(reading: Reading, read: Callable[[Mapping[str, Any]], M]) -> tuple[M, M]:
    start, end = (_moment(reading, name, read) for name in ("start", "end"))
    if end < start:
        raise ConversionError("the end is before the start", field="end")
    return start, end


def _moment(reading: Reading, name: str, read: Callable[[Mapping[str, Any]], M]) -> M:
    try:
        return read(reading.mapping(name))
    except ConversionError as error:
        raise ConversionError(f"{name}: {error}", field=name) from error


def _reminder(reading: Reading) -> int | None:
    minutes = reading.number("reminderMinutesBeforeStart")
    return minutes if reading.flag("isReminderOn") else None


def _categories(reading: Reading) -> tuple[str, ...]:
    """Return the names, each once: Graph keeps what clients send, twice as well."""
    names = [name.strip() for name in reading.texts("categories")]
    return tuple(dict.fromkeys(name for name in names if name))


def _join_url(reading: Reading, block: str) -> str:
    """Return the link to join; Graph may fill ``onlineMeeting`` later than the body."""
    meeting = reading.inner("onlineMeeting").text("joinUrl")
    return meeting or reading.text("onlineMeetingUrl") or join_url(block)


def _zone(reading: Reading) -> str:
    name = reading.text("originalStartTimeZone")
    zone = iana_from_graph(name)
    if name and not zone:
        reading.problems.append("unknown_zone")
    return zone


def _etag(reading: Reading) -> str:
    change_key = reading.text("changeKey")
    return reading.text("@odata.etag") or (f'W/"{change_key}"' if change_key else "")


def _last_modified(reading: Reading) -> datetime | None:
    text = reading.text("lastModifiedDateTime")
    try:
        return instant_from_graph(text) if text else None
    except ConversionError:
        reading.note("lastModifiedDateTime")
        return None
