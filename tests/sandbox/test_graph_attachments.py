# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Attachments of events."""

from base64 import b64encode

from .graphing import BOB, WINDOW, EventCase, event


def file(name="plan.pdf", content=b"%PDF-1.7", **members):
    """Return the body of a POST of a file."""
    return {
        "@odata.type": "#microsoft.graph.fileAttachment",
        "name": name,
        "contentType": "application/pdf",
        "contentBytes": b64encode(content).decode(),
        **members,
    }


class TestAttachments(EventCase):
    def attach(self, made, body=None, status=201, **options):
        path = f"/me/events/{made['id']}/attachments"
        answer = self.ask("POST", path, body or file(), **options)
        self.assertEqual(status, answer.status_code, answer.text)
        return answer.json()

    def rows(self, made, query="", **options):
        return self.get(f"/me/events/{made['id']}/attachments{query}", **options)[
            "value"
        ]

    def test_a_file_is_added_listed_read_and_removed(self):
        made = self.make()
        self.assertEqual([], self.rows(made))
        added = self.attach(made)
        path = f"/me/events/{made['id']}/attachments/{added['id']}"
        [row] = self.rows(made)
        self.assertEqual("JVBERi0xLjc=", row["contentBytes"])
        self.assertEqual(8, row["size"])
        self.assertEqual("#microsoft.graph.fileAttachment", row["@odata.type"])
        self.assertEqual(row["name"], self.get(path)["name"])
        self.assertEqual(b"%PDF-1.7", self.ask("GET", f"{path}/$value").content)
        now = self.get(f"/me/events/{made['id']}")
        self.assertTrue(now["hasAttachments"])
        self.assertNotEqual(made["changeKey"], now["changeKey"])
        self.assertNotIn("attachments", now)
        self.assertEqual(204, self.ask("DELETE", path).status_code)
        self.refused(self.ask("GET", path), 404, "ErrorItemNotFound")
        self.refused(self.ask("DELETE", path), 404, "ErrorItemNotFound")
        self.assertFalse(self.get(f"/me/events/{made['id']}")["hasAttachments"])

    def test_select_spares_the_content(self):
        made = self.make()
        self.attach(made)
        [row] = self.rows(made, "?$select=id,name,contentType,size,isInline")
        self.assertNotIn("contentBytes", row)
        self.assertNotIn("lastModifiedDateTime", row)
        self.assertEqual(("plan.pdf", False), (row["name"], row["isInline"]))
        path = f"/me/events/{made['id']}/attachments?$select=contentBytes"
        self.refused(self.ask("GET", path), 400, "RequestBroker--ParseUri")
        shown = self.get(f"/me/events/{made['id']}?$expand=attachments")
        self.assertEqual("plan.pdf", shown["attachments"][0]["name"])

    def test_the_kinds(self):
        made = self.make()
        kind = "#microsoft.graph.{}"
        mail = {"@odata.type": kind.format("itemAttachment"), "name": "Mail"}
        self.attach(made, mail)
        link = {"@odata.type": kind.format("referenceAttachment"), "name": "Doc"}
        added = self.attach(made, link)
        self.assertNotIn("contentBytes", added)
        path = f"/me/events/{made['id']}/attachments/{added['id']}/$value"
        self.refused(self.ask("GET", path), 404, "ErrorItemNotFound")
        self.attach(made, {"name": "x"}, 400)
        self.attach(made, file(name=""), 400)
        self.attach(made, file(contentBytes="?"), 400)

    def test_inline_ones_alone_do_not_count(self):
        made = self.make()
        self.attach(made, file("logo.png", isInline=True, contentId="logo"))
        self.assertFalse(self.get(f"/me/events/{made['id']}")["hasAttachments"])
        self.assertEqual(1, len(self.rows(made)))

    def test_more_than_3_mb_needs_an_upload_session(self):
        made = self.make()
        self.attach(made, file(content=b"x" * (3 * 1024 * 1024 + 1)), 413)
        large = file(content=b"x" * (3 * 1024 * 1024 + 1))
        where = f"/control/people/{BOB}/events/"
        copy = self.make(event(), who=BOB)
        url = f"{self.http}{where}{copy['id']}/attachments"
        self.assertEqual(200, self.session.post(url, json=large).status_code)
        self.assertEqual(3 * 1024 * 1024 + 1, self.session.get(url).json()[0]["size"])

    def test_guests_get_it_with_the_next_change(self):
        made = self.make(event(guests=[BOB]))
        self.mails()
        self.attach(made)
        self.assertEqual([], self.mails())
        self.assertFalse(self.copy(made, BOB)["hasAttachments"])
        self.patch(made["id"], {"subject": "With a plan"})
        copy = self.copy(made, BOB)
        self.assertTrue(copy["hasAttachments"])
        [row] = self.rows(copy, who=BOB)
        self.assertEqual("plan.pdf", row["name"])
        self.assertNotEqual(row["id"], self.rows(made)[0]["id"])

    def test_a_series_has_it_on_every_day_and_one_day_may_have_more(self):
        rule = {
            "pattern": {"type": "daily", "interval": 1},
            "range": {
                "type": "numbered",
                "startDate": "2026-12-03",
                "numberOfOccurrences": 3,
            },
        }
        made = self.make(event(recurrence=rule))
        self.attach(made)
        days = self.get(f"/me/events/{made['id']}/instances?{WINDOW}")["value"]
        self.assertTrue(all(day["hasAttachments"] for day in days))
        self.attach(days[1], file("more.pdf"))
        days = self.get(f"/me/events/{made['id']}/instances?{WINDOW}")["value"]
        self.assertEqual([1, 2, 1], [len(self.rows(day)) for day in days])
        kinds = ["occurrence", "exception", "occurrence"]
        self.assertEqual(kinds, [day["type"] for day in days])

    def test_the_data_file_keeps_them(self):
        made = self.make()
        self.attach(made)
        exchange = self.sandbox.exchange
        exchange.load(exchange.dump())
        self.assertEqual("plan.pdf", self.rows(made)[0]["name"])
