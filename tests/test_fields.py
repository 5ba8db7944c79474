# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Each field in both directions, of single meetings and of series."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .series import SeriesCase

SHOWN = ("oof", "tentative", "workingElsewhere")
PLACES = [
    {"displayName": "Room 1"},
    {"displayName": "Room 2", "locationUri": "https://maps.example/2"},
]
BODIES = {
    "table": '<table border="1"><tbody><tr><td>A</td><td>B</td></tr></tbody></table>',
    "link": '<p><a href="https://example.com/a?b=1&amp;c=2">the <b>plan</b></a></p>',
    "image": '<p>Map <img src="https://example.com/map.png" alt="map"></p>',
    "list": "<ul><li>One</li><li>Two <em>x</em></li></ul><h2>Then</h2><p>3 &lt; 4</p>",
    "empty": "",
    "lines": "<p>One<br>Two</p><p><br></p><p>Three</p>",
    "odd": '<p style="margin:0"><span style="color:red">Red</span>&nbsp;&amp; 漢字</p>',
    "large": "<p>" + "Long minutes of a long meeting. " * 32_000 + "</p>",
}


def html(text, kind="html"):
    return {"contentType": kind, "content": text}


class FieldsCase(SeriesCase):
    def save(self, event, **vals):
        event.with_user(self.ann).write(vals)
        self.cr.flush()

    def item(self):
        [item] = self.outlook("ann")
        return item


@tagged("post_install", "-at_install")
class TestSingle(FieldsCase):
    def test_problem_60_show_as_survives_pushes_of_other_fields(self):
        for value in SHOWN:
            self.in_outlook("ann", value, showAs=value)
        account = self.connect(self.ann)
        for value in SHOWN:
            event = self.events(name=value)
            self.save(event, location="Ghent", description="<p>x</p>")
        self.sync(account)
        found = {item["subject"]: item["showAs"] for item in self.outlook("ann")}
        self.assertEqual(found, {value: value for value in SHOWN})
        self.quiet(account)

    def test_show_as_goes_out_when_odoo_changes_it(self):
        self.in_outlook("ann", showAs="oof")
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.assertEqual(event.show_as, "busy")
        self.save(event, show_as="free")
        self.sync(account)
        self.assertEqual(self.item()["showAs"], "free")
        self.change_in_outlook("ann", self.item(), showAs="tentative")
        self.sync(account)
        self.assertEqual(event.show_as, "busy")
        self.assertEqual(event.with_user(self.ann).outlook_show_as, "tentative")
        self.quiet(account)

    def test_problem_63_personal_stays_personal_and_hidden(self):
        for value in ("personal", "private", "confidential"):
            self.in_outlook("ann", value, sensitivity=value)
        account = self.connect(self.ann)
        for value in ("personal", "private", "confidential"):
            self.save(self.events(name=value), location="Ghent", show_as="free")
        self.sync(account)
        found = {item["subject"]: item["sensitivity"] for item in self.outlook("ann")}
        self.assertEqual(found, {name: name for name in found})
        seen = self.events(name="personal").with_user(self.carol)
        seen.invalidate_recordset()
        self.assertNotEqual(seen.name, "personal")
        self.env.invalidate_all()
        self.quiet(account)

    def test_privacy_goes_both_ways(self):
        account = self.connect(self.ann)
        event = self.meet(self.ann)
        self.sync(account)
        self.assertEqual(self.item()["sensitivity"], "normal")
        for privacy, sensitivity in (
            ("private", "private"),
            ("confidential", "confidential"),
            ("public", "normal"),
        ):
            self.save(event, privacy=privacy)
            self.sync(account)
            self.assertEqual(self.item()["sensitivity"], sensitivity)
        self.change_in_outlook("ann", self.item(), sensitivity="personal")
        self.sync(account)
        self.assertEqual(event.privacy, "private")
        self.quiet(account)

    def test_importance_is_kept_and_shown(self):
        self.in_outlook("ann", "High", importance="high")
        self.in_outlook("ann", "Normal", hours=30)
        account = self.connect(self.ann)
        high = self.events(name="High").with_user(self.ann)
        normal = self.events(name="Normal").with_user(self.ann)
        self.assertEqual(high.outlook_importance, "high")
        self.assertFalse(normal.outlook_importance)
        self.assertFalse(high.with_user(self.carol).outlook_importance)
        self.save(high, name="High II", description="<p>x</p>")
        self.sync(account)
        found = {i["subject"]: i["importance"] for i in self.outlook("ann")}
        self.assertEqual(found, {"High II": "high", "Normal": "normal"})
        item = next(i for i in self.outlook("ann") if i["subject"] == "Normal")
        self.change_in_outlook("ann", item, importance="low")
        self.sync(account)
        normal.invalidate_recordset()
        self.assertEqual(normal.outlook_importance, "low")
        self.quiet(account)

    def test_several_locations_survive_other_changes(self):
        self.in_outlook("ann", locations=PLACES)
        account = self.connect(self.ann)
        event = self.events(name="Board")
        self.save(event, name="Board II", description="<p>x</p>")
        self.sync(account)
        places = self.item()["locations"]
        self.assertEqual([p["displayName"] for p in places], ["Room 1", "Room 2"])
        self.assertEqual(places[1]["locationUri"], "https://maps.example/2")
        self.change_in_outlook("ann", self.item(), locations=PLACES[1:])
        self.sync(account)
        self.assertEqual(event.location, "Room 2")
        self.quiet(account)

    def alarm(self, kind, minutes):
        return self.env["calendar.alarm"].create(
            {
                "name": f"{kind} {minutes}",
                "alarm_type": kind,
                "duration": minutes,
                "interval": "minutes",
            }
        )

    def test_problem_61_mail_alarms_keep_firing(self):
        account = self.connect(self.ann)
        mail, soon = self.alarm("email", 30), fields.Datetime.now()
        zoe = self.contact("Zoe")
        event = self.meet(self.ann, guests=[zoe], hours=1, alarm_ids=mail.ids)
        self.sync(account)
        self.change_in_outlook("ann", self.item(), isReminderOn=True)
        soon += timedelta(minutes=29)
        self.save(event, start=soon, stop=soon + timedelta(hours=1))
        self.sync(account)
        self.assertIn(mail, event.alarm_ids)
        domain = [("recipient_ids", "in", zoe.ids)]
        self.assertFalse(self.env["mail.mail"].sudo().search(domain))
        lastcall = fields.Datetime.now() - timedelta(minutes=5)
        manager = self.env["calendar.alarm_manager"].with_context(lastcall=lastcall)
        manager._send_reminder()
        self.assertTrue(self.env["mail.mail"].sudo().search(domain))

    def test_mail_and_sms_alarms_are_neither_sent_nor_removed(self):
        account = self.connect(self.ann)
        others = self.alarm("email", 30)
        kinds = self.env["calendar.alarm"]._fields["alarm_type"]
        if "sms" in kinds.get_values(self.env):
            others |= self.alarm("sms", 45)
        event = self.meet(self.ann, alarm_ids=others.ids)
        self.sync(account)
        self.assertFalse(self.item()["isReminderOn"])
        self.change_in_outlook(
            "ann", self.item(), isReminderOn=True, reminderMinutesBeforeStart=10
        )
        self.sync(account)
        self.assertLessEqual(set(others.ids), set(event.alarm_ids.ids))
        self.assertEqual(len(event.alarm_ids), len(others) + 1)
        self.quiet(account)


