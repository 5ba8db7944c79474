# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The words of a ``$filter``, and how values are made ready to be compared."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from .moments import parse_query
from .problem import GraphProblem

Row = Mapping[str, Any]

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')"
    r"|(?P<date>\d{4}-\d\d-\d\d(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?)"
    r"|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z_][\w.]*(?:/[A-Za-z_][\w.]*)*)"
    r"|(?P<sign>[(),:]))"
)


def refused(message: str, code: str = "UnsupportedEntityExpression") -> GraphProblem:
    """Return the refusal of a filter that cannot be carried out."""
    return GraphProblem(400, code, message)


def tokens(text: str) -> list[str]:
    """Return the words and signs of a filter."""
    found, position, text = [], 0, text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise syntax()
        found.append(match[0].strip())
        position = match.end()
    return found


def syntax() -> GraphProblem:
    """Return the refusal of a text that is no filter."""
    return refused("Invalid filter clause.", "BadRequest")


def walk(row: Row, steps: list[str]) -> Any:
    """Return the member that the steps of a path lead to, None without one."""
    value: Any = row
    for step in steps:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def folded(value: Any) -> Any:
    """Return a text without regard to case, any other value as it is."""
    return value.casefold() if isinstance(value, str) else value


def date(value: Any) -> Any:
    """Return a stored time as a moment."""
    return parse_query(value) if value else None


def date_literal(text: str) -> Any:
    """Return the moment that a filter names."""
    try:
        return parse_query(text)
    except ValueError as error:
        raise syntax() from error


def compared(compare: Callable[[Any, Any], bool], one: Any, other: Any) -> bool:
    """Compare a stored value; an extended property's text with a number as numbers."""
    try:
        if isinstance(other, float) and isinstance(one, str):
            one = float(one)
        return compare(one, other)
    except (TypeError, ValueError):
        return False


def elements(row: Row, collection: str) -> list[Row]:
    """Return the elements of a collection, each as a row of its own."""
    if collection == "categories":
        return [{"name": name} for name in row["categories"]]
    return list(row[collection].values())
