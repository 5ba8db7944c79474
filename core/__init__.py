# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Pure rules of the sync: values in, values out. No Odoo, no HTTP, no clock."""
