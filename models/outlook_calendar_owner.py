# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Whose calendar it is: the user's own, or one that a colleague shares with him."""

from dataclasses import replace

from odoo import fields, models

from ..core.event import Event
from ..core.event_from_graph import item_from_graph
from ..core.series_from_graph import series_from_graph


class OutlookCalendar(models.Model):
    """Answers for its items: where they are, whose they are, and what is told of them.

    Who reads a calendar that is shared with him does so with his own rights in Odoo, to
    whomever it belongs: whose it is says a mailbox alone, perhaps one of a stranger.
    """

    _inherit = "outlook.calendar"

    problem = fields.Char(readonly=True)  # why it could not be read

    def _in(self, outlook):
        """Return the way to the items; those of others are found by it alone.

        :param outlook: :class:`graph.calendars.Calendars`
        """
        return outlook.events(self.remote_id if self.is_shared else "")

    def _user(self):
        """Return whose calendar it is; empty for somebody who is no user of Odoo."""
        if not self.is_shared:
            return self.account_id.user_id
        users = self.env["outlook.people"]._users({self.owner}, self.account_id)
        return users.get(self.owner, self.env["res.users"])

    def _partner(self):
        """Return the contact of whose calendar it is; empty for a stranger."""
        if user := self._user():
            return user.sudo().partner_id
        domain = [("email_normalized", "=", self.owner)]
        return self.env["res.partner"].sudo().search(domain, limit=1)

    def _addresses(self):
        """Return all addresses that mean whose calendar it is, lower-case."""
        if not self.is_shared:
            return self.account_id._addresses()
        user, known = self._user(), frozenset({self.owner})
        people = self.env["outlook.people"]
        return known | people._addresses_of_user(user) if user else known

    def _note_problem(self, error):
        """Tell the reader once why a calendar of somebody else cannot be read."""
        text = self.env["outlook.journal"]._sentence(error)
        if self.problem != text:
            name = f"{self.name} ({self.owner})"
            self.account_id._note("fail", f"{name}: {text}", direction="in")
            self.problem = text

    # --- items ---------------------------------------------------------------

    def _item(self, row):
        """Return the item that a row of this calendar describes.

        :raise ConversionError: it cannot be read
        """
        item = item_from_graph(row, self._addresses())
        return self._lent(item, [item.event]) if self.is_shared else item

    def _series(self, rows):
        """Return the series that rows of this calendar tell of.

        :raise ConversionError: its master cannot be read
        """
        found = series_from_graph(rows, self._addresses())
        if not self.is_shared:
            return found
        theirs = found.series
        days = theirs.exceptions
        item = self._lent(found.item, [theirs.event, *days.values()])
        if item.is_hidden:
            days = {slot: self._time_of(event) for slot, event in days.items()}
        theirs = replace(theirs, event=item.event, exceptions=days)
        return replace(found, item=item, series=theirs)

    def _lent(self, item, events):
        """Return an item of somebody else; of a private one its time alone.

        :param events: what is said of it, and of the days of a series
        """
        is_hidden = self._is_private(item, events)
        event = self._time_of(item.event) if is_hidden else item.event
        return replace(item, event=event, is_lent=True, is_hidden=is_hidden)

    def _is_private(self, item, events):
        """Whether an item is private, or would be by its organizer's choice in Odoo."""
        if any(event.sensitivity != "normal" for event in events):
            return True
        known = {item.organizer.address} if item.organizer else set()
        users = (
            self.env["outlook.people"]._users(known, self.account_id) if known else {}
        )
        return any(u.calendar_default_privacy == "private" for u in users.values())

    def _time_of(self, event):
        """Return an event without all that only its owner may tell.

        It is confidential, so that his own mailbox changes that in any case.
        """
        busy = self.env._("Private appointment")
        return Event(
            busy, event.when, sensitivity="confidential", show_as=event.show_as
        )
