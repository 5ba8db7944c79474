# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The organizer's mailbox comes after a guest's has brought the meeting in."""

from odoo import api, models

from ..core.snapshot import changed
from .outlook_reconciliation import SETS

# What each guest has of his own: no news when the organizer's is another one.
_PERSONAL = frozenset({"reminder", "categories", "show_as"})


class OutlookLead(models.AbstractModel):
    """Lets the organizer's mailbox speak for a meeting that others knew before.

    What a guest's mailbox told was partly his own affair: his reminder, his tags,
    whether he is free. What differs from it now has changed, on either side.
    """

    _name = "outlook.lead"
    _description = "Outlook: Following the Organizer"

    @api.model
    def _follow(self, link, item, record):
        """Bring a meeting up to date with its organizer's item, which just came."""
        guest = self._guest(link, item)
        if guest and self._may_merge(link):
            self._merge(link, guest, "outlook.reconciliation", item, record)
        elif guest:
            self._take_over(link, item, record, guest)

    @api.model
    def _follow_series(self, link, found, series):
        """Do the same for a series.

        :param found: :class:`core.series_from_graph.OutlookSeries`
        """
        guest = self._guest(link, found.item)
        if guest and self._may_merge(link):
            self._merge(link, guest, "outlook.series.reconciliation", found, series)
        elif guest:
            recognition = self.env["outlook.series.recognition"]
            recognition._take_theirs(link, found, link.base_odoo)

    @api.model
    def _guest(self, link, item):
        """Return the link that brought it in, if this one is its organizer's."""
        if not link.organizes or item.is_hidden or link._rests():
            return link.browse()
        return link._of_same().filtered(
            lambda one: (
                one.kind == "meeting"
                and one.id != link.id
                and (one.is_shared or not one.is_organizer)
                and one.base_odoo
            )
        )[:1]

    @api.model
    def _may_merge(self, link):
        """Whether the mailbox was in step before: connecting tells nobody of Odoo's."""
        calendar = link.calendar_id or link.account_id.calendar_ids[:1]  # the main one
        return calendar.is_complete

    @api.model
    def _merge(self, link, guest, reconciliation, theirs, ours):
        """Merge with what the guest's mailbox said; who is missing is added.

        :param reconciliation: name of the model that merges ``theirs`` and ``ours``
        """
        now, before = link.base_outlook, guest.base_outlook | {"attendees": {}}
        names = changed(guest.base_odoo, link.base_odoo)
        before |= {name: now[name] for name in names & _PERSONAL}
        link.write({"base_odoo": guest.base_odoo, "base_outlook": before})
        base = self.env[reconciliation]._merge(link, theirs, ours, now)
        link.write({"base_odoo": base, "base_outlook": now})

    @api.model
    def _take_over(self, link, item, record, guest):
        """Take the organizer's values.

        Those that were changed in Odoo are listed as conflicts.
        """
        odoo, outlook = link.base_odoo, link.base_outlook
        names = changed(odoo, outlook) & link._fields_in() - {*SETS, "join_url"}
        ours = names & changed(guest.base_odoo, odoo)
        self.env["outlook.journal"]._note_clashes(link, item, record, ours, "outlook")
        reconciliation = self.env["outlook.reconciliation"]
        reconciliation._write(link, item, record, names, outlook, outlook)
        link.base_odoo = self.env["outlook.event.mapper"]._snapshot(record)
