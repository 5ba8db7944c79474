# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Which meetings are exchanged: categories in or out, and a filter of one's own."""

from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .series import SeriesCase


@tagged("post_install", "-at_install")
class TestChoosing(SeriesCase):
    def setUp(self):
        super().setUp()
        self.zoe = self.contact("Zoe")
        types = self.env["calendar.event.type"]
        self.customer = types.create({"name": "Customer"})
        self.home = types.create({"name": "Home"})

    def names(self):
        """Return the names of Ann's meetings in Odoo."""
        return sorted(self.events(user_id=self.ann.id).mapped("name"))

    def odoo_mails(self):
        return self.env["mail.mail"].sudo().search_count([])

    # --- F5: categories in or out ----------------------------------------------

    def test_request_f5_categories_that_stay_out_on_both_sides(self):
        self.in_outlook("ann", "Dentist", categories=["home"])
        self.in_outlook("ann", "Fair", hours=30, categories=["Customer", "Green"])
        account = self.connect(
            self.ann, category_rule="except", category_ids=self.home.ids
        )
        self.assertEqual(self.names(), ["Fair"])
        self.meet(self.ann, "Garden", hours=40, categ_ids=self.home.ids)
        self.meet(self.ann, "Visit", hours=50, categ_ids=self.customer.ids)
        self.sync()
        self.assertEqual(self.subjects("ann"), ["Dentist", "Fair", "Visit"])
        garden = self.events(name="Garden").with_user(self.ann)
        self.assertEqual(garden.outlook_state, "excluded")
        self.assertIn("chosen", garden.outlook_state_reason)
        self.quiet(account)

    def test_request_f5_only_these_categories(self):
        self.in_outlook("ann", "Dentist")
        self.in_outlook("ann", "Fair", hours=30, categories=["CUSTOMER"])
        master = self.series_in_outlook(subject="Weekly")
        self.connect(self.ann, category_rule="only", category_ids=self.customer.ids)
        self.assertEqual(self.names(), ["Fair"])
        self.change_in_outlook("ann", master, categories=["Customer"])
        self.sync()
        self.assertEqual(set(self.names()), {"Fair", "Weekly"})

    def test_request_f5_a_category_that_is_taken_off_lets_it_in(self):
        item = self.in_outlook("ann", "Dentist", categories=["Home"])
        self.connect(self.ann, category_rule="except", category_ids=self.home.ids)
        self.assertFalse(self.names())
        self.change_in_outlook("ann", item, categories=[])
        self.sync()
        self.assertEqual(self.names(), ["Dentist"])
        self.change_in_outlook("ann", item, categories=["Home"])
        self.sync()
        self.assertEqual(self.names(), ["Dentist"], "what is in step stays in step")

    def test_request_f5_another_choice_brings_the_others(self):
        self.in_outlook("ann", "Dentist", categories=["Home"])
        account = self.connect(
            self.ann, category_rule="except", category_ids=self.home.ids
        )
        self.meet(self.ann, "Garden", hours=40, categ_ids=self.home.ids)
        self.sync()
        account.with_user(self.ann).category_rule = "all"
        self.cr.flush()
        self.sync()
        self.assertEqual(self.names(), ["Dentist", "Garden"])
        self.assertEqual(self.subjects("ann"), ["Dentist", "Garden"])
        self.quiet(account)

    def test_request_f5_the_preview_tells_what_stays_out(self):
        self.in_outlook("ann", "Dentist", categories=["Home"])
        self.in_outlook("ann", "Fair", hours=30)
        self.meet(self.ann, "Garden", hours=40, categ_ids=self.home.ids)
        self.meet(self.ann, "Visit", hours=50)
        self.age_events()
        account = self.connect(self.ann, start=False)
        account.with_user(self.ann).write(
            {"category_rule": "except", "category_ids": self.home.ids}
        )
        wizard = self.preview(self.ann)
        counts = wizard.in_count, wizard.out_count, wizard.left_out_count
        self.assertEqual(counts, (1, 1, 2))
        reasons = {one["reason"] for one in wizard.lines if one["flow"] == "left_out"}
        self.assertEqual(reasons, {"Its tags, or your filter, keep it out."})
        wizard.action_start()
        self.sync()
        self.assertEqual(self.names(), ["Fair", "Garden", "Visit"])
        self.assertEqual(self.subjects("ann"), ["Dentist", "Fair", "Visit"])

    # --- F6: a filter of one's own -----------------------------------------------

    def test_request_f6_a_filter_says_what_goes_out(self):
        filters = {"export_domain": "[('name', 'ilike', 'visit')]"}
        account = self.connect(self.ann, **filters)
        before = self.odoo_mails()
        lunch = self.meet(self.ann, "Lunch", guests=[self.zoe])
        self.sync()
        self.assertGreater(self.odoo_mails(), before, "Odoo invites as always")
        self.meet(self.ann, "Visit", hours=40, guests=[self.zoe])
        self.repeat(name="Weekly lunch")
        self.sync()
        self.assertEqual(self.subjects("ann"), ["Visit"])
        self.assertEqual(len(self.outlook_mails()), 1)
        self.assertEqual(lunch.with_user(self.ann).outlook_state, "excluded")
        self.quiet(account)

    def test_request_f6_what_odoo_invited_to_goes_as_a_copy_later(self):
        filters = {"export_domain": "[('name', 'ilike', 'visit')]"}
        account = self.connect(self.ann, **filters).sudo()
        account.started_at -= timedelta(days=9)
        lunch = self.meet(self.ann, "Lunch", guests=[self.zoe])
        self.sync()
        self.age_events()
        self.assertFalse(account._predates(lunch), "it is a new one")
        lunch.with_user(self.ann).name = "Visit after all"
        self.sync()
        self.assertEqual(self.subjects("ann"), ["Visit after all"])
        self.assertEqual(lunch.outlook_link_ids.kind, "copy")
        self.assertFalse(self.outlook_mails())

    def test_a_filter_that_cannot_be_read_is_refused(self):
        account = self.connect(self.ann).with_user(self.ann)
        for wrong in ("[('nothing', '=', 1)]", "hello", "[("):
            with self.assertRaisesRegex(ValidationError, "cannot be read"):
                account.export_domain = wrong
