# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Attachments of Outlook's meetings in Odoo, and what reading them costs."""

from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .series import SeriesCase


def file(name="plan.pdf", content=b"%PDF-1.7", kind="fileAttachment", **members):
    return {
        "@odata.type": f"#microsoft.graph.{kind}",
        "name": name,
        "contentType": "application/pdf",
        "contentBytes": b64encode(content).decode(),
        **members,
    }


@tagged("post_install", "-at_install")
class TestAttachments(SeriesCase):
    def attach(self, item, **values):
        person = self.person("ann")
        return self.sandbox.exchange.attach(person, item["id"], file(**values))

    def detach(self, item, row):
        self.sandbox.exchange.detach(self.person("ann"), item["id"], row["id"])

    def asked(self):
        """Return the paths of the requests about attachments."""
        return [r.path for r in self.sandbox.requests if "attachments" in r.path]

    def listed(self, event, user=None):
        event.invalidate_recordset()
        return event.with_user(user or self.ann).outlook_attachment_ids

    def test_they_are_listed_without_being_copied(self):
        item = self.in_outlook("ann")
        self.attach(item)
        self.attach(item, name="agenda.docx", content=b"x" * 3000)
        account = self.connect(self.ann)
        event = self.events(name="Board")
        rows = self.listed(event)
        self.assertEqual(rows.mapped("name"), ["agenda.docx", "plan.pdf"])
        self.assertEqual(rows.sudo().mapped("size"), [3000, 8])
        self.assertTrue(all(rows.mapped("web_link")))
        self.assertEqual(len(self.asked()), 1)
        domain = [("res_model", "=", "calendar.event"), ("res_id", "=", event.id)]
        self.assertFalse(self.env["ir.attachment"].search(domain))
        self.sync(account)
        self.assertEqual(len(self.asked()), 1)

    def test_items_without_attachments_cost_no_request(self):
        account = self.connect(self.ann)
        item = self.in_outlook("ann")
        self.series_in_outlook()
        self.sync(account)
        self.change_in_outlook("ann", item, subject="Board II")
        event = self.events(name="Board")
        event.with_user(self.ann).write({"location": "Ghent"})
        self.cr.flush()
        self.sync(account)
        self.assertFalse(self.asked())

    def test_our_own_change_asks_for_nothing(self):
        account = self.connect(self.ann)
        self.attach(self.in_outlook("ann"))
        self.sync(account)
        asked = len(self.asked())
        event = self.events(name="Board")
        event.with_user(self.ann).write({"location": "Ghent"})
        self.cr.flush()
        self.sync(account)
        self.sync(account)
        self.assertEqual(len(self.asked()), asked)
        self.assertTrue(self.outlook("ann")[0]["hasAttachments"])

    def test_what_is_added_and_removed_later_follows(self):
        account = self.connect(self.ann)
        item = self.in_outlook("ann")
        self.sync(account)
        event = self.events(name="Board")
        self.assertFalse(self.listed(event))
        first = self.attach(item)
        self.sync(account)
        kept = self.listed(event)
        self.attach(item, name="two.pdf")
        self.sync(account)
        self.assertEqual(self.listed(event).mapped("name"), ["plan.pdf", "two.pdf"])
        self.assertIn(kept, self.listed(event))
        self.detach(item, first)
        self.sync(account)
        self.assertEqual(self.listed(event).mapped("name"), ["two.pdf"])
        [row] = self.sandbox.exchange.attachments(self.person("ann"), item["id"])
        self.detach(item, row)
        self.sync(account)
        self.assertFalse(self.listed(event))

    def test_pictures_within_the_text_are_none(self):
        item = self.in_outlook("ann")
        self.attach(item)
        self.attach(item, name="logo.png", isInline=True)
        self.connect(self.ann)
        rows = self.listed(self.events(name="Board"))
        self.assertEqual(rows.mapped("name"), ["plan.pdf"])

    def test_those_of_a_series_show_on_each_meeting(self):
        account = self.connect(self.ann)
        master = self.series_in_outlook()
        self.attach(master)
        self.sync(account)
        meetings = self.meetings(self.series_of())
        for meeting in meetings:
            self.assertEqual(self.listed(meeting).mapped("name"), ["plan.pdf"])
        row, third = self.listed(meetings[2]), meetings[2]
        row.with_context(outlook_event_id=third.id).action_copy()
        self.assertEqual(self.copies(third).raw, b"%PDF-1.7")
        asked = len(self.asked())
        self.quiet(account)
        self.assertEqual(len(self.asked()), asked)

    def test_those_of_one_day_show_on_that_day_alone(self):
        account = self.connect(self.ann)
        master = self.series_in_outlook()
        self.attach(master)
        third = self.instance(master, self.day(14))
        self.attach(third, name="minutes.pdf")
        self.sync(account)
        names = [
            self.listed(meeting).mapped("name")
            for meeting in self.meetings(self.series_of())
        ]
        usual = ["plan.pdf"]
        every = [usual, usual, ["minutes.pdf", "plan.pdf"], usual, usual]
        self.assertEqual(names, every)
        meeting = self.meetings(self.series_of())[2]
        row = self.listed(meeting).filtered(lambda one: one.name == "minutes.pdf")
        row.with_context(outlook_event_id=meeting.id).action_copy()
        self.assertEqual(self.copies(meeting).name, "minutes.pdf")
        self.quiet(account)

    def copies(self, event):
        domain = [("res_model", "=", "calendar.event"), ("res_id", "=", event.id)]
        return self.env["ir.attachment"].search(domain)

    def test_one_is_copied_when_its_reader_asks(self):
        item = self.in_outlook("ann")
        self.attach(item)
        self.connect(self.ann)
        event = self.events(name="Board")
        row = self.listed(event)
        row.action_copy()
        self.assertEqual(self.copies(event).raw, b"%PDF-1.7")
        self.assertEqual(self.copies(event).create_uid, self.ann)
        self.assertTrue(self.listed(event).is_copied)
        with self.assertRaisesRegex(UserError, "already"):
            row.action_copy()

    def test_the_limit_is_a_system_parameter(self):
        item = self.in_outlook("ann")
        self.attach(item, content=b"x" * (2 * 1024 * 1024))
        self.connect(self.ann)
        row = self.listed(self.events(name="Board"))
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("outlook_calendar.attachment_limit", "1")
        with self.assertRaisesRegex(UserError, "at most 1 MB"):
            row.action_copy()
        self.assertEqual(len(self.asked()), 1)
        parameters.set_param("outlook_calendar.attachment_limit", "no number")
        row.action_copy()

    def test_more_than_10_mb_stays_in_outlook(self):
        item = self.in_outlook("ann")
        self.attach(item, content=b"x" * (10 * 1024 * 1024 + 1))
        self.connect(self.ann)
        with self.assertRaisesRegex(UserError, "Open it in Outlook"):
            self.listed(self.events(name="Board")).action_copy()

    def test_what_is_no_file_is_opened_in_outlook(self):
        item = self.in_outlook("ann")
        self.attach(item, kind="referenceAttachment")
        self.connect(self.ann)
        row = self.listed(self.events(name="Board"))
        self.assertEqual(row.kind, "reference")
        with self.assertRaisesRegex(UserError, "no file"):
            row.action_copy()

    def test_a_file_that_is_gone_is_said_in_words(self):
        item = self.in_outlook("ann")
        row = self.attach(item)
        self.connect(self.ann)
        self.detach(item, row)
        with self.assertRaisesRegex(UserError, "Outlook"):
            self.listed(self.events(name="Board")).action_copy()

    def test_a_list_that_cannot_be_read_stops_nothing(self):
        self.attach(self.in_outlook("ann"))
        self.fault("status", status=403, method="GET", path="attachments", times=1)
        self.connect(self.ann)
        event = self.events(name="Board")
        self.assertTrue(event)
        self.assertFalse(self.listed(event))

    def test_colleagues_see_it_and_those_of_private_meetings_stay_hidden(self):
        item = self.in_outlook("ann", "Open")
        self.attach(item)
        secret = self.in_outlook("ann", "Secret", hours=30, sensitivity="private")
        self.attach(secret)
        master = self.series_in_outlook(sensitivity="private")
        self.attach(master)
        self.connect(self.ann)
        for event in self.events(user_id=self.ann.id):
            self.assertTrue(self.listed(event))
        self.env["res.users.settings"]._find_or_create_for_user(self.ann)
        self.env.flush_all()
        row = self.listed(self.events(name="Open"), self.carol)
        self.assertEqual(row.name, "plan.pdf")
        self.assertFalse(row.web_link)
        with self.assertRaises(AccessError):
            row.action_copy()
        for event in self.events(user_id=self.ann.id) - self.events(name="Open"):
            self.assertFalse(self.listed(event, self.carol))
        found = self.env["outlook.attachment"].with_user(self.carol).search([])
        self.assertEqual(found, row)
        with self.assertRaises(AccessError):
            row.read(["remote_id"])
        self.ann.with_user(self.ann).calendar_default_privacy = "private"
        self.env.invalidate_all()
        self.assertFalse(self.listed(self.events(name="Open"), self.carol))

    def test_each_guest_reads_the_attachments_of_his_own_copy(self):
        account, bob = self.connect(self.ann), self.connect(self.bob)
        event = self.meet(self.ann, guests=[self.bob.partner_id])
        self.sync(account)
        self.attach(self.outlook("ann")[0])
        self.change_in_outlook("ann", self.outlook("ann")[0], subject="With a plan")
        self.sync(account, bob)
        own = self.listed(event, self.bob)
        self.assertTrue(own.is_own)
        self.assertNotEqual(own, self.listed(event))
        own.with_user(self.bob).action_copy()
        self.assertTrue(self.copies(event))

    def test_disconnecting_takes_the_list_away(self):
        self.attach(self.in_outlook("ann"))
        account = self.connect(self.ann)
        event = self.events(name="Board")
        account.action_disconnect()
        account.sudo().unlink()
        self.assertFalse(self.listed(event))


