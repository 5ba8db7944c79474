# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Guests who are nobody in Odoo: they become contacts, are asked about, or stay."""

from odoo.tests import Form, new_test_user, tagged

from .common import DOMAIN, guest
from .series import SeriesCase

MIKE = "mike@far.example"
ZOE = "zoe@customer.example"


@tagged("post_install", "-at_install")
class TestContacts(SeriesCase):
    def mike(self):
        return self.env["res.partner"].search([("email_normalized", "=", MIKE)])

    def start(self, rule, user=None):
        account = self.connect(user or self.ann, start=False, contact_rule=rule)
        account.action_start()
        self.sync(account)
        return account

    def seen_by(self, user, event):
        return Form(event.with_user(user))

    def create_contacts(self, event, user=None):
        """Press the button on the meeting."""
        self.press(event, "action_outlook_create_contacts", user or self.ann)

    def there(self, name="ann", subject="Board"):
        [item] = [one for one in self.outlook(name) if one["subject"] == subject]
        return {one["emailAddress"]["address"].lower() for one in item["attendees"]}

    def names(self, event):
        guests = event.partner_ids - event.user_id.partner_id
        return sorted(guests.mapped("email_normalized"))

    # --- create --------------------------------------------------------------------

    def test_request_f20_create_one_contact_with_the_name_that_outlook_has(self):
        zoe = self.contact("Zoe", ZOE)
        zoe.name = "Dr. Zoe Berg"
        people = [guest("Mike@Far.example", "Mike M"), guest(ZOE, "zoe (external)")]
        self.in_outlook("ann", "Board", attendees=people)
        account = self.start("create")
        event = self.events(name="Board")
        self.assertEqual(self.names(event), [MIKE, ZOE])
        self.assertEqual(self.mike().name, "Mike M")
        self.assertEqual(zoe.name, "Dr. Zoe Berg")
        self.assertFalse(self.seen_by(self.ann, event).outlook_strangers)
        # Another name later, and a colleague whose mailbox has yet another one.
        self.in_outlook("ann", "Again", attendees=[guest(MIKE, "Mickey")])
        self.in_outlook("bob", "Of Bob", attendees=[guest(MIKE, "Michael M")])
        self.sync(account)
        mails = len(self.outlook_mails())
        self.start("create", self.bob)
        self.assertEqual(self.mike().name, "Mike M")
        for name in ("Again", "Of Bob"):
            self.assertIn(self.mike(), self.events(name=name).partner_ids)
        self.assertFalse(self.writes())
        self.assertEqual(len(self.outlook_mails()), mails)

    def test_request_f20_create_one_contact_for_two_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.bob.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        for name in ("ann", "bob"):
            self.in_outlook(name, f"Of {name}", attendees=[guest(MIKE, "Mike M")])
        self.start("create")
        self.start("create", self.bob)
        self.assertEqual(len(self.mike()), 1)
        for name in ("ann", "bob"):
            self.assertIn(self.mike(), self.events(name=f"Of {name}").partner_ids)

    def test_request_f20_create_without_the_right_keeps_the_guest(self):
        groups = self.env.ref("base.group_partner_manager")
        self.ann.write({"group_ids": [(3, groups.id)]})
        self.in_outlook("ann", "Board", attendees=[guest(MIKE, "Mike M")])
        self.start("create")
        self.assertFalse(self.mike())
        form = self.seen_by(self.ann, self.events(name="Board"))
        self.assertEqual(form.outlook_strangers, f"Mike M <{MIKE}>")
        self.assertFalse(form.outlook_can_add_strangers)

    # --- keep ----------------------------------------------------------------------

    def test_request_f20_never_keeps_the_guest_through_every_write(self):
        people = [guest(MIKE, "Mike M", "optional"), guest("Max@far.example")]
        self.in_outlook("ann", "Board", attendees=people)
        account = self.start("keep")
        event = self.events(name="Board")
        self.assertFalse(self.mike())
        self.assertEqual(event.partner_ids, self.ann.partner_id)
        form = self.seen_by(self.ann, event)
        told = f"max@far.example, Mike M <{MIKE}>"
        self.assertEqual(form.outlook_strangers, told)
        self.assertFalse(form.outlook_can_add_strangers)
        everybody = {MIKE, "max@far.example"}
        for vals in (
            {"name": "Board II"},
            {"location": "Ghent"},
            {"partner_ids": [(4, self.contact("Zoe", ZOE).id)]},
            {"partner_ids": [(4, self.bob.partner_id.id)]},
            {"partner_ids": [(3, self.bob.partner_id.id)]},
        ):
            event.with_user(self.ann).write(vals)
            self.cr.flush()
            self.sync(account)
            self.assertTrue(everybody <= self.there(subject=event.name), vals)
        self.assertEqual(self.there(subject="Board II"), {*everybody, ZOE})
        # He answers there, and is still nobody here.
        [item] = self.outlook("ann")
        kinds = {one["emailAddress"]["address"]: one for one in item["attendees"]}
        self.assertEqual(kinds[MIKE]["type"], "optional")
        self.assertEqual(kinds[MIKE]["emailAddress"]["name"], "Mike M")
        self.assertFalse(self.mike())
        self.assertEqual(self.seen_by(self.ann, event).outlook_strangers, told)
        self.change_in_outlook(
            "ann", item, attendees=[a for a in item["attendees"] if a != kinds[MIKE]]
        )
        self.sync(account)
        form = self.seen_by(self.ann, event)
        self.assertEqual(form.outlook_strangers, "max@far.example")

    def test_request_f20_nobody_else_is_told_of_them(self):
        self.in_outlook("ann", attendees=[guest(MIKE), guest(f"bob@{DOMAIN}")])
        self.start("keep")
        event = self.events(name="Board")
        self.assertTrue(self.seen_by(self.ann, event).outlook_strangers)
        for user in (self.bob, self.carol):
            self.assertFalse(event.with_user(user).outlook_strangers)

    # --- ask -----------------------------------------------------------------------

    def test_request_f20_asked_and_answered_on_the_meeting(self):
        people = [guest(MIKE, "Mike M", "optional"), guest(ZOE, "Zoe")]
        self.contact("Zoe", ZOE)
        people[0]["status"] = {"response": "accepted", "time": "2026-01-05T10:00:00Z"}
        item = self.in_outlook("ann", "Board", attendees=people)
        self.odd_in_outlook("ann", item, attendees=people)
        self.in_outlook("ann", "Next", attendees=[guest(MIKE, "Mike M")])
        account = self.start("ask")
        mails = len(self.outlook_mails())
        event = self.events(name="Board")
        self.assertEqual(self.names(event), [ZOE])
        form = self.seen_by(self.ann, event)
        self.assertEqual(form.outlook_strangers, f"Mike M <{MIKE}>")
        self.assertTrue(form.outlook_can_add_strangers)
        self.assertFalse(self.mike())
        self.create_contacts(event)
        self.assertEqual(self.mike().name, "Mike M")
        self.assertEqual(self.names(event), [MIKE, ZOE])
        row = event.attendee_ids.filtered(lambda a: a.partner_id == self.mike())
        self.assertEqual((row.outlook_type, row.state), ("optional", "accepted"))
        self.assertEqual(self.names(self.events(name="Next")), [MIKE])
        self.assertFalse(self.seen_by(self.ann, event).outlook_strangers)
        self.assertFalse(self.writes())
        self.assertEqual(len(self.outlook_mails()), mails)
        # From now on he is a guest as any other.
        event.with_user(self.ann).write({"partner_ids": [(3, self.mike().id)]})
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.there(), {ZOE})

    def test_request_f20_asked_about_a_series_and_about_one_day(self):
        master = self.series_in_outlook(
            "ann", "Team", attendees=[guest(MIKE, "Mike M")]
        )
        account = self.start("ask")
        series = self.events(name="Team").recurrence_id
        first, second, *_rest = self.meetings(series)
        people = [guest(MIKE, "Mike M"), guest("max@far.example")]
        day = self.instance(master, self.day(7))
        self.change_in_outlook("ann", day, attendees=people)
        self.sync(account)
        seen = self.seen_by(self.ann, first).outlook_strangers
        self.assertEqual(seen, f"Mike M <{MIKE}>")
        seen = self.seen_by(self.ann, second).outlook_strangers
        self.assertEqual(seen, f"max@far.example, Mike M <{MIKE}>")
        self.create_contacts(second)
        for meeting in self.meetings(series):
            wanted = [MIKE] if meeting != second else ["max@far.example", MIKE]
            self.assertEqual(self.names(meeting), wanted)
        self.assertFalse(self.writes())
        self.sync(account)
        self.assertFalse(self.writes())

    def test_request_f20_a_contact_that_there_is_by_now_is_taken(self):
        self.in_outlook("ann", attendees=[guest(MIKE, "Mike M")])
        self.start("ask")
        known = self.contact("Michael", MIKE)
        self.create_contacts(self.events(name="Board"))
        self.assertEqual(self.mike(), known)
        self.assertEqual(known.name, "Michael")
        self.assertEqual(self.names(self.events(name="Board")), [MIKE])

    def test_request_f20_who_may_not_create_contacts_cannot(self):
        user = new_test_user(self.env, login="dan", groups="base.group_user")
        self.in_outlook("ann", attendees=[guest(MIKE, "Mike M")])
        self.start("ask")
        event = self.events(name="Board")
        event.with_user(user).action_outlook_create_contacts()
        self.assertFalse(self.mike())
