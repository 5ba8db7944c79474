# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Undoing what went out: created, changed, deleted, single meetings and series."""

from odoo.tests import tagged

from .undo import UndoCase


@tagged("post_install", "-at_install")
class TestUndoOutgoing(UndoCase):
    def setUp(self):
        super().setUp()
        self.zoe = self.contact("Zoe")

    def test_created_in_outlook_is_deleted_there_and_not_sent_again(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.sync()
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.undo(self.line("create", "out"))
        self.assertEqual(self.outlook("ann"), [])
        self.assertTrue(event.active)
        event.with_user(self.ann).write({"name": "Board II"})
        self.sync()
        self.assertEqual(self.outlook("ann"), [])
        self.assertEqual(self.outlook_mails(), [])
        self.quiet(account)

    def test_created_with_guests_stays_unless_they_may_be_told(self):
        self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.zoe])
        self.sync()
        line = self.line("create", "out")
        outlook, odoo = self.mails()
        wizard = self.ask(line)
        self.assertEqual((wizard.possible_count, wizard.mail_count), (1, 1))
        self.assertIn("Outlook would mail", wizard.line_ids.in_outlook)
        self.undo(line, may_mail=True)
        self.assertEqual(self.outlook("ann"), [])
        self.assertTrue(event.active)
        self.assertEqual(self.mails(), (outlook + 1, odoo))

    def test_a_series_created_in_outlook(self):
        account = self.connect(self.ann)
        events = self.repeat()
        self.sync()
        self.undo(self.line("create", "out"))
        self.assertEqual(self.outlook("ann"), [])
        self.assertTrue(all(events.mapped("active")))
        self.quiet(account)

    def test_a_change_goes_back_on_both_sides(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, description="<p>Old</p>")
        self.sync()
        event.with_user(self.ann).write({"name": "Bored", "description": "<p>New</p>"})
        self.sync()
        line = self.line("update", "out")
        self.assertIn("Old", line.with_user(self.ann).changes)
        self.undo(line)
        self.assertEqual(event.name, "Board")
        self.assertIn("Old", event.description)
        [there] = self.outlook("ann")
        self.assertEqual(there["subject"], "Board")
        self.assertIn("Old", there["body"]["content"])
        self.quiet(account)
        # The undo can be undone.
        self.undo(self.line("undo"))
        self.assertEqual((event.name, self.subjects("ann")), ("Bored", ["Bored"]))
        self.assertIn("New", event.description)
        self.quiet(account)

    def test_a_change_with_guests_goes_back_in_odoo_alone_without_mail(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.zoe])
        self.sync()
        event.with_user(self.ann).write({"name": "Bored"})
        self.sync()
        mails = self.mails()
        self.undo(self.line("update", "out"))
        self.assertEqual((event.name, self.subjects("ann")), ("Board", ["Bored"]))
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_a_change_of_a_whole_series(self):
        account = self.connect(self.ann)
        events = self.repeat()
        self.sync()
        self.edit(events[0], "all_events", name="Squad")
        self.sync()
        self.assertEqual(self.masters()[0]["subject"], "Squad")
        self.undo(self.line("update", "out"))
        self.assertEqual(set(self.meetings(self.series_of()).mapped("name")), {"Team"})
        self.assertEqualSides()
        self.quiet(account)

    def test_a_change_of_one_day(self):
        account = self.connect(self.ann)
        events = self.repeat()
        self.sync()
        self.edit(events[1], name="Special")
        self.sync()
        self.undo(self.line("update", "out"))
        self.assertEqual(events[1].name, "Team")
        self.assertEqualSides()
        self.quiet(account)

    def test_archived_and_deleted_comes_back_without_mail(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.zoe])
        self.sync()
        event.with_user(self.ann).action_archive()
        self.sync()
        self.assertEqual(self.outlook("ann"), [])
        mails = self.mails()
        self.undo(self.line("delete", "out"))
        self.assertTrue(event.active)
        [there] = self.outlook("ann")
        self.assertEqual((there["subject"], there["attendees"]), ("Board", []))
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_deleted_for_good_is_made_anew(self):
        account = self.connect(self.ann)
        event = self.meet(
            self.ann,
            guests=[self.zoe],
            location="Room 1",
            description="<p>Agenda</p>",
            privacy="private",
        )
        start = event.start
        self.sync()
        event.with_user(self.ann).unlink()
        self.sync()
        self.assertEqual(self.outlook("ann"), [])
        line = self.line("delete", "out")
        self.assertEqual(line.event_name, "Board")
        mails = self.mails()
        self.undo(line)
        event = self.events(name="Board")
        self.assertEqual((event.location, event.start), ("Room 1", start))
        self.assertEqual((event.user_id, event.privacy), (self.ann, "private"))
        self.assertIn("Agenda", event.description)
        self.assertIn(self.zoe, event.partner_ids)
        [there] = self.outlook("ann")
        self.assertEqual((there["subject"], there["attendees"]), ("Board", []))
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_deleted_for_good_comes_back_with_its_guests_if_wanted(self):
        self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.zoe])
        self.sync()
        event.with_user(self.ann).unlink()
        self.sync()
        outlook, odoo = self.mails()
        self.undo(self.line("delete", "out"), may_mail=True)
        [there] = self.outlook("ann")
        self.assertEqual(len(there["attendees"]), 1)
        self.assertEqual(self.mails(), (outlook + 1, odoo))

    def test_a_series_deleted_for_good_is_made_anew_with_its_days(self):
        account = self.connect(self.ann)
        events = self.repeat()
        self.sync()
        self.edit(events[1], name="Special")
        events[3].with_user(self.ann).unlink()
        self.sync()
        days = self.odoo_days(self.series_of())
        self.assertEqual(len(days), 4)
        events[0].with_user(self.ann).action_mass_deletion("all_events")
        self.sync()
        self.assertEqual(self.outlook("ann"), [])
        line = self.line("delete", "out").filtered(lambda row: row.event_name == "Team")
        self.undo(line)
        series = self.series_of()
        self.assertEqual(self.odoo_days(series), days)
        self.assertEqual(self.meetings(series)[1].name, "Special")
        self.assertEqualSides(series)
        self.quiet(account)

    def test_an_archived_series_comes_back(self):
        account = self.connect(self.ann)
        events = self.repeat()
        self.sync()
        events.with_user(self.ann).action_archive()
        self.sync()
        self.assertEqual(self.outlook("ann"), [])
        self.undo(self.line("delete", "out"))
        self.assertTrue(all(events.mapped("active")))
        self.assertEqualSides()
        self.quiet(account)

    def test_a_day_deleted_comes_back_as_a_meeting_of_its_own(self):
        account = self.connect(self.ann)
        events = self.repeat(guests=[self.zoe])
        self.sync()
        events[2].with_user(self.ann).unlink()
        self.sync()
        mails = self.mails()
        self.undo(self.line("delete", "out"))
        [single] = self.events(name="Team", recurrence_id=False)
        self.assertEqual(self.wall(single.start).date(), self.day(14))
        self.assertEqual(len(self.instances(self.masters()[0])), 4)
        [own] = [one for one in self.outlook("ann") if one["type"] == "singleInstance"]
        self.assertEqual(own["attendees"], [])
        self.assertEqual(self.mails(), mails)
        self.quiet(account)

    def test_an_answer_that_was_sent_is_not_taken_back(self):
        self.connect(self.ann)
        self.connect(self.bob)
        event = self.meet(self.ann, guests=[self.bob.partner_id])
        self.sync()
        self.sync()
        own = event.attendee_ids.filtered(
            lambda one: one.partner_id == self.bob.partner_id
        )
        own.with_user(self.bob).do_accept()
        self.sync()
        sent = self.journal("answer").filtered(lambda row: row.direction == "out")
        self.assertTrue(sent)
        self.assertFalse(any(sent.mapped("can_undo")))

    def test_a_whole_sending_is_undone(self):
        account = self.connect(self.ann)
        one, other = self.meet(self.ann, "One"), self.meet(self.ann, "Other", hours=30)
        self.sync()
        one.with_user(self.ann).write({"name": "Uno"})
        other.with_user(self.ann).unlink()
        self.sync()
        run = self.line("update", "out").run_id
        self.assertEqual(run, self.line("delete", "out").run_id)
        self.assertEqual(run.kind, "push")
        self.undo(run.line_ids)
        self.assertEqual(one.name, "One")
        self.assertEqual(self.subjects("ann"), ["One", "Other"])
        self.assertTrue(self.events(name="Other"))
        self.quiet(account)

    def test_problem_9_and_77_what_failed_has_no_undo_but_a_reason(self):
        self.connect(self.ann)
        self.meet(self.ann)
        self.fault("status", status=400, code="ErrorInvalidRequest", method="POST")
        self.sync()
        [line] = self.journal("fail")
        self.assertFalse(line.can_undo)
        self.assertTrue(line.summary)
        self.assertEqual(line.run_id.kind, "push")

    def test_private_values_are_not_shown_to_who_may_not_read_them(self):
        """A guest's line about what became private, and who was taken off its list."""
        self.connect(self.ann)
        event = self.meet(self.ann, "Board")
        self.sync()
        event.with_user(self.ann).write({"name": "Bored"})
        self.sync()
        line = self.line("update", "out")
        self.assertIn("Bored", line.with_user(self.ann).changes)
        event.sudo().write(
            {
                "privacy": "private",
                "user_id": self.bob.id,
                "partner_ids": [(6, 0, self.bob.partner_id.ids)],
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(line.with_user(self.ann).changes)

    def test_old_lines_are_forgotten_after_the_days_chosen(self):
        self.connect(self.ann)
        self.in_outlook("ann", "Board")
        self.sync()
        line = self.line("create")
        run = line.run_id
        self.env["ir.config_parameter"].set_param("outlook_calendar.journal_days", "10")
        self.env.flush_all()
        self.cr.execute(
            "UPDATE outlook_journal SET create_date = now() - interval '9 days'"
        )
        self.env["outlook.journal"].sudo()._gc_old()
        self.assertTrue(line.exists())
        self.cr.execute(
            "UPDATE outlook_journal SET create_date = now() - interval '11 days'"
        )
        self.env["outlook.journal"].sudo()._gc_old()
        self.env["outlook.run"].sudo()._gc_empty()
        self.assertFalse(line.exists())
        self.assertFalse(run.exists())
