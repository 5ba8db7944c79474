# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Saving a meeting: what it costs more for a user whose calendar is connected.

Both saves are made in turn, each in a transaction of its own that is committed for
real; a pair is one of each, next to each other in time. Odoo invites on both sides:
else the connection would spare Odoo's work and so look cheaper than it is. The guests
have no address, so that the mail server's time is not measured.
"""

import time
from datetime import timedelta
from functools import partial

from .figures import Figure
from .mailboxes import body
from .meters import network

TIMES = 200
BOUND = 10.0  # ms


def measure(stage, _rounds):
    """Return the figures."""
    stage.run(stage.connect(0, invitation_mode="odoo"))
    guests = stage.contacts(2)
    before = len(stage.requests())
    saves = {"creating": _create, "changing": partial(_change, _made(stage, guests))}
    figures, sent = [], []
    for name, save in saves.items():
        times = {False: [], True: []}
        for number in range(-10, TIMES):  # the first ones warm up
            for connected in (True, False) if number % 2 else (False, True):
                stage.set_connected(connected)
                seconds, methods = _timed(stage, save, number, guests)
                if number >= 0:
                    times[connected].append(seconds * 1000)
                    sent += methods
        figures += _figures(name, times)
    requests = len(sent) + len(stage.requests()) - before
    return [*figures, Figure("HTTP requests meanwhile", (requests,), "", 0)]


def _figures(name, times):
    without, with_it = times[False], times[True]
    more = [one - other for one, other in zip(with_it, without, strict=True)]
    return [
        Figure(f"{name}, not connected", tuple(without), "ms"),
        Figure(f"{name}, connected", tuple(with_it), "ms"),
        Figure(f"{name}, difference in a pair", tuple(more), "ms", BOUND),
    ]


def _timed(stage, save, number, guests):
    """Return the seconds of one save and the requests that it made."""
    with network() as seen:
        began = time.perf_counter()
        with stage.env(stage.user) as env:
            save(env["calendar.event"], number, guests)
        return time.perf_counter() - began, seen.methods


def _create(events, number, guests):
    start = events.env.cr.now().replace(microsecond=0) + timedelta(days=1 + number % 50)
    return events.create(
        {
            "name": f"Meeting {number}",
            "description": body(number),
            "start": start,
            "stop": start + timedelta(hours=1),
            "partner_ids": [(6, 0, [events.env.user.partner_id.id, *guests])],
        }
    )


def _made(stage, guests):
    """Return the id of a meeting for changing."""
    with stage.env(stage.user) as env:
        return _create(env["calendar.event"], 0, guests).id


def _change(event_id, events, number, _guests):
    event = events.browse(event_id)
    start = event.start + timedelta(minutes=15 if number % 2 else -15)
    event.write(
        {
            "name": f"Meeting, {number}",
            "start": start,
            "stop": start + timedelta(hours=1),
        }
    )
