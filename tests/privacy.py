# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Base of the tests of private items: words that must not be in the database."""

from odoo.tools import SQL

from .common import guest
from .series import SeriesCase

_ZOE = "zoe@clinic.example"
# What the item says, and the database must not.
_WORDS = ("Secretdoctor", "Secretclinic", "Secretknee", "Secrettag", _ZOE)
SECRET = {
    "sensitivity": "private",
    "location": {"displayName": "Secretclinic"},
    "body": {"contentType": "html", "content": "<p>Secretknee</p>"},
    "categories": ["Secrettag"],
    "attendees": [guest(_ZOE, "Zoe Secretname")],
}


class PrivacyInCase(SeriesCase):
    def secret(self, **body):
        return self.in_outlook("ann", "Secretdoctor", **{**SECRET, **body})

    def said(self):
        """Return the words that are somewhere in the database, and where."""
        self.env.flush_all()
        self.cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN"
            " ('text', 'character varying', 'json', 'jsonb')"
            " AND table_name IN (SELECT tablename FROM pg_tables)"
        )
        tables = {}
        for table, column in self.cr.fetchall():
            tables.setdefault(table, []).append(column)
        words = "|".join(word.replace(".", r"\.") for word in _WORDS)
        found = []
        for table, columns in tables.items():
            tests = [
                SQL("%s::text ~* %s", SQL.identifier(one), words) for one in columns
            ]
            query = SQL(
                "SELECT 1 FROM %s WHERE %s LIMIT 1",
                SQL.identifier(table),
                SQL(" OR ").join(tests),
            )
            self.cr.execute(query)
            found += [table] if self.cr.fetchone() else []
        return found

    def only_event(self):
        [event] = self.events(user_id=self.ann.id)
        return event

    def assert_block(self, event):
        """The time is told, and nothing else."""
        self.assertEqual((event.name, event.privacy), ("Busy", "private"))
        self.assertFalse(event.location or event.description or event.categ_ids)
        self.assertEqual(event.partner_ids, self.ann.partner_id)

    def quiet(self, account):
        """Nothing is written to Outlook any more, whatever is read."""
        writes = len(self.writes())
        account.sudo().calendar_ids._forget_cursor()
        self.sync(account)
        self.sync(account)
        self.assertEqual(len(self.writes()), writes)
        self.assertFalse(self.journal("fail"))
