# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Undoing lines of the journal: first the look, then both sides, then a new line."""

from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.errors import UnsupportedRecurrence
from ..core.series_state import clock_of_state
from ..core.undo import Done, Plan, plan_undo
from ..core.undo_values import event_values, series_values, way_back

# What undoing a line means: a :class:`core.undo.Plan`, the values to write by name, the
# names of those that were changed again since.
Look = namedtuple("Look", "plan values left")

_ANSWERS = frozenset({"responses"})


class OutlookUndoing(models.AbstractModel):
    """Finds out what can be undone, and does it with the rights of the owner."""

    _name = "outlook.undoing"
    _description = "Outlook: Undoing"

    # --- what there is -------------------------------------------------------

    @api.model
    def _link(self, row):
        """Return the link of the item that a line is about, if it is there still."""
        return self.env["outlook.link"].search(
            [
                ("account_id", "=", row.account_id.id),
                ("remote_id", "=", (row.facts or {}).get("remote_id")),
            ]
        )

    @api.model
    def _records(self, row):
        """Return the meetings that a line is about, with the rights of the owner.

        Of a line about a whole series all of them.
        """
        facts = row.facts or {}
        events = self.env["outlook.intake"]._events(row.account_id)
        if "events" in facts:
            return events.browse(facts["events"]).sudo().exists().sudo(False)
        series = self._link(row).recurrence_id
        if series and facts.get("slot"):
            found = self._of_slot(series, facts["slot"], row.operation != "delete")
            return events.browse(found.ids)
        if series and not facts.get("is_day"):
            return events.browse(series._outlook_meetings().ids)
        return events.browse(row.event_id.ids)

    @api.model
    def _of_slot(self, series, slot, is_active):
        """Return the meeting of a series on a day, or the archived one, or none."""
        mapper, day = self.env["outlook.series.mapper"], fields.Date.to_date(slot)
        if is_active:
            found = [one for one, own in mapper._slots(series).items() if own == day]
            return series.browse().calendar_event_ids.union(*found)
        return series.with_context(active_test=False).calendar_event_ids.filtered(
            lambda one: (
                not one.active and (one.outlook_slot or mapper._day(one, series)) == day
            )
        )[:1]

    @api.model
    def _is_series(self, row):
        """Whether a line is about a series as a whole."""
        facts = row.facts or {}
        is_day = facts.get("slot") or facts.get("is_day")
        return not is_day and bool(facts.get("series") or self._link(row).recurrence_id)

    # --- looking -------------------------------------------------------------

    @api.model
    def _look(self, row, may_mail=False):
        """Return what undoing a line would do, as :class:`Look`."""
        row = row.sudo()
        done = self._done(row)
        plan = plan_undo(done, may_mail)
        if plan.odoo != "write":
            return Look(plan, {}, set())
        try:
            values, left = way_back(row.before, row.after, self._now(row))
        except UnsupportedRecurrence:
            return Look(Plan(refusal="rule"), {}, set())
        if "rule" in row.before:
            left.add("rule")
        if not values:
            plan = Plan(refusal="rule" if left == {"rule"} else "changed")
        return Look(plan, values, left)

    @api.model
    def _done(self, row):
        """Return the line as :class:`core.undo.Done`."""
        link, records, facts = self._link(row), self._records(row), row.facts or {}
        names = set(row.before or ()) | set(row.after or ())
        is_answer = row.operation == "update" and names == _ANSWERS
        shown = records.sudo()
        is_archived = bool(shown) and not any(shown.mapped("active"))
        goes = row.operation in ("archive", "delete")
        return Done(
            operation="answer" if is_answer else row.operation,
            direction=row.direction or "in",
            kind=self._kind(row, shown) if goes else link.kind or "copy",
            guests=len(self._guests(row, link, shown)),
            has_values=bool(names - {"rule"} or facts.get("answers")),
            has_record=bool(shown),
            is_archived=is_archived,
            is_linked=self._is_back(row, shown) if goes else self._is_bound(link),
            is_own=not link or bool(link._fields_out()) or self._is_read_only(link),
            has_others=bool(shown.outlook_link_ids.account_id - row.account_id),
            is_likeness=facts.get("by") == "likeness",
            may_send=self._may_send(row, link, shown),
            is_over=self._is_over(row, shown),
            is_left="left" in facts,
            is_rule="rule" in names,
            is_undone=bool(row.undone_id),
        )

    @api.model
    def _is_back(self, row, records):
        """Whether what went has an item again; a single day has none of its own."""
        facts = row.facts or {}
        if facts.get("slot") or facts.get("is_day"):
            return False
        links = records.outlook_link_ids.filtered(lambda one: not one.is_gone)
        return row.account_id in links.account_id

    @api.model
    def _is_bound(self, link):
        return bool(link and link._is_bound() and not link.is_gone)

    @api.model
    def _is_read_only(self, link):
        """Whether the meeting is the owner's, in a mailbox that is only read."""
        is_theirs = link.kind == "meeting" and not link.is_organizer
        return not is_theirs and not link._may_push()

    @api.model
    def _kind(self, row, records):
        """Return what a meeting that comes back may be: Outlook invites, or nobody."""
        mode = row.account_id.invitation_mode
        return "meeting" if mode == "outlook" else "copy"

    @api.model
    def _organizer_id(self, row, records):
        return records[:1].user_id.id if records else (row.facts or {}).get("user")

    @api.model
    def _may_send(self, row, link, records):
        """Whether the mailbox takes what Odoo has to say about the meeting."""
        if row.operation not in ("archive", "delete"):
            return bool(link) and link._may_push()
        organizer = self._organizer_id(row, records) or row.account_id.user_id.id
        is_own = organizer == row.account_id.user_id.id
        return is_own and row.account_id._may_push()

    @api.model
    def _guests(self, row, link, records):
        """Return the addresses of whoever Outlook would mail."""
        found = set((link.base_outlook or {}).get("attendees") or ())
        found |= set((row.before or {}).get("attendees") or ())
        if records:
            event = self.env["outlook.event.mapper"]._event(records[:1].sudo())
            found |= {guest.address for guest in event.attendees}
        own = row.account_id._addresses()
        return {one for one in found if one and not one.startswith("?")} - own

    @api.model
    def _is_over(self, row, records):
        if records:
            return max(records.mapped("stop")) < fields.Datetime.now()
        when = (row.before or {}).get("when") or {}
        if "all_day" not in when:
            return False
        end = fields.Datetime.to_datetime(when["end"][:19].replace("T", " "))
        return end < fields.Datetime.now() and "rule" not in (row.facts or {})

    @api.model
    def _now(self, row):
        """Return the values that the meeting, or the series, has now."""
        link = self._link(row)
        if self._is_series(row):
            mapper = self.env["outlook.series.mapper"]
            return series_values(mapper._series(link.recurrence_id, link))
        record = self._records(row)[:1].sudo()
        return event_values(self.env["outlook.event.mapper"]._event(record))

    # --- doing ---------------------------------------------------------------

    @api.model
    def _undo(self, rows, may_mail=False):
        """Undo lines, the last one first; return those that were undone."""
        account = rows.sudo().account_id
        account.ensure_one()
        if not account.try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._("Meetings are being exchanged now. Try again in a moment.")
            )
        done = rows.browse()
        for row in rows.sudo().sorted("id", reverse=True):
            look = self._look(row, may_mail)
            if not look.plan.refusal:
                self._undo_one(row, look)
                done |= row
        return done

    @api.model
    def _undo_one(self, row, look):
        """Undo one line, and say so in a line of its own."""
        record = self._records(row)[:1]
        vals = {
            "event_id": record.id or row.event_id.id,
            "event_name": row.event_name,
        }
        steps = self.env["outlook.undoing.steps"]
        vals |= getattr(steps, f"_undo_{look.plan.odoo or 'delete'}")(row, look) or {}
        summary = self.env._("Undone: %(what)s", what=row.summary)
        row.undone_id = row.account_id._note("undo", summary, **vals)

    @api.model
    def _clock(self, values):
        """Return the clock that a time of a whole series is."""
        return clock_of_state({"when": values["when"]})
