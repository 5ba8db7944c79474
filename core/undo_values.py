# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The values of a meeting before and after a change, and the way back.

Values are those of ``snapshot``, with the text itself as ``body``: JSON, of any of
``snapshot.FIELDS``.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from .body import digest
from .event import Attendee, Event, When
from .series import Series
from .series_state import common_state, series_state
from .snapshot import FIELDS, snapshot

Values = Mapping[str, Any]

# What each side added or took away adds up; of these each entry is looked at.
_SETS = frozenset({"categories", "attendees", "responses"})
# What Outlook makes, and does not take back, or what Odoo makes by itself.
_ONE_WAY = frozenset({"online", "discuss_url"})


def event_values(event: Event) -> dict[str, Any]:
    """Return all values of an event.

    >>> when = When(date(2026, 5, 1), date(2026, 5, 2))
    >>> event_values(Event("Lunch", when, body="<p>A</p>"))["body"]
    '<p>A</p>'
    """
    return snapshot(event) | {"body": event.body}


def series_values(series: Series) -> dict[str, Any]:
    """Return what all meetings of a series have in common.

    ``when`` is the clock and there is a ``rule``, both as of ``series_state``.
    """
    return common_state(series_state(series)) | {"body": series.event.body}


def day_values(series: Series, slot: date) -> dict[str, Any]:
    """Return the values of the meeting of one slot."""
    usual = replace(series.event, when=series.meeting(slot))
    return event_values(series.exceptions.get(slot, usual))


def event_of(values: Values) -> Event:
    """Return the event with these values; what they lack is empty.

    >>> event_of({"subject": "Lunch"}).subject
    'Lunch'
    """
    types, answers = values.get("attendees") or {}, values.get("responses") or {}
    guests = tuple(
        Attendee(
            address="" if key.startswith("?") else key,
            name=key[1:] if key.startswith("?") else "",
            type=types.get(key, "required"),
            response=answers.get(key, "none"),
        )
        for key in {**types, **answers}
    )
    plain = {
        name: values[name]
        for name in FIELDS
        if name in values and name not in (*_SETS, "when")
    }
    return Event(
        **{
            "subject": "",
            **plain,
            "when": _when(values.get("when")),
            "categories": tuple(values.get("categories") or ()),
            "attendees": guests,
        }
    )


def _when(state: Mapping[str, Any] | None) -> When:
    if not state:
        return When(date.min, date.min)
    read = date if state["all_day"] else datetime
    return When(read.fromisoformat(state["start"]), read.fromisoformat(state["end"]))


def step(before: Values, after: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both sides of a change without the fields that it did not change.

    >>> step({"subject": "A", "location": ""}, {"subject": "B", "location": ""})
    ({'subject': 'A'}, {'subject': 'B'})
    """
    names = [
        name
        for name in FIELDS
        if name in before and name in after and not _is_same(name, before, after)
    ]
    return {n: before[n] for n in names}, {n: after[n] for n in names}


def way_back(
    before: Values, after: Values, now: Values
) -> tuple[dict[str, Any], set[str]]:
    """Return what to write so that a change is undone, and what cannot be.

    What was changed again since stays. Of guests, answers and tags only those go back
    that the change was about.

    :param before: the values before the change, those that are not known left out
    :param after: ...and after it
    :param now: the values of the meeting now
    :return: new values by name, and the names that were changed again since

    >>> way_back({"subject": "A", "location": ""}, {"subject": "B", "location": "Room"},
    ...          {"subject": "B", "location": "Hall"})
    ({'subject': 'A'}, {'location'})
    """
    values: dict[str, Any] = {}
    left: set[str] = set()
    old, new = step(before, after)
    for name in old.keys() - _ONE_WAY:
        if old[name] is None and name != "reminder":
            continue  # a mark that the value was never agreed upon
        if name in _SETS:
            entries, is_left = _entries_back(old[name], new[name], now[name])
            if entries != now[name]:
                values[name] = entries
            if is_left:
                left.add(name)
        elif _is_same(name, now, new):
            values[name] = old[name]
        elif not _is_same(name, now, old):
            left.add(name)
    return values, left


def _entries_back(before: Any, after: Any, now: Any) -> tuple[Any, bool]:
    """Return the entries of ``now`` without the step from before to after."""
    old, new, there = (_as_dict(one) for one in (before, after, now))
    found, is_left = dict(there), False
    for key in old.keys() | new.keys():
        if old.get(key) == new.get(key) or there.get(key) == old.get(key):
            continue
        if there.get(key) != new.get(key):
            is_left = True
        elif key in old:
            found[key] = old[key]
        else:
            del found[key]
    return (found if isinstance(now, dict) else sorted(found)), is_left


def _as_dict(entries: Any) -> dict[str, Any]:
    return entries if isinstance(entries, dict) else dict.fromkeys(entries, True)


def _is_same(name: str, one: Values, other: Values) -> bool:
    """Whether both have the same; texts are compared by what they say."""
    if name == "body" and one[name] is not None and other[name] is not None:
        return bool(digest(one[name]) == digest(other[name]))
    return bool(one[name] == other[name])
