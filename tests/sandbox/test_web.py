# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The web page, used as a person does."""

from datetime import date, datetime, timedelta, timezone

from ...sandbox.web_week import lay_out, monday_of
from ...sandbox.zones import zone
from .browsing import ANN, BOB, SandboxCase

HOSTILE = '<script>alert("x")</script>'


class WebCase(SandboxCase):
    def setUp(self):
        super().setUp()
        self.web = self.browser()
        self.ann, self.bob = self.person(ANN), self.person(BOB)

    def mailbox(self, person, **query):
        return self.web.open(f"{self.http}/mailbox/{person.id}", **query).page

    def create(self, person=None, **fields):
        person = person or self.ann
        self.web.open(f"{self.http}/mailbox/{person.id}/new")
        values = {
            "subject": "Board",
            "start_date": "2026-12-01",
            "start_time": "10:00",
            "end_date": "2026-12-01",
            "end_time": "11:00",
            **fields,
        }
        return self.web.press("save", **values)

    def event(self, person=None):
        (event,) = self.sandbox.exchange.list(person or self.ann)
        return event

    def open_event(self, person=None):
        person = person or self.ann
        return self.web.open(
            f"{self.http}/mailbox/{person.id}/event/{self.event(person)['id']}"
        )

    def form(self, name):
        ids = [form.id for form in self.web.page.forms]
        return ids.index(name)

    def mails(self):
        return [(m.kind, m.recipient, m.reason) for m in self.sandbox.exchange.mails]


class TestLooking(WebCase):
    def test_everybody_is_listed(self):
        text = self.web.open(self.http).page.text
        for word in ("Ann Archer", "ann-Sandbox1", "no mailbox", "Odoo", "/v1.0"):
            self.assertIn(word, text)

    def test_a_week_is_shown_in_the_persons_zone(self):
        self.create(start_time="10:00", location="Blue Room")
        self.assertIn("week=2026-12-01", self.web.location)
        page = self.mailbox(self.ann, week="2026-12-03")
        for word in ("Board", "10:00 – 11:00", "Blue Room", "30 November"):
            self.assertIn(word, page.text)
        self.assertNotIn("Board", self.mailbox(self.ann, week="2026-12-10").text)
        utc = self.event()["start"]["dateTime"]
        self.assertEqual("2026-12-01T09:00", utc[:16])

    def test_a_guest_sees_the_organizer_and_both_see_the_mail(self):
        self.create(guests=BOB)
        self.assertIn("Ann Archer", self.mailbox(self.bob, week="2026-12-01").text)
        self.assertIn("invitation", self.web.page.text)
        self.assertNotIn(
            "invitation", self.mailbox(self.person("carol@contoso.example")).text
        )
        self.assertIn("invitation", self.web.open(self.http).page.text)

    def test_another_calendar_can_be_chosen(self):
        exchange = self.sandbox.exchange
        other = exchange.calendars(self.ann)[1]
        page = self.mailbox(self.ann, calendar=other["id"])
        self.assertIn(other["name"], page.text)

    def test_texts_are_escaped(self):
        self.create(subject=HOSTILE, location=HOSTILE, body=HOSTILE, guests=BOB)
        self.ann.name = HOSTILE
        event = self.event()["id"]
        addresses = (
            "/",
            f"/mailbox/{self.ann.id}?week=2026-12-01",
            f"/mailbox/{self.ann.id}/event/{event}",
        )
        for address in addresses:
            html = self.session.get(self.http + address).text
            self.assertNotIn("<script>alert", html)
            self.assertIn("&lt;script&gt;alert", html)

    def test_what_does_not_exist(self):
        for path in ("/mailbox/nobody", "/mailbox/nobody/new"):
            self.assertEqual(404, self.web.open(self.http + path).status)
        path = f"/mailbox/{self.ann.id}/event/AAMk="
        self.assertIn("ErrorItemNotFound", self.web.open(self.http + path).page.text)
        dan = self.person("dan@contoso.example")
        page = self.mailbox(dan)
        self.assertIn("MailboxNotEnabledForRESTAPI", page.text)

    def test_a_bad_week_is_this_week(self):
        self.assertIn("Today", self.mailbox(self.ann, week="soon").text)


