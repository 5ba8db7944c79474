# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Attachments of events: as they are sent, as they are stored and as they are shown.

Stored are rows in the member ``attachments`` of an event, which no answer shows; so
they reach the copies of guests and the exceptions of a series as other members do.

Source: graph.md, "Attachments" (attachment, fileAttachment, itemAttachment,
referenceAttachment).
"""

import hashlib
import json
from base64 import b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

from .moments import stamp
from .problem import GraphProblem
from .refusals import unreadable

Fields = dict[str, Any]
PREFIX = "#microsoft.graph."
KINDS = ("fileAttachment", "itemAttachment", "referenceAttachment")
MEMBERS = ("lastModifiedDateTime", "name", "contentType", "size", "isInline")
POST_LIMIT = 3 * 1024 * 1024
LIMIT = 150 * 1024 * 1024


def read_attachment(
    body: Fields, key: int, now: datetime, limit: int = LIMIT
) -> Fields:
    """Return the row of an attachment that somebody adds.

    :param key: tells it from the others of the event
    :param limit: bytes that are taken
    :raise GraphProblem: 400, or 413 when it is too large
    """
    kind = str(body.get("@odata.type", "")).removeprefix("#").split(".")[-1]
    if kind not in KINDS:
        raise unreadable("The attachment needs an '@odata.type' that is known.")
    name = body.get("name")
    if not isinstance(name, str) or not name:
        raise unreadable("The property 'name' must be a text that is not empty.")
    content = body.get("contentBytes") or ""
    size = _size(kind, content, body)
    if size > limit:
        raise GraphProblem(
            413, "RequestEntityTooLarge", "The attachment needs an upload session."
        )
    return {
        "key": key,
        "kind": kind,
        "name": name,
        "contentType": body.get("contentType") or "application/octet-stream",
        "size": size,
        "isInline": body.get("isInline") is True,
        "contentId": body.get("contentId"),
        "lastModifiedDateTime": stamp(now),
        "content": content,
    }


def _size(kind: str, content: Any, body: Fields) -> int:
    """Return how large it is."""
    if kind != "fileAttachment":
        return len(json.dumps(body))
    try:
        return len(b64decode(content, validate=True))
    except (TypeError, ValueError) as error:
        raise unreadable("Cannot convert 'contentBytes' to Edm.Binary.") from error


def with_rows(rows: list[Fields]) -> Fields:
    """Return the members of an event that has these attachments.

    Inline ones alone leave ``hasAttachments`` false.
    """
    return {
        "attachments": rows,
        "hasAttachments": any(not row["isInline"] for row in rows),
    }


def attachment_id(salt: str, item_id: str, row: Fields) -> str:
    """Return the id of an attachment, another one in each mailbox."""
    seed = f"{salt}:{item_id}:{row['key']}".encode()
    text = urlsafe_b64encode(hashlib.sha512(seed).digest()).decode().rstrip("=")
    return f"AAMkAGI1AAAA{text}BEgAQAA="


def show_attachment(row: Fields, row_id: str, is_whole: bool = False) -> Fields:
    """Return an attachment as Graph shows it.

    :param is_whole: a GET of the one attachment, or of all without ``$select``
    """
    shown = {
        "@odata.type": PREFIX + row["kind"],
        "@odata.mediaContentType": row["contentType"],
        "id": row_id,
        **{name: row[name] for name in MEMBERS},
    }
    if is_whole and row["kind"] == "fileAttachment":
        shown |= {
            "contentId": row["contentId"],
            "contentLocation": None,
            "contentBytes": row["content"],
        }
    return shown
