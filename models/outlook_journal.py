# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the sync did, why, and with what result: readable by its owner."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

from ..core.errors import (
    AppRefused,
    ConsentRevoked,
    GraphError,
    OutlookError,
    TransientError,
)
from ..core.reasons import REASONS, reason_code


class OutlookJournal(models.Model):
    """One thing that was done, or could not be done."""

    _name = "outlook.journal"
    _description = "Outlook Journal"
    _order = "id desc"
    _rec_name = "summary"

    account_id = fields.Many2one(
        "outlook.account", required=True, readonly=True, ondelete="cascade", index=True
    )
    event_id = fields.Many2one(
        "calendar.event", readonly=True, ondelete="set null", index="btree_not_null"
    )
    event_name = fields.Char("Meeting", readonly=True)
    direction = fields.Selection(
        [("in", "Outlook to Odoo"), ("out", "Odoo to Outlook")], readonly=True
    )
    operation = fields.Selection(
        [
            ("create", "Created"),
            ("update", "Changed"),
            ("delete", "Deleted"),
            ("archive", "Archived"),
            ("join", "Joined"),
            ("answer", "Answered"),
            ("skip", "Left out"),
            ("fail", "Failed"),
            ("conflict", "Conflict"),
            ("connect", "Connected"),
            ("disconnect", "Disconnected"),
            ("pause", "Paused"),
        ],
        required=True,
        readonly=True,
    )
    summary = fields.Char(readonly=True)
    details = fields.Text(readonly=True)
    clash_field = fields.Char("Field", readonly=True)
    kept_value = fields.Text(readonly=True)
    lost_value = fields.Text(readonly=True)
    lost_vals = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    is_open = fields.Boolean("Open", readonly=True, index=True)

    @api.model
    def _sentence(self, error):
        """Return what is wrong and what to do, in the user's words."""
        if isinstance(error, ConsentRevoked):
            return self.env._(
                "Microsoft asks you to sign in again. Click Reconnect: nothing is "
                "lost, waiting changes are sent afterwards."
            )
        if isinstance(error, AppRefused):
            return self.env._(
                "Microsoft refuses this Odoo server. An administrator must check the "
                "client ID and the client secret in the settings (the secret may have "
                "expired)."
            )
        if isinstance(error, TransientError):
            return self.env._(
                "Microsoft does not answer at the moment. Odoo tries again by itself."
            )
        code = reason_code(error) if isinstance(error, GraphError) else ""
        return self._reason(code or type(error).__name__)

    @api.model
    def _reason(self, code):
        """Return the sentence for a code of ``core.reasons`` in the user's language."""
        known, _colon, _detail = code.partition(":")
        if known in REASONS:
            return self.env._(REASONS[known])
        return self.env._(
            "Something unexpected happened (%(code)s). The server log of this moment "
            "tells more.",
            code=code,
        )

    @api.model
    def _reason_of(self, error):
        """Return the sentence for anything that went wrong with one meeting."""
        if isinstance(error, OutlookError):
            field = getattr(error, "field", "")
            return (
                self._reason(f"unreadable:{field}") if field else self._sentence(error)
            )
        if isinstance(error, UserError | AccessError):
            return str(error)
        return self._reason(type(error).__name__)

    # --- lines about meetings ---------------------------------------------------

    @api.model
    def _note_imported(self, account, records, items):
        """Note new meetings, and what of them could not be read."""
        text = self.env._("Created from Outlook.")
        rows = [
            {
                "account_id": account.id,
                "event_id": record.id,
                "event_name": record.name,
                "direction": "in",
                "operation": "create",
                "summary": text,
                "details": "\n".join(map(self._reason, item.problems)) or False,
                "facts": {"remote_id": getattr(item, "item", item).remote_id},
            }
            for record, item in zip(records, items, strict=True)
        ]
        self.create(rows)

    @api.model
    def _label(self, name):
        """Return what people call a field of ``core.snapshot.FIELDS``."""
        labels = {
            "subject": self.env._("Subject"),
            "body": self.env._("Description"),
            "when": self.env._("Time"),
            "location": self.env._("Location"),
            "sensitivity": self.env._("Privacy"),
            "show_as": self.env._("Show as"),
            "reminder": self.env._("Reminder"),
            "categories": self.env._("Tags"),
            "join_url": self.env._("Meeting link"),
            "discuss_url": self.env._("Meeting link"),
            "online": self.env._("Teams meeting"),
            "attendees": self.env._("Guests"),
            "responses": self.env._("Answers"),
            "rule": self.env._("Repetition"),
        }
        return labels[name]

    @api.model
    def _value(self, name, value):
        """Return a value of a snapshot as one short line; None where none is known."""
        if value is None:
            return "-"
        if name == "body":
            return self.env._("(text)") if value else "-"
        if name == "when":
            return f"{value['start']} - {value['end']}"
        if name == "rule":
            return self.env["outlook.series.words"]._of_state(value)
        if isinstance(value, bool):
            return self.env._("yes") if value else "-"
        if isinstance(value, dict):
            return ", ".join(
                f"{key} ({entry})" if name == "responses" else key
                for key, entry in sorted(value.items())
            )
        if isinstance(value, list):
            return ", ".join(value)
        return str(value) if value != "" else "-"

    @api.model
    def _note_changed(self, link, direction, names, before, after):
        """Note the fields that one side took from the other, with both values.

        :param before: values as of ``core.undo_values``
        """
        if not names:
            return
        ordered = sorted(names)
        link.account_id._note(
            "update",
            self.env._(
                "Changed: %(names)s.", names=", ".join(map(self._label, ordered))
            ),
            event_id=link._meeting().id,
            event_name=link._meeting().sudo().name,
            direction=direction,
            **self._changed_vals(link, names, before, after),
        )

    @api.model
    def _note_clashes(self, link, item, record, names, winner):
        """List the fields that both sides changed, with the value that lost."""
        writer, account = self.env["outlook.event.writer"], link.account_id
        for name in sorted(names):
            ours = self._odoo_vals(record, name)
            theirs = writer._as_json(writer._vals(item.event, {name}, account, record))
            kept, lost = (ours, theirs) if winner == "odoo" else (theirs, ours)
            account._note(
                "conflict",
                self.env._("Both sides changed: %(name)s.", name=self._label(name)),
                event_id=record.id,
                event_name=record.name,
                direction="in",
                clash_field=self._label(name),
                kept_value=self._readable(kept),
                lost_value=self._readable(lost),
                lost_vals=lost,
                is_open=True,
            )

    @api.model
    def _odoo_vals(self, record, name):
        """Return the values that would restore a field of the Odoo meeting."""
        odoo_names = {
            "subject": ["name"],
            "body": ["description"],
            "when": ["start", "stop", "allday"],
            "location": ["location"],
            "sensitivity": ["privacy"],
            "show_as": ["show_as"],
            "reminder": ["alarm_ids"],
            "join_url": ["videocall_location"],
            "online": ["outlook_teams"],
        }
        vals = {}
        for odoo_name in odoo_names[name]:
            value = record[odoo_name]
            if odoo_name == "alarm_ids":
                value = [fields.Command.set(value.ids)]
            vals[odoo_name] = value
        return self.env["outlook.event.writer"]._as_json(vals)

    @api.model
    def _readable(self, vals):
        """Return values as text for the list of conflicts."""
        return ", ".join(
            html2plaintext(value) if name == "description" else str(value)
            for name, value in vals.items()
            if value not in (False, None)
        )

    # --- conflicts ----------------------------------------------------------------

    def _check_open_conflict(self):
        for row in self:
            if row.account_id.user_id != self.env.user:
                raise AccessError(
                    self.env._("Only the owner of a connection can do this.")
                )
            if not row.is_open:
                raise UserError(self.env._("This conflict was settled already."))

    def action_take_other(self):
        """Put the value that lost into the meeting; it then goes to Outlook as well."""
        self._check_open_conflict()
        for row in self:
            if not row.event_id:
                raise UserError(self.env._("The meeting does not exist any more."))
            row.event_id.write(row.sudo().lost_vals or {})
            row.sudo().is_open = False
        return True

    def action_keep(self):
        """Leave the meeting as it is."""
        self._check_open_conflict()
        self.sudo().write({"is_open": False})
        return True
