# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Several calendars of a mailbox: chosen one by one, and moved between."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestCalendars(SeriesCase):
    def setUp(self):
        super().setUp()
        self.team = self.add("Team")
        self.account = self.connect(self.ann)

    def add(self, name, who="ann"):
        """Add a calendar as a person does in Outlook; return its id."""
        exchange, person = self.sandbox.exchange, self.person(who)
        return exchange.places.add_calendar(exchange.mailbox(person), {"name": name}).id

    def calendar(self, name):
        return self.account.calendar_ids.filtered(lambda one: one.name == name)

    def choose(self, name, **vals):
        """Let Ann choose something for one of her calendars."""
        self.calendar(name).with_user(self.ann).write({"is_synced": True, **vals})

    def move(self, item, where):
        return self.sandbox.exchange.move_event(self.person("ann"), item["id"], where)

    def main(self):
        return self.account.calendar_ids.filtered("is_default")

    def in_team(self, subject="Board", **body):
        return self.sandbox.exchange.create_event(
            self.person("ann"),
            {"subject": subject, **self.times(self.monday), **body},
            self.team,
        )

    def items(self, calendar):
        return self.sandbox.exchange.list(self.person("ann"), calendar)

    def test_they_are_listed_and_the_main_one_is_kept_in_step(self):
        names = self.account.calendar_ids.mapped("name")
        self.assertEqual(names, ["Calendar", "Birthdays", "Team"])
        synced = self.account.calendar_ids.filtered("is_synced")
        self.assertEqual(synced.mapped("name"), ["Calendar"])
        self.assertEqual(self.account._target(), self.main())
        self.assertEqual(self.calendar("Birthdays").direction, "pull")

    def test_one_that_is_chosen_comes_in_with_its_tag(self):
        self.in_team()
        self.sync(self.account)
        self.assertFalse(self.events(name="Board"))
        tag = self.env["calendar.event.type"].create({"name": "Team work"})
        self.choose("Team", tag_id=tag.id)
        self.sync(self.account)
        event = self.events(name="Board")
        self.assertEqual(event.categ_ids, tag)
        self.assertEqual(event.outlook_link_ids.calendar_id, self.calendar("Team"))
        writes = len(self.writes())
        self.sync(self.account)
        self.assertEqual(len(self.writes()), writes)
        [item] = self.items(self.team)
        self.assertEqual(item["categories"], [])

    def test_a_series_comes_in_with_the_tag(self):
        tag = self.env["calendar.event.type"].create({"name": "Team work"})
        self.choose("Team", tag_id=tag.id)
        self.in_team("Weekly", recurrence=self.rule(count=3))
        self.sync(self.account)
        events = self.events(name="Weekly")
        self.assertEqual(len(events), 3)
        self.assertEqual(events.categ_ids, tag)
        self.quiet(self.account)

    def test_new_meetings_go_to_the_chosen_one(self):
        self.choose("Team", is_target=True)
        self.assertFalse(self.main().is_target)
        self.meet(self.ann, "Single")
        self.repeat(name="Weekly")
        self.sync(self.account)
        subjects = sorted(item["subject"] for item in self.items(self.team))
        self.assertEqual(subjects, ["Single", "Weekly"])
        self.assertEqual(self.outlook("ann"), [])
        self.quiet(self.account)

    def test_each_has_its_direction(self):
        self.choose("Team", direction="pull")
        item = self.in_team()
        self.sync(self.account)
        event = self.events(name="Board")
        event.with_user(self.ann).write({"location": "Ghent"})
        self.cr.flush()
        writes = len(self.writes())
        self.sync(self.account)
        self.assertEqual(len(self.writes()), writes)
        self.calendar("Team").with_user(self.ann).write({"direction": "push"})
        self.change_in_outlook("ann", item, subject="Other")
        self.sync(self.account)
        self.assertEqual(event.name, "Board")

    def test_problem_17_moved_in_outlook_it_is_the_same_record(self):
        self.choose("Team")
        item = self.in_outlook("ann", "Board")
        self.sync(self.account)
        event, main = self.events(name="Board"), self.main().remote_id
        for where, name in ((self.team, "Team"), (main, "Calendar")):
            moved = self.move(self.find("Board"), where)
            self.change_in_outlook("ann", moved, subject="Board")
            self.sync(self.account)
            self.assertEqual(self.events(name="Board"), event)
            self.assertTrue(event.active)
            self.assertEqual(event.outlook_link_ids.calendar_id, self.calendar(name))
            self.assertEqual(event.with_user(self.ann).outlook_state, "synced")
        event.with_user(self.ann).write({"location": "Ghent"})
        self.cr.flush()
        self.sync(self.account)
        self.assertEqual(self.find("Board")["location"]["displayName"], "Ghent")
        self.assertEqual(self.outlook_mails(), [])
        self.assertTrue(item)

    def find(self, subject):
        """Return the item of this subject, wherever it is."""
        for calendar in self.account.calendar_ids:
            for item in self.items(calendar.remote_id):
                if item["subject"] == subject:
                    return item
        raise AssertionError(subject)

    def test_a_series_that_is_moved_is_the_same_series(self):
        self.choose("Team")
        master = self.series_in_outlook()
        self.sync(self.account)
        ids = self.meetings(self.series_of()).ids
        self.move(master, self.team)
        self.sync(self.account)
        self.sync(self.account)
        self.assertEqual(self.meetings(self.series_of()).ids, ids)
        self.assertEqual(len(self.events(name="Team")), 5)
        link = self.series_of().outlook_link_ids
        self.assertEqual(link.calendar_id, self.calendar("Team"))
        self.quiet(self.account)

    def test_moved_to_one_that_is_not_kept_in_step_and_back(self):
        item = self.in_outlook("ann", "Board")
        self.sync(self.account)
        event = self.events(name="Board")
        self.move(item, self.team)
        self.sync(self.account)
        self.assertTrue(event.active)
        seen = event.with_user(self.ann)
        self.assertEqual(seen.outlook_state, "excluded")
        self.assertIn("not kept in step", seen.outlook_state_reason)
        event.with_user(self.ann).write({"location": "Ghent"})
        self.cr.flush()
        writes = len(self.writes())
        self.sync(self.account)
        self.assertEqual(len(self.writes()), writes)
        moved = self.move(self.find("Board"), self.main().remote_id)
        self.change_in_outlook("ann", moved, subject="Board II")
        self.sync(self.account)
        self.assertEqual(event.name, "Board II")
        self.env.invalidate_all()
        self.assertEqual(event.with_user(self.ann).outlook_state, "synced")
        self.assertEqual(len(event.outlook_link_ids), 1)

    def test_unchecked_and_checked_again_doubles_nothing(self):
        self.choose("Team")
        item = self.in_team()
        self.sync(self.account)
        event = self.events(name="Board")
        self.calendar("Team").with_user(self.ann).write({"is_synced": False})
        self.change_in_outlook("ann", item, subject="Other")
        self.sync(self.account)
        self.assertEqual(event.name, "Board")
        self.assertTrue(event.active)
        self.assertEqual(event.with_user(self.ann).outlook_state, "excluded")
        self.choose("Team")
        self.sync(self.account)
        self.assertEqual(event.name, "Other")
        self.assertEqual(len(self.events()), 1)
        self.assertEqual(self.outlook_mails(), [])

    def test_one_that_is_deleted_in_outlook_keeps_its_meetings(self):
        self.choose("Team", is_target=True)
        self.in_team()
        self.sync(self.account)
        exchange, person = self.sandbox.exchange, self.person("ann")
        mailbox = exchange.mailbox(person)
        exchange.places.delete_calendar(mailbox, exchange.calendar(person, self.team))
        self.sync(self.account)
        self.assertTrue(self.events(name="Board").active)
        self.assertTrue(self.calendar("Team").is_gone)
        self.assertEqual(self.account._target(), self.main())
        self.assertTrue(self.journal("skip"))
        self.in_outlook("ann", "Later")
        self.sync(self.account)
        self.assertEqual(len(self.events(name="Later")), 1)

    def test_the_list_is_refreshed_by_hand(self):
        self.add("Another")
        self.account.with_user(self.ann).action_list_calendars()
        self.assertTrue(self.calendar("Another"))
        self.assertFalse(self.calendar("Another").is_synced)

    def test_choices_that_cannot_be_are_refused(self):
        with self.assertRaisesRegex(UserError, "choose another one than Birthdays"):
            self.choose("Birthdays", is_target=True)
        with self.assertRaises(AccessError):
            self.choose("Team", delta_link="x")
        with self.assertRaises(AccessError):
            self.calendar("Team").with_user(self.bob).write({"is_synced": True})
        self.assertFalse(self.env["outlook.calendar"].with_user(self.bob).search([]))

    def test_the_owner_chooses_on_the_form_of_his_connection(self):
        own = self.account.with_user(self.ann)
        team = self.calendar("Team").id
        own.write({"calendar_ids": [Command.update(team, {"is_synced": True})]})
        self.assertTrue(self.calendar("Team").is_synced)

    def test_the_preview_counts_the_chosen_ones(self):
        self.account.sudo()._disconnect()
        self.in_team()
        account = self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        self.assertEqual(wizard.in_count, 0)
        team = account.calendar_ids.filtered(lambda one: one.name == "Team")
        wizard.chosen_calendar_ids += team
        self.read_all(wizard)
        self.assertEqual(wizard.in_count, 1)
