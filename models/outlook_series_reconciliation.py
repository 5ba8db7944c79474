# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A changed series and its Odoo series: merged field by field, and day by day."""

from dataclasses import replace

from odoo import api, fields, models

from ..core.series_merge import merge_series
from ..core.series_state import day_state, series_state
from .outlook_reconciliation import SETS
from .outlook_series_update import Change

_OF_SERIES = frozenset({"when", "rule"})


class OutlookSeriesReconciliation(models.AbstractModel):
    """Brings what changed in Outlook into a series that Odoo has."""

    _name = "outlook.series.reconciliation"
    _description = "Outlook: Merging Series"

    @api.model
    def _take(self, link, found):
        """Bring a change of Outlook into the Odoo series; keep Odoo's own changes.

        :param found: :class:`core.series_from_graph.OutlookSeries`
        """
        link._forget_strangers()
        calendar, base = link._calendar(), link.base_outlook
        intake = self.env["outlook.series.intake"]
        series = intake._as_owner(link.account_id, link.recurrence_id)
        if found.item.is_cancelled:
            self.env["outlook.removal"]._cancelled_series(link)
            return
        if not series._outlook_meetings():
            return  # deleted in Odoo, which waits to be sent
        link._show(found.item)
        now = intake._state(found, calendar, link.kind, base)
        if self._has_news(link, found, now):
            merged = self._merge(link, found, series, now)
            if not series._outlook_meetings():
                self._end(link, found)
                return
            link.base_odoo = merged
        self.env["outlook.journal"]._note_proposals(
            link, {"": found.item.event, **found.series.exceptions}
        )
        link.write(intake._facts(found, calendar, link.kind, base))

    @api.model
    def _end(self, link, found):
        """Forget a series of which Odoo has no meeting any more.

        Outlook called them off, or the last one that Odoo's shorter rule had left.
        """
        if found.series.held and link.organizes and link._may_push():
            self.env["outlook.outbox"]._note_deletion(link)
        link.unlink()

    @api.model
    def _has_news(self, link, found, now):
        """Whether there is something for Odoo in what Outlook says."""
        if now != link.base_outlook:
            return bool(self._allowed(link._fields_in()))
        made, told = link.recurrence_id.outlook_horizon, found.horizon
        return bool(made and told and told > made and link._fields_in())

    @api.model
    def _allowed(self, names):
        """Return the names of fields, the rule of the series among them."""
        return names | {"rule"} if "when" in names else names

    @api.model
    def _merge(self, link, found, series, now):
        """Merge and write; return the new base of Odoo's side.

        What waits to be sent keeps its old base, so that the push still finds it.
        """
        mapper, base = self.env["outlook.series.mapper"], link.base_odoo
        ours = mapper._series(series, link)
        odoo = series_state(ours)
        reconciliation = self.env["outlook.reconciliation"]
        winner = reconciliation._winner(link, found.item, series._outlook_lead())
        known = {slot.isoformat() for slot in found.known}
        outcome = merge_series(base, odoo, link.base_outlook, now, winner, known)
        names = self._to_odoo(outcome.common) & self._allowed(link._fields_in())
        self._note_clashes(link, found, series, outcome, winner)
        self._note_lost(link, series, outcome, odoo, now, winner)
        change = Change(link, found, ours, outcome, names, now)
        usual = self.env["outlook.series.update"]._apply(change)
        if not series._outlook_meetings():
            return base
        self._decline_days(link, found, series, now)
        after = mapper._series(series, link, usual)
        journal = self.env["outlook.journal"]
        journal._note_series_taken(link, names, outcome.days, ours, after)
        return self._with_waiting(link, series, outcome, odoo, series_state(after))

    @api.model
    def _decline_days(self, link, found, series, now):
        """Days that a guest took out of his own calendar are days that he declined."""
        if link.kind == "copy" or found.item.is_organizer or found.item.is_lent:
            return
        before = link.base_outlook["days"]
        slots = {
            fields.Date.to_date(slot)
            for slot, own in now["days"].items()
            if own is None and before.get(slot, {}) is not None
        } - found.called_off
        partner = link.account_id.user_id.partner_id
        for meeting, slot in self.env["outlook.series.mapper"]._slots(series).items():
            if slot in slots:
                own = meeting.attendee_ids.filtered(
                    lambda one: one.partner_id == partner and one.state != "declined"
                )
                own.do_decline()

    @api.model
    def _to_odoo(self, merge):
        return merge.to_odoo | merge.clashes & SETS

    @api.model
    def _waiting(self, merge):
        """Return the fields of a merge that have to be sent."""
        taken = self._to_odoo(merge) - SETS
        return (merge.to_outlook | merge.clashes & SETS) - taken

    @api.model
    def _with_waiting(self, link, series, outcome, odoo, after):
        """Return Odoo's state, with the old base of what waits to be sent."""
        base, out = link.base_odoo, self._allowed(link._fields_out())
        waiting = self._waiting(outcome.common) & out
        result = after | {name: base[name] for name in waiting}
        days = dict(after["days"])
        if outcome.leader == "odoo":
            days = dict(base["days"])
        for slot, day in outcome.days.items():
            names = self._waiting(day.fields) & out
            if day.fate == "cancel_outlook" and "when" in out:
                self._put(days, slot, base["days"].get(slot, {}))
                waiting |= {"days"}
            elif names and after["days"].get(slot, {}) is not None:
                old = day_state(base, slot) or {}
                own = after["days"].get(slot, {})
                self._put(days, slot, own | {name: old.get(name) for name in names})
                waiting |= {"days"}
        if waiting or outcome.leader == "odoo":
            self.env["outlook.outbox"]._note_series([(link.account_id, series.sudo())])
        return result | {"days": days}

    @api.model
    def _put(self, days, slot, own):
        days.pop(slot, None)
        if own != {}:
            days[slot] = own

    @api.model
    def _note_clashes(self, link, found, series, outcome, winner):
        """List what both sides changed, with the value that lost.

        One click puts it into the meeting, of a whole series into the one that leads.
        """
        journal, lead = self.env["outlook.journal"], series._outlook_lead()
        allowed = link._fields_in()
        names = (outcome.common.clashes - SETS - _OF_SERIES) & allowed
        journal._note_clashes(link, found.item, lead, names, winner)
        slots = self.env["outlook.series.mapper"]._slots(series)
        meetings = {slot.isoformat(): meeting for meeting, slot in slots.items()}
        for key, day in outcome.days.items():
            names = (day.fields.clashes - outcome.common.clashes - SETS) & allowed
            if names and key in meetings:
                slot = fields.Date.to_date(key)
                event = found.series.exceptions.get(slot) or found.item.event
                item = replace(found.item, event=event)
                journal._note_clashes(link, item, meetings[key], names, winner)

    @api.model
    def _note_lost(self, link, series, outcome, odoo, now, winner):
        """Tell which time or rule of a whole series lost.

        No click takes it back: all its meetings would move once more.
        """
        journal, lead = self.env["outlook.journal"], series._outlook_lead()
        for name in sorted(outcome.common.clashes & _OF_SERIES):
            ours, theirs = (journal._value(name, side[name]) for side in (odoo, now))
            kept, lost = (ours, theirs) if winner == "odoo" else (theirs, ours)
            label = journal._label(name)
            link.account_id._note(
                "conflict",
                self.env._("Both sides changed: %(name)s.", name=label),
                event_id=lead.id,
                event_name=lead.name,
                direction="in",
                clash_field=label,
                kept_value=kept,
                lost_value=lost,
            )
