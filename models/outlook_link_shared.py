# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Where an item is, who keeps it in step, and what its reader may know."""

from odoo import fields, models


class OutlookLink(models.Model):
    """A meeting in a calendar that a colleague shares has links of several people.

    The owner's own mailbox comes first. Without it, one of those who read the calendar
    keeps the meeting in step; the links of the others rest until they are needed. What
    is private is nobody's affair but the owner's, and that of who takes part.
    """

    _inherit = "outlook.link"

    is_shared = fields.Boolean(related="calendar_id.is_shared")
    is_hidden = fields.Boolean(readonly=True)  # private in Outlook: at most a time

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

    # --- who may know --------------------------------------------------------

    def _is_secret(self):
        """Whether the meeting is private in Odoo to who reads the calendar."""
        user = self.account_id.user_id
        return self.is_shared and self._meeting()._outlook_is_secret_to(user)

    def _is_kept_back(self):
        """Whether it is private on either side: nothing of it is sent."""
        if not self.is_shared:
            return False
        return self.is_hidden or not self._meeting()._outlook_is_public()

    def _note_kept_back(self):
        """Say once that a meeting is not sent any more."""
        for link in self:
            account, event = link.account_id, link._meeting()
            text = self.env._(
                "It is private in Odoo now, so changes are not sent any more. What is "
                "in the shared calendar stays as it is."
            )
            domain = [("event_id", "=", event.id), ("summary", "=", text)]
            journal = self.env["outlook.journal"].sudo()
            if not journal.search_count([("account_id", "=", account.id), *domain]):
                account._note(
                    "skip",
                    text,
                    event_id=event.id,
                    event_name=event.sudo().name,
                    direction="out",
                )

    def _show(self, item):
        """Note whether the item is private: what waited is sent when it is not."""
        if self.is_hidden and not item.is_hidden:
            self.env["outlook.outbox"]._note_links(self)
        self.is_hidden = item.is_hidden

    def _may_come(self, item):
        """Whether an item without a meeting is looked at anew.

        It failed before, or was none of the reader's business and is not private now.
        """
        is_back = self.is_hidden and not item.is_hidden
        return not self._is_bound() and (bool(self.problem) or is_back)

    # --- who keeps it in step ------------------------------------------------

    def _rests(self):
        """Whether somebody nearer keeps it in step, or nobody who reads it may."""
        return self.is_shared and (self._is_secret() or self._has_nearer())

    def _has_nearer(self):
        """Whether somebody else is nearer to the meeting.

        Of what is hidden any mailbox of somebody who takes part knows more.
        """
        others = self._of_same().filtered(lambda x: x.id != self.id and not x.is_gone)
        own, owner = others.filtered(lambda x: not x.is_shared), self._owner()
        if own.filtered(lambda x: self.is_hidden or x._is_of(owner)):
            return True
        rivals = (others - own).filtered(
            lambda x: x.calendar_id.owner == self.calendar_id.owner
        )
        return any(one._rank() < self._rank() for one in rivals)

    def _hand_over(self):
        """Let those who rested begin with what Odoo has when somebody else leaves."""
        mapper, series = (
            self.env["outlook.event.mapper"],
            self.env["outlook.series.mapper"],
        )
        lent = self._of_all_same().filtered("is_shared") - self
        for link in lent.filtered(lambda one: not one._is_secret()):
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

    def _rank(self):
        """Return what the first of several readers is found by: who may write."""
        may_write = not self._is_out() and self.calendar_id._may_push()
        return self._is_out(), not may_write, self.id
