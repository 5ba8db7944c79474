# Part of outlook_calendar. LGPL-3, see LICENSE.
"""An Odoo series as a ``core`` series: read from its meetings, there is no more."""

from datetime import date, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, models

from ..core.errors import UnsupportedRecurrence
from ..core.recurrence_dates import dates
from ..core.recurrence_odoo import rule_from_odoo
from ..core.series import Clock, Series, clock_of, slots_of
from ..core.series_common import common_event, shared
from ..core.series_state import clock_of_state, rule_of, series_state
from ..core.snapshot import snapshot

_MOST = 5000  # days of one series that are looked at


def wall_of(moment, zone):
    """Return a naive UTC moment as the clock of a zone shows it, naive."""
    return (
        moment.replace(tzinfo=timezone.utc)
        .astimezone(ZoneInfo(zone))
        .replace(tzinfo=None)
    )


class OutlookSeriesMapper(models.AbstractModel):
    """Reads Odoo series."""

    _name = "outlook.series.mapper"
    _description = "Outlook: Reading Series"

    @api.model
    def _state(self, series, link=None, usual=None):
        """Return ``core.series_state`` of an Odoo series; see ``_series``."""
        return series_state(self._series(series, link, usual))

    @api.model
    def _series(self, series, link=None, usual=None):
        """Return the :class:`core.series.Series` that an Odoo series is.

        :param link: its link, which knows what its meetings had in common
        :param usual: snapshot of a meeting that is known to have nothing of its own
        :raise UnsupportedRecurrence: Outlook has no such rule
        """
        base = ((link and link.base_odoo) or {}) | (usual or {})
        if usual:
            base = {k: v for k, v in base.items() if k != "when"}
        slots = self._slots(series)
        meetings = series.browse().calendar_event_ids.union(*slots)
        mapper, people = self.env["outlook.event.mapper"], self.env["outlook.people"]
        known = frozenset(base.get("attendees") or ())
        addresses = people._addresses(meetings.attendee_ids.partner_id, known)
        events = [mapper._event(meeting, addresses) for meeting in meetings]
        states = [snapshot(event) for event in events]
        zone = self._zone(series)
        clock = self._clock(events, list(slots.values()), zone, base)
        common = common_event(events, states, base)
        state = snapshot(common)
        # A link to join is made anew for each meeting by Odoo, and never sent.
        ignored = {"when", "join_url", "discuss_url"}
        exceptions = {
            slot: event
            for event, own, slot in zip(events, states, slots.values(), strict=True)
            if any(own[name] != state[name] for name in state.keys() - ignored)
            or not clock.is_kept(event.when, slot, zone)
        }
        rule, first = self._rule(series, link, min(slots.values()))
        expected = self._expected(series, rule, first, max(slots.values()))
        return Series(
            common,
            clock,
            rule,
            first,
            tuple(sorted({*expected, *slots.values()})),
            exceptions,
            frozenset(expected) - set(slots.values()),
            zone,
        )

    @api.model
    def _zone(self, series):
        """Return the IANA name of the clock that counts."""
        return series._get_timezone().zone

    @api.model
    def _rule(self, series, link, least):
        """Return the rule, None of a pattern that nobody knows, and its first day."""
        first = series.outlook_first or least
        if series.outlook_pattern:
            known = link or series.sudo().outlook_link_ids[:1]
            rule = rule_of(known.base_outlook)[0] if known else None
            return rule, first
        values, week_start = series._outlook_values(), series._outlook_week_start()
        values["event_tz"] = self._zone(series)
        return rule_from_odoo(values, first, week_start), first

    @api.model
    def _expected(self, series, rule, first, greatest):
        """Return the days on which the series has, or had, a meeting."""
        if rule is None:
            return ()
        is_endless = not rule.until and not rule.count
        last = series.outlook_horizon or (greatest if is_endless else date.max)
        found = []
        for day in dates(rule, first, (first, last)):
            found.append(day)
            if len(found) == _MOST:
                break
        return found

    @api.model
    def _clock(self, events, slots, zone, base):
        """Return when in the day the meetings take place that were not moved."""
        kept = clock_of_state(base) if base.get("when") else None
        clocks = []
        for event, slot in zip(events, slots, strict=True):
            if kept and kept.is_kept(event.when, slot, zone):
                return kept
            day, clock = clock_of(event.when, zone)
            if day == slot:
                clocks.append(clock)
        if not clocks:
            return clock_of(events[0].when, zone)[1]
        place = shared([[str(c.start), str(c.end), c.days] for c in clocks])
        return Clock(clocks[place].start, clocks[place].end, clocks[place].days)

    # --- slots ---------------------------------------------------------------------

    @api.model
    def _slots(self, series):
        """Return ``{meeting: its slot}`` of the meetings that are not archived."""
        meetings = series._outlook_meetings().sorted("start")
        told = {event: event.outlook_slot for event in meetings if event.outlook_slot}
        rest = [event for event in meetings if event not in told]
        days = [self._day(event, series) for event in rest]
        slots = days
        if rest and len(set(days)) == len(days):
            free = set(self._days_of_rule(series, days)) - set(told.values())
            slots = slots_of(days, free)
        found = told | dict(zip(rest, slots, strict=True))
        by_slot = {slot: event for event, slot in reversed(found.items())}
        return {event: slot for slot, event in sorted(by_slot.items())}

    @api.model
    def _days_of_rule(self, series, days):
        """Return days of the rule around those of meetings; none of a rule unknown."""
        if series.outlook_pattern or not series.rrule_type:
            return days
        first = series.outlook_first or min(days)
        try:
            rule, first = self._rule(series, None, first)
        except UnsupportedRecurrence:
            return days
        margin = timedelta(days=62)
        return dates(rule, first, (first, max(days) + margin))

    @api.model
    def _day(self, event, series):
        """Return the day of a meeting by the clock of its series."""
        if event.allday:
            return event.start_date or event.start.date()
        return wall_of(event.start, self._zone(series)).date()

    @api.model
    def _crosses(self, event, series):
        """Whether a meeting is on or past the day of the one before or after it."""
        slots = self._slots(series)
        slot, day = slots.get(event), self._day(event, series)
        if slot is None or day == slot:
            return False
        taken = {own: self._day(one, series) for one, own in slots.items()}
        around = {day: day for day in self._days_of_rule(series, [slot])} | taken
        before = [around[one] for one in around if one < slot]
        after = [around[one] for one in around if one > slot]
        return bool(before and day <= max(before)) or bool(after and day >= min(after))
