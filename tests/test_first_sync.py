# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The preview before the first exchange, and leaving again."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import OutlookCase, graph_time, guest


@tagged("post_install", "-at_install")
class TestFirstSync(OutlookCase):
    def test_the_preview_counts_and_writes_nothing(self):
        twin = self.meet(self.ann, "Twin", guests=[self.contact("Zoe")])
        self.meet(self.ann, "Only in Odoo", hours=50)
        self.meet(self.ann, "Long ago", hours=-100)
        self.age_events()
        self.in_outlook("ann", "twin")
        self.in_outlook("ann", "Only in Outlook", hours=60)
        self.in_outlook(
            "ann",
            "Weekly",
            hours=70,
            recurrence={
                "pattern": {
                    "type": "daily",
                    "interval": 1,
                },
                "range": {
                    "type": "numbered",
                    "startDate": (self.now.date()).isoformat(),
                    "numberOfOccurrences": 3,
                },
            },
            start=graph_time(self.now),
            end=graph_time(self.now),
        )
        self.connect(self.ann, start=False)
        written = len(self.writes())
        before = len(self.events())
        wizard = self.preview(self.ann)
        self.assertEqual(
            (
                wizard.in_count,
                wizard.out_count,
                wizard.joined_count,
                wizard.left_out_count,
                wizard.mail_count,
            ),
            (2, 1, 1, 1, 0),
        )
        flows = {line["name"]: line["flow"] for line in wizard.lines}
        self.assertEqual(
            flows,
            {
                "twin": "joined",
                "Only in Outlook": "in",
                "Only in Odoo": "out",
                "Weekly": "in",
                "Long ago": "left_out",
            },
        )
        self.assertEqual(len(self.writes()), written)
        self.assertEqual(len(self.events()), before)
        self.assertEqual(
            [line["name"] for line in wizard.lines],
            ["Long ago", "Weekly", "twin", "Only in Odoo", "Only in Outlook"],
        )
        wizard.action_start()
        self.run_cron("pull")
        self.run_cron("push")
        self.assertEqual(
            self.subjects("ann"), ["Only in Odoo", "Only in Outlook", "Weekly", "twin"]
        )
        self.assertTrue(twin.outlook_link_ids)
        self.assertEqual(twin.outlook_link_ids.kind, "copy")
        self.assertEqual(self.outlook_mails(), [])

    def test_the_choices_change_the_numbers(self):
        self.meet(self.ann, "Planned", hours=50)
        self.meet(self.ann, "Past", hours=-50)
        self.age_events()
        self.in_outlook("ann", "Theirs")
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        counts = {}
        for direction, export in (
            ("both", "all"),
            ("both", "none"),
            ("pull", "all"),
            ("push", "future"),
        ):
            wizard.write({"direction": direction, "export_existing": export})
            counts[direction, export] = (wizard.in_count, wizard.out_count)
        self.assertEqual(
            counts,
            {
                ("both", "all"): (1, 2),
                ("both", "none"): (1, 0),
                ("pull", "all"): (1, 0),
                ("push", "future"): (0, 1),
            },
        )

    def test_an_empty_gap_is_filled_and_nothing_else(self):
        self.meet(self.ann, "Twin", location=False, description="<p>Odoo's words</p>")
        self.age_events()
        self.in_outlook(
            "ann",
            "Twin",
            location={"displayName": "Ghent"},
            body={"contentType": "html", "content": "<p>Outlook's words</p>"},
        )
        account = self.connect(self.ann)
        event = self.events(name="Twin")
        self.assertEqual(event.location, "Ghent")
        self.assertIn("Odoo's words", event.description)
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertIn("Outlook's words", item["body"]["content"])
        self.assertEqual(self.writes(), [])

    def test_an_invitation_is_joined_with_the_meeting_in_odoo(self):
        """Bob is not connected; his meeting is in Odoo and came by mail as well."""
        event = self.meet(self.bob, "Board", guests=[self.ann.partner_id])
        self.age_events()
        self.in_outlook("bob", "Board", attendees=[guest("ann@contoso.example")])
        self.connect(self.ann)
        self.assertEqual(self.events(name="Board"), event)
        self.assertEqual(event.outlook_link_ids.kind, "meeting")
        self.assertEqual(event.user_id, self.bob)

    def test_without_a_sign_in_there_is_no_preview(self):
        with self.assertRaisesRegex(UserError, "sign in first"):
            self.preview(self.carol)

    def test_microsoft_being_down_is_said_in_words(self):
        self.connect(self.ann, start=False)
        self.fault("status", status=503, times=2)
        with self.assertRaisesRegex(UserError, "does not answer at the moment"):
            self.preview(self.ann)

    def test_disconnecting_leaves_everything_where_it_is(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.contact("Zoe")])
        self.in_outlook("ann", "Lunch", hours=30)
        self.sync(account)
        mails = len(self.outlook_mails())
        action = account.action_disconnect()
        wizards = self.env[action["res_model"]].with_user(self.ann)
        wizard = Form(wizards.with_context(**action["context"])).save()
        self.assertEqual(wizard.event_count, 2)
        self.press(wizard, "action_confirm")
        self.assertEqual(account.state, "draft")
        self.assertFalse(account.sudo().token_cache)
        self.assertFalse(self.env["outlook.link"].search([]))
        self.assertTrue(self.journal("disconnect"))
        status = self.env["res.users"].with_user(self.ann).outlook_status()
        self.assertEqual(status["state"], "disconnected")
        self.assertEqual(self.subjects("ann"), ["Board", "Lunch"])
        self.assertTrue(event.active)
        event.with_user(self.ann).write({"name": "Board II"})
        self.cr.flush()
        self.assertFalse(self.outbox())
        self.assertEqual(len(self.outlook_mails()), mails)
        self.assertEqual(event.with_user(self.ann).outlook_state, "none")
        self.sync(self.connect(self.ann))
        self.assertEqual(self.subjects("ann"), ["Board", "Lunch"])
        self.assertEqual(len(self.events(user_id=self.ann.id)), 2)
        self.assertEqual(event.name, "Board")
        self.assertEqual(self.journal("conflict").lost_value, "Board II")
        self.assertEqual(len(self.outlook_mails()), mails)

    def test_what_changed_between_two_connections_is_not_doubled(self):
        guests = [guest("zoe@customer.example")]
        moved = self.in_outlook("ann", "Moved there", attendees=guests)
        self.in_outlook("ann", "Renamed here", hours=30, attendees=guests)
        self.in_outlook("ann", "Far ahead", hours=24 * 50)
        account = self.connect(self.ann, days_future=90)
        wizards = self.env["outlook.disconnect"].with_user(self.ann)
        wizard = wizards.create({"account_id": account.id})
        self.press(wizard, "action_confirm")
        self.change_in_outlook("ann", moved, subject="Moved there II", attendees=[])
        mails = len(self.outlook_mails())
        mine = self.events(name="Renamed here")
        mine.with_user(self.ann).write({"name": "Renamed here II"})
        self.age_events()
        self.sync(self.connect(self.ann, days_future=40))
        self.assertEqual(
            self.subjects("ann"), ["Far ahead", "Moved there II", "Renamed here"]
        )
        self.assertEqual(
            sorted(self.events(user_id=self.ann.id).mapped("name")),
            ["Far ahead", "Moved there II", "Renamed here"],
        )
        self.assertEqual(
            self.journal("conflict").mapped("lost_value")[0][:7], "Renamed"
        )
        self.assertEqual(len(self.outlook_mails()), mails)

    def test_pausing_loses_nothing(self):
        account = self.connect(self.ann)
        account.action_pause()
        event = self.meet(self.ann)
        self.in_outlook("ann", "Incoming", hours=30)
        self.run_cron("pull")
        self.run_cron("push")
        mine = event.with_user(self.ann)
        self.assertEqual(mine.outlook_state, "waiting")
        self.assertIn("paused", mine.outlook_state_reason)
        account.action_resume()
        self.run_cron("pull")
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Board", "Incoming"])
        self.assertTrue(self.events(name="Incoming"))
