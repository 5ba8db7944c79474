# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the rules of the model draw: people, times, changes of a meeting.

Times are told in days from the day on which every example begins, so that a failing
example means the same whenever it is run again.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import Bundle

BEGIN = datetime(2027, 3, 22, 9)  # a Monday; the clock changes in Europe on Sunday
CONNECTED = ("ann", "bob")
COLLEAGUES = (*CONNECTED, "carol")
ADDRESSES = {
    **{name: f"{name}@contoso.example" for name in COLLEAGUES},
    "zoe": "zoe@customer.example",  # a contact of Odoo
    "yan": "yan@far.example",  # nobody whom Odoo knows
}
BOSS = "boss@customer.example"  # invites from outside
TAGS = ("Sales", "Urgent")  # those that Odoo has
NEWS = ("invitation", "update", "cancellation")  # kinds of mails to guests

MEETINGS = Bundle("meeting")


class At(NamedTuple):
    """A time of day; ``day`` counts from the first day of the example."""

    day: int
    hour: int
    hours: int = 1

    @property
    def span(self):
        """Start and end, naive UTC."""
        start = BEGIN.replace(hour=0) + timedelta(days=self.day, hours=self.hour)
        return start, start + timedelta(hours=self.hours)


class Days(NamedTuple):
    """Whole days."""

    day: int
    days: int = 1

    @property
    def span(self):
        """The first day and the one after the last."""
        first = BEGIN.date() + timedelta(days=self.day)
        return first, first + timedelta(days=self.days)


colleagues = st.sampled_from(COLLEAGUES)
connected = st.sampled_from(CONNECTED)
guests = st.lists(st.sampled_from(sorted(ADDRESSES)), max_size=3, unique=True)
guests = guests.map(lambda names: tuple(sorted(names)))
_day = st.sampled_from((3, 2, 4, 5, 6, 9, 20, 1, 0, -2))
times = st.one_of(
    st.builds(At, _day, st.sampled_from((9, 8, 14, 22)), st.sampled_from((1, 2, 26))),
    st.builds(Days, _day, st.sampled_from((1, 3))),
)
answers = st.sampled_from(("accepted", "declined", "tentativelyAccepted"))
_tags = st.lists(st.sampled_from(TAGS), max_size=2, unique=True)

_BOTH = {
    "subject": st.sampled_from(("Board", "Review", "Zoë & Söhne <b>")),
    "body": st.sampled_from(
        ("", "<p>Agenda</p>", "<p>See <b>the plan</b></p><ul><li>One</li></ul>")
    ),
    "time": times,
    "place": st.sampled_from(("", "Ghent", "Room 1")),
    "privacy": st.sampled_from(("normal", "private", "confidential")),
    "show": st.sampled_from(("busy", "free")),
    "reminder": st.sampled_from((None, 15, 30, 1440)),
    "tags": _tags.map(lambda names: tuple(sorted(names))),
}
_OUTLOOK = {
    **_BOTH,
    "subject": st.sampled_from(("Board", "Review", "")),
    "places": st.just(("Room 1", "Room 2")),
    "privacy": st.sampled_from(("normal", "personal", "private", "confidential")),
    "show": st.sampled_from(("busy", "free", "oof", "tentative", "workingElsewhere")),
    "tags": st.sampled_from(((), ("sales",), ("Sales", "Urgent"), ("Holiday",))),
    "importance": st.sampled_from(("high", "normal")),
    "online": st.just(True),
}


def _changes(fields):
    """Return a strategy of dicts: one or two fields with their new values."""
    one = st.one_of([st.tuples(st.just(name), each) for name, each in fields.items()])
    some = st.lists(one, min_size=1, max_size=2, unique_by=lambda pair: pair[0])
    return some.map(dict)


odoo_changes = _changes(_BOTH)
outlook_changes = _changes(_OUTLOOK)
