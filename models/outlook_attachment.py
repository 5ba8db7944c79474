# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Attachments of Outlook's meetings: listed in Odoo, copied when somebody asks."""

import binascii
from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import human_size

from ..core.attachments import attachments_from_graph
from ..core.errors import BadAnswer, NotFound, OutlookError, Refused

_LIMIT = 10  # MB that are copied
_MOST = 14  # ...at most: an answer holds a third more than the file
_MB = 1024 * 1024


class OutlookAttachment(models.Model):
    """An attachment of a meeting in one mailbox; its content stays there."""

    _name = "outlook.attachment"
    _description = "Outlook Attachment"
    _order = "name, id"

    link_id = fields.Many2one(
        "outlook.link", required=True, readonly=True, ondelete="cascade", index=True
    )
    event_id = fields.Many2one(related="link_id.event_id")
    recurrence_id = fields.Many2one(related="link_id.recurrence_id")
    remote_id = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    # The item that has it: of a series, the one day below or the series itself.
    item_id = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    slot = fields.Date(readonly=True)
    name = fields.Char(required=True, readonly=True)
    size = fields.Integer("Bytes", readonly=True)
    size_text = fields.Char("Size", compute="_compute_size_text")
    mimetype = fields.Char("Type", readonly=True)
    kind = fields.Selection(
        [("file", "File"), ("item", "Outlook item"), ("reference", "Link")],
        required=True,
        readonly=True,
    )
    copy_id = fields.Many2one(
        "ir.attachment", readonly=True, ondelete="set null", copy=False
    )
    is_copied = fields.Boolean("In Odoo", compute="_compute_is_copied")
    is_own = fields.Boolean(compute="_compute_is_own")
    web_link = fields.Char("Open in Outlook", compute="_compute_is_own")

    @api.depends("size")
    def _compute_size_text(self):
        for attachment in self:
            attachment.size_text = human_size(attachment.size)

    @api.depends("copy_id")
    def _compute_is_copied(self):
        for attachment in self:
            attachment.is_copied = bool(attachment.sudo().copy_id)

    @api.depends("link_id")
    @api.depends_context("uid")
    def _compute_is_own(self):
        for attachment in self:
            link = attachment.sudo().link_id
            is_own = link.account_id.user_id.id == self.env.uid
            attachment.is_own = is_own
            attachment.web_link = is_own and link.web_link

    # --- reading -------------------------------------------------------------

    @api.model
    def _ask(self, calendar, items, outlook):
        """Return ``{remote id: attachments}`` of the items that changed.

        An item without attachments costs no request.

        :param items: ``{remote id: (etag, {day or False: id of what has some})}``
        :return: ``{remote id: ((day or False, item id, attachment), ...)}``, also empty
            for those that have none any more
        """
        links = self.env["outlook.intake"]._links(calendar.account_id, items)
        found = {}
        for remote_id, (etag, places) in items.items():
            link = links.get(remote_id)
            if link and link._knows(etag) or not (link or places):
                continue
            try:
                found[remote_id] = self._ask_one(calendar._in(outlook), places)
            except (NotFound, Refused, BadAnswer):
                continue  # the meeting itself is what counts
        return found

    @api.model
    def _ask_one(self, events, places):
        """Return the attachments of an item; of a day, those that its series lacks."""
        lists = {
            day: [(item_id, one) for one in attachments_from_graph(rows)]
            for day, item_id in places.items()
            for rows in [events.attachments(item_id)]
        }
        of_all = {(one.name, one.size) for _item_id, one in lists.get(False, ())}
        return tuple(
            (day, item_id, one)
            for day, rows in lists.items()
            for item_id, one in rows
            if not day or (one.name, one.size) not in of_all
        )

    @api.model
    def _settle(self, account, found):
        """Keep the lists that ``_ask`` has returned."""
        if not found:
            return
        links = self.env["outlook.intake"]._links(account, found)
        links = {
            i: one
            for i, one in links.items()
            if not (one.is_hidden or one._is_kept_back())
        }
        known = self.search([("link_id", "in", [one.id for one in links.values()])])
        by_link = known.grouped("link_id")
        for remote_id, link in links.items():
            old = by_link.get(link, self.browse())
            rows = {row.remote_id: row for row in old}
            now = {one.remote_id for _day, _item_id, one in found[remote_id]}
            (old - self.union(*(rows[one] for one in rows.keys() & now))).unlink()
            self.create(
                [
                    {
                        "link_id": link.id,
                        "item_id": item_id,
                        "slot": day,
                        "remote_id": one.remote_id,
                        "name": one.name or self.env._("(No name)"),
                        "size": min(one.size, 2**31 - 1),
                        "mimetype": one.content_type,
                        "kind": one.kind,
                    }
                    for day, item_id, one in found[remote_id]
                    if one.remote_id not in rows
                ]
            )

    # --- copying -------------------------------------------------------------

    def action_copy(self):
        """Copy the file from the user's own mailbox to the meeting in Odoo."""
        self.ensure_one()
        self.check_access("read")
        self._check_may_copy()
        event, row_sudo = self._target(), self.sudo()
        event.check_access("write")
        content = self._download()
        attachment = self.env["ir.attachment"].create(
            {
                "name": self.name,
                "raw": content,
                "res_model": "calendar.event",
                "res_id": event.id,
            }
        )
        row_sudo.copy_id = attachment.id
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_may_copy(self):
        """Refuse in words what is not copied."""
        if not self.is_own:
            raise AccessError(
                self.env._("This attachment is in the mailbox of somebody else.")
            )
        if self.is_copied:
            raise UserError(self.env._("This attachment is in Odoo already."))
        if self.kind != "file":
            raise UserError(
                self.env._("This attachment is no file. Open it in Outlook instead.")
            )
        self._check_size(self.size)
        if self.env["outlook.connection"]._is_at_rest():
            raise UserError(self.env._("The connection to Outlook is switched off."))

    def _check_size(self, size):
        limit = self._limit()
        if size > limit * _MB:
            raise UserError(
                self.env._(
                    "%(name)s has %(size)s, and at most %(limit)s MB are copied to "
                    "Odoo. Open it in Outlook instead.",
                    name=self.name,
                    size=human_size(size),
                    limit=limit,
                )
            )

    @api.model
    def _limit(self):
        """Return how many MB are copied; what is no number counts as the default."""
        text = self.env["outlook.connection"]._param("attachment_limit", str(_LIMIT))
        return min(int(text), _MOST) if text.isdigit() else _LIMIT

    def _target(self):
        """Return the meeting that gets the file: the one on screen, if it is this."""
        link = self.sudo().link_id
        meetings = link.event_id | link.recurrence_id.calendar_event_ids
        shown = self.env.context.get("outlook_event_id")
        is_meant = shown in meetings.ids
        event_id = shown if is_meant else link._meeting().id
        return self.env["calendar.event"].browse(event_id)

    def _download(self):
        """Return the content of the file."""
        row = self.sudo()
        outlook = self.env["outlook.connection"]._calendars(row.link_id.account_id)
        try:
            events = row.link_id._in(outlook)
            answer = events.attachment(row.item_id, row.remote_id)
            content = b64decode(answer["contentBytes"], validate=True)
        except OutlookError as error:
            text = self.env["outlook.journal"]._sentence(error)
            raise UserError(text) from error
        except (KeyError, TypeError, binascii.Error) as error:
            text = self.env["outlook.journal"]._sentence(BadAnswer("no content"))
            raise UserError(text) from error
        self._check_size(len(content))
        return content
