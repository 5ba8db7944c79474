# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Microsoft's own SDK, unmodified: msgraph-sdk with azure-identity's sign-in."""

import asyncio
import ssl

import httpx
from azure.identity.aio import AuthorizationCodeCredential
from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.attendee import Attendee
from msgraph.generated.models.attendee_type import AttendeeType
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.calendar import Calendar
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.free_busy_status import FreeBusyStatus
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.location import Location
from msgraph.generated.models.response_type import ResponseType
from msgraph.generated.models.single_value_legacy_extended_property import (
    SingleValueLegacyExtendedProperty,
)
from msgraph.generated.users.item.calendar_view.calendar_view_request_builder import (
    CalendarViewRequestBuilder,
)
from msgraph.generated.users.item.calendar_view.delta.delta_request_builder import (
    DeltaRequestBuilder,
)
from msgraph.generated.users.item.events.events_request_builder import (
    EventsRequestBuilder,
)
from msgraph.generated.users.item.events.item.accept.accept_post_request_body import (
    AcceptPostRequestBody,
)
from msgraph.graph_request_adapter import options
from msgraph_core import GraphClientFactory
from msgraph_core.tasks.page_iterator import PageIterator

from .browsing import ANN, BOB, CLIENT_ID, REDIRECT, SECRET, SandboxCase

SCOPES = ["https://graph.microsoft.com/.default"]
STAMP = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name OdooId"
START, END = "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"


def moment(text, zone="Europe/Brussels"):
    return DateTimeTimeZone(date_time=text, time_zone=zone)


def meeting(subject="Review", *guests):
    """Return an event of the SDK's own classes, in December."""
    return Event(
        subject=subject,
        body=ItemBody(content_type=BodyType.Html, content="<p>Agenda</p>"),
        start=moment("2026-12-03T10:00:00"),
        end=moment("2026-12-03T11:00:00"),
        location=Location(display_name="Ghent"),
        attendees=[
            Attendee(
                type=AttendeeType.Required, email_address=EmailAddress(address=each)
            )
            for each in guests
        ],
        transaction_id=f"transaction of {subject}",
        single_value_extended_properties=[
            SingleValueLegacyExtendedProperty(id=STAMP, value="42")
        ],
    )


class SdkCase(SandboxCase):
    def as_person(self, work, username=ANN):
        """Sign in, and run ``work(client)`` to its end."""
        return asyncio.run(self._with_client(work, username))

    async def _with_client(self, work, username):
        context = ssl.create_default_context(cafile=self.running.ca_file)
        credential = AuthorizationCodeCredential(
            tenant_id="organizations",
            client_id=CLIENT_ID,
            authorization_code=self.code(username, scope=SCOPES[0]),
            redirect_uri=REDIRECT,
            client_secret=SECRET,
            authority=self.https,
            connection_verify=self.running.ca_file,
        )
        plain = httpx.AsyncClient(verify=context, trust_env=False)
        async with credential, plain:
            provider = AzureIdentityAuthenticationProvider(
                credential, scopes=SCOPES, allowed_hosts=["localhost"]
            )
            client = GraphClientFactory.create_with_default_middleware(
                client=plain, options=options
            )
            adapter = GraphRequestAdapter(provider, client=client)
            adapter.base_url = f"{self.https}/v1.0"
            return await work(GraphServiceClient(request_adapter=adapter))


