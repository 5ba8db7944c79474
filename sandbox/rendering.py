# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Stored calendars and events as the resources that Graph answers with."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from .directory import PERSONAL_TENANT, Person
from .items import Calendar, Group, Item
from .mailbox import Mailbox
from .moments import date_time, parse_query, stamp
from .rich_text import plain

_WEB = "https://outlook.office365.com/owa/?itemid={}&exvsurl=1&path=/calendar/item"
_WEB_PERSONAL = "https://outlook.live.com/owa/?itemid={}&exvsurl=1&path=/calendar/item"


@dataclass(frozen=True)
class Style:
    """How an answer was asked for (``Prefer``).

    :ivar zone: name that times are shown in, Windows or IANA
    :ivar text: whether bodies are shown as text
    :ivar immutable: whether ids are immutable ones
    """

    zone: str = "UTC"
    text: bool = False
    immutable: bool = False

    def id_of(self, item: Any) -> str:
        """Return the id of an item or a change in the kind asked for."""
        return str(item.immutable_id if self.immutable else item.rest_id)


PLAIN = Style()


def show_event(
    mailbox: Mailbox, person: Person, item: Item, style: Style = PLAIN
) -> dict[str, Any]:
    """Return the event in full, without context and navigation."""
    fields = {k: v for k, v in item.fields.items() if k != "attachments"}
    key = mailbox.ids.change_key(item.change)
    web = _WEB_PERSONAL if person.tenant_id == PERSONAL_TENANT else _WEB
    event_id = style.id_of(item)
    return {
        "@odata.etag": etag(key),
        "id": event_id,
        "createdDateTime": stamp(item.created),
        "lastModifiedDateTime": stamp(item.modified),
        "changeKey": key,
        **fields,
        "webLink": web.format(quote(event_id, safe="")),
        "body": _body(fields["body"], style),
        **_times(item, style),
        "attendees": [_attendee(row, style) for row in fields["attendees"]],
        "originalStart": item.original or None,
        "seriesMasterId": _master_id(mailbox, item, style),
    }


def _master_id(mailbox: Mailbox, item: Item, style: Style) -> str | None:
    """Return the id of the master that an occurrence or exception belongs to."""
    return style.id_of(mailbox.items[item.master]) if item.is_instance else None


def _body(content: str, style: Style) -> dict[str, str]:
    if style.text:
        return {"contentType": "text", "content": plain(content)}
    return {"contentType": "html", "content": content}


def _times(item: Item, style: Style) -> dict[str, Any]:
    """Return start and end; those of all-day events float."""
    start, end = item.fields["start"], item.fields["end"]
    if style.zone == "UTC":
        return {"start": dict(start), "end": dict(end)}
    if item.fields["isAllDay"]:
        zone = {"timeZone": style.zone}
        return {"start": {**start, **zone}, "end": {**end, **zone}}
    return {
        "start": _shown(start, style),
        "end": _shown(end, style),
    }


def _shown(value: dict[str, str], style: Style) -> dict[str, str]:
    """Return a stored time in the zone asked for."""
    try:
        return date_time(parse_query(value["dateTime"]), style.zone)
    except OverflowError:  # the first and last day that a calendar can hold
        return dict(value)


def _attendee(row: dict[str, Any], style: Style) -> dict[str, Any]:
    """Return an attendee; a proposed time is shown in the zone asked for."""
    proposed = row.get("proposedNewTime")
    if not proposed or style.zone == "UTC":
        return row
    times = {name: _shown(proposed[name], style) for name in ("start", "end")}
    return {**row, "proposedNewTime": times}


def etag(change_key: str) -> str:
    """Return the ``@odata.etag`` of a changeKey."""
    return f'W/"{change_key}"'


def show_calendar(mailbox: Mailbox, person: Person, row: Calendar) -> dict[str, Any]:
    """Return a calendar; the owner is the mailbox's."""
    return {
        "id": row.id,
        "name": row.name,
        "color": row.color,
        "hexColor": "",
        "isDefaultCalendar": row.is_default,
        "changeKey": mailbox.ids.change_key(row.change),
        "canShare": row.can_edit,
        "canViewPrivateItems": True,
        "canEdit": row.can_edit,
        "isTallyingResponses": row.is_default,
        "isRemovable": not row.is_default,
        "allowedOnlineMeetingProviders": list(row.providers),
        "defaultOnlineMeetingProvider": row.providers[0]
        if row.providers
        else "unknown",
        "owner": {"name": person.name, "address": person.mail or person.username},
    }


def show_group(mailbox: Mailbox, row: Group) -> dict[str, Any]:
    """Return a calendar group."""
    return {
        "id": row.id,
        "name": row.name,
        "classId": str(uuid5(NAMESPACE_URL, row.id)),
        "changeKey": mailbox.ids.change_key(row.change),
    }
