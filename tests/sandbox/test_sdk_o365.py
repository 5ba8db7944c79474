# Part of outlook_calendar. LGPL-3, see LICENSE.
"""python-o365, unmodified: sign-in, calendars, events and answers."""

import datetime
import os
import warnings
from unittest import mock
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from msal import ConfidentialClientApplication
from O365 import Account, Connection, MSGraphProtocol
from O365.utils.token import MemoryTokenBackend
from requests.exceptions import HTTPError

from .browsing import ANN, BOB, CLIENT_ID, REDIRECT, SECRET, SandboxCase

SCOPES = ["https://graph.microsoft.com/Calendars.ReadWrite"]
BRUSSELS = ZoneInfo("Europe/Brussels")


def moment(day, hour, zone=BRUSSELS):
    return datetime.datetime(2026, 12, day, hour, tzinfo=zone)


class O365Case(SandboxCase):
    def setUp(self):
        super().setUp()
        case = self
        # requests heeds a variable of the machine before the library's option.
        trust = mock.patch.dict(
            os.environ, {"REQUESTS_CA_BUNDLE": self.running.ca_file}
        )
        trust.start()
        self.addCleanup(trust.stop)

        class SandboxProtocol(MSGraphProtocol):
            _protocol_url = f"{case.https}/"

        class SandboxConnection(Connection):
            """Signs in at the sandbox, whose address the library has no option for."""

            @property
            def msal_client(self):
                if self._msal_client is None:
                    self._msal_client = ConfidentialClientApplication(
                        self.auth[0],
                        client_credential=self.auth[1],
                        authority=f"{case.https}/{self.tenant_id}",
                        token_cache=self.token_backend,
                        verify=self.verify_ssl,
                        instance_discovery=False,
                    )
                return self._msal_client

        class SandboxAccount(Account):
            connection_constructor = SandboxConnection

        self.protocol = SandboxProtocol(timezone=BRUSSELS)
        self.account_class = SandboxAccount

    def schedule(self, username=ANN):
        """Sign in; return the person's schedule."""
        account = self.account_class(
            (CLIENT_ID, SECRET),
            protocol=self.protocol,
            token_backend=MemoryTokenBackend(),
            tenant_id="organizations",
            verify_ssl=self.running.ca_file,
            requests_delay=0,
            request_retries=0,
        )
        connection = account.con
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # about form_post
            url, flow = connection.get_authorization_url(SCOPES, redirect_uri=REDIRECT)
        answer = self.browser().sign_in(url, username)
        back = f"{REDIRECT}?{urlencode(answer)}"
        self.assertTrue(connection.request_token(back, flow=flow))
        self.addCleanup(lambda: connection.session and connection.session.close())
        return account.schedule()

    def meeting(self, calendar, subject="Review", guests=()):
        event = calendar.new_event()
        event.subject = subject
        event.body = "<p>Agenda</p>"
        event.location = "Ghent"
        event.start, event.end = moment(3, 10), moment(3, 11)
        event.remind_before_minutes = 30
        event.categories = ["Red"]
        for address in guests:
            event.attendees.add(address)
        self.assertTrue(event.save())
        return event


