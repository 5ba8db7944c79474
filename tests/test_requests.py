# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What users ask for and no connector has: a dry run, filters, one way."""

from odoo.tests import tagged

from .series import SeriesCase

ZOE = "zoe@customer.example"


@tagged("post_install", "-at_install")
class TestRequests(SeriesCase):
    def setUp(self):
        super().setUp()
        self.zoe = self.contact("Zoe", ZOE)
        self.env["mail.mail"].sudo().search([]).unlink()

    def begin(self, user=None, **choices):
        """Look at the preview, choose, and start; return the preview."""
        user = user or self.ann
        self.connect(user, start=False)
        wizard = self.preview(user, **choices)
        told = wizard.read(["in_count", "out_count", "mail_count", "mailed"])[0]
        wizard.action_start()
        self.run_cron("pull")
        self.run_cron("push")
        return told

    def mailed(self):
        """Return whom either side has mailed."""
        self.cr.flush()
        mails = self.env["mail.mail"].sudo().search([]).recipient_ids
        return sorted({mail.recipient for mail in self.outlook_mails()}), mails

    def everything(self):
        """Return all that Microsoft knows of everybody, as text."""
        return str(self.sandbox.exchange.dump())

    # --- F1: a dry run, with numbers and people ------------------------------------

    def test_request_f1_who_would_be_mailed_is_named_and_nobody_is(self):
        self.meet(self.ann, "Planned", guests=[self.zoe, self.bob.partner_id])
        self.meet(self.ann, "Past", guests=[self.zoe], hours=-48)
        self.repeat(name="Weekly", guests=[self.zoe])
        self.in_outlook("ann", "There", hours=30)
        self.age_events()
        self.env["mail.mail"].sudo().search([]).unlink()
        self.connect(self.ann, start=False)
        wizard = self.preview(self.ann)
        asked = len(self.sandbox.requests)
        self.assertEqual((wizard.in_count, wizard.out_count), (1, 2))
        self.assertEqual((wizard.mail_count, wizard.could_mail_count), (0, 2))
        wizard.write({"export_invites": True})
        self.assertEqual(wizard.mail_count, 2)
        people = {one["address"]: one["name"] for one in wizard.mailed}
        self.assertEqual(people, {ZOE: "Zoe", self.bob.email: self.bob.name})
        self.assertFalse(self.writes())
        self.assertEqual(len(self.sandbox.requests), asked, "counted, not asked again")
        wizard.write({"export_invites": False})
        wizard.action_start()
        self.run_cron("pull")
        self.run_cron("push")
        self.assertEqual(self.subjects("ann"), ["Planned", "There", "Weekly"])
        self.assertEqual(self.mailed(), ([], self.env["res.partner"]))

    def test_request_f1_who_opts_in_has_those_mailed_who_were_named(self):
        self.meet(self.ann, "Planned", guests=[self.zoe, self.bob.partner_id])
        self.meet(self.ann, "Past", guests=[self.contact("Max")], hours=-48)
        self.age_events()
        self.env["mail.mail"].sudo().search([]).unlink()
        told = self.begin(export_invites=True)
        named = sorted(one["address"] for one in told["mailed"])
        self.assertEqual(self.mailed()[0], named)
        self.assertEqual(named, sorted([ZOE, self.bob.email]))

    # --- F5: what private meetings and tags tell ------------------------------------

    def secret(self, user, **vals):
        more = {"privacy": "private", "location": "Clinic", "guests": [self.zoe]}
        return self.meet(user, "Knee", description="<p>Knee</p>", **{**more, **vals})

    def test_request_f5_each_user_chooses_for_himself(self):
        """Two users side by side: planned before, made later, and a series."""
        choices = {self.ann: "busy", self.bob: "leave_out", self.carol: "full"}
        for user in choices:
            self.secret(user, hours=20)
        self.age_events()
        for user, choice in choices.items():
            self.begin(user, privacy_filter=choice)
            self.secret(user, hours=40)
            self.repeat(user, "Knee", privacy="private")
        self.env.flush_all()
        self.cr.flush()
        self.sync()
        self.assertEqual(self.subjects("ann"), ["Busy"] * 3)
        self.assertEqual(self.subjects("bob"), [])
        self.assertEqual(self.subjects("carol"), ["Knee"] * 3)
        for item in self.outlook("ann"):
            text = str(item)
            for word in ("Knee", "Clinic", ZOE):
                self.assertNotIn(word, text)
        # One who changes his mind takes back, or gives, what is there.
        for user, choice in ((self.carol, "leave_out"), (self.bob, "full")):
            account = self.env["outlook.account"].search([("user_id", "=", user.id)])
            account.with_user(user).privacy_filter = choice
        self.env.flush_all()
        for _round in range(2):
            self.sync()
        self.assertEqual(len(self.subjects("bob")), 3)

    def test_request_f5_nothing_private_ever_leaves(self):
        self.secret(self.ann, hours=20)
        self.age_events()
        self.begin(privacy_filter="busy")
        event = self.secret(self.ann, hours=40)
        for vals in ({}, {"name": "Knee II"}, {"location": "Clinic II"}):
            event.with_user(self.ann).write(vals)
            self.cr.flush()
            self.sync()
            told = self.everything()
            for word in ("Knee", "Clinic", ZOE):
                self.assertNotIn(word, told)
            self.assertEqual(self.subjects("ann"), ["Busy"] * 2)

    def test_request_f5_categories_in_or_out(self):
        self.env["calendar.event.type"].create({"name": "Diagnosis"})
        tag = self.env["calendar.event.type"].search([("name", "=", "Diagnosis")])
        account = self.connect(self.ann, sync_categories=False)
        tags = {"categ_ids": [(6, 0, tag.ids)]}
        event = self.meet(self.ann, "Ours", **tags)
        self.repeat(name="Weekly", **tags)
        self.in_outlook("ann", "Theirs", hours=30, categories=["Diagnosis"])
        self.sync(account)
        theirs = self.events(name="Theirs")
        self.assertFalse(theirs.categ_ids)
        items = {one["subject"]: one["categories"] for one in self.outlook("ann")}
        self.assertEqual(items, {"Ours": [], "Weekly": [], "Theirs": ["Diagnosis"]})
        event.with_user(self.ann).write({"location": "Ghent"})
        theirs.with_user(self.ann).write({"name": "Theirs II"})
        self.cr.flush()
        self.sync(account)
        rows = {one["subject"]: one["categories"] for one in self.outlook("ann")}
        self.assertEqual(rows.pop("Theirs II"), ["Diagnosis"], "it is left alone")
        self.assertEqual(rows, {"Ours": [], "Weekly": []})

    # --- F6: one way, and what is left out --------------------------------------------

    def test_request_f6_from_outlook_alone(self):
        """Outlook tells Odoo everything, Odoo tells Outlook nothing."""
        item = self.in_outlook("ann", "Theirs")
        gone = self.in_outlook("ann", "Gone", hours=30)
        kept = self.in_outlook("ann", "Kept", hours=32)
        self.meet(self.ann, "Before", hours=50)
        self.age_events()
        self.begin(direction="pull")
        self.meet(self.ann, "Later", guests=[self.zoe], hours=52)
        self.repeat(name="Weekly")
        event = self.events(name="Theirs")
        event.with_user(self.ann).write({"location": "Ghent"})
        self.events(name="Kept").with_user(self.ann).unlink()
        self.cr.flush()
        self.change_in_outlook("ann", item, subject="Theirs II")
        self.delete_in_outlook("ann", gone)
        for _round in range(2):
            self.sync()
        self.assertFalse(self.writes())
        self.assertEqual(self.subjects("ann"), ["Kept", "Theirs II"])
        self.assertEqual((event.name, event.location), ("Theirs II", "Ghent"))
        self.assertFalse(self.events(name="Gone").active)
        self.assertFalse(self.events(name="Kept"), "deleted here, it comes not back")
        self.assertTrue(kept)

    def test_request_f6_from_odoo_alone(self):
        """Odoo tells Outlook everything, Outlook tells Odoo nothing."""
        self.in_outlook("ann", "Theirs")
        self.begin(direction="push")
        event = self.meet(self.ann, "Ours", hours=30)
        away = self.meet(self.ann, "Away", hours=34)
        self.sync()
        items = {one["subject"]: one for one in self.outlook("ann")}
        self.change_in_outlook("ann", items["Ours"], subject="Changed there")
        self.sync()
        self.assertEqual(event.name, "Ours")
        event.with_user(self.ann).write({"location": "Ghent"})
        away.with_user(self.ann).unlink()
        self.cr.flush()
        for _round in range(2):
            self.sync()
        self.assertEqual(event.name, "Ours")
        self.assertFalse(self.events(name="Theirs"))
        items = {one["subject"]: one for one in self.outlook("ann")}
        self.assertNotIn("Away", items)
        [ours] = [items[name] for name in items if name != "Theirs"]
        self.assertEqual(ours["location"]["displayName"], "Ghent")
        self.delete_in_outlook("ann", ours)
        self.sync()
        self.assertTrue(event.active)

    def test_request_f6_from_a_date(self):
        for hours in (-24 * 40, -24 * 8, 24, 24 * 60):
            self.in_outlook("ann", f"At {hours // 24}", hours=hours)
        self.meet(self.ann, "Past", hours=-24)
        self.meet(self.ann, "Next", hours=26)
        self.age_events()
        told = self.begin(days_past=10, days_future=30)
        self.assertEqual((told["in_count"], told["out_count"]), (2, 1))
        self.assertTrue(self.events(name="At -8") and self.events(name="At 1"))
        self.assertFalse(self.events(name="At -40") or self.events(name="At 60"))
        self.assertIn("Next", self.subjects("ann"))
        self.assertNotIn("Past", self.subjects("ann"))
        account = self.env["outlook.account"].search([])
        account.with_user(self.ann).days_future = 90
        self.sync()
        self.assertTrue(self.events(name="At 60"))

    def test_request_f6_only_my_meetings(self):
        """Meetings of others send no copy, also when they existed before."""
        people = [self.ann.partner_id]
        self.meet(self.bob, "Of Bob before", guests=people)
        self.age_events()
        account = self.connect(self.ann, copy_as_guest=False)
        self.meet(self.ann, "Mine")
        other = self.meet(self.bob, "Of Bob", guests=people, hours=30)
        self.repeat(self.bob, "Series of Bob", guests=people)
        self.sync(account)
        self.assertEqual(self.subjects("ann"), ["Mine"])
        account.with_user(self.ann).copy_as_guest = True
        other.with_user(self.bob).write({"location": "Ghent"})
        self.cr.flush()
        self.sync(account)
        self.assertIn("Of Bob", self.subjects("ann"))
        self.assertFalse(self.outlook_mails())
