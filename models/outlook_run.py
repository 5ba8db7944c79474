# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What was done in one go: a reading, a sending, a click."""

import uuid

from odoo import api, fields, models

_TOKEN = "outlook_calendar.run"


class OutlookRun(models.Model):
    """Holds the lines of the journal together that are undone together."""

    _name = "outlook.run"
    _description = "Outlook Run"
    _order = "id desc"

    account_id = fields.Many2one(
        "outlook.account", required=True, readonly=True, ondelete="cascade", index=True
    )
    token = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    kind = fields.Selection(
        [
            ("pull", "Read from Outlook"),
            ("push", "Sent to Outlook"),
            ("user", "Done in Odoo"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", "By", readonly=True, help="Empty: the scheduled action."
    )
    line_ids = fields.One2many("outlook.journal", "run_id", readonly=True)
    can_undo = fields.Boolean(compute="_compute_can_undo")

    _token_unique = models.UniqueIndex("(account_id, token)")

    @api.depends("kind", "create_date", "user_id")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for run in self:
            moment = fields.Datetime.context_timestamp(run, run.create_date)
            words = [f"{moment:%Y-%m-%d %H:%M}", kinds[run.kind], run.user_id.name]
            run.display_name = " \N{MIDDLE DOT} ".join(filter(None, words))

    @api.depends("line_ids.can_undo")
    def _compute_can_undo(self):
        for run in self:
            run.can_undo = any(run.line_ids.mapped("can_undo"))

    @api.model
    def _key(self, kind):
        """Return what marks all that happens under a context as one run."""
        return {"outlook_run": (kind, str(uuid.uuid4()))}

    @api.model
    def _of(self, account):
        """Return the run that goes on; it is made with its first line.

        A savepoint that is rolled back takes it along, so it is looked for each time.
        Outside a run, what one transaction does belongs together.
        """
        data = self.env.cr.precommit.data
        loose = data.setdefault(_TOKEN, ("user", str(uuid.uuid4())))
        kind, token = self.env.context.get("outlook_run") or loose
        domain = [("account_id", "=", account.id), ("token", "=", token)]
        user = self.env.user
        return self.search(domain, limit=1) or self.create(
            {
                "account_id": account.id,
                "token": token,
                "kind": kind,
                "user_id": False if user._is_superuser() else user.id,
            }
        )

    @api.autovacuum
    def _gc_empty(self):
        """Forget the runs whose lines are forgotten."""
        self.search([("line_ids", "=", False)], limit=10000).unlink()

    def action_undo(self):
        """Ask before all that the run did is undone."""
        return self.line_ids.action_undo()
