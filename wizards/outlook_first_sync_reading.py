# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reading both sides for the preview, one page a request, without writing to them."""

from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.delta import fold
from ..core.errors import CursorExpired, OutlookError
from ..core.preview import progress


class OutlookFirstSync(models.TransientModel):
    """Asks for one page after the other, so that it can be stopped between any two."""

    _inherit = "outlook.first.sync"

    page_ids = fields.One2many("outlook.first.sync.page", "wizard_id", readonly=True)
    # Where the reading goes on: {"calendars": ids, "url": next page or None, ...}
    todo = fields.Json(groups=fields.NO_ACCESS)
    stamps = fields.Json(groups=fields.NO_ACCESS)
    read_start = fields.Date(readonly=True)
    read_end = fields.Date(readonly=True)
    is_read = fields.Boolean(compute="_compute_is_read", compute_sudo=True)

    @api.depends(
        "days_past", "days_future", "chosen_calendar_ids", "direction", "page_ids"
    )
    def _compute_is_read(self):
        """Whether what was read is enough for the choices."""
        for wizard in self:
            known = wizard._origin
            start, end = (one.date() for one in wizard._window())
            wizard.is_read = bool(
                not known.todo
                and known._has_odoo_side()
                and known.read_start
                and known.read_start <= start
                and end <= known.read_end
                and not wizard._unread()
            )

    def read_next(self):
        """Read the next page; the web client calls it until all is read.

        :return: ``{"done": bool, "progress": 0 to 1, "found": meetings so far}``
        :raise UserError: Microsoft did not answer, in words; asking again goes on
        """
        self.ensure_one()
        self.account_id._check_owner()
        wizard = self.sudo()
        try:
            if not wizard.todo:
                wizard._begin_reading()
            wizard._read_page()
        except CursorExpired:
            wizard.todo = wizard.todo | {"url": None}  # this calendar from its start
        except OutlookError as error:
            sentence = self.env["outlook.journal"]._sentence(error)
            raise UserError(sentence) from error
        todo = wizard.todo or {}
        done, total = todo.get("done", 1), todo.get("total", 1)
        return {
            "done": not todo,
            "progress": progress(done, total, todo.get("pages", 0)),
            "found": sum(len(page.facts.get("rows", [])) for page in wizard.page_ids),
        }

    def _begin_reading(self):
        """Find out what has to be read: calendars not read yet, and Odoo's side."""
        outlook = self.env["outlook.connection"]._calendars(self.account_id)
        start, end = (one.date() for one in self._window())
        known = self.read_start and self.read_start <= start and end <= self.read_end
        if not known:
            self.page_ids.filtered("calendar_id").unlink()
            self.write({"read_start": start, "read_end": end})
        ids = self._unread().ids
        if ids and not self.stamps:
            self.stamps = self.env["outlook.pull"]._stamped(outlook)
        total = len(ids) + (not self._has_odoo_side())
        self.todo = {"calendars": ids, "total": total, "done": 0, "pages": 0}

    def _unread(self):
        """Return the chosen calendars that are read by the sync and not yet here."""
        if self.direction == "push":
            return self.env["outlook.calendar"]
        known = self.account_id.sudo().calendar_ids
        calendars = self.chosen_calendar_ids._origin.sudo() & known
        read = self._origin.page_ids.filtered("is_last").calendar_id
        return calendars.filtered(lambda one: one.direction != "push") - read

    def _has_odoo_side(self):
        return bool(self.page_ids.filtered(lambda page: not page.calendar_id))

    def _read_page(self):
        """Read one page of the calendar that is next, or Odoo's side after the last."""
        todo = dict(self.todo)
        if todo["calendars"]:
            url = self._read_calendar(todo["calendars"][0], todo.get("url"))
            todo |= {"url": url, "pages": todo["pages"] + 1}
            if not url:
                todo["calendars"] = todo["calendars"][1:]
        else:
            url = None
            if not self._has_odoo_side():
                self._keep(None, {"rows": self._outgoing()}, True)
        if not url:
            todo |= {"done": todo["done"] + 1, "pages": 0}
        self.todo = todo["done"] < todo["total"] and todo

    def _read_calendar(self, calendar_id, url):
        """Read one page of a calendar.

        :param url: None for the first page
        :return: where the next page is; None after the last
        """
        calendar = self.env["outlook.calendar"].browse(calendar_id)
        outlook = self.env["outlook.connection"]._calendars(self.account_id)
        if not url:
            self.page_ids.filtered(lambda page: page.calendar_id == calendar).unlink()
            start, end = (
                fields.Datetime.to_datetime(one).replace(tzinfo=timezone.utc)
                for one in (self.read_start, self.read_end)
            )
            url = outlook.first_delta_url(calendar.remote_id, start, end)
        page = next(outlook.iter_delta(url))
        rows = list(fold(page.rows).changed.values())
        is_last = not page.next_link
        self._keep(calendar, self._incoming(calendar, rows), is_last)
        return page.next_link

    def _keep(self, calendar, facts, is_last):
        self.env["outlook.first.sync.page"].create(
            {
                "wizard_id": self.id,
                "calendar_id": calendar and calendar.id,
                "facts": facts,
                "is_last": is_last,
            }
        )

    def _window(self):
        """Return the first and last moment of the chosen period, naive UTC."""
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
        ahead = max(1, min(self.days_future, 900))
        back = max(0, min(self.days_past, 900))
        return today - timedelta(days=back), today + timedelta(days=ahead)

    def _forget(self):
        """Drop what was read: nothing of a mailbox stays behind."""
        self.sudo().page_ids.unlink()
        self.sudo().write({"todo": False, "stamps": False, "read_start": False})


class OutlookFirstSyncPage(models.TransientModel):
    """Facts of one page, as ``core.preview`` wants them."""

    _name = "outlook.first.sync.page"
    _description = "Outlook First Sync Page"

    wizard_id = fields.Many2one(
        "outlook.first.sync", required=True, ondelete="cascade", index=True
    )
    calendar_id = fields.Many2one("outlook.calendar", ondelete="cascade")
    facts = fields.Json(groups=fields.NO_ACCESS)
    is_last = fields.Boolean()
