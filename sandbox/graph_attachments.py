# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Endpoints of the attachments of events."""

from base64 import b64decode
from typing import Any

from werkzeug.wrappers import Response

from .attachments import MEMBERS, POST_LIMIT
from .directory import Person
from .graph_call import READ, WRITE, Call
from .graph_events import check_settled, find
from .graph_list import context
from .odata import read_options, selected
from .refusals import not_found

_KNOWN = frozenset(("id", *MEMBERS))  # contentBytes is a derived type's, not selectable


def list_attachments(
    call: Call, user: str, event: str, calendar: str | None = None
) -> Response:
    """Answer ``GET .../events/{id}/attachments``, all on one page."""
    person = call.owner(user, READ)
    find(call, person, event, calendar)
    options = read_options(call.query, _KNOWN)
    rows = call.exchange.attachments(person, event, is_whole=not options.select)
    where = context(call, person, "events/attachments")
    shown = [selected(row, options) for row in rows]
    return call.json({"@odata.context": where, "value": shown})


def add_attachment(
    call: Call, user: str, event: str, calendar: str | None = None
) -> Response:
    """Answer ``POST .../events/{id}/attachments``, up to 3 MB."""
    person = call.owner(user, WRITE)
    check_settled(call, person, find(call, person, event, calendar))
    row = call.exchange.attach(person, event, call.body(), POST_LIMIT)
    return _entity(call, person, row, 201)


def get_attachment(
    call: Call, user: str, event: str, attachment: str, calendar: str | None = None
) -> Response:
    """Answer ``GET .../events/{id}/attachments/{id}``."""
    person = call.owner(user, READ)
    row = _find(call, person, event, attachment, calendar)
    options = read_options(call.query, _KNOWN)
    return _entity(call, person, selected(row, options))


def get_content(
    call: Call, user: str, event: str, attachment: str, calendar: str | None = None
) -> Response:
    """Answer ``GET .../attachments/{id}/$value`` with the bytes of a file."""
    person = call.owner(user, READ)
    row = _find(call, person, event, attachment, calendar)
    if "contentBytes" not in row:
        raise not_found()
    return Response(b64decode(row["contentBytes"]), content_type=row["contentType"])


def delete_attachment(
    call: Call, user: str, event: str, attachment: str, calendar: str | None = None
) -> Response:
    """Answer ``DELETE .../events/{id}/attachments/{id}``."""
    person = call.owner(user, WRITE)
    _find(call, person, event, attachment, calendar)
    call.exchange.detach(person, event, attachment)
    return call.empty()


def _find(
    call: Call, person: Person, event: str, attachment: str, calendar: str | None
) -> dict[str, Any]:
    """Return an attachment in full.

    :raise GraphProblem: 404
    """
    find(call, person, event, calendar)
    for row in call.exchange.attachments(person, event, is_whole=True):
        if row["id"] == attachment:
            return row
    raise not_found()


def _entity(
    call: Call, person: Person, row: dict[str, Any], status: int = 200
) -> Response:
    where = context(call, person, "events/attachments/$entity")
    return call.json({"@odata.context": where, **row}, status)
