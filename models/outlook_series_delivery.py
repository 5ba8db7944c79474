# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One Odoo series to one series of a mailbox: created, changed or deleted.

A change of all its meetings is one request on the master, so each guest gets one mail
at most. What is different on single days follows, one request each.
"""

from dataclasses import replace

from odoo import api, fields, models

from ..core.errors import Conflict, NotFound
from ..core.event_to_graph import graph_from_event, with_locations
from ..core.join_block import split_join_block
from ..core.recurrence_graph import graph_from_rule
from ..core.series_state import has_ended, has_same_days, series_state
from ..core.snapshot import changed, snapshot
from ..core.undo_values import series_values
from .outlook_delivery import TEXTS

_NEVER_SENT = frozenset({"days"})


class OutlookSeriesDelivery(models.AbstractModel):
    """Makes the requests of a push for series."""

    _name = "outlook.series.delivery"
    _description = "Outlook: Delivering a Series"

    @api.model
    def _save(self, account, row, outlook):
        """Bring a mailbox up to date with one Odoo series."""
        series, delivery = row.recurrence_id, self.env["outlook.delivery"]
        lead = series._outlook_lead()
        links = series.outlook_link_ids.filtered(lambda x: x.account_id == account)
        is_new = not links and lead.active
        if is_new and delivery._is_wanted(account, lead, row.kind):
            self._create(account, row, outlook)
        # One of them may be in a calendar that a colleague shares.
        for link in links.filtered(lambda x: not x.is_gone):
            if not lead.active or delivery._is_left(link):
                delivery._delete(link, outlook)
            else:
                self._update(link, outlook)

    # --- changing ------------------------------------------------------------

    @api.model
    def _update(self, link, outlook):
        """Send what changed; when Outlook changed meanwhile, merge that first."""
        try:
            try:
                self._send(link, outlook)
            except Conflict:
                self._take_first(link, outlook)
                self._send(link, outlook)
        except NotFound:
            self.env["outlook.removal"]._take_doubtful(link.account_id, link, outlook)

    @api.model
    def _take_first(self, link, outlook):
        """Take what Outlook says now."""
        intake = self.env["outlook.series.intake"]
        found = intake._read(link._calendar(), link.remote_id, outlook)
        self.env["outlook.series.reconciliation"]._take(link, found)

    @api.model
    def _send(self, link, outlook):
        """Send the changed fields of a series; nothing when none changed."""
        mapper, series = self.env["outlook.series.mapper"], link.recurrence_id
        base = link.base_odoo
        ours = mapper._series(series, link)
        now = series_state(ours)
        names, days = self._changes(link, ours, base, now)
        if not names and not days:
            return
        if self._is_past(link, now):
            self.env["outlook.delivery"]._note_past(link)
            return
        answers = self._answers(link, now)
        leads = bool({"rule", "when"} & names) and self._moves(base, now)
        if names:
            self._send_master(link, ours, now, names, outlook)
        if leads:
            link.base_odoo = link.base_odoo | {"days": {}}  # Outlook has dropped them
        touched = days | (set(now["days"]) | set(link.base_outlook["days"]))
        if touched:
            self._send_days(link, ours, now, touched, leads, outlook, names, base)
        if names:
            self._take_answers(link, answers, outlook)

    @api.model
    def _answers(self, link, now):
        """Return the answers that both sides know: with new meetings Odoo has none."""
        there = link.base_outlook["responses"]
        return {one: there[one] for one in there if one in now["responses"]}

    @api.model
    def _take_answers(self, link, before, outlook):
        """Take answers that came with the answer to a request of ours.

        A room accepts at once; a new time makes all answers void.

        :param before: the answers that were known of
        """
        if link.kind == "meeting" and link.base_outlook["responses"] != before:
            link.base_outlook = link.base_outlook | {"responses": before}
            self._take_first(link, outlook)

    @api.model
    def _changes(self, link, ours, base, now):
        """Return the changed common fields, and the slots where something changed."""
        out = link._fields_out()
        out = out | {"rule"} if "when" in out else out
        names = (changed(base, now) - _NEVER_SENT) & out
        names -= self._already_there(link, ours, base, now)
        if not now["online"]:
            names -= {"online"}  # no meeting ends to be online
        days = {
            slot
            for slot in base["days"].keys() | now["days"].keys()
            if self._of_day(base, slot, out) != self._of_day(now, slot, out)
        }
        return names, days if "when" in out else set()

    @api.model
    def _of_day(self, state, slot, out):
        own = state["days"].get(slot, {})
        return own and {name: value for name, value in own.items() if name in out}

    @api.model
    def _already_there(self, link, ours, base, now):
        """Return the sets that are in Outlook as they would be sent."""
        there = link.base_outlook
        sent = self.env["outlook.delivery"]._as_known(ours.event, base, now, there)
        after = snapshot(sent)
        return {n for n in ("attendees", "categories") if after[n] == there[n]}

    @api.model
    def _moves(self, base, now):
        """Whether Outlook drops the exceptions of the series with this change."""
        if not (base["rule"] and base["when"]):
            return True
        starts = [state["when"]["start"] for state in (base, now)]
        return starts[0] != starts[1] or not has_same_days(base["rule"], now["rule"])

    @api.model
    def _is_past(self, link, now):
        """Whether Outlook would mail guests about a series that is over.

        As it is now and as Outlook has it: to end it today is news.
        """
        there = link.base_outlook
        if link.kind == "copy" or not (now["attendees"] or there.get("attendees")):
            return False
        was_over = not there["rule"] or has_ended(there, fields.Date.today())
        return was_over and link._is_over()

    @api.model
    def _send_master(self, link, ours, now, names, outlook):
        """Send the common fields in one request."""
        base, there = link.base_odoo, link.base_outlook
        delivery = self.env["outlook.delivery"]
        sent = delivery._as_known(ours.event, base, now, there)
        sent = replace(sent, when=ours.meeting(ours.first))
        plain = names - {"rule", "when"}
        members = self._members(link, sent, plain, ours.zone, outlook)
        members |= delivery._new_stamp(link, names)
        if {"rule", "when"} & names:
            members |= graph_from_event(sent, ours.zone, {"when"})
            members["recurrence"] = self._recurrence(link, ours, now, outlook)
        text = self.env["outlook.memory"]._text(link, names, outlook)
        answer = link._in(outlook).update(link.remote_id, members, link.etag)
        calendar = link._calendar()
        item = calendar._item(answer)
        facts = self.env["outlook.intake"]._facts(item, calendar, link.kind, there)
        rule = self._rule_state(answer, item)
        facts["base_outlook"] |= rule | {"days": there["days"]}
        kept = {k: v for k, v in base.items() if k not in names}
        link.write(facts | {"base_odoo": now | kept})
        journal = self.env["outlook.journal"]
        values = base | text, series_values(ours)
        journal._note_changed(link, "out", names, *values)
        if "online" in names:
            self.env["outlook.online.meeting"]._take(link, item)

    @api.model
    def _recurrence(self, link, ours, now, outlook):
        """Return the rule to send, with the words that Outlook has for the same days.

        It would take any other pattern, be it that of a week which begins on another
        day, for a new one and forget what was called off.
        """
        recurrence = graph_from_rule(self._told(ours), ours.first)
        known = link.base_outlook["rule"]
        if known and has_same_days(known, now["rule"]):
            there = link._in(outlook).get(link.remote_id).get("recurrence") or {}
            recurrence["pattern"] = there.get("pattern") or recurrence["pattern"]
        return recurrence

    @api.model
    def _members(self, link, event, names, zone, outlook, remote_id=""):
        """Return the members of a PATCH that lose nothing that Odoo does not know.

        :param remote_id: of a single meeting of the series
        """
        there = {}
        if "location" in names or (TEXTS & names and link.is_online):
            there = link._in(outlook).get(remote_id or link.remote_id)
        content = (there.get("body") or {}).get("content") or ""
        block = split_join_block(content)[1]
        members = graph_from_event(event, zone, names, join_block=block)
        return with_locations(members, there.get("locations") or [])

    # --- single days ---------------------------------------------------------

    @api.model
    def _send_days(
        self, link, ours, now, touched, leads, outlook, common=(), base=None
    ):
        """Send what is different on single days, compared with what Outlook has now.

        :param touched: slots (ISO dates) that may differ
        :param leads: Outlook has dropped its exceptions
        :param common: fields that were sent to the master just now
        :param base: the state of Odoo's side before; None: nothing was there
        """
        self.env["outlook.series.days"]._send(
            link, ours, now, touched, leads, outlook, set(common), base
        )
