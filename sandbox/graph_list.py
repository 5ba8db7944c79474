# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Lists: filtered, ordered, counted, cut into pages with ``$skip`` links."""

from collections.abc import Sequence
from typing import Any

from werkzeug.wrappers import Response

from .directory import Person
from .extensions import COLLECTIONS, extension_name, show_extension
from .filters import EVENT_PATHS, Filter
from .graph_call import Call
from .items import Item
from .members import SELECTABLE
from .occurrences import exceptions
from .odata import (
    ORDERS,
    PAGE,
    PAGE_LIMIT,
    Options,
    check_order,
    in_order,
    read_options,
    selected,
)
from .problem import GraphProblem
from .sharing import hide_private

EVENT_MEMBERS = SELECTABLE | {"id", "changeKey"}


def event_options(call: Call) -> Options:
    """Return the query options of a request for events."""
    return read_options(call.query, EVENT_MEMBERS)


def events_page(
    call: Call, person: Person, items: Sequence[Item], is_view: bool = False
) -> Response:
    """Return a page of events as the query and ``Prefer`` ask for it.

    :param is_view: it is a calendarView or instances, which have rules of their own
    """
    options = event_options(call)
    if "exceptionOccurrences" in options.expand:
        raise GraphProblem(
            400, "ErrorInvalidUrlQuery", "'exceptionOccurrences' needs a single master."
        )
    orders = ("start/dateTime",) if is_view else ORDERS
    items = _wanted(call, person, items, options, orders)
    shown = [
        event_resource(call, person, item, options)
        for item in _cut(call, items, options)
    ]
    for row in shown:
        row.pop("cancelledOccurrences", None)  # told by a GET of the master alone
        # Seen live: a view needs the flag to tell the address.
        if is_view and options.select and "isOnlineMeeting" not in options.select:
            row.update({"onlineMeeting": None} if "onlineMeeting" in row else {})
        if is_view and not asks_original_start(call, options):
            row["originalStart"] = None
    return _answer(call, person, "events", shown, len(items), options)


def asks_original_start(call: Call, options: Options) -> bool:
    """Return whether ``originalStart`` was selected, which a view waits for."""
    names = [name.strip() for name in call.query.get("$select", "").split(",")]
    return "*" in names or bool(options.select)


def _wanted(
    call: Call,
    person: Person,
    items: Sequence[Item],
    options: Options,
    orders: tuple[str, ...],
) -> Sequence[Item]:
    """Return the items that the filter lets through, in the order asked for."""
    if not options.filter and not options.order:
        return items
    rows = [(item, _filter_row(call, person, item)) for item in items]
    names: list[str] = []
    if options.filter:
        test = Filter(options.filter, EVENT_PATHS, EVENT_MEMBERS)
        names = test.names
        rows = [pair for pair in rows if test.accepts(pair[1])]
    check_order(options, orders, names)
    rows = in_order(rows, options, lambda pair: pair[1])
    return [item for item, _row in rows]


def _filter_row(call: Call, person: Person, item: Item) -> dict[str, Any]:
    """Return what a filter sees of an event: times in UTC, properties by name."""
    properties = {name: item.properties.get(name, {}) for name in COLLECTIONS}
    return {**call.exchange.show(person, item), **properties}


def event_resource(
    call: Call, person: Person, item: Item, options: Options
) -> dict[str, Any]:
    """Return an event with what is expanded and no more than what is selected."""
    resource = call.exchange.show(person, item, call.style)
    for name, inner in options.expand.items():
        if name == "exceptionOccurrences":
            resource[name] = _exceptions(call, person, item)
        elif name == "attachments":
            event_id = item.immutable_id
            resource[name] = call.exchange.attachments(person, event_id, is_whole=True)
        else:
            resource.update(_expanded(item, name, inner))
    if "cancelledOccurrences" in options.select and item.is_series:
        resource["cancelledOccurrences"] = _cancelled(call, item)
    return selected(hide_private(call, resource), options)


