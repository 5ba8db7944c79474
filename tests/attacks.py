# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the attack tests share: somebody with secrets, and those who want to know them.

Every text that Ann's mailbox and connection hold has the word ``SECRET`` in it, so that
a leak shows itself wherever it comes out.
"""

import json

from odoo import fields
from odoo.exceptions import UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import new_test_user

from .common import guest

MODULE = "outlook_calendar"
SECRET = "zebra"
# Odoo refuses in these ways; MissingError and AccessError are kinds of UserError.
REFUSALS = (UserError, ValueError, NotImplementedError)


def models_of_ours(env, *, abstract=False):
    """Return the names of the models that the add-on defines, from the registry."""
    return sorted(
        name
        for name, model in env.registry.items()
        if model._original_module == MODULE and model._abstract == abstract
    )


def public_methods(env):
    """Return what anybody may try to call by RPC: ``[(model, method)]``.

    Those alone that the add-on's own code defines, on whatever model.
    """
    found = set()
    for model_name, model in env.registry.items():
        for one in model.mro():
            if not one.__module__.startswith(f"odoo.addons.{MODULE}."):
                continue
            for name, value in vars(one).items():
                if callable(value) and not name.startswith("_"):
                    found.add((model_name, name))
    return sorted(found)


def text_of(value):
    """Return all that an answer says, as one text."""
    if hasattr(value, "_name"):
        value = [str(value), value.ids]
    return json.dumps(value, default=str).lower()


class AttackMixin:
    """Ann has secrets; Bob, administrators, a portal and a public user want them."""

    def setUp(self):
        super().setUp()
        self.account = self.connect(self.ann, aliases=f"{SECRET}@contoso.example")
        self._make_secrets()
        self.attackers = self._make_attackers()
        self.env.flush_all()
        self.env.invalidate_all()

    def _make_secrets(self):
        """Let Ann have a private meeting, a conflict, and a row in every model."""
        self.item = self.in_outlook(
            "ann",
            f"{SECRET} clinic",
            body={"contentType": "html", "content": f"<p>{SECRET} body</p>"},
            location={"displayName": f"{SECRET} street"},
            categories=[f"{SECRET} tag"],
            attendees=[guest(f"{SECRET}@customer.example", f"Dr {SECRET}")],
            sensitivity="private",
        )
        self.sync(self.account)
        self.event = self.events(name=f"{SECRET} clinic")
        self.assertEqual(self.event.privacy, "private")
        self.change_in_outlook("ann", self.item, subject=f"{SECRET} theirs")
        self.event.with_user(self.ann).write({"name": f"{SECRET} ours"})
        self.cr.flush()
        self.sync(self.account)
        self.assertTrue(self.journal("conflict"))
        self.cr.precommit.run()
        self.rows = {name: self._row(name) for name in models_of_ours(self.env)}

    def _make_attackers(self):
        other = self.env["res.company"].create({"name": "Other"})
        apart = {"company_id": other.id, "company_ids": [(6, 0, other.ids)]}
        make = new_test_user
        return {
            "colleague": self.bob,
            "administrator": make(
                self.env, "root.admin", "base.group_system,base.group_allow_export"
            ),
            "administrator elsewhere": make(
                self.env, "other.admin", "base.group_system", **apart
            ),
            "portal": make(self.env, "portal.user", "base.group_portal"),
            "public": make(self.env, "public.user", "base.group_public"),
        }

    # --- a row of Ann's in every model -------------------------------------------

    def _row(self, name):
        """Return rows of Ann's in a model; a new model gets one by itself."""
        model = self.env[name].sudo()
        found = model.search([])
        return found or model.with_user(self.ann).sudo().create(self._vals(name))

    def _vals(self, name):
        """Return values that hold the secret wherever a field can."""
        model = self.env[name]
        return {
            field.name: value
            for field in model._fields.values()
            if field.store and field.name not in MAGIC_COLUMNS and not field.related
            if field.type not in ("one2many", "many2many")
            if (value := self._value(field)) is not None
        }

    def _value(self, field):
        """Return a value for a field; None for what may stay empty."""
        if field.type in ("char", "text", "html"):
            return SECRET
        if field.type == "json":
            return {SECRET: SECRET}
        if field.type == "selection":
            return field.get_values(self.env)[0]
        if field.type == "datetime":
            return fields.Datetime.now()
        if field.type == "many2one":
            return self._value_of_many2one(field)
        return 1 if field.required else None

    def _value_of_many2one(self, field):
        mine = {
            "outlook.account": self.account,
            "res.users": self.ann,
            "calendar.event": self.event,
        }
        if field.comodel_name in mine:
            return mine[field.comodel_name].id
        if field.required:
            return self._row(field.comodel_name)[:1].id
        return None

    # --- attacks -------------------------------------------------------------------

    def attack(self, attempt):
        """Return what an attempt brings to light: its answer, or the refusal's text."""
        try:
            with self.env.cr.savepoint():
                return attempt()
        except REFUSALS as error:
            return str(error)
        finally:
            self.env.invalidate_all()

    def assertKept(self, answer):
        """The secret, tokens and ids of mailboxes are not in an answer."""
        text = text_of(answer)
        for word in (SECRET, "sealed:", self.item["id"].lower(), "eyj0"):
            self.assertNotIn(word, text)

    def world(self):
        """Return all that the add-on holds, to see whether an attack changed it."""
        return {
            name: sorted(
                text_of(row) for row in self.env[name].sudo().search([]).read(load=None)
            )
            for name in (*models_of_ours(self.env), "calendar.event")
        }
