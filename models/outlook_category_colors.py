# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The colours of categories, for the tags that are made of them."""

from odoo import api, models

from ..core.category_colors import colors_from_graph
from ..core.errors import BadAnswer, NotFound, Refused


class OutlookCategoryColors(models.AbstractModel):
    """Asks for colours before meetings are written, and only when a tag is missing."""

    _name = "outlook.category.colors"
    _description = "Outlook: Colours of Categories"

    @api.model
    def _ask(self, account, names, outlook):
        """Return ``{name, case-folded: Odoo's colour}``.

        Without ``MailboxSettings.Read``, which is not asked for at the sign-in, nothing
        is told: the tags then have no colour.

        :param names: the categories of items that are about to be read
        """
        if not names or not account.sync_categories:
            return {}
        tags = self.env["outlook.people"]._as_owner("calendar.event.type", account)
        known = {tag.name.casefold() for tag in tags.search([])}
        if names <= known or not tags.has_access("create"):
            return {}
        try:
            return colors_from_graph(outlook.categories())
        except (BadAnswer, NotFound, Refused):
            return {}
