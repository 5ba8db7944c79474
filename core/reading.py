# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reading JSON that may miss anything: neutral values, and a note of what was odd."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

# NUL and halves of a surrogate pair: JSON can carry them, PostgreSQL cannot.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Reading:
    """A JSON object of Graph that is read member by member.

    A member that is missing or null has its neutral value in silence, one that cannot
    be understood has it with the problem ``unknown_value:<member>``.

    :param data: the object; anything else is read as an empty one
    :param problems: the list that codes are added to, shared with inner objects
    :param path: what stands before a member's name in a code, with its dot
    """

    def __init__(self, data: Any, problems: list[str], path: str = "") -> None:
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self.problems = problems
        self._path = path

    def text(self, name: str) -> str:
        """Return a string, ``""`` when there is none."""
        value = self._typed(name, str)
        return "" if value is None else _storable(value)

    def texts(self, name: str) -> list[str]:
        """Return the strings of a collection; what is no string is left out."""
        return [_storable(one) for one in self.values(name) if isinstance(one, str)]

    def flag(self, name: str, neutral: bool = False) -> bool:
        """Return a Boolean."""
        value = self._typed(name, bool)
        return neutral if value is None else bool(value)

    def number(self, name: str) -> int | None:
        """Return an integer, None when there is none; True is none."""
        value = self._data.get(name)
        if isinstance(value, bool):
            self.note(name)
            return None
        value = self._typed(name, int)
        return None if value is None else int(value)

    def choice(self, name: str, meanings: Mapping[str, str], neutral: str) -> str:
        """Return the meaning of one of Graph's enumerated values."""
        value = self.text(name)
        if value and value not in meanings:
            self.note(name)
        return meanings.get(value, neutral)

    def inner(self, name: str) -> "Reading":
        """Return the reading of an object within this one."""
        return Reading(self.mapping(name), self.problems, f"{self._path}{name}.")

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Return an object as it is, an empty one when there is none."""
        value: Mapping[str, Any] | None = self._typed(name, Mapping)
        return {} if value is None else value

    def rows(self, name: str) -> Iterator["Reading"]:
        """Yield the reading of each object of a collection."""
        for value in self.values(name):
            yield Reading(value, self.problems, f"{self._path}{name}.")

    def values(self, name: str) -> list[Any]:
        """Return the members of a collection, whatever they are."""
        value = self._typed(name, list)
        return [] if value is None else list(value)

    def note(self, name: str) -> None:
        """Take down that a member could not be understood."""
        self.problems.append(f"unknown_value:{self._path}{name}")

    def _typed(self, name: str, kind: type) -> Any:
        value = self._data.get(name)
        if value is not None and not isinstance(value, kind):
            self.note(name)
            return None
        return value


def _storable(text: str) -> str:
    if text.isascii() and "\0" not in text:
        return text
    return _UNSTORABLE.sub("\ufffd", text)
