# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What is counted, not timed: requests, queries and writes (times: ``dev/bench``)."""

import threading
from contextlib import contextmanager

from odoo.tests import tagged

from .common import OutlookCase, guest

MAX_QUERIES = 19  # of an account where nothing changed
WRITES = ("INSERT", "UPDATE", "DELETE")


@tagged("post_install", "-at_install")
class TestCost(OutlookCase):
    def many(self, count):
        """Let ann have meetings in Outlook, every other one with guests."""
        for number in range(count):
            self.in_outlook(
                "ann",
                f"Meeting {number}",
                hours=24 + number,
                body={"contentType": "html", "content": f"<p>Point {number}</p>"},
                location={"displayName": "Room"},
                isReminderOn=True,
                reminderMinutesBeforeStart=(15, 45)[number % 2],
                attendees=[guest("zoe@customer.example", "Zoe")] * (number % 2),
            )

    @contextmanager
    def statements(self):
        """Yield the SQL statements of a block."""
        thread, found = threading.current_thread(), []

        def hook(_cursor, query, _parameters, _start, _delay):
            code = query if isinstance(query, str) else query.code
            found.append(" ".join(code.split()))

        old = getattr(thread, "query_hooks", ())
        thread.query_hooks = (*old, hook)
        try:
            yield found
        finally:
            thread.query_hooks = old

    def read_mailbox(self, account):
        """Read an account as its scheduled action does; return the SQL statements."""
        self.cr.flush()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            record = self.env(cr=cr)["outlook.account"].browse(account.id).sudo()
            with self.statements() as found:
                record._run("outlook.pull")
                cr.flush()
        self.env.invalidate_all()
        return found

    def test_saving_sends_nothing(self):
        self.connect(self.ann)
        before = len(self.sandbox.requests)
        with self.statements() as found:
            event = self.meet(self.ann, guests=self.bob.partner_id)
            event.with_user(self.ann).write({"name": "Board II"})
            self.cr.flush()
            event.with_user(self.ann).unlink()
            self.cr.flush()
        self.assertTrue(any('INSERT INTO "outlook_outbox"' in s for s in found))
        self.assertEqual(len(self.sandbox.requests), before)

    def test_several_writes_of_one_save_are_noted_once(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.sync(account)
        for name in ("Board II", "Board III"):
            event.with_user(self.ann).write({"name": name})
        self.cr.flush()
        self.assertEqual(len(self.outbox(event_id=event.id)), 1)

    def test_an_unchanged_account_costs_one_request_and_few_queries(self):
        self.many(12)
        account = self.connect(self.ann)
        self.read_mailbox(account)
        before = len(self.sandbox.requests)
        found = self.read_mailbox(account)
        made = self.sandbox.requests[before:]
        self.assertEqual([request.method for request in made], ["GET"])
        self.assertLessEqual(len(found), MAX_QUERIES, "\n".join(found))

    def test_an_unchanged_account_writes_its_own_bookkeeping_only(self):
        self.many(3)
        account = self.connect(self.ann)
        self.read_mailbox(account)
        written = {
            statement.split()[1 if statement.startswith("UPDATE") else 2].strip('"')
            for statement in self.read_mailbox(account)
            if statement.startswith(WRITES)
        }
        self.assertEqual(written, {"outlook_account", "outlook_calendar"})

    def test_the_queries_of_a_first_read_do_not_grow_with_the_meetings(self):
        counts = []
        for user, name, count in ((self.bob, "bob", 5), (self.carol, "carol", 45)):
            for number in range(count):
                self.in_outlook(
                    name,
                    hours=24 + number,
                    isReminderOn=True,
                    reminderMinutesBeforeStart=15,
                    attendees=[guest(f"zoe{number % 5}@{name}.example")],
                )
            account = self.connect(user, start=False)
            account.action_start()
            counts.append(len(self.read_mailbox(account)))
            self.assertEqual(len(self.events(user_id=user.id)), count)
        self.assertLess(counts[1], counts[0] + 40)
