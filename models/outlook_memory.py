# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What is kept of a meeting in the moment when it goes, so that it can come back."""

from odoo import api, fields, models

from ..core.errors import ConversionError, UnsupportedRecurrence
from ..core.undo_values import day_values, event_values, step


class OutlookMemory(models.AbstractModel):
    """Writes down values and facts for lines of the journal.

    Facts are what undoing a line needs beside the values: ``remote_id`` and ``kind`` of
    the link; ``events``, ids of the meetings that went; ``series``, the id of theirs;
    ``user`` and ``partners``, who took part; ``rule`` and ``days`` of a series.
    """

    _name = "outlook.memory"
    _description = "Outlook: Remembering Meetings"

    @api.model
    def _deleted(self, link):
        """Return ``{"before": values, "facts": facts}`` of a meeting that goes."""
        meeting = link and self._meeting(link)
        if not meeting:
            return {}
        facts = {
            "remote_id": link.remote_id,
            "kind": link.kind,
            "name": meeting.name,
            "events": meeting.ids,
            "user": meeting.user_id.id,
            "partners": meeting.partner_ids.ids,
        }
        if not link.recurrence_id:
            event = self.env["outlook.event.mapper"]._event(meeting)
            return {"before": event_values(event), "facts": facts}
        return self._deleted_series(link, meeting, facts)

    @api.model
    def _meeting(self, link):
        """Return the meeting, or the one that stands for a series, be it archived."""
        found = link._meeting().sudo()
        series = link.recurrence_id.sudo().with_context(active_test=False)
        return found or series.calendar_event_ids.sorted("start")[:1]

    @api.model
    def _deleted_series(self, link, meeting, facts):
        """Return the same of a series: its rule, and the days that are different."""
        series = link.recurrence_id.sudo()
        facts["series"] = series.id
        if not series._outlook_meetings():  # in the archive: they come back from there
            event = self.env["outlook.event.mapper"]._event(meeting)
            facts["events"] = self._archived(link, series).ids
            return {"before": event_values(event), "facts": facts}
        try:
            ours = self.env["outlook.series.mapper"]._series(series, link)
        except UnsupportedRecurrence:
            return {"facts": facts}
        rule = series._outlook_values()
        facts["rule"] = {
            name: fields.Date.to_string(value) if name == "until" else value
            for name, value in rule.items()
            if name != "id"
        }
        off = dict.fromkeys(map(fields.Date.to_string, ours.cancelled))
        facts["days"] = off | {
            fields.Date.to_string(slot): day_values(ours, slot)
            for slot in ours.exceptions
        }
        when = day_values(ours, ours.first)["when"]
        return {"before": event_values(ours.event) | {"when": when}, "facts": facts}

    @api.model
    def _archived(self, link, series):
        """Return the meetings of an archived series that were not called off before."""
        mapper = self.env["outlook.series.mapper"]
        off = {k for k, own in (link.base_odoo or {})["days"].items() if own is None}
        meetings = series.with_context(active_test=False).calendar_event_ids
        return meetings.filtered(
            lambda one: (
                fields.Date.to_string(one.outlook_slot or mapper._day(one, series))
                not in off
            )
        )

    @api.model
    def _text(self, link, names, outlook):
        """Return the text that a change is about to replace, if it is about that.

        A link knows of the last text no more than that it was another one.
        """
        if "body" not in names:
            return {}
        row = link._in(outlook).get(link.remote_id)
        try:
            return {"body": link._calendar()._item(row).event.body}
        except ConversionError:
            return {"body": None}  # nobody knows, and it can be replaced all the same

    @api.model
    def _joined(self, record, former):
        """Return what joining has changed in a meeting.

        :param former: :class:`core.event.Event`, before it
        """
        present = self.env["outlook.event.mapper"]._event(record)
        before, after = step(event_values(former), event_values(present))
        return {"before": before, "after": after}

    @api.model
    def _keeps(self, row, link):
        """Whether Odoo keeps the meeting of an item that was deleted: not re-made."""
        if not (row.keeps_meeting and link):
            return False
        link.is_gone = True
        link.account_id._note(
            "delete",
            self.env._("Deleted in Outlook."),
            event_id=link._meeting().id,
            event_name=link.event_name,
            direction="out",
        )
        return True
