# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What people do with series in Odoo: rules of the model."""

from datetime import timedelta

from hypothesis.stateful import rule

from .series_words import (
    NEW,
    SERIES,
    ZONE,
    apart_from_times,
    counts,
    places,
    scopes,
    shifts,
)
from .words import ADDRESSES, BEGIN, connected, guests, odoo_changes

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
            "rrule_type": kind,
            "interval": 1,
            "end_type": "count",
            "count": count,
            _WEEKDAYS[start.weekday()]: True,
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

    def _meeting_of(self, series, who, nth):
        """Return one of the meetings that a series has in Odoo, as somebody sees it."""
        name = ("name", "=like", f"% {series.number}")
        found = self._events(who).search(
            [name, ("recurrency", "=", True)], order="start"
        )
        return found[nth % len(found)] if found else found

    def _save_day(self, series, who, nth, scope, vals):
        if event := self._meeting_of(series, who, nth):
            change = {**vals(event), "recurrence_update": scope}
            self._save(series, lambda: event.write(change))
