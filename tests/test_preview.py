# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The preview: it tells the truth, and touches nothing on either side."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .common import graph_time
from .preview import PreviewCase

# The wizard's own.
OWN_TABLES = ("outlook_first_sync", "outlook_calendar_outlook_first_sync_rel")


@tagged("post_install", "-at_install")
class TestPreview(PreviewCase):
    def rows(self):
        """Return a digest of every table but the wizard's own."""
        self.env.flush_all()
        self.cr.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
        names = [name for (name,) in self.cr.fetchall()]
        found = {}
        for name in names:
            if not name.startswith(OWN_TABLES):
                self.cr.execute(
                    SQL(
                        "SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text))"
                        " FROM %s t",
                        SQL.identifier(name),
                    )
                )
                found[name] = self.cr.fetchone()
        return found

    # --- it touches nothing ------------------------------------------------------

    def test_counting_writes_nothing_on_either_side(self):
        self.fill()
        account = self.connect(self.ann, start=False)
        account.action_list_calendars()
        before = self.rows()
        writes, mails = len(self.writes()), len(self.outlook_mails())
        self.assertIn("calendar_event", before)
        wizard = self.preview(self.ann)
        wizard.write({"privacy_filter": "busy", "export_existing": "all"})
        wizard.write({"days_future": 800, "export_invites": True})
        self.read_all(wizard)
        self.assertTrue(wizard.is_read)
        self.assertEqual(wizard.mail_count, 1)
        after = self.rows()
        self.assertEqual({n for n in after if after[n] != before[n]}, set())
        self.assertEqual(len(self.writes()), writes)
        self.assertEqual(len(self.outlook_mails()), mails)

    def test_leaving_the_preview_keeps_nothing_of_the_mailbox(self):
        self.fill()
        account = self.connect(self.ann, start=False)
        wizard = self.preview(self.ann, days_past=5)
        wizard.action_cancel()
        self.assertFalse(self.env["outlook.first.sync.page"].sudo().search([]))
        self.assertFalse(wizard.sudo().stamps)
        self.assertEqual((account.state, account.days_past), ("draft", 30))
        self.assertEqual(self.writes(), [])

    def test_it_is_read_in_pages_that_can_be_stopped(self):
        """Whoever asks for no further page has stopped; asking again goes on."""
        self.sandbox.exchange.switches.set("delta_page_limit", 2)
        for number in range(5):
            self.in_outlook("ann", f"M{number}", hours=24 + number)
        self.connect(self.ann, start=False)
        wizard = self.preview_unread()
        first = wizard.read_next()
        self.assertEqual((first["done"], first["found"]), (False, 2))
        self.assertEqual((wizard.in_count, wizard.is_read), (2, False))
        requests = len(self.sandbox.requests)
        self.env.invalidate_all()
        self.assertEqual(wizard.in_count, 2)
        self.assertEqual(len(self.sandbox.requests), requests)
        shares = [first["progress"]]
        while not wizard.is_read:
            shares.append(wizard.read_next()["progress"])
        self.assertEqual(shares, sorted(shares))
        self.assertEqual((wizard.in_count, shares[-1]), (5, 1.0))

    def preview_unread(self):
        wizards = self.env["outlook.first.sync"].with_user(self.ann)
        account = wizards.env["outlook.account"]._own()
        return wizards.create(
            wizards.default_get(list(wizards._fields)) | {"account_id": account.id}
        )

    def test_a_failed_page_is_asked_for_again(self):
        self.sandbox.exchange.switches.set("delta_page_limit", 2)
        for number in range(5):
            self.in_outlook("ann", f"M{number}", hours=24 + number)
        self.connect(self.ann, start=False)
        wizard = self.preview_unread()
        wizard.read_next()
        self.fault("status", status=503, times=1)
        with self.assertRaisesRegex(UserError, "does not answer"):
            wizard.read_next()
        self.read_all(wizard)
        self.assertEqual(wizard.in_count, 5)

    def test_nobody_reads_the_preview_of_another(self):
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        with self.assertRaises(AccessError):
            wizard.with_user(self.bob).read_next()
        with self.assertRaises(AccessError):
            wizard.with_user(self.bob).read(["lines"])

    # --- it tells the truth ------------------------------------------------------

    def test_choices_are_counted_without_asking_again(self):
        self.fill()
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        asked = len(self.sandbox.requests)
        found = {}
        for name, choices in {
            "default": {},
            "no private": {"privacy_filter": "leave_out"},
            "busy": {"privacy_filter": "busy"},
            "all": {"export_existing": "all", "privacy_filter": "full"},
            "invite": {"export_invites": True},
            "invite by nobody": {"invitation_mode": "none"},
            "near": {"days_future": 10},
            "read only": {"direction": "pull"},
            "send only": {"direction": "push"},
        }.items():
            wizard.write(choices)
            found[name] = self.counts(wizard)
        self.assertEqual(
            found,
            {
                "default": (3, 3, 1, 1, 0),
                "no private": (2, 2, 1, 3, 0),
                "busy": (3, 3, 1, 1, 0),
                "all": (3, 4, 1, 0, 0),
                "invite": (3, 4, 1, 0, 1),
                "invite by nobody": (3, 4, 1, 0, 0),
                "near": (2, 4, 1, 0, 0),
                "read only": (2, 0, 1, 4, 0),
                "send only": (0, 5, 0, 0, 0),
            },
        )
        self.assertEqual(len(self.sandbox.requests), asked)

    def test_a_longer_period_is_read_when_it_is_chosen(self):
        self.fill()
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann, days_future=10)
        self.assertEqual(wizard.in_count, 2)
        wizard.days_future = 400
        self.assertFalse(wizard.is_read)
        self.read_all(wizard)
        self.assertEqual((wizard.in_count, wizard.is_read), (3, True))

    def test_reasons_are_told_in_words(self):
        self.fill()
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann, privacy_filter="busy", export_invites=True)
        reasons = self.reasons(wizard)
        self.assertEqual(
            reasons["Twin"],
            "Same title, time and organizer in Odoo. Different, and kept on both "
            "sides: place.",
        )
        self.assertIn("the time alone", reasons["Doctor"])
        self.assertIn("over", reasons["Over"])
        self.assertIn("As a copy", reasons["Of Bob"])
        self.assertIn("invitation", reasons["With Zoe"])
        self.assertEqual(
            (wizard.conflict_count, wizard.private_count, wizard.contact_count),
            (1, 2, 1),
        )
        [person] = wizard.mailed
        self.assertEqual((person["name"], person["meetings"]), ("Zoe", 1))

    def test_of_many_meetings_the_first_are_listed_and_more_on_demand(self):
        for number in range(510):
            self.in_outlook("ann", f"Visit {number}", hours=24 + number)
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        self.assertEqual((wizard.in_count, len(wizard.lines)), (510, 500))
        self.assertEqual(wizard.lines[0]["name"], "Visit 0")
        wizard.shown_lines += 500
        self.assertEqual((wizard.in_count, len(wizard.lines)), (510, 510))

    def test_the_calendar_of_new_meetings_stays_chosen_and_says_why(self):
        """At once, not when *Start* is pressed."""
        mailbox = self.sandbox.exchange.mailbox(self.person("ann"))
        mailbox.add_calendar("Private", mailbox.default.group_id)
        account = self.connect(self.ann, start=False)
        form = Form(self.env["outlook.first.sync"].with_user(self.ann))
        target = account.calendar_ids.filtered("is_target")
        other = account.calendar_ids.filtered(lambda one: one.name == "Private")
        form.chosen_calendar_ids.add(other)
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as told:
            form.chosen_calendar_ids.remove(id=target.id)
        self.assertIn(f"New meetings go to {target.name}", told.output[0])
        wizard = form.save()
        self.assertEqual(wizard.chosen_calendar_ids, target | other)
        form.chosen_calendar_ids.remove(id=other.id)  # that one may go
        self.assertEqual(form.save().chosen_calendar_ids, target)

    def test_the_weeks_add_up(self):
        self.fill()
        start = self.now.replace(hour=8)
        self.in_outlook(
            "ann",
            "Daily",
            start=graph_time(start),
            end=graph_time(start),
            recurrence={
                "pattern": {"type": "daily", "interval": 1},
                "range": {
                    "type": "numbered",
                    "startDate": start.date().isoformat(),
                    "numberOfOccurrences": 10,
                },
            },
        )
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        self.assertEqual(sum(week["incoming"] for week in wizard.weeks), 3 + 10)
        self.assertEqual(sum(week["outgoing"] for week in wizard.weeks), 3)
        self.assertEqual(wizard.in_count, 4)

    def test_a_further_calendar_is_read_and_kept_when_it_is_chosen(self):
        account = self.connect(self.ann, start=False)
        person, exchange = self.person("ann"), self.sandbox.exchange
        mailbox = exchange.mailbox(person)
        other = exchange.places.add_calendar(mailbox, {"name": "Trips"})
        when = graph_time(self.now)
        body = {"subject": "Ghent", "start": when, "end": when}
        exchange.create_event(person, body, other.id)
        wizard = self.preview(self.ann)
        self.assertEqual(wizard.in_count, 0)
        trips = account.calendar_ids.filtered(lambda one: one.name == "Trips")
        wizard.chosen_calendar_ids += trips
        self.read_all(wizard)
        self.assertEqual(wizard.in_count, 1)
        wizard.action_start()
        self.run_cron("pull")
        self.assertTrue(trips.is_synced)
        self.assertTrue(self.events(name="Ghent"))

    def test_what_was_in_step_before_is_recognised(self):
        account = self.connect(self.ann)
        self.meet(self.ann)
        self.sync(account)
        account.sudo().unlink()
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        self.assertEqual(self.counts(wizard), (0, 0, 1, 0, 0))
        self.assertEqual(self.reasons(wizard)["Board"], "They were in step before.")

    # --- how far it is -----------------------------------------------------------

    def progress(self):
        status = self.env["res.users"].with_user(self.ann).outlook_status()
        return status["progress"]

    def test_the_progress_goes_from_reading_to_sending_to_nothing(self):
        self.fill()
        self.connect(self.ann, start=False)
        self.assertFalse(self.progress())
        self.preview(self.ann).action_start()
        self.assertEqual(self.progress(), {"phase": "reading", "done": 0, "total": 4})
        self.run_cron("pull")
        self.assertEqual(self.progress(), {"phase": "sending", "done": 0, "total": 3})
        self.run_cron("push")
        self.assertFalse(self.progress())
        self.meet(self.ann, "Later", hours=90)
        self.assertFalse(self.progress())
