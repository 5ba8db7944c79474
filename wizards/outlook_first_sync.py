# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What will happen, shown before anything is written on either side."""

from datetime import datetime, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..core.delta import fold
from ..core.errors import ConversionError, OutlookError
from ..models.outlook_intake import SERIES

CHOICES = (
    "direction",
    "days_past",
    "days_future",
    "export_existing",
    "invitation_mode",
)
_SHOWN = 500  # lines; the counts are of all meetings


class OutlookFirstSync(models.TransientModel):
    """Reads both sides, counts, and lets the user choose and start."""

    _name = "outlook.first.sync"
    _description = "Outlook First Sync"

    account_id = fields.Many2one("outlook.account", required=True, readonly=True)
    email = fields.Char(related="account_id.email", related_sudo=False)
    direction = fields.Selection(
        selection=lambda self: self._selection("direction"), required=True
    )
    export_existing = fields.Selection(
        selection=lambda self: self._selection("export_existing"), required=True
    )
    invitation_mode = fields.Selection(
        selection=lambda self: self._selection("invitation_mode"), required=True
    )
    calendar_ids = fields.One2many(related="account_id.calendar_ids", readonly=False)
    days_past = fields.Integer("Days back", required=True)
    days_future = fields.Integer("Days ahead", required=True)
    in_count = fields.Integer("Come in", readonly=True)
    out_count = fields.Integer("Go out", readonly=True)
    joined_count = fields.Integer("Are joined", readonly=True)
    left_out_count = fields.Integer("Are left out", readonly=True)
    mail_count = fields.Integer("People who get mail", readonly=True)
    line_ids = fields.One2many("outlook.first.sync.line", "wizard_id")

    @api.constrains("account_id")
    def _check_account(self):
        """Refuse the connection of another: its name would tell his mailbox."""
        self.sudo().account_id.with_env(self.env)._check_owner()

    @api.model
    def _selection(self, name):
        return (
            self.env["outlook.account"]._fields[name]._description_selection(self.env)
        )

    @api.model
    def default_get(self, names):
        """Read both sides for the user's own connection."""
        vals = super().default_get(names)
        account = self.env["outlook.account"]._own()
        if not account.sudo().token_cache:
            raise UserError(
                self.env._("Click Outlook in the calendar to sign in first.")
            )
        vals |= {name: account[name] for name in CHOICES} | {"account_id": account.id}
        # Odoo also asks for a few missing defaults: no reason to read a mailbox.
        return vals | self._preview(account) if "line_ids" in names else vals

    @api.model
    def _preview(self, account):
        """Return the counts and lines for the account as it stands.

        :raise UserError: Microsoft did not answer, in words
        """
        try:
            lines = self._lines(account.sudo())
        except OutlookError as error:
            sentence = self.env["outlook.journal"]._sentence(error)
            raise UserError(sentence) from error
        flows = [line["flow"] for line in lines]
        mailed = {person for line in lines for person in line.pop("mailed", ())}
        return {
            "in_count": flows.count("in"),
            "out_count": flows.count("out"),
            "joined_count": flows.count("joined"),
            "left_out_count": flows.count("left_out"),
            "mail_count": len(mailed),
            "line_ids": [Command.create(line) for line in self._first(lines)],
        }

    @api.model
    def _first(self, lines):
        """Return the lines that are shown, by date."""
        by_date = sorted(lines, key=lambda line: line.get("start") or datetime.max)
        return by_date[:_SHOWN]

    @api.model
    def _lines(self, account):
        joined, lines = [], []
        if account.direction != "push":
            lines, joined = self._incoming(account)
        return lines + self._outgoing(account, joined)

    @api.model
    def _incoming(self, account):
        """Return lines for what Outlook has, and the Odoo meetings that join it."""
        lines, joined = [], []
        for calendar, rows in self._rows(account):
            found, twins = self._incoming_of(calendar, rows)
            lines += found
            joined += twins
        return lines, joined

    @api.model
    def _incoming_of(self, calendar, rows):
        """Return the same of one calendar."""
        account, readable, lines = calendar.account_id, [], []
        for row in rows:
            if row.get("type") in ("occurrence", "exception"):
                continue  # counted with its series
            try:
                readable.append(calendar._item(row))
            except ConversionError:
                lines.append(
                    {
                        "name": row.get("subject") or self.env._("(No title)"),
                        "flow": "left_out",
                        "reason": self.env._("It cannot be read."),
                    }
                )
        items = [item for item in readable if item.type not in SERIES]
        recognition = self.env["outlook.recognition"]
        known = self.env["outlook.intake"]._links(account, [i.remote_id for i in items])
        found = recognition._recognise(calendar, items, {}, is_first=True)
        lines += [self._incoming_line(item, found, known) for item in items]
        series = [item for item in readable if item.type == "seriesMaster"]
        lines_of_series, joined = self._incoming_series(calendar, series)
        joined += [match.event for match in found.values()]
        return lines + lines_of_series, joined

    @api.model
    def _rows(self, account):
        """Return the rows of each chosen calendar in the chosen window."""
        outlook = self.env["outlook.connection"]._calendars(account)
        calendars = self.env["outlook.calendar"].sudo()
        calendars._find(account, outlook)
        start, end = (one.replace(tzinfo=timezone.utc) for one in account._window())
        rows = []
        for calendar in calendars._of_account(account):
            url = outlook.first_delta_url(calendar.remote_id, start, end)
            found = [row for page in outlook.iter_delta(url) for row in page.rows]
            rows.append((calendar, fold(found).changed.values()))
        return rows

    @api.model
    def _incoming_line(self, item, found, known):
        line = {
            "name": item.event.subject or self.env._("(No title)"),
            "start": self.env["outlook.event.writer"]._time_vals(item.event.when)[
                "start"
            ],
            "flow": "in",
        }
        if item.is_cancelled:
            reason = self.env._("It was called off.")
            return line | {"flow": "left_out", "reason": reason}
        if item.remote_id in found or item.remote_id in known:
            reason = self.env._("The same meeting is in Odoo.")
            return line | {"flow": "joined", "reason": reason}
        return line

    @api.model
    def _outgoing(self, account, joined):
        """Return lines for the Odoo meetings that go out, and for those that do not."""
        outbox = self.env["outlook.outbox"]
        if account.direction == "pull" or account.export_existing == "none":
            return []
        lines = self._outgoing_series(account, joined)
        for event in outbox._existing(account):
            if event in joined:
                continue
            kind = outbox._kind(account, event.sudo())
            guests = event.attendee_ids.partner_id - event.user_id.partner_id
            lines.append(
                {
                    "name": event.name,
                    "start": event.start,
                    "flow": "out",
                    "reason": self.env._("As a copy: nobody is invited.")
                    if kind == "copy"
                    else False,
                    "mailed": guests.ids if kind == "meeting" else (),
                }
            )
        return lines

    # --- buttons ------------------------------------------------------------------

    def action_refresh(self):
        """Count again with the choices made."""
        self._store_choices()
        self.line_ids.unlink()
        self.write(self._preview(self.account_id))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Before the first exchange"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_start(self):
        """Store the choices and start; the work goes on in the background."""
        self._store_choices()
        self.account_id.action_start()
        return {"type": "ir.actions.act_url", "url": "/odoo/calendar", "target": "self"}

    def action_cancel(self):
        """Leave everything as it is; the button in the calendar stays."""
        return {"type": "ir.actions.act_url", "url": "/odoo/calendar", "target": "self"}

    def _store_choices(self):
        self.ensure_one()
        self.account_id.write({name: self[name] for name in CHOICES})
