# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Behaviour of Exchange that nobody has shown for certain, or that varies.

The default is what graph.md holds for likeliest; a test of a careful client turns
each of them. ``GRAPH.md`` lists them for people.
"""

from typing import Any

DEFAULTS: dict[str, Any] = {
    # A meeting written with isDraft:true mails nobody until it is patched to false.
    "drafts": False,
    # A PATCH of the attendees alone mails everybody, not only whom it concerns.
    "mail_everyone": False,
    # A PATCH that changes nothing mails everybody.
    "mail_unchanged": False,
    # A new time asks the guests again: their answers are forgotten.
    "reset_answers": True,
    # A new end of a series leaves its exceptions alone; a new pattern never does.
    "range_keeps_exceptions": True,
    # cancelledOccurrences is filled; the live service has been seen to fail in it.
    "cancelled_occurrences": True,
    # onlineMeeting is still null in the answer to the create.
    "late_join_url": False,
    # /events/delta is there, and whether its rows are sparse.
    "events_delta": False,
    "events_delta_sparse": False,
    # Masters of series come in calendarView/delta.
    "delta_masters": True,
    # A cancelled occurrence, and those of a series that is gone, come as @removed.
    "delta_cancelled": False,
    # Exceptions in delta tell their originalStart, which calendarView does not.
    "delta_original_start": False,
    # The first page of a first round is empty and has a nextLink.
    "delta_empty_first_page": False,
    # Every round repeats this many unchanged rows of earlier rounds.
    "delta_replays": 0,
    # How many generations of a delta chain stay valid.
    "delta_generations": 3,
    # Rows of a delta page when the request does not say; upper limit of a page.
    "delta_page": 10,
    "delta_page_limit": 1000,
}


class Switches:
    """The switches of one Exchange; read and written as attributes or by name."""

    def __init__(self) -> None:
        self._values = dict(DEFAULTS)

    def __getattr__(self, name: str) -> Any:
        """Return the switch of this name."""
        try:
            return self.__dict__["_values"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def set(self, name: str, value: Any) -> None:
        """Turn a switch.

        :raise ValueError: there is none of that name, or the value's type is wrong
        """
        if name not in DEFAULTS:
            raise ValueError(f"unknown switch: {name}")
        if type(value) is not type(DEFAULTS[name]):
            raise ValueError(
                f"the switch {name} takes a {type(DEFAULTS[name]).__name__}"
            )
        self._values[name] = value

    def dump(self) -> dict[str, Any]:
        """Return all switches by name."""
        return dict(self._values)

    def load(self, values: dict[str, Any]) -> None:
        """Turn the switches that :meth:`dump` has returned."""
        for name, value in values.items():
            self.set(name, value)
