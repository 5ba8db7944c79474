# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The server is killed at any instant and started again; see ``stage.py``."""
