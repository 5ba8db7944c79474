# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Guests of a meeting who have no contact in Odoo."""

from odoo import api, fields, models

from ..core.event import Address
from ..core.strangers import guests_of, guests_on


class CalendarEvent(models.Model):
    """Shows them to whose mailbox has them, and makes contacts of them when asked."""

    _inherit = "calendar.event"

    outlook_strangers = fields.Char(
        "Only in Outlook", compute="_compute_outlook_strangers"
    )
    outlook_can_add_strangers = fields.Boolean(compute="_compute_outlook_strangers")

    @api.depends("outlook_link_ids", "partner_ids")
    @api.depends_context("uid")
    def _compute_outlook_strangers(self):
        can_create = self.env["res.partner"].has_access("create")
        for event in self:
            link = event._outlook_own_link()
            guests = event._outlook_strangers(link) if link else []
            event.outlook_strangers = ", ".join(map(_told, guests))
            event.outlook_can_add_strangers = (
                bool(guests)
                and can_create
                and link.account_id.contact_rule != "keep"
                and "attendees" in link._fields_in()
            )

    def _outlook_own_link(self):
        """Return the link of the reader's own mailbox."""
        own = self._origin.outlook_link_ids.filtered(
            lambda link: link.account_id.user_id.id == self.env.uid
        )
        return own.sudo().sorted("is_shared")[:1]

    def _outlook_strangers(self, link) -> list[Address]:
        """Return the guests in Outlook of this very meeting whom Odoo has not."""
        known = frozenset(link._guests_there())
        people = self.env["outlook.people"]
        present = people._addresses(self._origin.partner_ids, known).values()
        there = self._outlook_guests_there(link).keys() - set(present)
        return [guest for guest in link._strangers() if guest.address in there]

    def _outlook_guests_there(self, link):
        """Return ``{address: type}`` of the guests of this very meeting in Outlook."""
        state, series = link.base_outlook or {}, link.recurrence_id
        if not series:
            return guests_of(state)
        slots = self.env["outlook.series.mapper"]._slots(series)
        slot = slots.get(self.sudo()._origin)
        return guests_on(state, slot.isoformat()) if slot else {}

    def action_outlook_create_contacts(self):
        """Make contacts of the guests who have none; they then come into Odoo."""
        for event in self:
            link = event._outlook_own_link()
            if event.outlook_can_add_strangers:
                guests, account = event._outlook_strangers(link), link.account_id
                people = self.env["outlook.people"]
                people._partners(guests, account, is_asked=True)
                link._seek(account, [guest.address for guest in guests])
                account._sync_if_ready()
        return True


def _told(guest):
    """Return a guest as mail programs show him."""
    name = guest.name if guest.name.lower() != guest.address else ""
    return f"{name} <{guest.address}>" if name else guest.address
