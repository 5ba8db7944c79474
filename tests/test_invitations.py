# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who invites to a meeting: chosen on its form, which says whom a save mails."""

import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .mail_stage import MailStage

ZOE, BOB, DAN = "zoe@customer.example", "bob@contoso.example", "dan@customer.example"


class InvitationsCase(MailStage):
    def setUp(self):
        super().setUp()
        self.set_up("outlook", False)

    def form(self, event=None, **defaults):
        """Return the form as Ann has it."""
        defaults = {f"default_{name}": value for name, value in defaults.items()}
        events = self.env["calendar.event"].with_user(self.ann)
        events = events.with_context(**defaults)
        return Form(events.browse(event.id) if event else events)

    def reached(self):
        """Return whom Outlook has mailed."""
        return {mail.recipient for mail in self.outlook_mails()}

    def item(self):
        [item] = self.outlook("ann")
        return item

    def guests_in_outlook(self):
        return sorted(a["emailAddress"]["address"] for a in self.item()["attendees"])


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestInvitations(InvitationsCase):
    def test_problem_23_a_second_user_who_connects_mails_nobody(self):
        self.board()
        self.team()
        self.meet(self.bob, "Bobs", guests=[self.zoe])
        self.age_events()
        self.forget_mails()
        self.connect(self.bob)
        self.settle()
        self.assertEqual(self.sent(), ("", ""))
        self.assertEqual(self.subjects("bob"), ["Board", "Bobs", "Team"])

    def test_problem_26_one_side_invites_also_to_what_comes_from_outlook(self):
        for mode in ("outlook", "odoo"):
            with self.subTest(mode=mode):
                self.set_up(mode, True)
                self.forget_mails()
                self.board()
                odoo, outlook = self.sent()
                self.assertEqual(bool(odoo), mode == "odoo")
                self.assertEqual(bool(outlook), mode == "outlook")

    def test_problem_27a_technical_changes_mail_nobody(self):
        event = self.board()
        self.forget_mails()
        link = event.outlook_link_ids.sudo()
        self.save(event, alarm_ids=[(6, 0, self.env["calendar.alarm"].search([]).ids)])
        link.write({"etag": False})
        self.sandbox.exchange.touch_event(self.person("ann"), link.remote_id)
        self.settle()
        self.assertEqual(self.sent(), ("", ""))
        self.assertTrue(self.item()["isReminderOn"])

    # --- the field ------------------------------------------------------------------

    def test_the_default_is_the_one_of_the_connection(self):
        for mode in ("outlook", "odoo", "none"):
            self.account.invitation_mode = mode
            with self.subTest(mode=mode), self.form() as form:
                self.assertEqual(form.outlook_invitations, mode)
                form.name = mode
            event = self.events(name=mode)
            self.assertFalse(event.outlook_invited_by, "nothing was chosen")
            self.assertEqual(event.outlook_invitations, mode)

    def test_nothing_is_chosen_where_there_is_no_connection(self):
        with self.form() as form:
            form.name, form.user_id = "Bobs", self.bob
            self.assertFalse(form.outlook_invitations)
            self.assertFalse(form.outlook_mail_notice)
        self.account.sudo().unlink()
        self.assertFalse(self.form().outlook_invitations)

    def test_where_nothing_is_sent_nothing_is_chosen(self):
        """Odoo tells the guests then, as for a user without a connection."""
        event = self.board()
        self.account.direction = "pull"
        with self.form(event) as form:
            form.name = "Other"
            self.assertFalse(form.outlook_invitations)
            self.assertFalse(form.outlook_mail_notice)

    def test_a_copy_becomes_a_meeting_and_stays_one(self):
        self.account.invitation_mode = "odoo"
        event = self.board()
        self.assertEqual(self.guests_in_outlook(), [])
        self.forget_mails()
        with self.form(event) as form:
            form.outlook_invitations = "outlook"
            self.assertEqual(
                form.outlook_mail_notice,
                "Saving sends mail to 2 people through Outlook: "
                f"{self.bob.name}, {self.zoe.name}.",
            )
        self.settle()
        self.assertEqual(self.reached(), {BOB, ZOE})
        self.assertEqual(self.guests_in_outlook(), [BOB, ZOE])
        self.assertEqual(event.outlook_link_ids.kind, "meeting")
        with self.subTest("what was restored from the stamp is a meeting, too"):
            self.account.sudo().unlink()
            self.forget_mails()
            self.connect_ann()
            self.settle()
            self.assertEqual(event.outlook_link_ids.kind, "meeting")
            self.assertEqual(self.sent(), ("", ""))

    def test_a_copy_with_guests_of_outlook_keeps_them(self):
        self.account.invitation_mode = "odoo"
        event = self.board()
        invited = [{"emailAddress": {"address": DAN}, "type": "required"}]
        self.change_in_outlook("ann", self.item(), attendees=invited)
        self.settle()
        self.save(event, outlook_invitations="outlook")
        self.settle()
        self.assertEqual(self.guests_in_outlook(), [BOB, DAN, ZOE])
        kinds = {mail.kind for mail in self.outlook_mails()}
        self.assertEqual(kinds, {"invitation"})

    def test_what_outlook_has_invited_to_is_not_called_off_unasked(self):
        event = self.board()
        self.forget_mails()
        for choice in ("odoo", "none"):
            with self.subTest(choice=choice), self.assertRaises(UserError):
                event.with_user(self.ann).write({"outlook_invitations": choice})
        self.settle()
        self.assertEqual(self.sent(), ("", ""))
        self.assertEqual(self.guests_in_outlook(), [BOB, ZOE])
        self.assertTrue(event.outlook_has_invited)

    def test_a_meeting_without_guests_may_become_a_copy(self):
        event = self.meet(self.ann)
        self.settle()
        self.assertEqual(event.outlook_link_ids.kind, "meeting")
        self.save(event, outlook_invitations="none")
        self.assertEqual(event.outlook_link_ids.kind, "copy")
        self.save(event, partner_ids=[(4, self.zoe.id)])
        self.settle()
        self.assertEqual(self.sent(), ("", ""))
        self.assertEqual(self.guests_in_outlook(), [])

    def test_a_creation_whose_answer_is_lost_counts_as_sent(self):
        event = self.meet(self.ann, guests=self.guests)
        self.fault("lost_answer", method="POST", path="/events")
        self.sync(self.account)
        with self.assertRaises(UserError):
            event.with_user(self.ann).write({"outlook_invitations": "odoo"})

    def test_of_a_series_all_meetings_have_one_choice(self):
        self.account.invitation_mode = "odoo"
        meetings = self.team()
        self.assertEqual(set(meetings.mapped("outlook_invitations")), {"odoo"})
        with self.assertRaises(UserError):
            self.edit(meetings[1], outlook_invitations="outlook")
        self.forget_mails()
        self.edit(meetings[1], "all_events", outlook_invitations="outlook")
        self.settle()
        self.assertEqual(self.sent()[1], "bob invitation, zoe invitation")
        self.assertEqual(set(meetings.mapped("outlook_invitations")), {"outlook"})
        [master] = self.masters()
        self.assertEqual(len(master["attendees"]), 2)
        self.quiet(self.account)

    def test_a_day_with_a_guest_of_its_own_tells_him_too(self):
        self.account.invitation_mode = "odoo"
        meetings = self.team()
        self.edit(meetings[2], partner_ids=[(4, self.dan.id)])
        self.settle()
        self.forget_mails()
        self.edit(meetings[0], "all_events", outlook_invitations="outlook")
        self.settle()
        self.assertIn("dan invitation", self.sent()[1])
        self.quiet(self.account)

    def test_deleting_asks_only_where_odoo_mails(self):
        for mode in ("outlook", "odoo", "none"):
            self.set_up(mode, False)
            event = self.board().with_user(self.ann)
            with self.subTest(mode=mode):
                action = event.action_unlink_event(event.partner_ids.ids)
                asks = action.get("res_model") == "calendar.popover.delete.wizard"
                self.assertEqual(asks, mode == "odoo")
                self.assertEqual(bool(event.exists()), asks)

    def test_a_question_that_comes_too_late_mails_nobody(self):
        """The page was open when the choice was changed."""
        self.account.invitation_mode = "odoo"
        event = self.board().with_user(self.ann)
        action = event.action_unlink_event(event.partner_ids.ids)
        self.save(event, outlook_invitations="none")
        self.forget_mails()
        wizards = self.env[action["res_model"]].with_user(self.ann)
        wizards.with_context(**action["context"]).create(
            {}
        ).action_send_mail_and_delete()
        self.settle()
        self.assertEqual(self.sent(), ("", ""))
        self.assertFalse(event.exists())


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestMailNotice(InvitationsCase):
    def edits(self):
        """Return what may be done on the form: ``{what: function of the form}``."""

        def move(form):
            form.start = fields.Datetime.to_datetime(form.start) + timedelta(hours=2)

        def give(name, value):
            return lambda form: setattr(form, name, value)

        return {
            "nothing": lambda form: None,
            "the title": give("name", "Other"),
            "the place": give("location", "Ghent"),
            "the text": give("description", "<p>Agenda</p>"),
            "the time": move,
            "all day": give("allday", True),
            "a new guest": lambda form: form.partner_ids.add(self.dan),
            "one guest less": lambda form: form.partner_ids.remove(id=self.zoe.id),
            "privacy": give("privacy", "private"),
            "how it shows": give("show_as", "free"),
        }

    def number(self, sentence):
        return int(re.search(r"\d+", sentence).group()) if sentence else 0

    def test_the_form_says_what_outlook_does(self):
        for what, edit in self.edits().items():
            with self.subTest(what):
                self.set_up("outlook", False)
                event = self.board()
                self.forget_mails()
                with self.form(event) as form:
                    edit(form)
                    said = form.outlook_mail_notice
                self.settle()
                self.assertEqual(self.number(said), len(self.reached()), said)
                wanted = 0 if what in ("nothing", "privacy", "how it shows") else 2
                wanted = 1 if "guest" in what else wanted
                self.assertEqual(len(self.reached()), wanted)

    def test_a_new_meeting_names_some_and_counts_all(self):
        with self.form() as form:
            form.name = "Board"
            self.assertFalse(form.outlook_mail_notice)
            form.partner_ids.add(self.zoe)
            self.assertEqual(
                form.outlook_mail_notice,
                "Saving sends mail to 1 person through Outlook: Zoe.",
            )
            for number in range(5):
                form.partner_ids.add(self.contact(f"Guest{number}"))
            form.partner_ids.add(self.contact("Nobody", email=False))
            self.assertEqual(
                form.outlook_mail_notice,
                "Saving sends mail to 6 people through Outlook: Guest0, Guest1, "
                "Guest2, Guest3 and others.",
            )
            form.outlook_invitations = "odoo"
            self.assertFalse(form.outlook_mail_notice)
            form.outlook_invitations = "outlook"
        self.forget_mails()
        self.settle()
        self.assertEqual(len(self.reached()), 6)

    def test_what_is_over_mails_nobody(self):
        event = self.board()
        with self.ahead(days=3), self.form(event) as form:
            form.name = "Other"
            self.assertFalse(form.outlook_mail_notice)

    def test_other_choices_mail_nobody_through_outlook(self):
        for mode in ("odoo", "none"):
            self.set_up(mode, False)
            event = self.board()
            with self.subTest(mode=mode), self.form(event) as form:
                form.name = "Other"
                self.assertFalse(form.outlook_mail_notice)

    def test_no_request_is_made(self):
        event = self.board()
        self.sandbox.requests.clear()
        with self.form(event) as form:
            form.name = "Other"
            self.assertTrue(form.outlook_mail_notice)
        self.assertEqual(list(self.sandbox.requests), [])

    def test_of_a_series_with_the_chosen_scope(self):
        for scope in ("self_only", "future_events", "all_events"):
            with self.subTest(scope=scope):
                self.set_up("outlook", False)
                meetings = self.team()
                self.forget_mails()
                with self.form(meetings[1]) as form:
                    self.assertFalse(form.outlook_mail_notice)
                    form.recurrence_update = scope
                    form.name = "Other"
                    said = form.outlook_mail_notice
                self.settle()
                self.assertEqual(self.number(said), 2)
                self.assertEqual(self.reached(), {BOB, ZOE})

    def test_a_new_rule_is_told_to_all(self):
        meetings = self.team()
        self.forget_mails()
        with self.form(meetings[0]) as form:
            form.recurrence_update = "all_events"
            form.count = 3
            self.assertEqual(self.number(form.outlook_mail_notice), 2)
        self.settle()
        self.assertEqual(self.reached(), {BOB, ZOE})

    def test_handed_over_it_is_said_who_hears_of_a_change(self):
        """The organizer in Outlook stays; the new one in Odoo is a guest there."""
        self.connect(self.bob)
        event = self.board()
        self.save(event, user_id=self.bob.id)
        self.settle()
        self.forget_mails()
        start = fields.Datetime.add(event.start, hours=1)
        with self.form(event) as form:
            form.start = start
            said = form.outlook_mail_notice
        self.settle()
        self.assertEqual(self.reached(), {BOB, ZOE})
        self.assertEqual(self.number(said), 2)
