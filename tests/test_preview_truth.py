# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the preview tells is what happens."""

from odoo.tests import tagged

from .preview import PreviewCase


@tagged("post_install", "-at_install")
class TestPreviewTruth(PreviewCase):
    def check_truth(self, **choices):
        """Start with choices; what happens is what the preview has said."""
        self.connect(self.ann, start=False)
        events, items = len(self.events()), len(self.outlook("ann"))
        before = len(self.outlook_mails())
        self.env["mail.mail"].sudo().search([]).unlink()
        wizard = self.preview(self.ann, **choices)
        told = self.counts(wizard)
        wizard.action_start()
        self.run_cron("pull")
        self.run_cron("push")
        mailed = {mail.recipient for mail in self.outlook_mails()[before:]}
        made = len(self.events()) - events, len(self.outlook("ann")) - items
        self.assertEqual((*made, len(mailed)), (told[0], told[1], told[4]))
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), 0)
        return told

    def test_what_is_told_happens_by_default(self):
        self.fill()
        self.assertEqual(self.check_truth()[4], 0)

    def test_what_is_told_happens_with_invitations(self):
        self.fill()
        choices = {"export_invites": True, "privacy_filter": "busy"}
        self.assertEqual(self.check_truth(**choices)[4], 1)

    def test_what_is_told_happens_for_all_but_private_ones(self):
        self.fill()
        self.check_truth(export_existing="all", privacy_filter="leave_out")

    def test_what_is_told_happens_one_way(self):
        self.fill()
        self.check_truth(direction="push")

    def test_unknown_guests_become_contacts_as_chosen(self):
        self.fill()
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann, contact_rule="keep")
        self.assertEqual(wizard.contact_count, 0)
        wizard.action_start()
        self.run_cron("pull")
        partners = self.env["res.partner"]
        stranger = [("email", "=", "new@x.example")]
        self.assertFalse(partners.search(stranger))
        self.assertTrue(self.events(name="New"))
