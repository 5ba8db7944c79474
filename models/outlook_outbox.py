# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Changes made in Odoo that wait to be sent."""

import uuid

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .context import without_defaults


class OutlookOutbox(models.Model):
    """One change for one mailbox.

    Rows are only ever added by those who change meetings, and removed by the one who
    sends: what is saved while a request runs adds a row of its own, so none is lost.
    """

    _name = "outlook.outbox"
    _description = "Outlook Waiting Change"
    _order = "id"
    _rec_name = "event_name"

    account_id = fields.Many2one(
        "outlook.account", required=True, readonly=True, ondelete="cascade", index=True
    )
    event_id = fields.Many2one(
        "calendar.event", readonly=True, ondelete="set null", index="btree_not_null"
    )
    recurrence_id = fields.Many2one(
        "calendar.recurrence",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    event_name = fields.Char(compute="_compute_event_name")
    operation = fields.Selection(
        [("save", "Create or change"), ("delete", "Delete"), ("answer", "Answer")],
        required=True,
        readonly=True,
    )
    kind = fields.Selection(
        [("meeting", "Meeting"), ("copy", "Copy")], readonly=True
    )  # what a first save makes of it
    remote_id = fields.Char(readonly=True)  # of a deletion: it survives the record
    stamp = fields.Char(readonly=True)  # ...and stands in where no id is known
    transaction_id = fields.Char(
        default=lambda self: str(uuid.uuid4()),
        required=True,
        readonly=True,
        index=True,
        groups=fields.NO_ACCESS,
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("failed", "Failed")],
        default="waiting",
        required=True,
        readonly=True,
    )
    attempts = fields.Integer(readonly=True)
    not_before = fields.Datetime("Next attempt", readonly=True)
    reason = fields.Char(readonly=True)

    @api.depends("event_id", "recurrence_id")
    def _compute_event_name(self):
        for row in self:
            row.event_name = row._meeting().display_name or self.env._(
                "Deleted meeting"
            )

    def _meeting(self):
        """Return the Odoo meeting; of a series the one that stands for all."""
        if self.recurrence_id:
            return self.recurrence_id._outlook_lead()
        return self.event_id

    @api.model
    def _due_domain(self):
        now = fields.Datetime.now()
        return [
            ("state", "=", "waiting"),
            "|",
            ("not_before", "=", False),
            ("not_before", "<=", now),
        ]

    @api.model
    def _due_accounts(self):
        """Return the accounts that have something to send now, oldest first."""
        groups = self._read_group(self._due_domain(), ["account_id"], order="id:min")
        return self.env["outlook.account"].union(*(account for (account,) in groups))

    # --- noting changes -----------------------------------------------------------

    @api.model
    def _note(self, account, event):
        """Note that a meeting may differ from what ``account`` has."""
        self._note_all([(account, event)])

    @api.model
    def _note_all(self, pairs):
        """Note changed meetings, with what a first save would make of each.

        :param pairs: (account, event) each
        """
        self._add(
            [
                {
                    "account_id": account.id,
                    "event_id": event.id,
                    "operation": "save",
                    "kind": self._kind(account, event.sudo()),
                }
                for account, event in pairs
            ]
        )

    @api.model
    def _note_series(self, pairs):
        """Note changed series.

        :param pairs: (account, series) each
        """
        self._add(
            [
                {
                    "account_id": account.id,
                    "recurrence_id": series.id,
                    "operation": "save",
                    "kind": self._kind(account, series._outlook_lead()),
                }
                for account, series in pairs
            ]
        )

    @api.model
    def _note_links(self, links):
        """Note that meetings may differ from what their mailboxes have."""
        for link in links:
            if link.recurrence_id:
                self._note_series([(link.account_id, link.recurrence_id)])
            elif link.event_id:
                self._note(link.account_id, link.event_id)

    @api.model
    def _note_answers(self, pairs):
        """Note answers that go out from a guest's own mailbox.

        :param pairs: (account, event) each
        """
        rows = {}
        for account, event in pairs:
            own = event.sudo().outlook_link_ids.filtered(
                lambda link, account=account: (
                    link.account_id == account
                    and link.kind == "meeting"
                    and not link.is_organizer
                    and not link.is_shared
                )
            )
            for link in own:
                rows[link] = {
                    "account_id": account.id,
                    "event_id": link.event_id.id,
                    "recurrence_id": link.recurrence_id.id,
                    "operation": "answer",
                }
        self._add(list(rows.values()))

    @api.model
    def _add(self, vals_list):
        """Add rows and wake the sender; defaults meant for other models do no harm."""
        if vals_list:
            without_defaults(self.sudo()).create(vals_list)
            self._wake()

    @api.model
    def _wake(self, at=None):
        cron = self.env.ref("outlook_calendar.ir_cron_outlook_push")
        cron.sudo()._trigger(at=at)

    @api.model
    def _note_deletion(self, links):
        """Note items to be deleted; the rows survive the meetings."""
        self._add(
            [
                {
                    "account_id": link.account_id.id,
                    "event_id": link.event_id.id,
                    "operation": "delete",
                    "remote_id": link.remote_id,
                    "was": self.env["outlook.memory"]._deleted(link),
                }
                for link in links
            ]
        )

    @api.model
    def _note_unsure(self, events):
        """Note what Outlook may have without our knowing, of meetings that now go.

        Its creation was sent, or is being sent, and the answer is not noted yet.
        """
        self._note_unsure_of("event_id", events)

    @api.model
    def _note_unsure_series(self, series):
        """Note the same of series that now go."""
        self._note_unsure_of("recurrence_id", series)

    @api.model
    def _note_unsure_of(self, name, records):
        domain = [(name, "in", records.ids), ("operation", "=", "save")]
        rows = self.sudo().search(domain)
        for (record, account), own in rows.grouped(
            lambda row: (row[name], row.account_id)
        ).items():
            if account not in record.outlook_link_ids.account_id:
                stamp = self.env["outlook.recognition"]._stamp(record, "")
                own[0].write({"operation": "delete", "stamp": stamp})
                own[0]._reset()

    @api.model
    def _unwanted(self, account, items):
        """Return the remote ids of items whose meeting was deleted before they came."""
        ids = {item.transaction_id: item.remote_id for item in items}
        rows = self.sudo().search(
            [
                ("account_id", "=", account.id),
                ("operation", "=", "delete"),
                ("transaction_id", "in", [one for one in ids if one]),
            ]
        )
        return {ids[row.transaction_id] for row in rows}

    # --- buttons ------------------------------------------------------------------

    def _check_owner(self):
        if any(row.account_id.user_id != self.env.user for row in self):
            raise AccessError(self.env._("Only the owner of a connection can do this."))

    def action_retry(self):
        """Try again now, as if for the first time."""
        self._check_owner()
        self.sudo()._reset()
        return True

    def _reset(self):
        self.write(
            {"state": "waiting", "attempts": 0, "not_before": False, "reason": False}
        )
        self.env["outlook.account"]._trigger_crons()

    def action_discard(self):
        """Forget a change: the meeting then differs until its next change."""
        self._check_owner()
        for row in self.sudo():
            row.account_id._note(
                "skip",
                self.env._("A waiting change was discarded by hand."),
                event_id=row._meeting().id,
                direction="out",
            )
        self.sudo().unlink()
        return True

    def _defer(self, delay, reason):
        """Leave the rows for later.

        :param float delay: seconds from now
        """
        later = fields.Datetime.add(fields.Datetime.now(), seconds=delay)
        for row in self:
            row.write(
                {
                    "attempts": row.attempts + 1,
                    "not_before": later,
                    "reason": reason,
                }
            )
        self._wake(at=later)

    def _fail(self, reason):
        """Give up until somebody presses *Retry*."""
        self.write({"state": "failed", "reason": reason})
