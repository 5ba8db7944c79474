# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The text of a rule gives the same dates to dateutil, and comes back as the rule."""

from datetime import date, datetime, timedelta
from itertools import islice

from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from ...core.errors import UnsupportedRecurrence
from ...core.reasons import REASONS
from ...core.recurrence import DAYS, Rule, canonical
from ...core.recurrence_dates import dates
from ...core.recurrence_from_rrule import rule_from_rrule
from ...core.recurrence_rrule import rrule_from_rule
from . import strategies  # noqa: F401, the profile of Hypothesis
from .common import PureCase
from .recurrence_cases import examples, series, starts

START = date(2026, 11, 2)
NAMES = [day[:2].upper() for day in DAYS]


def _parts(name, values):
    return st.sampled_from(["", *(f";{name}={value}" for value in values)])


# Rules as others may write them, most of which Graph does not have.
texts = st.tuples(
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"]),
    _parts("INTERVAL", [1, 2, 12]),
    _parts("BYMONTH", [2, 4, 12, "1,7"]),
    _parts("BYMONTHDAY", [1, 28, 29, 30, 31, -1, -2, "1,15", "28,29,30"]),
    _parts("BYDAY", ["MO", "MO,WE", "1MO", "-1FR", "5TU", "1MO,3MO", "MO,TU,WE,TH,FR"]),
    _parts("BYSETPOS", [1, -1, 2, "1,-1"]),
    _parts("WKST", ["SU", "MO"]),
).map("".join)


def read(text, start):
    """Return the rule of a text, or the code of the refusal."""
    try:
        return rule_from_rrule(text, start)
    except UnsupportedRecurrence as error:
        return error.code


