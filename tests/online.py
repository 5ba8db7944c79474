# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Online meetings, asked for in Odoo, and what Exchange is asked for then."""

from unittest.mock import patch

from .series import SeriesCase

TEAMS = {"isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness"}


def html(text):
    return {"contentType": "html", "content": text}


class OnlineCase(SeriesCase):
    def save(self, event, user=None, **vals):
        event.with_user(user or self.ann).write(vals)
        self.cr.flush()

    def setUp(self):
        super().setUp()
        self.sent = []  # what was asked of Exchange, by whatever way
        for name, place in (("create_event", 1), ("update_event", 2)):
            self.listen(name, place)

    def listen(self, name, place):
        """Note the bodies that the sandbox is given; it does what it always does."""
        original = getattr(self.sandbox.exchange, name)

        def noted(*args, **values):
            self.sent.append(args[place])
            return original(*args, **values)

        patcher = patch.object(self.sandbox.exchange, name, noted)
        patcher.start()
        self.addCleanup(patcher.stop)

    def bodies(self, since=0):
        """Return the bodies of the writes since then."""
        return self.sent[since:]

    def item(self, name="ann"):
        [item] = self.outlook(name)
        return item

    def without_teams(self, name="ann"):
        person = self.person(name)
        self.sandbox.exchange.calendar(person).providers.clear()
