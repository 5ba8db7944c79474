# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What users fear of the first connection, and of each further one."""

from datetime import timedelta

from odoo.tests import tagged

from .common import OutlookCase, guest

ZOE = "zoe@customer.example"


@tagged("post_install", "-at_install")
class TestPromisesOfFirstSync(OutlookCase):
    def setUp(self):
        super().setUp()
        self.zoe = self.contact("Zoe")
        self.env["mail.mail"].sudo().search([]).unlink()

    def from_odoo(self):
        self.cr.flush()
        mails = self.env["mail.mail"].sudo().search([])
        return sorted(one.email for mail in mails for one in mail.recipient_ids)

    def from_outlook(self):
        return sorted(
            (mail.recipient, mail.kind)
            for mail in self.outlook_mails()
            if mail.kind != "response"
        )

    def begin(self, user, **choices):
        """Look at the preview and start, as a user does; return what it told."""
        self.connect(user, start=False)
        wizard = self.preview(user, **choices)
        told = {
            name: wizard[f"{name}_count"]
            for name in ("out", "left_out", "mail", "could_mail")
        }
        wizard.action_start()
        self.run_cron("pull")
        self.run_cron("push")
        return told

    def test_problem_21_the_preview_tells_of_all_and_nothing_old_is_sent(self):
        for number in range(20):
            self.meet(self.ann, f"F{number}", guests=[self.zoe], hours=24 + number)
            self.meet(self.ann, f"P{number}", guests=[self.zoe], hours=-48 - number)
        self.age_events()
        self.env["mail.mail"].sudo().search([]).unlink()
        self.assertEqual(
            self.begin(self.ann),
            {"out": 20, "left_out": 20, "mail": 0, "could_mail": 1},
        )
        self.assertEqual(len(self.subjects("ann")), 20)
        self.assertEqual((self.from_odoo(), self.from_outlook()), ([], []))

    def test_problem_22_a_later_user_may_invite_to_what_is_planned(self):
        self.connect(self.bob)
        self.meet(self.ann, "Planned", guests=[self.zoe])
        self.meet(self.ann, "Past", hours=-48, guests=[self.zoe])
        self.age_events()
        self.env["mail.mail"].sudo().search([]).unlink()
        self.begin(self.ann, export_invites=True, export_existing="all")
        self.assertEqual(self.subjects("ann"), ["Past", "Planned"])
        self.assertEqual(self.from_outlook(), [(ZOE, "invitation")])
        self.assertEqual(self.from_odoo(), [])

    def test_problem_23_a_second_user_who_connects_invites_nobody(self):
        account = self.connect(self.ann)
        guests = [self.zoe, self.bob.partner_id]
        event = self.meet(self.ann, guests=guests)
        copied = self.meet(self.carol, "Copied", hours=40, guests=guests)
        self.sync(account)
        self.age_events()
        before = self.from_outlook()
        self.env["mail.mail"].sudo().search([]).unlink()
        self.begin(self.bob)
        self.sync()
        self.begin(self.carol)
        self.sync()
        self.assertEqual(self.from_outlook(), before)
        self.assertEqual(self.from_odoo(), [])
        self.assertEqual(self.events(name="Board"), event)
        self.assertEqual(self.events(name="Copied"), copied)
        self.assertEqual(self.subjects("bob"), ["Board", "Copied"])

    def test_problem_26_exactly_one_side_invites_to_what_was_planned(self):
        """Odoo has invited, or Outlook is asked to: never both for one change."""
        event = self.meet(self.ann, guests=[self.zoe])
        self.assertEqual(self.from_odoo(), [ZOE])
        self.age_events()
        for choice, odoo, outlook in (
            ({}, [ZOE], []),
            ({"export_invites": True}, [], [(ZOE, "invitation"), (ZOE, "update")]),
        ):
            with self.subTest(choice=choice):
                self.sandbox.reset()
                self.env["outlook.account"].sudo().search([]).unlink()
                self.env["mail.mail"].sudo().search([]).unlink()
                self.begin(self.ann, **choice)
                start = event.start + timedelta(hours=1)
                event.with_user(self.ann).write(
                    {"start": start, "stop": start + timedelta(hours=1)}
                )
                self.cr.flush()
                self.sync()
                self.assertEqual(self.from_odoo(), odoo)
                self.assertEqual(self.from_outlook(), outlook)

    def test_problem_27_without_a_start_odoo_mails_as_always(self):
        """Who has signed in and only looked at the preview is not connected yet."""
        self.connect(self.ann, start=False)
        self.preview(self.ann)
        self.meet(self.ann, guests=[self.zoe])
        self.assertEqual(self.from_odoo(), [ZOE])
        self.assertEqual(self.subjects("ann"), [])

    def test_problem_27a_joining_patches_no_meeting_with_guests(self):
        """No stamp, no reminder, no gap is worth a mail to the guests."""
        self.meet(self.ann, "Twin", guests=[self.zoe], location="Ghent")
        self.age_events()
        self.in_outlook("ann", "Twin", attendees=[guest(ZOE)])
        self.in_outlook("ann", "Theirs", hours=40, attendees=[guest(ZOE)])
        self.env["mail.mail"].sudo().search([]).unlink()
        mails = self.from_outlook()
        self.begin(self.ann, export_invites=True)
        self.sync()
        self.assertEqual(self.writes(), [])
        self.assertEqual((self.from_odoo(), self.from_outlook()), ([], mails))
        self.assertEqual(len(self.events(name="Twin")), 1)

    def test_problem_7_what_was_ended_begins_again_without_mail(self):
        """Ending and beginning again asks anew whether anybody is to be invited."""
        self.meet(self.ann, guests=[self.zoe])
        self.age_events()
        self.begin(self.ann, export_invites=True)
        mails = self.from_outlook()
        wizards = self.env["outlook.disconnect"].with_user(self.ann)
        wizard = wizards.create(wizards.default_get(["account_id"]))
        self.press(wizard, "action_confirm")
        self.meet(self.ann, "Meanwhile", hours=60, guests=[self.zoe])
        self.age_events()
        self.begin(self.ann)
        self.assertEqual(self.subjects("ann"), ["Board", "Meanwhile"])
        self.assertEqual(self.from_outlook(), mails)
