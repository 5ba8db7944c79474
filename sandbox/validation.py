# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reads the body of a POST or PATCH of an event into the form that is stored.

Stored are Graph's own members, times in UTC and the body as an HTML document;
``extensions`` and extended properties are left to :mod:`.extensions`.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import timedelta
from typing import Any

from .members import BOOLEANS, EMPTY_LOCATION, ENUMS, check_known
from .moments import NEVER, date_time, parse, read_date_time, read_wall
from .problem import GraphProblem
from .recurrence import read_rule
from .refusals import bad_recipient, failed, unreadable
from .rich_text import document, preview
from .zones import same_zone

MAX_ATTENDEES = 500
CLEARED_BY_NULL = ("location", "recurrence", "subject")
MIDNIGHT = "The Event.{} property for an all-day event needs to be set to midnight."


def read_event(body: Any, current: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the stored members that the body asks for.

    :param body: parsed JSON of the request
    :param current: the event's stored members, None for a create
    :raise GraphProblem: 400 with the code that Graph has for the case
    """
    if not isinstance(body, dict):
        raise unreadable("The request body must be an object.")
    check_known(body)
    # The metadata let nearly every member be null, which says nothing; python-o365
    # sends many such members with every create.
    body = {k: v for k, v in body.items() if v is not None or k in CLEARED_BY_NULL}
    known = current or {}
    times = _times(body, current)
    return {
        **_plain(body),
        **_rich(body),
        **_places(body),
        **_people(body, known.get("attendees", [])),
        **times,
        **read_rule(body, known, times),
    }


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    """Return the members that hold a single value or a list of names."""
    found: dict[str, Any] = {}
    for name in BOOLEANS:
        if name in body and name != "isAllDay":
            found[name] = _flag(body[name], name)
    for name, allowed in ENUMS.items():
        if name in body:
            found[name] = one_of(body[name], allowed, name)
    for name in ("subject", "transactionId"):
        if name in body and body[name] is not None:
            found[name] = _typed(body[name], str, name)
    if body.get("subject", "") is None:
        found["subject"] = None
    if "reminderMinutesBeforeStart" in body:
        minutes = body["reminderMinutesBeforeStart"]
        found["reminderMinutesBeforeStart"] = _typed(minutes, int, "Int32")
    if "categories" in body:
        names = _typed(body["categories"], list, "categories")
        unique = dict.fromkeys(_typed(name, str, "categories") for name in names)
        found["categories"] = list(unique)
    return found


def _typed(value: Any, kind: type, member: str) -> Any:
    """Return the value if it has the type that the metadata demand."""
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise unreadable(
            f"Cannot convert the value of '{member}' to the expected type "
            f"'{kind.__name__}'."
        )
    return value


def _flag(value: Any, member: str) -> bool:
    """Return a Boolean; its text is taken too, since python-o365 lives on that."""
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return bool(_typed(value, bool, member))


def one_of(value: Any, allowed: tuple[str, ...], member: str) -> str:
    """Return a member of an enumeration.

    :raise GraphProblem: 400 ``RequestBodyRead``
    """
    if value not in allowed:
        raise unreadable(f"Requested value '{value}' was not found for '{member}'.")
    return str(value)


def _rich(body: dict[str, Any]) -> dict[str, Any]:
    """Return the body and its preview."""
    if "body" not in body:
        return {}
    given = _typed(body["body"], dict, "body")
    content = _typed(given.get("content") or "", str, "content")
    given_kind = str(given.get("contentType") or "text").lower()
    kind = one_of(given_kind, ("text", "html"), "contentType")
    stored = document(content, kind)
    return {"body": stored, "bodyPreview": preview(stored)}


def _places(body: dict[str, Any]) -> dict[str, Any]:
    """Return ``location`` and ``locations``, which mirror each other."""
    if body.get("locations"):
        rows = _typed(body["locations"], list, "locations")
        places = [_place(row) for row in rows]
        if len(places) == 1:
            return {"location": places[0], "locations": places}
        joined = "; ".join(place["displayName"] for place in places)
        return {"location": _place({"displayName": joined}), "locations": places}
    if "location" not in body and "locations" not in body:
        return {}
    place = _place(body.get("location") or {})
    if not place["displayName"] and "locationEmailAddress" not in place:
        return {"location": deepcopy(EMPTY_LOCATION), "locations": []}
    return {"location": place, "locations": [place]}


def _place(given: Any) -> dict[str, Any]:
    """Return one location as answers have it."""
    row = _typed(given, dict, "location")
    name = _typed(row.get("displayName") or "", str, "displayName")
    place = {"displayName": name, "locationType": row.get("locationType") or "default"}
    for member in ("locationUri", "locationEmailAddress", "address", "coordinates"):
        if row.get(member):
            place[member] = row[member]
    unique = row.get("uniqueId") or name
    given_type = row.get("uniqueIdType") or "unknown"
    kind = given_type if given_type != "unknown" else "private"
    return {**place, "uniqueId": unique, "uniqueIdType": kind if unique else "unknown"}


def _people(body: dict[str, Any], known: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the attendees; those who were there before keep their answers."""
    if "attendees" not in body:
        return {}
    rows = _typed(body["attendees"] or [], list, "attendees")
    if len(rows) > MAX_ATTENDEES:
        raise GraphProblem(
            400,
            "ErrorInvalidRequest",
            f"Your request can't be completed. The limit is {MAX_ATTENDEES} attendees.",
        )
    before = {address_of(person): person for person in known}
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        person = _attendee(row)
        earlier = before.get(address_of(person))
        if earlier:
            person = {**earlier, "type": person["type"]}
        found.setdefault(address_of(person), person)
    return {"attendees": list(found.values())}


def _attendee(given: Any) -> dict[str, Any]:
    """Return one attendee who has not answered; a status sent along is ignored."""
    row = _typed(given, dict, "attendees")
    address, name = read_address(row)
    kinds = ("required", "optional", "resource")
    return {
        "type": one_of(row.get("type") or "required", kinds, "type"),
        "status": {"response": "none", "time": NEVER},
        "emailAddress": {"name": name, "address": address},
    }


def read_address(row: Any) -> tuple[str, str]:
    """Return address and name of a ``recipient``.

    :raise GraphProblem: 400 ``ErrorInvalidRecipients``, there is no address
    """
    mail = row.get("emailAddress") if isinstance(row, dict) else None
    address = mail.get("address") if isinstance(mail, dict) else None
    if (
        not isinstance(mail, dict)
        or not isinstance(address, str)
        or not address.strip()
    ):
        raise bad_recipient()
    return address.strip(), str(mail.get("name") or address.strip())


def address_of(person: Mapping[str, Any]) -> str:
    """Return the address of an attendee or organizer in lower case."""
    return str(person["emailAddress"]["address"]).lower()


def _times(body: dict[str, Any], current: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return start, end, isAllDay and the zones they were given in."""
    if current is None and not (body.get("start") and body.get("end")):
        raise failed()
    if not {"start", "end", "isAllDay"} & body.keys():
        return {}
    before = current or {}
    all_day = before.get("isAllDay", False)
    if "isAllDay" in body:
        all_day = _flag(body["isAllDay"], "isAllDay")
        if all_day and not {"start", "end"} & body.keys():
            raise GraphProblem(
                400, "ErrorInvalidRequest", "Missing parameters: Event.Start"
            )
    found: dict[str, Any] = {"isAllDay": all_day}
    for member in ("start", "end"):
        if member in body:
            found.update(_end_of(body[member], member, all_day))
    _check_order({**before, **found})
    return found


def _end_of(given: Any, member: str, all_day: bool) -> dict[str, Any]:
    """Return the stored form of ``start`` or ``end``."""
    if all_day:
        local, name = read_wall(given, member)
        if local.strftime("%H%M%S%f").strip("0"):
            message = MIDNIGHT.format(member.capitalize())
            raise GraphProblem(400, "ErrorInvalidRequest", message)
        value = date_time(local.replace(tzinfo=None))
    else:
        moment, name = read_date_time(given, member)
        value = date_time(moment)
    return {member: value, f"original{member.capitalize()}TimeZone": name}


def _check_order(event: Mapping[str, Any]) -> None:
    """Refuse an end before the start; all-day events last a day at least."""
    start, end = (parse(event[member]["dateTime"]) for member in ("start", "end"))
    zones = event["originalStartTimeZone"], event["originalEndTimeZone"]
    if event["isAllDay"]:
        if not same_zone(*zones):
            raise GraphProblem(400, "ErrorInvalidRequest", MIDNIGHT.format("End"))
        start += timedelta(days=1)
    if end < start:
        raise failed()
