# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The model-based test, which ``dev/test model`` and ``dev/explore`` run."""
