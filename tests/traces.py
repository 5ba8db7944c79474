# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Many things tried from one beginning, which takes long to come to."""

from contextlib import contextmanager


@contextmanager
def leaving_no_trace(case, kept):
    """Let something take place that leaves no trace on either side.

    :param case: a test case of :class:`common.OutlookMixin`
    :param kept: what the sandbox's ``dump`` returned in the beginning
    """
    savepoint = case.cr.savepoint()
    try:
        yield
    finally:
        savepoint.close(rollback=True)
        case.registry.clear_all_caches()
        case.sandbox.load(kept)
        case.sandbox.faults.clear()
        case.sandbox.requests.clear()
