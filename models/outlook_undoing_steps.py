# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The steps of undoing: each does what a plan says on Odoo's side, and leaves a note
for Outlook's."""

from odoo import api, models
from odoo.exceptions import UserError

from ..core.errors import OutlookError
from ..core.undo_values import event_of, event_values, way_back

# What kind of item is made again.
_ANEW = {"copy": "copy", "invite": "meeting"}


class OutlookUndoingSteps(models.AbstractModel):
    """One method for each word of ``core.undo.InOdoo``.

    Each takes the line and a ``Look``, and returns values for the line that tells of
    the undoing. Nothing here mails anybody: what Outlook may mail goes through the
    outbox.
    """

    _name = "outlook.undoing.steps"
    _description = "Outlook: Steps of Undoing"

    @api.model
    def _undo_archive(self, row, look):
        """Take what came in out of the calendar; Outlook's item is left alone."""
        undoing = self.env["outlook.undoing"]
        records, link = undoing._records(row), undoing._link(row)
        if not link:
            records.write({"active": False})
            return {}
        facts = {"remote_id": link.remote_id, "events": records.ids, "left": True}
        if link.recurrence_id:
            facts["series"] = link.recurrence_id.id
        link.write({"event_id": False, "recurrence_id": False})
        records.write({"active": False})
        return {"facts": facts}

    @api.model
    def _undo_delete(self, row, look):
        """Delete the item; Odoo keeps the meeting, and sends it no more."""
        link = self.env["outlook.undoing"]._link(row)
        meeting = link._meeting()
        link.is_gone = True
        self.env["outlook.outbox"]._add(
            [
                {
                    "account_id": row.account_id.id,
                    "event_id": meeting.id,
                    "operation": "delete",
                    "remote_id": link.remote_id,
                    "keeps_meeting": True,
                }
            ]
        )
        return {"event_id": meeting.id}

    # --- back from the archive, or from nothing ------------------------------

    @api.model
    def _undo_restore(self, row, look):
        """Take meetings out of the archive; with ``listen`` their item belongs to
        them again, else it is made anew."""
        undoing = self.env["outlook.undoing"]
        records, facts = undoing._records(row), row.facts
        is_day = facts.get("is_day") or facts.get("slot")
        if is_day:  # Outlook does not take back that a day was called off
            records.filtered("recurrence_id").write(
                {"recurrence_id": False, "recurrency": False, "outlook_slot": False}
            )
        elif look.plan.outlook in _ANEW:
            self._forget_invitations(row, records)
        records.write({"active": True})
        series = records.recurrence_id
        if look.plan.outlook == "listen":
            link = undoing._link(row)
            link.write(
                {"recurrence_id": series.id} if series else {"event_id": records[:1].id}
            )
            link._calendar()._forget_cursor()  # what it said meanwhile was not heard
        self._send_anew(row, look, records)
        return {}

    @api.model
    def _forget_invitations(self, row, records):
        """Forget what Outlook called off in the mailboxes of colleagues: the meeting
        that is made again is another one to them."""
        records.sudo().outlook_link_ids.filtered(
            lambda link: (
                link.account_id != row.account_id
                and link.kind == "meeting"
                and not link.is_organizer
            )
        ).unlink()

    @api.model
    def _undo_create(self, row, look):
        """Make a meeting anew that Odoo has no record of any more."""
        record = self.env["outlook.undoing.anew"]._make(row)
        self._send_anew(row, look, record)
        return {"event_id": record[:1].id}

    @api.model
    def _send_anew(self, row, look, records):
        """Leave a note that makes the item again: with its guests, or for none."""
        if look.plan.outlook not in _ANEW:
            return
        series = records.recurrence_id[:1]
        self.env["outlook.outbox"]._add(
            [
                {
                    "account_id": row.account_id.id,
                    "event_id": not series and records[:1].id,
                    "recurrence_id": series.id,
                    "operation": "save",
                    "kind": _ANEW[look.plan.outlook],
                }
            ]
        )

    # --- values --------------------------------------------------------------

    @api.model
    def _undo_write(self, row, look):
        """Write the values from before; Outlook follows, or keeps its own."""
        undoing = self.env["outlook.undoing"]
        link, before = undoing._link(row), undoing._now(row)
        if undoing._is_series(row):
            self._write_meetings(row, look)
        else:
            record = undoing._records(row)[:1]
            self._write_one(row.account_id, record, look.values)
        after = undoing._now(row)
        if look.plan.outlook == "update":
            self.env["outlook.outbox"]._note_links(link)
        elif link:
            self.env["outlook.undoing.bases"]._keep(link, row, set(look.values))
        return self.env["outlook.journal"]._changed_vals(
            link,
            set(look.values),
            before,
            after,
            **{key: row.facts[key] for key in ("slot",) if key in row.facts},
        )

    @api.model
    def _write_one(self, account, record, values):
        """Write values to one meeting."""
        writer = self.env["outlook.event.writer"]
        mapper = self.env["outlook.event.mapper"]
        event, now = event_of(values), event_values(mapper._event(record))
        plain = set(values) - {"attendees", "responses"}
        vals = writer._vals(event, plain, account, record, before=now["categories"])
        if "attendees" in values:
            commands = writer._guest_commands(event, now["attendees"], account, record)
            vals |= {"partner_ids": commands} if commands else {}
        if vals:
            record.write(vals)
        self._write_guests(account, record, values, now)

    @api.model
    def _write_guests(self, account, record, values, now):
        """Write as what guests are invited, and what they answered."""
        writer = self.env["outlook.event.writer"]
        new, old = values.get("attendees", {}), now["attendees"]
        types = {key for key in new if new[key] != old.get(key, "required")}
        if types:
            writer._take_types(record, event_of(values), types, account)
        if "responses" in values:
            new, old = values["responses"], now["responses"]
            keys = {k for k in new.keys() | old.keys() if new.get(k) != old.get(k)}
            told = event_of({"responses": dict.fromkeys(keys, "none") | new})
            writer._take_answers(record, told, keys, account)

    @api.model
    def _write_meetings(self, row, look):
        """Write values to the meetings of a series that had those of the change."""
        undoing, mapper = self.env["outlook.undoing"], self.env["outlook.event.mapper"]
        series = undoing._records(row).recurrence_id
        slots = self.env["outlook.series.mapper"]._slots(series)
        old, new = ({**one} for one in (row.before, row.after))
        times = old.pop("when", None), new.pop("when", None)
        for record, slot in slots.items():
            values, _left = way_back(old, new, event_values(mapper._event(record)))
            if values:
                self._write_one(row.account_id, record, values)
            if "when" in look.values:
                self._write_time(series, record, slot, times)

    @api.model
    def _write_time(self, series, record, slot, times):
        """Give a meeting of a series the time from before, if it has the one after."""
        zone = self.env["outlook.series.mapper"]._zone(series)
        clock = self.env["outlook.undoing"]._clock
        before, after = (clock({"when": one}) for one in times)
        when = self.env["outlook.event.mapper"]._when(record)
        if after.is_kept(when, slot, zone):
            times = self.env["outlook.event.writer"]._time_vals(before.when(slot, zone))
            record.write({**times, "follow_recurrence": True})

    # --- answers and joined meetings -----------------------------------------

    @api.model
    def _undo_answer(self, row, look):
        """Set answers back; whoever was told of them is not told again."""
        undoing = self.env["outlook.undoing"]
        link, answers = undoing._link(row), (row.facts or {}).get("answers") or {}
        records = undoing._records(row)
        for record in records:
            for attendee in record.attendee_ids:
                state = answers.get(str(attendee.id))
                if state and attendee.state == "declined":
                    attendee.write({"state": state, "outlook_answered_at": False})
            if not answers:
                now = event_values(self.env["outlook.event.mapper"]._event(record))
                values, _left = way_back(row.before, row.after, now)
                self._write_one(row.account_id, record, values)
        if link.base_odoo and self.env["outlook.undoing"]._is_bound(link):
            self.env["outlook.undoing.bases"]._keep(link, row, {"responses"})
        return {}

    @api.model
    def _undo_part(self, row, look):
        """Make two meetings of one again: Odoo's as it was, and Outlook's own."""
        undoing = self.env["outlook.undoing"]
        link, record = undoing._link(row), undoing._records(row)[:1]
        calendar, account = link._calendar(), row.account_id
        outlook = self.env["outlook.connection"]._calendars(account)
        try:
            there = self.env["outlook.removal"]._ask_one(link, outlook)
        except OutlookError as error:
            sentence = self.env["outlook.journal"]._sentence(error)
            raise UserError(sentence) from error
        if row.before:
            now = undoing._now(row)
            values, _left = way_back(row.before, row.after, now)
            self._write_one(account, record, values)
        is_series = bool(link.recurrence_id)
        link.unlink()
        if is_series:
            self.env["outlook.series.intake"]._create(calendar, there)
        else:
            self.env["outlook.intake"]._create(calendar, [there], {})
        return {}
