# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Running the connections: one lock each, failures kept for their owners."""

import logging
import time

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..core.errors import (
    AppRefused,
    ConsentRevoked,
    MassRemoval,
    OutlookError,
    TransientError,
)
from ..core.removal import Tally
from .context import with_only
from .fault import log_fault

_logger = logging.getLogger(__name__)

_TRIES = 3
_COME_BACK = 10  # seconds, after another worker held the account
_PATIENCE = 5  # seconds to wait for him in the middle of a run
# What a scheduled action knows of its time; the rest of a context is its caller's.
_OF_CRON = frozenset({"cron_id", "cron_end_time", "ir_cron_progress_id"})


class OutlookAccount(models.Model):
    """What the scheduled actions do with each connection."""

    _inherit = "outlook.account"

    @api.model
    def _trigger_crons(self):
        for name in ("pull", "push"):
            cron = self.env.ref(f"outlook_calendar.ir_cron_outlook_{name}")
            cron.sudo()._trigger()

    @api.model
    def _cron_run(self, runner):
        """Run ``outlook.pull`` or ``outlook.push`` for all, the longest waiting first.

        An account that another worker holds is left to that worker. One account's
        failure never stops the others.
        """
        if self.env["outlook.connection"]._is_at_rest():
            return
        accounts = self.search(self._ready_domain(), order="last_sync nulls first, id")
        if runner == "outlook.push":
            accounts = self.env["outlook.outbox"]._due_accounts() & accounts
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(accounts))
        for account in accounts:
            account._run(runner)
            if not cron._commit_progress(1):
                break  # out of time; the cron comes back for the rest

    @api.model
    def _ready_domain(self):
        """Return a domain for the connections that may make requests now."""
        return [
            ("state", "=", "connected"),
            ("user_id.active", "=", True),
            "|",
            ("not_before", "=", False),
            ("not_before", "<=", fields.Datetime.now()),
        ]

    @api.model
    def _cron_maintain(self):
        """Once a day: seal what another module left in plain text, drop old notes."""
        self.env["outlook.connection"]._seal_client_secret()
        self.env["calendar.recurrence"]._outlook_extend_all()
        self.env["outlook.journal"]._gc_old()
        self.env["outlook.arrival"]._gc_old()

    def _run(self, runner, patience=0):
        """Run one account under its lock; a failure is kept for its owner to see.

        :param int patience: seconds to wait for another worker that holds the account
        """
        if self.env["outlook.connection"]._is_at_rest():
            return
        if not self.filtered_domain(self._ready_domain()):
            return
        kept = {k: v for k, v in self.env.context.items() if k in _OF_CRON}
        run = self.env["outlook.run"]._key(runner.rpartition(".")[2])
        plain = with_only(self, kept | run | {"lang": self.user_id.lang})
        plain._try(runner, patience)

    def _try(self, runner, patience):
        try:
            self._run_locked(runner, patience)
        except MassRemoval as error:
            self._start_over()
            self._ask_before_removing(error.names)
        except OutlookError as error:
            self._start_over()
            self._note_safely(error)
        except Exception as error:  # a fault of ours must not stop other accounts
            self._start_over()
            log_fault(f"{runner} of account {self.id} failed", error)
            self._note_safely(OutlookError(type(error).__name__))

    def _run_locked(self, runner, patience):
        """Run, and run again when another transaction got in between."""
        for tries_left in reversed(range(_TRIES)):
            try:
                if self._hold() or self._wait(patience):
                    counted = self.with_context(outlook_removals=Tally())
                    counted.env[runner]._run(counted)
                else:
                    self._come_back(runner)
                return self.env.cr.flush()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Somebody saved the same meeting in the same moment.
                if not tries_left:
                    raise
                self._start_over()

    @api.model
    def _come_back(self, runner, seconds=_COME_BACK):
        """Run again soon what could not be done, or not be ended, now."""
        name = runner.rpartition(".")[2]
        cron = self.env.ref(f"outlook_calendar.ir_cron_outlook_{name}").sudo()
        cron._trigger(at=fields.Datetime.add(fields.Datetime.now(), seconds=seconds))

    def _start_over(self):
        """Drop what the failed run wrote since its last commit."""
        self.env.cr.rollback()
        self.env.invalidate_all()

    def _hold(self):
        """Lock this account until the next commit.

        False when another worker has it, or its owner has stopped it meanwhile.
        """
        # Rows that refer to it (a user's saved change) can still be inserted.
        locked = self.try_lock_for_update(allow_referencing=True)
        return bool(locked.filtered_domain(self._ready_domain()))

    def _hold_on(self, runner):
        """Lock this account again after a commit, when ``runner`` is not done.

        Another worker who took it meanwhile does other work: he who sends does not
        read the rest of the mailbox. So it is waited for, or come back to.
        """
        if self._hold():
            return True
        if self.filtered_domain(self._ready_domain()) and self._wait(_PATIENCE):
            return True
        self._come_back(runner, seconds=0)
        return False

    @api.model
    def _commit_step(self):
        """Commit what a run has done of an account so far; return the seconds left.

        Odoo is told of it as progress: it takes an action that was killed three times
        without any for one that does not end, and puts it off.
        """
        told = self.env.context.get("ir_cron_progress_id")
        progress = self.env["ir.cron.progress"].sudo().browse(told)
        return self.env["ir.cron"]._commit_progress(1, remaining=progress.remaining)

    def _wait(self, patience):
        """Wait for the account; False when it does not become free in time.

        When the other worker commits, our transaction is too old to take the lock:
        that is a serialization failure, and the caller begins again.
        """
        for _second in range(patience):
            time.sleep(1)
            if self._hold():
                return True
        return False

    def _note_safely(self, error):
        """Write down a failure, unless another worker writes it down right now."""
        try:
            self._note_failure(error)
            self.env.cr.flush()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            self._start_over()

    def _note_failure(self, error):
        """Write down for the owner, in words, why nothing could be done."""
        text = self.env["outlook.journal"]._sentence(error)
        vals = {"error_message": text}
        if isinstance(error, TransientError) and error.retry_after:
            vals["not_before"] = fields.Datetime.add(
                fields.Datetime.now(), seconds=error.retry_after
            )
        if isinstance(error, ConsentRevoked) and self.state != "revoked":
            vals["state"] = "revoked"
        if not isinstance(error, TransientError) and self.error_message != text:
            self._note("fail", text)
        self.write(vals)
        if "state" in vals:
            self._ask_to_reconnect()
        if isinstance(error, AppRefused):
            _logger.warning("Outlook: the app registration is refused (%s)", error.code)
        _logger.info("Outlook: account %s: %s", self.id, type(error).__name__)

    def _ask_to_reconnect(self):
        """Mail the owner once that only he can repair the connection."""
        name = "outlook_calendar.mail_template_reconnect"
        if template := self.env.ref(name, raise_if_not_found=False):
            template.sudo().send_mail(self.id)
