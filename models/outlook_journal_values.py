# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a line of the journal was about: its run, the values before and after."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..core.snapshot import FIELDS
from ..core.undo_values import step
from .snapshot_field import Snapshot

_ORDER = (*FIELDS, "rule")
_UNDOABLE = ("create", "update", "archive", "delete", "join", "answer", "undo")
_ROW = Markup("<tr><th>%s</th><td>%s</td><td>%s</td></tr>")
_TABLE = Markup(
    '<table class="table table-sm o_outlook_changes"><thead><tr><th></th><th>%s</th>'
    "<th>%s</th></tr></thead><tbody>%s</tbody></table>"
)


class OutlookJournal(models.Model):
    """Keeps the values as data; how they are shown depends on who reads."""

    _inherit = "outlook.journal"

    run_id = fields.Many2one(
        "outlook.run", readonly=True, ondelete="set null", index=True
    )
    before = Snapshot(readonly=True, groups=fields.NO_ACCESS)
    after = Snapshot(readonly=True, groups=fields.NO_ACCESS)
    facts = Snapshot(readonly=True, groups=fields.NO_ACCESS)  # see ``outlook.undoing``
    changes = fields.Html(compute="_compute_changes", sanitize=False)
    undone_id = fields.Many2one(
        "outlook.journal", "Undone by", readonly=True, ondelete="set null", copy=False
    )
    can_undo = fields.Boolean(compute="_compute_can_undo")
    operation = fields.Selection(
        selection_add=[("undo", "Undone")], ondelete={"undo": "cascade"}
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Let each line belong to the run that goes on."""
        accounts = self.env["outlook.account"].browse(
            {vals["account_id"] for vals in vals_list}
        )
        runs = {one.id: self.env["outlook.run"].sudo()._of(one).id for one in accounts}
        return super().create(
            [{"run_id": runs[vals["account_id"]], **vals} for vals in vals_list]
        )

    @api.depends("operation", "direction", "undone_id")
    def _compute_can_undo(self):
        for row in self:
            is_answer_sent = row.operation == "answer" and row.direction == "out"
            row.can_undo = (
                row.operation in _UNDOABLE
                and bool(row.sudo().facts)
                and not row.undone_id
                and not is_answer_sent
            )

    @api.depends("before", "after")
    @api.depends_context("uid", "lang", "tz")
    def _compute_changes(self):
        for row in self:
            before, after = row.sudo().before, row.sudo().after
            if not (before or after) or row._is_hidden():
                row.changes = False
                continue
            row.changes = row._changes_table(before or {}, after or {})

    def _is_hidden(self):
        """Whether the meeting is private to the reader, by Odoo's own rule."""
        event = self.sudo().event_id.with_user(self.env.user)
        return bool(event) and event._check_private_event_conditions()

    def _changes_table(self, before, after):
        """Return the values before and after, side by side."""
        names = [name for name in _ORDER if name in before or name in after]
        rows = Markup("").join(
            _ROW
            % (
                self._label(name),
                self._shown(name, before.get(name)),
                self._shown(name, after.get(name)),
            )
            for name in names
        )
        return _TABLE % (self.env._("Before"), self.env._("After"), rows)

    @api.model
    def _shown(self, name, value):
        """Return a value as a person reads it."""
        if name == "body" and value:
            return html2plaintext(value).strip() or "-"
        if name == "when" and value:
            return self._shown_time(value)
        return self._value(name, value)

    @api.model
    def _shown_time(self, when):
        """Return a time in the reader's zone; that of a series is one on the wall."""
        if "all_day" not in when:
            start, end = when["start"][:5], when["end"][:5]
            return f"{start} - {end}" if start else self.env._("All day")
        if when["all_day"]:
            first = fields.Date.to_date(when["start"])
            last = fields.Date.subtract(fields.Date.to_date(when["end"]), days=1)
            return f"{first}" if first >= last else f"{first} - {last}"
        start, end = (
            fields.Datetime.context_timestamp(
                self, fields.Datetime.to_datetime(when[name][:19].replace("T", " "))
            )
            for name in ("start", "end")
        )
        until = (
            f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
        )
        return f"{start:%Y-%m-%d %H:%M} - {until}"

    @api.model
    def _changed_vals(self, link, names, before, after, **facts):
        """Return the values of a line about changed fields.

        :param before: values as of ``core.undo_values``, ``rule`` besides of a series
        """
        old, new = step(before, after)
        if "rule" in names:
            old |= {"rule": before["rule"]}
            new |= {"rule": after["rule"]}
        return {
            "before": {name: old[name] for name in old if name in names},
            "after": {name: new[name] for name in new if name in names},
            "facts": {"remote_id": link.remote_id, **facts},
        }
