# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A ``core`` event as values of an Odoo meeting: the one place that writes them."""

from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Command

PRIVACY = {"personal": "private", "private": "private", "confidential": "confidential"}
STATE = {
    "accepted": "accepted",
    "declined": "declined",
    "tentativelyAccepted": "tentative",
}
# What says that somebody can be disturbed: Odoo knows only free and busy.
FREE = frozenset({"free", "workingElsewhere"})


class OutlookEventWriter(models.AbstractModel):
    """Prepares values for ``calendar.event``."""

    _name = "outlook.event.writer"
    _description = "Outlook: Writing Meetings"

    @api.model
    def _vals(self, event, names, account, record=None):
        """Return values for the fields ``names`` of ``core.snapshot.FIELDS``.

        Guests are not among them: see ``_guest_commands`` and ``_take_answers``.

        :param record: the meeting that is written to; None for a new one
        """
        plain = {
            "subject": lambda: {"name": event.subject or self.env._("(No title)")},
            "body": lambda: {"description": event.body or False},
            "when": lambda: self._time_vals(event.when),
            "location": lambda: {"location": event.location or False},
            "sensitivity": lambda: {"privacy": PRIVACY.get(event.sensitivity, False)},
            "show_as": lambda: {"show_as": "free" if event.show_as in FREE else "busy"},
            "reminder": lambda: {
                "alarm_ids": self._alarm_commands(event.reminder, account, record)
            },
            "categories": lambda: {
                "categ_ids": self._category_commands(event.categories, account, record)
            },
            "join_url": lambda: {"videocall_location": event.join_url or False},
        }
        vals = {}
        for name, build in plain.items():
            if name in names:
                vals |= build()
        return vals

    @api.model
    def _time_vals(self, when):
        """Return start, stop and allday; Odoo's all-day meetings are 8:00 to 18:00."""
        if when.is_all_day:
            last = max(when.end - timedelta(days=1), when.start)
            return {
                "allday": True,
                "start": datetime.combine(when.start, time(8)),
                "stop": datetime.combine(last, time(18)),
            }
        return {
            "allday": False,
            "start": when.start.replace(tzinfo=None),
            "stop": when.end.replace(tzinfo=None),
        }

    @api.model
    def _alarm_commands(self, minutes, account, record=None):
        """Return commands that replace the pop-ups and leave mails and SMS alone."""
        alarms = self.env["outlook.people"]._as_owner("calendar.alarm", account)
        old = (record.alarm_ids if record else alarms).filtered(
            lambda alarm: alarm.alarm_type == "notification"
        )
        commands = [Command.unlink(alarm.id) for alarm in old]
        if minutes is None:
            return commands
        domain = [
            ("alarm_type", "=", "notification"),
            ("duration_minutes", "=", minutes),
        ]
        wanted = alarms.search(domain, limit=1) or alarms.create(
            {
                "name": self.env._(
                    "Notification - %(minutes)s Minutes", minutes=minutes
                ),
                "alarm_type": "notification",
                "duration": minutes,
                "interval": "minutes",
            }
        )
        return [*commands, Command.link(wanted.id)]

    @api.model
    def _category_commands(self, names, account, record=None):
        """Return commands for the tags that Odoo has or that the owner may create."""
        tags = self.env["outlook.people"]._as_owner("calendar.event.type", account)
        known = (
            {tag.name.casefold(): tag.id for tag in tags.search([])} if names else {}
        )
        missing = [name for name in names if name.casefold() not in known]
        if missing and tags.has_access("create"):
            created = tags.create([{"name": name} for name in missing])
            known |= {tag.name.casefold(): tag.id for tag in created}
        ids = [known[name.casefold()] for name in names if name.casefold() in known]
        return [Command.set(ids)]

    @api.model
    def _new_vals(self, item, names, account, partners, users):
        """Return values of a meeting that is new to Odoo, guests included.

        :param item: :class:`core.event.Item`
        :param partners: ``{address: partner}`` of all its guests that are known
        :param users: ``{address: user}`` of its organizer, if he is a user
        """
        vals = self._vals(item.event, names, account)
        organizer, people = self._organizer(item, account, partners, users)
        states = {partner.id: "accepted" for partner in people}
        for guest in item.event.attendees:
            if partner := partners.get(guest.address):
                states.setdefault(partner.id, STATE.get(guest.response, "needsAction"))
        vals["user_id"] = organizer.id
        vals["partner_ids"] = [Command.set(list(states))]
        vals["attendee_ids"] = [
            Command.create({"partner_id": partner, "state": state})
            for partner, state in states.items()
        ]
        return vals

    @api.model
    def _organizer(self, item, account, partners, users):
        """Return the organizing user (may be empty) and the organizer's contact."""
        if item.is_organizer or not item.organizer:
            return account.user_id, account.user_id.partner_id
        address = item.organizer.address
        organizer = users.get(address, self.env["res.users"])
        contact = organizer.partner_id or partners.get(address)
        return organizer, contact or self.env["res.partner"]

    @api.model
    def _guest_commands(self, event, before, account):
        """Return commands for the guests that Outlook added and removed.

        Compared with what Outlook had before, so that a guest whom Odoo alone knows
        stays, and one who could not become a contact is not tried each time.

        :param before: ``{address: type}`` of the last state of Outlook
        """
        now = {guest.address: guest for guest in event.attendees if guest.address}
        added = [guest for address, guest in now.items() if address not in before]
        people = self.env["outlook.people"]
        partners = people._partners(added, account)
        gone = [address for address in before if address and address not in now]
        leaving = self._known_partners(gone, account)
        return [
            *(Command.unlink(partner.id) for partner in leaving),
            *(Command.link(partner.id) for partner in partners.values()),
        ]

    @api.model
    def _known_partners(self, addresses, account):
        """Return the contacts of addresses; none is created."""
        if not addresses:
            return self.env["res.partner"]
        people = self.env["outlook.people"]
        users = people._users(addresses, account)
        partners = people._as_owner("res.partner", account).search(
            [("email_normalized", "in", list(addresses))]
        )
        return partners.union(*(user.partner_id for user in users.values()))

    @api.model
    def _take_answers(self, record, event, addresses, account):
        """Set the answers of the guests with one of ``addresses``."""
        people = self.env["outlook.people"]
        users = people._users(addresses, account)
        for guest in event.attendees:
            if guest.address not in addresses:
                continue
            user = users.get(guest.address)
            attendee = record.attendee_ids.filtered(
                lambda a, guest=guest, user=user: (
                    a.partner_id == user.partner_id
                    if user
                    else a.partner_id.email_normalized == guest.address
                )
            )
            state = STATE.get(guest.response, "needsAction")
            attendee.filtered(lambda a, state=state: a.state != state).write(
                {"state": state}
            )

    @api.model
    def _as_json(self, vals):
        """Return values that JSON can hold, for a value that is kept for later."""
        return {
            name: fields.Datetime.to_string(value)
            if isinstance(value, datetime)
            else value
            for name, value in vals.items()
        }
