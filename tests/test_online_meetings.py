# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Teams meetings, asked for in Odoo and made in Outlook."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .online import TEAMS, OnlineCase, html


@tagged("post_install", "-at_install")
class TestTeams(OnlineCase):
    def test_a_new_meeting_gets_the_teams_meeting_that_was_asked_for(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.contact("Zoe")], outlook_teams=True)
        self.sync(account)
        item = self.item()
        self.assertTrue(item["isOnlineMeeting"])
        self.assertEqual(event.videocall_location, item["onlineMeeting"]["joinUrl"])
        self.assertEqual(event.videocall_source, "custom")
        self.assertEqual(len(self.outlook_mails()), 1)
        self.quiet(account)

    def test_a_known_meeting_gets_it_by_one_request(self):
        account = self.connect(self.ann)
        zoe = self.contact("Zoe")
        event = self.meet(self.ann, guests=[zoe], description="<p>A</p>")
        self.sync(account)
        writes = len(self.sent)
        self.save(event, outlook_teams=True)
        self.sync(account)
        self.assertEqual(self.bodies(writes), [TEAMS])
        item = self.item()
        self.assertEqual(event.videocall_location, item["onlineMeeting"]["joinUrl"])
        self.assertNotIn("____", event.description)
        self.assertTrue(
            self.journal("update").filtered(lambda row: "Teams meeting" in row.summary)
        )
        self.quiet(account)

    def test_problem_58_no_teams_meeting_unless_asked(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.contact("Zoe")])
        self.sync(account)
        self.save(event, name="Board II", description="<p>New</p>", location="Ghent")
        self.sync(account)
        for body in self.bodies():
            self.assertFalse(body.keys() & TEAMS.keys())
        self.assertFalse(self.item()["isOnlineMeeting"])
        self.assertFalse(event.videocall_location)

    def test_an_address_that_comes_late_arrives(self):
        self.sandbox.exchange.switches.set("late_join_url", True)
        account = self.connect(self.ann)
        event = self.meet(self.ann, outlook_teams=True)
        self.sync(account)
        self.sync(account)
        url = self.item()["onlineMeeting"]["joinUrl"]
        self.assertEqual(event.videocall_location, url)
        self.quiet(account)

    def test_an_address_without_any_block_arrives_with_the_next_reading(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.sync(account)
        self.change_in_outlook("ann", self.item(), **TEAMS)
        item = self.item()
        url = item["onlineMeeting"]["joinUrl"]
        plain = "<html><body></body></html>"
        self.odd_in_outlook("ann", item, onlineMeeting=None, body=plain)
        self.sync(account)
        self.assertTrue(event.outlook_teams)
        self.assertFalse(event.videocall_location)
        stored = self.sandbox.exchange.item(self.person("ann"), item["id"])
        stored.fields["onlineMeeting"] = {"joinUrl": url}  # no new version for that
        self.env["outlook.calendar"].sudo().search([])._forget_cursor()
        self.sync(account)
        self.assertEqual(event.videocall_location, url)

    def test_a_mailbox_without_teams_says_so_and_the_switch_goes_off(self):
        account = self.connect(self.ann)
        self.without_teams()
        new = self.meet(self.ann, "New", outlook_teams=True)
        old = self.meet(self.ann, "Old", hours=30)
        self.sync(account)
        self.save(old, outlook_teams=True)
        self.sync(account)
        for event in new + old:
            self.assertFalse(event.outlook_teams)
            note = self.journal("skip").filtered(
                lambda row, event=event: row.event_id == event
            )
            self.assertIn("no Teams", note.summary)
        self.quiet(account)
        self.save(new, name="New II")
        self.sync(account)
        self.assertEqual(self.bodies()[-1], {"subject": "New II"})

    def test_what_outlook_has_made_cannot_be_switched_off(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, outlook_teams=True)
        self.save(event, outlook_teams=False)  # nothing was sent yet
        self.save(event, outlook_teams=True)
        self.sync(account)
        with self.assertRaisesRegex(UserError, "cannot take a Teams meeting back"):
            self.save(event, outlook_teams=False)

    def test_the_switch_is_the_organizers_while_he_is_connected(self):
        event = self.meet(self.ann, guests=[self.bob.partner_id])
        self.assertFalse(event.with_user(self.ann).outlook_can_ask_teams)
        account = self.connect(self.ann)
        self.connect(self.bob)
        event.invalidate_recordset()
        self.assertTrue(event.with_user(self.ann).outlook_can_ask_teams)
        self.assertFalse(event.with_user(self.bob).outlook_can_ask_teams)
        account.direction = "pull"
        event.invalidate_recordset()
        self.assertFalse(event.with_user(self.ann).outlook_can_ask_teams)

    def test_a_colleagues_copy_gets_no_teams_meeting(self):
        """The organizer is not connected: there is no calendar to make it in."""
        bob = self.connect(self.bob)
        self.meet(self.ann, guests=[self.bob.partner_id], outlook_teams=True)
        self.sync(bob)
        self.assertFalse(self.item("bob")["isOnlineMeeting"])

    def test_a_duplicate_asks_for_nothing_and_shares_no_link(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, outlook_teams=True)
        self.sync(account)
        other = event.with_user(self.ann).copy()
        self.assertFalse(other.outlook_teams)
        self.assertFalse(other.videocall_location)

    def test_a_teams_meeting_of_outlook_shows_in_odoo(self):
        self.in_outlook("ann", **TEAMS)
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.assertTrue(event.outlook_teams)
        self.in_outlook("ann", "Later", hours=30)
        self.sync(account)
        later = next(i for i in self.outlook("ann") if i["subject"] == "Later")
        self.change_in_outlook("ann", later, **TEAMS)
        self.sync(account)
        event = self.events(name="Later")
        self.assertTrue(event.outlook_teams)
        self.assertIn("teams.microsoft.com", event.videocall_location)

    def test_problem_57_the_join_block_survives_every_write(self):
        account = self.connect(self.ann, conflict_rule="outlook")
        event = self.meet(self.ann, outlook_teams=True, description="<p>One</p>")
        self.sync(account)
        url = self.item()["onlineMeeting"]["joinUrl"]
        for text in ("<p>Two</p>", False, "<table><tr><td>3</td></tr></table>"):
            self.save(event, description=text)
            self.sync(account)
            self.assertEqual(self.item()["onlineMeeting"]["joinUrl"], url)
        block = self.item()["body"]["content"].partition("</table>")[2]
        self.change_in_outlook("ann", self.item(), body=html(f"<p>Theirs</p>{block}"))
        self.save(event, description="<p>Ours</p>")
        self.sync(account)
        self.assertIn("Theirs", event.description)
        self.journal("conflict")[:1].with_user(self.ann).action_take_other()
        self.cr.flush()
        self.sync(account)
        item = self.item()
        self.assertIn("Ours", item["body"]["content"])
        self.assertEqual(item["onlineMeeting"]["joinUrl"], url)
        self.assertEqual(event.videocall_location, url)
        asked = [body for body in self.bodies() if "isOnlineMeeting" in body]
        self.assertEqual(len(asked), 1)

    def test_a_lost_answer_brings_the_address_all_the_same(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, outlook_teams=True)
        self.fault("lost_answer", method="POST", path="events", times=4)
        self.sync(account)
        self.outbox().sudo().write({"not_before": False})
        self.sync(account)
        self.sync(account)
        url = self.item()["onlineMeeting"]["joinUrl"]
        self.assertEqual(event.videocall_location, url)
        self.quiet(account)


@tagged("post_install", "-at_install")
class TestTeamsOfSeries(OnlineCase):
    def test_a_new_series_has_one_teams_meeting(self):
        account = self.connect(self.ann)
        meetings = self.repeat(guests=[self.contact("Zoe")], outlook_teams=True)
        self.sync(account)
        [master] = self.masters()
        url = master["onlineMeeting"]["joinUrl"]
        self.assertEqual(set(meetings.mapped("videocall_location")), {url})
        self.assertTrue(all(meetings.mapped("outlook_teams")))
        self.assertEqual(len(self.outlook_mails()), 1)
        self.quiet(account)

    def test_a_known_series_is_asked_for_on_its_master(self):
        account = self.connect(self.ann)
        meetings = self.repeat()
        self.sync(account)
        with self.assertRaisesRegex(UserError, "whole series"):
            self.edit(meetings[1], outlook_teams=True)
        writes = len(self.sent)
        self.edit(meetings[1], "all_events", outlook_teams=True)
        self.sync(account)
        self.assertEqual(self.bodies(writes), [TEAMS])
        [master] = self.masters()
        url = master["onlineMeeting"]["joinUrl"]
        meetings = self.meetings(self.series_of())
        self.assertEqual(set(meetings.mapped("videocall_location")), {url})
        self.quiet(account)

    def test_a_series_without_teams_is_switched_off(self):
        account = self.connect(self.ann)
        self.without_teams()
        meetings = self.repeat(outlook_teams=True)
        self.sync(account)
        self.assertFalse(any(meetings.mapped("outlook_teams")))
        self.assertIn("no Teams", self.journal("skip").mapped("summary")[0])
        self.quiet(account)

    def test_problem_57_a_series_keeps_its_join_block(self):
        self.series_in_outlook(**TEAMS, body=html("<p>Agenda</p>"))
        account = self.connect(self.ann)
        series = self.series_of()
        meetings = self.meetings(series)
        [master] = self.masters()
        url = master["onlineMeeting"]["joinUrl"]
        self.assertEqual(set(meetings.mapped("videocall_location")), {url})
        self.edit(meetings[0], "all_events", description="<p>New</p>")
        self.sync(account)
        self.edit(meetings[2], description="<p>This day</p>")
        self.sync(account)
        [master] = self.masters()
        rows = self.instances(master)
        self.assertEqual({row["onlineMeeting"]["joinUrl"] for row in rows}, {url})
        self.assertIn("This day", rows[2]["body"]["content"])
        self.assertIn("New", master["body"]["content"])
        for body in self.bodies(1):
            self.assertNotIn("isOnlineMeeting", body)
        self.quiet(account)
