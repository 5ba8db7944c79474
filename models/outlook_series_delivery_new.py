# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One Odoo series that a mailbox does not have yet, created by one request."""

from dataclasses import replace

from odoo import api, models

from ..core.errors import Refused
from ..core.event_to_graph import graph_from_event
from ..core.recurrence_graph import graph_from_rule
from ..core.series_from_graph import series_of_master
from ..core.series_state import series_state
from ..graph.calendars import stamp_member


class OutlookSeriesDelivery(models.AbstractModel):
    """Creates a series, or binds the one that an earlier try has made."""

    _inherit = "outlook.series.delivery"

    @api.model
    def _create(self, account, row, outlook):
        """Create the series; a lost answer of an earlier try makes no second one."""
        series, kind = row.recurrence_id, row.kind
        ours = self.env["outlook.series.mapper"]._series(series)
        sent = account._as_new(ours.event, kind)
        calendar = self.env["outlook.delivery"]._place(account, series._outlook_lead())
        if series._outlook_lead().user_id != calendar._user():
            sent = replace(sent, online=False)  # not in the calendar of a guest
        body = self._whole(ours, sent)
        body["transactionId"] = row.transaction_id
        stamp = self.env["outlook.recognition"]._stamp(series, kind)
        body |= stamp_member(stamp)
        state = series_state(ours)
        try:
            answer = outlook.create(calendar.remote_id or "", body)
        except Refused as error:
            if not error.existing_id:
                raise
            self._adopt(calendar, row, error.existing_id, outlook)
            return
        link = self._bind(calendar, series, answer, kind, state)
        self.env["outlook.delivery"]._note_created(link, sent)
        if sent.online:
            item = calendar._item(answer)
            self.env["outlook.online.meeting"]._take(link, item)
        if state["days"]:
            self._send_days(link, ours, state, set(state["days"]), True, outlook)
        self._take_answers(link, {}, outlook)

    @api.model
    def _whole(self, ours, event):
        """Return the body that makes the series anew."""
        event = replace(event, when=ours.meeting(ours.first))
        return graph_from_event(event, ours.zone) | {
            "recurrence": graph_from_rule(self._told(ours), ours.first)
        }

    @api.model
    def _told(self, ours):
        """Return the rule with its zone, which has to be the one of the times."""
        return replace(ours.rule, zone=ours.zone)

    @api.model
    def _bind(self, calendar, series, answer, kind, state):
        """Return the link of a series that Outlook has made without exceptions."""
        item = calendar._item(answer)
        intake = self.env["outlook.intake"]
        vals = intake._facts(item, calendar, kind)
        vals["base_outlook"] |= self._rule_state(answer, item) | {"days": {}}
        return self.env["outlook.link"].create(
            vals
            | {
                "account_id": calendar.account_id.id,
                "recurrence_id": series.id,
                "remote_id": item.remote_id,
                "kind": kind,
                "calendar_id": calendar.id,
                "seen_in": calendar.read_number,
                "base_odoo": state | {"days": {}},  # these follow
            }
        )

    @api.model
    def _rule_state(self, answer, item):
        """Return ``when`` and ``rule`` of a master's state."""
        state = series_state(series_of_master(answer, item))
        return {"when": state["when"], "rule": state["rule"]}

    @api.model
    def _adopt(self, calendar, row, remote_id, outlook):
        """Bind the series that an earlier try made, then send what changed since."""
        series, intake = row.recurrence_id, self.env["outlook.series.intake"]
        found = intake._read(calendar, remote_id, outlook)
        link = intake._bind(calendar, found, series, row.kind)
        self.env["outlook.delivery"]._note_created(link, found.item.event)
        state = self.env["outlook.series.mapper"]._state(series, link)
        there = link.base_outlook
        out = link._fields_out() | {"rule", "days"}
        link.base_odoo = state | {name: there[name] for name in out}
        if link.is_online:
            self.env["outlook.online.meeting"]._take(link, found.item)
        self._update(link, outlook)
