# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Reading a mailbox: rounds, pages and cursors. What a row means is in the intake."""

from datetime import timedelta, timezone

from odoo import api, fields, models

from ..core.delta import fold
from ..core.errors import CursorExpired, MailboxGone, NotFound, Refused
from ..core.reading import Reading
from ..graph.calendars import STAMP_PROPERTY
from .outlook_intake import SERIES

# The window is frozen in Graph's cursor (graph.md 11.6): it is asked for anew, with
# everything read again, when this many days of it have passed.
_SLIDE_AFTER = timedelta(days=7)


class OutlookPull(models.AbstractModel):
    """Takes what changed in Outlook into Odoo."""

    _name = "outlook.pull"
    _description = "Outlook: Reading a Mailbox"

    @api.model
    def _run(self, account):
        """Read every calendar of a locked account; raise what the owner must know."""
        outlook = self.env["outlook.connection"]._calendars(account)
        calendars = self.env["outlook.calendar"]
        calendars._find(account, outlook)
        if account.direction != "push":
            for calendar in calendars._of_account(account):
                if not self._pull_safely(calendar, outlook):
                    return  # what Odoo has may be among the unread
            if not self.env["outlook.intake"]._retry_problems(account, outlook):
                return
        if not account.has_exported:
            self._join_stamped(account, outlook)
            self.env["outlook.outbox"]._note_existing(account)
            account.has_exported = True
        vals = {"last_sync": fields.Datetime.now()}
        if account.may_remove:
            vals["may_remove"] = False  # that was for this run
        if account.error_message:
            vals["error_message"] = False
        account.write(vals)

    @api.model
    def _pull_safely(self, calendar, outlook):
        """Read one calendar; one that is gone stops none of the others."""
        if calendar.is_default:
            return self._pull(calendar, outlook)
        try:
            done = self._pull(calendar, outlook)
        except (MailboxGone, NotFound, Refused) as error:
            self.env["outlook.calendar"]._refresh(calendar.account_id, outlook)
            if not calendar.is_gone and not calendar.is_shared:
                raise
            if not calendar.is_gone:
                calendar._note_problem(error)
            return True
        if calendar.problem:
            calendar.problem = False
        return done

    @api.model
    def _pull(self, calendar, outlook):
        """Read one calendar from its cursor, or all of its window without one.

        :return: False when it has to go on another time
        """
        self._slide(calendar)
        try:
            return self._read(calendar, outlook)
        except CursorExpired:
            # Nothing of the half-read round is kept; reading all finds it again.
            calendar._forget_cursor()
            return self._read(calendar, outlook)

    @api.model
    def _slide(self, calendar):
        start, _end = calendar.account_id._window()
        if calendar.window_start and start - calendar.window_start >= _SLIDE_AFTER:
            calendar._forget_cursor()

    @api.model
    def _read(self, calendar, outlook):
        if calendar.delta_link and not calendar.is_reading_all:
            return self._read_changes(calendar, outlook)
        return self._read_all(calendar, outlook)

    @api.model
    def _read_changes(self, calendar, outlook):
        """Take one round of changes; its cursor is kept with what it stands for.

        Microsoft is asked for everything before the first meeting is written: nobody
        who saves one waits for an answer.
        """
        intake, removal = self.env["outlook.intake"], self.env["outlook.removal"]
        pages = list(outlook.iter_delta(calendar.delta_link))
        rows = fold(row for page in pages for row in page.rows)
        links = intake._links(calendar.account_id, rows.removed)
        answers = removal._ask(links.values(), outlook)
        found = self._ask_series(calendar, rows, outlook)
        self._take(calendar, rows, found, outlook)
        removal._settle(calendar.account_id, answers, calendar)
        removal._check(calendar.account_id)
        calendar.write(
            {"delta_link": pages[-1].delta_link, "last_pull": fields.Datetime.now()}
        )
        return True

    @api.model
    def _read_all(self, calendar, outlook):
        """Read the whole window, one transaction a page, so that memory stays flat.

        A crash goes on at the page after the last one kept. A full list says nothing
        of what is gone, so in the end the links that it did not show are asked for.
        """
        account, done = calendar.account_id, set()
        removal = self.env["outlook.removal"]
        self._begin(calendar)
        stamps = self._stamps(calendar, outlook)
        for page in outlook.iter_delta(self._first_url(calendar, outlook)):
            self._take_page(calendar, page, stamps, done, outlook)
            calendar.delta_link = page.delta_link or page.next_link
            removal._check(account)
            if removal._is_counting():
                self.env.invalidate_all()
                continue  # all of it or nothing, as its owner says
            seconds_left = account._commit_step()
            self.env.invalidate_all()
            if not account._hold_on("outlook.pull"):
                return False
            if not seconds_left and not page.delta_link:
                # The next run goes on from this page; the others come first.
                account.last_sync = fields.Datetime.now()
                account._come_back("outlook.pull", seconds=0)
                return False
        removal._take_missing(calendar, outlook)
        removal._check(account)
        calendar.write(
            {
                "is_reading_all": False,
                "is_complete": True,
                "last_pull": fields.Datetime.now(),
            }
        )
        return True

    @api.model
    def _take_page(self, calendar, page, stamps, done, outlook):
        """Take one page of a full read.

        :param done: remote ids of series that this read has taken already
        """
        rows = fold(page.rows)
        found = self._ask_series(calendar, rows, outlook, done)
        done.update(found)
        self._take(calendar, rows, found, outlook, stamps)

    @api.model
    def _take(self, calendar, rows, found, outlook, stamps=None):
        """Take rows and series in; ask first for what else there is to know of them."""
        account, attachments = calendar.account_id, self.env["outlook.attachment"]
        items, names = self._contents(rows, found)
        lists = attachments._ask(calendar, items, outlook)
        colors = self.env["outlook.category.colors"]._ask(account, names, outlook)
        env = self.with_context(outlook_colors=colors).env
        env["outlook.intake"]._take_rows(calendar, rows, stamps)
        series = env["outlook.series.intake"]
        series._take_answers(calendar, found, stamps)
        attachments._settle(account, lists)

    @api.model
    def _contents(self, rows, found):
        """Return what items have attachments, and the categories of all.

        :return: ``{remote id: (etag, {day or False: remote id of what has some})}``,
            ``{name, case-folded}``
        """
        items, names = {}, set()
        for remote_id, row in rows.changed.items():
            if row.get("type") not in SERIES:
                has_some = row.get("hasAttachments") is True
                places = {False: remote_id} if has_some else {}
                items[remote_id] = (row.get("@odata.etag"), places)
                names.update(Reading(row, []).texts("categories"))
        for remote_id, answer in found.items():
            if item := getattr(answer, "item", None):
                places = {False: remote_id} if item.has_attachments else {}
                places |= {day: answer.ids[day] for day in sorted(answer.attached)}
                items[remote_id] = (item.etag, places)
                events = (item.event, *answer.series.exceptions.values())
                names.update(name for one in events for name in one.categories)
        return items, {name.strip().casefold() for name in names} - {""}

    @api.model
    def _ask_series(self, calendar, rows, outlook, done=()):
        """Return what Outlook has of the series that rows are about."""
        intake = self.env["outlook.series.intake"]
        touched = intake._touched(
            calendar.account_id,
            rows.changed.values(),
            rows.removed,
            is_full=calendar.is_reading_all,
        )
        return intake._ask(
            calendar, [one for one in touched if one not in done], outlook
        )

    @api.model
    def _first_url(self, calendar, outlook):
        """Return where a full read goes on, or begins."""
        return calendar.delta_link or outlook.first_delta_url(
            calendar.remote_id,
            calendar.window_start.replace(tzinfo=timezone.utc),
            calendar.window_end.replace(tzinfo=timezone.utc),
        )

    @api.model
    def _stamps(self, calendar, outlook):
        """Return ``{remote id: stamp}`` of what this database made in an earlier life.

        After a reinstallation or a restored backup the links are lost, the stamps on
        the items are not.
        """
        if calendar.is_complete or calendar.is_shared:
            return {}
        return self._stamped(outlook)

    @api.model
    def _stamped(self, outlook):
        """Return ``{remote id: stamp}`` of all that this database made."""
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return dict(outlook.events().stamped(STAMP_PROPERTY, f"{uuid}:"))

    @api.model
    def _join_stamped(self, account, outlook):
        """Join what this database once made and no reading has shown."""
        intake, stamps = self.env["outlook.intake"], self._stamped(outlook)
        known = intake._links(account, stamps)
        rest = {i: stamp for i, stamp in stamps.items() if i not in known}
        recognition = self.env["outlook.recognition"]
        for remote_id in rest:
            is_single = recognition._by_stamp(account, {remote_id: rest[remote_id]})
            if not is_single and ":r" not in rest[remote_id]:
                continue
            try:
                row = outlook.events().get(remote_id)
            except (NotFound, Refused):
                continue
            if row.get("type") == "seriesMaster":
                self._join_series(account, remote_id, rest, outlook)
                continue
            items = intake._items(account._target(), [row], {})
            intake._take_fresh(account._target(), items, {}, rest)

    @api.model
    def _join_series(self, account, remote_id, stamps, outlook):
        """Join a series that this database once made, if it has it still."""
        intake, calendar = self.env["outlook.series.intake"], account._target()
        for found in intake._ask(calendar, [remote_id], outlook).values():
            recognition = self.env["outlook.series.recognition"]
            if getattr(found, "item", None) and recognition._by_stamp(
                account, found.item, stamps
            ):
                intake._take_safely(calendar, None, found, stamps)

    @api.model
    def _begin(self, calendar):
        if calendar.is_reading_all:
            return  # goes on where a crash stopped it
        start, end = calendar.account_id._window()
        calendar.write(
            {
                "is_reading_all": True,
                "read_number": calendar.read_number + 1,
                "window_start": start,
                "window_end": end,
            }
        )

    @api.model
    def _keep_removed(self, account):
        """Keep the meetings that are gone in Outlook, without their links."""
        outlook = self.env["outlook.connection"]._calendars(account)
        self.env["outlook.removal"]._release_gone(account, outlook)
