# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A worker loses the account, between two commits, to one who has other work to do."""

import threading

from ...core.errors import TransientError
from ..peer.server import Committed
from .common import WorkersCase


class TestTakenOver(WorkersCase):
    def account(self, env):
        return env["outlook.account"].browse(self.accounts["ann"])

    def due(self, env, name):
        cron = env.ref(f"outlook_calendar.ir_cron_outlook_{name}")
        domain = [("cron_id", "=", cron.id), ("call_at", "<=", env.cr.now())]
        return env["ir.cron.trigger"].search(domain)

    def test_the_rest_is_done_as_soon_as_may_be(self):
        with Committed() as env:
            self.due(env, "pull").unlink()
        with Committed() as env:
            self.assertTrue(self.account(env)._hold())
            with Committed() as other:
                self.assertFalse(self.account(other)._hold_on("outlook.pull"))
        with Committed() as env:
            self.assertTrue(self.due(env, "pull"))

    def test_the_other_one_is_waited_for_a_little(self):
        done = []

        def go_on():
            with Committed() as other:
                done.append(self.account(other)._hold_on("outlook.pull"))

        with Committed() as env:
            self.assertTrue(self.account(env)._hold())
            thread = threading.Thread(target=go_on)
            thread.start()
            thread.join(0.5)
            self.assertFalse(done)
        thread.join(30)
        self.assertEqual(done, [True])

    def test_who_paused_it_is_not_waited_for(self):
        with Committed() as env:
            self.account(env).state = "paused"
        with Committed() as env:
            self.assertFalse(self.account(env)._hold_on("outlook.pull"))

    def test_two_workers_note_the_same_failure(self):
        """Reading and sending find at once that Microsoft does not answer."""
        raised = []

        def note():
            try:
                with Committed() as other:
                    account = self.account(other)
                    account.mapped("state")  # its transaction begins here
                    begun.set()
                    wait.wait(30)
                    account._note_safely(TransientError("busy", status=503))
            except Exception as error:
                raised.append(error)

        begun, wait = threading.Event(), threading.Event()
        thread = threading.Thread(target=note)
        thread.start()
        begun.wait(30)
        with Committed() as env:
            self.account(env)._note_failure(TransientError("busy", status=503))
            env.cr.flush()
            wait.set()
            thread.join(0.5)
        thread.join(30)
        self.assertEqual(raised, [])
        with Committed() as env:
            self.assertTrue(self.account(env).error_message)
