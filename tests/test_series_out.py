# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Series from Odoo to Outlook: one request on the master, one for each single day."""

from odoo.tests import tagged

from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestSeriesOut(SeriesCase):
    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ann)

    def made(self, **vals):
        """Return a series that both sides have."""
        meetings = self.repeat(**vals)
        self.sync(self.account)
        return meetings.recurrence_id

    def test_problem_28_a_series_is_created_by_one_request(self):
        zoe = self.contact("Zoe")
        before = len(self.writes())
        series = self.made(guests=[zoe])
        posts = self.writes()[before:]
        self.assertEqual([request.method for request in posts], ["POST"])
        [master] = self.masters()
        self.assertEqual(master["recurrence"]["range"]["numberOfOccurrences"], 5)
        self.assertEqualSides(series)
        self.assertEqual(len(self.outlook_mails()), 1)
        self.assertFalse(self.outbox())
        first = self.meetings(series)[0].with_user(self.ann)
        self.assertEqual(first.outlook_state, "synced")
        self.quiet(self.account)

    def test_problem_29_a_change_of_all_is_one_request(self):
        series = self.made()
        before = len(self.writes())
        self.edit(self.meetings(series)[1], "all_events", name="Team II")
        self.sync(self.account)
        self.assertEqual([r.method for r in self.writes()[before:]], ["PATCH"])
        self.assertEqualSides(series)
        self.quiet(self.account)

    def test_a_title_of_one(self):
        series = self.made()
        self.edit(self.meetings(series)[1], name="Team II")
        self.sync(self.account)
        self.assertEqualSides(series)
        self.quiet(self.account)

    def test_one_is_moved(self):
        series = self.made()
        self.move(self.meetings(series)[1], days=1, hours=2)
        self.sync(self.account)
        self.assertEqualSides(series)
        self.quiet(self.account)

    def test_all_are_moved(self):
        series = self.made()
        self.move(self.meetings(series)[1], "all_events", days=1, hours=2)
        self.sync(self.account)
        self.assertEqualSides()
        self.quiet(self.account)

    def test_one_is_deleted(self):
        series = self.made()
        self.meetings(series)[2].with_user(self.ann).unlink()
        self.sync(self.account)
        self.assertEqualSides(series)
        self.quiet(self.account)

    FIELDS = {
        "name": ("Other", "subject", lambda value: value),
        "location": ("Ghent", "location", lambda value: value["displayName"]),
        "description": (
            "<p>Agenda</p>",
            "body",
            lambda value: "Agenda" in value["content"],
        ),
        "privacy": ("private", "sensitivity", lambda value: value),
        "show_as": ("free", "showAs", lambda value: value),
    }

    def shown(self, rows, field):
        """Return what Outlook shows of one of Odoo's fields."""
        _value, member, read = self.FIELDS[field]
        return [read(row[member]) for row in rows]

    def test_every_field_of_this_and_of_all(self):
        touched = {"self_only": {1}, "all_events": set(range(4))}
        for field, (value, _member, _read) in self.FIELDS.items():
            for policy, places in touched.items():
                with self.subTest(field=field, policy=policy):
                    series = self.made(count=4, name=f"{field} {policy}")
                    link = series.sudo().outlook_link_ids
                    master = {"id": link.remote_id}
                    before = self.shown(self.instances(master), field)
                    self.edit(self.meetings(series)[1], policy, **{field: value})
                    writes = len(self.writes())
                    self.sync(self.account)
                    self.assertEqual(len(self.writes()) - writes, 1)
                    after = self.shown(self.instances(master), field)
                    changed = {i for i in range(4) if before[i] != after[i]}
                    self.assertEqual(changed, places)
        self.quiet(self.account)

    def test_every_field_of_this_and_following(self):
        """Outlook has two series then; the first one keeps what it said."""
        for field, (value, _member, _read) in self.FIELDS.items():
            with self.subTest(field=field):
                series = self.made(count=4, name=f"following {field}")
                old = {"id": series.outlook_link_ids.remote_id}
                plain = self.shown(self.instances(old), field)
                second = self.meetings(series)[1]
                self.edit(second, "future_events", **{field: value})
                writes = len(self.writes())
                self.sync(self.account)
                methods = sorted(r.method for r in self.writes()[writes:])
                self.assertEqual(methods, ["PATCH", "POST"])
                self.assertEqual(self.shown(self.instances(old), field), plain[:1])
                new = {"id": second.recurrence_id.outlook_link_ids.remote_id}
                after = self.shown(self.instances(new), field)
                self.assertEqual(len(after), 3)
                self.assertNotIn(plain[0], after)
        self.quiet(self.account)

    def test_the_guests_of_this_and_of_all(self):
        zoe, kim = self.contact("Zoe"), self.contact("Kim")
        series = self.made(guests=[zoe])
        [master] = self.masters()
        mails = len(self.outlook_mails())
        first, second, *_rest = self.meetings(series)
        self.edit(second, partner_ids=[(4, kim.id)])
        self.sync(self.account)
        guests = [len(row["attendees"]) for row in self.instances(master)]
        self.assertEqual(guests, [1, 2, 1, 1, 1])
        self.assertLessEqual(len(self.outlook_mails()) - mails, 2)
        self.edit(first, "all_events", partner_ids=[(4, kim.id)])
        self.sync(self.account)
        guests = [len(row["attendees"]) for row in self.instances(master)]
        self.assertEqual(guests, [2] * 5)
        self.edit(first, "all_events", partner_ids=[(3, zoe.id)])
        self.sync(self.account)
        guests = [len(row["attendees"]) for row in self.instances(master)]
        self.assertEqual(guests, [1] * 5)
        self.quiet(self.account)

    def test_the_reminder_of_this_and_of_all(self):
        alarm = self.env["calendar.alarm"].create(
            {
                "name": "Pop-up",
                "alarm_type": "notification",
                "duration": 30,
                "interval": "minutes",
            }
        )
        series = self.made()
        [master] = self.masters()
        self.edit(self.meetings(series)[1], alarm_ids=[(6, 0, alarm.ids)])
        self.sync(self.account)
        shown = [row["isReminderOn"] for row in self.instances(master)]
        self.assertEqual(shown, [False, True, False, False, False])
        self.edit(self.meetings(series)[0], "all_events", alarm_ids=[(6, 0, alarm.ids)])
        self.sync(self.account)
        shown = [row["isReminderOn"] for row in self.instances(master)]
        self.assertEqual(shown, [True] * 5)
        self.quiet(self.account)

    def test_problem_38_this_and_following_become_a_series_of_their_own(self):
        zoe = self.contact("Zoe")
        series = self.made(guests=[zoe])
        mails = len(self.outlook_mails())
        third = self.meetings(series)[2]
        self.edit(third, "future_events", name="Other")
        self.sync(self.account)
        self.assertEqual(
            sorted(m["subject"] for m in self.masters()), ["Other", "Team"]
        )
        days = {m["subject"]: self.outlook_days(m) for m in self.masters()}
        self.assertEqual(days["Team"], [self.day(0), self.day(7)])
        self.assertEqual(days["Other"], [self.day(14), self.day(21), self.day(28)])
        self.assertEqual(third.recurrence_id.outlook_link_ids.kind, "meeting")
        self.assertLessEqual(len(self.outlook_mails()) - mails, 2)
        self.quiet(self.account)

    def test_this_and_following_are_moved(self):
        series = self.made()
        self.move(self.meetings(series)[2], "future_events", hours=3)
        self.sync(self.account)
        self.assertEqual(len(self.masters()), 2)
        hours = sorted(
            row["start"]["dateTime"][11:13]
            for master in self.masters()
            for row in self.instances(master)
        )
        self.assertEqual(len(set(hours)), 2)
        self.assertEqual(len(hours), 5)
        self.quiet(self.account)

    def test_all_from_the_first_one_stay_one_series(self):
        series = self.made()
        self.edit(self.meetings(series)[0], "future_events", name="Other")
        self.sync(self.account)
        [master] = self.masters()
        self.assertEqual(master["subject"], "Other")
        self.assertEqualSides()
        self.quiet(self.account)

    def test_one_is_moved_and_moved_again(self):
        series = self.made()
        second = self.meetings(series)[1]
        self.move(second, days=2)
        self.sync(self.account)
        self.move(second, days=-3, hours=1)
        self.sync(self.account)
        self.assertEqual(second.outlook_slot, self.day(7))
        self.assertEqualSides(series)
        self.edit(second, name="Later")
        self.sync(self.account)
        self.assertEqualSides(series)
        self.quiet(self.account)

    def test_two_changes_are_sent_in_one_sync(self):
        series = self.made()
        _first, second, third, *_rest = self.meetings(series)
        self.move(second, hours=1)
        third.with_user(self.ann).unlink()
        self.edit(self.meetings(series)[0], "all_events", name="Other")
        self.sync(self.account)
        self.assertEqualSides(series)
        self.quiet(self.account)

    def test_the_rule_is_changed(self):
        for vals in (
            {"interval": 2},
            {"rrule_type": "daily", "rrule_type_ui": "daily"},
            {"rrule_type": "monthly", "month_by": "date", "rrule_type_ui": "monthly"},
        ):
            with self.subTest(vals=vals):
                series = self.made(name=str(vals))
                link = series.outlook_link_ids
                self.edit(self.meetings(series)[0], "all_events", **vals)
                self.sync(self.account)
                self.assertTrue(link.recurrence_id)
                odoo = self.odoo_days(link.recurrence_id)
                self.assertEqual(odoo, self.outlook_days({"id": link.remote_id}))
        self.quiet(self.account)

    def test_it_is_shortened_lengthened_and_ended(self):
        series = self.made()
        link = series.outlook_link_ids
        for vals in (
            {"count": 3},
            {"count": 8},
            {"end_type": "end_date", "until": self.day(15)},
        ):
            with self.subTest(vals=vals):
                self.edit(self.meetings(link.recurrence_id)[0], "all_events", **vals)
                writes = len(self.writes())
                self.sync(self.account)
                self.assertEqual(len(self.writes()) - writes, 1)
                self.assertEqualSides(link.recurrence_id)
        self.quiet(self.account)

    def test_it_is_made_single(self):
        series = self.made()
        third = self.meetings(series)[2]
        self.edit(third, "all_events", recurrency=False)
        self.sync(self.account)
        [item] = self.outlook("ann")
        self.assertEqual(item["type"], "singleInstance")
        self.assertEqual(self.outlook_day(item), self.day(14))
        self.assertEqual(third.outlook_link_ids.event_id, third)
        self.quiet(self.account)

    def test_the_rest_is_made_single(self):
        series = self.made()
        third = self.meetings(series)[2]
        self.edit(third, "future_events", recurrency=False)
        self.sync(self.account)
        kinds = {item["type"]: item for item in self.outlook("ann")}
        self.assertEqual(set(kinds), {"singleInstance", "seriesMaster"})
        days = self.outlook_days(kinds["seriesMaster"])
        self.assertEqual(days, [self.day(0), self.day(7)])
        self.assertEqual(self.outlook_day(kinds["singleInstance"]), self.day(14))
        self.quiet(self.account)

    def test_a_single_meeting_is_made_recurring(self):
        event = self.meet(
            self.ann,
            "Team",
            start=self.utc(self.monday),
            stop=self.utc(self.monday, 11),
        )
        self.sync(self.account)
        [item] = self.outlook("ann")
        event.with_user(self.ann).write(
            {
                "recurrency": True,
                "rrule_type": "weekly",
                "end_type": "count",
                "count": 4,
                "interval": 1,
                "mon": True,
                "event_tz": "Europe/Brussels",
            }
        )
        self.sync(self.account)
        [master] = self.masters()
        self.assertEqual(master["id"], item["id"])
        self.assertEqualSides(event.recurrence_id)
        self.quiet(self.account)

    def test_the_rest_is_deleted_by_one_request(self):
        zoe = self.contact("Zoe")
        series = self.made(guests=[zoe])
        mails, writes = len(self.outlook_mails()), len(self.writes())
        third = self.meetings(series)[2].with_user(self.ann)
        third.action_mass_deletion("future_events")
        self.sync(self.account)
        self.assertEqual([r.method for r in self.writes()[writes:]], ["PATCH"])
        self.assertEqual(len(self.outlook_mails()) - mails, 1)
        self.assertEqualSides(series)
        self.quiet(self.account)

    def test_all_are_deleted_by_one_request(self):
        for policy, place in (("all_events", 2), ("future_events", 0)):
            with self.subTest(policy=policy):
                series = self.made()
                writes = len(self.writes())
                event = self.meetings(series)[place].with_user(self.ann)
                event.action_mass_deletion(policy)
                self.sync(self.account)
                methods = [r.method for r in self.writes()[writes:]]
                self.assertEqual(methods, ["DELETE"])
                self.assertEqual(self.outlook("ann"), [])
        self.quiet(self.account)

    def test_one_is_archived_and_restored(self):
        """Outlook cannot take back a cancelled day: it comes as a single meeting."""
        series = self.made()
        second = self.meetings(series)[1].with_user(self.ann)
        second.action_mass_archive("self_only")
        self.sync(self.account)
        [master] = self.masters()
        self.assertEqual(len(self.instances(master)), 4)
        second.action_unarchive()
        self.sync(self.account)
        self.sync(self.account)
        kinds = sorted(item["type"] for item in self.outlook("ann"))
        self.assertEqual(kinds, ["seriesMaster", "singleInstance"])
        self.assertFalse(second.recurrence_id)
        self.quiet(self.account)

    def test_the_rest_and_all_are_archived_and_restored(self):
        series = self.made()
        self.meetings(series)[2].with_user(self.ann).action_mass_archive(
            "future_events"
        )
        self.sync(self.account)
        self.assertEqualSides(series)
        meetings = self.meetings(series)
        meetings[0].with_user(self.ann).action_mass_archive("all_events")
        self.sync(self.account)
        self.assertEqual(self.outlook("ann"), [])
        meetings.with_user(self.ann).action_unarchive()
        self.sync(self.account)
        self.assertEqualSides(series)
        self.quiet(self.account)

    def test_problem_36_a_series_without_an_end_has_none_in_outlook(self):
        series = self.made(end_type="forever")
        [master] = self.masters()
        self.assertEqual(master["recurrence"]["range"]["type"], "noEnd")
        self.assertEqual(series.end_type, "forever")
        self.assertLess(len(self.meetings(series)), 110)
        self.edit(self.meetings(series)[0], "all_events", name="Other")
        self.sync(self.account)
        [master] = self.masters()
        self.assertEqual(master["recurrence"]["range"]["type"], "noEnd")
        self.quiet(self.account)

    def test_all_day_series(self):
        series = self.made(
            allday=True,
            start_date=self.monday,
            stop_date=self.monday,
            start=self.monday,
            stop=self.monday,
        )
        [master] = self.masters()
        self.assertTrue(master["isAllDay"])
        days = [self.day(7 * week) for week in range(5)]
        self.assertEqual(self.outlook_days(master), days)
        self.meetings(series)[1].with_user(self.ann).unlink()
        self.sync(self.account)
        self.assertEqual(self.outlook_days(master), days[:1] + days[2:])
        self.quiet(self.account)
