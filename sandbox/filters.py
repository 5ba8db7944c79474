# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reads ``$filter`` into a test of resources.

As much of OData as calendar clients use: comparisons, ``and``, ``or``, ``not``,
``startswith``, ``endswith``, ``contains`` and ``any`` over categories and extended
properties. Anything else is refused as Graph refuses it.
"""

import operator
import re
from collections.abc import Callable
from typing import Any

from .extensions import COLLECTIONS, property_key
from .filter_words import (
    Row,
    compared,
    date,
    date_literal,
    elements,
    folded,
    refused,
    syntax,
    tokens,
    walk,
)
from .problem import GraphProblem

Getter = Callable[[Row], Any]
Test = Callable[[Row], bool]

EVENT_PATHS = frozenset(
    (
        "createdDateTime",
        "end/dateTime",
        "hasAttachments",
        "iCalUId",
        "importance",
        "isAllDay",
        "isCancelled",
        "isOnlineMeeting",
        "isOrganizer",
        "isReminderOn",
        "lastModifiedDateTime",
        "location/displayName",
        "organizer/emailAddress/address",
        "organizer/emailAddress/name",
        "responseStatus/response",
        "sensitivity",
        "seriesMasterId",
        "showAs",
        "start/dateTime",
        "subject",
        "type",
    )
)
DATES = ("start/dateTime", "end/dateTime", "createdDateTime", "lastModifiedDateTime")

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_FUNCTIONS: dict[str, Callable[[str, str], bool]] = {
    "startswith": str.startswith,
    "endswith": str.endswith,
    "contains": operator.contains,
}
_LITERALS = {"true": True, "false": False, "null": None}


class Filter:
    """A filter, read once and asked for each row.

    :param text: value of ``$filter``
    :param paths: members that may be filtered on
    :param known: members that the type has at all
    :ivar names: the members in the order in which the filter names them
    :raise GraphProblem: 400, not OData or not supported
    """

    def __init__(
        self, text: str, paths: frozenset[str], known: frozenset[str] = frozenset()
    ) -> None:
        self.paths = paths
        self.known = known
        self.names: list[str] = []
        self._tokens = tokens(text)
        self._variable = ""
        self._collection = ""
        self.accepts = self._any_of()
        if self._tokens:
            raise syntax()

    # The grammar, from the loosest binding to the tightest

    def _any_of(self) -> Test:
        tests = [self._all_of()]
        while self._take("or"):
            tests.append(self._all_of())
        return tests[0] if len(tests) == 1 else lambda row: any(t(row) for t in tests)

    def _all_of(self) -> Test:
        tests = [self._single()]
        while self._take("and"):
            tests.append(self._single())
        return tests[0] if len(tests) == 1 else lambda row: all(t(row) for t in tests)

    def _single(self) -> Test:
        if self._take("not"):
            test = self._single()
            return lambda row: not test(row)
        if self._take("("):
            test = self._any_of()
            self._expect(")")
            return test
        name = self._peek()
        if name.lower() in _FUNCTIONS:
            return self._function()
        if name.lower().endswith("/any"):
            return self._any()
        return self._comparison()

    def _comparison(self) -> Test:
        """Read ``path eq value``; a lone Boolean member is a test too."""
        path = self._next()
        getter = self._getter(path)
        if self._peek().lower() not in _COMPARE:
            return lambda row: getter(row) is True
        compare = _COMPARE[self._next().lower()]
        value = self._value(path)
        ordered = compare not in (operator.eq, operator.ne)

        def test(row: Row) -> bool:
            found = getter(row)
            if ordered and (found is None or value is None):
                return False
            return compared(compare, found, value)

        return test

    def _function(self) -> Test:
        function = _FUNCTIONS[self._next().lower()]
        self._expect("(")
        path = self._next()
        getter = self._getter(path)
        self._expect(",")
        value = self._value(path)
        self._expect(")")
        return lambda row: function(str(getter(row) or ""), str(value))

    def _any(self) -> Test:
        """Read ``collection/any(x: ...)``."""
        path = self._next()
        collection = next(
            (
                each
                for each in ("categories", *COLLECTIONS)
                if path.lower() == f"{each}/any".lower()
            ),
            "",
        )
        if not collection or self._variable:
            raise refused(
                f"The query filter contains an unsupported expression: {path}."
            )
        self._expect("(")
        self._variable, self._collection = self._next(), collection
        self._expect(":")
        test = self._any_of()
        self._expect(")")
        self._variable = self._collection = ""
        return lambda row: any(test(each) for each in elements(row, collection))

    # Operands

    def _getter(self, path: str) -> Getter:
        """Return what takes the member out of a row, ready to be compared."""
        if self._variable:
            return self._element_getter(path)
        canonical = next((p for p in self.paths if p.lower() == path.lower()), "")
        if not canonical:
            raise self._no_path(path)
        self.names.append(canonical)
        steps = canonical.split("/")
        if canonical in DATES:
            return lambda row: date(walk(row, steps))
        return lambda row: folded(walk(row, steps))

    def _element_getter(self, path: str) -> Getter:
        """Return what takes a member out of an element of a collection."""
        variable, _slash, member = path.partition("/")
        wanted = "" if self._collection == "categories" else "id value"
        if variable != self._variable or member not in (wanted.split() or [""]):
            raise syntax()
        if member == "id":
            return lambda row: property_key(row["id"])
        return lambda row: folded(row[member or "name"])

    def _no_path(self, path: str) -> GraphProblem:
        first = path.split("/")[0]
        if any(first.lower() == each.lower() for each in self.known):
            return refused(
                f"The query filter contains an unsupported member: '{path}'."
            )
        return refused(
            f"Could not find a property named '{first}' on the type asked for.",
            "RequestBroker--ParseUri",
        )

    def _value(self, path: str) -> Any:
        """Return the literal that comes next, in the form that ``path`` compares."""
        token = self._next()
        if token.lower() in _LITERALS:
            return _LITERALS[token.lower()]
        if re.fullmatch(r"-?\d+(\.\d+)?", token):
            return float(token)
        is_date = path.lower() in [each.lower() for each in DATES]
        if not token.startswith("'") and not is_date:
            raise syntax()
        text = token[1:-1].replace("''", "'") if token.startswith("'") else token
        if is_date:
            return date_literal(text)
        if self._variable and path == f"{self._variable}/id":
            return property_key(text)
        return text.casefold()

    # Tokens

    def _peek(self) -> str:
        return self._tokens[0] if self._tokens else ""

    def _next(self) -> str:
        if not self._tokens:
            raise syntax()
        return self._tokens.pop(0)

    def _take(self, token: str) -> bool:
        if self._peek().lower() != token:
            return False
        self._tokens.pop(0)
        return True

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise syntax()
