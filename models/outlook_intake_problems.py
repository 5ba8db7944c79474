# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Items that could not be taken in: remembered, told once, tried again."""

from datetime import timedelta

from odoo import api, fields, models

from ..core.errors import NotFound, OutlookError, Refused
from .fault import log_fault

_RETRY_AFTER = timedelta(hours=1)


class OutlookIntake(models.AbstractModel):
    """One item that fails never stops the others, and is never forgotten."""

    _inherit = "outlook.intake"

    @api.model
    def _remember_problem(self, account, remote_id, links, error):
        """Keep in mind an item that could not be taken in, to try it again."""
        link = links.get(remote_id) or self.env["outlook.link"].search(
            [("account_id", "=", account.id), ("remote_id", "=", remote_id)]
        )
        if not link:
            link = self.env["outlook.link"].create(
                {"account_id": account.id, "remote_id": remote_id, "kind": "meeting"}
            )
        self._fail(link, remote_id, error)

    @api.model
    def _fail(self, link, remote_id, error):
        """Write down once why an item could not be taken in."""
        if not isinstance(error, OutlookError):
            log_fault("an item was not taken in", error)
        journal = self.env["outlook.journal"]
        text = journal._reason_of(error)
        if link.problem != text:
            link.account_id._note(
                "fail", text, event_id=link._meeting().id, direction="in"
            )
        link.write({"problem": text, "tried_at": fields.Datetime.now()})

    @api.model
    def _retry_problems(self, account, outlook):
        """Read again what could not be taken in, at most 20 items an hour.

        :return: False when another worker has the account now
        """
        before = fields.Datetime.now() - _RETRY_AFTER
        domain = [
            ("account_id", "=", account.id),
            "|",
            ("seeks_guests", "=", True),
            "&",
            ("problem", "!=", False),
            "|",
            ("tried_at", "=", False),
            ("tried_at", "<", before),
        ]
        oldest = "tried_at nulls first"
        for link in self.env["outlook.link"].search(domain, order=oldest, limit=20):
            account._commit_step()  # no lock waits for an answer
            if not account._hold():
                return False
            try:
                row = link._in(outlook).get(link.remote_id)
            except NotFound:
                self.env["outlook.removal"]._settle(account, {link: None})
            except Refused as error:
                self._fail(link, link.remote_id, error)
            else:
                self._take_again(account, link, row, outlook)
        return True

    @api.model
    def _take_again(self, account, link, row, outlook):
        link.tried_at = fields.Datetime.now()  # moves it to the end of the queue
        rows = {link.remote_id: link}
        calendar = link._calendar()
        if row.get("type") == "seriesMaster":
            intake = self.env["outlook.series.intake"]
            answers = intake._ask(calendar, [link.remote_id], outlook)
            intake._take_answers(calendar, answers)
            return
        for item in self._items(calendar, [row], rows):
            if link.event_id:
                self._take_safely(link, item)
            else:
                self._take_fresh(calendar, [item], rows, {})
