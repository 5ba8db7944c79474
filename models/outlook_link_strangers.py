# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Guests whom Outlook has and Odoo has not, since they have no contact."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..core.event import Address
from ..core.strangers import strangers, unseen
from .snapshot_field import Snapshot


class OutlookLink(models.Model):
    """Knows them by their addresses; with a contact each they come into Odoo."""

    _inherit = "outlook.link"

    # {address: name}, where no contact is made by itself
    guest_names = Snapshot(readonly=True, groups=fields.NO_ACCESS)
    seeks_guests = fields.Boolean(readonly=True)  # there may be contacts of them now

    def _strangers(self):
        """Return the guests of the meeting, or the series, that Odoo does not know.

        :return: list of :class:`core.event.Address`
        """
        if self.is_hidden:  # what it said before is not told any more
            return []
        names = self.guest_names or {}
        found = strangers(self.base_outlook or {}, self.base_odoo or {})
        return [Address(address, names.get(address, "")) for address in found]

    def _names_of(self, account, events):
        """Return the names of guests, where no contact is made by itself."""
        people = self.env["outlook.people"]
        if people._may_create(account, people._as_owner("res.partner", account)):
            return {}
        guests = (guest for event in events for guest in event.attendees)
        return {guest.address: guest.name for guest in guests if guest.address}

    @api.model
    def _seek(self, account, addresses):
        """Let meetings with such guests be read again: they have a contact now."""
        domain = [
            ("account_id", "=", account.id),
            "|",
            ("event_id", "!=", False),
            ("recurrence_id", "!=", False),
        ]
        query = self._search(domain)
        marks = [f'%"{_escaped(address)}"%' for address in addresses]
        query.add_where(SQL("base_outlook::text LIKE ANY(%s)", marks))
        links = self.browse(query)
        links.filtered(
            lambda link: {one.address for one in link._strangers()} & set(addresses)
        ).write({"seeks_guests": True})

    def _forget_strangers(self):
        """Let those who have a contact now come in like new guests."""
        if not self.seeks_guests:
            return
        guests = [one.address for one in self._strangers()]
        writer = self.env["outlook.event.writer"]
        partners = writer._known_partners(guests, self.account_id)
        known = set(partners.mapped("email_normalized")) & set(guests)
        self.write(
            {
                "seeks_guests": False,
                "base_outlook": unseen(self.base_outlook, known),
            }
        )


def _escaped(address):
    """Return an address as it stands in JSON, for LIKE."""
    return address.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
