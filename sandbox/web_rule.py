# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The rule of a series in words, for the web page."""

from collections.abc import Mapping
from typing import Any

_UNITS = {"daily": "day", "weekly": "week", "Monthly": "month", "Yearly": "year"}
_MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def rule_in_words(recurrence: Mapping[str, Any]) -> str:
    """Return a ``patternedRecurrence`` as a phrase: ``every 2 weeks on Monday``."""
    pattern, span = recurrence["pattern"], recurrence["range"]
    kind, interval = pattern["type"], pattern["interval"]
    unit = next(word for name, word in _UNITS.items() if kind.endswith(name))
    words = [f"every {interval} {unit}s" if interval > 1 else f"every {unit}"]
    days = ", ".join(day.capitalize() for day in pattern["daysOfWeek"])
    if kind == "weekly":
        words.append(f"on {days}")
    elif kind.startswith("relative"):
        words.append(f"on the {pattern['index']} {days}")
    elif kind != "daily":
        words.append(f"on day {pattern['dayOfMonth']}")
    if kind.endswith("Yearly"):
        words.append(f"of {_MONTHS[pattern['month']]}")
    words.append(f"from {span['startDate']}")
    if span["type"] == "endDate":
        words.append(f"until {span['endDate']}")
    elif span["type"] == "numbered":
        words.append(f"{span['numberOfOccurrences']} times")
    return " ".join(words)
