# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Zones and instants, there and back."""

from datetime import datetime, timedelta, timezone
from zoneinfo import available_timezones

from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

from ...core.errors import ConversionError
from ...core.timezones import (
    date_from_graph,
    graph_from_utc,
    graph_zone,
    iana_from_graph,
    instant_from_graph,
    utc_from_graph,
)
from .common import PureCase
from .strategies import ZONES, instants

UNUSABLE = [
    "",
    "next Tuesday",
    "2026-13-01T00:00:00",
    "2026-02-30T09:00:00",
    "2026-12-03",
    "2026-12-03T25:00:00",
    "2026-12-03T09:00:00+30:00",
    "0000-01-01T00:00:00",
    "10000-01-01T00:00:00",
    "٢٠٢٦-12-03T09:00:00",
]


class TestNames(PureCase):
    def test_every_windows_name_of_the_cldr_has_a_zone(self):
        names = get_global("windows_zone_mapping")
        self.assertGreater(len(names), 130)
        unknown = [name for name in names if not iana_from_graph(name)]
        self.assertEqual(unknown, [])

    def test_zones_that_the_cldr_table_lacks_are_known(self):
        for name, iana in (
            ("Alberta Standard Time", "America/Edmonton"),
            ("British Columbia Standard Time", "America/Vancouver"),
            ("Manitoba Standard Time", "America/Winnipeg"),
            ("Kamchatka Standard Time", "Asia/Kamchatka"),
            ("Mid-Atlantic Standard Time", "Atlantic/South_Georgia"),
        ):
            self.assertEqual(iana_from_graph(name), iana)
            self.assertIn(iana, available_timezones())

    def test_utc_has_one_name(self):
        for name in ("UTC", "utc", "tzone://Microsoft/Utc", " UTC "):
            self.assertEqual(iana_from_graph(name), "UTC")

    def test_iana_names_are_kept(self):
        for name in ZONES:
            self.assertEqual(iana_from_graph(name), name)

    def test_windows_names_are_known_in_any_case(self):
        self.assertEqual(iana_from_graph("ROMANCE standard time"), "Europe/Paris")

    def test_what_is_no_zone_has_no_name(self):
        for name in (
            *("", "   ", "Customized Time Zone", "tzone://Microsoft/Custom"),
            *("Europe", "../etc/passwd", "/etc/passwd", "Nul\0l", "x" * 5000),
        ):
            with self.subTest(name=name[:30]):
                self.assertEqual(iana_from_graph(name), "")

    @given(st.text())
    def test_any_name_is_answered(self, name):
        self.assertIsInstance(iana_from_graph(name), str)

    def test_names_that_graph_refuses_are_told_by_their_equals(self):
        for name in ("EST", "MST", "HST"):
            january = datetime(2026, 1, 15, tzinfo=timezone.utc)
            sent = graph_from_utc(january, name)
            self.assertNotEqual(sent["timeZone"], name)
            hours = {"EST": -5, "MST": -7, "HST": -10}[name]
            wall = january + timedelta(hours=hours)
            self.assertEqual(sent["dateTime"], wall.replace(tzinfo=None).isoformat())

    def test_an_unknown_zone_is_not_sent(self):
        with self.assertRaises(ConversionError) as caught:
            graph_zone("Europe/Atlantis")
        self.assertEqual(caught.exception.field, "timeZone")


