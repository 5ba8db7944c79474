# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The single days of a series in which it differs from its master, sent one by one."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from odoo import api, fields, models

from ..core.errors import Conflict
from ..core.series_state import day_state, series_state
from ..core.snapshot import snapshot
from ..core.undo_values import day_values, event_values


class OutlookSeriesDays(models.AbstractModel):
    """Makes the requests about single meetings of a series."""

    _name = "outlook.series.days"
    _description = "Outlook: Delivering the Days of a Series"

    @api.model
    def _send(self, link, ours, now, touched, leads, outlook, common, base):
        """Bring single days up to date; see ``outlook.series.delivery._send_days``."""
        intake = self.env["outlook.series.intake"]
        slots = sorted(fields.Date.to_date(slot) for slot in touched)
        moments = [datetime.combine(slot, time(12)) for slot in slots]
        day = timedelta(days=2)
        around = [moments[0] - day, moments[-1] + day] if moments else []
        calendar = link._calendar()
        found = intake._read(calendar, link.remote_id, outlook, around)
        if found.item.etag != link.etag:
            raise Conflict("the series was changed meanwhile")
        there = intake._state(found, calendar, link.kind)
        before = base or {**now, "days": {}}
        days, apart = dict(there["days"]), set()
        for slot in slots:
            key = slot.isoformat()
            names = self._names(link, key, now, before, there, leads, common)
            if self._is_apart(key, now, before, there):
                self._set_apart(link, ours, slot)
                apart.add(key)
            elif names is None:
                self._cancel(link, ours, slot, found, days, outlook)
            elif names:
                self._change(link, ours, slot, names, found, days, outlook, before)
        kept = {slot: own for slot, own in now["days"].items() if slot not in apart}
        kept |= dict.fromkeys(apart)
        self._keep(link, found, there, days, kept)

    @api.model
    def _is_apart(self, key, now, before, there):
        """Whether Odoo took back that it was called off, which Outlook cannot."""
        states = [state["days"].get(key, {}) for state in (now, before, there)]
        return states[0] is not None and states[1] is None and states[2] is None

    @api.model
    def _set_apart(self, link, ours, slot):
        """Make a meeting of its own of one that is back in Odoo."""
        meetings = self.env["outlook.series.mapper"]._slots(link.recurrence_id)
        for meeting in [one for one, own in meetings.items() if own == slot]:
            events = self.env["outlook.intake"]._events(link.account_id)
            events.with_context(outlook_from_account=None).browse(meeting.id).write(
                {"recurrence_id": False, "recurrency": False, "outlook_slot": False}
            )
        text = self.env._(
            "Outlook cannot take back that it was called off: it is a meeting of its "
            "own now."
        )
        self._note(link, slot, "update", text)

    @api.model
    def _names(self, link, key, now, before, there, leads, common):
        """Return the fields to send for a day, None when it is to be called off."""
        own, old = now["days"].get(key, {}), before["days"].get(key, {})
        out = link._fields_out() - {"online"}  # the series has it, or nobody
        if own is None:
            return None if leads or old is not None else frozenset()
        if there["days"].get(key, {}) is None:
            return frozenset()  # called off there, which cannot be taken back
        if leads:
            return frozenset(own) & out
        old = old or {}
        # A value may be None, which is not the same as nothing of its own.
        differing = {n for n in own if n not in old or own[n] != old[n]}
        differing |= old.keys() - own.keys()
        # Whatever did not follow its master, although Odoo says nothing else.
        behind = common & (there["days"].get(key) or {}).keys() - own.keys()
        return (frozenset(differing) | behind) & out

    @api.model
    def _cancel(self, link, ours, slot, found, days, outlook):
        """Call one meeting off, unless its guests would get mail about the past."""
        remote_id = found.ids.get(slot)
        if not remote_id:
            return
        if self._is_past(link, ours.meeting(slot).end, found):
            self._note(link, slot, "skip", self._past())
            return
        link._in(outlook).delete(remote_id)
        days[slot.isoformat()] = None
        self._note(
            link,
            slot,
            "delete",
            self.env._("Called off in Outlook."),
            before=day_values(ours, slot),
            facts={"remote_id": link.remote_id, "slot": slot.isoformat()},
        )

    @api.model
    def _change(self, link, ours, slot, names, found, days, outlook, before):
        """Send the fields of one meeting."""
        remote_id = found.ids.get(slot)
        if not remote_id:
            return
        key = slot.isoformat()
        event = ours.exceptions.get(slot) or replace(
            ours.event, when=ours.meeting(slot)
        )
        there = day_state(series_state(found.series), key)
        old = day_state(before, key) if before["when"] else None
        sent, names = self._as_known(old or before, event, names, there)
        if not names:
            return
        if self._is_past(link, event.when.end, found):
            self._note(link, slot, "skip", self._past())
            return
        delivery = self.env["outlook.series.delivery"]
        members = delivery._members(link, sent, names, ours.zone, outlook, remote_id)
        answer = link._in(outlook).update(remote_id, members)
        item = link._calendar()._item(answer)
        days[key] = self._own(found, slot, item)
        journal = self.env["outlook.journal"]
        text = self.env._(
            "Changed: %(names)s.", names=", ".join(map(journal._label, sorted(names)))
        )
        text_there = found.series.exceptions.get(slot, found.item.event).body
        known = (old or {}) | {"body": text_there}
        values = journal._changed_vals(
            link, names, known, event_values(event), slot=key
        )
        self._note(link, slot, "update", text, **values)

    @api.model
    def _as_known(self, before, event, names, there):
        """Return the event with the sets as Outlook will know them, and what differs.

        A guest or category that Odoo does not know, Outlook keeps.
        """
        now = snapshot(event)
        base = {name: before[name] for name in ("attendees", "categories")}
        sent = self.env["outlook.delivery"]._as_known(event, base, now, there)
        after = snapshot(sent)
        same = {n for n in base if after[n] == there[n]}
        return sent, names - same

    @api.model
    def _own(self, found, slot, item):
        """Return what of an answered meeting differs from its series."""
        series = replace(found.series, exceptions={slot: item.event})
        return series_state(series)["days"].get(slot.isoformat(), {})

    @api.model
    def _keep(self, link, found, there, days, kept):
        """Keep the new state of both sides."""
        base = link.base_outlook | {"days": dict(sorted(days.items()))}
        base |= {"when": there["when"], "rule": there["rule"]}
        link.write(
            {
                "base_outlook": base,
                "base_odoo": link.base_odoo | {"days": dict(sorted(kept.items()))},
                "etag": found.item.etag,
            }
        )

    @api.model
    def _is_past(self, link, end, found):
        """Whether Outlook would mail guests about a meeting that is over."""
        if link.kind == "copy" or not found.item.event.attendees:
            return False
        if not isinstance(end, datetime):
            return end <= fields.Date.today()
        return end.replace(tzinfo=None) < fields.Datetime.now()

    @api.model
    def _past(self):
        return self.env._(
            "Not sent: the meeting is over, and Outlook would mail its guests."
        )

    @api.model
    def _note(self, link, slot, operation, text, **values):
        journal = self.env["outlook.journal"]
        journal._note_day(link, slot, operation, text, "out", **values)