@tagged("post_install", "-at_install")
class TestColors(SeriesCase):
    def grant(self, *scopes):
        """Consent, as an administrator does, to more than the sign-in asks for."""
        scopes = ("openid", "profile", "offline_access", "Calendars.ReadWrite", *scopes)
        where = "consents/ann@contoso.example"
        app = "24d3b144-21ae-4080-943f-7067b395b913"
        self.control(where, client_id=app, scopes=list(scopes))

    def color(self, name, preset):
        mailbox = self.sandbox.exchange.mailbox(self.person("ann"))
        row = {"id": name, "displayName": name, "color": preset}
        mailbox.categories.append(row)

    def asked(self):
        return [r for r in self.sandbox.requests if "masterCategories" in r.path]

    def tags(self):
        tags = self.env["calendar.event.type"].search([("name", "ilike", "Tag ")])
        return {tag.name: tag.color for tag in tags}

    def make_admin(self):
        self.ann.sudo().group_ids += self.env.ref("base.group_system")

    def test_a_new_tag_has_the_colour_of_its_category(self):
        self.make_admin()
        self.grant("MailboxSettings.Read")
        self.color("Tag Sales", "preset0")
        self.color("Tag Calm", "preset7")
        self.in_outlook("ann", categories=["Tag Sales", "Tag None"])
        self.series_in_outlook(categories=["tag calm"])
        account = self.connect(self.ann)
        self.assertEqual(
            {name.lower(): color for name, color in self.tags().items()},
            {"tag sales": 1, "tag calm": 4, "tag none": 0},
        )
        self.assertEqual(len(self.asked()), 1)
        self.in_outlook("ann", "Next", hours=40, categories=["Tag Sales"])
        self.sync(account)
        self.assertEqual(len(self.asked()), 1)

    def test_without_the_permission_tags_have_no_colour_and_nobody_is_bothered(self):
        self.make_admin()
        self.color("Tag Sales", "preset0")
        self.in_outlook("ann", categories=["Tag Sales"])
        account = self.connect(self.ann)
        self.assertEqual(self.tags(), {"Tag Sales": 0})
        self.assertEqual([r.status for r in self.asked()], [403])
        self.assertFalse(self.journal("fail"))
        self.assertFalse(account.error_message)

    def test_who_may_not_create_tags_asks_for_no_colours(self):
        self.in_outlook("ann", categories=["Tag Sales"])
        self.connect(self.ann)
        self.assertFalse(self.asked())
        self.assertFalse(self.tags())
