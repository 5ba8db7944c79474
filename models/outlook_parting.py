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
    # The id that all copies share, where the item's own is not ours: see the take-over.
    ical_uid = fields.Char(readonly=True, index="btree_not_null")
    kind = fields.Selection(
        [("meeting", "Meeting"), ("copy", "Copy")], readonly=True
    )  # empty: the item tells
    is_pending = fields.Boolean(readonly=True)  # Odoo's own module had not sent it yet
    is_archived = fields.Boolean(readonly=True)  # by the disconnecting: it comes back
    brought_in = fields.Boolean(readonly=True)  # Odoo's meeting was made of the item
    is_hidden = fields.Boolean(readonly=True)  # ...and told its time alone

    @api.model
    def _remember(self, account):
        """Keep what the links of an account tell, before they go."""
        self._forget(account)
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
                    "is_archived": link.is_archived,
                    "brought_in": link.brought_in,
                    "is_hidden": link.is_hidden and not link.is_shared,
                }
                for link in links.filtered(lambda link: link._is_bound())
            ]
        )

    @api.model
    def _forget(self, account):
        """Forget what was in step with a mailbox."""
        self.sudo().search([("account_id", "=", account.id)]).unlink()

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
    def _of(self, account, items):
        """Return the former meetings of items, ``{remote id: parting}``."""
        uids = {item.ical_uid: item.remote_id for item in items if item.ical_uid}
        domain = [
            ("account_id", "=", account.id),
            "|",
            ("remote_id", "in", [item.remote_id for item in items]),
            ("ical_uid", "in", list(uids)),
        ]
        return {
            uids.get(row.ical_uid, row.remote_id): row
            for row in self.sudo().search(domain)
        }

    def _reason(self):
        """Return by what an item is found: see ``outlook.recognition._settle``.

        What Odoo's own module has exchanged was agreed upon, in its own way.
        """
        return "taken_over" if self.ical_uid and not self.is_pending else "stamp"

    @api.model
    def _has(self, account, record):
        """Whether this mailbox had a meeting, or series, that is not joined again."""
        name = "event_id" if record._name == "calendar.event" else "recurrence_id"
        domain = [("account_id", "=", account.id), (name, "=", record.id)]
        return bool(self.sudo().search_count(domain, limit=1))

    @api.model
    def _come_back(self, account, record):
        """Forget what is joined again, and bring back what the parting archived.

        :param record: a meeting or a series, as whose it is
        """
        name = "event_id" if record._name == "calendar.event" else "recurrence_id"
        domain = [("account_id", "=", account.id), (name, "=", record.id)]
        rows = self.sudo().search(domain)
        if any(rows.mapped("is_archived")):
            meetings = record if name == "event_id" else record._outlook_meetings()
            meetings = (
                meetings or record.with_context(active_test=False).calendar_event_ids
            )
            meetings.write({"active": True})
        rows.unlink()
