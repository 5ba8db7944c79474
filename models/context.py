# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Contexts: what the add-on makes is not shaped by whoever happens to call it."""

from odoo.tools.misc import clean_context


def with_only(records, context):
    """Return records with this context, and nothing of the caller's."""
    return records.with_context(context)  # pylint: disable=context-overridden


def without_defaults(records):
    """Return records without defaults, which are meant for another model's fields."""
    return with_only(records, clean_context(records.env.context))
