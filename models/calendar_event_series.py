# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's operations on series: what a meeting of one is found by, and who goes on."""

from contextlib import contextmanager

from odoo import fields, models
from odoo.exceptions import UserError

_TIMES = frozenset({"start", "stop", "start_date", "stop_date", "allday"})


class CalendarEvent(models.Model):
    """Keeps the slots of meetings, and the links of series that Odoo makes anew."""

    _inherit = "calendar.event"

    # The day that the rule of its series gave to the meeting, wherever it is now.
    outlook_slot = fields.Date(copy=False, readonly=True)
    outlook_pattern = fields.Char(related="recurrence_id.outlook_pattern")

    def write(self, vals):
        """Remember the slot of a meeting of a series that is moved for itself."""
        if "recurrence_id" in vals and "outlook_slot" not in vals:
            is_other = any(e.recurrence_id.id != vals["recurrence_id"] for e in self)
            vals = {**vals, "outlook_slot": False} if is_other else vals
        is_apart = vals.get("recurrence_update") not in ("all_events", "future_events")
        if is_apart and _TIMES & vals.keys() and "outlook_slot" not in vals:
            self._outlook_keep_slots()
        result = super().write(vals)
        if vals.get("active"):
            self._outlook_leave_series()
        if "partner_ids" in vals and len(self) > 1:
            self._outlook_complete_attendees()
        if is_apart and _TIMES & vals.keys():
            self._outlook_check_neighbours()
        return result

    def _outlook_complete_attendees(self):
        """Let whoever takes part in meetings of a series be on the list of each.

        Odoo adds nobody to the list of the others who is on that of one already.
        """
        missing = [
            {"event_id": event.id, "partner_id": partner.id}
            for event in self.filtered("recurrence_id")
            for partner in event.partner_ids - event.attendee_ids.partner_id
        ]
        self.env["calendar.attendee"].create(missing)

    def _outlook_leave_series(self):
        """Let those stand alone that are restored where their series has no day now."""
        if self.env.context.get("outlook_from_account"):
            return
        mapper = self.env["outlook.series.mapper"]
        for event in self:
            series = event.recurrence_id.sudo()
            slot = series.outlook_link_ids and mapper._slots(series).get(event)
            if slot and slot not in set(mapper._days_of_rule(series, [slot])):
                event.write(
                    {"recurrence_id": False, "recurrency": False, "outlook_slot": False}
                )

    def _outlook_keep_slots(self):
        """Write down the slots of these meetings while their times still tell them."""
        unknown = self.filtered(lambda e: e.recurrence_id and not e.outlook_slot)
        mapper = self.env["outlook.series.mapper"]
        for event in unknown:
            slots = mapper._slots(event.recurrence_id.sudo())
            event.sudo().outlook_slot = slots.get(event.sudo())

    def _outlook_check_neighbours(self):
        """Refuse what Outlook refuses: a meeting on or past the day of its neighbour.

        Graph: ``ErrorOccurrenceCrossingBoundary``; two meetings of a series may not
        be on one day, nor change places.
        """
        if self.env.context.get("outlook_from_account"):
            return
        mapper = self.env["outlook.series.mapper"]
        for event in self.filtered("outlook_slot"):
            series = event.recurrence_id.sudo()
            is_kept = series and series._outlook_is_kept()
            if is_kept and mapper._crosses(event.sudo(), series):
                reason = "ErrorOccurrenceCrossingBoundary"
                raise UserError(self.env["outlook.journal"]._reason(reason))

    # --- one series goes on as another ---------------------------------------

    def _rewrite_recurrence(self, values, time_values, recurrence_values):
        """Let the links of a series that Odoo makes anew stand for the new one."""
        if time_values or recurrence_values:
            self.recurrence_id._outlook_check_known()
        heirs = self.recurrence_id.base_event_id | self
        patient = self.with_context(outlook_keeps_links=True)
        with self._outlook_handing_over(heirs):
            return super(CalendarEvent, patient)._rewrite_recurrence(
                values, time_values, recurrence_values
            )

    def _update_future_events(self, values, time_values, recurrence_values):
        """Let the links go over when nothing of the former series is left."""
        self.recurrence_id._outlook_check_known()
        patient = self.with_context(outlook_keeps_links=True)
        with self._outlook_handing_over(self):
            return super(CalendarEvent, patient)._update_future_events(
                values, time_values, recurrence_values
            )

    def _break_recurrence(self, future=True):
        """Let the links stand for the meeting that is left when the series is gone."""
        patient = self.with_context(outlook_keeps_links=True)
        with self._outlook_handing_over(self):
            return super(CalendarEvent, patient)._break_recurrence(future=future)

    @contextmanager
    def _outlook_handing_over(self, heirs):
        """Give the links of a series that is gone in the end to what goes on.

        :param heirs: the meetings of which one goes on, alone or with a new series
        """
        series = self.recurrence_id
        links = series.sudo().outlook_link_ids
        yield
        if links and not series.exists():
            heir = heirs.exists().sorted(lambda event: not event.recurrence_id)[:1]
            links.invalidate_recordset(["recurrence_id"])
            if heir.recurrence_id:
                links.write({"recurrence_id": heir.recurrence_id.id})
            else:
                links._become_single(heir)

    def action_mass_deletion(self, recurrence_update_setting):
        """End the series where its meetings end: Odoo deletes them and no more."""
        series = self.recurrence_id
        result = super().action_mass_deletion(recurrence_update_setting)
        if recurrence_update_setting == "future_events":
            series.exists()._outlook_end()
        return result
