# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Workers and users beside each other, each with a connection of his own.

What they do is committed, as in production, so these cases are no ``TransactionCase``
and have a database of their own, which ``dev/test workers`` makes and removes. Each
test begins by removing what the test before has left.
"""

import threading
import time
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from unittest import TestCase

from odoo.tests import new_test_user

from ..common import DOMAIN, SandboxMixin, connect, graph_time
from ..peer.server import Committed

PEOPLE = ("ann", "bob")


class WorkersCase(SandboxMixin, TestCase):
    """Ann and Bob, connected anew for each test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with Committed() as env:
            cls.env = env
            cls.start_sandbox()
            cls.users = {name: cls._user(env, name) for name in PEOPLE}

    @classmethod
    def _user(cls, env, name):
        login = f"{name}@{DOMAIN}"
        found = env["res.users"].search([("login", "=", login)])
        groups = "base.group_user,base.group_partner_manager"
        user = found or new_test_user(env, login=login, email=login, groups=groups)
        return user.id

    def setUp(self):
        super().setUp()
        self.sandbox.reset()
        self.now = datetime.now(timezone.utc).replace(
            minute=0, second=0, microsecond=0, tzinfo=None
        )
        with Committed() as env:
            env["outlook.account"].search([]).unlink()
            events = env["calendar.event"].with_context(active_test=False)
            events.search([]).unlink()
        self.accounts = {name: self.connect(name) for name in PEOPLE}

    def connect(self, name):
        """Sign somebody in and read his mailbox; return his connection's id."""
        with self.acting(name) as env:
            account = connect(env, self.person(name), self.running.ca_file)
            account.action_start()
        self.sync(name, account.id)
        return account.id

    @contextmanager
    def acting(self, name):
        """Give an environment of somebody's own; what he did is committed."""
        with Committed() as env:
            yield env(user=self.users[name], context={"tz": "Europe/Brussels"})

    def sync(self, name, account_id=None):
        """Press *Sync now*."""
        with self.acting(name) as env:
            accounts = env["outlook.account"]
            accounts.browse(account_id or self.accounts[name]).action_sync_now()

    @contextmanager
    def working(self, *runs):
        """Let workers run while Microsoft does not answer, until the block ends.

        :param runs: name and runner of each; all have taken their account, and wait
            for their first answer, when the block begins
        """
        # They have patience, since looking whether they are there locks as well.
        threads = [threading.Thread(target=self.work, args=(*run, 9)) for run in runs]
        with self.sandbox.exchange.lock:
            for thread in threads:
                thread.start()
            for name, _runner in runs:
                self.wait_until(self.is_held, name)
            yield
        for thread in threads:
            thread.join(60)
            self.assertFalse(thread.is_alive(), "a worker does not end")

    def work(self, name, runner, patience=0):
        """Run one account as the scheduled action does."""
        with Committed() as env:
            account = env["outlook.account"].browse(self.accounts[name])
            account._run(runner, patience)

    def is_held(self, name):
        """Return whether a worker has somebody's connection."""
        with Committed() as env:
            account = env["outlook.account"].browse(self.accounts[name])
            return not account.try_lock_for_update(allow_referencing=True)

    def wait_until(self, condition, *values):
        """Wait until something is so."""
        end = time.monotonic() + 30
        while not condition(*values):
            self.assertLess(time.monotonic(), end, "it does not happen")
            time.sleep(0.05)

    def meet(self, name, subject="Board", **vals):
        """Let somebody create a meeting in Odoo; return its id."""
        start = self.now + timedelta(hours=24)
        with self.acting(name) as env:
            events = env["calendar.event"].with_context(skip_contact_description=True)
            return events.create(
                {
                    "name": subject,
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    **vals,
                }
            ).id

    def save(self, who, event_id, **vals):
        """Let somebody save a meeting; return how many seconds that took."""
        began = time.monotonic()
        with self.acting(who) as env:
            env["calendar.event"].browse(event_id).write(vals)
        return time.monotonic() - began

    def in_outlook(self, name, subject="Board", **body):
        """Let somebody create a meeting in Outlook."""
        start = self.now + timedelta(hours=24)
        times = {
            "start": graph_time(start),
            "end": graph_time(start + timedelta(hours=1)),
        }
        body = {"subject": subject, **times, **body}
        return self.sandbox.exchange.create_event(self.person(name), body)

    def outlook(self, name):
        """Return the items of a mailbox."""
        return self.sandbox.exchange.list(self.person(name))

    def events(self, env, **domain):
        """Return meetings, archived ones too."""
        found = env["calendar.event"].with_context(active_test=False)
        return found.search([(k, "=", v) for k, v in domain.items()])
