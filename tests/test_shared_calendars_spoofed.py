# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A mailbox that claims to be a colleague's: its reader gains no right in Odoo.

Anybody may own a tenant in which somebody has Ann's address. What Bob then reads as
Ann's calendar is his own invention.
"""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..graph.calendars import stamp_member
from .common import guest
from .shared import CAROL, SharedCase

MODELS = ("outlook.link", "outlook.outbox", "outlook.journal", "outlook.attachment")


@tagged("post_install", "-at_install")
class TestSpoofedOwner(SharedCase):
    def setUp(self):
        super().setUp()
        self.share()

    def secret(self, name="Payroll", **vals):
        """Return a private meeting of Ann's, with what Bob must not learn."""
        guests, place = [self.carol.partner_id], "Geneva"
        vals = {"privacy": "private", "location": place, **vals}
        return self.meet(self.ann, name, guests=guests, **vals)

    def check_untold(self, account, *words):
        """Check that no record of Bob's connection knows one of these words."""
        self.env.invalidate_all()
        told = []
        for name in MODELS:
            path = "link_id.account_id" if "attachment" in name else "account_id"
            rows = self.env[name].sudo().search([(path, "=", account.id)])
            told += rows.with_user(self.bob).read()
            self.env.invalidate_all()
            for secret in ("base_odoo", "base_outlook", "lost_vals"):
                if secret in rows._fields:
                    told += rows.mapped(secret)
        for word in words:
            self.assertNotIn(word, str(told))

    def unchanged(self, events):
        """Return what nobody may change, as Ann has it."""
        self.env.invalidate_all()
        names = ["name", "start", "location", "privacy", "active", "write_date"]
        return events.read([*names, "partner_ids", "user_id"])

    def test_a_private_meeting_is_not_taken_for_the_same(self):
        events = self.secret()
        events |= self.repeat(name="Pay", privacy="private", location="Geneva")
        before = self.unchanged(events)
        self.in_outlook("ann", "Payroll", attendees=[guest("eve@evil.example")])
        self.series_in_outlook(subject="Pay")
        account = self.follow(is_target=True)
        self.change_in_outlook("ann", self.outlook("ann")[0], subject="Mine")
        self.sync(account, account)
        self.assertEqual(self.unchanged(events), before)
        self.assertFalse(events.outlook_link_ids)
        self.check_untold(account, "Geneva", CAROL)
        texts = str(self.outlook("ann"))
        self.assertNotIn("Geneva", texts)
        self.assertNotIn(CAROL, texts)

    def test_a_private_meeting_is_not_joined_by_its_id_in_outlook(self):
        own = self.connect(self.ann)
        item = self.in_outlook("ann", "Payroll", attendees=[guest(CAROL)])
        master = self.series_in_outlook(subject="Pay")
        self.sync(own)
        events = self.events(name="Payroll") | self.events(name="Pay")
        for event in events:
            self.edit_as(self.ann, event, privacy="private", location="Geneva")
        before = self.unchanged(events)
        account = self.follow()
        for one in (item, master):
            self.change_in_outlook("ann", one, subject="Known")
        self.sync(account)
        self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertEqual(self.unchanged(events), before)
        self.assertNotIn(account, events.sudo().outlook_link_ids.account_id)
        self.check_untold(account, "Geneva", "Payroll")
        self.assertFalse(self.events(name="Known"))
        self.assertFalse(self.journal("fail"))

    def test_one_that_is_private_no_more_is_joined(self):
        own = self.connect(self.ann)
        item = self.in_outlook("ann", "Payroll")
        master = self.series_in_outlook(subject="Pay")
        for one in (item, master):
            self.change_in_outlook("ann", one, sensitivity="private")
        self.sync(own)
        account = self.follow()
        event, days = self.events(name="Payroll"), self.events(name="Pay")
        self.assertEqual(event.outlook_link_ids.account_id, own.sudo())
        for one in (item, master):
            self.change_in_outlook("ann", one, sensitivity="normal")
        self.sync(own, account)
        self.assertEqual(len(event.outlook_link_ids), 2)
        self.assertEqual(len(days.recurrence_id.outlook_link_ids), 2)
        self.quiet(own, account)

    def test_when_the_owner_leaves_his_private_meetings_come_not_twice(self):
        own = self.connect(self.ann)
        self.in_outlook("ann", "Payroll", sensitivity="private")
        self.series_in_outlook(subject="Pay", sensitivity="private")
        self.sync(own)
        account = self.follow()
        own.sudo()._disconnect()
        self.lent(account)._forget_cursor()
        self.sync(account)
        self.assertEqual(len(self.events(user_id=self.ann.id)), 6)
        self.check_untold(account, "Payroll", "'Pay'")

    def test_a_new_private_meeting_does_not_reach_the_calendar(self):
        account = self.follow(is_target=True)
        self.secret()
        self.secret("Salaries", privacy="confidential", hours=30)
        self.repeat(name="Pay", privacy="private")
        days = self.repeat(name="Team")
        self.edit(days[1], privacy="private", name="Pay day")
        self.meet(self.ann, "Board", hours=40)
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.check_untold(account, "Payroll", "Salaries", "Pay", "Geneva")

    def test_what_becomes_private_before_it_is_sent_stays_here(self):
        account = self.follow(is_target=True)
        event = self.meet(self.ann, "Board")
        self.edit_as(self.ann, event, privacy="private", name="Payroll")
        self.check_untold(account, "Payroll")
        self.sync(account)
        self.assertEqual(self.outlook("ann"), [])
        self.assertFalse(self.outbox())
        self.edit_as(self.ann, event, privacy=False)
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Payroll"])

    def test_what_becomes_private_is_sent_no_more(self):
        account = self.follow(is_target=True)
        event, days = self.meet(self.ann, "Board"), self.repeat(name="Team")
        self.sync(account)
        self.edit_as(self.ann, event, privacy="private", location="Geneva")
        self.edit(days[0], "all_events", privacy="private", location="Geneva")
        writes = len(self.writes())
        self.sync(account)
        self.edit_as(self.ann, event, name="Payroll")
        self.edit(days[0], "all_events", name="Pay")
        self.edit(days[1], privacy="private")
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        self.assertEqual(self.subjects("ann"), ["Board", "Team"])
        told = self.journal("skip")
        self.assertEqual(told.mapped("event_name"), ["Busy", "Busy"])
        self.check_untold(account, "Geneva", "Payroll", "Pay")
        self.assertEqual(event.with_user(self.ann).outlook_state, "excluded")

    def test_what_is_private_now_follows_its_calendar_no_more(self):
        self.in_outlook("ann", "Board")
        self.series_in_outlook()
        account = self.follow()
        events = self.events(name="Board") | self.events(name="Team")
        for event in events:
            self.edit_as(self.ann, event, privacy="private", location="Geneva")
        self.sync(account)
        before = self.unchanged(events)
        for item in self.outlook("ann"):
            self.change_in_outlook("ann", item, subject="Mine")
        self.sync(account)
        for item in self.outlook("ann"):
            self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertEqual(self.unchanged(events), before)
        self.check_untold(account, "Geneva")
        self.assertFalse(self.journal("fail"))

    def test_public_again_it_is_in_step_again(self):
        item = self.in_outlook("ann", "Board")
        account = self.follow()
        event = self.events(name="Board")
        self.edit_as(self.ann, event, privacy="private", location="Geneva")
        self.change_in_outlook("ann", item, subject="Council")
        self.sync(account)
        self.assertEqual(event.name, "Board")
        self.edit_as(self.ann, event, privacy=False)
        self.sync(account)
        [there] = self.outlook("ann")
        self.assertEqual(event.name, "Council")
        self.assertEqual(there["location"]["displayName"], "Geneva")
        self.quiet(account)

    def test_the_preview_reveals_nothing(self):
        self.secret()
        self.repeat(name="Pay", privacy="private", location="Geneva")
        self.in_outlook("ann", "Payroll")
        self.series_in_outlook(subject="Pay")
        account = self.connect(self.bob, start=False, shared=True)
        wizard = self.preview(self.bob)
        wizard.chosen_calendar_ids += self.lent(account)
        self.read_all(wizard)
        self.assertEqual((wizard.in_count, wizard.joined_count), (2, 0))
        self.assertEqual(wizard.out_count, 0)

    def test_others_are_joined_and_written_with_the_readers_rights(self):
        event = self.meet(self.ann, "Board")
        item = self.in_outlook("ann", "Board")
        self.in_outlook("ann", "Council", hours=40)
        account = self.follow()
        self.assertEqual(self.events(name="Board"), event)
        self.change_in_outlook("ann", item, subject="Board II")
        self.sync(account)
        self.assertEqual((event.name, event.write_uid), ("Board II", self.bob))
        council = self.events(name="Council")
        self.assertEqual((council.user_id, council.create_uid), (self.ann, self.bob))

    def test_where_anybody_may_sign_in_nothing_new_goes_to_a_colleague(self):
        account = self.follow(is_target=True)
        self.open_to("organizations")
        self.meet(self.ann, "New")
        self.sync(account)
        self.assertNotIn("New", [item["subject"] for item in self.outlook("ann")])
        calendar = self.lent(account).with_user(self.bob)
        calendar.write({"is_target": False})
        with self.assertRaises(UserError):
            calendar.write({"is_target": True})

    def test_the_mark_of_a_private_meeting_opens_it_to_nobody_else(self):
        """A mark on an item can be copied by whoever has seen one."""
        secret = self.meet(self.ann, "Secret", privacy="private")
        stamp = self.env["outlook.recognition"]._stamp(secret, "meeting")
        item = self.in_outlook("bob", "Mine", **stamp_member(stamp))
        account = self.connect(self.bob)
        self.assertFalse(secret.sudo().outlook_link_ids)
        secret.sudo().write({"description": "<p>Salaries</p>"})
        self.sync(account)
        [mine] = [one for one in self.outlook("bob") if one["id"] == item["id"]]
        self.assertEqual(mine["subject"], "Mine")
        self.assertNotIn("Salaries", mine["body"]["content"])
