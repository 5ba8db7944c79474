# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The add-on is uninstalled and leaves a clean database.

It does not come back, so this file is the last one on its database.
"""

from odoo.tools import SQL

from ..common import APP_SECRET
from ..peer.server import Committed, change_module
from .common import WorkersCase

WORD = "outlook_calendar"
# Tables that say what came from an add-on, and how it is called there.
NAMED = {
    "ir_model_data": "module = 'outlook_calendar'",
    "ir_config_parameter": "key LIKE 'outlook_calendar.%'",
    "ir_cron": "id IN (SELECT id FROM ir_cron WHERE cron_name LIKE 'Outlook: %')",
    "ir_model": "model LIKE 'outlook.%'",
    "ir_model_fields": "name LIKE 'outlook_%' OR model LIKE 'outlook.%'",
    "ir_act_window": "res_model LIKE 'outlook.%'",
    "ir_ui_view": "model LIKE 'outlook.%' OR arch_db::text LIKE '%outlook_state%'",
    "ir_rule": "name LIKE 'Outlook: %'",
    "mail_template": "model LIKE 'outlook.%'",
    "mail_message": "model LIKE 'outlook.%'",
    "ir_attachment": "res_model LIKE 'outlook.%' OR url LIKE '%outlook_calendar%'",
}


class TestUninstall(WorkersCase):
    def count(self, env, table, where):
        query = SQL(f"SELECT count(*) FROM {table} WHERE {where}".replace("%", "%%"))
        return env.execute_query(query)[0][0]

    def left(self, env):
        """Return where something of the add-on is found."""
        found = {t: self.count(env, t, where) for t, where in NAMED.items()}
        found["tables"] = self.count(
            env, "information_schema.tables", "table_name LIKE 'outlook\\_%'"
        )
        found["columns"] = self.count(
            env, "information_schema.columns", "column_name LIKE 'outlook\\_%'"
        )
        return {name: count for name, count in found.items() if count}

    def test_problem_12_uninstalled_leaves_a_clean_database(self):
        """Nothing is left, meetings stay; installed again, nothing is made twice."""
        self.meet("ann", "Of Odoo")
        self.in_outlook("ann", "Of Outlook")
        for _round in range(2):
            self.sync("ann")
        with Committed() as env:
            before = self.left(env)
            self.assertTrue({"tables", "columns", "ir_config_parameter"} <= set(before))
            names = {e.id: e.name for e in env["calendar.event"].search([])}
            self.assertEqual(sorted(names.values()), ["Of Odoo", "Of Outlook"])
        asked = len(self.sandbox.requests)
        change_module(WORD, "uninstall")
        self.assertEqual(len(self.sandbox.requests), asked)
        with Committed() as env:
            self.assertEqual(self.left(env), {})
            there = {e.id: e.name for e in env["calendar.event"].search([])}
            self.assertEqual(there, names)
            secret = "microsoft_calendar_client_secret"
            self.assertEqual(env["ir.config_parameter"].get_param(secret), APP_SECRET)
        self.assertEqual(len(self.outlook("ann")), 2)
