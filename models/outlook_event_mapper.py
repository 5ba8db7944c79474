# Part of outlook_calendar. LGPL-3, see LICENSE.
"""An Odoo meeting as a ``core`` event: the one place that reads its fields."""

from datetime import timedelta, timezone

from odoo import api, models
from odoo.tools import is_html_empty

from ..core.discuss_block import is_discuss_url, split_discuss_link
from ..core.event import Attendee, Event, When
from ..core.snapshot import snapshot

SENSITIVITY = {"public": "normal", "private": "private", "confidential": "confidential"}
RESPONSE = {
    "accepted": "accepted",
    "declined": "declined",
    "tentative": "tentativelyAccepted",
}
# Odoo's fields whose change is a change for Outlook.
FIELDS_READ = frozenset(
    {
        "name",
        "description",
        "start",
        "stop",
        "start_date",
        "stop_date",
        "duration",
        "allday",
        "location",
        "privacy",
        "show_as",
        "alarm_ids",
        "categ_ids",
        "partner_ids",
        "attendee_ids",
        "user_id",
        "active",
        "recurrency",
        "recurrence_id",
        "videocall_location",
        "outlook_teams",
    }
)


class OutlookEventMapper(models.AbstractModel):
    """Reads Odoo meetings."""

    _name = "outlook.event.mapper"
    _description = "Outlook: Reading Meetings"

    @api.model
    def _event(self, record, addresses=None):
        """Return the :class:`core.event.Event` that an Odoo meeting is.

        The organizer is not among its attendees; guests without an address are, with
        address ``""``.

        :param addresses: ``{partner id: address}`` when the caller looked them up for
            many meetings at once
        """
        url = record.videocall_location or ""
        is_discuss, is_online = is_discuss_url(url), record.outlook_teams
        return Event(
            subject=record.name or "",
            when=self._when(record),
            body=self._body(record),
            location=record.location or "",
            sensitivity=SENSITIVITY.get(record.effective_privacy, "normal"),
            show_as=record.show_as or "busy",
            reminder=self._reminder(record),
            categories=tuple(sorted(record.categ_ids.mapped("name"))),
            join_url="" if is_discuss else url,
            discuss_url=url if is_discuss and not is_online else "",
            online=is_online,
            attendees=self._attendees(record, addresses),
        )

    @api.model
    def _snapshot(self, record, addresses=None):
        """Return ``core.snapshot`` of an Odoo meeting; arguments as of ``_event``."""
        return snapshot(self._event(record, addresses))

    @api.model
    def _body(self, record):
        """Return the description, without a link that Outlook has brought with it."""
        if is_html_empty(record.description):
            return ""
        return split_discuss_link(str(record.description))[0]

    @api.model
    def _when(self, record):
        if record.allday:
            first = record.start_date or record.start.date()
            last = record.stop_date or record.stop.date()
            return When(first, last + timedelta(days=1))
        return When(
            record.start.replace(tzinfo=timezone.utc),
            record.stop.replace(tzinfo=timezone.utc),
        )

    @api.model
    def _reminder(self, record):
        """Return the minutes of the pop-up nearest to the start, None without one."""
        pop_ups = record.alarm_ids.filtered(lambda a: a.alarm_type == "notification")
        return min(pop_ups.mapped("duration_minutes"), default=None)

    @api.model
    def _attendees(self, record, addresses=None):
        """Return the guests, each address once: contacts may share one."""
        # A meeting that was handed over in Odoo is still its first organizer's there.
        links = record.sudo().outlook_link_ids.filtered("organizes")
        link = links.sorted(lambda one: (one.is_shared, one.id))[:1]
        organizer = link.calendar_id._partner() if link.is_shared else None
        organizer = organizer or link._owner().partner_id or record.partner_id
        guests = record.attendee_ids.filtered(lambda a: a.partner_id != organizer)
        if not guests:
            return ()
        if addresses is None:
            known = frozenset((link.base_odoo or {}).get("attendees", ()))
            people = self.env["outlook.people"]
            addresses = people._addresses(guests.partner_id, known)
        found = {}
        for guest in guests:
            address = addresses[guest.partner_id.id]
            found.setdefault(
                address or guest.id,
                Attendee(
                    address=address,
                    name=guest.common_name or "",
                    type=guest.outlook_type or "required",
                    response=RESPONSE.get(guest.state, "none"),
                ),
            )
        return tuple(found.values())

    @api.model
    def _zone(self, record, link=None):
        """Return the IANA zone in which the meeting is shown in Outlook.

        Odoo keeps no zone on a single meeting, so it is the one that Outlook has, or
        the organizer's.
        """
        return (link and link.zone) or record.user_id.sudo().tz or "UTC"
