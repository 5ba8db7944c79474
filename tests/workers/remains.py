# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a database has of the add-on."""

from odoo.tools import SQL

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
SCHEMA = {
    "tables": "table_name LIKE 'outlook\\_%'",
    "columns": "column_name LIKE 'outlook\\_%'",
}


def remains(env):
    """Return how much of the add-on is found where, but where nothing is.

    >>> remains(env)
    {'ir_model_data': 812, 'ir_cron': 3, 'information_schema.tables': 31, ...}
    """
    schema = {f"information_schema.{name}": where for name, where in SCHEMA.items()}
    found = {t: _count(env, t, where) for t, where in (NAMED | schema).items()}
    return {table: count for table, count in found.items() if count}


def _count(env, table, where):
    query = SQL(f"SELECT count(*) FROM {table} WHERE {where}".replace("%", "%%"))
    return env.execute_query(query)[0][0]
