# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The journal: what was done, by whom, in which run, and who may read it."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import guest
from .undo import UndoCase


@tagged("post_install", "-at_install")
class TestJournal(UndoCase):
    def setUp(self):
        super().setUp()
        self.zoe = guest("zoe@customer.example", "Zoe")

    def test_runs_say_what_was_going_on_and_who_did_it(self):
        account = self.connect(self.ann)
        self.in_outlook("ann", "From Outlook")
        self.meet(self.ann, "From Odoo")
        self.run_cron("pull")
        self.run_cron("push")
        account.with_user(self.ann).action_pause()
        found = {
            row.summary: (row.run_id.kind, row.run_id.user_id)
            for row in self.env["outlook.journal"].search([])
        }
        nobody = self.env["res.users"]
        self.assertEqual(found["Created from Outlook."], ("pull", nobody))
        self.assertEqual(found["Created in Outlook."], ("push", nobody))
        self.assertEqual(found["Paused by Ann Archer."], ("user", self.ann))

    def test_a_run_without_news_leaves_no_trace(self):
        account = self.connect(self.ann)
        self.sync()
        runs = self.env["outlook.run"].search_count([])
        for _round in range(3):
            self.sync(account)
        self.assertEqual(self.env["outlook.run"].search_count([]), runs)

    def test_problem_65_nothing_private_leaks_through_the_journal(self):
        """Neither a colleague nor an administrator finds a word of it."""
        item = self.in_outlook(
            "ann",
            "Doctor",
            sensitivity="private",
            attendees=[guest("bob@contoso.example")],
        )
        self.connect(self.ann)
        self.change_in_outlook("ann", item, subject="Dentist")
        self.sync()
        boss = new_test_user(self.env, login="olga", groups="base.group_system")
        for user in (self.bob, boss):
            rows = self.env["outlook.journal"].with_user(user)
            for domain in (
                [("event_name", "ilike", "Doctor")],
                [("summary", "!=", False)],
                [("event_id.name", "ilike", "Dentist")],
            ):
                self.assertFalse(rows.search(domain))
            self.assertFalse(self.env["outlook.run"].with_user(user).search([]))
        for field in ("before", "after", "facts"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                self.line("update").with_user(self.ann).read([field])
            with self.subTest(field=field), self.assertRaises(AccessError):
                rows = self.env["outlook.journal"].with_user(self.ann)
                rows.search([(field, "ilike", "Dentist")])

    def test_request_f8_it_says_what_why_and_what_can_be_done(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        self.connect(self.ann)
        change = {"subject": "Bored", "location": {"displayName": "Cellar"}}
        self.change_in_outlook("ann", item, **change)
        self.sync()
        row = self.line("update").with_user(self.ann)
        self.assertEqual(row.summary, "Changed: Location, Subject.")
        table = row.changes
        for text in ("Subject", "Board", "Bored", "Location", "Cellar"):
            self.assertIn(text, table)
        self.assertLess(table.index("Board"), table.index("Bored"))
        self.assertTrue(row.can_undo)

    def test_request_f9_a_bad_run_is_undone_without_a_cancellation(self):
        items = [
            self.in_outlook("ann", f"Visit {n}", hours=24 + n, attendees=[self.zoe])
            for n in range(6)
        ]
        account = self.connect(self.ann)
        events = self.events().filtered(lambda one: one.name.startswith("Visit"))
        for item in items[:3]:
            self.delete_in_outlook("ann", item)
        for item in items[3:]:
            self.change_in_outlook("ann", item, subject="Visit lost")
        self.sync()
        self.assertEqual(len(events.filtered("active")), 3)
        run = self.line("archive").run_id
        mails = self.mails()
        self.undo(run.line_ids)
        self.assertTrue(all(events.mapped("active")))
        names = {f"Visit {number}" for number in range(6)}
        self.assertEqual(set(events.mapped("name")), names)
        self.assertEqual(len(self.outlook("ann")), 6)
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_request_f10_a_conflict_is_listed_with_both_values(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        self.connect(self.ann, conflict_rule="outlook")
        event = self.events(name="Board")
        event.with_user(self.ann).write({"name": "Ours", "location": "Room 1"})
        self.change_in_outlook("ann", item, subject="Theirs")
        self.sync()
        self.assertEqual((event.name, event.location), ("Theirs", "Room 1"))
        [row] = self.journal("conflict")
        self.assertEqual((row.kept_value, row.lost_value), ("Theirs", "Ours"))
        row.with_user(self.ann).action_take_other()
        self.sync()
        self.assertEqual((event.name, self.subjects("ann")), ("Ours", ["Ours"]))

    def test_request_f12_moved_split_or_called_off_keeps_record_and_chatter(self):
        master = self.series_in_outlook()
        self.connect(self.ann)
        events = self.meetings(self.series_of())
        for event in events:
            event.message_post(body=f"About {event.id}")
        self.change_in_outlook("ann", master, **self.times(self.monday, 15))
        self.sync()
        self.change_in_outlook("ann", master, recurrence=self.rule(count=3))
        self.sync()
        self.delete_in_outlook("ann", master)
        self.sync()
        self.assertEqual(events.exists(), events)
        self.assertFalse(any(events.mapped("active")))
        for event in events:
            self.assertIn(
                f"About {event.id}", "".join(event.message_ids.mapped("body"))
            )

    def test_problem_26_who_comes_back_is_invited_by_one_side_alone(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        self.connect(self.ann)
        self.delete_in_outlook("ann", item)
        self.sync()
        outlook, odoo = self.mails()
        self.undo(self.line("archive"), may_mail=True)
        self.assertEqual(self.mails(), (outlook + 1, odoo))

    def test_problem_27a_what_only_the_organizer_sees_is_undone_without_mail(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe], categories=["Red"])
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.change_in_outlook(
            "ann", item, isReminderOn=True, reminderMinutesBeforeStart=45, showAs="free"
        )
        self.sync()
        self.assertEqual(event.show_as, "free")
        writes, mails = len(self.writes()), self.mails()
        self.undo(self.line("update"))
        self.assertEqual(event.show_as, "busy")
        self.assertEqual((len(self.writes()), self.mails()), (writes, mails))
        self.quiet(account)

    def test_colleagues_have_it_again_without_mail(self):
        """The organizer's meeting comes back, and a copy for each who had it."""
        item = self.in_outlook("ann", "Board", attendees=[guest("bob@contoso.example")])
        self.connect(self.ann)
        self.connect(self.bob)
        event = self.events(name="Board")
        self.delete_in_outlook("ann", item)
        self.sync()
        self.sync()
        self.assertFalse(event.active)
        mails = self.mails()
        self.undo(self.line("archive", account_id=self.account(self.ann).id))
        self.assertTrue(event.active)
        self.assertEqual(len(self.events(name="Board")), 1)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(self.mails(), mails)
        self.quiet()

    def account(self, user):
        return self.env["outlook.account"].sudo().search([("user_id", "=", user.id)])

    def test_after_disconnecting_odoos_side_can_still_be_undone(self):
        item = self.in_outlook("ann", "Board", attendees=[self.zoe])
        gone = self.in_outlook("ann", "Lunch", hours=30)
        account = self.connect(self.ann)
        self.change_in_outlook("ann", item, subject="Bored")
        self.delete_in_outlook("ann", gone)
        self.sync()
        change, archive = self.line("update"), self.line("archive")
        create = self.line("create", event_name="Board")
        account.sudo()._disconnect()
        self.env.invalidate_all()
        lunch = self.events(name="Lunch")
        mails = self.mails()
        self.undo(change | archive, sync=False)
        self.assertEqual(create.event_id.name, "Board")
        self.assertTrue(lunch.active)
        self.undo(create, sync=False)
        self.assertFalse(create.event_id.active)
        self.assertEqual(self.mails(), mails)

    def test_while_it_is_paused_outlook_follows_later(self):
        item = self.in_outlook("ann", "Board")
        account = self.connect(self.ann)
        self.change_in_outlook("ann", item, subject="Bored")
        self.sync()
        account.action_pause()
        self.undo(self.line("update"))
        event = self.events(name="Board")
        self.assertTrue(event)
        self.assertEqual(self.subjects("ann"), ["Bored"])
        account.action_resume()
        self.sync()
        self.assertEqual(self.subjects("ann"), ["Board"])
