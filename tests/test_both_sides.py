# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Sets of things that both sides change: what each added or removed adds up."""

from odoo.tests import tagged

from .common import OutlookCase


@tagged("post_install", "-at_install")
class TestBothSides(OutlookCase):
    def setUp(self):
        super().setUp()
        types = self.env["calendar.event.type"]
        self.tags = {
            name: types.create({"name": name}) for name in ("Sales", "Urgent", "Team")
        }

    def pop_up(self, minutes):
        return self.env["calendar.alarm"].create(
            {
                "name": f"Pop-up {minutes}",
                "alarm_type": "notification",
                "duration": minutes,
                "interval": "minutes",
            }
        )

    def test_tags_added_on_both_sides_are_all_kept(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.sync(account)
        [item] = self.outlook("ann")
        self.change_in_outlook("ann", item, categories=["Sales"])
        event.with_user(self.ann).write({"categ_ids": [(4, self.tags["Urgent"].id)]})
        self.cr.flush()
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(set(item["categories"]), {"Sales", "Urgent"})
        self.assertEqual(set(event.categ_ids.mapped("name")), {"Sales", "Urgent"})

    def test_a_tag_that_only_odoo_has_survives_a_change_in_outlook(self):
        """The two were made apart and joined; each kept its own."""
        self.meet(self.ann, categ_ids=[(4, self.tags["Team"].id)])
        self.age_events()
        item = self.in_outlook("ann", categories=["Sales"])
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.change_in_outlook("ann", item, categories=["Sales", "Urgent"])
        self.sync(account)
        self.assertLessEqual({"Team", "Urgent"}, set(event.categ_ids.mapped("name")))
        self.change_in_outlook("ann", item, categories=["Sales"])
        self.sync(account)
        self.assertIn("Team", event.categ_ids.mapped("name"))
        self.assertNotIn("Urgent", event.categ_ids.mapped("name"))

    def test_only_the_nearest_pop_up_follows_outlook(self):
        account = self.connect(self.ann)
        alarms = self.pop_up(15) | self.pop_up(60)
        event = self.meet(self.ann, alarm_ids=[(6, 0, alarms.ids)])
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["reminderMinutesBeforeStart"], 15)
        self.change_in_outlook("ann", item, reminderMinutesBeforeStart=30)
        self.sync(account)
        minutes = sorted(event.alarm_ids.mapped("duration_minutes"))
        self.assertEqual(minutes, [30, 60])
        self.change_in_outlook("ann", item, isReminderOn=False)
        self.sync(account)
        self.assertEqual(event.alarm_ids.mapped("duration_minutes"), [60])
        writes = len(self.writes())
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
