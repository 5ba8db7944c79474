# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What Outlook says when it was asked for a Teams meeting."""

from odoo import api, models

_COME_BACK = 30  # seconds, for an address that Outlook makes a moment later


class OutlookOnlineMeeting(models.AbstractModel):
    """Takes the address of a new Teams meeting in, or that there is none."""

    _name = "outlook.online.meeting"
    _description = "Outlook: Teams Meetings"

    @api.model
    def _take(self, link, item):
        """Take what only Outlook can know after a request that asked for a meeting.

        A calendar without Teams makes none and refuses nothing (graph.md 4.6).

        :param item: :class:`core.event.Item` of the answer
        """
        meetings = self._meetings(link)
        was_asked, vals = meetings[:1].outlook_teams, {}
        url = item.event.join_url
        if was_asked != item.event.online:
            vals["outlook_teams"] = item.event.online
        if item.event.online and url and meetings[:1].videocall_location != url:
            vals["videocall_location"] = url
        if vals:
            meetings.write(vals)
            now = self.env["outlook.event.mapper"]._snapshot(meetings[:1])
            known = {name: now[name] for name in ("online", "join_url")}
            link.base_odoo = link.base_odoo | known
        if was_asked and not item.event.online:
            self._note_refused(link, meetings)
        elif item.event.online and not url:
            link.account_id._come_back("outlook.pull", seconds=_COME_BACK)

    @api.model
    def _meetings(self, link):
        """Return the meetings of a link, to be written to as the owner."""
        events = self.env["outlook.intake"]._events(link.account_id)
        meetings = link.recurrence_id._outlook_meetings() or link.event_id
        return events.browse(meetings.ids)

    @api.model
    def _note_refused(self, link, meetings):
        """Say that there is no Teams meeting; a link to Odoo's own call goes out."""
        link.account_id._note(
            "skip",
            self.env._(
                "Outlook made no Teams meeting: this mailbox or calendar has no Teams. "
                "The switch is off again."
            ),
            event_id=link._meeting().id,
            event_name=link.event_name,
            direction="out",
        )
        if not self.env["outlook.event.mapper"]._event(meetings[:1]).discuss_url:
            return
        outbox = self.env["outlook.outbox"]
        if link.recurrence_id:
            outbox._note_series([(link.account_id, link.recurrence_id)])
        else:
            outbox._note(link.account_id, link.event_id)