class TestEvents(O365Case):
    def test_an_event_is_made_read_changed_and_deleted(self):
        calendar = self.schedule().get_default_calendar()
        made = self.meeting(calendar)
        self.assertTrue(made.object_id)

        read = calendar.get_event(made.object_id)
        self.assertEqual("Review", read.subject)
        self.assertEqual(moment(3, 10), read.start)
        self.assertEqual(30, read.remind_before_minutes)
        self.assertEqual(["Red"], read.categories)
        self.assertEqual("Ghent", read.location["displayName"])
        self.assertIn("<p>Agenda</p>", read.body)

        read.subject = "Changed"
        read.end = moment(3, 12)
        self.assertTrue(read.save())
        again = calendar.get_event(made.object_id)
        self.assertEqual("Changed", again.subject)
        self.assertEqual(moment(3, 12), again.end)

        self.assertTrue(again.delete())
        with self.assertRaises(HTTPError) as caught:
            calendar.get_event(made.object_id)
        self.assertEqual(404, caught.exception.response.status_code)

    def test_an_all_day_event_keeps_its_days(self):
        calendar = self.schedule().get_default_calendar()
        event = calendar.new_event(subject="Closed")
        event.start = datetime.date(2026, 12, 25)
        event.end = datetime.date(2026, 12, 27)
        event.is_all_day = True
        self.assertTrue(event.save())
        stored = self.sandbox.exchange.list(self.person())[0]
        self.assertTrue(stored["isAllDay"])
        self.assertEqual("2026-12-25T00:00:00.0000000", stored["start"]["dateTime"])
        self.assertEqual("2026-12-27T00:00:00.0000000", stored["end"]["dateTime"])

    def test_events_are_listed_by_window_and_by_pages(self):
        calendar = self.schedule().get_default_calendar()
        for number in range(12):
            self.meeting(calendar, f"Meeting {number:02}")
        view = calendar.get_events(
            limit=100,
            batch=5,
            include_recurring=True,
            start_recurring=moment(1, 0),
            end_recurring=moment(31, 0),
        )
        self.assertEqual(12, len({event.object_id for event in view}))
        listed = list(calendar.get_events(limit=None, batch=5, include_recurring=False))
        self.assertEqual(12, len(listed))

    def test_events_are_searched(self):
        calendar = self.schedule().get_default_calendar()
        for subject in ("Alpha", "Beta"):
            self.meeting(calendar, subject)
        query = calendar.new_query().startswith("subject", "Al")
        found = calendar.get_events(query=query, include_recurring=False)
        self.assertEqual(["Alpha"], [event.subject for event in found])


class TestMeetings(O365Case):
    def test_a_guest_accepts_and_the_organizer_sees_it(self):
        organizer = self.schedule().get_default_calendar()
        made = self.meeting(organizer, guests=[BOB])
        guests = self.schedule(BOB).get_default_calendar()
        copy = next(iter(guests.get_events(include_recurring=False)))
        self.assertFalse(copy.is_organizer)
        self.assertEqual(ANN, copy.organizer.address)
        self.assertTrue(copy.accept_event("gladly"))
        seen = organizer.get_event(made.object_id)
        self.assertEqual(
            "accepted", next(iter(seen.attendees)).response_status.status.value
        )

    def test_the_organizer_cancels(self):
        organizer = self.schedule().get_default_calendar()
        made = self.meeting(organizer, guests=[BOB])
        self.assertTrue(made.cancel_event("sorry"))
        copy = self.sandbox.exchange.list(self.person(BOB))[0]
        self.assertTrue(copy["isCancelled"])


class TestCalendars(O365Case):
    def test_calendars_are_made_found_renamed_and_deleted(self):
        schedule = self.schedule()
        made = schedule.new_calendar("Work")
        self.meeting(made, "Inside")
        found = schedule.get_calendar(calendar_name="Work")
        self.assertEqual(made.calendar_id, found.calendar_id)
        names = [event.subject for event in found.get_events(include_recurring=False)]
        self.assertEqual(["Inside"], names)
        found.name = "Office"
        self.assertTrue(found.update())
        self.assertEqual(
            ["Calendar", "Birthdays", "Office"],
            [calendar.name for calendar in schedule.list_calendars()],
        )
        self.assertTrue(found.delete())
        self.assertEqual(2, len(schedule.list_calendars()))

    def test_colleagues_show_when_they_are_free(self):
        bobs = self.schedule(BOB)
        self.meeting(bobs.get_default_calendar())
        rows = self.schedule().get_availability(
            [BOB], start=moment(3, 9), end=moment(3, 12), interval=60
        )
        self.assertEqual(["free", "busy", "free"], rows[0]["availabilityView"])
