# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A single meeting that becomes a series in Outlook, and a series that becomes one."""

from odoo import api, models


class OutlookSeriesChange(models.AbstractModel):
    """Keeps the record that a meeting had before, with its chatter."""

    _name = "outlook.series.change"
    _description = "Outlook: Making Recurring or Single"

    @api.model
    def _make_recurring(self, link, found):
        """Let the meeting of a link be the first of a new series.

        :param found: :class:`core.series_from_graph.OutlookSeries`
        """
        theirs = found.series
        intake = self.env["outlook.series.intake"]
        events = self.env["outlook.intake"]._events(link.account_id)
        first = events.browse(link.event_id.id)
        if not theirs.held or link._fields_in() == frozenset():
            return
        slot = theirs.held[0]
        writer = self.env["outlook.series.writer"]
        series = writer._create(link._calendar(), found, kept={slot: first})
        item = found.item
        names = frozenset(link._fields_in())
        reconciliation = self.env["outlook.reconciliation"]
        outlook = intake._state(found, link._calendar(), link.kind)
        before = link.base_outlook
        reconciliation._write(link, item, first, names - {"when"}, outlook, before)
        first.write(writer._slot_vals(series, theirs, slot, slot in theirs.exceptions))
        series.base_event_id = first
        (first.sudo().outlook_item_ids - link)._become_series(series.sudo())
        link.write(
            {
                "event_id": False,
                "recurrence_id": series.id,
                "base_odoo": {},
                **intake._facts(found, link._calendar(), link.kind),
            }
        )
        mapper = self.env["outlook.series.mapper"]
        link.base_odoo = mapper._state(series.sudo(), link)
        self._note(link, first, self.env._("Repeats in Outlook now."))

    @api.model
    def _make_single(self, link, item):
        """Let one meeting stay of a series that Outlook repeats no more.

        The one on the day of what is left, else the first; the others are archived.
        """
        series = self.env["outlook.series.intake"]._as_owner(
            link.account_id, link.recurrence_id
        )
        meetings = series._outlook_meetings().sorted("start")
        if not meetings or "when" not in link._fields_in():
            return
        start = self.env["outlook.event.writer"]._time_vals(item.event.when)["start"]
        same = meetings.filtered(lambda one: one.start == start)
        left = (same or meetings)[:1]
        others = meetings - left
        self.env["outlook.series.update"]._archive(link, list(others))
        left.write({"recurrence_id": False, "recurrency": False, "outlook_slot": False})
        others.write({"recurrence_id": False})
        link.write(
            {
                "event_id": left.id,
                "recurrence_id": False,
                "base_odoo": self.env["outlook.event.mapper"]._snapshot(left),
            }
        )
        series.sudo().outlook_link_ids._become_single(left.sudo())
        series.with_context(outlook_keeps_links=True).unlink()
        self._note(link, left, self.env._("Does not repeat in Outlook any more."))
        self.env["outlook.reconciliation"]._take(link, item)

    @api.model
    def _note(self, link, event, text):
        link.account_id._note(
            "update", text, event_id=event.id, event_name=event.name, direction="in"
        )
