# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What its owner keeps in Outlook although Odoo has deleted it."""

from odoo import api, fields, models


class OutlookLink(models.Model):
    """Rests while Odoo would delete its item, and is in step again when it would not.

    Of a meeting without a record a link without a meeting is all that is left.
    """

    _inherit = "outlook.link"

    is_kept = fields.Boolean(readonly=True)

    def _may_delete(self):
        """Whether the item is the mailbox's own, and Odoo may delete it there."""
        is_own = self.kind == "copy" or self.is_organizer
        return is_own and self._may_push()

    def _is_unwanted(self):
        """Whether Odoo has no use for the item of a meeting any more."""
        delivery = self.env["outlook.delivery"]
        return not self._meeting().active or delivery._is_left(self)

    def _stays_there(self):
        """Whether it is in Outlook alone because its owner said so."""
        return self.is_kept and self._is_unwanted()

    def _rests(self):
        """Rest while it is in Outlook alone."""
        return self._stays_there() or super()._rests()

    def _is_unheard(self):
        """Whether what Outlook says of the item is nothing for Odoo, for now."""
        return self._is_secret() or self._stays_there()

    def _come_back(self):
        """Be in step again; what Outlook said meanwhile was not heard."""
        for link in self.filtered("is_kept"):
            link.is_kept = False
            link._calendar()._forget_cursor()


class OutlookDelivery(models.AbstractModel):
    """Sends what is back in Odoo."""

    _inherit = "outlook.delivery"

    @api.model
    def _update(self, link, outlook):
        """Be in step again."""
        link._come_back()
        return super()._update(link, outlook)


class OutlookSeriesDelivery(models.AbstractModel):
    """Sends the series that are back in Odoo."""

    _inherit = "outlook.series.delivery"

    @api.model
    def _update(self, link, outlook):
        """Be in step again."""
        link._come_back()
        return super()._update(link, outlook)


class OutlookStatus(models.AbstractModel):
    """Tells of a meeting that is in Outlook alone."""

    _inherit = "outlook.status"

    @api.model
    def _of(self, event, links, rows, accounts):
        """Say that it stays in Outlook."""
        own = links.filtered(lambda link: link._stays_there())
        if own and not rows and own.account_id == self._account(event, links, accounts):
            return "excluded", self.env._("Deleted here, and kept in Outlook.")
        return super()._of(event, links, rows, accounts)