@tagged("post_install", "-at_install")
class TestBodies(FieldsCase):
    def test_problem_59_odoos_text_survives_three_rounds(self):
        account = self.connect(self.ann)
        events = {
            name: self.meet(self.ann, name, hours=24 + 2 * at, description=text)
            for at, (name, text) in enumerate(BODIES.items())
        }
        before = {name: event.description for name, event in events.items()}
        self.sync(account)
        writes = len(self.writes())
        for _round in range(3):
            for item in self.outlook("ann"):  # Exchange stirs, and says the same
                self.sandbox.exchange.touch_event(self.person("ann"), item["id"])
            self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        for name, event in events.items():
            self.assertEqual(event.description, before[name], name)

    def test_problem_59_outlooks_text_survives_three_rounds(self):
        for at, (name, text) in enumerate(BODIES.items()):
            self.in_outlook("ann", name, hours=24 + 2 * at, body=html(text))
        lines = html("One\r\nTwo <3\r\n\r\nhttps://example.com", "text")
        self.in_outlook("ann", "plain", hours=60, body=lines)
        account = self.connect(self.ann)
        before = {i["subject"]: i["body"] for i in self.outlook("ann")}
        texts = {e.id: e.description for e in self.events(user_id=self.ann.id)}
        for turn in range(3):
            for event in self.events(user_id=self.ann.id):  # saved, and nothing changed
                self.save(event, description=event.description)
            self.quiet(account)
            self.assertEqual(
                {i["subject"]: i["body"] for i in self.outlook("ann")}, before, turn
            )
        now = {e.id: e.description for e in self.events(user_id=self.ann.id)}
        self.assertEqual(now, texts)
        self.assertIn("Two &lt;3", self.events(name="plain").description)
        self.assertFalse(self.writes())

    def test_problem_59_other_changes_leave_the_text_alone(self):
        self.in_outlook("ann", body=html(BODIES["odd"]))
        account = self.connect(self.ann)
        before = self.item()["body"]
        event = self.events(name="Board")
        for turn in range(3):
            self.save(event, location=f"Room {turn}")
            self.sync(account)
            self.assertEqual(self.item()["body"], before)


