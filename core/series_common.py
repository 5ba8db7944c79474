# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the meetings of a series have in common, where nobody says so.

Odoo has no master: each of its meetings has all the values. What they share is the
value of the former agreement as long as one of them has it; so one meeting after the
other may be changed and each is an exception, until the last one makes it the series'.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from json import dumps
from typing import Any

from .event import Event

_GUESTS = ("attendees", "responses")
UNKNOWN = object()


def shared(values: Sequence[Any], base: Any = UNKNOWN) -> int:
    """Return the place of the first of the values that is what they have in common.

    :param values: JSON-able, at least one
    :param base: what they had in common before

    >>> shared(["Board", "Board II", "Board II"], "Board"), shared(["A", "B", "B"])
    (0, 1)
    """
    keys = [dumps(value, sort_keys=True) for value in values]
    if base is not UNKNOWN and (old := dumps(base, sort_keys=True)) in keys:
        return keys.index(old)
    [(most, _count)] = Counter(keys).most_common(1)
    return keys.index(most)


def common_event(
    events: Sequence[Event],
    states: Sequence[Mapping[str, Any]],
    base: Mapping[str, Any],
) -> Event:
    """Return an event with the values that the meetings of a series have in common.

    :param events: the meetings, at least one
    :param states: their snapshots
    :param base: the state of the series when it was last looked at, or ``{}``
    """
    places = {
        name: shared([state[name] for state in states], base.get(name, UNKNOWN))
        for name in states[0]
        if name != "when"
    }
    values = {
        name: getattr(events[place], name)
        for name, place in places.items()
        if name not in _GUESTS
    }
    answers = {
        (guest.address, guest.name): guest
        for guest in events[places["responses"]].attendees
    }
    guests = tuple(
        answers.get((guest.address, guest.name), guest)
        for guest in events[places["attendees"]].attendees
    )
    return replace(events[0], **values, attendees=guests)
