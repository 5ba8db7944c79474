# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Sending and joining what is hidden: each with the meeting as the mailbox knows it.

The context tells ``outlook.event.mapper`` to read the time alone, so that the states
which are compared are those of the block.
"""

from odoo import api, models

from ..core.snapshot import snapshot

_OURS = ("stamp", "transaction")  # how we recognise what we have made


def _hiding(model, hides):
    """Return a model that reads meetings in full, or their time alone."""
    return model.with_context(outlook_hides=hides)


class OutlookDelivery(models.AbstractModel):
    """Delivers single meetings."""

    _inherit = "outlook.delivery"

    @api.model
    def _is_wanted(self, account, event, kind):
        """Nothing is made of what is left out."""
        wanted = super()._is_wanted(account, event, kind)
        return wanted and not account._leaves_out(event)

    @api.model
    def _is_left(self, link):
        """A copy that Odoo made goes when its meeting is left out."""
        is_hidden = link._is_hidden_copy()
        is_out = is_hidden and link.account_id.privacy_filter == "leave_out"
        return is_out or super()._is_left(link)

    @api.model
    def _create(self, account, row, outlook):
        """Create it as the mailbox may know it."""
        if account._hides(row.event_id):
            row.kind = "copy"  # it has become private since it was noted
        own = _hiding(self, account._hides(row.event_id))
        own = own.with_context(default_made_here=True)
        return super(OutlookDelivery, own)._create(account, row, outlook)

    @api.model
    def _update(self, link, outlook):
        """Compare what the mailbox may know."""
        own = _hiding(self, link._is_hidden_copy())
        return super(OutlookDelivery, own)._update(link, outlook)


class OutlookSeriesDelivery(models.AbstractModel):
    """Delivers series."""

    _inherit = "outlook.series.delivery"

    @api.model
    def _create(self, account, row, outlook):
        """Create it as the mailbox may know it."""
        hides = account._hides(row.recurrence_id._outlook_lead())
        if hides:
            row.kind = "copy"
        own = _hiding(self, hides).with_context(default_made_here=True)
        return super(OutlookSeriesDelivery, own)._create(account, row, outlook)

    @api.model
    def _update(self, link, outlook):
        """Compare what the mailbox may know."""
        own = _hiding(self, link._is_hidden_copy())
        return super(OutlookSeriesDelivery, own)._update(link, outlook)


class OutlookReconciliation(models.AbstractModel):
    """Takes changes of single meetings in."""

    _inherit = "outlook.reconciliation"

    @api.model
    def _take(self, link, item):
        """Compare what the mailbox may know."""
        own = _hiding(self, link._is_hidden_copy())
        return super(OutlookReconciliation, own)._take(link, item)


class OutlookSeriesReconciliation(models.AbstractModel):
    """Takes changes of series in."""

    _inherit = "outlook.series.reconciliation"

    @api.model
    def _take(self, link, found):
        """Compare what the mailbox may know."""
        own = _hiding(self, link._is_hidden_copy())
        return super(OutlookSeriesReconciliation, own)._take(link, found)


class OutlookRecognition(models.AbstractModel):
    """Joins single meetings that Odoo once made."""

    _inherit = "outlook.recognition"

    @api.model
    def _join(self, calendar, item, match):
        """Remember that Odoo made it, and what the mailbox may know."""
        ours = match.reason in _OURS and match.kind == "copy"
        own = _hiding(self, ours and calendar.account_id._hides(match.event))
        own = own.with_context(default_made_here=ours)
        return super(OutlookRecognition, own)._join(calendar, item, match)

    @api.model
    def _take_over(self, link, item, record):
        """Of a private copy Odoo's values count: Outlook may have a block alone."""
        if not link.made_here or record.effective_privacy != "private":
            return super()._take_over(link, item, record)
        theirs = snapshot(item.event)
        out = {name: theirs[name] for name in link._fields_out()}
        link.base_odoo = link.base_odoo | out
        self.env["outlook.outbox"]._note_links(link)


class OutlookSeriesRecognition(models.AbstractModel):
    """Joins series that Odoo once made."""

    _inherit = "outlook.series.recognition"

    @api.model
    def _join(self, calendar, found, match):
        """Remember that Odoo made it, and what the mailbox may know."""
        ours = match.reason in _OURS and match.kind == "copy"
        lead = match.event._outlook_lead()
        own = _hiding(self, ours and calendar.account_id._hides(lead))
        own = own.with_context(default_made_here=ours)
        return super(OutlookSeriesRecognition, own)._join(calendar, found, match)

    @api.model
    def _take_over(self, link, found, series, odoo):
        """Of a private copy Odoo's values count: Outlook may have a block alone."""
        lead = series._outlook_lead()
        if not link.made_here or lead.effective_privacy != "private":
            return super()._take_over(link, found, series, odoo)
        self._send_difference(link, found, series, odoo)
