# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Query options of lists and single resources: ``$select`` to ``$expand``.

Source: graph.md, "$select, $filter, $orderby, ..." (query-parameters, paging).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .problem import GraphProblem

PAGE = 10
PAGE_LIMIT = 1000
OPTIONS = frozenset(
    (
        "select",
        "top",
        "skip",
        "filter",
        "orderby",
        "count",
        "expand",
        "search",
        "format",
    )
)
EXPANDABLE = (
    "attachments",
    "exceptionOccurrences",
    "extensions",
    "singleValueExtendedProperties",
    "multiValueExtendedProperties",
)
ORDERS = ("start/dateTime", "end/dateTime", "lastModifiedDateTime", "createdDateTime")


@dataclass(frozen=True)
class Options:
    """The query options of a request, checked in form.

    :ivar order: pairs of member and whether it falls
    :ivar expand: wanted navigation with the ``$filter`` inside its parentheses
    """

    select: tuple[str, ...] = ()
    top: int = 0
    skip: int = 0
    filter: str = ""
    order: tuple[tuple[str, bool], ...] = ()
    count: bool = False
    expand: Mapping[str, str] = field(default_factory=dict)


def read_options(query: Mapping[str, str], known: frozenset[str]) -> Options:
    """Return the options of a query.

    :param query: values by name in lower case, with the dollar sign
    :param known: members that the type has, for ``$select``
    :raise GraphProblem: 400
    """
    for name in query:
        if name.startswith("$") and name[1:] not in OPTIONS:
            raise GraphProblem(
                400, "BadRequest", f"The query option '{name}' is not supported."
            )
    if "$search" in query:
        raise GraphProblem(
            400, "ErrorInvalidUrlQuery", "The query option '$search' is not supported."
        )
    return Options(
        select=_select(query.get("$select", ""), known),
        top=_number(query, "$top", 1),
        skip=_number(query, "$skip", 0),
        filter=query.get("$filter", ""),
        order=_order(query.get("$orderby", "")),
        count=query.get("$count", "").lower() == "true",
        expand=_expand(query.get("$expand", "")),
    )


def _select(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the members asked for; none stands for all."""
    names = [name.strip().split("/")[0] for name in text.split(",") if name.strip()]
    if "*" in names:
        return ()
    canonical = {each.lower(): each for each in known}
    for name in names:
        if name.lower() not in canonical:
            raise GraphProblem(
                400,
                "RequestBroker--ParseUri",
                f"Could not find a property named '{name}' on the type asked for.",
            )
    return tuple(canonical[name.lower()] for name in names)


def _number(query: Mapping[str, str], name: str, low: int) -> int:
    """Return a whole number, 0 when it is not there."""
    text = query.get(name)
    if text is None:
        return 0
    if not re.fullmatch(r"\d{1,9}", text.strip()) or int(text) < low:
        raise GraphProblem(
            400, "BadRequest", f"Invalid value '{text}' for {name} query option found."
        )
    return int(text)


def _order(text: str) -> tuple[tuple[str, bool], ...]:
    """Return the members to sort by."""
    found = []
    for part in text.split(",") if text.strip() else ():
        words = part.split()
        if not words or len(words) > 2 or words[1:] not in ([], ["asc"], ["desc"]):
            raise GraphProblem(400, "BadRequest", "Invalid orderby clause.")
        found.append((words[0], words[1:] == ["desc"]))
    return tuple(found)


def _expand(text: str) -> dict[str, str]:
    """Return what to expand, with the filter inside its parentheses."""
    found = {}
    for part in re.findall(r"(?:[^,(]|\([^)]*(?:\([^)]*\)[^)]*)*\))+", text):
        match = re.fullmatch(r"\s*(\w+)\s*(?:\((.*)\))?\s*", part, re.DOTALL)
        name = match[1] if match else part
        canonical = next((e for e in EXPANDABLE if e.lower() == name.lower()), "")
        if not match or not canonical:
            raise GraphProblem(
                400, "ErrorInvalidUrlQuery", f"'{name}' can't be expanded here."
            )
        inner = re.search(r"\$filter=(.*?)(?:;\$|$)", match[2] or "", re.I | re.DOTALL)
        found[canonical] = inner[1].strip() if inner else ""
    return found


def check_order(options: Options, allowed: tuple[str, ...], names: list[str]) -> None:
    """Refuse an order that cannot be had, or not together with the filter.

    :param names: members of the filter, in its order
    :raise GraphProblem: 400
    """
    order = [name for name, _falling in options.order]
    for name in order:
        if name not in allowed:
            raise GraphProblem(
                400, "ErrorInvalidUrlQuery", f"Ordering by '{name}' is not supported."
            )
    if order and names and list(dict.fromkeys(names))[: len(order)] != order:
        raise GraphProblem(
            400,
            "InefficientFilter",
            "The restriction or sort order is too complex for this operation.",
        )


def in_order(
    rows: Sequence[Any], options: Options, resource_of: Callable[[Any], Any]
) -> list[Any]:
    """Return the rows in the order asked for.

    :param resource_of: returns the resource of a row
    """

    def key_of(name: str) -> Callable[[Any], str]:
        return lambda row: _sort_key(resource_of(row), name)

    ordered = list(rows)
    for name, falling in reversed(options.order):
        ordered.sort(key=key_of(name), reverse=falling)
    return ordered


def _sort_key(resource: Mapping[str, Any], name: str) -> str:
    value: Any = resource
    for step in name.split("/"):
        value = value.get(step) if isinstance(value, Mapping) else None
    return str(value or "")


def selected(resource: dict[str, Any], options: Options) -> dict[str, Any]:
    """Return the members asked for; annotations and id always come."""
    if not options.select:
        return resource
    return {
        key: value
        for key, value in resource.items()
        if key.startswith("@")
        or key in ("id", *options.select)
        or key in options.expand
    }
