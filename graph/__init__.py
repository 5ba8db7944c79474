# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Everything that speaks HTTP to Microsoft: sign-in and Graph. No Odoo."""