@tagged("post_install", "-at_install")
class TestSeries(FieldsCase):
    def series(self, **body):
        """Return account and meetings of a series made in Outlook."""
        self.series_in_outlook(**body)
        account = self.connect(self.ann)
        return account, self.meetings(self.series_of())

    def test_problem_60_show_as_of_a_series_survives(self):
        account, meetings = self.series(showAs="workingElsewhere")
        self.assertEqual(set(meetings.mapped("show_as")), {"free"})
        self.edit(meetings[0], "all_events", location="Ghent")
        self.edit(meetings[2], name="This day")
        self.sync(account)
        [master] = self.masters()
        rows = self.instances(master)
        self.assertEqual({r["showAs"] for r in rows}, {"workingElsewhere"})
        self.assertEqual(rows[2]["subject"], "This day")
        self.quiet(account)

    def test_problem_63_a_personal_series_stays_personal(self):
        account, meetings = self.series(sensitivity="personal")
        self.assertEqual(set(meetings.mapped("privacy")), {"private"})
        self.edit(meetings[0], "all_events", location="Ghent")
        self.edit(meetings[2], name="This day")
        self.sync(account)
        [master] = self.masters()
        rows = self.instances(master)
        self.assertEqual({r["sensitivity"] for r in rows}, {"personal"})
        self.quiet(account)

    def test_importance_of_a_series_is_kept_and_shown(self):
        account, meetings = self.series(importance="high")
        shown = meetings.with_user(self.ann).mapped("outlook_importance")
        self.assertEqual(set(shown), {"high"})
        self.edit(meetings[0], "all_events", name="Team II")
        self.sync(account)
        [master] = self.masters()
        self.assertEqual(master["importance"], "high")
        self.quiet(account)

    def test_several_locations_of_a_series_and_of_a_day(self):
        account, meetings = self.series(locations=PLACES)
        self.assertEqual(meetings[0].location, "Room 1; Room 2")
        self.edit(meetings[0], "all_events", name="Team II")
        self.edit(meetings[2], location="Ghent; Room 2")
        self.sync(account)
        [master] = self.masters()
        self.assertEqual(len(master["locations"]), 2)
        places = self.instance(master, self.day(14))["locations"]
        self.assertEqual([p["displayName"] for p in places], ["Ghent", "Room 2"])
        self.assertEqual(places[1]["locationUri"], "https://maps.example/2")
        self.edit(self.meetings(self.series_of())[2], location="Ghent; Annex")
        self.sync(account)
        places = self.instance(master, self.day(14))["locations"]
        self.assertEqual([p["displayName"] for p in places], ["Ghent", "Annex"])
        self.quiet(account)

    def test_reminders_and_tags_of_a_series(self):
        self.env["calendar.event.type"].create([{"name": "Sales"}, {"name": "Urgent"}])
        account, meetings = self.series(
            categories=["Sales", "Only there"],
            isReminderOn=True,
            reminderMinutesBeforeStart=15,
        )
        self.assertEqual(set(meetings.alarm_ids.mapped("duration_minutes")), {15})
        self.assertEqual(set(meetings.categ_ids.mapped("name")), {"Sales"})
        urgent = self.env["calendar.event.type"].search([("name", "=", "Urgent")])
        self.edit(meetings[0], "all_events", categ_ids=[(4, urgent.id)])
        self.sync(account)
        [master] = self.masters()
        self.assertEqual(set(master["categories"]), {"Sales", "Only there", "Urgent"})
        self.change_in_outlook("ann", master, reminderMinutesBeforeStart=5)
        self.sync(account)
        meetings = self.meetings(self.series_of())
        self.assertEqual(set(meetings.alarm_ids.mapped("duration_minutes")), {5})
        self.quiet(account)

    def test_problem_59_the_text_of_a_series_survives_three_rounds(self):
        text = BODIES["table"] + BODIES["link"] + BODIES["list"]
        account = self.connect(self.ann)
        meetings = self.repeat(description=text)
        before = meetings[0].description
        self.sync(account)
        for _round in range(3):
            [master] = self.masters()
            self.sandbox.exchange.touch_event(self.person("ann"), master["id"])
            self.quiet(account)
        meetings = self.meetings(self.series_of())
        self.assertEqual(set(meetings.mapped("description")), {before})