class TestWriting(WebCase):
    def test_every_field_arrives(self):
        self.create(
            guests=f"{BOB}; eve@fabrikam.example",
            location="Blue Room",
            body="Line one\r\nLine two",
            show_as="oof",
            sensitivity="private",
            reminder="30",
            categories="Red, Blue",
            online="on",
        )
        event = self.event()
        addresses = [row["emailAddress"]["address"] for row in event["attendees"]]
        self.assertEqual([BOB, "eve@fabrikam.example"], addresses)
        self.assertEqual("Blue Room", event["location"]["displayName"])
        self.assertEqual(("oof", "private"), (event["showAs"], event["sensitivity"]))
        self.assertEqual(30, event["reminderMinutesBeforeStart"])
        self.assertEqual(["Red", "Blue"], event["categories"])
        self.assertTrue(event["onlineMeeting"]["joinUrl"])
        self.assertIn("Line one", event["bodyPreview"])

    def test_an_unchanged_form_changes_nothing(self):
        self.create(guests=BOB, body="Agenda", online="on", reminder="")
        before = self.event()
        self.open_event().press("save", self.form("meeting"))
        self.assertEqual(before, self.event())
        self.assertEqual(1, len(self.mails()))

    def test_only_what_changed_is_sent(self):
        self.create(guests=BOB)
        self.open_event().press("save", self.form("meeting"), subject="Council")
        self.assertEqual(("update", BOB, "changed: subject"), self.mails()[-1])
        self.assertEqual("Council", self.event(self.bob)["subject"])

    def test_an_all_day_event_counts_its_last_day_in(self):
        self.create(all_day="on", end_date="2026-12-02")
        event = self.event()
        self.assertTrue(event["isAllDay"])
        self.assertEqual("2026-12-03", event["end"]["dateTime"][:10])
        fields = self.open_event().page.forms[0].fields
        self.assertEqual("2026-12-02", fields["end_date"])
        self.assertEqual("on", fields["all_day"])

    def test_mistakes_keep_the_form_and_say_what_is_wrong(self):
        cases = [
            ({"end_time": "09:00"}, "lies before"),
            ({"start_date": "soon"}, "no date"),
            ({"reminder": "soon"}, "number"),
        ]
        for fields, words in cases:
            with self.subTest(words):
                page = self.create(**fields).page
                self.assertIn(words, page.text)
                self.assertEqual("Board", page.forms[0].fields["subject"])
        self.assertEqual([], self.sandbox.exchange.list(self.ann))

    def test_mistakes_while_changing_change_nothing(self):
        self.create()
        page = self.open_event().press("save", self.form("meeting"), start_date="").page
        self.assertIn("no date", page.text)
        self.assertEqual("2026-12-01", self.event()["start"]["dateTime"][:10])

    def test_a_read_only_calendar_refuses(self):
        birthdays = self.sandbox.exchange.calendars(self.ann)[1]["id"]
        page = self.create(calendar=birthdays).page
        self.assertIn("ErrorAccessDenied", page.text)

    def test_a_guest_answers(self):
        self.create(guests=BOB)
        self.open_event(self.bob)
        self.web.press("accepted", self.form("answer"), comment="Gladly")
        answer = self.event()["attendees"][0]["status"]["response"]
        self.assertEqual("accepted", answer)
        self.assertEqual(("response", ANN), self.mails()[-1][:2])

    def test_a_guest_answers_in_silence(self):
        self.create(guests=BOB)
        form = self.open_event(self.bob).page.forms[self.form("answer")]
        del form.fields["send"]
        self.web.press("declined", self.form("answer"))
        self.assertEqual(1, len(self.mails()))
        self.assertEqual([], self.sandbox.exchange.list(self.bob))

    def test_an_organizer_has_nothing_to_answer(self):
        self.create(guests=BOB)
        ids = [form.id for form in self.open_event().page.forms]
        self.assertEqual(["meeting", "cancel", "delete"], ids)
        path = f"/mailbox/{self.ann.id}/event/{self.event()['id']}/answer"
        for answer, status in (("accepted", 400), ("perhaps", 400)):
            response = self.session.post(self.http + path, data={"answer": answer})
            self.assertEqual(status, response.status_code)

    def test_an_organizer_cancels(self):
        self.create(guests=BOB)
        self.open_event().press("", self.form("cancel"), comment="Snow")
        self.assertEqual([], self.sandbox.exchange.list(self.ann))
        self.assertEqual(("cancellation", BOB), self.mails()[-1][:2])
        self.assertTrue(self.event(self.bob)["isCancelled"])

    def test_an_event_is_deleted(self):
        self.create()
        self.open_event().press("", self.form("delete"))
        self.assertEqual([], self.sandbox.exchange.list(self.ann))
        self.assertIn("week=2026-12-01", self.web.location)

    def test_pages_of_other_sites_may_not_write(self):
        url = f"{self.http}/mailbox/{self.ann.id}/new"
        headers = {"Origin": "https://evil.example"}
        response = self.session.post(url, data={"subject": "x"}, headers=headers)
        self.assertEqual(403, response.status_code)