class TestEvents(SdkCase):
    def test_an_event_is_made_read_changed_and_deleted(self):
        async def work(client):
            made = await client.me.events.post(meeting())
            self.assertEqual("2026-12-03T09:00:00.0000000", made.start.date_time)
            self.assertEqual("Ghent", made.location.display_name)
            self.assertEqual("Agenda", made.body_preview)
            self.assertTrue(made.is_organizer)
            self.assertEqual(ANN, made.organizer.email_address.address)

            item = client.me.events.by_event_id(made.id)
            read = await item.get()
            self.assertEqual(made.i_cal_u_id, read.i_cal_u_id)
            self.assertEqual(made.created_date_time, read.created_date_time)

            change = Event(subject="Changed", show_as=FreeBusyStatus.Oof)
            changed = await item.patch(change)
            self.assertEqual("Changed", changed.subject)
            self.assertEqual(FreeBusyStatus.Oof, changed.show_as)
            self.assertNotEqual(read.change_key, changed.change_key)

            await item.delete()
            with self.assertRaises(APIError) as caught:
                await item.get()
            self.assertEqual(404, caught.exception.response_status_code)
            self.assertEqual("ErrorItemNotFound", caught.exception.error.code)

        self.as_person(work)

    def test_a_repeated_create_is_one_event(self):
        async def work(client):
            first = await client.me.events.post(meeting())
            again = await client.me.events.post(meeting())
            self.assertEqual(first.id, again.id)

        self.as_person(work)

    def test_lists_are_filtered_selected_and_paged(self):
        async def work(client):
            for number in range(12):
                await client.me.events.post(meeting(f"Meeting {number:02}"))
            query = EventsRequestBuilder.EventsRequestBuilderGetQueryParameters(
                filter="startswith(subject, 'Meeting 1')",
                orderby=["subject"],
                select=["subject"],
                count=True,
            )
            with self.assertRaises(APIError) as caught:
                await client.me.events.get(RequestConfiguration(query_parameters=query))
            self.assertEqual(400, caught.exception.response_status_code)
            query.orderby = None
            found = await client.me.events.get(
                RequestConfiguration(query_parameters=query)
            )
            self.assertEqual(
                ["Meeting 10", "Meeting 11"], [each.subject for each in found.value]
            )
            self.assertEqual(2, found.odata_count)
            self.assertIsNone(found.value[0].start)

            subjects = []
            first = await client.me.events.get()
            self.assertEqual(10, len(first.value))
            pages = PageIterator(first, client.request_adapter)
            await pages.iterate(lambda each: subjects.append(each.subject) or True)
            self.assertEqual(12, len(set(subjects)))

        self.as_person(work)

    def test_extended_properties_are_found_and_expanded(self):
        async def work(client):
            await client.me.events.post(meeting())
            one = f"id eq '{STAMP}'"
            search = (
                "singleValueExtendedProperties/Any("
                f"ep: ep/id eq '{STAMP}' and ep/value eq '42')"
            )
            query = EventsRequestBuilder.EventsRequestBuilderGetQueryParameters(
                filter=search,
                expand=[f"singleValueExtendedProperties($filter={one})"],
            )
            found = await client.me.events.get(
                RequestConfiguration(query_parameters=query)
            )
            values = [
                row.value for row in found.value[0].single_value_extended_properties
            ]
            self.assertEqual(["42"], values)

        self.as_person(work)

    def test_the_view_speaks_the_preferred_zone(self):
        async def work(client):
            await client.me.events.post(meeting())
            builder = CalendarViewRequestBuilder
            query = builder.CalendarViewRequestBuilderGetQueryParameters(
                start_date_time=START, end_date_time=END
            )
            asked = RequestConfiguration(query_parameters=query)
            asked.headers.add("Prefer", 'outlook.timezone="Tokyo Standard Time"')
            view = await client.me.calendar_view.get(asked)
            self.assertEqual(
                "2026-12-03T18:00:00.0000000", view.value[0].start.date_time
            )

        self.as_person(work)


class TestMeetings(SdkCase):
    def test_a_guest_accepts(self):
        async def invite(client):
            return (await client.me.events.post(meeting("Review", BOB))).id

        async def accept(client):
            copy = (await client.me.events.get()).value[0]
            self.assertFalse(copy.is_organizer)
            body = AcceptPostRequestBody(comment="gladly", send_response=True)
            await client.me.events.by_event_id(copy.id).accept.post(body)

        made = self.as_person(invite)
        self.as_person(accept, BOB)

        async def look(client):
            read = await client.me.events.by_event_id(made).get()
            status = read.attendees[0].status
            self.assertEqual(ResponseType.Accepted, status.response)
            self.assertEqual(self.sandbox.clock.now().date(), status.time.date())

        self.as_person(look)


class TestCalendars(SdkCase):
    def test_calendars_are_made_and_listed(self):
        async def work(client):
            made = await client.me.calendars.post(Calendar(name="Work"))
            place = client.me.calendars.by_calendar_id(made.id)
            inside = await place.events.post(meeting())
            rows = (await client.me.calendars.get()).value
            self.assertEqual(
                ["Calendar", "Birthdays", "Work"], [row.name for row in rows]
            )
            self.assertTrue(rows[0].is_default_calendar)
            events = (await place.events.get()).value
            self.assertEqual([inside.id], [each.id for each in events])
            await place.delete()
            self.assertEqual(2, len((await client.me.calendars.get()).value))

        self.as_person(work)

    def test_delta_is_followed(self):
        async def work(client):
            await client.me.events.post(meeting("First"))
            query = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(
                start_date_time=START, end_date_time=END
            )
            delta = client.me.calendar_view.delta
            first = await delta.get(RequestConfiguration(query_parameters=query))
            self.assertEqual(["First"], [each.subject for each in first.value])
            again = delta.with_url(first.odata_delta_link)
            second = await again.get()
            self.assertEqual([], second.value)
            await client.me.events.by_event_id(first.value[0].id).delete()
            third = await delta.with_url(second.odata_delta_link).get()
            self.assertEqual(
                {"reason": "deleted"}, third.value[0].additional_data["@removed"]
            )

        self.as_person(work)

    def test_me_is_who_signed_in(self):
        async def work(client):
            me = await client.me.get()
            self.assertEqual(ANN, me.user_principal_name)
            self.assertEqual(self.person().id, me.id)

        self.as_person(work)
