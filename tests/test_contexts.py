# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Whoever calls, from wherever: defaults and documents of the caller stay his."""

from odoo.tests import tagged

from .common import OutlookCase

# What buttons and views of other models put into the context.
DEFAULTS = {
    "default_state": "draft",
    "default_kind": "nothing",
    "default_operation": "nothing",
    "default_account_id": 0,
    "default_event_id": 0,
    "default_direction": "sideways",
    "default_problem": "none",
    "default_is_gone": True,
    "default_name": "A lead",
    "default_location": "The lead's town",
    "default_res_model": "res.partner",
}


@tagged("post_install", "-at_install")
class TestContexts(OutlookCase):
    def test_defaults_of_another_model_hinder_no_save(self):
        account = self.connect(self.ann)
        events = self.env["calendar.event"].with_user(self.ann)
        values = {"name": "Board", "start": self.now, "stop": self.now}
        event = events.with_context(**DEFAULTS, default_privacy="private").create(
            {**values, "location": "Ghent", "res_id": False}
        )
        self.cr.flush()
        self.assertEqual(self.outbox().mapped("state"), ["waiting"])
        self.sync(account)
        event = event.with_env(self.env)  # whose context has no default of its own
        event.with_context(default_state="draft").write({"name": "Board II"})
        self.cr.flush()
        self.assertEqual(self.outbox().mapped("state"), ["waiting"])
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Board II"])
        event.with_context(default_state="draft").unlink()
        self.cr.flush()
        self.assertEqual(self.outbox().mapped("state"), ["waiting"])
        self.sync(account)
        self.assertEqual(self.outlook("ann"), [])

    def test_sync_now_pressed_on_another_document_brings_plain_meetings(self):
        account = self.connect(self.ann)
        self.in_outlook("ann")
        self.cr.flush()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr, user=self.ann)
            env["outlook.account"].with_context(
                **DEFAULTS,
                active_model="res.partner",
                active_id=self.ann.partner_id.id,
                active_ids=self.ann.partner_id.ids,
                default_res_id=self.ann.partner_id.id,
            ).browse(account.id).action_sync_now()
        self.env.invalidate_all()
        event = self.events(name="Board")
        self.assertEqual(len(event), 1)
        self.assertFalse(event.res_id)
        self.assertFalse(event.res_model)
        self.assertFalse(event.location)
        self.assertFalse(event.activity_ids)
        self.assertEqual(event.outlook_link_ids.kind, "meeting")
        self.assertFalse(event.outlook_link_ids.is_gone)

    def test_a_colleague_learns_nothing_of_a_private_meeting(self):
        account = self.connect(self.ann)
        doctor = self.contact("Doctor Smith", email=False)
        event = self.meet(self.ann, "Health", guests=[doctor], privacy="private")
        self.sync(account)
        self.assertIn("Smith", event.with_user(self.ann).outlook_state_reason)
        self.env.invalidate_all()
        seen = event.with_user(self.carol)
        self.assertEqual(seen.name, "Busy")
        self.assertEqual(
            (seen.outlook_state, seen.outlook_state_reason), ("none", False)
        )
