# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Graph's parts of a series to one: its days, its exceptions, what is called off."""

from datetime import date, datetime, time, timedelta, timezone

from hypothesis import given

from ...core.errors import ConversionError
from ...core.event_from_graph import item_from_graph
from ...core.recurrence_dates import dates
from ...core.recurrence_graph import graph_from_rule
from ...core.series import Clock
from ...core.series_from_graph import series_from_graph, series_of_master
from .common import PureCase
from .recurrence_cases import series as random_rules
from .series_cases import (
    BRUSSELS,
    MONDAY,
    SLOTS,
    TEN,
    WINDOW,
    exception,
    instance,
    master,
    moment,
    recurrence,
    rows,
    utc,
    when,
)


def without(*places):
    return [instance(slot) for at, slot in enumerate(SLOTS) if at not in places]


class TestSeriesFromGraph(PureCase):
    def test_a_plain_series(self):
        found = series_from_graph(rows())
        self.assertEqual(found.series.slots, SLOTS)
        self.assertEqual((found.series.clock, found.series.zone), (TEN, BRUSSELS))
        self.assertEqual(found.series.cancelled, frozenset())
        self.assertEqual(found.ids[MONDAY], f"M.{MONDAY}")
        self.assertEqual(found.known, set(SLOTS))
        self.assertEqual((found.since, found.horizon), (WINDOW[0].date(), SLOTS[-1]))
        self.assertEqual(found.problems, ())

    def test_what_is_missing_is_called_off(self):
        found = series_from_graph(rows(instances=without(1, 3)))
        self.assertEqual(found.series.cancelled, {SLOTS[1], SLOTS[3]})
        self.assertEqual(found.series.held, SLOTS[::2])

    def test_a_moved_day_is_found_by_its_original_start(self):
        third = exception(
            SLOTS[2], start=moment(SLOTS[2], 15), end=moment(SLOTS[2], 16)
        )
        moved = instance(SLOTS[2], start=third["start"], end=third["end"])
        found = series_from_graph(rows([third], [*without(2), moved]))
        self.assertEqual(found.series.exceptions[SLOTS[2]].when, when(SLOTS[2], 15))
        self.assertEqual(found.series.cancelled, frozenset())

    def test_a_day_that_left_the_window_is_not_called_off(self):
        far = WINDOW[1] + timedelta(days=90)
        third = exception(
            SLOTS[2], start=moment(far.date()), end=moment(far.date(), 10)
        )
        found = series_from_graph(rows([third], without(2)))
        self.assertIn(SLOTS[2], found.series.exceptions)
        self.assertEqual(found.series.cancelled, frozenset())

    def test_exceptions_beyond_the_window_are_not_asked_for(self):
        window = (WINDOW[0], utc(SLOTS[1], 12))
        last = exception(SLOTS[4], subject="Far")
        found = series_from_graph(rows([last], without(2, 3, 4), window))
        self.assertEqual(found.series.slots, SLOTS[:2])
        self.assertEqual(found.series.exceptions, {})
        self.assertEqual(found.horizon, SLOTS[1])

    def test_which_days_have_attachments_is_told(self):
        days = [exception(SLOTS[1]), exception(SLOTS[2], hasAttachments=True)]
        found = series_from_graph(rows(days, without(1, 2)))
        self.assertEqual(found.attached, {SLOTS[2]})

    def test_an_empty_list_of_instances_removes_nothing(self):
        found = series_from_graph(rows(instances=[]))
        self.assertEqual(found.series.held, SLOTS)

    def test_unless_the_master_says_so(self):
        told = [f"OID.M.{slot}" for slot in SLOTS]
        found = series_from_graph(rows(instances=[], cancelledOccurrences=told))
        self.assertEqual(found.series.held, ())

    def test_an_instance_that_cannot_be_read_removes_nothing(self):
        odd = instance(SLOTS[1], originalStart="soon")
        found = series_from_graph(rows(instances=[odd, *without(0, 1, 2)]))
        self.assertEqual(found.series.held, SLOTS)

    def test_without_an_original_start_the_day_has_to_do(self):
        plain = [instance(slot, originalStart=None) for slot in SLOTS]
        self.assertEqual(series_from_graph(rows(instances=plain)).series.slots, SLOTS)

    def test_what_the_organizer_called_off_is_told_from_what_is_gone(self):
        off = instance(SLOTS[1], isCancelled=True)
        gone = exception(SLOTS[3], isCancelled=True)
        odd = instance(SLOTS[2], isCancelled=True, originalStart="soon")
        found = series_from_graph(rows([gone], [off, *without(1, 2, 3), odd]))
        self.assertEqual(found.called_off, {SLOTS[1], SLOTS[3]})
        self.assertNotIn(SLOTS[3], found.series.exceptions)

    def test_exceptions_that_cannot_be_read_are_left_as_they_are(self):
        for members in (
            {"start": None},
            {"originalStart": None},
            {"originalStart": "soon"},
        ):
            with self.subTest(members=members):
                found = series_from_graph(rows([exception(SLOTS[2], **members)]))
                self.assertEqual(found.series.exceptions, {})
                self.assertEqual(found.series.held, SLOTS)
                self.assertEqual(found.problems, ("exception_unreadable",))

    def test_an_unknown_pattern_has_the_days_that_are_listed(self):
        rule = recurrence()
        rule["pattern"]["type"] = "lunarMonthly"
        found = series_from_graph(rows(instances=without(1), recurrence=rule))
        self.assertIsNone(found.series.rule)
        self.assertEqual(found.series.slots, SLOTS[:1] + SLOTS[2:])
        self.assertEqual(found.series.cancelled, frozenset())
        self.assertEqual(found.problems, ("recurrence_pattern",))

    def test_without_any_rule_the_first_meeting_begins_it(self):
        found = series_from_graph(rows(recurrence=None))
        self.assertEqual((found.series.rule, found.series.first), (None, MONDAY))
        none = series_from_graph(rows(instances=[], recurrence=None))
        self.assertEqual((none.series.slots, none.horizon), ((), None))

    def test_a_start_that_does_not_fit_moves_on(self):
        sunday = MONDAY - timedelta(days=1)
        rule = recurrence(startDate=sunday.isoformat())
        self.assertEqual(series_from_graph(rows(recurrence=rule)).series.first, MONDAY)

    def test_whole_days_float(self):
        day = timedelta(days=1)
        whole = {"isAllDay": True, "originalStartTimeZone": "Tokyo Standard Time"}
        listed = [
            {
                "id": f"M.{slot}",
                **whole,
                "start": moment(slot, 0),
                "end": moment(slot + day, 0),
                "originalStart": start,
            }
            for slot in SLOTS
            for start in ([f"{slot}T00:00:00Z"] if slot != SLOTS[1] else [None])
        ]
        found = series_from_graph(
            rows(
                instances=listed,
                start=moment(MONDAY, 0),
                end=moment(MONDAY + day, 0),
                **whole,
            )
        )
        self.assertEqual(found.series.clock, Clock(None, None, 1))
        self.assertEqual(found.series.held, SLOTS)

    def test_a_master_without_times_is_refused(self):
        with self.assertRaises(ConversionError):
            series_from_graph(rows(start=None))

    def test_an_answer_to_a_write_has_the_rule_and_the_clock(self):
        row = master()
        found = series_of_master(row, item_from_graph(row))
        self.assertEqual((found.clock, found.first), (TEN, MONDAY))
        self.assertEqual(found.slots, ())

    @given(drawn=random_rules())
    def test_the_days_are_those_of_the_rule(self, drawn):
        rule, start = drawn[0], drawn[1].date()
        if not 1990 < start.year < 2030 or rule.interval > 90:
            return
        zone = rule.zone or "UTC"
        begin = datetime.combine(start, time(12))
        body = {"dateTime": begin.isoformat(), "timeZone": zone}
        window = tuple(
            datetime.combine(start + timedelta(days=days), time(), tzinfo=timezone.utc)
            for days in (-5, 400)
        )
        found = series_from_graph(
            rows(
                instances=[],
                window=window,
                originalStartTimeZone=zone,
                start=body,
                end=body,
                recurrence=graph_from_rule(rule, start),
            )
        )
        last = date.fromordinal(start.toordinal() + 398)
        told = [slot for slot in found.series.slots if slot <= last]
        self.assertEqual(told, list(dates(rule, start, (start, last))))
