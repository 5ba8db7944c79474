# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who may ask what about meetings; Outlook brings private ones that Odoo never had."""

from odoo import api, models
from odoo.fields import Domain
from odoo.models import MAGIC_COLUMNS

# The calendar shows when somebody is busy, so these may be asked for of any meeting.
_TELLING_WHEN = frozenset({"partner_ids", *MAGIC_COLUMNS})


class CalendarEvent(models.Model):
    """Answers no question about what a private meeting says to others."""

    _inherit = "calendar.event"

    def _has_field_access(self, field, operation):
        """Show nothing of ours to portal users, who read meetings they take part in.

        Groups of the fields would say the same, but Odoo warns of forms that use them.
        """
        is_ours = field.name.startswith("outlook_")
        if is_ours and not (self.env.su or self.env.user._is_internal()):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Leave private meetings of others out where the answer would tell of them.

        Odoo hides what they say when they are read and grouped, not when somebody
        searches for a word of it.
        """
        if not (self.env.su or bypass_access) and self._outlook_asks_hidden(domain):
            domain = Domain(domain) & self._outlook_readable()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _outlook_asks_hidden(self, domain):
        """Whether a domain has a condition on what Odoo hides of private meetings."""
        open_fields = self._get_public_fields() | _TELLING_WHEN
        asked = (one.field_expr for one in Domain(domain).iter_conditions())
        return any(name.partition(".")[0] not in open_fields for name in asked)

    @api.model
    def _outlook_readable(self):
        """Return a domain for the meetings that the user may read as a whole."""
        settings = self.env["res.users.settings"].sudo()
        discreet = settings._search([("calendar_default_privacy", "=", "private")])
        takes_part = Domain("partner_ids", "in", self.env.user.partner_id.ids)
        by_default = Domain("privacy", "=", False) & Domain(
            "user_id", "not in", discreet.select("user_id")
        )
        return (
            takes_part
            | Domain("user_id", "=", self.env.uid)
            | Domain("privacy", "in", ("public", "confidential"))
            | by_default
        )
