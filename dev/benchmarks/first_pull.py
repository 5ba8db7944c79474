# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reading 2,000 meetings into an empty calendar, against Odoo's plain ``create``.

The plain side gets the values that the add-on makes of the same pages, a page at a
time, committed like the add-on's, with nothing noted and nobody mailed: in the
add-on's context, which keeps Odoo's chatter out, and as Odoo does it by itself.
Reading the pages, making the values and the guests' contacts is not part of the plain
side's time; all but the network is part of the add-on's.
"""

import gc
import time
from statistics import median

from .figures import Figure
from .meters import network

SIZE = 2000
BOUND = 1.5
QUIET = {"tracking_disable": True}
CHATTY = {"mail_create_nolog": False, "mail_create_nosubscribe": False}


def measure(stage, rounds):
    """Return the figures."""
    account = stage.connect(SIZE)
    stage.run(account)  # warms up
    waited = []
    sides = {
        "pull": lambda: _pull(stage, account, waited),
        "plain": lambda: _create(stage, account, QUIET),
        "chatty": lambda: _create(stage, account, CHATTY),
    }
    times = {name: [] for name in sides}
    for number in range(rounds):
        for name in sorted(sides, reverse=number % 2):
            stage.empty()
            gc.collect()
            times[name].append(sides[name]())
            stage.demand_events(SIZE)
    pull, plain, chatty = (tuple(times[name]) for name in sides)
    return [
        Figure(f"pull of {SIZE:,}, without the network", pull, "s"),
        Figure("  the network's time", tuple(waited), "s"),
        Figure("plain create of the same values", plain, "s"),
        Figure("plain create with Odoo's chatter", chatty, "s"),
        Figure("pull over plain create", (median(pull) / median(plain),), "", BOUND),
        Figure("  over plain create with chatter", (median(pull) / median(chatty),)),
    ]


def _pull(stage, account, waited):
    """Return the seconds of a first run, the network left out."""
    with network() as seen:
        began = time.perf_counter()
        stage.run(account)
        seconds = time.perf_counter() - began
    waited.append(seen.seconds)
    return seconds - seen.seconds


def _create(stage, account_id, context):
    """Return the seconds of creating the same meetings by hand."""
    with stage.env() as env:
        pages = list(_pages(env, account_id))
    began = time.perf_counter()
    with stage.env() as env:
        account = env["outlook.account"].browse(account_id)
        events = env["outlook.intake"]._events(account)
        for vals_list in pages:
            events.with_context(no_calendar_sync=True, **context).create(vals_list)
            env.cr.commit()
    return time.perf_counter() - began


def _pages(env, account_id):
    """Yield the values of each page; the guests' contacts are made on the way."""
    account = env["outlook.account"].browse(account_id)
    intake = env["outlook.intake"]
    outlook = env["outlook.connection"]._calendars(account)
    start, end = (each.astimezone() for each in account._window())
    url = outlook.first_delta_url(outlook.default_calendar()["id"], start, end)
    for page in outlook.iter_delta(url):
        items = intake._items(account._target(), page.rows, {})
        yield intake._new_vals(account, items)