def _exceptions(call: Call, person: Person, master: Item) -> list[dict[str, Any]]:
    """Return the exceptions of a master in full."""
    mailbox = call.exchange.mailbox(person)
    rows = exceptions(mailbox, master)
    return [call.exchange.show(person, row, call.style) for row in rows]


def _cancelled(call: Call, master: Item) -> list[str]:
    """Return the ids of the occurrences that are gone, in their own form."""
    if not call.exchange.switches.cancelled_occurrences:
        return []
    master_id = call.style.id_of(master)
    return [f"OID.{master_id}.{day}" for day in sorted(master.cancelled)]


def _expanded(item: Item, name: str, inner: str) -> dict[str, Any]:
    """Return the navigation members that ``$expand`` adds."""
    known = frozenset(("id",))
    if name == "extensions":
        return {name: _extensions(item, inner)}
    if not inner:
        raise GraphProblem(
            400,
            "ErrorInvalidUrlQuery",
            f"$expand={name} must name the properties with $filter.",
        )
    test = Filter(f"{name}/any(ep: {_prefixed(inner)})", known)
    found = [
        row
        for key, row in item.properties.get(name, {}).items()
        if test.accepts({name: {key: row}})
    ]
    return {name: found} if found else {}


def _extensions(item: Item, inner: str) -> list[dict[str, Any]]:
    """Return the open extensions; a filter names one by its name or its full id."""
    rows = [show_extension(*pair) for pair in item.extensions.items()]
    if not inner:
        return rows
    test = Filter(inner, frozenset(("id",)))
    return [
        row
        for row in rows
        if test.accepts(row) or test.accepts({"id": extension_name(row["id"])})
    ]


def _prefixed(inner: str) -> str:
    """Return the filter of an expand as one over an element ``ep``."""
    parts = inner.split("'")  # every second part stands between quotes
    for index in range(0, len(parts), 2):
        words = parts[index].split(" ")
        parts[index] = " ".join("ep/id" if word == "id" else word for word in words)
    return "'".join(parts).replace("(id ", "(ep/id ")


def plain_page(
    call: Call,
    person: Person,
    name: str,
    resources: list[dict[str, Any]],
    paths: frozenset[str],
) -> Response:
    """Return a page of resources that are no events, such as calendars.

    :param paths: members that may be filtered and sorted by
    """
    known = frozenset(key for row in resources for key in row)
    options = read_options(call.query, known)
    names: list[str] = []
    if options.filter:
        test = Filter(options.filter, paths, known)
        names = test.names
        resources = [row for row in resources if test.accepts(row)]
    check_order(options, tuple(paths), names)
    resources = in_order(resources, options, lambda row: row)
    shown = [selected(row, options) for row in _cut(call, resources, options)]
    return _answer(call, person, name, shown, len(resources), options)


def _size(call: Call, options: Options) -> int:
    return min(options.top or call.prefer.page or PAGE, PAGE_LIMIT)


def _cut(call: Call, rows: Sequence[Any], options: Options) -> Sequence[Any]:
    return rows[options.skip : options.skip + _size(call, options)]


def _answer(
    call: Call,
    person: Person,
    name: str,
    shown: list[dict[str, Any]],
    total: int,
    options: Options,
) -> Response:
    """Return a collection with its context, count and link to what follows."""
    body: dict[str, Any] = {"@odata.context": context(call, person, name)}
    if options.count:
        body["@odata.count"] = total
    following = options.skip + _size(call, options)
    if following < total:
        query = dict(call.request.args.items())
        old = next((key for key in query if key.lower() == "$skip"), "$skip")
        body["@odata.nextLink"] = call.link({**query, old: str(following)})
    return call.json({**body, "value": shown})


def context(call: Call, person: Person, name: str) -> str:
    """Return the ``@odata.context`` of something that belongs to a person."""
    return f"{call.root}/$metadata#users('{person.id}')/{name}"
