# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A ``core`` event as values of an Odoo meeting: the one place that writes them."""

from collections import namedtuple
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Command

from ..core.discuss_block import is_discuss_url, with_discuss_link

PRIVACY = {"personal": "private", "private": "private", "confidential": "confidential"}
STATE = {
    "accepted": "accepted",
    "declined": "declined",
    "tentativelyAccepted": "tentative",
}
# What says that somebody can be disturbed: Odoo knows only free and busy.
FREE = frozenset({"free", "workingElsewhere"})

# What meetings refer to: ``{minutes: alarm id}``, ``{name in lower case: tag id}``.
Known = namedtuple("Known", "alarms tags")


class OutlookEventWriter(models.AbstractModel):
    """Prepares values for ``calendar.event``."""

    _name = "outlook.event.writer"
    _description = "Outlook: Writing Meetings"

    @api.model
    def _vals(self, event, names, account, record=None, known=None, before=()):
        """Return values for the fields ``names`` of ``core.snapshot.FIELDS``.

        Guests are not among them: see ``_guest_commands`` and ``_take_answers``.

        :param record: the meeting that is written to; None for a new one
        :param known: :class:`Known` when the caller looked it up for many meetings
        :param before: the categories that Outlook had when the two were last compared
        """
        known = known or self._known([event], names, account)
        plain = {
            "subject": lambda: {"name": event.subject or self.env._("(No title)")},
            "body": lambda: {"description": self._text(event)},
            "when": lambda: self._time_vals(event.when),
            "location": lambda: {"location": event.location or False},
            "sensitivity": lambda: {"privacy": PRIVACY.get(event.sensitivity, False)},
            "show_as": lambda: {"show_as": "free" if event.show_as in FREE else "busy"},
            "reminder": lambda: {
                "alarm_ids": self._alarm_commands(event.reminder, known, record)
            },
            "categories": lambda: {
                "categ_ids": self._category_commands(
                    event.categories, known, record, before
                )
            },
            "join_url": lambda: self._link_vals(event, record),
            "online": lambda: {"outlook_teams": event.online},
        }
        vals = {}
        for name, build in plain.items():
            if name in names:
                vals |= build()
        return vals

    @api.model
    def _text(self, event):
        """Return the text; a link to the video call of another Odoo stays in it."""
        own = f"{self.get_base_url()}/"
        url = "" if event.discuss_url.startswith(own) else event.discuss_url
        return with_discuss_link(event.body, url) or False

    @api.model
    def _link_vals(self, event, record):
        """Return the link to join; a meeting in Odoo's Discuss keeps that one."""
        kept = record and record[:1].videocall_location
        if not event.join_url and kept and is_discuss_url(kept):
            return {}
        return {"videocall_location": event.join_url or False}

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
    def _known(self, events, names, account):
        """Return as :class:`Known` what events refer to; what is missing is made."""
        minutes = {event.reminder for event in events if event.reminder is not None}
        tags = {name for event in events for name in event.categories}
        return Known(
            self._alarms(minutes, account) if "reminder" in names else {},
            self._tags(sorted(tags), account) if "categories" in names else {},
        )

    @api.model
    def _alarms(self, minutes, account):
        """Return ``{minutes: id}`` of pop-ups so long before the start."""
        if not minutes:
            return {}
        alarms = self.env["outlook.people"]._as_owner("calendar.alarm", account)
        domain = [
            ("alarm_type", "=", "notification"),
            ("duration_minutes", "in", list(minutes)),
        ]
        found = {}
        for alarm in alarms.search(domain):
            found.setdefault(alarm.duration_minutes, alarm.id)
        for missing in sorted(minutes - found.keys()):
            found[missing] = alarms.create(
                {
                    "name": self.env._(
                        "Notification - %(minutes)s Minutes", minutes=missing
                    ),
                    "alarm_type": "notification",
                    "duration": missing,
                    "interval": "minutes",
                }
            ).id
        return found

    @api.model
    def _tags(self, names, account):
        """Return ids by lower-case name: those that Odoo has or the owner may create.

        Names that differ in case only are one tag.
        """
        if not names:
            return {}
        tags = self.env["outlook.people"]._as_owner("calendar.event.type", account)
        known = {tag.name.casefold(): tag.id for tag in tags.search([])}
        missing = {n.casefold(): n for n in names if n.casefold() not in known}
        if missing and tags.has_access("create"):
            colors = self.env.context.get("outlook_colors") or {}
            created = tags.create(
                [
                    {"name": name, "color": colors.get(key, 0)}
                    for key, name in missing.items()
                ]
            )
            known |= dict(zip(missing, created.ids, strict=True))
        return known

    @api.model
    def _alarm_commands(self, minutes, known, record=None):
        """Return commands that replace the nearest pop-up and leave others alone."""
        old = record.alarm_ids if record else self.env["calendar.alarm"]
        pop_ups = old.filtered(lambda alarm: alarm.alarm_type == "notification")
        nearest = pop_ups.sorted("duration_minutes")[:1]
        commands = [Command.unlink(alarm.id) for alarm in nearest]
        if minutes is not None:
            commands.append(Command.link(known.alarms[minutes]))
        return commands

    @api.model
    def _category_commands(self, names, known, record=None, before=()):
        """Return commands for the tags that are known; those of Odoo alone stay."""
        old = {name.casefold() for name in before}
        now = {name.casefold() for name in names}
        leaving = record and record.categ_ids.filtered(
            lambda tag: tag.name.casefold() in old - now
        )
        added = {known.tags.get(name) for name in now - old} - {None}
        return [
            *(Command.unlink(tag.id) for tag in leaving or ()),
            *(Command.link(tag) for tag in sorted(added)),
        ]

    @api.model
    def _new_vals(self, item, names, account, partners, users, known):
        """Return values of a meeting that is new to Odoo, guests included.

        :param item: :class:`core.event.Item`
        :param partners: ``{address: partner}`` of all its guests that are known
        :param users: ``{address: user}`` of its organizer, if he is a user
        :param known: :class:`Known`, of all that is created with it
        """
        vals = self._vals(item.event, names, account, known=known)
        organizer, people = self._organizer(item, account, partners, users)
        rows = {partner.id: {"state": "accepted"} for partner in people}
        for guest in item.event.attendees:
            if partner := partners.get(guest.address):
                rows.setdefault(partner.id, self._attendee_vals(guest))
        vals["user_id"] = organizer.id
        vals["partner_ids"] = [Command.set(list(rows))]
        vals["attendee_ids"] = [
            Command.create({"partner_id": partner, **row})
            for partner, row in rows.items()
        ]
        return vals

    @api.model
    def _attendee_vals(self, guest):
        """Return what Odoo keeps of a :class:`core.event.Attendee`."""
        answered = guest.answered and guest.answered.replace(tzinfo=None)
        return {
            "state": STATE.get(guest.response, "needsAction"),
            "outlook_type": guest.type,
            "outlook_answered_at": answered or False,
        }

    @api.model
    def _organizer(self, item, account, partners, users):
        """Return the organizing user (may be empty) and the organizer's contact."""
        is_own = item.is_organizer or not item.organizer
        if is_own and not item.is_lent:
            return account.user_id, account.user_id.partner_id
        address = item.organizer and item.organizer.address
        organizer = users.get(address, self.env["res.users"])
        contact = organizer.partner_id or partners.get(address)
        return organizer, contact or self.env["res.partner"]

    @api.model
    def _guest_commands(self, event, before, account, record):
        """Return commands for the guests that Outlook added and removed.

        Compared with what Outlook had before, so that a guest whom Odoo alone knows
        stays, and one who could not become a contact is not tried each time.

        :param before: ``{address: type}`` of the last state of Outlook
        :param record: the meeting; whoever takes part in it already is not added
        """
        now = {guest.address: guest for guest in event.attendees if guest.address}
        people = self.env["outlook.people"]
        present = people._addresses(record.attendee_ids.partner_id).values()
        added = [now[a] for a in now if a not in before and a not in present]
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
        contacts = people._as_owner("res.partner", account)
        partners = contacts.with_context(active_test=False).search(
            [("email_normalized", "in", list(addresses))]
        )
        return partners.union(*(user.partner_id for user in users.values()))

    @api.model
    def _take_answers(self, record, event, addresses, account):
        """Set the answers of the guests with one of ``addresses``."""
        for guest, attendees in self._rows(record, event, addresses, account):
            vals = self._attendee_vals(guest)
            other = attendees.filtered(lambda a, vals=vals: a.state != vals["state"])
            other.write({name: vals[name] for name in ("state", "outlook_answered_at")})

    @api.model
    def _take_types(self, record, event, addresses, account):
        """Set which guests are required, optional or a resource."""
        for guest, attendees in self._rows(record, event, addresses, account):
            other = attendees.filtered(
                lambda a, guest=guest: (a.outlook_type or "required") != guest.type
            )
            other.write({"outlook_type": guest.type})

    @api.model
    def _rows(self, record, event, addresses, account):
        """Yield the guests with one of ``addresses``, each with its rows in Odoo."""
        users = self.env["outlook.people"]._users(addresses, account)
        for guest in event.attendees:
            if guest.address in addresses:
                user = users.get(guest.address)
                yield (
                    guest,
                    record.attendee_ids.filtered(
                        lambda a, guest=guest, user=user: (
                            a.partner_id == user.partner_id
                            if user
                            else a.partner_id.email_normalized == guest.address
                        )
                    ),
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
