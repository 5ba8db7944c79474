# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Sending what waits in the outbox, one meeting after the other."""

import random
from datetime import datetime, timezone

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..core.errors import (
    Conflict,
    GraphError,
    MassRemoval,
    NotFound,
    Refused,
    TransientError,
)
from ..core.retry import delay
from ..core.snapshot import is_over
from ..graph.calendars import STAMP_PROPERTY
from .fault import log_fault


class OutlookPush(models.AbstractModel):
    """Takes what changed in Odoo into Outlook."""

    _name = "outlook.push"
    _description = "Outlook: Sending Changes"

    @api.model
    def _run(self, account):
        """Send the due rows of a locked account, oldest first, one commit each."""
        guard = self.env["outlook.deletion.guard"]
        if guard._asks(account):
            return
        outlook = self.env["outlook.connection"]._calendars(account)
        rows = self.env["outlook.outbox"].search(
            [("account_id", "=", account.id), *self.env["outlook.outbox"]._due_domain()]
        )
        alive = guard._alive(rows)
        for group in self._groups(rows):
            if guard._has_died(group, alive):
                continue
            if not self._send_safely(account, group, outlook):
                break  # the whole mailbox has to wait
            if not account._commit_step():
                account._come_back("outlook.push", seconds=0)
                break  # out of time
            if not account._hold_on("outlook.push"):
                break

    @api.model
    def _groups(self, rows):
        """Return the rows by meeting: several saves of one are sent as one."""
        groups = {}
        for row in rows:
            key = row.remote_id or row.recurrence_id or row.event_id or row
            key = (key, row.operation == "answer")
            groups[key] = groups.get(key, rows.browse()) | row
        return groups.values()

    @api.model
    def _send_safely(self, account, rows, outlook):
        """Send one meeting; keep a failure with it. False: stop for now."""
        journal = self.env["outlook.journal"]
        try:
            with self.env.cr.savepoint():
                self._send(account, rows, outlook)
                rows.unlink()
        except TransientError as error:
            seconds = delay(rows[0].attempts, error.retry_after, random.random())
            rows._defer(seconds, journal._sentence(error))
            account._note_failure(error)
            return False
        except Conflict as error:
            rows._defer(delay(rows[0].attempts, None, 0.0), journal._sentence(error))
        except (Refused, NotFound) as error:
            self._give_up(account, rows, error)
        except (GraphError, MassRemoval):
            raise  # revoked or refused as a whole: the account's state says so
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # the whole run is made again
        except Exception as error:  # a fault of ours must not stop the other meetings
            log_fault("a change was not sent", error)
            self._give_up(account, rows, error)
        return True

    @api.model
    def _give_up(self, account, rows, error):
        reason = self.env["outlook.journal"]._reason_of(error)
        rows._fail(reason)
        rows._note_denied(error)
        account._note(
            "fail",
            reason,
            event_id=rows[0]._meeting().id,
            event_name=rows[0].event_name,
            direction="out",
        )

    @api.model
    def _send(self, account, rows, outlook):
        first = rows[0]
        if first.operation == "delete":
            if account._may_push():
                self._delete(account, first, outlook)
        elif first.operation == "answer":
            self.env["outlook.answer"]._send(account, first, outlook)
        elif first.recurrence_id:
            self.env["outlook.series.delivery"]._save(account, first, outlook)
        elif first.event_id and not first.event_id.recurrence_id:
            self._save(account, rows, outlook)

    @api.model
    def _delete(self, account, row, outlook):
        """Delete an item, or what a creation without an answer has left."""
        ids = [row.remote_id] if row.remote_id else self._left(account, row, outlook)
        for remote_id in ids:
            link = self._link(account, remote_id)
            if self._is_too_late(link):
                self.env["outlook.delivery"]._note_past(link)
                continue
            link._in(outlook).delete(remote_id)
            if not self.env["outlook.memory"]._keeps(row, link):
                self._forget(account, row, link)

    @api.model
    def _link(self, account, remote_id):
        domain = [("account_id", "=", account.id), ("remote_id", "=", remote_id)]
        return self.env["outlook.link"].search(domain)

    @api.model
    def _left(self, account, row, outlook):
        """Delete what a creation without an answer has left where it may have been."""
        shared = account.calendar_ids.filtered(
            lambda one: one.is_shared and one.is_target and one._may_push()
        )
        for calendar in shared:
            events = calendar._in(outlook)
            for remote_id, _stamp in list(events.stamped(STAMP_PROPERTY, row.stamp)):
                events.delete(remote_id)
                self._forget(account, row, self._link(account, remote_id))
        found = outlook.events().stamped(STAMP_PROPERTY, row.stamp)
        return [remote_id for remote_id, _stamp in found]

    @api.model
    def _is_too_late(self, link):
        """Whether a meeting has taken place before its deletion could be sent.

        Outlook would mail its guests; like those that are deleted later, it stays.
        """
        base = link.base_outlook or {}
        if not (base.get("attendees") and base.get("when")):
            return False
        if base.get("rule"):
            return False  # "when" is its first day
        return is_over(base, datetime.now(timezone.utc))

    @api.model
    def _forget(self, account, row, link):
        """Note a deletion that Outlook carried out."""
        memory = row.was or self.env["outlook.memory"]._deleted(link)
        link.unlink()
        account._note(
            "delete",
            self.env._("Deleted in Outlook."),
            event_id=row._meeting().id,
            event_name=(memory.get("facts") or {}).get("name") or row.event_name,
            direction="out",
            before=memory.get("before"),
            facts=memory.get("facts"),
        )

    @api.model
    def _save(self, account, rows, outlook):
        """Bring a mailbox up to date with one Odoo meeting."""
        delivery = self.env["outlook.delivery"]
        event = rows.event_id
        links = event.outlook_link_ids.filtered(lambda x: x.account_id == account)
        if not links and event.active:
            self._create(account, event, rows, outlook)
        # One of them may be in a calendar that a colleague shares.
        for link in links.filtered(lambda x: not x.is_gone):
            if not event.active or delivery._is_left(link):
                delivery._delete(link, outlook)
            else:
                self._update(link, outlook)

    @api.model
    def _create(self, account, event, rows, outlook):
        """Create what the mailbox is to have by now.

        A meeting that was handed over before it was sent is noted as what it was to be
        for its old organizer, and as what it is for the new one.
        """
        delivery = self.env["outlook.delivery"]
        wanted = rows.filtered(
            lambda row: delivery._is_wanted(account, event, row.kind)
        ).sorted(lambda row: row.kind != "meeting")[:1]
        if wanted:
            # An earlier try, whose answer got lost, may have made it.
            wanted.transaction_id = rows[0].transaction_id
            delivery._create(account, wanted, outlook)

    @api.model
    def _update(self, link, outlook):
        """Send what changed; when Outlook changed meanwhile, merge that first."""
        delivery = self.env["outlook.delivery"]
        try:
            try:
                delivery._update(link, outlook)
            except Conflict:
                row = link._in(outlook).get(link.remote_id)
                item = link._calendar()._item(row)
                self.env["outlook.reconciliation"]._take(link, item)
                delivery._update(link, outlook)
        except NotFound:
            self.env["outlook.removal"]._take_doubtful(link.account_id, link, outlook)
