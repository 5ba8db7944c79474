# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A ``core`` series as Odoo's: its records keep their identity through every change."""

from dataclasses import replace
from datetime import date, timedelta

from odoo import api, fields, models

from ..core.errors import UnsupportedRecurrence
from ..core.recurrence_dates import dates
from ..core.recurrence_odoo import odoo_from_rule
from ..core.series import rematched
from ..core.series_state import day_state
from ..core.snapshot import snapshot
from .outlook_reconciliation import SETS

_OF_SERIES = frozenset({"when", "rule"})


class OutlookSeriesWriter(models.AbstractModel):
    """Writes ``calendar.recurrence`` and its meetings."""

    _name = "outlook.series.writer"
    _description = "Outlook: Writing Series"

    # --- a new series ----------------------------------------------------------------

    @api.model
    def _create(self, account, found, kept=None):
        """Return a new Odoo series with the meetings that Outlook told of.

        :param kept: ``{slot: meeting}`` of meetings that there are already
        """
        theirs, kept = found.series, kept or {}
        intake = self.env["outlook.intake"]
        events = intake._events(account).with_context(dont_notify=True)
        series = events.env["calendar.recurrence"].create(
            self._rule_vals(account, theirs, theirs.held[0])
        )
        series.write({"base_event_id": False, **self._horizon_vals(found)})
        self._create_meetings(account, series, found, set(theirs.held) - kept.keys())
        series.base_event_id = series._outlook_meetings().sorted("start")[:1]
        return series

    @api.model
    def _create_meetings(self, account, series, found, slots):
        """Create the meetings of some slots of a series; return them."""
        if not slots:
            return self.env["calendar.event"]
        intake, theirs = self.env["outlook.intake"], found.series
        events = intake._events(account).with_context(
            dont_notify=True, tracking_disable=True
        )
        special = [slot for slot in sorted(slots) if slot in theirs.exceptions]
        items = [found.item] + [
            replace(found.item, event=theirs.exceptions[slot]) for slot in special
        ]
        usual, *others = intake._new_vals(account, items)
        own = dict(zip(special, others, strict=True))
        vals_list = [
            own.get(slot, usual) | self._slot_vals(series, theirs, slot, slot in own)
            for slot in sorted(slots)
        ]
        records = events.create(vals_list)
        records._outlook_announce()
        return records

    @api.model
    def _slot_vals(self, series, theirs, slot, is_exception):
        """Return the values that make a meeting one of a series."""
        when = theirs.meeting(slot)
        if is_exception:
            when = theirs.exceptions[slot].when
        return {
            **self.env["outlook.event.writer"]._time_vals(when),
            "recurrency": True,
            "recurrence_id": series.id,
            "follow_recurrence": not is_exception,
            "outlook_slot": slot,
        }

    # --- the rule --------------------------------------------------------------------

    @api.model
    def _rule_vals(self, account, theirs, first):
        """Return the values of a rule; of one that Odoo has not, how people say it.

        :param first: the first slot that Odoo has
        """
        zone = theirs.zone or "UTC"
        plain = {
            "event_tz": zone,
            "outlook_first": first,
            "outlook_pattern": False,
        }
        try:
            if theirs.rule is None:
                raise UnsupportedRecurrence("recurrence_pattern")
            rule = replace(theirs.rule, zone=zone)
            if rule.count:
                past = dates(rule, theirs.first, (theirs.first, first))
                rule = replace(rule, count=rule.count - len(list(past)) + 1)
            series = self.env["calendar.recurrence"].with_user(account.user_id)
            return odoo_from_rule(rule, first, series._outlook_week_start()) | plain
        except UnsupportedRecurrence:
            words = self.env["outlook.series.words"]._pattern(theirs.rule)
            return plain | {"rrule_type": False, "outlook_pattern": words}

    @api.model
    def _horizon_vals(self, found):
        """Return how far the meetings were made; False when these are all."""
        last, theirs = found.horizon, found.series
        if last and theirs.rule:
            window = (last + timedelta(days=1), date.max)
            if next(dates(theirs.rule, theirs.first, window), None):
                return {"outlook_horizon": last}
        return {"outlook_horizon": False}

    # --- a changed series ------------------------------------------------------------

    @api.model
    def _apply(self, link, found, ours, outcome, names, now):
        """Write what changed in Outlook.

        :param ours: the :class:`core.series.Series` that Odoo has
        :param outcome: :class:`core.series_merge.SeriesMerge`
        :param names: the common fields that Odoo takes, ``rule`` among them
        :param now: the state of Outlook
        :return: snapshot of a meeting that has nothing of its own, or ``{}``
        """
        account = link.account_id
        series = self.env["outlook.series.intake"]._as_owner(account, link.recurrence_id)
        slots = {
            slot: event
            for event, slot in self.env["outlook.series.mapper"]._slots(series).items()
        }
        leads = outcome.leader == "outlook" and bool(_OF_SERIES & names)
        is_owner = "when" in link._fields_in()
        back = {}
        if is_owner and outcome.leader != "odoo":
            slots, back = self._match_slots(
                link, series, found, ours, outcome, slots, leads
            )
        if _OF_SERIES & names or (slots and min(slots) < series.outlook_first):
            series.write(self._rule_vals(account, found.series, min(slots)))
            series.write(self._horizon_vals(found))
        self._write_days(link, found, ours, outcome, names, now, slots, leads, back)
        if is_owner:
            self._finish(series, found)
        usual = [one for slot, one in slots.items() if slot not in found.series.exceptions]
        return self.env["outlook.event.mapper"]._snapshot(usual[0]) if usual else {}

    @api.model
    def _match_slots(self, link, series, found, ours, outcome, slots, leads):
        """Let Odoo have a meeting for each slot of Outlook.

        :return: ``{slot: meeting}``, and those among them that were archived

        A meeting keeps its record, also when its slot is another one now. What is
        before the window stays as it was.
        """
        theirs, account = found.series, link.account_id
        wanted = set(theirs.held)
        scope = {
            slot: one
            for slot, one in slots.items()
            if slot > found.since or slot in found.known
        }
        wanted |= self._beyond(theirs, found.known, slots)
        if not leads:
            wanted -= set(ours.cancelled) - self._revived(outcome)
        pairs = {slot: slot for slot in wanted & scope.keys()}
        if leads:
            pairs = rematched(scope, wanted)
        surplus = series._outlook_meetings().browse().union(
            *(scope[slot] for slot in scope.keys() - set(pairs.values()))
        )
        if surplus:
            self._archive(link, surplus)
        result = {new: scope[old] for new, old in pairs.items()}
        self._retime(theirs, result, outcome, leads)
        result |= {slot: one for slot, one in slots.items() if slot not in scope}
        missing = wanted - pairs.keys()
        back = self._revive(series, missing)
        self._retime(theirs, back, outcome, True)
        made = self._create_meetings(account, series, found, missing - back.keys())
        return result | back | {one.outlook_slot: one for one in made}, back

    @api.model
    def _beyond(self, theirs, known, slots):
        """Return the slots after those asked for, up to where Odoo has meetings."""
        last, latest = max(known, default=None), max(slots, default=None)
        if not last or not latest or latest <= last or theirs.rule is None:
            return set()
        window = (last + timedelta(days=1), latest)
        return set(dates(theirs.rule, theirs.first, window))

    @api.model
    def _revived(self, outcome):
        return {
            fields.Date.to_date(slot)
            for slot, day in outcome.days.items()
            if day.fate == "revive"
        }

    @api.model
    def _revive(self, series, slots):
        """Take meetings out of the archive whose slots Outlook has (again)."""
        archived = series.calendar_event_ids.filtered(
            lambda one: not one.active and one.outlook_slot in slots
        )
        archived.write({"active": True})
        return {one.outlook_slot: one for one in archived}

    @api.model
    def _archive(self, link, meetings):
        """Take meetings out of the calendar; their records and chatter stay."""
        for meeting in meetings:
            link.account_id._note(
                "archive",
                self.env._("This meeting of a series is gone in Outlook."),
                event_id=meeting.id,
                event_name=meeting.name,
                direction="in",
            )
        slots = self.env["outlook.series.mapper"]._slots(meetings.recurrence_id)
        for meeting in meetings:
            if not meeting.outlook_slot:
                meeting.outlook_slot = slots.get(meeting)
        meetings.write({"active": False})

    @api.model
    def _retime(self, theirs, slots, outcome, leads):
        """Give the meetings the times that their slots have now."""
        writer = self.env["outlook.event.writer"]
        is_moved = leads or "when" in outcome.common.to_odoo
        for slot, record in slots.items():
            vals = {} if record.outlook_slot == slot else {"outlook_slot": slot}
            if is_moved and slot not in theirs.exceptions:
                if leads or record.follow_recurrence:
                    times = writer._time_vals(theirs.meeting(slot))
                    vals |= {k: v for k, v in times.items() if record[k] != v}
            if vals.keys() - {"outlook_slot"}:
                vals["follow_recurrence"] = True
            if vals:
                record.write(vals)

    @api.model
    def _finish(self, series, found):
        """Let the series have a first meeting."""
        meetings = series._outlook_meetings().sorted("start")
        if meetings and series.base_event_id not in meetings:
            series.base_event_id = meetings[:1]
        horizon = series.outlook_horizon
        if horizon and found.horizon and found.horizon > horizon:
            series.write(self._horizon_vals(found))

    # --- what the meetings say -----------------------------------------------------------

    @api.model
    def _write_days(self, link, found, ours, outcome, names, now, slots, leads, back):
        """Write the fields: to all that have nothing of their own, then day by day.

        :param back: what was archived takes everything
        """
        special = {
            *back,
            *found.series.exceptions,
            *ours.exceptions,
            *map(fields.Date.to_date, outcome.days),
        }
        usual = [one for slot, one in slots.items() if slot not in special]
        common = names - _OF_SERIES
        if usual and common:
            self._write(link, found.item, usual, common, now, link.base_outlook)
        for slot in sorted(special & slots.keys()):
            own = self._names_of_day(ours, outcome, common, now, slot, leads)
            if slot in back:
                own = frozenset(self.env["outlook.link"]._all_fields())
            self._write_day(link, found, now, slot, slots[slot], own)

    @api.model
    def _names_of_day(self, ours, outcome, common, now, slot, leads):
        """Return the fields that one meeting takes from Outlook."""
        key = slot.isoformat()
        if leads:
            here = ours.exceptions.get(slot)
            own = set(now["days"].get(key) or ()) | self._own(ours, here)
            return common | own | {"when"}
        day = outcome.days.get(key)
        return day.fields.to_odoo | day.fields.clashes & SETS if day else frozenset()

    @api.model
    def _write_day(self, link, found, now, slot, record, names):
        """Write what one meeting takes from Outlook."""
        key = slot.isoformat()
        names = names & link._fields_in()
        there = day_state(now, key)
        if there is None or not names:
            return
        special = found.series.exceptions.get(slot)
        when = special.when if special else found.series.meeting(slot)
        event = replace(special or found.item.event, when=when)
        if "when" in names:
            times = self.env["outlook.event.writer"]._time_vals(when)
            record.write(times | {"follow_recurrence": not special})
        base = link.base_outlook
        before = (base["rule"] and day_state(base, key)) or base
        item = replace(found.item, event=event)
        self._write(link, item, [record], names - {"when"}, there, before)

    @api.model
    def _own(self, ours, event):
        """Return the fields in which one of Odoo's meetings differs from the others."""
        if not event:
            return set()
        usual, own = snapshot(ours.event), snapshot(event)
        return {name for name in own if own[name] != usual[name]}

    @api.model
    def _write(self, link, item, records, names, outlook, before):
        """Write fields to several meetings that had the same values."""
        if not names:
            return
        meetings = records[0].union(*records[1:])
        reconciliation = self.env["outlook.reconciliation"]
        reconciliation._write(link, item, meetings, names, outlook, before)
