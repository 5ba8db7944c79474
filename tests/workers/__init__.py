# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Tests of several workers and users at once; see ``common.py``."""
