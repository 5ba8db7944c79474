# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Undoing lines of the journal: says what will happen on each side, then does it."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class OutlookUndo(models.TransientModel):
    """Asks once. Nobody gets mail unless the user ticks that."""

    _name = "outlook.undo"
    _description = "Outlook Undo"

    account_id = fields.Many2one("outlook.account", required=True, readonly=True)
    line_ids = fields.One2many("outlook.undo.line", "wizard_id", readonly=True)
    possible_count = fields.Integer(readonly=True)
    refused_count = fields.Integer(readonly=True)
    mail_count = fields.Integer(readonly=True)
    mail_text = fields.Char(compute="_compute_mail_text")
    may_mail = fields.Boolean("Change meetings with guests in Outlook, too")

    @api.depends("may_mail", "mail_count")
    def _compute_mail_text(self):
        for wizard in self:
            wizard.mail_text = (
                wizard.env._(
                    "Outlook will mail the guests (mails: %(count)s).",
                    count=wizard.mail_count,
                )
                if wizard.may_mail and wizard.mail_count
                else wizard.env._("Nobody gets mail.")
            )

    @api.model
    def default_get(self, names):
        """Name no connection by default: its name would tell whose mailbox it is."""
        vals = super().default_get(names)
        vals.pop("account_id", None)
        return vals

    @api.model
    def _open(self, rows):
        """Return an action that asks about lines of one connection."""
        account = rows.account_id
        if len(account) != 1:
            raise UserError(self.env._("Choose lines of one connection."))
        account._check_owner()
        lines = [self._line(row) for row in rows.sorted("id", reverse=True)]
        possible = [line for line in lines if line["is_possible"]]
        wizard = self.create(
            {
                "account_id": account.id,
                "line_ids": [fields.Command.create(line) for line in lines],
                "possible_count": len(possible),
                "refused_count": len(lines) - len(possible),
                "mail_count": sum(line["mails"] for line in lines),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Undo"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _line(self, row):
        """Return what undoing a line does, with and without mail, in words."""
        undoing, words = (
            self.env["outlook.undoing"].sudo(),
            self.env["outlook.undo.words"],
        )
        quiet, loud = (undoing._look(row, may_mail) for may_mail in (False, True))
        return {
            "journal_id": row.id,
            "is_possible": not quiet.plan.refusal or not loud.plan.refusal,
            "mails": loud.plan.mails,
            "in_odoo": words._in_odoo(quiet if not quiet.plan.refusal else loud),
            "in_outlook": words._in_outlook(quiet),
            "in_outlook_mailing": words._in_outlook(loud),
        }

    def action_undo(self):
        """Undo what can be undone."""
        self.account_id._check_owner()
        rows = self.line_ids.journal_id
        done = self.env["outlook.undoing"].sudo()._undo(rows, self.may_mail)
        if not done:
            raise UserError(self.env._("Nothing of this can be undone."))
        return {"type": "ir.actions.act_window_close"}


class OutlookUndoLine(models.TransientModel):
    """One line of the journal, and what undoing it does on each side."""

    _name = "outlook.undo.line"
    _description = "Outlook Undo Line"

    wizard_id = fields.Many2one("outlook.undo", required=True, ondelete="cascade")
    journal_id = fields.Many2one("outlook.journal", required=True, ondelete="cascade")
    event_name = fields.Char("Meeting", related="journal_id.event_name")
    summary = fields.Char("What was done", related="journal_id.summary")
    is_possible = fields.Boolean(readonly=True)
    mails = fields.Integer(readonly=True)
    in_odoo = fields.Char(readonly=True)
    in_outlook = fields.Char(readonly=True)
    in_outlook_mailing = fields.Char("In Outlook, with mail", readonly=True)
