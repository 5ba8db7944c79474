# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Logging a fault of our own without what the meeting says."""

import logging
import traceback

from ..core.redact import RedactingFilter

_logger = logging.getLogger(__name__)
_logger.addFilter(RedactingFilter())  # tracebacks at DEBUG may quote what failed


def log_fault(action, error):
    """Log what was done when ``error`` came, its type and its place in the code.

    Its text may quote a subject or an address, so that goes to DEBUG alone.

    :param str action: what failed, as in "a change was not sent"
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
    name = type(error).__name__
    _logger.warning("Outlook: %s: %s at %s", action, name, " > ".join(places[-4:]))
    _logger.debug("Outlook: %s", action, exc_info=error)
