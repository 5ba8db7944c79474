# Part of outlook_calendar. LGPL-3, see LICENSE.
"""First sync: what would happen under which choices, told from what was read.

Both sides are read once, into facts that no choice changes; every choice is then
counted from these, without asking anybody again. Facts are dicts of JSON values, so
that they survive between two requests.

An *incoming* fact is one item of a mailbox, a series counting once::

    {"id": "AAMk", "calendar": 3, "name": "Board", "start": ISO, "end": ISO,
     "days": [ISO dates], "fate": "new", "reason": "", "private": False,
     "twin": "", "brought": False, "differs": [],
     "strangers": ["zoe@customer.example"]}

``start`` and ``end`` are moments in UTC without a zone, or dates; ``days`` are those of
a series, empty otherwise; ``fate`` is ``new``, ``joined`` or ``left_out``; ``twin`` is
the ``id`` of the outgoing fact that it is joined with; ``brought``: that one was made
of it, by a former connection; ``differs`` names the fields
that have another value on each side; ``strangers`` are guests whom Odoo does not know.

An *outgoing* fact is one Odoo meeting or series that Outlook could get::

    {"id": "e7", "name": "Fair", "start": ISO, "end": ISO, "days": [ISO dates],
     "over": False, "own": True, "private": False, "problem": "",
     "guests": [["zoe@customer.example", "Zoe"]]}

``own``: the owner of the mailbox organizes it; ``problem``: why Outlook cannot have it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .merge import fill

Fact = Mapping[str, Any]


@dataclass(frozen=True)
class Choices:
    """What the user chooses before the first sync.

    :ivar start: ISO date of the first day that is kept in step
    :ivar end: ...and of the day after the last one
    :ivar calendars: ``calendar`` of the facts that count
    :ivar direction: ``both``, ``pull`` or ``push``
    :ivar export: which Odoo meetings go out: ``none``, ``future`` or ``all``
    :ivar invites: their guests are invited by Outlook, instead of nobody
    :ivar privacy: what the other side gets of private ones: ``leave_out`` (nothing),
        ``busy`` (their time) or ``full``
    :ivar contacts: ``create`` contacts of unknown guests, ``ask`` or ``keep`` them in
        Outlook
    """

    start: str
    end: str
    calendars: frozenset[int]
    direction: str = "both"
    export: str = "future"
    invites: bool = False
    privacy: str = "full"
    contacts: str = "create"


@dataclass(frozen=True)
class Line:
    """What happens to one meeting.

    :ivar flow: ``in``, ``out``, ``joined`` or ``left_out``
    :ivar reason: a code: of the fact, or of the choice that decides
    :ivar days: ISO dates on which it takes place in the chosen period
    """

    name: str
    start: str
    flow: str
    reason: str = ""
    private: bool = False
    differs: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Week:
    """How many meetings of one week come in and go out; ``first`` is its Monday."""

    first: date
    incoming: int
    outgoing: int


@dataclass(frozen=True)
class Person:
    """Who gets mail, and for how many meetings or series."""

    address: str
    name: str
    meetings: int


def lines_of(
    incoming: Iterable[Fact], outgoing: Iterable[Fact], choices: Choices
) -> list[Line]:
    """Return what happens to each meeting, in no particular order.

    >>> fair = {"id": "e7", "name": "Fair", "start": "2026-05-04T08:00:00",
    ...         "end": "2026-05-04T09:00:00", "days": [], "over": False, "own": True,
    ...         "private": True, "problem": "", "guests": []}
    >>> choices = Choices("2026-05-01", "2026-06-01", frozenset(), privacy="busy")
    >>> [line] = lines_of([], [fair], choices)
    >>> line.flow, line.reason
    ('out', 'busy')
    """
    chosen = [fact for fact in incoming if is_chosen(fact, choices)]
    twins = {fact["twin"] for fact in chosen if fact["fate"] == "joined"}
    lines = [_line_in(fact, choices) for fact in chosen]
    rest = (fact for fact in outgoing if fact["id"] not in twins)
    return lines + [_line_out(fact, choices) for fact in rest]


def is_chosen(fact: Fact, choices: Choices) -> bool:
    """Whether an incoming fact belongs to a chosen calendar and the chosen period."""
    if choices.direction == "push" or fact["calendar"] not in choices.calendars:
        return False
    if fact["days"]:
        return bool(_days(fact, choices))
    begins = bool(fact["start"] < choices.end)
    return begins and bool(max(fact["end"], fact["start"]) >= choices.start)


def mailed(
    incoming: Iterable[Fact], outgoing: Iterable[Fact], choices: Choices
) -> list[Person]:
    """Return who would get mail, by name.

    Outlook mails the guests of meetings that go out as invitations, and nobody else:
    not those of others, of the past, or of private ones that are not sent in full.

    >>> mailed([], [], Choices("2026-05-01", "2026-06-01", frozenset()))
    []
    """
    if not choices.invites:
        return []
    chosen = [fact for fact in incoming if is_chosen(fact, choices)]
    twins = {fact["twin"] for fact in chosen if fact["fate"] == "joined"}
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for fact in outgoing:
        if fact["id"] not in twins and reason_out(fact, choices) == (True, "invites"):
            guests = {address: name for address, name in fact["guests"] if address}
            counts.update(guests.keys())
            names = guests | names
    people = [Person(one, names[one], count) for one, count in counts.items()]
    return sorted(people, key=lambda one: (one.name.casefold(), one.address))


def strangers(incoming: Iterable[Fact], choices: Choices) -> set[str]:
    """Return the addresses that become contacts."""
    if choices.contacts != "create":
        return set()
    return {
        address
        for fact in incoming
        if is_chosen(fact, choices)
        and fact["fate"] != "left_out"
        and _form(fact, choices) == "full"
        for address in fact["strangers"]
    }


def reason_out(fact: Fact, choices: Choices) -> tuple[bool, str]:
    """Return whether an Odoo meeting goes out, and the code that says how or why not.

    The first of the choices that speaks against it is named.
    """
    is_hidden = fact["private"] and choices.privacy != "full"
    refusals = (
        (choices.direction == "pull", "only_read"),
        (choices.export == "none", "export_none"),
        (choices.export == "future" and fact["over"], "over"),
        (is_hidden and choices.privacy == "leave_out", "private"),
        (bool(fact["problem"]), fact["problem"]),
    )
    for is_against, code in refusals:
        if is_against:
            return False, str(code)
    if is_hidden:
        return True, "busy"
    is_sent = choices.invites and fact["own"] and not fact["over"] and fact["guests"]
    return True, "invites" if is_sent else "copy"


def weeks_of(lines: Iterable[Line], choices: Choices) -> list[Week]:
    """Return every week of the chosen period with its numbers, the empty ones too.

    >>> line = Line("Fair", "2026-05-04T08:00:00", "in", days=("2026-05-04",))
    >>> weeks = weeks_of([line], Choices("2026-05-01", "2026-05-08", frozenset()))
    >>> [(week.first.isoformat(), week.incoming) for week in weeks]
    [('2026-04-27', 0), ('2026-05-04', 1)]
    """
    counts: dict[str, Counter[date]] = {"in": Counter(), "out": Counter()}
    for line in lines:
        if line.flow in counts:
            counts[line.flow].update(_monday(day) for day in line.days)
    return [
        Week(monday, counts["in"][monday], counts["out"][monday])
        for monday in _mondays(choices)
    ]


def progress(done: int, total: int, pages: int) -> float:
    """Return how far the reading is, from 0 to 1.

    Nobody tells how many pages a calendar has, so each page takes a quarter of what is
    left of its share: the bar always moves, and never back.

    :param done: calendars, and sides, that were read to the end
    :param total: how many of them there are
    :param pages: of the one that is being read

    >>> [progress(0, 2, pages) for pages in (0, 1)], progress(2, 2, 0)
    ([0.0, 0.125], 1.0)
    """
    if done >= total:
        return 1.0
    return (done + 1 - 0.75**pages) / total


def differing(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """Return the fields that two snapshots both have, with different values.

    Guests and answers add up, and times are alike or the two were not joined.

    >>> differing({"location": "A", "subject": ""}, {"location": "B", "subject": "C"})
    ['location']
    """
    gaps = fill(ours, theirs) | fill(theirs, ours)
    names = ("subject", "body", "location", "sensitivity", "show_as")
    return [
        name
        for name in names
        if name not in gaps and ours.get(name) != theirs.get(name)
    ]


def _form(fact: Fact, choices: Choices) -> str:
    """Return what Odoo gets of an item; what it has of its own, it keeps."""
    is_ours = fact["fate"] == "new" or fact["brought"]
    return choices.privacy if fact["private"] and is_ours else "full"


def _line_in(fact: Fact, choices: Choices) -> Line:
    flow, reason = str(fact["fate"]), str(fact["reason"])
    form = _form(fact, choices)
    if form == "leave_out":
        flow, reason = "left_out", "private"
    elif flow == "new":
        flow, reason = "in", "busy_in" if form == "busy" else reason
    differs = tuple(fact["differs"]) if flow == "joined" else ()
    days = _days(fact, choices)
    private = fact["private"]
    return Line(fact["name"], fact["start"], flow, reason, private, differs, days)


def _line_out(fact: Fact, choices: Choices) -> Line:
    goes, reason = reason_out(fact, choices)
    flow, days = ("out" if goes else "left_out"), _days(fact, choices)
    return Line(fact["name"], fact["start"], flow, reason, fact["private"], days=days)


def _days(fact: Fact, choices: Choices) -> tuple[str, ...]:
    """Return the days of a fact in the chosen period."""
    days: Sequence[str] = fact["days"] or [fact["start"][:10]]
    return tuple(day for day in days if choices.start <= day < choices.end)


def _mondays(choices: Choices) -> Iterator[date]:
    monday, end = _monday(choices.start), date.fromisoformat(choices.end)
    while monday < end:
        yield monday
        monday += timedelta(days=7)


def _monday(day: str) -> date:
    found = date.fromisoformat(day)
    return found - timedelta(days=found.weekday())
