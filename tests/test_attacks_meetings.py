# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Private meetings: what they say stays with those who take part in them."""

from functools import partial

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attacks import SECRET, AttackMixin, text_of
from .common import OutlookCase, guest


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestPrivateMeetings(AttackMixin, OutlookCase):
    def curious(self):
        """Return those who may see that Ann is busy, and no more."""
        return {
            who: user for who, user in self.attackers.items() if user._is_internal()
        }

    def test_problem_65_nobody_finds_a_private_meeting_by_its_words(self):
        domains = [
            [(name, "ilike", SECRET)]
            for name in (
                "name",
                "display_name",
                "description",
                "location",
                "categ_ids.name",
                "attendee_ids.email",
                "attendee_ids.common_name",
                "outlook_link_ids.event_name",
                "outlook_link_ids.account_id.email",
            )
        ]
        for who, user in self.curious().items():
            events = self.env["calendar.event"].with_user(user)
            for domain in domains:
                for way, attempt in self.finds(events, domain).items():
                    with self.subTest(who=who, domain=domain, way=way):
                        found = self.attack(attempt)
                        self.assertFalse(found if not isinstance(found, str) else [])
                        self.assertKept(found)

    def finds(self, events, domain):
        negated = ["&", ("id", "=", self.event.id), "!", *domain]
        return {
            "search": lambda: events.search(domain),
            "count": lambda: events.search_count(domain),
            "group": lambda: [
                row
                for row in events.formatted_read_group(domain, [], ["__count"])
                if row["__count"]
            ],
            "name_search": lambda: events.name_search(SECRET, [("id", "!=", 0)]),
            # What is not found under "not" would be a way to ask as well.
            "negated": lambda: events.search(negated),
            "from attendees": lambda: (
                self.env["calendar.attendee"]
                .with_user(events.env.user)
                .search([("event_id.name", "ilike", SECRET)])
            ),
        }

    def test_what_is_not_private_is_found_as_ever(self):
        """Also of somebody who never opened his preferences, or of nobody."""
        self.env["res.users.settings"].sudo().search([]).unlink()
        event = self.meet(self.ann, "Board", hours=60)
        nobodys = self.meet(self.ann, "Board of all", hours=62)
        nobodys.user_id = False
        self.env.flush_all()
        self.env.invalidate_all()
        for who, user in self.curious().items():
            events = self.env["calendar.event"].with_user(user)
            with self.subTest(who=who):
                found = events.search([("name", "ilike", "Board")])
                self.assertEqual(found, event + nobodys)
                self.assertTrue(found.attendee_ids.read(["email"]))

    def test_problem_65_the_guests_of_a_private_meeting_are_not_told(self):
        self.assertIn(SECRET, "".join(self.event.attendee_ids.mapped("email")))
        for who, user in self.curious().items():
            guests = self.env["calendar.attendee"].with_user(user)
            rows = self.event.attendee_ids.with_user(user)
            self.env.invalidate_all()
            with self.subTest(who=who):
                self.assertFalse(guests.search([("email", "ilike", SECRET)]))
                self.assertFalse(guests.search([("event_id", "=", self.event.id)]))
                answer = self.attack(lambda rows=rows: rows.read(["email"]))
                self.assertIsInstance(answer, str, "not refused")
                self.assertKept(answer)
                series = self.env["calendar.recurrence"].with_user(user)
                domain = [("calendar_event_ids.name", "ilike", SECRET)]
                self.assertFalse(series.search(domain))

    def test_problem_65_others_still_see_that_somebody_is_busy(self):
        events = self.env["calendar.event"].with_user(self.bob)
        when = [("start", "<", self.event.stop), ("stop", ">", self.event.start)]
        self.env.invalidate_all()
        shown = events.search([*when, ("partner_ids", "in", self.ann.partner_id.ids)])
        self.assertEqual(shown.ids, self.event.ids)
        self.assertEqual(shown.name, "Busy")

    def test_problem_65_who_takes_part_finds_it(self):
        self.event.with_user(self.ann).write(
            {"partner_ids": [(4, self.bob.partner_id.id)]}
        )
        self.event.flush_recordset()
        for user in (self.ann, self.bob):
            events = self.env["calendar.event"].with_user(user)
            self.assertEqual(events.search([("name", "ilike", SECRET)]), self.event)
        self.event.sudo().privacy = "confidential"
        events = self.env["calendar.event"].with_user(self.attackers["administrator"])
        self.assertEqual(events.search([("name", "ilike", SECRET)]), self.event)

    def test_problem_65_a_calendar_that_is_private_by_default(self):
        """The organizer's own setting counts as the meeting's does."""
        self.ann.with_user(self.ann).calendar_default_privacy = "private"
        event = self.meet(self.ann, f"{SECRET} by default", hours=60)
        self.assertFalse(event.privacy)
        events = self.env["calendar.event"].with_user(self.bob)
        self.assertFalse(events.search([("name", "ilike", f"{SECRET} by")]))
        events = self.env["calendar.event"].with_user(self.ann)
        self.assertEqual(events.search([("name", "ilike", f"{SECRET} by")]), event)

    def test_problem_65_reading_and_export_tell_nothing(self):
        names = [
            name
            for name in self.env["calendar.event"].fields_get()
            if name.startswith("outlook_")
            or name in ("name", "description", "location")
        ]
        for who, user in self.curious().items():
            event = self.event.with_user(user)
            with self.subTest(who=who):
                self.assertKept(self.attack(lambda event=event: event.read(names)))
                self.assertKept(
                    self.attack(lambda event=event: event.export_data(names))
                )
                [row] = event.read(["outlook_state", "outlook_web_link"])
                self.assertEqual(row["outlook_state"], "none")
                self.assertFalse(row["outlook_web_link"])

    def test_problem_65_errors_tell_nothing(self):
        """Who may not change a meeting is not told who organizes it, or anything."""
        item = self.in_outlook(
            "ann",
            f"{SECRET} other",
            hours=70,
            sensitivity="private",
        )
        self.sync(self.account)
        event = self.events(name=f"{SECRET} other")
        link = event.sudo().outlook_link_ids
        link.write(
            {
                "organizer_name": f"Dr {SECRET}",
                "is_organizer": False,
                "kind": "meeting",
            }
        )
        event.sudo().with_context(no_calendar_sync=True).user_id = False
        self.env.flush_all()
        self.assertTrue(item)
        start = self.now
        attempts = (
            lambda one: one.write({"start": start, "stop": start}),
            lambda one: one.write({"name": "x"}),
            lambda one: one.unlink(),
            lambda one: one.copy(),
            lambda one: one.action_outlook_retry(),
            lambda one: one.action_mass_deletion("all_events"),
        )
        for who, user in self.curious().items():
            for one in (event, self.event):
                for number, attempt in enumerate(attempts):
                    with self.subTest(who=who, event=one.id, number=number):
                        record = one.with_user(user)
                        self.assertKept(self.attack(lambda r=record, a=attempt: a(r)))

    def test_portal_and_public_users_have_no_field_of_ours(self):
        portal = self.attackers["portal"]
        event = self.meet(self.ann, guests=[portal.partner_id], hours=40)
        self.sync(self.account)
        mine = event.with_user(portal)
        self.assertEqual(mine.read(["name"])[0]["name"], "Board")
        told = self.env["calendar.event"].with_user(portal).fields_get()
        ours = [name for name in told if name.startswith("outlook_")]
        self.assertFalse(ours)
        for name in ("outlook_state", "outlook_link_ids", "outlook_web_link"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                mine.read([name])

    def test_a_wizard_for_the_connection_of_another_is_refused(self):
        self.connect(self.bob)  # else he would be told to sign in first
        for name in ("outlook.disconnect", "outlook.first.sync"):
            vals = {"account_id": self.account.id}
            if name == "outlook.first.sync":
                choices = ("direction", "export_existing", "invitation_mode")
                vals |= {one: self.account[one] for one in choices}
                vals |= {"days_past": 1, "days_future": 1}
            for who, user in self.attackers.items():
                wizards = self.env[name].with_user(user)
                with self.subTest(model=name, who=who):
                    answer = self.attack(partial(wizards.create, vals))
                    self.assertIsInstance(answer, str, "not refused")
                    self.assertKept(answer)

    def test_files_of_private_meetings_stay_in_outlook(self):
        """Odoo shows the files of a meeting to every colleague."""
        [row] = self.env["outlook.attachment"].sudo().search([])[:1]
        row.write({"link_id": self.event.sudo().outlook_link_ids.id, "kind": "file"})
        with self.assertRaisesRegex(UserError, "private"):
            row.with_user(self.ann).action_copy()

    def test_what_is_put_on_the_bus_reaches_those_who_take_part_alone(self):
        self.in_outlook("ann", f"{SECRET} soon", hours=2, sensitivity="private")
        self.sync(self.account)
        self.cr.precommit.run()
        self.cr.execute("SELECT channel, message FROM bus_bus")
        own = str(self.ann.partner_id.id)
        for channel, message in self.cr.fetchall():
            if SECRET in message.lower():
                self.assertIn(own, channel)

    @mute_logger("odoo.sql_db")
    def test_nothing_of_a_private_meeting_is_logged(self):
        self.cr.execute(
            "ALTER TABLE calendar_event ADD CONSTRAINT poison "
            f"CHECK (name NOT LIKE '%{SECRET} poison%')"
        )
        self.in_outlook(
            "ann",
            f"{SECRET} poison",
            sensitivity="private",
            attendees=[guest(f"{SECRET}@customer.example")],
        )
        with self.assertLogs("odoo.addons.outlook_calendar", 20) as logs:
            self.sync(self.account)
        self.assertNotIn(SECRET, text_of(logs.output))
