# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reading 2,000 meetings into an empty calendar, against Odoo's plain ``create``.

The plain side gets the values that the add-on makes of the same pages, in the same
context, a page at a time and committed like the add-on's, with nothing noted. Reading
the pages, making the values and the guests' contacts is not part of its time; all but
the network is part of the add-on's.
"""

import gc
import time
from statistics import median

from .figures import Figure
from .meters import network

SIZE = 2000
BOUND = 1.5


def measure(stage, rounds):
    """Return the figures."""
    account = stage.connect(SIZE)
    _pull(stage, account)  # warms up
    pulled, waited, plain = [], [], []
    for number in range(rounds):
        for side in ("pull", "plain") if number % 2 else ("plain", "pull"):
            stage.empty()
            if side == "pull":
                whole, network_time = _pull(stage, account)
                pulled.append(whole - network_time)
                waited.append(network_time)
            else:
                plain.append(_plain(stage, account))
    ratios = tuple(a / b for a, b in zip(pulled, plain, strict=True))
    ratio = median(pulled) / median(plain)
    return [
        Figure(f"pull of {SIZE:,}, without the network", tuple(pulled), "s"),
        Figure("  the network's time", tuple(waited), "s"),
        Figure("plain create of the same values", tuple(plain), "s"),
        Figure("ratio in one round", ratios),
        Figure("ratio of the medians", (ratio,), "", BOUND),
    ]


def _pull(stage, account):
    """Return the seconds of a first run, and how many of them the network took."""
    gc.collect()
    with network() as seen:
        began = time.perf_counter()
        stage.run(account)
        whole = time.perf_counter() - began
    stage.demand_events(SIZE)
    return whole, seen.seconds


def _plain(stage, account_id):
    """Return the seconds of creating the same meetings."""
    with stage.env() as env:
        pages = list(_pages(env, account_id))
    gc.collect()
    began = time.perf_counter()
    with stage.env() as env:
        account = env["outlook.account"].browse(account_id)
        for vals_list in pages:
            events = env["outlook.intake"]._events(account)
            events.with_context(tracking_disable=True, no_calendar_sync=True).create(
                vals_list
            )
            env.cr.commit()
            env.invalidate_all()
    seconds = time.perf_counter() - began
    stage.demand_events(SIZE)
    return seconds


def _pages(env, account_id):
    """Yield the values of each page; the guests' contacts are made on the way."""
    account = env["outlook.account"].browse(account_id)
    intake = env["outlook.intake"]
    outlook = env["outlook.connection"]._calendars(account)
    start, end = (each.astimezone() for each in account._window())
    url = outlook.first_delta_url(outlook.default_calendar()["id"], start, end)
    for page in outlook.iter_delta(url):
        yield intake._new_vals(account, intake._items(account, page.rows, {}))
