# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series in the preview: each counts once, however many meetings it has."""

from odoo import api, models

from ..core.errors import ConversionError, NotFound, Refused, UnsupportedRecurrence


class OutlookFirstSync(models.TransientModel):
    """Tells what will happen to series."""

    _inherit = "outlook.first.sync"

    @api.model
    def _incoming_series(self, calendar, items):
        """Return lines for Outlook's series, and the Odoo series that they join.

        :param items: the masters
        """
        known = self.env["outlook.intake"]._links(
            calendar.account_id, [i.remote_id for i in items]
        )
        lines, joined = [], []
        for item in items:
            series = None if item.is_cancelled else self._twin(calendar, item)
            joined += series or ()
            found = {item.remote_id: series} if series else {}
            lines.append(self._incoming_line(item, found, known))
        return lines, joined

    @api.model
    def _twin(self, calendar, item):
        """Return the Odoo series that an item is, None when it is new.

        Only where Odoo has one of the same name Outlook is asked for the days.
        """
        recognition = self.env["outlook.series.recognition"]
        if match := recognition._by_ical_uid(item):
            return match.event
        if not recognition._candidates(calendar, item, is_first=True):
            return None
        outlook = self.env["outlook.connection"]._calendars(calendar.account_id)
        intake = self.env["outlook.series.intake"]
        try:
            found = intake._read(calendar, item.remote_id, outlook)
        except (NotFound, Refused, ConversionError):
            return None
        match = recognition._by_likeness(calendar, found, is_first=True)
        return match and match.event

    @api.model
    def _outgoing_series(self, account, joined):
        """Return lines for the Odoo series that go out, and those that cannot."""
        lines, outbox = [], self.env["outlook.outbox"]
        for series in outbox._existing_series(account):
            if series in joined:
                continue
            lead = series._outlook_lead()
            line = {"name": lead.name, "start": lead.start, "flow": "out"}
            line["reason"] = self.env._("As a copy: nobody is invited.")
            try:
                self.env["outlook.series.mapper"]._series(series.sudo())
            except UnsupportedRecurrence as error:
                reason = self.env["outlook.journal"]._reason(error.code)
                line |= {"flow": "left_out", "reason": reason}
            lines.append(line)
        return lines