class TestToRrule(PureCase):
    @examples(400)
    @given(series())
    def test_dateutil_finds_the_same_dates(self, one):
        rule, wall = one
        text = rrule_from_rule(rule)
        if rule.until:  # dateutil takes a date for its midnight
            text = text.replace("UNTIL=", f"UNTIL={rule.until:%Y%m%d}T235959#")
            text = text.partition("#")[0]
        found = islice(rrulestr(text, dtstart=wall), 60)
        wanted = islice(dates(rule, wall.date()), 60)
        self.assertEqual([one.date() for one in found], list(wanted))

    @examples(200)
    @given(series())
    def test_there_and_back(self, one):
        rule, wall = one
        back = rule_from_rrule(rrule_from_rule(rule), wall, rule.zone)
        self.assertEqual(canonical(back, wall.date()), canonical(rule, wall.date()))

    def test_how_each_kind_is_written(self):
        for rule, text in (
            (Rule("daily", 2, count=5), "FREQ=DAILY;INTERVAL=2;COUNT=5"),
            (
                Rule("weekly", 1, ("monday", "friday"), until=date(2027, 1, 29)),
                "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,FR;WKST=SU;UNTIL=20270129",
            ),
            (
                Rule("yearly", 1, DAYS[:5], -1, month=6),
                "FREQ=YEARLY;INTERVAL=1;BYMONTH=6;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            ),
            (
                Rule("monthly", month_day=31),
                "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1",
            ),
        ):
            self.assertEqual(rrule_from_rule(rule), text)


class TestFromRrule(PureCase):
    @examples(200)
    @given(texts, starts)
    def test_what_is_read_has_the_dates_that_dateutil_finds(self, text, start):
        rule = read(text, start)
        assume(isinstance(rule, Rule))
        midnight = datetime.combine(start, datetime.min.time())
        listed = [one.date() for one in islice(rrulestr(text, dtstart=midnight), 30)]
        # RFC 5545 leaves open what a rule means from a day on which it does not repeat.
        assume(listed[0] == start)
        self.assertEqual(list(islice(dates(rule, start), 30)), listed)

    @examples(300)
    @given(texts, starts)
    def test_a_refusal_has_its_sentence(self, text, start):
        code = read(text, start)
        assume(isinstance(code, str))
        self.assertIn(code, REASONS)

    def test_forms_that_say_the_same(self):
        first_monday = Rule("monthly", weekdays=("monday",), ordinal=1)
        for text in (
            "RRULE:FREQ=MONTHLY;BYDAY=1MO",
            "FREQ=MONTHLY;BYDAY=+1MO",
            "freq=monthly;byday=mo;bysetpos=1;",
        ):
            self.assertEqual(rule_from_rrule(text, START), first_monday)
        every_day = Rule("weekly", 1, DAYS[:5], week_start="monday")
        self.assertEqual(
            rule_from_rrule("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", START), every_day
        )

    def test_what_the_start_tells(self):
        for text, rule in (
            ("WEEKLY", Rule("weekly", 1, ("monday",), week_start="monday")),
            ("MONTHLY", Rule("monthly", month_day=2)),
            ("YEARLY", Rule("yearly", month=11, month_day=2)),
        ):
            self.assertEqual(rule_from_rrule(f"FREQ={text}", START), rule)

    def test_an_end_in_utc_is_a_day_in_the_zone(self):
        for wall, zone, until, last in (
            (datetime(2026, 11, 2, 9), "Asia/Tokyo", "20261201T000000Z", 1),
            (datetime(2026, 11, 2, 9), "Asia/Tokyo", "20261130T235959Z", 30),
            (datetime(2026, 11, 2, 20), "America/New_York", "20261201T010000Z", 30),
            (datetime(2026, 11, 2, 9), "", "20261130T090000", 30),
            (datetime(2026, 11, 2, 9), "", "20261130T085959Z", 29),
            (START, "Asia/Tokyo", "20261130", 30),
            (START, "", "20261130T000000", 30),
        ):
            with self.subTest(until=until, zone=zone):
                rule = rule_from_rrule(f"FREQ=DAILY;UNTIL={until}", wall, zone)
                self.assertEqual(rule.until.day, last)

    def test_what_graph_does_not_have(self):
        for text, code in (
            ("FREQ=HOURLY", "outlook_sub_daily"),
            ("FREQ=MINUTELY", "outlook_sub_daily"),
            ("FREQ=MONTHLY;BYMONTHDAY=1,15", "outlook_several_days"),
            ("FREQ=MONTHLY;BYMONTHDAY=-2", "outlook_days_from_end"),
            ("FREQ=MONTHLY;BYMONTHDAY=31", "outlook_short_months"),
            ("FREQ=MONTHLY;BYMONTHDAY=30", "outlook_short_months"),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "outlook_short_months"),
            ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31", "outlook_short_months"),
            ("FREQ=MONTHLY;BYDAY=5MO", "outlook_fifth_weekday"),
            ("FREQ=MONTHLY;BYDAY=-2MO", "outlook_fifth_weekday"),
            ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=5", "outlook_fifth_weekday"),
            ("FREQ=MONTHLY;BYDAY=1MO,3MO", "outlook_several_days"),
            ("FREQ=MONTHLY;BYDAY=1MO,1TU", "outlook_several_days"),
            ("FREQ=MONTHLY;BYDAY=MO", "outlook_several_days"),
            ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-1", "outlook_several_days"),
            ("FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=1", "outlook_part"),
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "outlook_part"),
            ("FREQ=MONTHLY;BYMONTHDAY=1,15;BYSETPOS=-1", "outlook_part"),
            ("FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=1", "outlook_part"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1;BYSETPOS=-1", "outlook_part"),
            ("FREQ=MONTHLY;BYSETPOS=1", "outlook_part"),
            ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=1", "outlook_part"),
            ("FREQ=YEARLY;BYMONTH=1,7", "outlook_several_months"),
            ("FREQ=YEARLY;BYDAY=20MO", "outlook_part"),
            ("FREQ=YEARLY;BYMONTHDAY=15", "outlook_part"),
            ("FREQ=YEARLY;BYYEARDAY=100", "outlook_part"),
            ("FREQ=YEARLY;BYWEEKNO=20", "outlook_part"),
            ("FREQ=DAILY;BYHOUR=9,17", "outlook_part"),
            ("FREQ=DAILY;INTERVAL=2;BYDAY=MO", "outlook_part"),
            ("FREQ=MONTHLY;RSCALE=HEBREW", "outlook_part"),
            ("RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY", "outlook_several_rules"),
            ("RRULE:FREQ=DAILY\nEXDATE:20261103", "outlook_several_rules"),
            ("FREQ=DAILY;UNTIL=20261101", "recurrence_ends_first"),
        ):
            self.assert_refused(code, text)

    def test_what_is_no_rule(self):
        for text in (
            "",
            "Every Monday;",
            "FREQ",
            "FREQ=",
            "FREQ=FORTNIGHTLY",
            "INTERVAL=2",
            "FREQ=DAILY;FREQ=WEEKLY",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=two",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;COUNT=2;UNTIL=20261231",
            "FREQ=DAILY;UNTIL=tomorrow",
            "FREQ=DAILY;UNTIL=20261131",
            "FREQ=DAILY;UNTIL=00010101T000000",
            "FREQ=WEEKLY;WKST=XX",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=WEEKLY;BYDAY=MO,",
            "FREQ=MONTHLY;BYDAY=0MO",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "FREQ=MONTHLY;BYMONTHDAY=x",
            "FREQ=YEARLY;BYMONTH=13",
        ):
            self.assert_refused(
                "outlook_several_rules" if " " in text else "rrule_unreadable", text
            )

    @given(st.text("FREQ=DAILYWKBMO;,012-:T ", max_size=40))
    def test_whatever_comes_is_read_or_refused(self, text):
        try:
            outcome = rule_from_rrule(text, START).frequency
        except UnsupportedRecurrence as error:
            outcome = error.code
        self.assertIn(outcome, {"daily", "weekly", "monthly", "yearly", *REASONS})

    def assert_refused(self, code, text):
        with self.subTest(text=text):
            with self.assertRaises(UnsupportedRecurrence) as caught:
                rule_from_rrule(
                    text,
                    datetime.combine(START, datetime.min.time()) + timedelta(hours=9),
                )
            self.assertEqual(caught.exception.code, code)
            self.assertIn(code, REASONS)
