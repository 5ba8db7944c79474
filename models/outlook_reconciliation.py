# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A changed item and its Odoo meeting: merged field by field."""

from odoo import api, models

from ..core.merge import merge
from ..core.snapshot import changed, snapshot
from ..core.undo_values import event_values

# Fields that are sets of entries: what each side added or removed adds up.
SETS = frozenset({"attendees", "responses", "categories"})
_SHARED = frozenset({"subject", "body", "when", "location"})


class OutlookReconciliation(models.AbstractModel):
    """Brings what changed in Outlook into a meeting that Odoo has."""

    _name = "outlook.reconciliation"
    _description = "Outlook: Merging Changes"

    @api.model
    def _take(self, link, item):
        """Bring a change of Outlook into the Odoo meeting; keep Odoo's own changes."""
        calendar, intake = link._calendar(), self.env["outlook.intake"]
        record = intake._events(link.account_id).browse(link.event_id.id)
        if item.is_cancelled:
            self.env["outlook.removal"]._cancelled(link, record)
            return
        link._show(item)
        link._forget_strangers()
        now = intake._snapshot(item, calendar, link.kind, link.base_outlook)
        if changed(link.base_outlook, now) & link._fields_in():
            link.base_odoo = self._merge(link, item, record, now)
        elif link._is_of_another():
            self._restore(link, record, now)
        self.env["outlook.journal"]._note_proposals(link, {"": item.event})
        base = link.base_outlook
        link.write(intake._facts(item, calendar, link.kind, base))

    @api.model
    def _restore(self, link, record, now):
        """Undo what a guest did to his copy: the meeting is not his to change.

        How it looks in his own calendar (private, free, his reminder) he may choose.
        """
        names = changed(link.base_outlook, now) & link._fields_out() & _SHARED
        if names:
            # Nothing equals None, so the push sends Odoo's values again.
            link.base_odoo = link.base_odoo | dict.fromkeys(names)
            self.env["outlook.outbox"]._note(link.account_id, record)

    @api.model
    def _merge(self, link, item, record, outlook):
        """Merge and write; return the new base of Odoo's side.

        What waits to be sent keeps its old base, so that the push still finds it.
        """
        mapper, base = self.env["outlook.event.mapper"], link.base_odoo
        former = mapper._event(record)
        odoo = snapshot(former)
        winner = self._winner(link, item, record)
        outcome = merge(base, odoo, link.base_outlook, outlook, winner)
        clashes = (outcome.clashes - SETS) & link._fields_in()
        to_odoo = (outcome.to_odoo | outcome.clashes & SETS) & link._fields_in()
        journal = self.env["outlook.journal"]
        journal._note_clashes(link, item, record, clashes, winner)
        self._write(link, item, record, to_odoo, outlook, link.base_outlook)
        present = mapper._event(record)
        values = event_values(former), event_values(present)
        journal._note_changed(link, "in", to_odoo, *values)
        waiting = (outcome.to_outlook | outcome.clashes & SETS) - (to_odoo - SETS)
        if waiting & link._fields_out():
            self.env["outlook.outbox"]._note(link.account_id, record)
        return snapshot(present) | {name: base[name] for name in waiting}

    @api.model
    def _winner(self, link, item, record):
        """Return the side whose value is kept where both changed."""
        if link.kind == "meeting" and not link.is_organizer:
            return "outlook"  # somebody else's meeting
        rule = link.account_id.conflict_rule
        if rule != "newest" or not item.last_modified:
            return "odoo" if rule == "odoo" else "outlook"
        theirs = item.last_modified.replace(tzinfo=None)
        return "odoo" if record.write_date > theirs else "outlook"

    @api.model
    def _write_types(self, record, item, outlook, before, account):
        """Take the types of guests that are new or have changed."""
        old, new = before.get("attendees", {}), outlook["attendees"]
        moved = {a for a in new if new[a] != old.get(a, "required")}
        if moved:
            writer = self.env["outlook.event.writer"]
            writer._take_types(record, item.event, moved, account)

    @api.model
    def _write(self, link, item, record, names, outlook, before):
        """Write Outlook's values of ``names``.

        :param outlook: the snapshot of ``item``
        :param before: the one that sets are compared with
        """
        writer, account = self.env["outlook.event.writer"], link.account_id
        old = before.get("categories", ())
        vals = writer._vals(item.event, names, account, record, before=old)
        if "attendees" in names:
            known = before.get("attendees", {})
            commands = writer._guest_commands(item.event, known, account, record)
            if commands:
                vals["partner_ids"] = commands
        if vals:
            record.write(vals)
        if "attendees" in names:
            self._write_types(record, item, outlook, before, account)
        if "responses" in names:
            old, new = before.get("responses", {}), outlook["responses"]
            moved = {a for a in old.keys() | new.keys() if old.get(a) != new.get(a)}
            moved -= link._answering_themselves()
            writer._take_answers(record, item.event, moved, account)
