# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The event form with what Outlook adds to it: Teams, importance, attachments."""

from base64 import b64encode

from playwright.sync_api import expect

from .browser import BrowserCase


class TestEventForm(BrowserCase):
    prefix = "fields-"

    def attach(self, item, name, kind="file", size=120_000):
        self.sandbox.exchange.attach(
            self.sandbox.directory.person("ann@contoso.example"),
            item["id"],
            {
                "@odata.type": f"#microsoft.graph.{kind}Attachment",
                "name": name,
                "contentType": "application/pdf",
                "contentBytes": b64encode(b"x" * size).decode(),
            },
        )

    def open_form(self, page, name):
        with self.odoo(self.ann) as env:
            event_id = env["calendar.event"].search([("name", "=", name)]).id
        page.goto(f"{self.base_url()}/odoo/calendar.event/{event_id}")
        page.wait_for_selector(".o_form_view")

    def test_the_form_shows_what_outlook_has(self):
        item = self.in_outlook("ann", "Board", 10, importance="high", showAs="oof")
        self.attach(item, "Annual plan.pdf")
        self.attach(item, "Budget.xlsx", "reference")
        page = self.open_browser(self.ann)
        self.connect("ann")
        self.sync_now(page)
        self.open_form(page, "Board")
        line = page.locator("[name=outlook]")
        expect(line).to_contain_text("High")
        expect(line).to_contain_text("Out of office")
        self.picture(page, "form")
        page.get_by_role("tab", name="Outlook attachments").click()
        rows = page.locator("[name=outlook_attachment_ids] .o_data_row")
        expect(rows).to_have_count(2)
        self.picture(page, "attachments")
        rows.nth(0).get_by_role("button", name="Copy to Odoo").click()
        page.get_by_role("tab", name="Outlook attachments").click()
        copied = rows.nth(0).locator("[name=is_copied] input")
        expect(copied).to_be_checked()
        self.picture(page, "attachment-copied")
        page.locator("[name=outlook_teams] input").check()
        self.picture(page, "teams-asked")
        page.click(".o_form_button_save")
        expect(page.locator(".o_form_button_save")).to_be_hidden()
        self.run_cron("push")
        page.reload()
        link = page.locator("[name=videocall_location] input")
        expect(link.first).not_to_have_value("")
        self.picture(page, "teams-made")

    def test_request_f20_contacts_are_made_on_the_meeting(self):
        guests = [
            {"emailAddress": {"address": f"{name.lower()}@far.example", "name": name}}
            for name in ("Mike", "Max")
        ]
        self.in_outlook("ann", "Board", 10, attendees=guests)
        page = self.open_browser(self.ann)
        self.open_calendar(page)
        page.click(".o_outlook_main")
        self.sign_in_to_outlook(page, "ann")
        modal = page.locator(".modal")
        modal.get_by_label("Ask me on each meeting").check()
        self.picture(page, "strangers-choice")
        modal.get_by_role("button", name="Start").click()
        self.wait_for_state(page, "connected")
        self.run_cron("pull")
        self.open_form(page, "Board")
        line = page.locator("[name=outlook_strangers_line]")
        expect(line).to_contain_text("Max <max@far.example>, Mike <mike@far.example>")
        self.picture(page, "strangers")
        line.get_by_role("button", name="Create contacts").click()
        expect(line).to_be_hidden()
        expect(page.locator("[name=partner_ids]").first).to_contain_text("Mike")
        self.picture(page, "strangers-known")
