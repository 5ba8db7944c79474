# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The most memory that a first run holds, for mailboxes of growing size."""

import gc
import tracemalloc

from .figures import Figure
from .mailboxes import SIZES

BOUND = 1.15  # of the largest mailbox's peak over the smallest's
_MB = 1 << 20


def measure(stage, _rounds):
    """Return the figures."""
    stage.run(stage.connect(SIZES[0]))  # fills the caches that stay
    peaks = {size: _peak(stage, size) for size in SIZES}
    growth = peaks[SIZES[-1]] / peaks[SIZES[0]]
    return [
        *(
            Figure(f"peak above the start, {size:,} meetings", (peak,), "MB")
            for size, peak in peaks.items()
        ),
        Figure(f"{SIZES[-1]:,} against {SIZES[0]:,}", (growth,), "", BOUND),
    ]


def _peak(stage, size):
    """Return the peak in MB; only what Python allocates counts."""
    account = stage.connect(size)
    gc.collect()
    tracemalloc.start()
    try:
        start, _peak = tracemalloc.get_traced_memory()
        stage.run(account)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    stage.demand_events(size)
    return (peak - start) / _MB
