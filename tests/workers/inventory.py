# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Meetings of every kind on both sides, and what there is of them to compare."""

from datetime import timedelta

from ..common import DOMAIN, graph_time, guest
from ..peer.server import Committed
from .common import PEOPLE, WorkersCase

ZOE = "zoe@customer.example"
WEEKLY = {
    "recurrency": True,
    "rrule_type": "weekly",
    "interval": 1,
    "end_type": "count",
    "count": 4,
    "event_tz": "Europe/Brussels",
}


class InventoryCase(WorkersCase):
    """Ann and Bob have meetings with guests and without, copies, and series."""

    def setUp(self):
        super().setUp()
        with Committed() as env:
            partners = env["res.partner"]
            found = partners.search([("email_normalized", "=", ZOE)], limit=1)
            found = found or partners.create({"name": "Zoe", "email": ZOE})
            self.zoe = found.id
            self.bob = env["res.users"].browse(self.users["bob"]).partner_id.id
            self.ann = env["res.users"].browse(self.users["ann"]).partner_id.id
        self.fill_odoo()
        self.fill_outlook()
        self.settle()

    # --- what there is ---------------------------------------------------------------

    def fill_odoo(self):
        """Meetings with guests and without, copies, and series with odd days."""
        guests = {"partner_ids": [(6, 0, [self.ann, self.bob, self.zoe])]}
        self.meet("ann", "Board", **guests)
        self.meet("ann", "Alone")
        self.meet("ann", "Private", privacy="private")
        self.meet("ann", "By Odoo", outlook_invitations="odoo", **guests)
        self.meet("bob", "By nobody", outlook_invitations="none", **guests)
        first = self.now + timedelta(days=2)
        day = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[first.weekday()]
        times = {"start": first, "stop": first + timedelta(hours=1), day: True}
        self.meet("ann", "Team", **WEEKLY, **times, **guests)
        self.meet("ann", "Own series", **WEEKLY, **times)
        self.change_days("Team")
        self.change_days("Own series")

    def change_days(self, name):
        """Move the second meeting of a series, rename the third, drop the fourth."""
        with self.acting("ann") as env:
            events = env["calendar.event"].search([("name", "=", name)], order="start")
            later = events[1].start + timedelta(hours=3)
            events[1].write(
                {
                    "start": later,
                    "stop": later + timedelta(hours=1),
                    "recurrence_update": "self_only",
                }
            )
            events[2].write({"name": f"{name} III", "recurrence_update": "self_only"})
            events[3].unlink()

    def fill_outlook(self):
        people = [guest(f"ann@{DOMAIN}"), guest(ZOE, "Zoe")]
        self.in_outlook("bob", "Of Bob", attendees=people)
        self.in_outlook("ann", "Lunch")
        first = self.now + timedelta(days=3)
        master = self.in_outlook(
            "bob",
            "Weekly",
            start=graph_time(first),
            end=graph_time(first + timedelta(hours=1)),
            attendees=people,
            recurrence={
                "pattern": {
                    "type": "weekly",
                    "interval": 1,
                    "daysOfWeek": [f"{first:%A}".lower()],
                },
                "range": {
                    "type": "numbered",
                    "numberOfOccurrences": 4,
                    "startDate": str(first.date()),
                },
            },
        )
        exchange, bob = self.sandbox.exchange, self.person("bob")
        days = exchange.instances(bob, master["id"], *self.span())
        exchange.update_event(bob, days[1]["id"], {"subject": "Weekly II"})
        exchange.delete_event(bob, days[2]["id"])

    def span(self):
        now = self.sandbox.clock.now()
        return now - timedelta(days=100), now + timedelta(days=100)

    # --- what is compared ------------------------------------------------------------

    def in_odoo(self):
        """Return all meetings: ids, names, times, guests with their answers."""
        with Committed() as env:
            events = env["calendar.event"].with_context(active_test=False).search([])
            return {
                event.id: (
                    event.name,
                    event.start,
                    event.active,
                    event.recurrence_id.id,
                    event.user_id.id,
                    sorted((a.partner_id.id, a.state) for a in event.attendee_ids),
                    event.message_ids.ids,
                )
                for event in events
            }

    def in_mailboxes(self):
        """Return all items with their versions: a write would change these."""
        exchange = self.sandbox.exchange
        return {
            name: sorted(
                (row["id"], row["subject"], row["@odata.etag"])
                for item in self.outlook(name)
                for row in (
                    item,
                    *(
                        exchange.instances(self.person(name), item["id"], *self.span())
                        if item["type"] == "seriesMaster"
                        else ()
                    ),
                )
            )
            for name in PEOPLE
        }

    def mails(self):
        """Return how many mails each side has written."""
        with Committed() as env:
            odoo = env["mail.mail"].search_count([])
        return odoo, len(self.sandbox.exchange.mails)

    def links(self):
        """Return what is linked in which mailbox, and as what."""
        with Committed() as env:
            links = env["outlook.link"].search([])
            return sorted(
                (
                    link.account_id.user_id.id,
                    link.event_id.id,
                    link.recurrence_id.id,
                    link.remote_id,
                    link.kind,
                )
                for link in links
            )

    def writes(self):
        return [
            (one.method, one.path)
            for one in self.sandbox.requests
            if one.method != "GET" and one.path.startswith("/v1.0")
        ]

    def settle(self):
        """Let both sides be read and sent twice."""
        for _round in range(2):
            for name in PEOPLE:
                self.sync(name)
