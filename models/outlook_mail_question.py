# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Whom Outlook will mail when meetings change without their form."""

from odoo import api, fields, models

from ..core.mail_notice import called_off, mailed

_REST, _ALL = "future_events", "all_events"
# What dragging a meeting in the calendar writes; its duration follows.
_DRAGGED = ("start", "stop", "allday", "recurrence_update")


class OutlookMailQuestion(models.AbstractModel):
    """Foretells what moving, deleting, archiving and restoring mails.

    Every method answers ``{address: name}``; a name is empty where Odoo has none.
    """

    _name = "outlook.mail.question"
    _description = "Outlook: Whom a Change Mails"

    @api.model
    def _people(self, events, doing, vals):
        """Return whom an operation on meetings mails, each once.

        :param doing: ``move``, ``delete``, ``archive`` or ``restore``
        :param vals: what is written; ``recurrence_update`` is the scope of a deletion
        """
        if self.env["outlook.connection"]._is_at_rest():
            return {}
        people = {}
        for event in events:
            if doing == "move":
                people |= self._of_move(event, vals)
            elif doing == "restore":
                people |= self._of_return(event)
            else:
                people |= self._of_removal(event, vals.get("recurrence_update"))
        return people

    @api.model
    def _of_move(self, event, vals):
        """Return whom a new time mails: what the form would say of it."""
        known = {name: vals[name] for name in _DRAGGED if name in vals}
        moved = event.new({"recurrence_update": "self_only"}, origin=event)
        moved.update(known)  # one by one, so that days follow times
        return self.env["outlook.mail.forecast"]._people(moved)

    # --- called off ----------------------------------------------------------------

    @api.model
    def _of_removal(self, event, scope):
        """Return whom Outlook tells that a meeting, or a part of its series, is off."""
        link = self.env["outlook.invitations"]._sent(event.sudo())
        link = link.filtered(lambda one: one._fields_out())[:1]
        if not link or not event.active or link._is_over():
            return {}
        there = link.base_outlook or {}
        if not link.recurrence_id or scope == _ALL:
            told = called_off(there)
        elif scope == _REST:
            told = self._told_of_end(event, there)
        else:
            is_over = self._is_over(event)
            told = set() if is_over else called_off(there, [self._slot(event)])
        names = self._names(event, link)
        return {address: names.get(address, "") for address in told}

    @api.model
    def _told_of_end(self, event, there):
        """Return whom Outlook tells that a series ends before a meeting of it.

        It has a new rule: guests of single days that go with it are told nothing.
        """
        if all(one.start >= event.start for one in self._slots(event)):
            return called_off(there)
        return mailed(there, there, is_told=True)

    # --- back again ----------------------------------------------------------------

    @api.model
    def _of_return(self, event):
        """Return whom Outlook invites when a meeting comes out of the archive."""
        invitations = self.env["outlook.invitations"]
        link = invitations._sent(event.sudo())[:1]
        is_there = link and not (link.recurrence_id and self._is_off(event, link))
        if event.active or is_there or self._is_over(event):
            return {}
        if invitations._of(event.sudo()) != "outlook":
            return {}
        state, names = self.env["outlook.mail.forecast"]._state(event, event)
        return {address: names[address] for address in mailed(None, state)}

    @api.model
    def _is_off(self, event, link):
        """Whether Outlook's series has no meeting any more on the day of this one."""
        slot = event.outlook_slot or self._day(event)
        if (link.base_outlook or {}).get("days", {}).get(slot.isoformat(), {}) is None:
            return True
        mapper = self.env["outlook.series.mapper"]
        series = event.recurrence_id.sudo()
        return slot not in set(mapper._days_of_rule(series, [slot]))

    # --- days of a series, and people ------------------------------------------------

    @api.model
    def _slots(self, event):
        series = event.recurrence_id.sudo()
        return self.env["outlook.series.mapper"]._slots(series)

    @api.model
    def _slot(self, event):
        """Return the day that stands for a meeting in its series, as an ISO date."""
        slot = self._slots(event).get(event.sudo()) or self._day(event)
        return slot.isoformat()

    @api.model
    def _day(self, event):
        series = event.recurrence_id.sudo()
        return self.env["outlook.series.mapper"]._day(event.sudo(), series)

    @api.model
    def _is_over(self, event):
        return event.stop < fields.Datetime.now()

    @api.model
    def _names(self, event, link):
        """Return ``{address: name}`` of the guests whom Odoo knows."""
        meetings = event | event.recurrence_id.calendar_event_ids
        guests = meetings.partner_ids
        known = frozenset(link._guests_there())
        addresses = self.env["outlook.people"]._addresses(guests, known)
        return {addresses[one.id]: one.name or "" for one in guests}
