# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Every model and every public method, tried by those whom they are not meant for.

Models and methods come from the registry: a new one without rules fails here.
"""

from functools import partial

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .attacks import (
    SECRET,
    AttackMixin,
    models_of_ours,
    public_methods,
    text_of,
)
from .common import OutlookCase

# What administrators see of the connections of others, and of nothing else.
SEEN_BY_ADMINISTRATORS = {"outlook.account"}
# Odoo's own methods that the add-on extends: they have arguments of their own, and are
# tried with every model by what they do.
OF_ODOO = {
    "copy",
    "create",
    "default_get",
    "get_values",
    "session_info",
    "set_values",
    "unlink",
    "write",
}
# Methods that cannot be called without arguments.
ARGUMENTS = {
    ("calendar.event", "action_mass_deletion"): ["all_events"],
    ("calendar.event", "outlook_mail_question"): ["delete"],
}

# What administrators do for others, and for the whole database: a pause loses nothing.
MAY = {
    ("outlook.account", "action_pause", "administrator"),
    ("outlook.account", "action_resume", "administrator"),
    *(
        ("res.config.settings", f"action_outlook_{action}", who)
        for action in ("pause_all", "resume_all", "settle", "test")
        for who in ("administrator", "administrator elsewhere")
    ),
}


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestAttacks(AttackMixin, OutlookCase):
    def reads(self, records):
        """Return ways to read records: ``{name: function}``."""
        model, ids = records.browse(), records.ids
        first = "display_name"
        return {
            "search": lambda: model.search([]),
            "search_count": lambda: model.search_count([]) or [],
            "search_read": lambda: model.search_read([]),
            "web_search_read": lambda: model.web_search_read([], {first: {}})[
                "records"
            ],
            "name_search": lambda: model.name_search(SECRET),
            "read_group": lambda: [
                row
                for row in model.formatted_read_group([], [], ["__count"])
                if row["__count"]
            ],
            "grouped by row": lambda: model.formatted_read_group(
                [], ["create_uid"], ["__count"]
            ),
            "by id": lambda: model.search_read([("id", "in", ids)]),
            "named": lambda: model.search([(first, "ilike", SECRET)]),
        }

    def reads_of_rows(self, records):
        """Return ways to read records whose ids are known."""
        ways = {
            "read": records.read,
            "web_read": lambda: records.web_read({"display_name": {}}),
            "export": lambda: records.export_data([".id", "display_name"]),
            "copy": records.copy,
            "unlink": records.unlink,
            "write": lambda: records.write({"create_uid": records.env.uid}),
        }
        return ways | (
            {"metadata": records.get_metadata} if records._log_access else {}
        )

    def test_nobody_finds_rows_of_others(self):
        for name, rows in self.rows.items():
            for who, user in self.attackers.items():
                if who == "administrator" and name in SEEN_BY_ADMINISTRATORS:
                    continue
                for way, attempt in self.reads(rows.with_user(user)).items():
                    with self.subTest(model=name, who=who, way=way):
                        found = self.attack(attempt)
                        self.assertKept(found)
                        self.assertFalse(
                            found if not isinstance(found, str) else "", "rows found"
                        )

    def test_nobody_reads_rows_of_others_by_their_ids(self):
        before = self.world()
        for name, rows in self.rows.items():
            for who, user in self.attackers.items():
                if who == "administrator" and name in SEEN_BY_ADMINISTRATORS:
                    continue
                for way, attempt in self.reads_of_rows(rows.with_user(user)).items():
                    with self.subTest(model=name, who=who, way=way):
                        answer = self.attack(attempt)
                        self.assertIsInstance(answer, str, "not refused")
                        self.assertKept(answer)
        self.assertEqual(self.world(), before)

    def test_hidden_fields_are_hidden_from_everybody(self):
        """Tokens, cursors and snapshots: not even their owner gets at them."""
        everybody = {"owner": self.ann, **self.attackers}
        hidden = [
            (name, field.name)
            for name in models_of_ours(self.env)
            for field in self.env[name]._fields.values()
            if field.groups == fields.NO_ACCESS
        ]
        self.assertIn(("outlook.account", "token_cache"), hidden)
        for name, field in hidden:
            for who, user in everybody.items():
                rows = self.rows[name].with_user(user)
                for way, attempt in self.asks(rows, field).items():
                    with self.subTest(model=name, field=field, who=who, way=way):
                        answer = self.attack(attempt)
                        self.assertIsInstance(answer, str, "not refused")
                        self.assertKept(answer)

    def asks(self, rows, field):
        """Return ways to learn something about a field."""
        model = rows.browse()
        return {
            "read": lambda: rows.read([field]),
            "web_read": lambda: rows.web_read({field: {}}),
            "search": lambda: model.search([(field, "!=", False)]),
            "search_read": lambda: model.search_read([], [field]),
            "order": lambda: model.search([], order=field),
            "group": lambda: model.formatted_read_group([], [field], ["__count"]),
            "aggregate": lambda: model.formatted_read_group(
                [], [], [f"{field}:count_distinct"]
            ),
            "export": lambda: rows.export_data([field]),
            "write": lambda: rows.write({field: "x"}),
            "fields_get": lambda: model.fields_get([field]) or "not told",
        }

    def test_a_form_names_no_row_of_others(self):
        """Told by a default to point to a row, a form does not name it."""
        self.env["outlook.calendar"].sudo().search([]).write({"name": SECRET})
        self.account.sudo().email = f"{SECRET}@contoso.example"
        self.env.flush_all()
        pointers = [
            field
            for name in models_of_ours(self.env)
            for field in self.env[name]._fields.values()
            if field.type == "many2one" and field.comodel_name in self.rows
        ]
        for field in pointers:
            target = self.rows[field.comodel_name][:1].id
            for who, user in self.attackers.items():
                if who == "administrator" and field.comodel_name == "outlook.account":
                    continue
                with self.subTest(field=str(field), who=who):
                    attempt = partial(self.in_a_form, field, target, user)
                    self.assertKept(self.attack(attempt))
        mine = self.env["outlook.disconnect"]._fields["account_id"]
        shown = self.in_a_form(mine, self.account.id, self.ann)
        self.assertIn(SECRET, text_of(shown), "the attack is a real one")

    def in_a_form(self, field, target, user):
        """Return what a new form says of a row that a field is to point to."""
        spec = {field.name: {"fields": {"display_name": {}}}}
        model = self.env[field.model_name].with_user(user)
        default = {f"default_{field.name}": target}
        return model.with_context(**default).onchange({}, [], spec)

    def test_administrators_see_states_and_errors_of_all(self):
        accounts = self.env["outlook.account"].with_user(
            self.attackers["administrator"]
        )
        self.account.sudo().error_message = "Microsoft does not answer."
        names = [
            "user_id",
            "email",
            "state",
            "error_message",
            "last_sync",
            "failed_count",
            "conflict_count",
        ]
        [row] = accounts.search_read([], names)
        self.assertEqual(row["state"], "connected")
        self.assertEqual(row["error_message"], "Microsoft does not answer.")
        self.assertEqual(row["conflict_count"], 1)
        [group] = accounts.formatted_read_group([], ["state"], ["__count"])
        self.assertEqual((group["state"], group["__count"]), ("connected", 1))

    def test_an_administrator_sees_no_content_through_the_connection(self):
        """Nothing that hangs on a connection tells what is in the calendar."""
        self.env["outlook.calendar"].sudo().search([]).write({"name": SECRET})
        accounts = self.env["outlook.account"].with_user(
            self.attackers["administrator"]
        )
        for field in accounts._fields.values():
            if field.type != "one2many":
                continue
            with self.subTest(field=field.name):
                path = f"{field.name}.display_name"
                exported = f"{field.name}/display_name"
                self.assertFalse(accounts.search([(path, "ilike", SECRET)]))
                self.assertKept(accounts.search([]).export_data([exported]))
                spec = {field.name: {"fields": {"display_name": {}}}}
                self.assertKept(accounts.search([]).web_read(spec))

    def test_an_administrator_changes_nothing_of_others(self):
        before = self.world()
        for who in ("administrator", "administrator elsewhere"):
            account = self.account.with_user(self.attackers[who])
            for vals in ({"days_past": 1}, {"invitation_mode": "odoo"}):
                with self.subTest(who=who, vals=vals), self.assertRaises(AccessError):
                    account.write(vals)
            with self.assertRaises(AccessError):
                account.unlink()
        self.assertEqual(self.world(), before)

    def test_companies_stay_apart(self):
        """A foreign company is not opened by naming it in the context."""
        elsewhere = self.attackers["administrator elsewhere"]
        accounts = self.env["outlook.account"].with_user(elsewhere)
        self.assertFalse(accounts.search([]))
        named = accounts.with_context(allowed_company_ids=self.ann.company_ids.ids)
        with self.assertRaises(AccessError):
            named.search([])

    def test_public_methods_do_nothing_for_others(self):
        before, asked = self.world(), len(self.sandbox.requests)
        for model, method in public_methods(self.env):
            if method in OF_ODOO:
                continue
            arguments = ARGUMENTS.get((model, method), [])
            for who, user in self.attackers.items():
                if (model, method, who) in MAY:
                    continue
                rows = self.target(model).with_user(user)
                with self.subTest(model=model, method=method, who=who):
                    self.assertKept(
                        self.attack(
                            lambda rows=rows, method=method, arguments=arguments: (
                                getattr(rows, method)(*arguments)
                            )
                        )
                    )
                    self.assertEqual(self.world(), before)
                    self.assertEqual(len(self.sandbox.requests), asked)

    def target(self, model):
        """Return what a method is tried on: rows of Ann's, where there are any."""
        if model in self.rows:
            return self.rows[model]
        return self.event if model == "calendar.event" else self.env[model]

    def test_abstract_models_have_no_public_method_but_odoos(self):
        ours = set(models_of_ours(self.env, abstract=True))
        self.assertIn("outlook.vault", ours)
        self.assertFalse([one for one in public_methods(self.env) if one[0] in ours])
