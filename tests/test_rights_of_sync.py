# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A reading may do in Odoo what the mailbox's owner may do, and no more."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OutlookCase, guest


@tagged("post_install", "-at_install")
class TestRightsOfSync(OutlookCase):
    def forbid(self, model, domain, **perms):
        """Let a rule of the database keep users from some records."""
        vals = {f"perm_{name}": False for name in ("read", "write", "create", "unlink")}
        self.env["ir.rule"].create(
            {
                "name": "Forbidden",
                "model_id": self.env["ir.model"]._get_id(model),
                "domain_force": str(domain),
                **vals,
                **{f"perm_{name}": value for name, value in perms.items()},
            }
        )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_problem_67_what_the_user_may_not_change_is_not_changed(self):
        item = self.in_outlook("ann", "Board")
        other = self.in_outlook("ann", "Other", hours=30)
        account = self.connect(self.ann)
        self.forbid("calendar.event", [("name", "!=", "Board")], write=True)
        self.change_in_outlook("ann", item, subject="Board II")
        self.change_in_outlook("ann", other, subject="Other II")
        self.sync(account)
        self.assertTrue(self.events(name="Board"))
        event = self.events(name="Board").with_user(self.ann)
        self.assertEqual(event.outlook_state, "failed")
        self.assertTrue(self.journal("fail"))
        self.env["ir.rule"].search([("name", "=", "Forbidden")]).unlink()
        event.action_outlook_retry()
        self.sync(account)
        self.assertTrue(self.events(name="Board II"))
        self.assertTrue(self.events(name="Other II"))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_problem_67_what_the_user_may_not_create_is_not_created(self):
        self.forbid("calendar.event", [("name", "!=", "Board")], create=True)
        self.in_outlook("ann", "Board")
        self.in_outlook("ann", "Other", hours=30)
        account = self.connect(self.ann)
        self.assertFalse(self.events(name="Board"))
        self.assertTrue(self.events(name="Other"))
        self.assertTrue(self.env["outlook.link"].search([("problem", "!=", False)]))
        self.assertFalse(account.error_message)

    @mute_logger(
        "odoo.addons.base.models.ir_rule", "odoo.addons.outlook_calendar.models.fault"
    )
    def test_problem_77_what_the_user_may_not_archive_stays_alone(self):
        item = self.in_outlook("ann", "Board")
        account = self.connect(self.ann)
        self.forbid("calendar.event", [("name", "!=", "Board")], write=True)
        self.delete_in_outlook("ann", item)
        self.in_outlook("ann", "Other", hours=30)
        self.sync(account)
        self.assertTrue(self.events(name="Board").active)
        self.assertTrue(self.events(name="Other"), "the rest goes on")
        self.assertFalse(account.error_message)
        self.assertEqual(
            self.events(name="Board").with_user(self.ann).outlook_state, "failed"
        )
        self.env["ir.rule"].search([("name", "=", "Forbidden")]).unlink()
        self.env["outlook.link"].search([]).tried_at = False
        self.sync(account)
        self.assertFalse(self.events(name="Board").active)

    def test_problem_67_contacts_of_other_companies_are_not_invited(self):
        """Nor are they told apart from strangers, which would tell that they exist."""
        other = self.env["res.company"].create({"name": "Other"})
        hidden = self.contact("Zoe")
        hidden.company_id = other
        self.forbid(
            "res.partner",
            "['|', ('company_id', '=', False), ('company_id', 'in', company_ids)]",
            read=True,
        )
        self.in_outlook("ann", attendees=[guest(hidden.email, "Zoe of ours")])
        self.connect(self.ann)
        event = self.events(name="Board")
        self.assertNotIn(hidden, event.partner_ids)
        [new] = event.partner_ids - self.ann.partner_id
        self.assertEqual(new.email, hidden.email)
        self.assertEqual(new.create_uid, self.ann)

    def test_problem_67_meetings_of_others_are_not_joined_by_their_name(self):
        """A private meeting of a colleague is no twin of one with the same name."""
        foreign = self.meet(self.bob, "Doctor", privacy="private")
        self.age_events()
        self.in_outlook("ann", "Doctor")
        self.connect(self.ann)
        self.assertFalse(foreign.sudo().outlook_link_ids)
        self.assertEqual(len(self.events(name="Doctor")), 2)

    def test_problem_67_what_is_read_is_written_in_the_users_name(self):
        item = self.in_outlook("ann", attendees=[guest("new@customer.example")])
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.change_in_outlook("ann", item, subject="Board II")
        self.sync(account)
        for record in (
            event,
            event.attendee_ids,
            event.partner_ids - self.ann.partner_id,
        ):
            self.assertEqual(record.write_uid, self.ann)
