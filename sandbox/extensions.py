# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Open extensions and extended properties of events.

Source: graph.md, "Extensions" (opentypeextension, singlevaluelegacyextendedproperty).
"""

import re
from typing import Any

from .problem import GraphProblem
from .refusals import unreadable

ID_PREFIX = "Microsoft.OutlookServices.OpenTypeExtension."
TYPE = "#microsoft.graph.openTypeExtension"
COLLECTIONS = ("singleValueExtendedProperties", "multiValueExtendedProperties")
_GUID = r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?"
_PROPERTY = re.compile(
    rf"(?P<type>\w+) (?:(?P<guid>{_GUID}) (?:[Nn]ame (?P<name>.+)|[Ii]d (?P<id>0x\w+))"
    r"|(?P<tag>0x\w+))"
)


def extension_name(text: str) -> str:
    """Return the name of an extension, given by name or by id."""
    return text[len(ID_PREFIX) :] if text.startswith(ID_PREFIX) else text


def read_extension(given: Any, name: str = "") -> tuple[str, dict[str, Any]]:
    """Return name and members of an open extension.

    :param name: the name from the address, "" when the body must have it
    :raise GraphProblem: 400, no object or no name
    """
    if not isinstance(given, dict):
        raise unreadable("An open extension must be an object.")
    name = name or given.get("extensionName") or extension_name(given.get("id") or "")
    if not name or not isinstance(name, str):
        raise GraphProblem(
            400, "ErrorInvalidParameter", "The extension's name is missing."
        )
    reserved = ("extensionName", "id")
    return name, {
        key: value
        for key, value in given.items()
        if "@" not in key and key not in reserved
    }


def show_extension(name: str, members: dict[str, Any]) -> dict[str, Any]:
    """Return an open extension as answers have it."""
    identity = {"@odata.type": TYPE, "id": ID_PREFIX + name, "extensionName": name}
    return {**identity, **members}


def property_key(text: str) -> str:
    """Return the id of an extended property in the form in which ids compare.

    Type and GUID compare without regard to case, a name with it.

    :raise GraphProblem: 400, the id has none of the documented forms
    """
    match = _PROPERTY.fullmatch(text.strip())
    if match is None:
        raise GraphProblem(
            400, "ErrorInvalidProperty", f"The property ID '{text}' is not valid."
        )
    guid = (match["guid"] or "").strip("{}").lower()
    number = (match["id"] or match["tag"] or "").lower()
    return f"{match['type'].lower()} {guid} {match['name'] or ''} {number}"


def rows_of(body: dict[str, Any], member: str) -> list[Any]:
    """Return the rows of a collection that a body may hold.

    :raise GraphProblem: 400, it is no collection
    """
    rows = body.get(member) or []
    if not isinstance(rows, list):
        raise unreadable(f"'{member}' must be a collection.")
    return rows


def read_properties(body: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the extended properties that a body writes, by collection and key."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for collection in COLLECTIONS:
        for row in rows_of(body, collection):
            if not isinstance(row, dict) or not isinstance(row.get("id"), str):
                raise unreadable(f"'{collection}' needs rows with an id.")
            kept = {"id": row["id"], "value": row.get("value")}
            found.setdefault(collection, {})[property_key(row["id"])] = kept
    return found
