# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Control of mailboxes: what a person does in Outlook, in Graph's own JSON."""

from typing import TYPE_CHECKING, Any

from .answers import ANSWERS
from .control_errors import Wrong, find_person, flag
from .moments import parse_query

if TYPE_CHECKING:
    from .app import Sandbox

Given = dict[str, Any]


def calendars(sandbox: "Sandbox", given: Given, key: str) -> list[Given]:
    """List a person's calendars, the default one first."""
    return sandbox.exchange.calendars(find_person(sandbox, key))


def events(sandbox: "Sandbox", given: Given, key: str) -> list[Given]:
    """List the events of a calendar, by default those of the default one."""
    person = find_person(sandbox, key)
    return sandbox.exchange.list(person, given.get("calendar", ""))


def new_event(sandbox: "Sandbox", given: Given, key: str) -> Given:
    """Create an event in ``calendar``, or in the default one."""
    body, person = dict(given), find_person(sandbox, key)
    calendar = body.pop("calendar", "")
    return sandbox.exchange.create_event(person, body, calendar)


def event(sandbox: "Sandbox", given: Given, key: str, event_id: str) -> Given:
    """Return one event."""
    return sandbox.exchange.event(find_person(sandbox, key), event_id)


def change_event(sandbox: "Sandbox", given: Given, key: str, event_id: str) -> Given:
    """Change members of an event."""
    person = find_person(sandbox, key)
    return sandbox.exchange.update_event(person, event_id, given)


def delete_event(sandbox: "Sandbox", given: Given, key: str, event_id: str) -> None:
    """Delete an event; an organizer's guests get a cancellation."""
    sandbox.exchange.delete_event(find_person(sandbox, key), event_id)


def instances(sandbox: "Sandbox", given: Given, key: str, event_id: str) -> list[Given]:
    """List the occurrences and exceptions of a series from ``start`` to ``end``."""
    person = find_person(sandbox, key)
    window = parse_query(given["start"]), parse_query(given["end"])
    return sandbox.exchange.instances(person, event_id, *window)


def answer(sandbox: "Sandbox", given: Given, key: str, event_id: str) -> None:
    """Answer an invitation: ``answer``, ``comment``, ``send``, ``proposed``."""
    person, chosen = find_person(sandbox, key), given.get("answer", "")
    if chosen not in ANSWERS:
        raise Wrong(f"answer must be one of {', '.join(ANSWERS)}.")
    sandbox.exchange.respond(
        person,
        event_id,
        chosen,
        given.get("comment", ""),
        flag(given, "send", True),
        given.get("proposed"),
    )


def cancel(sandbox: "Sandbox", given: Given, key: str, event_id: str) -> None:
    """Call a meeting off, with a ``comment``."""
    person = find_person(sandbox, key)
    sandbox.exchange.cancel(person, event_id, given.get("comment", ""))


def move(sandbox: "Sandbox", given: Given, key: str, event_id: str) -> Given:
    """Move an event to another ``calendar``."""
    person = find_person(sandbox, key)
    return sandbox.exchange.move_event(person, event_id, given["calendar"])


def touch(sandbox: "Sandbox", given: Given, key: str, event_id: str) -> None:
    """Let the server give the event a new version, ``minutes`` ago."""
    person = find_person(sandbox, key)
    sandbox.exchange.touch_event(person, event_id, int(given.get("minutes", 0)))


def attachments(
    sandbox: "Sandbox", given: Given, key: str, event_id: str
) -> list[Given]:
    """List the attachments of an event, without their content."""
    return sandbox.exchange.attachments(find_person(sandbox, key), event_id)


def attach(sandbox: "Sandbox", given: Given, key: str, event_id: str) -> Given:
    """Add an attachment, also one that is larger than Graph takes at once."""
    return sandbox.exchange.attach(find_person(sandbox, key), event_id, given)


def invite(sandbox: "Sandbox", given: Given, key: str) -> Given:
    """Let an outsider, ``organizer`` and ``name``, invite the person to ``event``."""
    return sandbox.exchange.receive_invitation(
        find_person(sandbox, key),
        given["organizer"],
        given["event"],
        given.get("name", ""),
    )


def mails(sandbox: "Sandbox", given: Given) -> list[Given]:
    """List the mails sent, oldest first, those to ``recipient`` or of ``kind``."""
    rows = [each.dump() for each in sandbox.exchange.mails]
    for name in ("recipient", "sender", "kind"):
        if given.get(name):
            rows = [row for row in rows if row[name].lower() == given[name].lower()]
    return rows


def clear_mails(sandbox: "Sandbox", given: Given) -> None:
    """Forget the mails sent so far."""
    sandbox.exchange.mails.clear()


_EVENT = "/people/<key>/events/<event_id>"


def share(sandbox: "Sandbox", given: Given, key: str) -> Given:
    """Share a ``calendar``, by default the main one, ``with`` a guest as ``role``."""
    owner, guest = (find_person(sandbox, each) for each in (key, given["with"]))
    role = given.get("role", "write")
    calendar = given.get("calendar", "")
    return sandbox.exchange.share_calendar(owner, guest, role, calendar)


ROUTES = [
    ("POST", "/people/<key>/shares", share),
    ("GET", "/people/<key>/calendars", calendars),
    ("GET", "/people/<key>/events", events),
    ("POST", "/people/<key>/events", new_event),
    ("GET", _EVENT, event),
    ("PATCH", _EVENT, change_event),
    ("DELETE", _EVENT, delete_event),
    ("GET", f"{_EVENT}/instances", instances),
    ("POST", f"{_EVENT}/answer", answer),
    ("POST", f"{_EVENT}/cancel", cancel),
    ("POST", f"{_EVENT}/move", move),
    ("POST", f"{_EVENT}/touch", touch),
    ("GET", f"{_EVENT}/attachments", attachments),
    ("POST", f"{_EVENT}/attachments", attach),
    ("POST", "/people/<key>/invitations", invite),
    ("GET", "/mails", mails),
    ("DELETE", "/mails", clear_mails),
]
