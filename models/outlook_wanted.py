# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Which meetings are exchanged at all: by their tags, and by a filter of one's own.

Both count for what the other side does not have yet. What is in step stays in step.
"""

from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..core.choosing import is_chosen

_RULES = frozenset({"category_rule", "category_ids", "export_domain"})


class OutlookAccount(models.Model):
    """Keeps what its owner has chosen, and lets more come when he chooses more."""

    _inherit = "outlook.account"

    category_rule = fields.Selection(
        [
            ("all", "All of them"),
            ("only", "Only those with these tags"),
            ("except", "Not those with these tags"),
        ],
        string="Which meetings",
        default="all",
        required=True,
        help="Counts both ways, for meetings that the other side does not have yet. A "
        "tag stands for the category of the same name in Outlook.",
    )
    category_ids = fields.Many2many(
        "calendar.event.type", "outlook_account_category_rel", string="These tags"
    )
    export_domain = fields.Char(
        "Only these go out",
        help="Only meetings of Odoo that this filter finds go to Outlook. Those that "
        "are there already stay.",
    )

    @api.constrains("export_domain")
    def _check_export_domain(self):
        """Refuse a filter that Odoo cannot read."""
        for account in self.filtered("export_domain"):
            events = self.env["calendar.event"].with_user(account.user_id).sudo(False)
            try:
                events.search(account._filter(), limit=1)
            except (AccessError, ValueError, SyntaxError, TypeError) as error:
                raise ValidationError(
                    self.env._("This filter of meetings cannot be read.")
                ) from error

    def write(self, vals):
        """Let what was not chosen before come now, from both sides."""
        result = super().write(vals)
        if _RULES & vals.keys():
            for account in self.sudo().filtered("started_at"):
                account.calendar_ids._forget_cursor()
                if account._may_push():
                    account._note_upcoming(lambda event: not event.outlook_link_ids)
        return result

    def _filter(self):
        """Return the filter of Odoo's meetings as a domain."""
        return literal_eval(self.export_domain or "[]")

    def _is_choosing(self):
        """Whether some meetings are not sent, by their tags or the filter."""
        return self.category_rule != "all" or bool(self._filter())

    def _chooses(self, categories):
        """Whether meetings with categories of these names are exchanged."""
        chosen = self.category_ids.mapped("name")
        return is_chosen(self.category_rule, chosen, categories)

    def _chooses_event(self, event):
        """Whether a meeting of Odoo goes out, if it is not in Outlook."""
        if self.env.context.get("outlook_any_privacy"):
            return True  # the preview tells what is left out, and why
        if not self._chooses(event.categ_ids.mapped("name")):
            return False
        # With his own rights: a filter must not tell what he may not read.
        own = event.with_user(self.user_id).sudo(False)
        return bool(own.filtered_domain(self._filter()))


class OutlookOutbox(models.Model):
    """Makes nothing of what is not chosen; Odoo goes on to invite to it."""

    _inherit = "outlook.outbox"

    @api.model
    def _wants_copy(self, account, event):
        """No copy of what is not chosen."""
        wanted = super()._wants_copy(account, event)
        return wanted and account._chooses_event(event)

    @api.model
    def _kind(self, account, event):
        """A meeting that was not chosen at first goes as a copy later: Odoo has
        invited its guests, and goes on to tell them of it."""
        kind = super()._kind(account, event)
        if kind == "copy" or event.outlook_link_ids or not account._is_choosing():
            return kind
        is_new = not event.create_date or event.create_date >= self.env.cr.now()
        is_on_its_way = is_new or self.env["outlook.invitations"]._waiting(event)
        return kind if is_on_its_way and account._chooses_event(event) else "copy"


class OutlookDelivery(models.AbstractModel):
    """Delivers what is chosen."""

    _inherit = "outlook.delivery"

    @api.model
    def _is_wanted(self, account, event, kind):
        """Nothing is made of what is not chosen."""
        wanted = super()._is_wanted(account, event, kind)
        return wanted and account._chooses_event(event)


class OutlookStatus(models.AbstractModel):
    """Tells why a meeting is not in Outlook."""

    _inherit = "outlook.status"

    @api.model
    def _why_not(self, event, account, links):
        """Name the choice that keeps it here."""
        state, text = super()._why_not(event, account, links)
        if state == "excluded" and not links and not account._chooses_event(event):
            text = self.env._("It is not among the meetings chosen for Outlook.")
        return state, text
