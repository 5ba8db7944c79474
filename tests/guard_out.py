# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Many meetings that Outlook has, deleted in Odoo at once."""

from datetime import timedelta

from .series import SeriesCase


class GuardOutCase(SeriesCase):
    """Deletes meetings of Ann's, and sees what became of them in Outlook."""

    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ann)
        self.zoe = self.contact("Zoe")

    def fill(self, count, *, guests=(), name="Visit", user=None):
        """Let Odoo have meetings that Outlook has, too."""
        user = user or self.ann
        events = self.env["calendar.event"]
        for number in range(count):
            title = f"{name} {number:02}"
            events |= self.meet(user, title, guests=guests, hours=24 + number)
        self.sync()
        self.sandbox.exchange.mails.clear()
        self.assertEqual(self.outbox(), self.outbox().browse())
        return events

    def fill_series(self, count):
        """Let Odoo have short series that Outlook has, too."""
        series = self.env["calendar.recurrence"]
        for number in range(count):
            name = f"Series {number:02}"
            start = self.utc(self.monday, 5 + number)
            stop = start + timedelta(minutes=30)
            meetings = self.repeat(name=name, count=3, start=start, stop=stop)
            series |= meetings.recurrence_id
        self.sync()
        self.sandbox.exchange.mails.clear()
        return series

    def delete(self, events, user=None):
        """Delete meetings as a list with ticked rows does."""
        events.with_user(user or self.ann).unlink()
        self.cr.flush()

    def archive(self, events):
        events.with_user(self.ann).write({"active": False})
        self.env.flush_all()
        self.cr.flush()

    def assertAsked(self, count, people=0):
        """Check that nothing went, and that the owner is asked about so many."""
        account = self.account
        asked = account.state, account.deletion_count, account.deletion_mail_count
        self.assertEqual(asked, ("paused", count, people))
        self.assertTrue(account.is_asking)
        self.assertNothingWent()

    def assertNothingWent(self):
        deleted = [one for one in self.sandbox.requests if one.method == "DELETE"]
        self.assertEqual(deleted, [])
        self.assertEqual(self.outlook_mails(), [])

    def assertGone(self, names=()):
        """Check that Outlook has no other meetings than these, and all goes on."""
        self.assertEqual(self.subjects("ann"), sorted(names))
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.account.deletion_count)
        self.assertFalse(self.outbox())

    def settle(self):
        """Sync until nothing happens, and check that nothing does."""
        self.sync()
        self.sync()
        self.quiet()
        self.assertEqual(self.account.state, "connected")

    def questions(self):
        """Return the mails to the owner."""
        domain = [("subject", "like", "Many meetings were deleted")]
        return self.env["mail.mail"].search(domain)

    # --- whether it asks --------------------------------------------------------
