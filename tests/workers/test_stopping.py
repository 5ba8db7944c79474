# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Stop means stop: a run that is under way ends after the step it is at."""

import threading

from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..peer.server import Committed
from .common import WorkersCase

MANY = 12
SLOW = 1.0  # seconds for a request, so that a click gets in between anywhere


class TestStopping(WorkersCase):
    def sent(self):
        """Return how many requests have written something in Outlook."""
        return sum(
            one.method != "GET" and one.path.startswith("/v1.0")
            for one in self.sandbox.requests
        )

    def stop_while_sending(self, stop):
        """Let a worker send many meetings slowly, and stop it in the middle.

        :param stop: function of Ann's environment
        :return: how many requests were sent after the click was done
        """
        for number in range(MANY):
            self.meet("ann", f"Board {number}")
        self.fault("delay", delay=SLOW, path=r"/events", times=99)
        before = self.sent()
        worker = threading.Thread(target=self.work, args=("ann", "outlook.push"))
        worker.start()
        self.wait_until(lambda: self.sent() >= before + 2)
        self.retrying(stop)
        done = self.sent()
        worker.join(60)
        self.assertFalse(worker.is_alive())
        self.sandbox.faults.clear()
        self.assertLess(done - before, MANY, "it was stopped in the middle")
        return self.sent() - done

    def retrying(self, stop):
        """Do what a click does, again when another transaction got in between."""
        for _try in range(5):
            try:
                with self.acting("ann") as env:
                    return stop(env)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                continue
        raise AssertionError("it was never done")

    def board(self):
        """Return how many of the meetings are in Outlook."""
        names = [item["subject"] for item in self.outlook("ann")]
        self.assertEqual(len(names), len(set(names)))
        return len([name for name in names if name.startswith("Board")])

    def disconnect(self, env):
        """Press *Disconnect*, having read what it means."""
        wizard = env["outlook.disconnect"].create({})
        self.told = wizard.keep, wizard.event_count, wizard.waiting_count
        wizard.action_confirm()

    def pause(self, env):
        env["outlook.account"].browse(self.accounts["ann"]).action_pause()

    def test_request_f23_disconnecting_ends_the_sending_at_once(self):
        self.meet("bob", "Of Bob")
        self.assertLessEqual(self.stop_while_sending(self.disconnect), 1)
        there = self.board()
        keep, linked, waiting = self.told
        self.assertEqual(keep, "leave", "nothing is deleted unless that is chosen")
        self.assertEqual(linked + waiting, MANY)
        self.assertGreaterEqual(there, linked, "some were sent while he read it")
        with Committed() as env:
            account = env["outlook.account"].browse(self.accounts["ann"])
            self.assertEqual(account.state, "draft")
            self.assertFalse(account.token_cache)
            self.assertFalse(env["outlook.link"].search([]))
            ours = env["outlook.outbox"].search([("account_id", "=", account.id)])
            self.assertFalse(ours)
            self.assertEqual(len(self.events(env, active=True)), MANY + 1)
        asked = len(self.sandbox.requests)
        for runner in ("outlook.pull", "outlook.push"):
            self.work("ann", runner)
        self.assertEqual(len(self.sandbox.requests), asked)
        self.sync("bob")  # the others go on
        self.assertEqual(len(self.outlook("bob")), 1)
        self.accounts["ann"] = self.connect("ann")
        self.sync("ann")
        self.assertEqual(self.board(), MANY, "all there once")

    def test_request_f23_pausing_ends_the_sending_at_once(self):
        self.assertLessEqual(self.stop_while_sending(self.pause), 1)
        asked = len(self.sandbox.requests)
        for runner in ("outlook.pull", "outlook.push"):
            self.work("ann", runner)
        self.assertEqual(len(self.sandbox.requests), asked)
        with self.acting("ann") as env:
            account = env["outlook.account"].browse(self.accounts["ann"])
            self.assertEqual(account.waiting_count, MANY - self.board())
            account.action_resume()
        self.sync("ann")
        self.assertEqual(self.board(), MANY, "all there once")

    def test_request_f23_an_administrator_stops_everybody_at_once(self):
        def pause_all(env):
            admin = env.ref("base.user_admin")
            env["outlook.account"].with_user(admin)._pause_all(True)

        self.addCleanup(self.let_go_on)
        self.assertLessEqual(self.stop_while_sending(pause_all), 1)
        self.assertLess(self.board(), MANY)

    def let_go_on(self):
        with Committed() as env:
            env["outlook.account"]._pause_all(False)
