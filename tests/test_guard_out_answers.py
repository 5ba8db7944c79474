# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the owner of a mailbox is asked before many deletions, and his answers."""

from datetime import timedelta

from odoo.tests import tagged

from .guard_out import GuardOutCase


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestGuardOutAnswers(GuardOutCase):
    def test_the_question_tells_which_and_how_many_get_mail(self):
        tom = self.contact("Tom")
        events = self.fill(6, guests=self.zoe)
        events |= self.fill(6, guests=self.zoe | tom, name="Lunch")
        events |= self.fill(1, name="Alone")
        self.delete(events)
        self.sync()
        self.assertAsked(13, people=2)
        [line] = self.journal("pause")
        self.assertEqual(len(line.details.splitlines()), 13)
        start = self.wall(self.now + timedelta(hours=27))
        self.assertIn(f"{start:%Y-%m-%d %H:%M} Visit 03 (mail to 1)", line.details)
        self.assertIn("Lunch 05 (mail to 2)", line.details)
        self.assertRegex(line.details, r"(?m)Alone 00$")
        action = self.account.action_view_deletions()
        self.assertEqual(action["res_id"], line.id)

    def test_the_owner_is_told_once(self):
        self.delete(self.fill(12, guests=self.zoe))
        self.sync()
        self.sync()
        [mail] = self.questions()
        self.assertEqual(mail.email_to, self.ann.email_formatted)
        self.assertIn("12 meetings were deleted in Odoo", mail.body_html)
        self.assertNotIn("Visit", mail.body_html)
        self.account.action_resume()  # is no answer
        self.sync()
        self.assertAsked(12, people=1)
        self.assertEqual(self.questions(), mail)

    def test_nothing_else_is_sent_before_the_answer(self):
        events = self.fill(12)
        self.delete(events[:11])
        events[11].with_user(self.ann).name = "Renamed"
        self.cr.flush()
        self.sync()
        self.assertAsked(11)
        self.assertNotIn("Renamed", self.subjects("ann"))
        self.account.action_keep_deleted()
        self.sync()
        self.assertIn("Renamed", self.subjects("ann"))
        self.assertEqual(len(self.subjects("ann")), 12)

    # --- the answers ------------------------------------------------------------

    def test_yes_deletes_them_and_tells_their_guests(self):
        events = self.fill(12, guests=self.zoe)
        self.delete(events[:6])
        self.archive(events[6:])
        self.sync()
        self.assertAsked(12, people=1)
        self.account.action_confirm_deletions()
        self.sync()
        self.assertGone()
        self.assertEqual(len(self.outlook_mails()), 12)
        self.assertEqual(len(self.journal("delete")), 12)

    def test_a_yes_is_for_what_was_asked(self):
        events = self.fill(30)
        self.delete(events[:12])
        self.sync()
        self.assertAsked(12)
        self.delete(events[12:24])
        self.account.action_confirm_deletions()
        self.sync()
        self.assertAsked(12)
        self.assertEqual(len(self.questions()), 2)
        self.account.action_confirm_deletions()
        self.sync()
        self.assertGone(events[24:].exists().mapped("name"))

    def test_a_yes_outlasts_a_run_that_fails(self):
        self.delete(self.fill(12))
        self.sync()
        self.account.action_confirm_deletions()
        self.fault("status", status=503, path="/events", times=5)
        self.sync()
        self.assertEqual(len(self.outlook("ann")), 12)
        self.sandbox.faults.clear()
        self.outbox().write({"not_before": False})
        self.sync()
        self.assertGone()

    def test_kept_ones_stay_in_outlook_and_come_back_to_nobody(self):
        events = self.fill(12, guests=self.zoe)
        names = events.mapped("name")
        self.delete(events[:6])
        self.archive(events[6:])
        kept = events.exists()
        self.sync()
        self.account.action_keep_deleted()
        self.settle()
        self.assertGone(names)
        self.sandbox.exchange.expire_delta(self.person("ann"))
        for item in self.outlook("ann"):
            self.change_in_outlook("ann", item, location={"displayName": "Ghent"})
        self.sandbox.exchange.mails.clear()
        self.settle()
        self.assertEqual(self.events(user_id=self.ann.id), kept)
        self.assertFalse(any(kept.mapped("active")))
        self.assertEqual(kept[0].with_user(self.ann).outlook_state, "excluded")
        kept.with_user(self.ann).write({"description": "Never mind"})
        kept[3:].with_user(self.ann).unlink()
        self.cr.flush()
        self.settle()
        self.assertGone(names)
        self.assertNothingWent()

    def test_a_kept_one_that_is_restored_is_in_step_again(self):
        events = self.fill(12)
        self.archive(events)
        self.sync()
        self.account.action_keep_deleted()
        self.sync()
        item = next(x for x in self.outlook("ann") if x["subject"] == "Visit 00")
        self.change_in_outlook("ann", item, location={"displayName": "Ghent"})
        self.sync()
        self.assertFalse(events[0].location)
        events[0].with_user(self.ann).write({"active": True, "name": "Back"})
        self.cr.flush()
        self.settle()
        self.assertEqual(events[0].location, "Ghent")
        self.assertIn("Back", self.subjects("ann"))
        self.assertEqual(len(self.subjects("ann")), 12)
        self.archive(events[0])  # goes out again
        self.sync()
        self.assertEqual(len(self.subjects("ann")), 11)

    def test_kept_series_stay_in_outlook(self):
        series = self.fill_series(12)
        self.archive(series[:6].calendar_event_ids)
        self.delete(series[6:].calendar_event_ids)
        self.sync()
        self.assertAsked(12)
        self.account.action_keep_deleted()
        self.settle()
        masters = self.masters()
        self.assertEqual(len(masters), 12)
        for master in masters:
            self.change_in_outlook("ann", master, subject="Changed there")
        self.settle()
        self.assertFalse(self.events(user_id=self.ann.id, active=True))

    def test_a_kept_one_that_is_deleted_in_outlook_is_forgotten(self):
        events = self.fill(12)
        self.archive(events)
        self.sync()
        self.account.action_keep_deleted()
        self.sync()
        self.delete_in_outlook("ann", self.outlook("ann")[0])
        self.settle()
        self.assertEqual(len(events.outlook_link_ids), 11)
        self.assertFalse(any(events.mapped("active")))

    def test_kept_ones_stay_after_reconnecting(self):
        events = self.fill(12, guests=self.zoe)
        self.archive(events)
        self.sync()
        self.account.action_keep_deleted()
        self.sync()
        self.account.sudo()._disconnect()
        self.account = self.connect(self.ann)
        self.settle()
        self.assertNothingWent()
        self.assertEqual(len(self.outlook("ann")), 12)
        self.assertEqual(self.events(user_id=self.ann.id), events)
        self.assertFalse(any(events.mapped("active")))
