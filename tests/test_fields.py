# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What only one side can say: it is shown, and survives."""

from odoo.tests import tagged

from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestFields(SeriesCase):
    def test_importance_is_shown_and_kept(self):
        self.in_outlook("ann", "Board", importance="high")
        self.series_in_outlook(importance="low")
        account = self.connect(self.ann)
        event = self.events(name="Board").with_user(self.ann)
        self.assertEqual(event.outlook_importance, "high")
        meeting = self.meetings(self.series_of())[0].with_user(self.ann)
        self.assertEqual(meeting.outlook_importance, "low")
        event.write({"name": "Other", "location": "Ghent", "show_as": "free"})
        self.cr.flush()
        self.sync(account)
        [item] = [i for i in self.outlook("ann") if i["subject"] == "Other"]
        self.assertEqual(item["importance"], "high")

    def test_problem_60_a_series_keeps_how_it_shows_and_its_sensitivity(self):
        master = self.series_in_outlook(showAs="oof", sensitivity="personal")
        account = self.connect(self.ann)
        series = self.series_of()
        self.assertEqual(set(self.meetings(series).mapped("privacy")), {"private"})
        self.assertEqual(set(self.meetings(series).mapped("show_as")), {"busy"})
        self.edit(self.meetings(series)[0], "all_events", name="Other")
        self.edit(self.meetings(series)[1], location="Ghent")
        self.sync(account)
        for row in self.instances(master):
            self.assertEqual((row["showAs"], row["sensitivity"]), ("oof", "personal"))
        self.quiet(account)

    def test_categories_become_tags_with_their_colours(self):
        scopes = [
            "MailboxSettings.ReadWrite",
            "Calendars.ReadWrite",
            "offline_access",
            "openid",
        ]
        self.control(
            "consents/ann@contoso.example",
            client_id="24d3b144-21ae-4080-943f-7067b395b913",
            scopes=scopes,
        )
        mailbox = self.sandbox.exchange.mailbox(self.person("ann"))
        mailbox.categories.append(
            {"id": "1", "displayName": "Paid", "color": "preset4"}
        )
        self.ann.group_ids += self.env.ref("base.group_system")
        self.in_outlook("ann", "Board", categories=["Paid"])
        self.connect(self.ann)
        tag = self.events(name="Board").categ_ids
        self.assertEqual((tag.name, tag.color), ("Paid", 10))

    def test_without_leave_to_read_categories_tags_have_no_colour(self):
        self.ann.group_ids += self.env.ref("base.group_system")
        self.in_outlook("ann", "Board", categories=["Paid"])
        account = self.connect(self.ann)
        tag = self.events(name="Board").categ_ids
        self.assertEqual((tag.name, tag.color), ("Paid", 0))
        self.assertFalse(account.error_message)

    def test_problem_59_a_description_is_not_worn_down(self):
        html = (
            "<p>Read <a href='https://example.com/a?b=1&amp;c=2'>this</a></p>"
            "<table><tbody><tr><td>1</td><td><b>2</b></td></tr></tbody></table>"
            "<ul><li>One</li><li>Two</li></ul><p>ä € 漢字</p>"
        )
        account = self.connect(self.ann)
        event = self.meet(self.ann, description=html)
        series = self.repeat(description=html).recurrence_id
        self.sync(account)
        before = str(event.description), str(self.meetings(series)[0].description)
        self.quiet(account)
        account.sudo()._target()._forget_cursor()
        self.quiet(account)
        after = str(event.description), str(self.meetings(series)[0].description)
        self.assertEqual(after, before)