def entry(start, end, all_day=False):
    names = {"start": start, "end": end}
    times = {name: {"dateTime": each.isoformat()} for name, each in names.items()}
    return {**times, "isAllDay": all_day}


class TestWeek(SandboxCase):
    """The layout, where a picture would hide a mistake."""

    zone = zone("Romance Standard Time")

    def week(self, *events):
        monday = date(2026, 3, 23)  # clocks go forward on the Sunday
        return lay_out(list(events), monday, self.zone, date(2026, 3, 29)).days

    def test_monday_comes_first(self):
        days = [date(2026, 11, 16) + timedelta(days=n) for n in range(7)]
        self.assertEqual({days[0]}, {monday_of(day) for day in days})

    def test_times_follow_the_clocks(self):
        saturday = datetime(2026, 3, 28, 9, tzinfo=timezone.utc)
        days = self.week(
            entry(saturday, saturday + timedelta(hours=1)),
            entry(saturday + timedelta(days=1), saturday + timedelta(days=1, hours=1)),
        )
        self.assertEqual("10:00 – 11:00", days[5].blocks[0].label)
        self.assertEqual("11:00 – 12:00", days[6].blocks[0].label)
        self.assertEqual([6], [n for n, day in enumerate(days) if day.today])

    def test_an_event_over_midnight_is_in_both_columns(self):
        start = datetime(2026, 3, 24, 21)
        days = self.week(entry(start, start + timedelta(hours=4)))
        self.assertEqual(
            (22 * 60, 24 * 60), (days[1].blocks[0].start, days[1].blocks[0].end)
        )
        self.assertEqual((0, 120), (days[2].blocks[0].start, days[2].blocks[0].end))

    def test_all_day_events_float_and_end_before_their_end(self):
        days = self.week(entry(datetime(2026, 3, 24), datetime(2026, 3, 26), True))
        self.assertEqual([1, 2], [n for n, day in enumerate(days) if day.all_day])

    def test_events_that_overlap_stand_side_by_side(self):
        start = datetime(2026, 3, 24, 9)
        hour = timedelta(hours=1)
        days = self.week(
            entry(start, start + 2 * hour),
            entry(start + hour, start + 3 * hour),
            entry(start + 2 * hour, start + 3 * hour),
            entry(start + 4 * hour, start + 4 * hour),
        )
        blocks = days[1].blocks
        self.assertEqual([0, 1, 0, 0], [each.lane for each in blocks])
        self.assertEqual([2, 2, 2, 1], [each.lanes for each in blocks])
        self.assertGreater(blocks[3].height, 0)
