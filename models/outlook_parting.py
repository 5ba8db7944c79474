# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What was in step before a connection was ended, for the day it is made again."""

from odoo import api, fields, models


class OutlookParting(models.Model):
    """One meeting and its former item; without it a changed one would be doubled."""

    _name = "outlook.parting"
    _description = "Outlook Former Meeting"
    _rec_name = "remote_id"

    account_id = fields.Many2one(
        "outlook.account", required=True, readonly=True, ondelete="cascade", index=True
    )
    event_id = fields.Many2one(
        "calendar.event", readonly=True, ondelete="cascade", index=True
    )
    recurrence_id = fields.Many2one(
        "calendar.recurrence",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    remote_id = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("meeting", "Meeting"), ("copy", "Copy")], required=True, readonly=True
    )

    @api.model
    def _remember(self, account):
        """Keep what the links of an account tell, before they go."""
        self.search([("account_id", "=", account.id)]).unlink()
        links = self.env["outlook.link"].search([("account_id", "=", account.id)])
        links._hand_over()
        self.create(
            [
                {
                    "account_id": account.id,
                    "event_id": link.event_id.id,
                    "recurrence_id": link.recurrence_id.id,
                    "remote_id": link.remote_id,
                    "kind": link.kind,
                }
                for link in links.filtered(lambda link: link._is_bound())
            ]
        )

    @api.model
    def _events(self, account):
        """Return the ids of meetings that this mailbox had: they are there already."""
        rows = self.sudo().search([("account_id", "=", account.id)])
        return set(rows.event_id.ids)

    @api.model
    def _series(self, account):
        """Return the ids of series that this mailbox had."""
        rows = self.sudo().search([("account_id", "=", account.id)])
        return set(rows.recurrence_id.ids)

    @api.model
    def _of(self, account, remote_ids):
        """Return the former meetings of items, ``{remote id: parting}``."""
        domain = [
            ("account_id", "=", account.id),
            ("remote_id", "in", list(remote_ids)),
        ]
        return {row.remote_id: row for row in self.sudo().search(domain)}
