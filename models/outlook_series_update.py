# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A change of a series in Outlook, written to the meetings that Odoo has of it."""

from dataclasses import dataclass, replace
from typing import Any

from odoo import api, fields, models

from ..core.series import Series
from ..core.series_from_graph import OutlookSeries
from ..core.series_merge import SeriesMerge
from ..core.series_slots import match_slots
from ..core.series_state import day_state
from ..core.snapshot import snapshot
from .outlook_reconciliation import SETS

_OF_SERIES = frozenset({"when", "rule"})


@dataclass(frozen=True)
class Change:
    """What there is to write, and from where it comes.

    :ivar link: the link of the series
    :ivar found: what Outlook has
    :ivar ours: what Odoo has
    :ivar outcome: what has to be done
    :ivar names: the common fields that Odoo takes, ``rule`` among them
    :ivar now: the state of Outlook
    """

    link: Any
    found: OutlookSeries
    ours: Series
    outcome: SeriesMerge
    names: frozenset[str]
    now: dict[str, Any]

    @property
    def leads(self):
        """Whether Outlook's days count as they are: its rule or its time changed."""
        return self.outcome.leader == "outlook" and bool(_OF_SERIES & self.names)


class OutlookSeriesUpdate(models.AbstractModel):
    """Writes changes; the records keep their identity through every one of them."""

    _name = "outlook.series.update"
    _description = "Outlook: Changing Series"

    @api.model
    def _apply(self, change):
        """Write a :class:`Change`.

        :return: snapshot of a meeting that has nothing of its own, or ``{}``
        """
        link, found = change.link, change.found
        series = self.env["outlook.series.intake"]._as_owner(
            link.account_id, link.recurrence_id
        )
        slots = self._slots(series)
        back = {}
        if self._may_move(change):
            slots, back = self._match(change, series, slots)
        self._write_rule(change, series, slots)
        self._write_all(change, slots, back)
        if self._may_move(change):
            self._finish(change, series)
        usual = [
            one for slot, one in slots.items() if slot not in found.series.exceptions
        ]
        return self.env["outlook.event.mapper"]._snapshot(usual[0]) if usual else {}

    @api.model
    def _may_move(self, change):
        """Whether this mailbox says when the meetings take place."""
        return "when" in change.link._fields_in() and change.outcome.leader != "odoo"

    @api.model
    def _slots(self, series):
        slots = self.env["outlook.series.mapper"]._slots(series)
        return {slot: meeting for meeting, slot in slots.items()}

    # --- which meetings there are --------------------------------------------

    @api.model
    def _match(self, change, series, slots):
        """Let Odoo have a meeting for each slot of Outlook.

        A meeting keeps its record, also when its slot is another one now. What is
        before the window stays as it was.

        :return: ``{slot: meeting}``, and those among them that were archived
        """
        found = change.found
        plan = match_slots(found, change.ours, change.outcome, slots, change.leads)
        declined = self._declined(change, plan.gone)
        gone = sorted(plan.gone - declined)
        self._archive(change.link, [slots[slot] for slot in gone])
        kept = {new: slots[old] for new, old in plan.kept.items()}
        self._retime(change, kept, change.leads)
        back = self._take_back(series, plan.missing)
        self._retime(change, back, True)
        made = self.env["outlook.series.writer"]._create_meetings(
            change.link._calendar(), series, found, plan.missing - back.keys()
        )
        left = slots.keys() - plan.gone - set(plan.kept.values())
        others = {slot: slots[slot] for slot in left | declined}
        made = {one.outlook_slot: one for one in made}
        return others | kept | back | made, back

    @api.model
    def _declined(self, change, slots):
        """Return the slots that a guest took out of his own calendar.

        For the others the meeting takes place.
        """
        if change.found.item.is_organizer or change.leads:
            return frozenset()
        return slots - change.found.called_off

    @api.model
    def _take_back(self, series, slots):
        """Take meetings out of the archive whose slots Outlook has (again)."""
        archived = series.calendar_event_ids.filtered(
            lambda one: not one.active and one.outlook_slot in slots
        )
        archived.write({"active": True})
        return {one.outlook_slot: one for one in archived}

    @api.model
    def _archive(self, link, meetings):
        """Take meetings out of the calendar; their records and chatter stay."""
        if not meetings:
            return
        self.env["outlook.removal"]._count(link)
        for meeting in meetings:
            link.account_id._note(
                "archive",
                self.env._("This meeting of a series is gone in Outlook."),
                event_id=meeting.id,
                event_name=meeting.name,
                direction="in",
                facts={"remote_id": link.remote_id, "is_day": True},
            )
        records = meetings[0].union(*meetings)
        slots = self.env["outlook.series.mapper"]._slots(records.recurrence_id)
        for meeting in records.filtered(lambda one: not one.outlook_slot):
            meeting.outlook_slot = slots.get(meeting)
        records.write({"active": False})

    @api.model
    def _retime(self, change, slots, is_moved):
        """Give the meetings the times that their slots have now.

        :param is_moved: those too that were moved for themselves
        """
        theirs, writer = change.found.series, self.env["outlook.event.writer"]
        is_later = "when" in change.names
        for slot, record in slots.items():
            vals = {} if record.outlook_slot == slot else {"outlook_slot": slot}
            is_usual = slot not in theirs.exceptions
            if is_usual and (is_moved or (is_later and record.follow_recurrence)):
                times = writer._time_vals(theirs.meeting(slot))
                times = {name: v for name, v in times.items() if record[name] != v}
                vals |= times | ({"follow_recurrence": True} if times else {})
            if vals:
                record.write(vals)

    # --- the rule ------------------------------------------------------------

    @api.model
    def _write_rule(self, change, series, slots):
        """Write the rule when it is another one, or begins earlier in Odoo."""
        writer, found = self.env["outlook.series.writer"], change.found
        if change.outcome.repeats_as_in_odoo:
            return
        is_earlier = (
            slots and series.outlook_first and min(slots) < series.outlook_first
        )
        if slots and (_OF_SERIES & change.names or is_earlier):
            account = change.link.account_id
            series.write(writer._rule_vals(account, found.series, min(slots)))
            series.write(writer._horizon_vals(found))

    @api.model
    def _finish(self, change, series):
        """Let the series have a first meeting, and remember how far it was made."""
        meetings = series._outlook_meetings().sorted("start")
        if meetings and series.base_event_id not in meetings:
            series.base_event_id = meetings[:1]
        made, told = series.outlook_horizon, change.found.horizon
        if made and told and told > made:
            series.write(self.env["outlook.series.writer"]._horizon_vals(change.found))

    # --- what the meetings say -----------------------------------------------

    @api.model
    def _write_all(self, change, slots, back):
        """Write the fields: to all that have nothing of their own, then day by day.

        :param back: what was archived takes everything
        """
        special = {
            *back,
            *change.found.series.exceptions,
            *change.ours.exceptions,
            *map(fields.Date.to_date, change.outcome.days),
        }
        usual = [one for slot, one in slots.items() if slot not in special]
        common = change.names - _OF_SERIES
        link = change.link
        if usual and common:
            item, before = change.found.item, link.base_outlook
            self._write(link, item, usual, common, change.now, before)
        everything = frozenset(link._all_fields())
        for slot in sorted(special & slots.keys()):
            names = everything if slot in back else self._of_day(change, slot, common)
            self._write_day(change, slot, slots[slot], names & link._fields_in())

    @api.model
    def _of_day(self, change, slot, common):
        """Return the fields that one meeting takes from Outlook."""
        key = slot.isoformat()
        if change.leads:
            own = set(change.now["days"].get(key) or ())
            return common | own | self._own(change.ours, slot) | {"when"}
        day = change.outcome.days.get(key)
        return day.fields.to_odoo | day.fields.clashes & SETS if day else frozenset()

    @api.model
    def _own(self, ours, slot):
        """Return the fields in which one of Odoo's meetings differs from the others."""
        if slot not in ours.exceptions:
            return set()
        usual, own = snapshot(ours.event), snapshot(ours.exceptions[slot])
        return {name for name in own if own[name] != usual[name]}

    @api.model
    def _write_day(self, change, slot, record, names):
        """Write what one meeting takes from Outlook."""
        key, found, link = slot.isoformat(), change.found, change.link
        there = day_state(change.now, key)
        if there is None or not names:
            return
        special = found.series.exceptions.get(slot)
        when = special.when if special else found.series.meeting(slot)
        if "when" in names:
            times = self.env["outlook.event.writer"]._time_vals(when)
            record.write(times | {"follow_recurrence": not special})
        base = link.base_outlook
        before = (base["rule"] and day_state(base, key)) or base
        event = replace(special or found.item.event, when=when)
        item = replace(found.item, event=event)
        self._write(link, item, [record], names - {"when"}, there, before)

    @api.model
    def _write(self, link, item, records, names, outlook, before):
        """Write fields to several meetings that had the same values."""
        if names:
            meetings = records[0].union(*records[1:])
            reconciliation = self.env["outlook.reconciliation"]
            reconciliation._write(link, item, meetings, names, outlook, before)
