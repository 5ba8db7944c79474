# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Calendars that a colleague shares: read, written, and never his reader's own.

Bob reads Ann's calendar. She is the organizer of what is in it, connected or not.
"""

import re
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import guest
from .series import SeriesCase

ANN, CAROL = "ann@contoso.example", "carol@contoso.example"


class SharedCase(SeriesCase):
    def share(self, role="write", who="bob"):
        """Let Ann share her calendar; return it as her colleague has it."""
        people = self.person("ann"), self.person(who)
        return self.sandbox.exchange.share_calendar(*people, role)

    def follow(self, user=None, **vals):
        """Connect Bob, and let him pick the calendars that are shared with him."""
        user = user or self.bob
        account = self.connect(user, shared=True)
        self.lent(account).with_user(user).write({"is_synced": True, **vals})
        self.sync(account)
        return account

    def lent(self, account):
        return account.sudo().calendar_ids.filtered("is_shared")

    def edit_as(self, user, event, **vals):
        event.with_user(user).write(vals)
        self.cr.flush()


@tagged("post_install", "-at_install")
class TestSharedCalendars(SharedCase):
    def test_they_are_listed_after_consent_and_not_picked(self):
        self.share()
        account = self.connect(self.bob, shared=True)
        calendar = self.lent(account)
        self.assertEqual((calendar.name, calendar.owner), ("Ann Archer", ANN))
        self.assertFalse(calendar.is_synced)
        self.assertFalse(calendar.is_target)
        self.in_outlook("ann", "Board")
        self.sync(account)
        self.assertFalse(self.events(name="Board"))

    def test_without_consent_they_are_not_listed(self):
        self.share()
        self.assertFalse(self.lent(self.connect(self.bob)))

    def test_a_picked_one_is_read_and_its_owner_organizes(self):
        self.share()
        item = self.in_outlook("ann", "Board", attendees=[guest(CAROL)])
        account = self.follow()
        event = self.events(name="Board")
        self.assertEqual(event.user_id, self.ann)
        people = self.ann.partner_id | self.carol.partner_id
        self.assertEqual(event.partner_ids, people)
        self.change_in_outlook("ann", item, subject="Council")
        self.sync(account)
        self.assertEqual(event.name, "Council")
        self.assertEqual(event.with_user(self.bob).outlook_state, "synced")
        self.sandbox.exchange.mails.clear()
        self.delete_in_outlook("ann", item)
        self.sync(account)
        self.assertFalse(event.active)

    def test_the_owner_may_be_a_stranger_to_odoo(self):
        self.ann.sudo().write({"active": False})
        self.ann.partner_id.sudo().write({"email": "other@customer.example"})
        self.ann.sudo().write({"login": "other@customer.example"})
        self.share()
        item = self.in_outlook("ann", "Board")
        self.in_outlook("ann", "Doctor", hours=48, sensitivity="private")
        account = self.follow()
        event = self.events(name="Board")
        self.assertFalse(event.user_id)
        self.assertEqual(event.partner_ids.email_normalized, ANN)
        self.assertFalse(self.journal("fail"))
        [busy] = self.events(name="Private appointment")
        self.assertNotEqual(busy.privacy, "private")
        self.edit_as(self.bob, event, name="Council")
        self.sync(account)
        [there] = [one for one in self.outlook("ann") if one["id"] == item["id"]]
        self.assertEqual(there["subject"], "Council")
        with self.assertRaisesRegex(UserError, "has no user in Odoo"):
            self.lent(account).with_user(self.bob).write({"is_target": True})

    def test_a_change_in_odoo_is_written_for_the_owner(self):
        self.share()
        self.in_outlook("ann", "Board", attendees=[guest(CAROL)])
        account = self.follow()
        event = self.events(name="Board")
        self.sandbox.exchange.mails.clear()
        self.edit_as(self.bob, event, name="Council", location="Ghent")
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["subject"], "Council")
        self.assertEqual(item["location"]["displayName"], "Ghent")
        self.assertEqual(item["organizer"]["emailAddress"]["address"], ANN)
        self.assertEqual(self.outlook("bob"), [])
        self.quiet(account)

    def test_a_deletion_in_odoo_is_carried_out(self):
        self.share()
        for name in ("Board", "Council"):
            self.in_outlook("ann", name)
        account = self.follow()
        self.events(name="Board").with_user(self.bob).unlink()
        self.edit_as(self.bob, self.events(name="Council"), active=False)
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.outlook("ann"), [])
        self.assertFalse(self.journal("fail"))

    def test_a_new_meeting_of_the_owner_goes_to_his_calendar(self):
        self.share()
        account = self.follow(is_target=True)
        self.assertTrue(account._target().is_default, "Bob's own go to his own")
        guests = [self.carol.partner_id]
        event = self.meet(self.ann, "Board", guests=guests)
        self.meet(self.bob, "Bob's own")
        self.assertTrue(self.env["outlook.status"]._silences_odoo(event))
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["organizer"]["emailAddress"]["address"], ANN)
        self.assertEqual(len(item["attendees"]), 1)
        self.assertEqual(self.subjects("bob"), ["Bob's own"])
        link = event.outlook_link_ids
        self.assertTrue(link.is_shared and link.organizes)
        self.assertEqual(self.subjects("carol"), ["Board"])
        self.quiet(account)

    def test_without_that_choice_it_does_not(self):
        self.share()
        account = self.follow()
        self.meet(self.ann, "Board")
        self.sync(account)
        self.assertEqual(self.outlook("ann"), [])

    def test_a_series_is_read_changed_and_deleted(self):
        self.share()
        master = self.series_in_outlook()
        account = self.follow()
        meetings = self.meetings(self.events(name="Team").recurrence_id)
        self.assertEqual(len(meetings), 5)
        self.assertEqual(meetings.user_id, self.ann)
        self.edit(meetings[1], user=self.bob, location="Ghent")
        self.edit(meetings[0], "all_events", user=self.bob, name="Crew")
        self.sync(account)
        [there] = self.masters()
        self.assertEqual((there["id"], there["subject"]), (master["id"], "Crew"))
        day = self.instance(there, self.day(7))
        self.assertEqual(day["location"]["displayName"], "Ghent")
        meetings[2].with_user(self.bob).unlink()
        self.cr.flush()
        self.sync(account)
        self.assertEqual(len(self.instances(there)), 4)
        self.quiet(account)
        meetings[0].with_user(self.bob).action_mass_deletion("all_events")
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.masters(), [])

    def test_a_series_of_the_owner_is_created(self):
        self.share()
        account = self.follow(is_target=True)
        self.repeat(name="Weekly", count=3)
        self.sync(account)
        [master] = self.masters()
        self.assertEqual(master["organizer"]["emailAddress"]["address"], ANN)
        self.assertEqual(len(self.instances(master)), 3)
        self.quiet(account)

    def test_one_that_may_only_be_read(self):
        self.share("read")
        item = self.in_outlook("ann", "Board")
        account = self.follow()
        calendar = self.lent(account)
        self.assertEqual(calendar.direction, "pull")
        with self.assertRaises(UserError):
            calendar.with_user(self.bob).write({"is_target": True})
        event = self.events(name="Board")
        writes = len(self.writes())
        self.edit_as(self.bob, event, location="Ghent")
        event.with_user(self.bob).unlink()
        self.cr.flush()
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        self.assertEqual(self.outlook("ann")[0]["id"], item["id"])
        self.assertFalse(self.events(name="Board"))

    def test_the_answer_is_not_given_in_the_owners_name(self):
        self.share()
        self.in_outlook("carol", "Board", attendees=[guest(ANN)])
        account = self.follow()
        event = self.events(name="Board")
        self.assertEqual(event.user_id, self.carol)
        own = event.attendee_ids.filtered(
            lambda one: one.partner_id == self.ann.partner_id
        )
        writes = len(self.writes())
        own.with_user(self.bob).do_accept()
        self.cr.flush()
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        self.assertNotIn(self.bob.partner_id, event.partner_ids)

    def test_what_the_owner_leaves_as_a_guest_stays(self):
        self.share()
        self.in_outlook("carol", "Board", attendees=[guest(ANN)])
        account = self.follow()
        event = self.events(name="Board")
        self.sandbox.exchange.mails.clear()
        [copy] = self.outlook("ann")
        self.delete_in_outlook("ann", copy)
        self.sync(account)
        self.assertTrue(event.active)
        own = event.attendee_ids.filtered(
            lambda one: one.partner_id == self.ann.partner_id
        )
        self.assertNotEqual(own.state, "declined")
        self.quiet(account)

    def test_the_preview_counts_what_is_picked(self):
        self.share()
        self.in_outlook("ann", "Board")
        account = self.connect(self.bob, start=False, shared=True)
        wizard = Form(self.env["outlook.first.sync"].with_user(self.bob)).save()
        self.assertEqual(wizard.in_count, 0)
        self.lent(account).with_user(self.bob).write({"is_synced": True})
        wizard.action_refresh()
        self.assertEqual(wizard.in_count, 1)


@tagged("post_install", "-at_install")
class TestSharedAndOwn(SharedCase):
    """The owner is connected as well, or the reader takes part himself."""

    def check_one(self, *accounts):
        """Check that there is one meeting, kept in step by its owner alone."""
        [event] = self.events(name="Board")
        [series] = {one.recurrence_id for one in self.events(name="Team")}
        self.assertEqual(len(self.meetings(series)), 5)
        self.assertEqual(event.user_id, self.ann)
        self.assertEqual(len(event.outlook_link_ids), 2)
        writes = len(self.writes())
        self.edit_as(self.bob, event, name="Council")
        self.edit(self.meetings(series)[0], "all_events", user=self.bob, name="Crew")
        self.run_cron("push")
        self.sync(*accounts)
        self.assertEqual(len(self.writes()), writes + 2)
        self.assertEqual(self.subjects("ann"), ["Council", "Crew"])
        self.quiet(*accounts)
        item = next(i for i in self.outlook("ann") if i["subject"] == "Council")
        self.delete_in_outlook("ann", item)
        self.sync(*accounts)
        self.assertFalse(event.active)
        self.assertFalse(self.journal("fail"))
        self.assertEqual(self.outlook_mails(), [])

    def test_read_after_the_owner(self):
        self.share()
        self.in_outlook("ann", "Board")
        self.series_in_outlook()
        own = self.connect(self.ann)
        self.check_one(self.follow(), own)

    def test_read_before_the_owner(self):
        self.share()
        self.in_outlook("ann", "Board")
        self.series_in_outlook()
        account = self.follow()
        self.check_one(account, self.connect(self.ann))

    def test_a_new_meeting_goes_through_the_owners_mailbox(self):
        self.share()
        own = self.connect(self.ann)
        account = self.follow(is_target=True)
        self.meet(self.ann, "Board")
        self.sync(account, own, account, own)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(len(self.events(name="Board")), 1)
        self.quiet(account, own)

    def test_a_deletion_in_odoo_is_sent_once(self):
        self.share()
        self.in_outlook("ann", "Board")
        own, account = self.connect(self.ann), self.follow()
        self.events(name="Board").with_user(self.bob).unlink()
        self.cr.flush()
        writes = len(self.writes())
        self.sync(account, own, account)
        self.assertEqual(len(self.writes()), writes + 1)
        self.assertEqual(self.outlook("ann"), [])
        self.assertFalse(self.events(name="Board"))

    def test_the_reader_is_a_guest_as_well(self):
        self.share()
        bob = guest("bob@contoso.example")
        self.in_outlook("ann", "Board", attendees=[bob, guest(CAROL)])
        account = self.follow()
        [event] = self.events(name="Board")
        self.assertEqual(event.user_id, self.ann)
        self.assertEqual(len(event.outlook_link_ids), 2)
        self.edit_as(self.bob, event, location="Ghent")
        own = event.attendee_ids.filtered(
            lambda one: one.partner_id == self.bob.partner_id
        )
        own.with_user(self.bob).do_accept()
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["location"]["displayName"], "Ghent")
        answers = {
            row["emailAddress"]["address"]: row["status"]["response"]
            for row in item["attendees"]
        }
        self.assertEqual(answers["bob@contoso.example"], "accepted")
        self.assertEqual(answers[CAROL], "none")
        self.quiet(account)

    def test_when_the_owner_leaves_a_reader_goes_on(self):
        self.share()
        item = self.in_outlook("ann", "Board", attendees=[guest(CAROL)])
        own, account = self.connect(self.ann), self.follow()
        self.change_in_outlook("ann", item, location={"displayName": "Ghent"})
        self.sync(account, own)
        own.sudo()._disconnect()
        self.quiet(account)
        event = self.events(name="Board")
        self.edit_as(self.bob, event, name="Council")
        self.sync(account)
        request = self.writes()[-1]
        self.assertEqual(request.method, "PATCH")
        self.change_in_outlook("ann", item, subject="Board again")
        self.sync(account)
        self.assertEqual(event.name, "Board again")
        self.assertFalse(self.journal("conflict"))

    def test_a_private_one_of_a_connected_owner(self):
        self.share()
        self.in_outlook(
            "ann", "Doctor", sensitivity="private", attendees=[guest(CAROL)]
        )
        own = self.connect(self.ann)
        account = self.follow()
        [event] = self.events(name="Doctor")
        told = self.journal("join").filtered(lambda one: one.account_id == account)
        self.assertEqual(told.event_name, "Busy")
        self.edit_as(self.ann, event, name="Dentist")
        self.sync(own, account)
        self.assertEqual(self.subjects("ann"), ["Dentist"])
        self.assertEqual(self.events(privacy="private"), event)
        self.quiet(own, account)

    def test_the_owner_is_a_guest_of_the_reader(self):
        self.share()
        self.in_outlook("bob", "Board", attendees=[guest(ANN)])
        account = self.follow()
        [event] = self.events(name="Board")
        self.assertEqual(event.user_id, self.bob)
        self.assertEqual(len(event.outlook_link_ids), 2)
        writes = len(self.writes())
        self.edit_as(self.bob, event, name="Council")
        self.sync(account)
        self.assertEqual(len(self.writes()), writes + 1)
        self.assertEqual(self.subjects("ann"), ["Council"])
        [copy] = self.outlook("ann")
        self.delete_in_outlook("ann", copy)
        self.sync(account)
        self.assertTrue(event.active)
        self.quiet(account)

    def test_a_copy_of_the_owners_is_never_taken_for_the_readers(self):
        self.share()
        guests = [self.carol.partner_id]
        own = self.connect(self.ann, invitation_mode="odoo")
        event = self.meet(self.ann, "Board", guests=guests)
        self.sync(own)
        account = self.follow()
        kinds = event.outlook_link_ids.mapped("kind")
        self.assertEqual(kinds, ["copy", "copy"])
        self.edit_as(self.carol, event, name="Council")
        self.sync(account, own, account)
        [item] = self.outlook("ann")
        self.assertEqual((item["subject"], item["attendees"]), ("Council", []))
        self.quiet(account, own)

    def test_meetings_of_odoo_that_are_in_outlook_already_are_joined(self):
        self.share()
        event = self.meet(self.ann, "Board")
        self.repeat(name="Team")
        self.in_outlook("ann", "Board")
        self.series_in_outlook()
        account = self.follow()
        self.assertEqual(self.events(name="Board"), event)
        self.assertEqual(len(self.events(name="Team")), 5)
        self.assertTrue(event.outlook_link_ids)
        self.quiet(account)

    def test_two_readers_write_once(self):
        self.share()
        self.share(who="carol")
        self.in_outlook("ann", "Board")
        bob, carol = self.follow(), self.follow(self.carol)
        [event] = self.events(name="Board")
        self.assertEqual(len(event.outlook_link_ids), 2)
        writes = len(self.writes())
        self.edit_as(self.carol, event, name="Council")
        self.sync(bob, carol, bob, carol)
        self.assertEqual(len(self.writes()), writes + 1)
        self.assertEqual(self.subjects("ann"), ["Council"])
        self.edit_as(self.bob, event, location="Ghent")
        self.sync(bob, carol)
        bob.sudo()._disconnect()
        self.quiet(carol)
        self.edit_as(self.carol, event, name="Board III")
        self.sync(carol)
        self.assertEqual(self.subjects("ann"), ["Board III"])


@tagged("post_install", "-at_install")
class TestSharedTrouble(SharedCase):
    def test_one_that_is_withdrawn_keeps_its_meetings(self):
        share = self.share()
        self.in_outlook("ann", "Board")
        account = self.follow()
        event = self.events(name="Board")
        self.edit_as(self.bob, event, name="Council")
        self.sandbox.exchange.withdraw_calendar(self.person("bob"), share["id"])
        self.in_outlook("bob", "Bob's own")
        self.sync(account)
        self.assertTrue(event.active)
        self.assertTrue(self.events(name="Bob's own"))
        self.assertTrue(self.lent(account).is_gone)
        self.assertIn("does not share", self.journal("skip").summary)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.sync(account)
        self.assertFalse(account.error_message)

    def test_withdrawn_while_a_change_is_sent(self):
        share = self.share()
        self.in_outlook("ann", "Board")
        account = self.follow()
        event = self.events(name="Board")
        self.edit_as(self.bob, event, name="Council")
        self.sandbox.exchange.withdraw_calendar(self.person("bob"), share["id"])
        self.run_cron("push")
        self.assertTrue(event.active)
        self.assertTrue(event.outlook_link_ids)
        self.assertIn("not shared with you", self.outbox(state="failed").reason)
        self.assertTrue(account)

    def test_a_lost_answer_makes_no_second_meeting(self):
        self.share()
        account = self.follow(is_target=True)
        self.fault("lost_answer", method="POST", path="/events", times=1)
        self.meet(self.ann, "Board")
        self.sync(account)
        self.env["outlook.outbox"].search([]).write({"not_before": False})
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(len(self.events(name="Board")), 1)
        self.quiet(account)

    def test_a_lost_answer_of_what_is_deleted_meanwhile(self):
        self.share()
        account = self.follow(is_target=True)
        self.fault("lost_answer", method="POST", path="/events", times=1)
        event = self.meet(self.ann, "Board")
        self.sync(account)
        event.with_user(self.bob).unlink()
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.outlook("ann"), [])
        self.assertFalse(self.events(name="Board"))

    def test_changed_on_both_sides_at_once(self):
        self.share()
        item = self.in_outlook("ann", "Board")
        master = self.series_in_outlook()
        account = self.follow()
        event = self.events(name="Board")
        meetings = self.meetings(self.events(name="Team").recurrence_id)
        self.edit_as(self.bob, event, name="Council")
        self.edit(meetings[0], "all_events", user=self.bob, name="Crew")
        place = {"location": {"displayName": "Ghent"}}
        self.change_in_outlook("ann", item, **place)
        self.change_in_outlook("ann", master, **place)
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Council", "Crew"])
        self.assertEqual(event.location, "Ghent")
        self.assertEqual(set(meetings.mapped("location")), {"Ghent"})
        self.quiet(account)

    def test_an_attachment_is_copied_from_there(self):
        self.share()
        item = self.in_outlook("ann", "Board")
        file = {
            "@odata.type": "#microsoft.graph.fileAttachment",
            "name": "plan.txt",
            "contentBytes": "cGxhbg==",
        }
        self.sandbox.exchange.attach(self.person("ann"), item["id"], file)
        self.follow()
        event = self.events(name="Board").with_user(self.bob)
        [row] = event.outlook_attachment_ids
        row.action_copy()
        copied = self.env["ir.attachment"].search([("name", "=", "plan.txt")])
        self.assertEqual((copied.raw, copied.res_id), (b"plan", event.id))

    def test_refused_it_stops_no_other(self):
        self.share()
        self.in_outlook("ann", "Board")
        account = self.follow()
        calendar = self.lent(account)
        self.in_outlook("bob", "Bob's own")
        where = re.escape(calendar.remote_id.rstrip("="))
        self.fault("status", status=403, path=where, times=9)
        self.sync(account)
        self.assertTrue(self.events(name="Board").active)
        self.assertTrue(self.events(name="Bob's own"))
        self.assertTrue(calendar.problem)
        self.assertEqual(len(self.journal("fail")), 1)
        self.sandbox.faults.clear()
        self.sync(account)
        self.assertFalse(calendar.problem)

    def test_a_private_meeting_is_a_busy_time(self):
        self.share()
        item = self.in_outlook(
            "ann", "Doctor", sensitivity="private", location={"displayName": "Ghent"}
        )
        account = self.follow()
        [event] = self.events(privacy="private")
        self.assertEqual(event.name, "Private appointment")
        self.assertEqual(event.user_id, self.ann)
        later = self.now + timedelta(hours=30)
        times = {"start": later, "end": later + timedelta(hours=1)}
        self.change_in_outlook(
            "ann",
            item,
            **{
                name: {"dateTime": one.isoformat(), "timeZone": "UTC"}
                for name, one in times.items()
            },
        )
        self.sync(account)
        self.assertEqual(event.start, later)
        self.assertFalse(self.journal("fail"))
        own = self.connect(self.ann)
        self.assertEqual(event.name, "Doctor")
        self.assertEqual(event.location, "Ghent")
        self.sync(account, own)
        self.assertEqual((event.name, event.privacy), ("Doctor", "private"))
        self.assertEqual(self.subjects("ann"), ["Doctor"])
        self.quiet(account, own)

    def test_what_becomes_private_keeps_what_odoo_knows(self):
        self.share()
        item = self.in_outlook("ann", "Board", attendees=[guest(CAROL)])
        account = self.follow()
        event = self.events(name="Board")
        self.change_in_outlook("ann", item, sensitivity="private")
        self.sync(account)
        self.assertEqual((event.name, event.privacy), ("Board", "private"))
        self.assertIn(self.carol.partner_id, event.partner_ids)
        self.edit_as(self.ann, event, name="Council")
        writes = len(self.writes())
        self.sync(account)
        self.assertEqual(len(self.writes()), writes, "what he may not see he leaves")
        self.change_in_outlook("ann", item, sensitivity="normal")
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Council"])
        self.assertFalse(self.journal("fail"))
        self.quiet(account)

    def test_a_private_series_is_busy_times(self):
        self.share()
        master = self.series_in_outlook(sensitivity="private")
        account = self.follow()
        meetings = self.meetings(self.events(privacy="private").recurrence_id)
        self.assertEqual(len(meetings), 5)
        self.assertEqual(set(meetings.mapped("name")), {"Private appointment"})
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
