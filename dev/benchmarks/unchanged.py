# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reading an account in which nothing changed since the last time."""

from .figures import Figure
from .meters import network, queries, writes

SIZE = 500
MAX_QUERIES = 19  # under 20
# Of the account and its calendar: how far they were read, and when.
BOOKKEEPING = {"outlook_account", "outlook_calendar"}
_STATE = """
    SELECT (SELECT md5(string_agg(e::text, '' ORDER BY id)) FROM calendar_event e),
           (SELECT md5(string_agg(a::text, '' ORDER BY id)) FROM calendar_attendee a),
           (SELECT md5(string_agg(l::text, '' ORDER BY id)) FROM outlook_link l),
           (SELECT count(*) FROM outlook_journal),
           (SELECT count(*) FROM outlook_outbox)
"""


def measure(stage, rounds):
    """Return the figures."""
    account = stage.connect(SIZE)
    for _time in range(3):  # the first sync, its echo, the steady state
        stage.run(account)
    counts = {"requests": [], "writing": [], "queries": [], "writes": []}
    before = _state(stage)
    for _time in range(rounds):
        with network() as seen, stage.env() as env, queries() as statements:
            record = env["outlook.account"].browse(account)
            began = env.cr.sql_log_count
            record._run("outlook.pull")
            env.flush_all()
            counts["queries"].append(env.cr.sql_log_count - began)
        counts["requests"].append(len(seen.methods))
        counts["writing"].append(len([m for m in seen.methods if m != "GET"]))
        counts["writes"].append(len(set(writes(statements)) - BOOKKEEPING))
    figures = [
        Figure("requests for one calendar", tuple(counts["requests"]), "", 1),
        Figure("requests that write", tuple(counts["writing"]), "", 0),
        Figure("SQL queries", tuple(counts["queries"]), "", MAX_QUERIES),
        Figure(
            "tables written to besides the cursor's", tuple(counts["writes"]), "", 0
        ),
    ]
    changed = sum(a != b for a, b in zip(before, _state(stage), strict=True))
    return [*figures, Figure("tables that differ afterwards", (changed,), "", 0)]


def _state(stage):
    with stage.env() as env:
        env.cr.execute(_STATE)
        return env.cr.fetchone()
