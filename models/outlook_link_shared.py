# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Where an item is, and who keeps it in step when several people reach it."""

from odoo import fields, models


class OutlookLink(models.Model):
    """A meeting in a calendar that a colleague shares has links of several people.

    The owner's own mailbox comes first. Without it, one of those who read the calendar
    keeps the meeting in step; the links of the others rest until they are needed.
    """

    _inherit = "outlook.link"

    is_shared = fields.Boolean(related="calendar_id.is_shared")
    is_hidden = fields.Boolean(readonly=True)  # its reader is shown the time alone

    def _calendar(self):
        """Return the calendar of the item; the main one where none is known."""
        return self.calendar_id or self.account_id._target()

    def _in(self, outlook):
        """Return the way to the item.

        :param outlook: :class:`graph.calendars.Calendars`
        """
        return self._calendar()._in(outlook)

    def _owner(self):
        """Return in whose calendar the item is; empty for no user of Odoo."""
        if self.is_shared:
            return self.calendar_id._user()
        return self.account_id.user_id

    def _rests(self):
        """Whether somebody who is nearer to the meeting keeps it in step."""
        if not self.is_shared:
            return False
        others = self._of_same().filtered(lambda x: x.id != self.id and not x.is_gone)
        if self.is_hidden:
            return bool(others.filtered(lambda x: not x.is_hidden))
        owner = self._owner()
        if others.filtered(lambda x: not x.is_shared and x._is_of(owner)):
            return True
        rivals = others.filtered(lambda x: x.is_shared and self._is_beside(x))
        return any(one._rank() < self._rank() for one in rivals)

    def _show(self, item):
        """Note whether the item is hidden: what waits may be sent when it is not."""
        if self.is_hidden != item.is_hidden:
            self.is_hidden = item.is_hidden

    def _hand_over(self):
        """Let those who rested begin with what Odoo has when somebody else leaves."""
        mapper, series = (
            self.env["outlook.event.mapper"],
            self.env["outlook.series.mapper"],
        )
        for link in self._of_all_same().filtered("is_shared") - self:
            if link.recurrence_id:
                link.base_odoo = series._state(link.recurrence_id, link)
            else:
                link.base_odoo = mapper._snapshot(link.event_id)

    def _of_all_same(self):
        """Return the links of the same meetings and series, in every mailbox."""
        found = (link._of_same() for link in self if link._is_bound())
        return self.sudo().browse().union(*found)

    def _is_of(self, user):
        """Whether the item is in the own mailbox of a user, or of its organizer."""
        return self.organizes or (bool(user) and self.account_id.user_id == user)

    def _is_beside(self, other):
        """Whether another link leads to the same calendar, read by somebody else."""
        same = self.calendar_id.owner == other.calendar_id.owner
        return same and not other.is_hidden

    def _rank(self):
        """Return what the first of several readers is found by: who may write."""
        may_write = not self._is_out() and self.calendar_id._may_push()
        return self._is_out(), not may_write, self.id
