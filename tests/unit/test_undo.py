# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What undoing does on each side, and whom it mails."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ...core.undo import REFUSALS, Done, Plan, plan_undo
from .common import PureCase

OPERATIONS = ["create", "update", "archive", "delete", "join", "answer", "undo", "fail"]

dones = st.builds(
    Done,
    operation=st.sampled_from(OPERATIONS),
    direction=st.sampled_from(["in", "out"]),
    kind=st.sampled_from(["meeting", "copy"]),
    guests=st.integers(0, 3),
    **dict.fromkeys(
        (
            "has_values",
            "has_record",
            "is_archived",
            "is_linked",
            "is_own",
            "has_others",
            "is_likeness",
            "may_send",
            "is_over",
            "is_left",
            "is_rule",
            "is_undone",
        ),
        st.booleans(),
    ),
)


class TestEveryPlan(PureCase):
    @given(done=dones)
    def test_nobody_is_mailed_unless_that_is_wanted(self, done):
        plan = plan_undo(done)
        self.assertEqual(plan.mails, 0)
        self.assertNotEqual(plan.outlook, "invite")
        if done.kind == "meeting" and done.guests:
            self.assertNotIn(plan.outlook, ("update", "delete"))

    @given(done=dones)
    def test_a_copy_and_the_past_mail_nobody_at_all(self, done):
        for quiet in (replace(done, kind="copy"), replace(done, is_over=True)):
            self.assertEqual(plan_undo(quiet, may_mail=True).could_mail, 0)

    @given(done=dones)
    def test_leave_to_mail_changes_nothing_in_odoo(self, done):
        quiet, loud = plan_undo(done), plan_undo(done, may_mail=True)
        self.assertEqual(quiet.could_mail, loud.could_mail)
        if not quiet.refusal:
            self.assertEqual(quiet.odoo, loud.odoo)

    @given(done=dones, may_mail=st.booleans())
    def test_it_does_something_or_says_why_not(self, done, may_mail):
        plan = plan_undo(done, may_mail)
        if plan.refusal:
            self.assertIn(plan.refusal, REFUSALS)
            self.assertEqual((plan.odoo, plan.outlook, plan.mails), ("", "", 0))
        else:
            self.assertTrue(plan.odoo or plan.outlook)

    @given(done=dones, may_mail=st.booleans())
    def test_once_is_enough(self, done, may_mail):
        undone = replace(done, is_undone=True)
        self.assertEqual(plan_undo(undone, may_mail), Plan(refusal="undone"))


class TestPlan(PureCase):
    def assertPlans(self, done, odoo="", outlook="", refusal="", may_mail=False):
        plan = plan_undo(done, may_mail)
        self.assertEqual(
            (plan.odoo, plan.outlook, plan.refusal), (odoo, outlook, refusal)
        )

    def test_created_in_odoo(self):
        done = Done("create", "in")
        self.assertPlans(done, "archive", "leave")
        self.assertPlans(replace(done, is_linked=False), "archive")
        self.assertPlans(replace(done, is_archived=True), refusal="lost")
        self.assertPlans(replace(done, has_others=True), refusal="others")

    def test_that_undone(self):
        done = Done("undo", "in", is_left=True, is_archived=True)
        self.assertPlans(done, "restore", "listen")
        self.assertPlans(replace(done, is_archived=False), refusal="lost")

    def test_created_in_outlook(self):
        done = Done("create", "out", "meeting")
        self.assertPlans(done, "", "delete")
        self.assertPlans(replace(done, is_linked=False), refusal="unlinked")
        guests = replace(done, guests=2)
        self.assertPlans(guests, refusal="guests")
        self.assertPlans(guests, "", "delete", may_mail=True)
        self.assertPlans(replace(guests, is_over=True), refusal="over", may_mail=True)

    def test_changed(self):
        for direction in ("in", "out"):
            done = Done("update", direction, "meeting", has_values=True)
            self.assertPlans(done, "write", "update")
            self.assertPlans(replace(done, guests=1), "write", "keep")
            self.assertPlans(replace(done, guests=1), "write", "update", may_mail=True)
            self.assertPlans(replace(done, may_send=False), "write", "keep")
            self.assertPlans(replace(done, is_linked=False), "write")
            self.assertPlans(replace(done, guests=1, is_over=True), "write", "keep")
            self.assertPlans(replace(done, is_own=False), refusal="foreign")
            self.assertPlans(replace(done, has_record=False), refusal="lost")
            self.assertPlans(replace(done, has_values=False), refusal="nothing")
            rule = replace(done, has_values=False, is_rule=True)
            self.assertPlans(rule, refusal="rule")

    def test_deleted(self):
        for operation, direction in (("archive", "in"), ("delete", "out")):
            done = Done(
                operation, direction, "meeting", 2, is_archived=True, is_linked=False
            )
            self.assertPlans(done, "restore", "copy")
            self.assertPlans(done, "restore", "invite", may_mail=True)
            self.assertPlans(replace(done, may_send=False), "restore", "gone")
            self.assertPlans(replace(done, is_archived=False), refusal="changed")
            lost = replace(done, has_record=False)
            self.assertPlans(lost, refusal="lost")
            self.assertPlans(replace(lost, has_values=True), "create", "copy")

    def test_joined_and_answered(self):
        join = Done("join", "in", is_likeness=True)
        self.assertPlans(join, "part", "keep")
        self.assertPlans(replace(join, is_likeness=False), refusal="same")
        self.assertPlans(replace(join, is_linked=False), refusal="lost")
        answer = Done("answer", "in", has_values=True)
        self.assertPlans(answer, "answer", "keep")
        self.assertPlans(replace(answer, has_record=False), refusal="lost")
        self.assertPlans(replace(answer, has_values=False), refusal="nothing")

    def test_what_has_no_way_back(self):
        self.assertPlans(Done("fail", "in"), refusal="nothing")
        self.assertPlans(Done("answer", "out", has_values=True), refusal="nothing")
