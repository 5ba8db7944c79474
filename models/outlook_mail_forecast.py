# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Whom Outlook will mail when what is on a form is saved."""

from dataclasses import replace

from odoo import api, fields, models

from ..core.event import Attendee
from ..core.mail_notice import mailed
from ..core.snapshot import snapshot
from .calendar_recurrence import RULE_FIELDS


class OutlookMailForecast(models.AbstractModel):
    """Compares a meeting as it is on a form with the one that is saved."""

    _name = "outlook.mail.forecast"
    _description = "Outlook: Whom a Save Mails"

    @api.model
    def _sentence(self, event):
        """Return what a person should know before he saves; False where nobody is told.

        :param event: a meeting on a form
        """
        words = self.env["outlook.mail.words"]
        return words._sentence(self._people(event), "save")

    @api.model
    def _people(self, event):
        """Return whom the save mails: ``{address: name}``."""
        saved = event._origin
        if event.outlook_invitations != "outlook" or self._is_over(event):
            return {}
        if not saved:
            after, names = self._state(event, event)
            return {one: names[one] for one in mailed(None, after)}
        was = self.env["outlook.invitations"]._of(saved.sudo())
        before, known = self._state(saved, saved)
        after, names = self._state(event, saved)
        if was == "outlook" and before == after and not self._has_new_rule(event):
            return {}
        invited = self.env["outlook.invitations"]._has_invited(saved.sudo())
        told = mailed(before if invited else None, after, is_told=self._is_split(event))
        return {one: (known | names)[one] for one in told}

    @api.model
    def _state(self, event, saved):
        """Return the snapshot of a meeting, and ``{address: name}`` of its guests.

        A form has the people in ``partner_ids``; Odoo writes the list when it saves.
        """
        guests = event.partner_ids._origin - self._organizer(event, saved)
        types = {
            one.partner_id.id: one.outlook_type for one in saved._origin.attendee_ids
        }
        link = self.env["outlook.invitations"]._sent(saved._origin.sudo())[:1]
        known = frozenset(link._guests_there()) if link else frozenset()
        addresses = self.env["outlook.people"]._addresses(guests, known)
        rows = {}
        for guest in guests:
            address = addresses[guest.id]
            kind = types.get(guest.id) or "required"
            rows.setdefault(
                address or guest.id, Attendee(address, guest.name or "", kind)
            )
        core = self.env["outlook.event.mapper"]._event(event.sudo())
        state = snapshot(replace(core, attendees=tuple(rows.values())))
        return state, {one.address: one.name for one in rows.values()}

    @api.model
    def _organizer(self, event, saved):
        """Return the contact that Outlook has as the organizer."""
        link = self.env["outlook.invitations"]._sent(saved._origin.sudo())[:1]
        partner = link._calendar()._partner() if link else event.user_id.partner_id
        return partner._origin

    @api.model
    def _is_split(self, event):
        """Whether everybody is told, since a series gets another rule or is split."""
        is_split = event.recurrence_update == "future_events"
        return bool(event.recurrence_id) and (is_split or self._has_new_rule(event))

    @api.model
    def _has_new_rule(self, event):
        """Whether the form has another repetition than the saved meeting."""
        saved = event._origin
        if event.recurrency != saved.recurrency:
            return True
        if not event.recurrency or event.recurrence_update == "self_only":
            return False
        # What the form does not show is computed, all at once, and would undo the rest.
        shown = [name for name in RULE_FIELDS if name in event._cache]
        return any(event[name] != saved[name] for name in shown)

    @api.model
    def _is_over(self, event):
        """Whether nothing is sent any more: the meeting lies in the past."""
        series = event._origin.recurrence_id
        if series and event.recurrence_update != "self_only":
            return series.sudo()._outlook_is_over()
        return not event.stop or event.stop < fields.Datetime.now()
