# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Endpoints of events: list, view, read, write, answer.

Every endpoint takes the call and the variables of its route: ``user`` ("" is
``/me``), ``group`` and ``calendar`` ("" is the default calendar, None any calendar of
the mailbox), ``event``.
"""

from datetime import datetime, timedelta
from typing import Any

from werkzeug.wrappers import Response

from .directory import Person
from .filters import EVENT_PATHS, Filter
from .graph_call import READ, WRITE, Call
from .graph_list import (
    EVENT_MEMBERS,
    context,
    event_options,
    event_resource,
    events_page,
)
from .ids import is_id
from .items import Item
from .moments import parse_query
from .occurrences import instances
from .problem import GraphProblem
from .refusals import conflict, not_found, refused

VIEW_DAYS = 1825
RECENT = timedelta(seconds=60)
ANSWERS = {
    "accept": "accepted",
    "tentativelyAccept": "tentativelyAccepted",
    "decline": "declined",
}


def list_events(call: Call, user: str, calendar: str | None = "") -> Response:
    """Answer ``GET .../events``: single events and masters of series."""
    person, mailbox = call.mailbox(user, READ)
    place = call.exchange.calendar(person, calendar or "")
    return events_page(call, person, list(mailbox.inside(place.id)))


def count_events(call: Call, user: str, calendar: str | None = "") -> Response:
    """Answer ``GET .../events/$count`` with a bare number."""
    person, mailbox = call.mailbox(user, READ)
    place = call.exchange.calendar(person, calendar or "")
    rows = [call.exchange.show(person, item) for item in mailbox.inside(place.id)]
    if "$filter" in call.query:
        test = Filter(call.query["$filter"], EVENT_PATHS, EVENT_MEMBERS)
        rows = [row for row in rows if test.accepts(row)]
    return Response(str(len(rows)), mimetype="text/plain")


def view(call: Call, user: str, calendar: str | None = "") -> Response:
    """Answer ``GET .../calendarView``: what overlaps the window."""
    person, mailbox = call.mailbox(user, READ)
    start, end = _view_window(call)
    place = call.exchange.calendar(person, calendar or "")
    items = mailbox.between(place.id, start, end)
    return events_page(call, person, items, is_view=True)


def list_instances(
    call: Call, user: str, event: str, calendar: str | None = None
) -> Response:
    """Answer ``GET .../events/{id}/instances``; a single event has none."""
    person, mailbox = call.mailbox(user, READ)
    master = find(call, person, event, calendar)
    start, end = _view_window(call)
    if master.is_instance:
        raise refused("An occurrence has no instances.")
    found = instances(mailbox, master, start, end) if master.is_series else ()
    items = sorted(found, key=lambda item: (item.begin, item.slot))
    return events_page(call, person, items, is_view=True)


def _view_window(call: Call) -> tuple[datetime, datetime]:
    """Return the window of a view, whose query is checked.

    :raise GraphProblem: 400
    """
    start, end = window(call)
    if end - start > timedelta(days=VIEW_DAYS):
        raise GraphProblem(
            400,
            "ErrorInvalidRequest",
            "Your request can't be completed. The range between the start and end "
            "dates is greater than the allowed range. Maximum number of days: "
            f"{VIEW_DAYS}",
        )
    select = event_options(call).select
    if {"createdDateTime", "lastModifiedDateTime"} & set(select):
        raise GraphProblem(
            400,
            "ErrorInvalidUrlQuery",
            "createdDateTime and lastModifiedDateTime can't be selected here.",
        )
    return start, end


def window(call: Call) -> tuple[datetime, datetime]:
    """Return start and end of the window in UTC, whatever ``Prefer`` says.

    :raise GraphProblem: 400, one is missing or unreadable
    """
    texts = call.query.get("startdatetime"), call.query.get("enddatetime")
    if not texts[0] or not texts[1]:
        raise GraphProblem(
            400,
            "ErrorInvalidRequest",
            "This request requires a time window specified by the query string "
            "parameters StartDateTime and EndDateTime.",
        )
    return moment(texts[0], "StartDateTime"), moment(texts[1], "EndDateTime")


def moment(text: str, name: str) -> datetime:
    """Return a time of the query.

    :raise GraphProblem: 400 ``ErrorInvalidParameter``
    """
    try:
        return parse_query(text)
    except (ValueError, OverflowError) as error:
        raise GraphProblem(
            400,
            "ErrorInvalidParameter",
            f"The value '{text}' of parameter '{name}' is invalid.",
        ) from error


def find(call: Call, person: Person, event: str, calendar: str | None) -> Item:
    """Return the event of an address, if its id is of the kind that was preferred.

    :raise GraphProblem: 400 ``ErrorInvalidIdMalformed``, 404
    """
    if not is_id(event):
        raise _malformed()
    item = call.exchange.item(person, event)
    if call.style.id_of(item) != event:
        raise _malformed()
    if calendar is not None:
        place = call.exchange.calendar(person, calendar)
        if item.calendar_id != place.id:
            raise not_found()
    return item


def _malformed() -> GraphProblem:
    return GraphProblem(400, "ErrorInvalidIdMalformed", "Id is malformed.")


def get_event(
    call: Call, user: str, event: str, calendar: str | None = None
) -> Response:
    """Answer ``GET .../events/{id}``."""
    person = call.owner(user, READ)
    item = find(call, person, event, calendar)
    options = event_options(call)
    resource = event_resource(call, person, item, options)
    if not options.select:
        path = f"users('{person.id}')/calendars('{item.calendar_id}')"
        resource["calendar@odata.associationLink"] = f"{call.root}/{path}/$ref"
        resource["calendar@odata.navigationLink"] = f"{call.root}/{path}"
    return _entity(call, person, resource)


def _entity(
    call: Call, person: Person, resource: dict[str, Any], status: int = 200
) -> Response:
    """Return one event, its version in the header too."""
    body = {"@odata.context": context(call, person, "events/$entity"), **resource}
    return call.json(body, status, ETag=str(resource["@odata.etag"]))


def create_event(call: Call, user: str, calendar: str | None = "") -> Response:
    """Answer ``POST .../events``; an application asks for the default calendar."""
    person = call.owner(user, WRITE)
    body = call.body()
    try:
        resource = call.exchange.create_event(
            person, body, calendar or "", style=call.style
        )
    except GraphProblem as problem:
        _name_in_style(call, person, problem)
        raise
    response = _entity(call, person, resource, 201)
    response.headers["Location"] = (
        f"{call.root}/users('{person.id}')/events('{resource['id']}')"
    )
    return response


def _name_in_style(call: Call, person: Person, problem: GraphProblem) -> None:
    """Name the existing event of a duplicate by the kind of id preferred."""
    existing = problem.extra.get("@event.existingEventId")
    if existing:
        item = call.exchange.item(person, existing)
        problem.extra["@event.existingEventId"] = call.style.id_of(item)


def update_event(
    call: Call, user: str, event: str, calendar: str | None = None
) -> Response:
    """Answer ``PATCH .../events/{id}``."""
    person = call.owner(user, WRITE)
    item = find(call, person, event, calendar)
    check_settled(call, person, item)
    resource = call.exchange.update_event(
        person, event, call.body(), call.if_match, call.style
    )
    return _entity(call, person, resource)


def check_settled(call: Call, person: Person, item: Item) -> None:
    """Let the fault strike that refuses a write right after the create."""
    now = call.sandbox.clock.now()
    is_new = now - item.created < RECENT
    if is_new and call.sandbox.faults.flag("conflict_after_create", person):
        raise conflict(409)


def delete_event(
    call: Call, user: str, event: str, calendar: str | None = None
) -> Response:
    """Answer ``DELETE .../events/{id}`` and ``POST .../permanentDelete``."""
    person = call.owner(user, WRITE)
    find(call, person, event, calendar)
    call.exchange.delete_event(person, event, call.if_match)
    return call.empty()


def act(
    call: Call, user: str, event: str, action: str, calendar: str | None = None
) -> Response:
    """Answer ``POST .../events/{id}/{action}``."""
    person = call.owner(user, WRITE)
    find(call, person, event, calendar)
    given = call.parameters()
    comment = str(given.get("comment") or "")
    if action in ANSWERS:
        send = given.get("sendresponse") is not False
        proposed = given.get("proposednewtime")
        call.exchange.respond(person, event, ANSWERS[action], comment, send, proposed)
    elif action == "cancel":
        call.exchange.cancel(person, event, comment)
    elif action == "forward":
        call.exchange.forward(person, event, given.get("torecipients") or [], comment)
    else:  # snoozeReminder, dismissReminder
        call.exchange.touch_event(person, event)
        return call.empty(200)
    return call.empty(202)
