# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Whose calendar it is: the user's own, or one that a colleague shares with him."""

from dataclasses import replace

from odoo import fields, models

from ..core.event import Event
from ..core.event_from_graph import item_from_graph
from ..core.series_from_graph import series_from_graph

# Outlook shows a reader the time of these and no more.
_PRIVATE = frozenset({"private", "confidential"})


class OutlookCalendar(models.Model):
    """Answers for its items: where they are, whose they are, and who writes them."""

    _inherit = "outlook.calendar"

    problem = fields.Char(readonly=True)  # why it could not be read
    sees_private = fields.Boolean(readonly=True)  # the reader is shown private items

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

    def _writer(self):
        """Return with whose rights its meetings are written in Odoo.

        They are its owner's, also the private ones, which nobody else may write.
        """
        return self._user() or self.account_id.user_id

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
        return self._marked(item_from_graph(row, self._addresses()))

    def _series(self, rows):
        """Return the series that rows of this calendar tell of.

        :raise ConversionError: its master cannot be read
        """
        found = series_from_graph(rows, self._addresses())
        return replace(found, item=self._marked(found.item))

    def _marked(self, item):
        """Return an item with what a reader has to know of a shared one."""
        if not self.is_shared:
            return item
        is_private = item.event.sensitivity in _PRIVATE
        is_hidden = is_private and not self.sees_private
        if is_private and not self._user():
            # Nobody in Odoo may keep a private meeting of a stranger.
            busy = self.env._("Private appointment")
            event = Event(busy, item.event.when, show_as=item.event.show_as)
            item, is_hidden = replace(item, event=event), True
        return replace(item, is_lent=True, is_hidden=is_hidden)
