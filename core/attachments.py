# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What Graph tells of the attachments of an event, without their content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .reading import Reading

_KINDS = {
    f"#microsoft.graph.{kind}Attachment": kind for kind in ("file", "item", "reference")
}


@dataclass(frozen=True)
class Attachment:
    """An attachment that people see as one: pictures within the text are none.

    :ivar size: bytes, 0 when it is not told
    :ivar kind: ``file``, ``item`` (a mail, a contact) or ``reference`` (in the cloud)
    """

    remote_id: str
    name: str
    size: int = 0
    content_type: str = ""
    kind: str = "file"


def attachments_from_graph(
    rows: Iterable[Mapping[str, Any]],
) -> tuple[Attachment, ...]:
    """Return the attachments of a list; rows without an id are left out.

    Source: Graph v1.0 attachment resource type.

    >>> attachments_from_graph([{"id": "A1", "name": "plan.pdf", "size": 8}])
    (Attachment(remote_id='A1', name='plan.pdf', size=8, content_type='', kind='file'),)
    """
    found = []
    for row in rows:
        reading = Reading(row, [])
        remote_id = reading.text("id")
        if not remote_id or reading.flag("isInline"):
            continue
        found.append(
            Attachment(
                remote_id,
                reading.text("name"),
                max(reading.number("size") or 0, 0),
                reading.text("contentType"),
                _KINDS.get(reading.text("@odata.type"), "file"),
            )
        )
    return tuple(found)
