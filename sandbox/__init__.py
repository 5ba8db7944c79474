# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A local Microsoft 365 for development, tests and the demo; see README.md here.

It imports nothing of the add-on, so that a mistake of the one never hides in the
other.
"""
