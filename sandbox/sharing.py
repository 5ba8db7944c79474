# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Calendars that somebody shares with a colleague.

Source: graph.md, "Calendars, groups, permissions, sharing". The colleague has an entry
of his own in ``/me/calendars``, whose id is another one than the owner's; what is below
it is the owner's mailbox, with the owner's ids. ``/me/events/{id}`` knows none of them.
"""

from typing import TYPE_CHECKING, Any

from .directory import Person
from .items import Share
from .refusals import access_denied
from .rendering import show_calendar

if TYPE_CHECKING:
    from .exchange import Exchange
    from .graph_call import Call

ROLES = ("read", "write")
_HIDDEN = {
    "subject": "Private appointment",
    "body": {"contentType": "html", "content": ""},
    "bodyPreview": "",
    "attendees": [],
    "categories": [],
    "hasAttachments": False,
    "onlineMeeting": None,
}


def shared_owner(call: "Call", share: Share, scopes: tuple[str, ...]) -> Person:
    """Return whose mailbox a shared calendar is in.

    :raise GraphProblem: 403, without a ``.Shared`` scope or the right to write
    """
    header = call.request.headers.get("Authorization", "")
    session = call.sandbox.tokens.check(header)
    if not any(session.allows(f"{each}.Shared") for each in scopes):
        raise access_denied()
    if share.role == "read" and all(each.endswith("ReadWrite") for each in scopes):
        raise access_denied()
    return call.sandbox.directory.people[share.owner]


def show_shares(exchange: "Exchange", person: Person) -> list[dict[str, Any]]:
    """Return the calendars that others share with a person, as resources."""
    return [
        show_share(exchange, share)
        for share in exchange.mailbox(person).shares.values()
    ]


def show_share(exchange: "Exchange", share: Share) -> dict[str, Any]:
    """Return a shared calendar as its guest sees it.

    The entry is in the guest's mailbox: it stays when the owner's is not reached.
    """
    owner = exchange.directory.people[share.owner]
    mailbox = exchange.post.mailbox(owner)
    row = exchange.places.calendar(mailbox, share.calendar)
    return show_calendar(mailbox, owner, row) | {
        "id": share.id,
        "name": owner.name if row.is_default else row.name,
        "isDefaultCalendar": False,
        "canEdit": row.can_edit and share.role == "write",
        "canShare": False,
        "canViewPrivateItems": False,
    }


def hide_private(call: "Call", resource: dict[str, Any]) -> dict[str, Any]:
    """Return an event as the guest of a calendar sees it: private ones as a time."""
    is_private = resource.get("sensitivity") in ("private", "confidential")
    if not call.share or not is_private:
        return resource
    hidden = {name: value for name, value in _HIDDEN.items() if name in resource}
    return {**resource, **hidden}
