# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A meeting that Odoo has deleted, made anew from what the journal remembers."""

from odoo import api, fields, models
from odoo.fields import Command

from ..core.undo_values import event_of


class OutlookUndoingAnew(models.AbstractModel):
    """Creates records; their chatter went with the old ones."""

    _name = "outlook.undoing.anew"
    _description = "Outlook: Making Deleted Meetings Anew"

    @api.model
    def _make(self, row):
        """Return the new meeting; of a series all its meetings.

        Nobody gets mail, and the mailbox of the line is told by the caller.
        """
        events = self.env["outlook.intake"]._events(row.account_id)
        events = events.with_context(dont_notify=True, is_calendar_event_new=True)
        rule = (row.facts or {}).get("rule")
        first = events.create({**self._vals(row), **self._rule_vals(rule)})
        first._outlook_announce()
        if not rule:
            return first
        meetings = first.recurrence_id._outlook_meetings()
        self._write_days(row, meetings.with_env(events.env))
        return first.recurrence_id._outlook_meetings().sorted("start")

    @api.model
    def _vals(self, row):
        """Return the values of a meeting as it was."""
        account, facts = row.account_id, row.facts or {}
        event = event_of(row.before)
        writer, people = self.env["outlook.event.writer"], self.env["outlook.people"]
        names = set(row.before) - {"attendees", "responses"}
        partners = self.env["res.partner"].browse(facts.get("partners")).exists()
        if "partners" not in facts:
            partners = account.user_id.partner_id.union(
                *people._partners(event.attendees, account).values()
            )
        user = self.env["res.users"].browse(facts.get("user")).exists()
        return {
            **writer._vals(event, names, account),
            "user_id": (user or account.user_id).id,
            "partner_ids": [Command.set(partners.ids)],
        }

    @api.model
    def _rule_vals(self, rule):
        """Return the values that make a meeting the first of a series."""
        if not rule:
            return {}
        kept = {name: value for name, value in rule.items() if value is not None}
        return {"recurrency": True, **kept}

    @api.model
    def _write_days(self, row, meetings):
        """Call off what was called off, and change what was different."""
        steps, mapper = (
            self.env["outlook.undoing.steps"],
            self.env["outlook.series.mapper"],
        )
        slots = mapper._slots(meetings.recurrence_id)
        for meeting, slot in slots.items():
            key, days = fields.Date.to_string(slot), row.facts["days"]
            if key not in days:
                continue
            record = meeting.with_env(meetings.env)
            record.outlook_slot = slot
            if days[key] is None:
                record.write({"active": False})
            else:
                steps._write_one(row.account_id, record, days[key])
