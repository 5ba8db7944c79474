# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The preview before the first exchange, as a person sees and uses it."""

from datetime import timedelta

from playwright.sync_api import expect

from .browser import BrowserCase
from .common import graph_time


class TestPreview(BrowserCase):
    prefix = "preview-"

    def fill_both_sides(self):
        """Meetings of many weeks: pairs, private ones, guests, and past ones."""
        with self.odoo() as env:
            guests = env["res.partner"].create(
                [
                    {"name": "Zoe Zimmer", "email": "zoe@customer.example"},
                    {"name": "Max Moser", "email": "max@customer.example"},
                ]
            )
            invited = [(6, 0, (self.ann.with_env(env).partner_id | guests).ids)]
            self.in_odoo(env, self.ann, "Supplier call", 15, partner_ids=invited)
            self.in_odoo(env, self.ann, "Review", 11, location="Room 1")
            self.in_odoo(env, self.ann, "Doctor", 16, privacy="private")
            for week in range(1, 9):
                self.later(env, f"Sprint {week}", timedelta(weeks=week))
            self.later(env, "Last year", timedelta(weeks=-3))
        self.in_outlook("ann", "Review", 11, location={"displayName": "Room 2"})
        self.in_outlook("ann", "Dentist", 9, sensitivity="private")
        for week in range(2, 14, 2):
            start = self.at(14) + timedelta(weeks=week)
            self.in_outlook(
                "ann",
                f"Customer {week}",
                14,
                start=graph_time(start),
                end=graph_time(start + timedelta(hours=1)),
            )

    def later(self, env, name, delay):
        event = self.in_odoo(env, self.ann, name, 10)
        event.write({"start": event.start + delay, "stop": event.stop + delay})

    def sign_in(self, page):
        self.open_calendar(page)
        page.click(".o_outlook_main")
        self.sign_in_to_outlook(page, "ann")
        return page.locator(".modal .o_outlook_first_sync")

    def number(self, preview, name):
        return preview.locator(f"[name={name}]").first

    def test_choices_change_the_numbers_and_start_shows_progress(self):
        self.sandbox.exchange.switches.set("delta_page_limit", 3)
        self.fill_both_sides()
        page = self.open_browser(self.ann)
        self.fault("delay", path="delta", delay=1.0, times=4)
        preview = self.sign_in(page)
        self.stop_and_go_on(page, preview)
        self.choose_and_see(page, preview)
        self.look_at_everything(page, preview)
        self.assertEqual(len(self.subjects("ann")), 8)
        self.assertEqual(self.mails(), [])
        self.start_and_follow(page)
        self.assertEqual(self.mails(), [])

    def mails(self):
        return list(self.sandbox.exchange.mails)

    def stop_and_go_on(self, page, preview):
        expect(preview.get_by_role("progressbar")).to_be_visible()
        self.picture(page, "reading")
        preview.get_by_role("button", name="Stop reading").click()
        expect(preview).to_contain_text("Stopped.")
        expect(
            page.locator(".modal").get_by_role("button", name="Start")
        ).to_be_hidden()
        self.picture(page, "stopped")
        preview.get_by_role("button", name="Go on reading").click()
        expect(self.number(preview, "in_count")).to_have_text("7")
        expect(self.number(preview, "out_count")).to_have_text("10")
        expect(self.number(preview, "joined_count")).to_have_text("1")
        expect(self.number(preview, "left_out_count")).to_have_text("1")
        expect(preview).to_contain_text("Nobody gets mail.")
        self.picture(page, "read")

    def choose_and_see(self, page, preview):
        preview.get_by_label("Leave them out").check()
        expect(self.number(preview, "out_count")).to_have_text("9")
        expect(self.number(preview, "in_count")).to_have_text("6")
        expect(self.number(preview, "left_out_count")).to_have_text("3")
        self.picture(page, "no-private")
        preview.get_by_label("The time alone").check()
        expect(self.number(preview, "in_count")).to_have_text("7")
        expect(self.number(preview, "out_count")).to_have_text("10")
        preview.get_by_label("Copy all of them").check()
        expect(self.number(preview, "out_count")).to_have_text("11")
        preview.get_by_label("Copy the upcoming ones").check()
        preview.get_by_label("Invite their guests").check()
        expect(preview).to_contain_text("People who get mail: 2")
        self.picture(page, "would-mail")
        preview.get_by_role("tab", name="Mail").click()
        expect(preview).to_contain_text("zoe@customer.example")
        self.picture(page, "who-gets-mail")
        preview.get_by_role("tab", name="Choices").click()
        preview.get_by_label("Invite their guests").uncheck()
        expect(preview).to_contain_text("Nobody gets mail.")
        preview.locator("[name=days_future] input").fill("21")
        preview.locator("[name=days_past] input").click()
        expect(self.number(preview, "in_count")).to_have_text("2")
        reads = self.requests()
        preview.locator("[name=days_future] input").fill("365")
        preview.locator("[name=days_past] input").click()
        expect(self.number(preview, "in_count")).to_have_text("7")
        self.assertEqual(self.requests(), reads)
        self.picture(page, "choices")

    def requests(self):
        return len(self.sandbox.requests)

    def look_at_everything(self, page, preview):
        preview.get_by_role("tab", name="Week by week").click()
        expect(preview.locator(".o_outlook_week").first).to_be_visible()
        self.picture(page, "weeks")
        preview.get_by_role("tab", name="Meetings").click()
        preview.get_by_role("button", name="Joined (1)").click()
        row = preview.get_by_role("row", name="Review")
        expect(row).to_contain_text("kept on both sides: place")
        self.picture(page, "meetings-joined")
        preview.get_by_role("button", name="All").click()
        self.picture(page, "meetings")

    def start_and_follow(self, page):
        page.locator(".modal").get_by_role("button", name="Start").click()
        self.wait_for_state(page, "connected")
        progress = page.locator(".o_outlook_progress")
        expect(progress).to_have_attribute("data-phase", "reading")
        self.picture(page, "started")
        self.run_cron("pull")
        expect(progress).to_have_attribute("data-phase", "sending")
        self.picture(page, "sending")
        self.open_calendar(page)  # a closed browser changes nothing
        expect(progress).to_have_attribute("data-phase", "sending")
        self.run_cron("push")
        expect(progress).to_have_count(0)
        expect(self.event(page, "Busy")).to_be_visible()
        expect(self.event(page, "Dentist")).to_have_count(0)
        self.picture(page, "done")
        self.assertEqual(len(self.subjects("ann")), 18)
        self.assertIn("Busy", self.subjects("ann"))
        self.assertNotIn("Doctor", self.subjects("ann"))

    def test_a_long_list_and_the_calendar_of_new_meetings(self):
        self.prefix = "preview-long-"
        for number in range(505):
            start = self.at(8) + timedelta(hours=number)
            body = {"start": graph_time(start)}
            body["end"] = graph_time(start + timedelta(hours=1))
            self.in_outlook("ann", f"Visit {number}", 8, **body)
        page = self.open_browser(self.ann)
        preview = self.sign_in(page)
        expect(self.number(preview, "in_count")).to_have_text("505")
        calendar = preview.locator("[name=chosen_calendar_ids] input:checked")
        calendar.click()
        told = page.locator(".o_notification")
        expect(told).to_contain_text("New meetings go to Calendar")
        self.picture(page, "stays")
        expect(calendar).to_have_count(1)
        preview.get_by_role("tab", name="Meetings").click()
        lines = preview.locator(".o_outlook_lines")
        expect(lines).to_contain_text("Listed are the first 500 of 505, by date.")
        self.picture(page, "first-500")
        lines.get_by_role("button", name="Show more").click()
        expect(lines.locator(".o_outlook_more")).to_have_count(0)
        expect(lines.locator(".o_pager")).to_contain_text("505")
        self.picture(page, "all")
