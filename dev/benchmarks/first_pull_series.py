# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reading 200 series into an empty calendar, against Odoo's plain ``create``.

The plain side creates the same meetings from the same values, without series, a series
at a time, in the add-on's context, which keeps Odoo's chatter out. Making the values
is not part of its time; all but the network is part of the add-on's.
"""

import gc
import time
from statistics import median

from .figures import Figure
from .meters import network
from .series_mailbox import EXCEPTIONS, MEETINGS, OWNER, SERIES, SeriesMailbox

BOUND = 2.0
# One for the master with its exceptions, one for the instances, and the pages of delta.
REQUESTS = 2 * SERIES + SERIES * (MEETINGS + 1) / 200 + 10


def measure(stage, rounds):
    """Return the figures."""
    SeriesMailbox(stage.addresses["control"]).fill()
    account = stage.connect(OWNER)
    stage.run(account)  # warms up
    pulls, plains, waited, counts = [], [], [], []
    for _number in range(max(1, rounds // 2)):
        stage.empty()
        gc.collect()
        seconds, seen = _pull(stage, account)
        stage.demand_events(SERIES * MEETINGS)
        pulls.append(seconds)
        waited.append(seen.seconds)
        counts.append(len(seen.methods))
        values = list(_values(stage, account))
        stage.empty()
        gc.collect()
        plains.append(_create(stage, account, values))
        stage.demand_events(SERIES * MEETINGS)
    name = f"pull of {SERIES} series of {MEETINGS} with {EXCEPTIONS} exceptions"
    return [
        Figure(f"{name}, without the network", tuple(pulls), "s"),
        Figure("  the network's time", tuple(waited), "s"),
        Figure("  requests", tuple(counts), "", REQUESTS),
        Figure("plain create of the same meetings", tuple(plains), "s"),
        Figure("pull over plain create", (median(pulls) / median(plains),), "", BOUND),
    ]


def _pull(stage, account):
    """Return the seconds of a first run, the network left out, and the network."""
    with network() as seen:
        began = time.perf_counter()
        stage.run(account)
        seconds = time.perf_counter() - began
    return seconds - seen.seconds, seen


def _values(stage, account_id):
    """Yield the values of the meetings of each series, as single meetings."""
    with stage.env() as env:
        account = env["outlook.account"].browse(account_id)
        outlook = env["outlook.connection"]._calendars(account)
        intake, writer = env["outlook.series.intake"], env["outlook.series.writer"]
        for link in env["outlook.link"].search([("recurrence_id", "!=", False)]):
            found = intake._read(link._calendar(), link.remote_id, outlook)
            rows = writer._meeting_vals(
                account, link.recurrence_id, found, found.series.held
            )
            for row in rows:
                del row["recurrency"], row["recurrence_id"], row["outlook_slot"]
            yield rows


def _create(stage, account_id, values):
    """Return the seconds of creating the meetings by hand; guests are there."""
    with stage.env() as env:
        account = env["outlook.account"].browse(account_id)
        partners = {
            command[2]["partner_id"]: None
            for rows in values
            for row in rows
            for command in row["attendee_ids"]
        }
        kept = env["res.partner"].browse(partners).exists()
        made = _contacts(env, partners.keys() - set(kept.ids))
        events = (
            env["outlook.intake"]
            ._events(account)
            .with_context(no_calendar_sync=True, tracking_disable=True)
        )
        began = time.perf_counter()
        for rows in values:
            events.create([_with_guests(row, made) for row in rows])
            env.cr.commit()
        return time.perf_counter() - began


def _contacts(env, gone):
    """Return new contacts for those that emptying the calendar took away."""
    vals = [{"name": f"Guest {n}", "email": f"g{n}@customer.example"} for n in gone]
    return dict(zip(gone, env["res.partner"].create(vals).ids, strict=True))


def _with_guests(row, made):
    guests = [command[2] for command in row["attendee_ids"]]
    ids = [made.get(one["partner_id"], one["partner_id"]) for one in guests]
    rows = [
        (0, 0, {**one, "partner_id": partner})
        for one, partner in zip(guests, ids, strict=True)
    ]
    return {**row, "partner_ids": [(6, 0, ids)], "attendee_ids": rows}
