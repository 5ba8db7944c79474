# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A field for ``core.snapshot``."""

from odoo import fields


class Snapshot(fields.Json):
    """Holds what is JSON already, and is replaced as a whole, never changed.

    Odoo makes text of a JSON value and a value of the text, twice for each that is
    created; of all that a new link costs, that was a third.
    """

    def convert_to_cache(self, value, record, validate=True):
        """Return the value as it is."""
        return value or None
