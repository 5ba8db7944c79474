# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A ``core`` series as an Odoo series: its rule and its meetings."""

from dataclasses import replace
from datetime import date, timedelta

from odoo import api, models

from ..core.errors import UnsupportedRecurrence
from ..core.recurrence_dates import dates
from ..core.recurrence_odoo import odoo_from_rule


class OutlookSeriesWriter(models.AbstractModel):
    """Writes ``calendar.recurrence`` and its meetings."""

    _name = "outlook.series.writer"
    _description = "Outlook: Writing Series"

    # --- a new series --------------------------------------------------------

    @api.model
    def _create(self, calendar, found, kept=None):
        """Return a new Odoo series with the meetings that Outlook told of.

        :param kept: ``{slot: meeting}`` of meetings that there are already
        """
        theirs, kept = found.series, kept or {}
        intake = self.env["outlook.intake"]
        events = intake._events(calendar.account_id).with_context(dont_notify=True)
        series = events.env["calendar.recurrence"].create(
            self._rule_vals(calendar.account_id, theirs, theirs.held[0])
        )
        series.write({"base_event_id": False, **self._horizon_vals(found)})
        self._create_meetings(calendar, series, found, set(theirs.held) - kept.keys())
        series.base_event_id = series._outlook_meetings().sorted("start")[:1]
        return series

    @api.model
    def _create_meetings(self, calendar, series, found, slots):
        """Create the meetings of some slots of a series; return them."""
        if not slots:
            return self.env["calendar.event"]
        intake = self.env["outlook.intake"]
        events = intake._events(calendar.account_id).with_context(
            dont_notify=True, tracking_disable=True
        )
        records = events.create(
            self._meeting_vals(calendar.account_id, series, found, slots)
        )
        records._outlook_announce()
        return records

    @api.model
    def _meeting_vals(self, account, series, found, slots):
        """Return the values of new meetings, one for each slot."""
        intake, theirs = self.env["outlook.intake"], found.series
        special = [slot for slot in sorted(slots) if slot in theirs.exceptions]
        items = [found.item] + [
            replace(found.item, event=theirs.exceptions[slot]) for slot in special
        ]
        usual, *others = intake._new_vals(account, items)
        own = dict(zip(special, others, strict=True))
        return [
            own.get(slot, usual) | self._slot_vals(series, theirs, slot, slot in own)
            for slot in sorted(slots)
        ]

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

    # --- the rule ------------------------------------------------------------

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
