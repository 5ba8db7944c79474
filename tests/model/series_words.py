# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series in the model: what the rules of both sides draw and share.

Odoo makes the meetings of a series anew now and then, and Outlook its days: what
belongs to a series of the example is told by the number in its subject.
"""

from hypothesis import strategies as st
from hypothesis.stateful import Bundle

from .words import connected, guests

SERIES = Bundle("series")
ZONE = "Europe/Brussels"

places = st.integers(0, 4)  # which meeting of a series
counts = st.integers(2, 5)
scopes = st.sampled_from(("self_only", "future_events", "all_events"))
kinds = st.sampled_from(("daily", "weekly"))
shifts = st.sampled_from((-1, 1, 3))
NEW = {
    "target": SERIES,
    "who": connected,
    "day": st.sampled_from((3, 4, 5)),  # the first one; the clock changes on day 6
    "kind": kinds,
    "count": counts,
    "invited": guests,
}


def number_of(subject):
    """Return the number in a subject that tells to what a meeting belongs."""
    return (subject or "").rpartition(" ")[2]


def apart_from_times(change):
    """Return a change without times, and with a subject that tells the series."""
    names = {"time"} | ({"subject"} if not change.get("subject", "-") else set())
    return {name: value for name, value in change.items() if name not in names}
