# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who gets mail, counted on both sides: Odoo's outgoing and Outlook's recorded."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import OutlookCase, guest


@tagged("post_install", "-at_install")
class TestMail(OutlookCase):
    def setUp(self):
        super().setUp()
        self.zoe = self.contact("Zoe")
        self.env["mail.mail"].sudo().search([]).unlink()

    def from_odoo(self):
        """Return whom Odoo has mailed, one entry per mail."""
        self.cr.flush()
        mails = self.env["mail.mail"].sudo().search([])
        return sorted(
            recipient.email for mail in mails for recipient in mail.recipient_ids
        )

    def from_outlook(self):
        return sorted(
            (mail.recipient, mail.kind)
            for mail in self.outlook_mails()
            if mail.kind != "response"
        )

    def test_problem_21_the_first_connection_mails_nobody(self):
        for number in range(5):
            self.meet(
                self.ann, f"Future {number}", guests=[self.zoe], hours=24 + number
            )
            self.meet(self.ann, f"Past {number}", guests=[self.zoe], hours=-48 - number)
        self.age_events()
        self.env["mail.mail"].sudo().search([]).unlink()
        self.connect(self.ann)
        self.sync()
        self.assertEqual(self.subjects("ann"), [f"Future {n}" for n in range(5)])
        self.assertTrue(all(not item["attendees"] for item in self.outlook("ann")))
        self.assertEqual((self.from_odoo(), self.from_outlook()), ([], []))

    def test_problem_22_each_user_chooses_what_goes_out(self):
        self.connect(self.bob)
        self.meet(self.ann, "Planned", guests=[self.zoe])
        self.meet(self.ann, "Old", guests=[self.zoe], hours=-48)
        self.age_events()
        account = self.connect(self.ann, start=False, export_existing="none")
        account.action_start()
        self.sync(account)
        self.assertEqual(self.subjects("ann"), [])
        self.env["outlook.account"].browse(account.id).sudo().unlink()
        self.connect(self.ann, export_existing="all")
        self.assertEqual(self.subjects("ann"), ["Old", "Planned"])
        self.assertEqual(self.from_outlook(), [])

    def test_problem_12_reinstalling_joins_and_mails_nobody(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.zoe])
        own = self.in_outlook("ann", "Lunch", hours=30)
        self.sync(account)
        mails = len(self.outlook_mails())
        account.sudo().unlink()
        self.sync(self.connect(self.ann))
        self.assertEqual(self.subjects("ann"), ["Board", "Lunch"])
        self.assertEqual(self.events(name="Board"), event)
        self.assertEqual(event.outlook_link_ids.kind, "meeting")
        self.assertEqual(len(self.events(name="Lunch")), 1)
        self.assertEqual(len(self.outlook_mails()), mails)
        self.assertTrue(own)

    def test_problem_25_nothing_changed_means_no_write_and_no_mail(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.zoe], description="<p>Hello</p>")
        self.sync(account)
        [item] = self.outlook("ann")
        self.sandbox.exchange.touch_event(self.person("ann"), item["id"])
        event.with_user(self.ann).write({"name": event.name, "location": False})
        self.cr.flush()
        mails, writes = len(self.outlook_mails()), len(self.writes())
        self.sync(account)
        self.sync(account)
        self.assertEqual(len(self.outlook_mails()), mails)
        self.assertEqual(len(self.writes()), writes)

    def test_outlook_mode_outlook_alone_invites(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann, guests=[self.zoe])
        self.assertEqual(self.from_odoo(), [])
        self.sync(account)
        zoe = "zoe@customer.example"
        self.assertEqual(self.from_outlook(), [(zoe, "invitation")])
        start = event.start + timedelta(hours=1)
        event.with_user(self.ann).write(
            {"start": start, "stop": start + timedelta(hours=1)}
        )
        self.cr.flush()
        self.sync(account)
        self.assertEqual(self.from_odoo(), [])
        self.assertEqual(self.from_outlook(), [(zoe, "invitation"), (zoe, "update")])

    def test_odoo_mode_odoo_alone_invites(self):
        account = self.connect(self.ann, invitation_mode="odoo")
        self.meet(self.ann, guests=[self.zoe])
        self.sync(account)
        self.assertEqual(self.from_odoo(), ["zoe@customer.example"])
        self.assertEqual(self.from_outlook(), [])
        self.assertEqual(self.outlook("ann")[0]["attendees"], [])

    def test_none_mode_nobody_invites(self):
        account = self.connect(self.ann, invitation_mode="none")
        self.meet(self.ann, guests=[self.zoe])
        self.sync(account)
        self.assertEqual((self.from_odoo(), self.from_outlook()), ([], []))
        self.assertEqual(self.subjects("ann"), ["Board"])

    def test_problem_27_a_user_who_is_not_connected_mails_as_always(self):
        self.connect(self.bob)
        self.meet(self.ann, guests=[self.zoe])
        self.assertEqual(self.from_odoo(), ["zoe@customer.example"])

    def test_importing_sends_nothing(self):
        self.in_outlook("ann", "Board", attendees=[guest("zoe@customer.example")])
        mails = len(self.outlook_mails())
        self.connect(self.ann)
        self.assertEqual(self.from_odoo(), [])
        self.assertEqual(len(self.outlook_mails()), mails)

    def test_restarting_sends_nothing(self):
        account = self.connect(self.ann)
        self.meet(self.ann, guests=[self.zoe])
        self.sync(account)
        mails = len(self.outlook_mails())
        account.action_pause()
        account.action_resume()
        self.sandbox.exchange.expire_delta(self.person("ann"))
        self.sync(account)
        self.assertEqual(len(self.outlook_mails()), mails)
        self.assertEqual(self.from_odoo(), [])

    def test_nothing_is_sent_for_the_past(self):
        account = self.connect(self.ann)
        old = self.in_outlook(
            "ann", "Old", hours=-48, attendees=[guest("zoe@customer.example")]
        )
        self.sync(account)
        mails = len(self.outlook_mails())
        event = self.events(name="Old")
        event.with_user(self.ann).write({"description": "<p>Minutes</p>"})
        self.cr.flush()
        self.sync(account)
        event.with_user(self.ann).unlink()
        self.sync(account)
        self.assertEqual(len(self.outlook_mails()), mails)
        self.assertEqual(self.subjects("ann"), [old["subject"]])
        self.sandbox.exchange.expire_delta(self.person("ann"))
        self.sync(account)
        self.assertFalse(self.events(name="Old"), "it must not come back")

    def test_problem_61_odoos_own_reminders_keep_firing(self):
        alarm = self.env["calendar.alarm"].create(
            {
                "name": "Mail",
                "alarm_type": "email",
                "duration": 30,
                "interval": "minutes",
            }
        )
        account = self.connect(self.ann)
        event = self.meet(
            self.ann, guests=[self.zoe], hours=1, alarm_ids=[(6, 0, alarm.ids)]
        )
        self.sync(account)
        soon = fields.Datetime.now() + timedelta(minutes=29)
        event.with_user(self.ann).write(
            {"start": soon, "stop": soon + timedelta(hours=1)}
        )
        self.cr.flush()
        self.sync(account)
        self.assertEqual(event.alarm_ids, alarm)
        self.assertEqual(self.from_odoo(), [])
        manager = self.env["calendar.alarm_manager"]
        manager.with_context(
            lastcall=fields.Datetime.now() - timedelta(minutes=5)
        )._send_reminder()
        self.assertIn("zoe@customer.example", self.from_odoo())

    def test_who_does_not_send_to_outlook_mails_as_always(self):
        """Exactly one side tells the guests: here it has to be Odoo."""
        start = self.now + timedelta(hours=70)
        times = {"start": start, "stop": start + timedelta(hours=1)}
        zoe = "zoe@customer.example"
        invited = [guest(zoe), guest("bob@contoso.example")]
        self.in_outlook("ann", "Board", attendees=invited)
        with self.subTest("the organizer is not connected"):
            self.connect(self.bob)
            event = self.events(name="Board")
            event.with_user(self.ann).write(times)
            self.assertIn(zoe, self.from_odoo())
        self.env["mail.mail"].sudo().search([]).unlink()
        with self.subTest("the organizer only reads"):
            self.in_outlook("ann", "Review", attendees=invited)
            self.connect(self.ann, direction="pull")
            event = self.events(name="Review")
            event.with_user(self.ann).write(times)
            self.assertIn(zoe, self.from_odoo())

    def test_kept_without_outlook_means_mailed_by_odoo(self):
        account = self.connect(self.ann)
        events = [
            self.meet(self.ann, f"M{n}", guests=[self.zoe], hours=24 + n)
            for n in range(12)
        ]
        self.sync(account)
        for item in self.outlook("ann"):
            self.delete_in_outlook("ann", item)
        self.sync(account)
        account.action_keep_removed()
        self.assertEqual(self.from_odoo(), [])
        start = self.now + timedelta(hours=90)
        events[0].with_user(self.ann).write(
            {"start": start, "stop": start + timedelta(hours=1)}
        )
        self.assertEqual(self.from_odoo(), ["zoe@customer.example"])

    def test_switched_off_odoo_mails_and_outlook_does_not_repeat_it(self):
        account = self.connect(self.ann)
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("outlook_calendar.enabled", "False")
        self.meet(self.ann, guests=[self.zoe])
        self.assertEqual(self.from_odoo(), ["zoe@customer.example"])
        parameters.set_param("outlook_calendar.enabled", "True")
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board"])
        self.assertEqual(self.from_outlook(), [])
