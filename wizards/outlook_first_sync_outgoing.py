# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Facts of the preview about what Odoo has: see ``core.preview``."""

from odoo import fields, models

from ..core.errors import UnsupportedRecurrence
from .outlook_first_sync_incoming import moment_of


class OutlookFirstSync(models.TransientModel):
    """Finds the meetings of Odoo that Outlook could get, whatever is chosen."""

    _inherit = "outlook.first.sync"

    def _outgoing(self):
        """Return the facts of all meetings that were made before."""
        account = self.account_id.with_context(outlook_any_privacy=True)
        outbox = self.env["outlook.outbox"]
        events = outbox._made_before(account, [], export="all")
        parting = self.env["outlook.parting"]
        there, series_there = parting._events(account), parting._series(account)
        singles = events.filtered(
            lambda event: (
                not event.recurrence_id
                and event.id not in there
                and outbox._wants_copy(account, event.sudo())
            )
        )
        series = events.recurrence_id.filtered(
            lambda one: (
                one.id not in series_there
                and outbox._wants_copy(account, one.sudo()._outlook_lead())
            )
        )
        guests = events.sudo().attendee_ids.partner_id
        addresses = self.env["outlook.people"]._addresses(guests)
        facts = [
            self._fact_of_single(account, one.sudo(), addresses) for one in singles
        ]
        return facts + [
            self._fact_of_series(account, one.sudo(), addresses) for one in series
        ]

    def _fact_of_single(self, account, event, addresses):
        when = self.env["outlook.event.mapper"]._when(event)
        return self._fact_out(account, event, addresses) | {
            "id": f"e{event.id}",
            "start": moment_of(when.start),
            "end": moment_of(when.end),
            "days": [],
            "over": event.stop < fields.Datetime.now(),
            "problem": self._why_not_chosen(event),
        }

    def _why_not_chosen(self, event):
        """Return the code of the reason why the connection's own choices keep it."""
        return "" if self.account_id._chooses_event(event) else "not_chosen"

    def _fact_of_series(self, account, series, addresses):
        """Return the fact of a series, with why Outlook cannot repeat it, if so."""
        lead, meetings = series._outlook_lead(), series._outlook_meetings()
        problem = self._why_not_chosen(lead)
        try:
            self.env["outlook.series.mapper"]._series(series)
        except UnsupportedRecurrence as error:
            problem = error.code
        return self._fact_out(account, lead, addresses) | {
            "id": f"r{series.id}",
            "start": moment_of(lead.start),
            "end": moment_of(lead.stop),
            "days": sorted(moment_of(one.start)[:10] for one in meetings),
            "over": series._outlook_is_over(),
            "problem": problem,
        }

    def _fact_out(self, account, event, addresses):
        """Return what both have in common.

        :param addresses: ``{partner id: address}`` of the guests of all meetings
        """
        guests = event.attendee_ids.partner_id - event.user_id.partner_id
        return {
            "name": event.name or self.env._("(No title)"),
            "own": event.user_id == account.user_id,
            "private": event.effective_privacy == "private",
            "guests": [[addresses.get(one.id, ""), one.name] for one in guests],
        }
