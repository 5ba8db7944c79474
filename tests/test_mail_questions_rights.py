# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who is told whom a change mails, and what asking costs."""

from odoo.tests import new_test_user, tagged

from .test_mail_questions import QuestionsCase


@tagged("post_install", "-at_install")
class TestWhoMayAsk(QuestionsCase):
    def ask(self, user, event, doing="delete"):
        return event.with_user(user).outlook_mail_question(doing, {})

    def test_a_colleague_who_may_change_it_is_told(self):
        event = self.board()
        self.assertEqual(self.ask(self.bob, event), self.ask(self.ann, event))

    def test_private_meetings_of_others_tell_nothing(self):
        event = self.meet(self.ann, guests=[self.zoe], privacy="private")
        series = self.repeat(guests=[self.zoe])
        self.settle()
        self.save(series[1], privacy="private")
        self.settle()
        later = self.dragged(event, hours=1)
        for doing in ("move", "delete", "archive", "restore"):
            for one in (event, series[1], series[2]):
                with self.subTest(doing=doing):
                    asked = one.with_user(self.bob)
                    self.assertFalse(asked.outlook_mail_question(doing, later))
        self.assertTrue(self.ask(self.ann, event))

    def test_strangers_and_strange_questions(self):
        event = self.board()
        portal = new_test_user(self.env, "portal.guest", "base.group_portal")
        self.assertFalse(self.ask(portal, event))
        self.assertFalse(self.ask(self.ann, event, "burn"))
        self.assertFalse(self.ask(self.ann, event.browse(event.id + 10**6)))

    def test_at_rest_nothing_is_foretold(self):
        event = self.board()
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("outlook_calendar.enabled", "False")
        self.assertFalse(self.ask(self.ann, event))

    def test_asking_changes_nothing_and_makes_no_request(self):
        event = self.board()
        self.sandbox.requests.clear()
        start = event.start
        self.assertTrue(self.said(event, "move", **self.dragged(event, hours=1)))
        self.env.flush_all()
        self.cr.flush()
        self.assertEqual(event.start, start)
        self.assertFalse(self.outbox())
        self.assertEqual(list(self.sandbox.requests), [])

    def test_a_page_knows_whether_asking_makes_sense(self):
        """Nobody is connected: no request is made before a change."""
        self.assertTrue(self.is_used(self.bob))
        portal = new_test_user(self.env, "portal.guest", "base.group_portal")
        self.assertFalse(self.is_used(portal))
        self.account.sudo().unlink()
        self.assertFalse(self.is_used(self.bob))

    def is_used(self, user):
        return self.env["outlook.status"].with_user(user)._is_used()
