# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Syncing in any order, time that passes, and what goes wrong at Microsoft's end."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from odoo import fields

from .views import is_over
from .words import BEGIN, CONNECTED, NEWS, connected

# What the sandbox does to one request; nothing of it may be lost or done twice.
FAULTS = {
    "slow down": {"kind": "status", "status": 429, "retry_after": 30},
    "busy": {"kind": "status", "status": 503},
    "busy page": {"kind": "html", "status": 502},
    "lost request": {"kind": "lost_request"},
    "lost create": {"kind": "lost_answer", "method": "POST", "path": "/events"},
    "lost change": {"kind": "lost_answer", "method": "PATCH"},
    "lost deletion": {"kind": "lost_answer", "method": "DELETE"},
    "lost read": {"kind": "lost_answer", "method": "GET"},
    "conflict": {
        "kind": "status",
        "status": 409,
        "code": "ErrorIrresolvableConflict",
        "method": "PATCH",
    },
    "conflict after create": {"kind": "conflict_after_create"},
    "expired delta": {"kind": "expired_delta"},
    "duplicate rows": {"kind": "duplicate_delta"},
    "lag": {"kind": "replication_lag", "delay": 90},
}


class Trouble:
    """Rules that change nothing by themselves."""

    @rule(name=connected)
    def sync(self, name):
        """Press *Sync now*, unless Microsoft has asked to wait."""
        account = self.stage.accounts[name]
        if not account.not_before or account.not_before <= fields.Datetime.now():
            self._let_work(lambda: self.stage.sync(account))
        self.tick()

    @rule(first=connected)
    def sync_all(self, first="ann"):
        """Sync everybody, somebody first."""
        self.sync(first)
        for name in CONNECTED:
            if name != first:
                self.sync(name)

    @rule(action=st.sampled_from(("pull", "push")))
    def run_cron(self, action):
        """Let a scheduled action run."""
        self._let_work(lambda: self.stage.run_cron(action))
        self.tick()

    @rule(kind=st.sampled_from(sorted(FAULTS)), skip=st.integers(0, 2))
    def go_wrong(self, kind, skip=0):
        """Let a coming request go wrong."""
        self.stage.sandbox.faults.add(**FAULTS[kind], skip=skip)
        self.tick()

    @rule(hours=st.sampled_from((1, 24, 72, 24 * 8)))
    def wait(self, hours):
        """Let time pass, but not so much that the first days are not read any more."""
        if datetime.now() < BEGIN + timedelta(days=18):
            self.stage.pass_time(timedelta(hours=hours))
        self.tick()

    def _let_work(self, work):
        """Let the add-on work; it lets nobody mail about the past, and Odoo nobody."""
        sent = len(self.stage.outlook_mails())
        work()
        assert not self.stage.mailed_by_odoo(), "Odoo mails for a sync"
        for meeting in self.known:
            self.learn(meeting)
            meeting.time = self.odoo_view(meeting).get("time", meeting.time)
        for mail in self.stage.outlook_mails()[sent:]:
            [meeting] = [one for one in self.known if mail.uid in one.uids] or [None]
            if meeting and mail.kind in NEWS:
                assert not is_over(meeting.time), f"{meeting}: a mail about the past"
