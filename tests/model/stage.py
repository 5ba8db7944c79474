# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Where the examples of the model take place: Odoo, PostgreSQL and the sandbox.

Ann and Bob are connected once per test; each example begins in that state and leaves
no trace, neither in the database nor in the mailboxes. Time is stopped, and moves on
when an example says so, so that an example means the same whenever it is run.
"""

from contextlib import contextmanager
from datetime import datetime, timedelta

from freezegun.api import freeze_time  # Odoo's own stands in the way of ``ignore``

from odoo.tests import TransactionCase

from ..common import OutlookMixin
from ..traces import leaving_no_trace
from .words import ADDRESSES, BEGIN, CONNECTED, TAGS

_STEP = timedelta(minutes=1)


class Stage(OutlookMixin, TransactionCase):
    """People, their connections, and what the examples look at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stopped = freeze_time(BEGIN, ignore=["hypothesis", "_pytest", "cryptography"])
        cls.clock = stopped.start()
        cls.addClassCleanup(stopped.stop)
        cls.now = cls.cr._now = datetime.now()
        cls.env["calendar.event.type"].create([{"name": name} for name in TAGS])
        cls.env["res.partner"].create({"name": "Zoe", "email": ADDRESSES["zoe"]})

    def setUp(self):
        super().setUp()
        self.clock.move_to(BEGIN)
        self.cr._now = datetime.now()
        self.users = {name: getattr(self, name) for name in ("ann", "bob", "carol")}
        self.accounts = {name: self.connect(self.users[name]) for name in CONNECTED}
        self.cr.flush()
        self._kept = self.sandbox.dump()

    @contextmanager
    def example(self):
        """Let something take place that leaves no trace."""
        try:
            with leaving_no_trace(self, self._kept):
                self.events_before = self.events()
                messages = self.env["mail.message"].sudo()
                self.last_message = messages.search([], order="id desc", limit=1).id
                self.pass_time()
                yield
        finally:
            self.clock.move_to(BEGIN)
            self.cr._now = datetime.now()

    def pass_time(self, delta=_STEP):
        """Let time pass, for Odoo and for Microsoft."""
        self.clock.tick(delta)
        self.cr._now = datetime.now()

    def mailed_by_odoo(self):
        """Return the addresses that Odoo has mailed about meetings, each once.

        Since this was asked before, or since the example began.
        """
        messages = self.env["mail.message"].sudo()
        found = messages.search(
            [
                ("id", ">", self.last_message),
                ("model", "=", "calendar.event"),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.last_message = max(found.ids, default=self.last_message)
        return set(found.partner_ids.mapped("email_normalized"))
