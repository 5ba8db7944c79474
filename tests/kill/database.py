# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One of Odoo's databases, as its PostgreSQL server sees it."""

from contextlib import closing

import psycopg2
from psycopg2.extras import RealDictCursor

# The add-on has come to rest: nothing waits, and no action is due or at work.
_AT_REST = """
    WITH ours AS (
        SELECT c.id, c.nextcall FROM ir_cron c
        JOIN ir_model_data d ON d.model = 'ir.cron' AND d.res_id = c.id
        WHERE d.module = 'outlook_calendar' AND c.active
    )
    SELECT NOT (
        EXISTS (SELECT FROM outlook_outbox WHERE state = 'waiting')
        OR EXISTS (SELECT FROM outlook_account WHERE has_exported IS NOT TRUE)
        OR EXISTS (SELECT FROM outlook_calendar WHERE is_reading_all)
        OR EXISTS (SELECT FROM ours WHERE nextcall <= now() AT TIME ZONE 'UTC')
        OR EXISTS (
            SELECT FROM ir_cron_trigger t JOIN ours ON ours.id = t.cron_id
            WHERE t.call_at <= now() AT TIME ZONE 'UTC'
        )
    ) AS at_rest
"""
# What the scheduler does by itself every five minutes.
_DUE = """
    UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 second'
    WHERE active
"""


class Database:
    """A database by its name.

    :param cluster: the ``Cluster`` that it is in
    """

    def __init__(self, cluster, name):
        self.cluster, self.name = cluster, name
        environment = cluster.environment
        self._place = {
            "host": environment["PGHOST"],
            "port": environment["PGPORT"],
            "user": environment["PGUSER"],
            "password": environment["PGPASSWORD"],
        }

    def rows(self, query):
        """Return the rows of a query as dicts by column."""
        with self._cursor(self.name) as cursor:
            cursor.execute(query)
            return [dict(row) for row in cursor.fetchall()]

    def is_at_rest(self):
        """Whether the add-on has done everything that was to be done."""
        return self.rows(_AT_REST)[0]["at_rest"]

    def make_due(self):
        """Let the scheduled actions be due, as they are every five minutes."""
        with self._cursor(self.name) as cursor:
            cursor.execute(_DUE)

    def wake(self):
        """Wake the scheduler, as any change that triggers an action does."""
        with self._cursor("postgres") as cursor:
            cursor.execute("SELECT pg_notify('cron_trigger', %s)", [self.name])

    def copied(self, name):
        """Return a copy of this database, in place of an older one."""
        self.cluster.copy(self.name, name)
        return Database(self.cluster, name)

    def drop(self):
        """Remove it."""
        self.cluster.drop(self.name)

    def _cursor(self, name):
        return _Session(psycopg2.connect(dbname=name, **self._place))


class _Session(closing):
    """A connection of one statement, whose cursor the block gets."""

    def __enter__(self):
        self.thing.autocommit = True
        return self.thing.cursor(cursor_factory=RealDictCursor)
