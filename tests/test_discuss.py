# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's own video calls, whose link guests find in Outlook's text."""

from odoo.tests import tagged

from .online import OnlineCase, html


@tagged("post_install", "-at_install")
class TestDiscuss(OnlineCase):
    def discuss(self, event):
        """Choose Odoo's own video call, as the button of the form does."""
        url = self.env["calendar.event"].get_discuss_videocall_location()
        self.save(event, videocall_location=url, access_token=url.rpartition("/")[2])
        return event.videocall_location

    def test_problem_58_guests_get_the_discuss_link(self):
        account = self.connect(self.ann)
        event = self.meet(
            self.ann, guests=[self.bob.partner_id], description="<p>Agenda</p>"
        )
        url = self.discuss(event)
        self.assertIn("join_videocall", url)
        self.sync(account)
        for name in ("ann", "bob"):
            content = self.item(name)["body"]["content"]
            self.assertIn(url, content)
            self.assertIn("Agenda", content)
        self.assertNotIn("join_videocall", event.description)
        self.quiet(account)
        self.save(event, description="<p>Agenda II</p>")
        self.sync(account)
        self.assertEqual(self.item()["body"]["content"].count(f'"{url}"'), 1)
        self.quiet(account)

    def test_a_link_set_later_and_taken_away_again_is_one_request_each(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.contact("Zoe")])
        self.sync(account)
        writes = len(self.sent)
        url = self.discuss(event)
        self.sync(account)
        self.assertIn(url, self.item()["body"]["content"])
        self.assertEqual([list(body) for body in self.bodies(writes)], [["body"]])
        self.quiet(account)
        self.save(event, videocall_location=False)
        self.sync(account)
        self.assertNotIn("join_videocall", self.item()["body"]["content"])
        self.quiet(account)

    def test_a_text_changed_in_outlook_comes_in_without_the_block(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, description="<p>One</p>")
        url = self.discuss(event)
        self.sync(account)
        content = self.item()["body"]["content"].replace("One", "Two")
        self.change_in_outlook("ann", self.item(), body=html(content))
        self.sync(account)
        self.assertIn("Two", event.description)
        self.assertNotIn("~~~", event.description)
        self.assertEqual(event.videocall_location, url)
        self.change_in_outlook("ann", self.item(), body=html("<p>Three</p>"))
        self.sync(account)
        self.assertEqual(event.videocall_location, url)
        self.quiet(account)

    def test_the_link_of_another_odoo_stays_in_the_text(self):
        url = "https://other.example/calendar/join_videocall/5f3c"
        line = "~" * 40
        text = f'<p>Hi</p><div>{line}</div><a href="{url}">{url}</a><div>{line}</div>'
        self.in_outlook("ann", body=html(text))
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.assertIn(url, event.description)
        self.assertFalse(event.videocall_location)
        self.quiet(account)

    def test_a_teams_meeting_takes_the_place_of_the_discuss_link(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.contact("Zoe")])
        self.discuss(event)
        self.sync(account)
        self.save(event, outlook_teams=True)
        self.sync(account)
        item = self.item()
        self.assertNotIn("join_videocall", item["body"]["content"])
        self.assertEqual(event.videocall_location, item["onlineMeeting"]["joinUrl"])
        self.quiet(account)

    def test_a_mailbox_without_teams_leaves_the_discuss_link(self):
        account = self.connect(self.ann)
        self.without_teams()
        event = self.meet(self.ann)
        url = self.discuss(event)
        self.save(event, outlook_teams=True)
        self.sync(account)
        self.sync(account)
        self.assertEqual(event.videocall_location, url)
        self.assertIn(url, self.item()["body"]["content"])
        self.quiet(account)

    def test_a_series_has_one_of_its_links_on_the_master(self):
        account = self.connect(self.ann)
        url = self.env["calendar.event"].get_discuss_videocall_location()
        meetings = self.repeat(
            videocall_location=url,
            access_token=url.rpartition("/")[2],
            description="<p>Agenda</p>",
        )
        self.sync(account)
        [master] = self.masters()
        sent = [m.videocall_location for m in meetings]
        self.assertTrue(any(one in master["body"]["content"] for one in sent))
        self.quiet(account)
        self.edit(meetings[1], description="<p>This day</p>")
        self.sync(account)
        row = self.instance(master, self.day(7))
        self.assertIn("join_videocall", row["body"]["content"])
        self.assertIn("This day", row["body"]["content"])
        self.quiet(account)

    def test_a_copy_for_guests_whom_odoo_invites_has_it_too(self):
        account = self.connect(self.ann, invitation_mode="odoo")
        event = self.meet(self.ann, guests=[self.contact("Zoe")])
        url = self.discuss(event)
        self.sync(account)
        self.assertIn(url, self.item()["body"]["content"])
        self.assertFalse(self.outlook_mails())

    def test_the_guests_of_outlook_are_not_asked_for_another_link(self):
        """A custom link typed in Odoo stays there."""
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.contact("Zoe")])
        self.sync(account)
        writes = len(self.writes())
        self.save(event, videocall_location="https://meet.example/1")
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        self.assertEqual(event.videocall_location, "https://meet.example/1")
