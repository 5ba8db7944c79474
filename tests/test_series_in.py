# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series from Outlook to Odoo: records keep their identity through every change."""

from odoo.tests import tagged

from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesIn(SeriesCase):
    def setUp(self):
        super().setUp()
        self.master = self.series_in_outlook()
        self.account = self.connect(self.ann)

    def test_a_series_comes_in(self):
        series = self.series_of(self.account)
        self.assertEqualSides(series)
        self.assertEqual(series.rrule_type, "weekly")
        self.assertEqual(series.count, 5)
        self.quiet(self.account)

    def test_a_title_of_all(self):
        ids = self.meetings(self.series_of()).ids
        self.change_in_outlook("ann", self.master, subject="Team II")
        self.sync(self.account)
        self.assertEqualSides()
        self.assertEqual(self.meetings(self.series_of()).ids, ids)
        self.quiet(self.account)

    def test_one_is_moved(self):
        ids = self.meetings(self.series_of()).ids
        second = self.instance(self.master, self.day(7))
        self.change_in_outlook("ann", second, **self.times(self.day(8), 12))
        self.sync(self.account)
        self.assertEqualSides()
        self.assertEqual(self.meetings(self.series_of()).ids, ids)
        self.quiet(self.account)

    def test_one_is_deleted(self):
        self.delete_in_outlook("ann", self.instance(self.master, self.day(7)))
        self.sync(self.account)
        self.assertEqualSides()
        self.quiet(self.account)

    def test_problem_14_all_are_moved(self):
        ids = self.meetings(self.series_of()).ids
        self.change_in_outlook("ann", self.master, **self.times(self.monday, 14))
        self.sync(self.account)
        self.assertEqualSides()
        self.assertEqual(self.meetings(self.series_of()).ids, ids)
        self.quiet(self.account)
