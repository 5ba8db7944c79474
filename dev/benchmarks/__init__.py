# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Measurements of the add-on on Odoo, PostgreSQL and the sandbox; see ``dev/bench``."""
