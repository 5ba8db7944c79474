# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series whose links were lost, and which changed meanwhile."""

from odoo.tests import tagged

from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestReinstalled(SeriesCase):
    def setUp(self):
        super().setUp()
        account = self.connect(self.ann)
        self.known = self.repeat(guests=[self.contact("Zoe")])
        self.sync(account)
        account.sudo().unlink()
        self.mails = len(self.outlook_mails()), len(self.writes())

    def come_back(self):
        """Connect again; return what is listed under *Conflicts*."""
        account = self.connect(self.ann)
        self.sync(account)
        self.assertEqual((len(self.outlook_mails()), len(self.writes())), self.mails)
        self.assertEqual(self.series_of(), self.known.recurrence_id)
        lost = self.env["outlook.journal"].search([("is_open", "=", True)])
        return {(line.event_id, line.clash_field): line for line in lost}

    def silently(self, event, policy="self_only", **vals):
        self.edit(event.with_context(no_mail_to_attendees=True), policy, **vals)

    def test_problem_12_a_day_that_changed_meanwhile_is_listed(self):
        day = self.known[1]
        self.silently(day, location="Ghent")
        lost = self.come_back()
        self.assertEqual(set(lost), {(day, "Location")})
        self.assertFalse(day.location)
        lost[day, "Location"].with_user(self.ann).action_take_other()
        self.assertEqual(self.known.mapped("location"), [False, "Ghent"] + 3 * [False])

    def test_problem_12_a_day_that_was_moved_meanwhile_is_listed(self):
        day = self.known[1]
        start = day.start
        self.move(day.with_context(no_mail_to_attendees=True), hours=3)
        moved = day.start
        lost = self.come_back()
        self.assertEqual(set(lost), {(day, "Time")})
        self.assertEqual(day.start, start)
        lost[day, "Time"].with_user(self.ann).action_take_other()
        self.assertEqual(day.start, moved)

    def test_problem_12_a_series_that_changed_meanwhile_is_listed(self):
        self.silently(self.known[0], "all_events", location="Ghent")
        lost = self.come_back()
        self.assertEqual([name for _event, name in lost], ["Location"])
        self.assertEqual(set(self.known.mapped("location")), {False})

    def test_problem_12_what_did_not_change_is_not_listed(self):
        self.assertEqual(self.come_back(), {})

    def test_problem_12_a_busy_series_is_no_conflict(self):
        """What Outlook was not to know there is not taken for its value."""
        account = self.connect(self.ann, privacy_filter="busy")
        series = self.repeat(name="Secret", privacy="private")
        self.sync(account)
        account.sudo().unlink()
        account = self.connect(self.ann, start=False, privacy_filter="busy")
        account.action_start()
        self.sync(account)
        self.assertEqual(set(series.mapped("name")), {"Secret"})
        self.assertFalse(self.env["outlook.journal"].search([("is_open", "=", True)]))
