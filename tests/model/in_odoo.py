# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What people do in Odoo: rules of the model."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import consumes, rule

from odoo.exceptions import UserError

from .words import ADDRESSES, MEETINGS, Days, answers, colleagues, guests, times
from .words import odoo_changes as changes

_PRIVACY = {"normal": "public"}
_ANSWER = {
    "accepted": "do_accept",
    "declined": "do_decline",
    "tentativelyAccepted": "do_tentative",
}


class InOdoo:
    """Rules; each acts as a user, with his rights, and does nothing where he may not.

    :ivar stage: see ``stage``
    """

    @rule(target=MEETINGS, who=colleagues, time=times, invited=guests, also=changes)
    def create_in_odoo(self, who, time, invited=(), also=None):
        """Make a meeting in Odoo."""
        meeting = self.new_meeting()
        vals = self._vals(meeting, {"subject": "Meeting", "time": time, **(also or {})})
        partners = {ADDRESSES[name] for name in (who, *invited)}
        vals["partner_ids"] = [(6, 0, self._partners(partners).ids)]

        def save():
            meeting.event_id = self._events(who).create(vals).id

        self._save(meeting, save)
        return meeting

    @rule(meeting=MEETINGS, who=colleagues, change=changes)
    def change_in_odoo(self, meeting, who, change):
        """Change one or two fields."""
        self._write(meeting, who, **self._vals(meeting, change))

    @rule(meeting=MEETINGS, who=colleagues, add=guests, remove=guests)
    def change_guests_in_odoo(self, meeting, who, add=(), remove=()):
        """Invite some, take others off the list."""
        going = self._partners({ADDRESSES[name] for name in set(remove) - set(add)})
        coming = self._partners({ADDRESSES[name] for name in add})
        commands = [(3, partner.id) for partner in going]
        commands += [(4, partner.id) for partner in coming]
        meeting.may_go |= bool(going)
        if self._write(meeting, who, partner_ids=commands):
            meeting.unlisted |= set(going.mapped("email_normalized"))
            meeting.unlisted -= set(coming.mapped("email_normalized"))
            if who in add:  # Odoo takes that for a yes
                meeting.answered.add(ADDRESSES[who])

    @rule(meeting=MEETINGS, who=colleagues, answer=answers)
    def answer_in_odoo(self, meeting, who, answer):
        """Say whether one comes."""
        event = self.event(meeting, who)
        own = event.attendee_ids.filtered(
            lambda one: one.partner_id == self.stage.users[who].partner_id
        )
        if own and self._save(meeting, getattr(own, _ANSWER[answer])):
            meeting.answered.add(ADDRESSES[who])

    @rule(meeting=MEETINGS, who=colleagues, to=colleagues)
    def hand_over(self, meeting, who, to):
        """Make somebody else the organizer, who then takes part as well."""
        user = self.stage.users[to]
        partner = [(4, user.partner_id.id)]
        self._write(meeting, who, user_id=user.id, partner_ids=partner)

    @rule(meeting=MEETINGS, who=colleagues, active=st.booleans())
    def archive_in_odoo(self, meeting, who, active=False):
        """Take a meeting out of the calendar, or put it back."""
        if self._write(meeting, who, active=active):
            meeting.may_go = True

    @rule(meeting=consumes(MEETINGS), who=colleagues)
    def delete_in_odoo(self, meeting, who):
        """Delete a meeting for good."""
        if event := self.event(meeting, who):
            readers = event.sudo().outlook_link_ids.account_id
            if self._save(meeting, event.unlink):
                accounts = self.stage.accounts.items()
                meeting.unread = {n for n, a in accounts if a not in readers}
                meeting.may_go = True

    # --- how they do it ----------------------------------------------------------

    def event(self, meeting, who=None):
        """Return the Odoo meeting as somebody sees it; empty when there is none."""
        self.learn(meeting)
        events = self._events(who) if who else self.stage.env["calendar.event"]
        events = events.with_context(active_test=False)
        return events.browse(meeting.event_id or []).exists()

    def _events(self, who):
        events = self.stage.env["calendar.event"].with_user(self.stage.users[who])
        return events.with_context(skip_contact_description=True, tz="Europe/Brussels")

    def _write(self, meeting, who, **vals):
        event = self.event(meeting, who)
        return event and self._save(meeting, lambda: event.write(vals))

    def _save(self, meeting, work):
        """Do something in Odoo, or nothing when Odoo refuses it; say which."""
        cr, before = self.stage.cr, self.odoo_view(meeting)
        try:
            with cr.savepoint():
                work()
        except UserError:
            return False
        cr.flush()
        self.stage.env.invalidate_all()
        self.done_in_odoo(meeting, before)
        return True

    def _partners(self, addresses):
        """Return contacts; those who are unknown become known."""
        partners = self.stage.env["res.partner"]
        found = partners.search([("email_normalized", "in", sorted(addresses))])
        known = set(found.mapped("email_normalized"))
        missing = sorted(addresses - known)
        return found + partners.create([{"name": a, "email": a} for a in missing])

    def _vals(self, meeting, change):
        """Return values for ``calendar.event``."""
        vals = {}
        for name, value in meeting.named(change).items():
            vals |= getattr(self, f"_vals_of_{name}")(value)
        return vals

    def _vals_of_subject(self, value):
        return {"name": value}

    def _vals_of_body(self, value):
        return {"description": value or False}

    def _vals_of_place(self, value):
        return {"location": value or False}

    def _vals_of_privacy(self, value):
        return {"privacy": _PRIVACY.get(value, value)}

    def _vals_of_show(self, value):
        return {"show_as": value}

    def _vals_of_time(self, value):
        start, end = value.span
        if not isinstance(value, Days):
            return {"allday": False, "start": start, "stop": end}
        last = end - timedelta(days=1)
        dates = {"start_date": start, "stop_date": last, "start": start, "stop": last}
        return {"allday": True, **dates}

    def _vals_of_reminder(self, value):
        if value is None:
            return {"alarm_ids": [(5,)]}
        alarms = self.stage.env["calendar.alarm"]
        pop_up = {"alarm_type": "notification", "duration": value}
        domain = [(name, "=", wanted) for name, wanted in pop_up.items()]
        alarm = alarms.search([*domain, ("interval", "=", "minutes")], limit=1)
        pop_up |= {"name": f"{value} minutes", "interval": "minutes"}
        return {"alarm_ids": [(6, 0, (alarm or alarms.create(pop_up)).ids)]}

    def _vals_of_tags(self, value):
        tags = self.stage.env["calendar.event.type"].search([("name", "in", value)])
        return {"categ_ids": [(6, 0, tags.ids)]}
