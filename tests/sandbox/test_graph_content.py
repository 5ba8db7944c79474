# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What events hold: bodies, places, Teams meetings, lists."""

from .graphing import EventCase, event


class TestContent(EventCase):
    def body(self, content, kind="html"):
        made = self.make(event(body={"contentType": kind, "content": content}))
        return made["body"]["content"], made["bodyPreview"]

    def test_bodies_become_documents(self):
        content, preview = self.body("1 < 2\nand so on", "text")
        self.assertTrue(content.startswith("<html><head><meta http-equiv"))
        self.assertIn("<body>1 &lt; 2<br>\r\nand so on</body>", content)
        self.assertEqual("1 < 2\nand so on", preview)
        content, _preview = self.body("<p>Hello <b>you</b></p>")
        self.assertIn("<body><p>Hello <b>you</b></p></body></html>", content)
        self.assertEqual(("", ""), self.body(""))

    def test_a_document_read_and_written_stays_as_it_is(self):
        first, _preview = self.body("<div><div>In</div></div><p>deep</p>tail &amp; end")
        self.assertEqual(first, self.body(first)[0])
        lone, _preview = self.body("<div>only</div>")
        self.assertEqual(lone, self.body(lone)[0])

    def test_what_could_run_is_dropped(self):
        content, preview = self.body(
            '<p onclick="evil()">Hi</p><script>evil()</script><!-- c -->'
            '<a href="javascript:evil()">x</a><iframe src="http://e"></iframe>'
        )
        self.assertIn("<p>Hi</p><a>x</a>", content)
        for trace in ("evil", "script", "iframe", "<!--"):
            self.assertNotIn(trace, content)
        self.assertEqual("Hi\nx", preview)

    def test_odd_texts_do_no_harm(self):
        for content, preview in (
            ("\x00\x01", ""),
            ("<?xml version='1.0' encoding='utf-8'?><p>x", "x"),
            ("<", "<"),
            ("<body", ""),
            ("a</div>b\ud800", "ab"),
            ("<title>no</title><style>p {}</style><form>yes</form>", "yes"),
        ):
            with self.subTest(ascii(content)):
                stored, shown = self.body(content)
                self.assertEqual(preview, shown)
                self.assertEqual(stored, self.body(stored)[0])

    def test_location_and_locations_mirror_each_other(self):
        made = self.make(event(location={"displayName": "Ghent"}))
        self.assertEqual([made["location"]], made["locations"])
        self.assertEqual("private", made["location"]["uniqueIdType"])
        two = [{"displayName": "Ghent"}, {"displayName": "Lyon"}]
        changed = self.patch(made["id"], {"locations": two})
        self.assertEqual("Ghent; Lyon", changed["location"]["displayName"])
        replaced = self.patch(made["id"], {"location": {"displayName": "Oslo"}})
        self.assertEqual(
            ["Oslo"], [row["displayName"] for row in replaced["locations"]]
        )
        emptied = self.patch(made["id"], {"location": {"displayName": ""}})
        self.assertEqual([], emptied["locations"])
        self.assertEqual("", emptied["location"]["displayName"])
        self.assertEqual("unknown", emptied["location"]["uniqueIdType"])

    def test_a_teams_meeting_comes_with_its_block(self):
        body = {"contentType": "html", "content": "<p>Agenda</p>"}
        made = self.make(event(body=body, isOnlineMeeting=True))
        url = made["onlineMeeting"]["joinUrl"]
        self.assertTrue(url.startswith("https://teams.microsoft.com/l/meetup-join/"))
        self.assertEqual("teamsForBusiness", made["onlineMeetingProvider"])
        content = made["body"]["content"]
        self.assertEqual(2, content.count("_" * 80))
        self.assertIn("<p>Agenda</p>", content)
        kept = content.replace("Agenda", "Other")
        body = {"contentType": "html", "content": kept}
        changed = self.patch(made["id"], {"body": body, "isOnlineMeeting": False})
        self.assertTrue(changed["isOnlineMeeting"])
        self.assertEqual(url, changed["onlineMeeting"]["joinUrl"])

    def test_a_body_without_the_block_ends_the_teams_meeting(self):
        made = self.make(event(isOnlineMeeting=True))
        body = {"contentType": "text", "content": "nothing left"}
        changed = self.patch(made["id"], {"body": body})
        self.assertFalse(changed["isOnlineMeeting"])
        self.assertIsNone(changed["onlineMeeting"])

    def test_where_there_is_no_teams_nothing_is_said(self):
        self.ask("POST", "/me/calendars", {"name": "Work"})
        path = f"/me/calendars/{self.calendar_id('Work')}/events"
        teams = {"isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness"}
        self.assertFalse(self.make(event(**teams), path)["isOnlineMeeting"])
        skype = event(isOnlineMeeting=True, onlineMeetingProvider="skypeForBusiness")
        self.assertFalse(self.make(skype)["isOnlineMeeting"])

    def test_a_teams_meeting_is_added_later_and_may_be_slow(self):
        made = self.make()
        changed = self.patch(made["id"], {"isOnlineMeeting": True})
        self.assertIn("joinUrl", changed["onlineMeeting"])
        self.switch("late_join_url")
        slow = self.make(event(isOnlineMeeting=True))
        self.assertIsNone(slow["onlineMeeting"])
        self.assertIn("joinUrl", self.get(f"/me/events/{slow['id']}")["onlineMeeting"])

    def test_lists_are_replaced_and_the_rest_is_merged(self):
        made = self.make(
            event(categories=["A", "B", "A"], reminderMinutesBeforeStart=5)
        )
        self.assertEqual(["A", "B"], made["categories"])
        changed = self.patch(made["id"], {"categories": ["C"], "subject": None})
        self.assertEqual(["C"], changed["categories"])
        self.assertIsNone(changed["subject"])
        self.assertEqual(5, changed["reminderMinutesBeforeStart"])
        self.assertEqual(made["start"], changed["start"])
