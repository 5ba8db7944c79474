# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who sees and changes what; tried with each user's own rights."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import OutlookCase

MODELS = ("outlook.calendar", "outlook.link", "outlook.outbox", "outlook.journal")


@tagged("post_install", "-at_install")
class TestAccess(OutlookCase):
    def setUp(self):
        super().setUp()
        self.in_outlook("ann", "Doctor", sensitivity="private")
        self.account = self.connect(self.ann)
        self.meet(self.ann, hours=30)
        self.admin = new_test_user(
            self.env, login="root.admin", groups="base.group_system"
        )

    def test_each_sees_his_own_rows_alone(self):
        for name in MODELS:
            with self.subTest(model=name):
                self.assertTrue(self.env[name].with_user(self.ann).search([]))
                self.assertFalse(self.env[name].with_user(self.bob).search([]))
                self.assertFalse(self.env[name].with_user(self.admin).search([]))
                row = self.env[name].search([], limit=1)
                with self.assertRaises(AccessError):
                    row.with_user(self.bob).read()

    def test_an_administrator_sees_states_and_never_tokens(self):
        accounts = self.env["outlook.account"].with_user(self.admin)
        [row] = accounts.search_read([], ["email", "state", "waiting_count"])
        self.assertEqual(row["state"], "connected")
        self.assertEqual(row["waiting_count"], 1)
        for name in ("token_cache", "remote_user"):
            with self.assertRaises(AccessError):
                accounts.search([]).read([name])
            with self.assertRaises(AccessError):
                accounts.search([(name, "!=", False)])
        self.assertFalse(self.env["outlook.account"].with_user(self.bob).search([]))

    def test_nobody_writes_what_is_bookkeeping(self):
        account = self.account.with_user(self.ann)
        account.write({"days_past": 10})
        for vals in (
            {"state": "connected"},
            {"user_id": self.bob.id},
            {"email": "bob@contoso.example"},
            {"token_cache": "x"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                account.write(vals)
        with self.assertRaises(AccessError):
            self.env["outlook.account"].with_user(self.bob).create(
                {"user_id": self.bob.id}
            )

    def test_buttons_belong_to_the_owner(self):
        outbox, journal = self.outbox(), self.journal("create")[:1]
        for user in (self.bob, self.admin):
            account = self.account.with_user(user)
            # An administrator may pause everybody.
            pauses = ("action_pause", "action_resume") if user == self.bob else ()
            for name in (
                *pauses,
                "action_start",
                "action_sync_now",
                "action_confirm_removals",
                "action_confirm_deletions",
                "action_keep_deleted",
                "action_keep_removed",
                "action_view_deletions",
                "action_disconnect",
            ):
                refused = self.assertRaises(AccessError)
                with self.subTest(user=user.login, name=name), refused:
                    getattr(account, name)()
            with self.assertRaises(AccessError):
                outbox.with_user(user).action_retry()
            with self.assertRaises(AccessError):
                outbox.with_user(user).action_discard()
            with self.assertRaises(AccessError):
                journal.with_user(user).action_keep()

    def test_another_users_wizards_are_out_of_reach(self):
        wizard = (
            self.env["outlook.disconnect"]
            .with_user(self.ann)
            .create({"account_id": self.account.id})
        )
        with self.assertRaises(AccessError):
            wizard.with_user(self.bob).action_confirm()
        wizards = self.env["outlook.disconnect"].with_user(self.bob)
        with self.assertRaises(AccessError):
            wizards.create({"account_id": self.account.id})
        self.assertTrue(self.account.exists())

    def test_the_event_form_tells_a_colleague_the_state_and_no_link(self):
        event = self.events(name="Doctor").with_user(self.bob)
        self.env.invalidate_all()  # a request of his own starts with an empty cache
        self.assertFalse(event.outlook_web_link)
        self.assertFalse(event.outlook_link_ids)

    def test_problem_67_companies_stay_apart(self):
        """A user of another company with the organizer's address is not resolved."""
        other = self.env["res.company"].create({"name": "Other"})
        new_test_user(
            self.env,
            login="elsewhere@contoso.example",
            email="carol.elsewhere@contoso.example",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        users = self.env["outlook.people"]._users(
            {"elsewhere@contoso.example"}, self.account.sudo()
        )
        self.assertEqual(users, {})

    def test_two_candidates_mean_no_organizer(self):
        self.bob.partner_id.email = "shared@contoso.example"
        self.carol.partner_id.email = "shared@contoso.example"
        users = self.env["outlook.people"]._users(
            {"shared@contoso.example"}, self.account.sudo()
        )
        self.assertEqual(users, {})
