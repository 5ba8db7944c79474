# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A person sees whom a save mails, and chooses who invites."""

from playwright.sync_api import expect

from .browser import BrowserCase


class TestInvitationsOnTheForm(BrowserCase):
    prefix = "invitations-"

    def setUp(self):
        super().setUp()
        self.page = self.open_browser(self.ann)
        self.connect("ann")
        with self.odoo() as env:
            partners = env["res.partner"]
            for name in ("Zoe Zander", "Dan Dupont"):
                email = f"{name.split()[0].lower()}@customer.example"
                partners.create({"name": name, "email": email})
        self.notice = self.page.locator("[name=outlook_mail_notice].alert")

    def partner(self, env, name):
        return env["res.partner"].search([("name", "=", name)], limit=1)

    def meeting(self, **vals):
        """Let Ann have a meeting with Zoe; return the address of its form."""
        with self.odoo(self.ann) as env:
            people = self.ann.with_env(env).partner_id + self.partner(env, "Zoe Zander")
            vals["partner_ids"] = [(6, 0, people.ids)]
            board = self.in_odoo(env, self.ann, "Board", 11, **vals).id
        self.run_cron("push")
        return f"{self.base_url()}/odoo/calendar/{board}"

    def mails(self):
        return [(m.recipient, m.kind) for m in self.sandbox.exchange.mails]

    def save(self):
        self.page.click(".o_form_button_save")
        expect(self.page.locator(".o_form_button_save")).to_be_hidden()
        self.run_cron("push")

    def test_a_change_says_whom_it_mails(self):
        self.page.goto(self.meeting())
        self.sandbox.exchange.mails.clear()
        expect(self.page.locator("[name=outlook_invitations]")).to_contain_text(
            "Outlook"
        )
        expect(self.notice).to_be_hidden()
        self.picture(self.page, "form-sent")
        self.page.locator("[name=location] input").fill("Ghent")
        self.page.keyboard.press("Tab")
        expect(self.notice).to_contain_text(
            "Saving sends mail to 1 person through Outlook: Zoe Zander."
        )
        self.picture(self.page, "form-changed")
        self.save()
        expect(self.notice).to_be_hidden()
        self.assertEqual(self.mails(), [("zoe@customer.example", "update")])

    def test_a_copy_is_turned_into_a_meeting(self):
        self.page.goto(self.meeting(outlook_invitations="none"))
        self.assertEqual(self.mails(), [])
        self.picture(self.page, "form-copy")
        choice = self.page.locator("[name=outlook_invitations]")
        choice.locator("input, select").first.click()
        self.picture(self.page, "form-choosing")
        option = self.page.get_by_role("menuitem", name="Outlook sends")
        option.click()
        expect(self.notice).to_contain_text("to 1 person through Outlook: Zoe Zander.")
        self.picture(self.page, "form-chosen")
        self.save()
        self.assertEqual(self.mails(), [("zoe@customer.example", "invitation")])

    def test_a_new_meeting_in_the_calendar(self):
        self.open_calendar(self.page)
        self.click_slot(self.page, 14)
        dialog = self.page.locator(".modal")
        dialog.get_by_placeholder("Add Title").fill("Lunch")
        guests = dialog.locator("[name=partner_ids] input")
        guests.fill("Zoe")
        self.page.get_by_role("option", name="Zoe Zander").first.click()
        said = dialog.locator("[name=outlook_mail_notice]").first
        expect(said).to_contain_text("Saving sends mail to 1 person through Outlook")
        self.picture(self.page, "quick-create")
