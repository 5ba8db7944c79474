# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Teams meetings where they are asked for; their link and their block survive."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestOnlineMeetings(SeriesCase):
    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ann)

    def test_problem_58_none_is_made_unless_asked_for(self):
        event = self.meet(self.ann)
        self.sync(self.account)
        [item] = self.outlook("ann")
        self.assertFalse(item["isOnlineMeeting"])
        self.assertFalse(event.videocall_location)

    def test_one_that_is_asked_for_brings_its_link(self):
        event = self.meet(self.ann, outlook_teams=True)
        self.sync(self.account)
        [item] = self.outlook("ann")
        self.assertTrue(item["isOnlineMeeting"])
        url = item["onlineMeeting"]["joinUrl"]
        self.assertEqual(event.videocall_location, url)
        self.quiet(self.account)

    def test_it_is_switched_on_later(self):
        event = self.meet(self.ann)
        self.sync(self.account)
        event.with_user(self.ann).write({"outlook_teams": True})
        self.cr.flush()
        self.sync(self.account)
        [item] = self.outlook("ann")
        self.assertEqual(event.videocall_location, item["onlineMeeting"]["joinUrl"])
        self.quiet(self.account)

    def test_problem_57_the_link_survives_every_change(self):
        event = self.meet(self.ann, outlook_teams=True)
        self.sync(self.account)
        url = event.videocall_location
        for vals in (
            {"name": "Other"},
            {"description": "<p>Agenda</p>"},
            {"location": "Ghent"},
            {"description": False},
        ):
            event.with_user(self.ann).write(vals)
            self.cr.flush()
            self.sync(self.account)
            [item] = self.outlook("ann")
            self.assertTrue(item["isOnlineMeeting"])
            self.assertEqual(item["onlineMeeting"]["joinUrl"], url)
            self.assertEqual(event.videocall_location, url)

    def test_a_link_that_comes_late_comes_in(self):
        self.sandbox.exchange.switches.set("late_join_url", True)
        event = self.meet(self.ann, outlook_teams=True)
        self.sync(self.account)
        [item] = self.outlook("ann")
        self.sandbox.exchange.touch_event(self.person("ann"), item["id"])
        self.sync(self.account)
        self.assertEqual(event.videocall_location, item["onlineMeeting"]["joinUrl"])
        self.quiet(self.account)

    def test_where_there_is_no_teams_that_is_said(self):
        exchange, person = self.sandbox.exchange, self.person("ann")
        exchange.calendar(person).providers = ()
        event = self.meet(self.ann, outlook_teams=True)
        self.sync(self.account)
        self.assertFalse(event.outlook_teams)
        self.assertTrue(
            self.journal("skip").filtered(lambda one: "no Teams" in one.summary)
        )
        self.quiet(self.account)

    def test_it_cannot_be_switched_off(self):
        event = self.meet(self.ann, outlook_teams=True)
        self.sync(self.account)
        with self.assertRaisesRegex(UserError, "cannot take back"):
            event.with_user(self.ann).write({"outlook_teams": False})

    def test_one_of_outlook_shows_in_odoo(self):
        self.in_outlook("ann", "Board", isOnlineMeeting=True)
        self.sync(self.account)
        event = self.events(name="Board")
        self.assertTrue(event.outlook_teams)
        self.assertIn("http", event.videocall_location)
        self.quiet(self.account)

    def test_a_series_is_one_teams_meeting(self):
        series = self.repeat(outlook_teams=True).recurrence_id
        self.sync(self.account)
        [master] = self.masters()
        url = master["onlineMeeting"]["joinUrl"]
        links = set(self.meetings(series).mapped("videocall_location"))
        self.assertEqual(links, {url})
        self.edit(self.meetings(series)[0], "all_events", description="<p>Agenda</p>")
        self.sync(self.account)
        [master] = self.masters()
        self.assertEqual(master["onlineMeeting"]["joinUrl"], url)
        self.quiet(self.account)

    def test_who_may_ask_for_one_sees_the_switch(self):
        event = self.meet(self.ann)
        self.assertTrue(event.with_user(self.ann).outlook_may_teams)
        self.assertFalse(event.with_user(self.bob).outlook_may_teams)
