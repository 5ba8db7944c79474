# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The same moment, the same day, the right zone: on both sides."""

from datetime import date, datetime, timedelta

from odoo.tests import tagged

from .common import OutlookCase, graph_time


@tagged("post_install", "-at_install")
class TestTime(OutlookCase):
    def summer(self, hour):
        """Return a moment of next July, naive UTC."""
        return datetime(self.now.year + 1, 7, 14, hour)

    def test_problem_40_outlook_shows_the_organizers_own_clock(self):
        account = self.connect(self.ann, days_future=900)
        start = self.summer(14)
        self.meet(self.ann, start=start, stop=start + timedelta(hours=1))
        self.sync(account)
        [item] = self.outlook("ann")
        self.assertEqual(item["originalStartTimeZone"], "Europe/Brussels")
        self.assertEqual(
            item["start"],
            {"dateTime": f"{start.isoformat()}.0000000", "timeZone": "UTC"},
        )

    def test_problem_41_all_day_meetings_stay_on_their_days(self):
        first = date(self.now.year + 1, 7, 12)
        account = self.connect(self.ann, days_future=900)
        for zone in ("America/Los_Angeles", "Europe/Brussels", "Australia/Brisbane"):
            for days in (1, 3):
                with self.subTest(zone=zone, days=days):
                    self.ann.tz = zone
                    last = first + timedelta(days=days - 1)
                    event = self.meet(
                        self.ann,
                        f"{zone} {days}",
                        allday=True,
                        start=first,
                        stop=last,
                        start_date=first,
                        stop_date=last,
                    )
                    self.sync(account)
                    item = next(
                        i for i in self.outlook("ann") if i["subject"] == event.name
                    )
                    end = last + timedelta(days=1)
                    self.assertEqual(item["start"]["dateTime"][:10], first.isoformat())
                    self.assertEqual(item["end"]["dateTime"][:10], end.isoformat())
                    self.change_in_outlook("ann", item, subject=f"{event.name}!")
                    self.sync(account)
                    self.assertTrue(event.name.endswith("!"))
                    self.assertEqual((event.start_date, event.stop_date), (first, last))

    def test_problem_42_zones_of_windows_and_zones_of_nobody(self):
        start = self.now + timedelta(hours=24)
        zones = {
            "Romance Standard Time": "Europe/Paris",
            "Europe/Brussels": "Europe/Brussels",
            "Customized Time Zone": "",
            "tzone://Microsoft/Utc": "UTC",
        }
        for zone in zones:
            item = self.in_outlook("ann", zone)
            self.odd_in_outlook("ann", item, originalStartTimeZone=zone)
        account = self.connect(self.ann)
        for zone, expected in zones.items():
            with self.subTest(zone=zone):
                event = self.events(name=zone)
                self.assertEqual(event.start, start)
                self.assertEqual(event.outlook_link_ids.zone or "", expected)
        self.assertFalse(account.error_message)
        notes = self.journal("create").filtered("details")
        self.assertEqual(notes.event_name, "Customized Time Zone")

    def test_problem_44_summer_and_winter_make_no_difference(self):
        self.ann.tz = "Europe/Madrid"
        account = self.connect(self.ann, days_future=900)
        for month in (1, 7):
            start = datetime(self.now.year + 1, month, 14, 8, 30)
            event = self.meet(
                self.ann, f"M{month}", start=start, stop=start + timedelta(hours=1)
            )
            self.sync(account)
            item = next(i for i in self.outlook("ann") if i["subject"] == f"M{month}")
            self.assertTrue(item["start"]["dateTime"].startswith(start.isoformat()))
            self.change_in_outlook("ann", item, location={"displayName": "Ghent"})
            self.sync(account)
            self.assertEqual((event.location, event.start), ("Ghent", start))

    def test_far_dates_come_in(self):
        for year in (1969, 2101):
            start = datetime(year, 5, 1, 9)
            self.in_outlook(
                "ann",
                f"Year {year}",
                start=graph_time(start),
                end=graph_time(start + timedelta(hours=1)),
            )
        account = self.connect(self.ann)
        links = [self.outlook("ann")[0], self.outlook("ann")[1]]
        intake = self.env["outlook.intake"].with_user(self.ann).sudo()
        from ..core.delta import fold

        intake._take_rows(account.sudo()._target(), fold(links))
        for year in (1969, 2101):
            event = self.events(name=f"Year {year}")
            self.assertEqual(event.start, datetime(year, 5, 1, 9))
