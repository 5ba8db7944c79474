# Part of outlook_calendar. LGPL-3, see LICENSE.
"""msgraph-sdk and python-o365, unmodified, make and read series."""

from datetime import date, timedelta

from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.models.day_of_week import DayOfWeek
from msgraph.generated.models.event import Event
from msgraph.generated.models.event_type import EventType
from msgraph.generated.models.patterned_recurrence import PatternedRecurrence
from msgraph.generated.models.recurrence_pattern import RecurrencePattern
from msgraph.generated.models.recurrence_pattern_type import RecurrencePatternType
from msgraph.generated.models.recurrence_range import RecurrenceRange
from msgraph.generated.models.recurrence_range_type import RecurrenceRangeType
from msgraph.generated.models.week_index import WeekIndex
from msgraph.generated.users.item.calendar_view.delta.delta_request_builder import (
    DeltaRequestBuilder,
)
from msgraph.generated.users.item.events.item.event_item_request_builder import (
    EventItemRequestBuilder,
)
from msgraph.generated.users.item.events.item.instances import (
    instances_request_builder,
)

from .test_sdk_msgraph import END, START, SdkCase, meeting
from .test_sdk_msgraph import moment as sdk_moment
from .test_sdk_o365 import O365Case, moment

Instances = instances_request_builder.InstancesRequestBuilder


def weekly(*days, number=3):
    return PatternedRecurrence(
        pattern=RecurrencePattern(
            type=RecurrencePatternType.Weekly,
            interval=1,
            days_of_week=list(days),
            first_day_of_week=DayOfWeek.Monday,
        ),
        range=RecurrenceRange(
            type=RecurrenceRangeType.Numbered,
            start_date=date(2026, 12, 3),
            number_of_occurrences=number,
        ),
    )


class TestMicrosoft(SdkCase):
    async def instances(self, client, master_id):
        query = Instances.InstancesRequestBuilderGetQueryParameters(
            start_date_time=START,
            end_date_time=END,
            select=["subject", "start", "end", "type", "originalStart"],
        )
        item = client.me.events.by_event_id(master_id)
        page = await item.instances.get(RequestConfiguration(query_parameters=query))
        return page.value

    def test_a_series_is_made_read_and_changed(self):
        async def work(client):
            body = meeting("Stand-up")
            body.recurrence = weekly(DayOfWeek.Thursday)
            made = await client.me.events.post(body)
            self.assertEqual(EventType.SeriesMaster, made.type)
            self.assertEqual(WeekIndex.First, made.recurrence.pattern.index)
            self.assertEqual(date(1, 1, 1), made.recurrence.range.end_date)
            rows = await self.instances(client, made.id)
            self.assertEqual([EventType.Occurrence] * 3, [row.type for row in rows])
            self.assertEqual(10, rows[1].original_start.day)

            second = client.me.events.by_event_id(rows[1].id)
            moved = Event(
                start=sdk_moment("2026-12-11T10:00:00"),
                end=sdk_moment("2026-12-11T11:00:00"),
            )
            changed = await second.patch(moved)
            self.assertEqual(EventType.Exception, changed.type)
            self.assertEqual(made.id, changed.series_master_id)
            await client.me.events.by_event_id(rows[2].id).delete()

            query = EventItemRequestBuilder.EventItemRequestBuilderGetQueryParameters(
                select=["subject", "cancelledOccurrences"],
                expand=["exceptionOccurrences"],
            )
            master = await client.me.events.by_event_id(made.id).get(
                RequestConfiguration(query_parameters=query)
            )
            self.assertEqual(
                [f"OID.{made.id}.2026-12-17"], master.cancelled_occurrences
            )
            self.assertEqual([changed.id], [e.id for e in master.exception_occurrences])
            left = await self.instances(client, made.id)
            days = [row.start.date_time[:10] for row in left]
            self.assertEqual(["2026-12-03", "2026-12-11"], days)

        self.as_person(work)

    def test_delta_has_stubs(self):
        async def work(client):
            body = meeting("Stand-up")
            body.recurrence = weekly(DayOfWeek.Thursday)
            await client.me.events.post(body)
            query = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(
                start_date_time=START, end_date_time=END
            )
            page = await client.me.calendar_view.delta.get(
                RequestConfiguration(query_parameters=query)
            )
            subjects = [row.subject for row in page.value]
            self.assertEqual(["Stand-up", None, None, None], subjects)
            self.assertIn("$deltatoken=", page.odata_delta_link)

        self.as_person(work)


class TestO365(O365Case):
    def series(self, calendar, **rule):
        event = calendar.new_event()
        event.subject = "Stand-up"
        event.start, event.end = moment(3, 10), moment(3, 11)
        first = date(2026, 12, 3)
        event.recurrence.set_weekly(
            1,
            days_of_week=["thursday"],
            first_day_of_week="monday",
            start=first,
            **rule,
        )
        self.assertTrue(event.save())
        return event

    def test_a_series_is_made_and_read(self):
        calendar = self.schedule().get_default_calendar()
        made = self.series(calendar, occurrences=3)
        read = calendar.get_event(made.object_id)
        self.assertEqual("series_master", read.event_type.value)
        self.assertEqual(3, read.recurrence.occurrences)
        self.assertEqual({"thursday"}, set(read.recurrence.days_of_week))
        rows = list(read.get_occurrences(moment(1, 0), moment(31, 0)))
        weeks = [moment(3, 10) + timedelta(days=7 * number) for number in range(3)]
        self.assertEqual(weeks, [row.start for row in rows])
        self.assertEqual({made.object_id}, {row.series_master_id for row in rows})

    def test_one_occurrence_is_changed_and_one_deleted(self):
        calendar = self.schedule().get_default_calendar()
        made = self.series(calendar, end=date(2026, 12, 24))
        read = calendar.get_event(made.object_id)
        rows = list(read.get_occurrences(moment(1, 0), moment(31, 0)))
        rows[1].subject = "Special"
        self.assertTrue(rows[1].save())
        self.assertTrue(rows[2].delete())
        view = calendar.get_events(
            include_recurring=True,
            start_recurring=moment(1, 0),
            end_recurring=moment(31, 0),
        )
        subjects = [event.subject for event in view]
        self.assertEqual(["Special", "Stand-up", "Stand-up"], sorted(subjects))
