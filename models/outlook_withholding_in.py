# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Which private items of Outlook tell Odoo nothing but their time, or nothing."""

from odoo import fields, models

from ..core.privacy import busy_item, busy_series, is_private

_OF_BLOCK = frozenset({"when", "show_as"})
_SENT = frozenset({"when"})


class OutlookCalendar(models.Model):
    """Reads what is hidden already without its words."""

    _inherit = "outlook.calendar"

    def _form(self, events):
        """Return what Odoo gets of an item: ``full``, ``busy`` or ``leave_out``.

        :param events: those of a series, or the one of a single meeting
        """
        if self.is_shared or not is_private(events):
            return "full"
        return self.account_id.privacy_filter

    def _form_of_new(self, events):
        """Return what Odoo gets of an item that it has not: see ``_form``.

        What is not chosen is left out; of a series its own categories count.
        """
        if not self.account_id._chooses(events[0].categories):
            return "leave_out"
        return self._form(events)

    def _item(self, row):
        """Return of what is hidden its time alone."""
        item = super()._item(row)
        return self._busy(item) if self._stays_hidden(row, [item.event]) else item

    def _series(self, rows):
        """Return of what is hidden its times alone."""
        found = super()._series(rows)
        events = [found.item.event, *found.series.exceptions.values()]
        return self._busy(found) if self._stays_hidden(rows.master, events) else found

    def _busy(self, found):
        """Return an item, or a series, that tells when and nothing else."""
        subject = self.env._("Busy")
        return (busy_series if hasattr(found, "item") else busy_item)(found, subject)

    def _stays_hidden(self, row, events):
        """Whether Odoo has the time of an item alone, and is to have no more.

        Of a day of a series its master tells. While something is sent, what Odoo has
        keeps its form: see ``outlook.withholding``.
        """
        keeps = self.env.context.get("outlook_keeps_form")
        if self.is_shared or not (keeps or self._form(events) != "full"):
            return False
        ids = [one for one in (row.get("id"), row.get("seriesMasterId")) if one]
        links = self.env["outlook.intake"]._links(self.account_id, ids)
        return any(link.is_hidden for link in links.values())


class OutlookLink(models.Model):
    """Knows what was made of an item, and that a time alone says nothing else."""

    _inherit = "outlook.link"

    brought_in = fields.Boolean(readonly=True)  # Odoo's meeting was made of the item

    def _is_block(self):
        """Whether Odoo has nothing but the time of an item of the user's own."""
        return self.is_hidden and not self.is_shared

    def _fields_in(self):
        """Take nothing but the time."""
        names = super()._fields_in()
        return names & _OF_BLOCK if self._is_block() else names

    def _fields_out(self):
        """Send nothing but the time: what is empty here is not so in Outlook."""
        names = super()._fields_out()
        return names & _SENT if self._is_block() else names

    def _knows(self, etag):
        """Look anew at what is, or is to be, hidden: its version does not tell."""
        state = self.base_outlook or {}
        is_private_there = state.get("sensitivity", "normal") != "normal"
        is_due = self.brought_in and is_private_there
        is_due &= self.account_id.privacy_filter != "full"
        return super()._knows(etag) and not (self._is_block() or is_due)

    def _may_come(self, item):
        """Let in what was left out, as soon as it is not any more."""
        if not self._is_block() or self._is_bound() or self.problem:
            return super()._may_come(item)
        events = [item.event, *self.env.context.get("outlook_days", ())]
        return self._calendar()._form_of_new(events) != "leave_out"
