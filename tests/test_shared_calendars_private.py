# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Private meetings in a calendar that a colleague shares: times and nothing else."""

from datetime import timedelta

from odoo.tests import tagged

from .common import graph_time, guest
from .shared import CAROL, SharedCase

BUSY = "Private appointment"


@tagged("post_install", "-at_install")
class TestSharedPrivate(SharedCase):
    def test_a_private_meeting_is_a_busy_time(self):
        self.share()
        place = {"displayName": "Ghent"}
        item = self.in_outlook("ann", "Doctor", sensitivity="private", location=place)
        account = self.follow()
        [event] = self.events(name=BUSY)
        self.assertEqual(event.user_id, self.ann)
        self.assertFalse(event.location)
        later = self.now + timedelta(hours=30)
        times = {"start": later, "end": later + timedelta(hours=1)}
        times = {name: graph_time(one) for name, one in times.items()}
        self.change_in_outlook("ann", item, **times)
        self.sync(account)
        self.assertEqual(event.start, later)
        self.edit_as(self.bob, event, location="Bruges")
        writes = len(self.writes())
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        self.assertEqual(event.with_user(self.ann).outlook_state, "excluded")
        self.assertFalse(self.journal("fail"))

    def test_the_owners_mailbox_fills_in_the_content(self):
        self.share()
        place = {"displayName": "Ghent"}
        self.in_outlook("ann", "Doctor", sensitivity="private", location=place)
        account = self.follow()
        [event] = self.events(name=BUSY)
        own = self.connect(self.ann)
        self.assertEqual(event.name, "Doctor")
        self.assertEqual(event.location, "Ghent")
        self.sync(account, own)
        self.assertEqual((event.name, event.privacy), ("Doctor", "private"))
        self.assertEqual(self.subjects("ann"), ["Doctor"])
        self.quiet(account, own)
        own.sudo()._disconnect()
        [link] = event.outlook_link_ids
        self.assertEqual(link.base_odoo["subject"], BUSY)
        self.quiet(account)

    def test_what_the_owner_calls_personal_is_private_as_well(self):
        """Outlook shows it to others; Odoo does not."""
        self.share()
        self.in_outlook(
            "ann", "Doctor", sensitivity="personal", attendees=[guest(CAROL)]
        )
        self.follow()
        self.assertFalse(self.events(name="Doctor"))
        [event] = self.events(name=BUSY)
        self.assertNotIn(self.carol.partner_id, event.partner_ids)

    def test_the_owner_keeps_everything_private_in_odoo(self):
        self.ann.with_user(self.ann).calendar_default_privacy = "private"
        self.share()
        self.in_outlook("ann", "Board")
        self.series_in_outlook()
        account = self.follow(is_target=True)
        self.assertFalse(self.events(name="Board") | self.events(name="Team"))
        self.assertEqual(len(self.events(name=BUSY)), 6)
        self.meet(self.ann, "Payroll", hours=50)
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board", "Team"])
        own = self.connect(self.ann)
        board = self.events(name="Board")
        self.assertEqual((board.privacy, board.effective_privacy), (False, "private"))
        self.assertEqual(set(self.events(name="Team").mapped("privacy")), {False})
        self.quiet(account, own)

    def test_what_becomes_private_keeps_what_odoo_knows(self):
        self.share()
        item = self.in_outlook("ann", "Board", attendees=[guest(CAROL)])
        account = self.follow()
        event = self.events(name="Board")
        self.change_in_outlook("ann", item, sensitivity="private")
        self.sync(account)
        self.assertEqual(event.name, "Board")
        self.assertIn(self.carol.partner_id, event.partner_ids)
        self.edit_as(self.ann, event, name="Council")
        writes = len(self.writes())
        self.sync(account)
        self.assertEqual(len(self.writes()), writes, "what is private is not sent")
        self.change_in_outlook("ann", item, sensitivity="normal")
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Council"])
        self.assertFalse(self.journal("fail"))
        self.quiet(account)

    def test_a_private_series_is_busy_times(self):
        self.share()
        master = self.series_in_outlook(sensitivity="private")
        account = self.follow()
        meetings = self.meetings(self.events(name=BUSY).recurrence_id)
        self.assertEqual(len(meetings), 5)
        self.change_in_outlook("ann", master, **self.times(self.monday, 14))
        self.sync(account)
        self.assertEqual(self.wall(meetings[0].start).hour, 14)
        self.assertFalse(self.journal("fail"))
        own = self.connect(self.ann)
        self.sync(account, own)
        self.assertEqual([one["subject"] for one in self.masters()], ["Team"])
        self.assertEqual(set(meetings.mapped("name")), {"Team"})
        self.assertEqual(set(meetings.mapped("privacy")), {"private"})
        self.quiet(account, own)

    def test_a_series_with_a_private_day_is_private(self):
        self.share()
        master = self.series_in_outlook()
        day = self.instance(master, self.day(7))
        self.change_in_outlook("ann", day, subject="Doctor", sensitivity="personal")
        account = self.follow()
        meetings = self.meetings(self.events(name=BUSY).recurrence_id)
        self.assertEqual(len(meetings), 5)
        self.assertFalse(self.events(name="Doctor"))
        self.quiet(account)

    def test_one_day_of_a_known_series_becomes_private(self):
        self.share()
        master = self.series_in_outlook()
        account = self.follow()
        meetings = self.meetings(self.events(name="Team").recurrence_id)
        day = self.instance(master, self.day(7))
        self.change_in_outlook("ann", day, subject="Doctor", sensitivity="personal")
        self.sync(account)
        self.assertEqual(set(meetings.mapped("name")), {"Team"})
        self.edit(meetings[1], user=self.bob, name="Crew")
        writes = len(self.writes())
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        self.assertFalse(self.journal("fail"))
