# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Endpoints of delta: ``calendarView/delta`` and, behind a switch, ``events/delta``.

Source: graph.md, "Delta query" (delta-query-events, event-delta).
"""

from datetime import datetime
from typing import Any

from werkzeug.wrappers import Response

from .chains import EVENTS, FIRST, LAST, VIEW, Page, Ref, Trouble
from .directory import Person
from .graph_call import READ, Call
from .graph_events import moment, window
from .items import Item
from .problem import GraphProblem
from .sharing import hide_private

TYPE = "#microsoft.graph.event"
REFUSED = ("$orderby", "$filter", "$select", "$expand", "$search")
# What events/delta gives of a row when its rows are sparse.
SPARSE = ("@odata.etag", "id", "type", "start", "end")
# All that delta tells of an occurrence; the rest is its master's.
STUB = ("@odata.etag", "id", "seriesMasterId", "type", "start", "end")


def view_delta(call: Call, user: str, calendar: str = "") -> Response:
    """Answer ``GET .../calendarView/delta``."""
    return _delta(call, user, calendar, VIEW)


def events_delta(call: Call, user: str, calendar: str = "") -> Response:
    """Answer ``GET .../events/delta``, which is there when its switch is on."""
    if not call.exchange.switches.events_delta:
        call.owner(user, READ)
        raise GraphProblem(
            400, "BadRequest", "Resource not found for the segment 'delta'."
        )
    return _delta(call, user, calendar, EVENTS)


def _delta(call: Call, user: str, calendar: str, kind: str) -> Response:
    """Return one page: of a new chain, or the one that a token stands for."""
    person = call.owner(user, READ)
    _check_options(call, kind)
    deltas = call.exchange.deltas(person)
    size, now = _size(call), call.sandbox.clock.now()
    token = call.query.get("$skiptoken") or call.query.get("$deltatoken")
    if token:
        _check_alive(call, person, token)
        page = deltas.follow(token, size, now, _trouble(call, person))
    else:
        place = call.exchange.calendar(person, calendar)
        span = window(call) if kind == VIEW else _lower_bound(call)
        page = deltas.begin(place, kind, span, size, now, _trouble(call, person))
        call.applied.append("odata.track-changes")
    return _answer(call, person, kind, page)


def _check_options(call: Call, kind: str) -> None:
    """Refuse the query options that cannot be had together with delta."""
    # $select is what evolution-ews sends to events/delta, and gets.
    refused = REFUSED if kind == VIEW else tuple(set(REFUSED) - {"$select"})
    if any(name in call.query for name in refused):
        raise GraphProblem(
            400,
            "ErrorInvalidUrlQuery",
            "The following parameters are not supported with change tracking over the "
            "'CalendarView' resource: '$orderby, $filter, $select, $expand, $search'.",
        )
    if "$top" in call.query:
        raise GraphProblem(
            400,
            "ErrorInvalidUrlQuery",
            "The '$top' parameter is not supported with change tracking, since a page "
            "size cannot be guaranteed.",
        )


def _lower_bound(call: Call) -> tuple[datetime, datetime]:
    """Return the span of events/delta, which has a start at most."""
    if "enddatetime" in call.query:
        raise GraphProblem(
            400,
            "ErrorInvalidParameter",
            "The parameter 'EndDateTime' is not supported.",
        )
    if "startdatetime" not in call.query:
        return FIRST, LAST
    return moment(call.query["startdatetime"], "StartDateTime"), LAST


def _size(call: Call) -> int:
    switches = call.exchange.switches
    return int(min(call.prefer.page or switches.delta_page, switches.delta_page_limit))


def _check_alive(call: Call, person: Person, token: str) -> None:
    """Refuse ``latest``, and any token when the fault of the day says so."""
    if token == "latest":
        raise GraphProblem(
            400, "ErrorInvalidUrlQuery", "The token 'latest' is not supported here."
        )
    fault = call.sandbox.faults.flag("expired_delta", person)
    if fault:
        raise GraphProblem(
            410,
            fault.code or "SyncStateNotFound",
            fault.message
            or "The sync state generation is not found; "
            "generation=25;[highest=28][28][26][27].",
        )


def _trouble(call: Call, person: Person) -> Trouble:
    """Return the faults that strike this page."""
    faults = call.sandbox.faults
    lag = faults.flag("replication_lag", person)
    return Trouble(
        lag.delay if lag else 0.0,
        faults.flag("duplicate_delta", person) is not None,
        faults.flag("endless_delta", person) is not None,
    )


def _answer(call: Call, person: Person, kind: str, page: Page) -> Response:
    """Return a page with its link: never both kinds."""
    rows = [_row(call, person, kind, row) for row in page.rows]
    link, parameter = (
        ("@odata.deltaLink", "$deltatoken")
        if page.is_last
        else ("@odata.nextLink", "$skiptoken")
    )
    return call.json(
        {
            "@odata.context": f"{call.root}/$metadata#Collection(event)",
            link: call.link({parameter: page.token}),
            "value": [row for row in rows if row],
        }
    )


def _row(call: Call, person: Person, kind: str, row: Item | Ref) -> dict[str, Any]:
    """Return an event, or the ``@removed`` row of one that is not in this view."""
    if isinstance(row, Ref):
        return _removed(call, person, row)
    switches = call.exchange.switches
    shown = hide_private(call, call.exchange.show(person, row, call.style))
    if not switches.delta_original_start:
        shown["originalStart"] = None
    if row.is_virtual:
        shown = {name: shown[name] for name in STUB}
    if kind == EVENTS and switches.events_delta_sparse:
        shown = {name: shown[name] for name in SPARSE}
    return {"@odata.type": TYPE, **shown}


def _removed(call: Call, person: Person, ref: Ref) -> dict[str, Any]:
    """Return the row of a removal.

    Nothing, when the item has left and come back: its immutable id is here still.
    """
    item = call.exchange.mailbox(person).items.get(ref.item)
    if call.style.immutable and item and item.rest_id != ref.rest_id:
        changes = call.exchange.calendar(person, item.calendar_id).changes
        if ref.rest_id in changes:
            return {}
    return {
        "@odata.type": TYPE,
        "id": call.style.id_of(ref),
        "@removed": {"reason": "deleted"},
    }
