# Part of outlook_calendar. LGPL-3, see LICENSE.
# Odoo does not run these: they need a database without the add-on, see dev/test.
