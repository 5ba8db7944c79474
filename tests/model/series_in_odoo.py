# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What people do with series in Odoo: rules of the model."""

from datetime import timedelta

from hypothesis.stateful import consumes, multiple, rule

from .series_words import (
    NEW,
    SERIES,
    ZONE,
    apart_from_times,
    counts,
    kinds,
    number_of,
    places,
    scopes,
    shifts,
)
from .words import ADDRESSES, BEGIN, MEETINGS, connected, guests, odoo_changes

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class SeriesInOdoo:
    """What people do with series in Odoo."""

    @rule(**NEW)
    def repeat_in_odoo(self, who, day, kind="weekly", count=3, invited=()):
        """Make a series in Odoo."""
        series = self.new_meeting()
        series.is_series = True
        start = BEGIN.replace(hour=8) + timedelta(days=day)
        partners = self._partners({ADDRESSES[name] for name in (who, *invited)})
        vals = {
            "name": f"Team {series.number}",
            "start": start,
            "stop": start + timedelta(hours=1),
            "partner_ids": [(6, 0, partners.ids)],
            "recurrency": True,
            "event_tz": ZONE,
            "end_type": "count",
            "count": count,
            **self._rule_vals(kind, start),
        }
        self._save(series, lambda: self._events(who).create(vals))
        return series

    @rule(series=SERIES, who=connected, nth=places, scope=scopes, change=odoo_changes)
    def change_series_in_odoo(self, series, who, nth, scope, change):
        """Change this meeting, this and the following, or all."""
        change = apart_from_times(change)
        self._save_day(
            series, who, nth, scope, lambda _event: self._vals(series, change)
        )

    @rule(series=SERIES, who=connected, nth=places, scope=scopes, hours=shifts)
    def move_series_in_odoo(self, series, who, nth, scope, hours):
        """Move this meeting, this and the following, or all."""
        step = timedelta(hours=hours)

        def times(event):
            return {"start": event.start + step, "stop": event.stop + step}

        self._save_day(series, who, nth, scope, times)

    @rule(series=SERIES, who=connected, nth=places, scope=scopes, add=guests)
    def invite_to_series_in_odoo(self, series, who, nth, scope, add):
        """Invite to this meeting, this and the following, or all."""
        partners = self._partners({ADDRESSES[name] for name in add})
        commands = [(4, partner.id) for partner in partners]
        self._save_day(
            series, who, nth, scope, lambda _event: {"partner_ids": commands}
        )

    @rule(series=SERIES, who=connected, nth=places, scope=scopes)
    def drop_in_odoo(self, series, who, nth, scope):
        """Delete this meeting, this and the following, or all."""
        if event := self._meeting_of(series, who, nth):
            if scope == "self_only":
                self._save(series, event.unlink)
            else:
                self._save(series, lambda: event.action_mass_deletion(scope))

    @rule(series=SERIES, who=connected, count=counts)
    def recount_in_odoo(self, series, who, count):
        """Let a series have more or fewer meetings."""
        self._save_day(series, who, 0, "all_events", lambda _event: {"count": count})

    @rule(series=SERIES, who=connected, kind=kinds)
    def change_rule_in_odoo(self, series, who, kind):
        """Let a series take place each day, or each week."""
        self._save_day(
            series, who, 0, "all_events", lambda one: self._rule_vals(kind, one.start)
        )

    @rule(
        target=SERIES,
        meeting=consumes(MEETINGS),
        who=connected,
        kind=kinds,
        count=counts,
    )
    def begin_repeating_in_odoo(self, meeting, who, kind, count):
        """Let a meeting of one's own repeat."""
        event = self.event(meeting, who)
        is_own = event.user_id == self.stage.users[who] and event.active
        if not is_own or number_of(event.name) != str(meeting.number):
            return multiple()
        rule_vals = self._rule_vals(kind, event.start)
        rule_vals |= {"end_type": "count", "count": count, "event_tz": ZONE}
        vals = {"recurrency": True, "recurrence_update": "all_events", **rule_vals}
        if not self._save(meeting, lambda: event.write(vals)):
            return multiple()
        meeting.is_series = True
        return meeting

    @rule(series=SERIES, who=connected, nth=places)
    def end_repeating_in_odoo(self, series, who, nth):
        """Let one meeting stay of a series."""
        self._save_day(
            series, who, nth, "all_events", lambda _event: {"recurrency": False}
        )

    @rule(series=SERIES, who=connected, nth=places, scope=scopes)
    def archive_series_in_odoo(self, series, who, nth, scope):
        """Archive this meeting, this and the following, or all."""
        if event := self._meeting_of(series, who, nth):
            self._save(series, lambda: event.action_mass_archive(scope))

    @rule(series=SERIES, who=connected, nth=places)
    def restore_in_odoo(self, series, who, nth):
        """Take one meeting out of the archive."""
        archived = self._found(series, who, active=False)
        if archived:
            event = archived[nth % len(archived)]
            self._save(series, lambda: event.write({"active": True}))

    def _rule_vals(self, kind, start):
        days = {day: number == start.weekday() for number, day in enumerate(_WEEKDAYS)}
        return {"rrule_type": kind, "interval": 1, **days}

    def _found(self, series, who, active=True):
        """Return the meetings that a series has in Odoo, as somebody sees them."""
        domain = [
            ("name", "=like", f"% {series.number}"),
            ("recurrency", "=", True),
            ("active", "=", active),
        ]
        return self._events(who).search(domain, order="start")

    def _meeting_of(self, series, who, nth):
        """Return one of the meetings of a series that are not archived."""
        found = self._found(series, who)
        return found[nth % len(found)] if found else found

    def _save_day(self, series, who, nth, scope, vals):
        if event := self._meeting_of(series, who, nth):
            change = {**vals(event), "recurrence_update": scope}
            self._save(series, lambda: event.write(change))