class TestRead(PureCase):
    def assert_refused(self, field, value):
        with self.assertRaises(ConversionError) as caught:
            utc_from_graph(value)
        self.assertEqual(caught.exception.field, field)

    def test_madrid_in_june_and_in_january(self):
        for month, hour in ((6, 8), (1, 9)):
            text = f"2026-0{month}-10T10:00:00.0000000"
            for zone in ("Europe/Madrid", "Romance Standard Time"):
                self.assertEqual(
                    utc_from_graph({"dateTime": text, "timeZone": zone}),
                    datetime(2026, month, 10, hour, tzinfo=timezone.utc),
                )

    def test_a_missing_zone_is_utc(self):
        for value in ({}, {"timeZone": None}, {"timeZone": ""}):
            self.assertEqual(
                utc_from_graph({"dateTime": "2026-06-10T10:00:00"} | value),
                datetime(2026, 6, 10, 10, tzinfo=timezone.utc),
            )

    def test_an_offset_outweighs_the_zone(self):
        for text in (
            *("2026-06-10T10:00:00Z", "2026-06-10T12:00:00+02:00"),
            *("2026-06-10t04:30:00.0-0530", "2026-06-10T10:00z"),
        ):
            self.assertEqual(
                utc_from_graph({"dateTime": text, "timeZone": "Asia/Tokyo"}),
                datetime(2026, 6, 10, 10, tzinfo=timezone.utc),
            )

    def test_digits_past_the_microsecond_are_cut(self):
        for fraction, micros in ((".9999999", 999999), (".5", 500000), ("", 0)):
            text = f"2026-06-10T10:00:00{fraction}"
            self.assertEqual(utc_from_graph({"dateTime": text}).microsecond, micros)

    def test_what_is_no_time_is_refused(self):
        for text in (None, 5, *UNUSABLE):
            with self.subTest(text=text):
                self.assert_refused("dateTime", {"dateTime": text, "timeZone": "UTC"})
                with self.assertRaises(ConversionError):
                    date_from_graph({"dateTime": text})

    def test_a_zone_that_is_no_zone_is_refused(self):
        for zone in ("Atlantis Standard Time", "tzone://Microsoft/Custom", 5):
            value = {"dateTime": "2026-06-10T10:00:00", "timeZone": zone}
            self.assert_refused("timeZone", value)

    def test_years_1_to_9999_are_read_and_no_others(self):
        for text in ("0001-01-01T00:00:00.0000000", "9999-12-31T23:59:59.9999999"):
            self.assertEqual(
                utc_from_graph({"dateTime": text}).isoformat()[:4], text[:4]
            )
        for text, zone in (
            ("0001-01-01T00:00:00", "Asia/Tokyo"),
            ("9999-12-31T23:59:59", "America/New_York"),
        ):
            self.assert_refused("dateTime", {"dateTime": text, "timeZone": zone})

    def test_a_timestamp_has_its_offset_or_is_utc(self):
        for text in ("2026-06-10T10:00:00", "2026-06-10T10:00:00Z"):
            self.assertEqual(
                instant_from_graph(text), datetime(2026, 6, 10, 10, tzinfo=timezone.utc)
            )
        with self.assertRaises(ConversionError):
            instant_from_graph("yesterday")


class TestRoundTrip(PureCase):
    @given(moment=instants, zone=st.sampled_from([*ZONES, "", "UTC", "EST"]))
    def test_an_instant_comes_back_as_itself(self, moment, zone):
        self.assertEqual(utc_from_graph(graph_from_utc(moment, zone)), moment)

    def test_both_of_two_equal_wall_times_come_back(self):
        """25 October 2026, 02:30 comes twice in Brussels."""
        for hour in (0, 1):
            moment = datetime(2026, 10, 25, hour, 30, tzinfo=timezone.utc)
            sent = graph_from_utc(moment, "Europe/Brussels")
            self.assertEqual(utc_from_graph(sent), moment)
        self.assertEqual(sent["timeZone"], "UTC")

    def test_the_ends_of_the_calendar_are_sent_in_utc(self):
        for moment, zone in (
            (datetime(1, 1, 1, tzinfo=timezone.utc), "America/New_York"),
            (datetime(9999, 12, 31, 23, tzinfo=timezone.utc), "Asia/Tokyo"),
        ):
            sent = graph_from_utc(moment, zone)
            self.assertEqual(sent["timeZone"], "UTC")
            self.assertEqual(utc_from_graph(sent), moment)

    def test_the_clock_time_stays_when_summer_time_comes(self):
        """Brussels, the weeks around 29 March 2026: 10:00 before and after."""
        winter = graph_from_utc(
            datetime(2026, 3, 27, 9, tzinfo=timezone.utc), "Europe/Brussels"
        )
        summer = graph_from_utc(
            datetime(2026, 3, 30, 8, tzinfo=timezone.utc), "Europe/Brussels"
        )
        self.assertEqual(winter["dateTime"][-8:], summer["dateTime"][-8:])
