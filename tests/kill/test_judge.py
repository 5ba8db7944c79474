# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The judge sees what is wrong, and the instants are where they are said to be."""

from copy import deepcopy
from dataclasses import replace
from datetime import datetime

from .instants import Instant, instants, plays
from .judge import faults
from .sides import Sides

_ROW = {
    "id": 1,
    "name": "Board",
    "start": datetime(2026, 12, 1, 10),
    "stop": datetime(2026, 12, 1, 11),
    "allday": False,
    "location": None,
    "description": "<p>Agenda</p>",
    "privacy": None,
    "show_as": "busy",
    "active": True,
    "recurrence_id": None,
    "organizer": "ann@contoso.example",
    "guests": [["zoe@customer.example", "accepted"]],
}
_LINK = {
    "uid": "A",
    "kind": "meeting",
    "is_gone": False,
    "event_id": 1,
    "recurrence_id": None,
}
_ITEM = {
    "id": "a",
    "subject": "Board",
    "body": {"content": "<div>Agenda</div>"},
    "start": {"dateTime": "2026-12-01T10:00:00.0000000"},
    "end": {"dateTime": "2026-12-01T11:00:00.0000000"},
    "isAllDay": False,
    "location": {"displayName": ""},
    "sensitivity": "normal",
    "showAs": "busy",
    "isCancelled": False,
    "responseStatus": {"response": "organizer"},
    "attendees": [
        {
            "emailAddress": {"address": "zoe@customer.example"},
            "status": {"response": "accepted"},
        }
    ],
}
_MAIL = {"sender": "a", "recipient": "z", "kind": "invitation", "subject": "Board"}
_GOOD = Sides(
    events={1: _ROW},
    links=[_LINK],
    items={"A": _ITEM},
    days={},
    invitations=[],
    troubles=[],
    mails=[_MAIL],
    odoo_mails=[],
    journal=[],
)


def judged(**changes):
    """Return what the judge says of sides that differ from good ones."""
    return faults(replace(deepcopy(_GOOD), **changes), _GOOD)


def test_nothing_is_wrong_with_equal_sides():
    assert judged() == []


def test_an_item_made_twice():
    assert "an item without a link: Board" in judged(items={"A": _ITEM, "B": _ITEM})


def test_a_meeting_made_twice():
    twice = {1: _ROW, 2: {**_ROW, "id": 2}}
    assert "a meeting without a link: (2, None)" in judged(events=twice)


def test_a_meeting_linked_twice():
    links = [_LINK, {**_LINK, "uid": "B"}]
    items = {"A": _ITEM, "B": _ITEM}
    assert "2 links of (1, None)" in judged(links=links, items=items)


def test_a_field_that_differs():
    wrong = judged(items={"A": {**_ITEM, "subject": "Bored"}})
    assert "Board: {'subject': ('Board', 'Bored')}" in wrong


def test_equal_sides_that_are_not_what_was_to_be():
    row = {**_ROW, "name": "Bored"}
    item = {**_ITEM, "subject": "Bored"}
    wrong = judged(events={1: row}, items={"A": item})
    assert {one.partition(":")[0] for one in wrong} == {
        "Odoo, too many",
        "Odoo, missing",
        "Outlook, too many",
        "Outlook, missing",
    }


def test_a_mail_too_many_of_either_side():
    [outlook] = judged(mails=[_MAIL, _MAIL])
    assert outlook.startswith("Outlook's mails, too many: 1 x")
    [odoo] = judged(odoo_mails=[("Board", "zoe@customer.example", [])])
    assert odoo.startswith("Odoo's mails, too many: 1 x")


def test_what_is_not_at_rest():
    assert judged(troubles=["outbox: waiting"]) == ["outbox: waiting"]


def test_the_same_seed_gives_the_same_instants():
    assert instants(8, 1) == instants(8, 1) != instants(8, 2)
    assert {one.scenario for one in instants(2, 1)} == {"first", "push"}
    assert {one.way for one in instants(8, 1)} == {"time", "answered", "unanswered"}


def test_the_instants_of_a_play_are_in_their_order():
    found = list(plays(10, 1, each=3))
    assert [len(one) for one in found] == [3, 2, 3, 2]
    assert all(one == sorted(one, key=lambda i: i.share) for one in found)
    assert all(len({i.scenario for i in one}) == 1 for one in found)
    assert sorted(map(repr, sum(found, []))) == sorted(map(repr, instants(10, 1)))


def test_every_request_may_be_the_one():
    numbers = {Instant("push", "answered", n / 100).request(5) for n in range(101)}
    assert numbers == {1, 2, 3, 4, 5}
