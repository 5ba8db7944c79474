# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The ids that Odoo's own ``microsoft_calendar`` keeps on meetings and series."""

from odoo import api, models
from odoo.tools import SQL


class OutlookTakeOverIds(models.AbstractModel):
    """Moves them, for each mailbox that the meeting is in, into ``outlook.parting``.

    Its ids of items are those of one mailbox, and change when an item moves. So the
    next reading finds the items by the id that all copies of a meeting share, and
    binds them. In SQL, since writing meetings would wake the other module.
    """

    _name = "outlook.take.over.ids"
    _description = "Outlook: Taking Over Ids"

    @api.model
    def _move(self):
        """Move all ids; afterwards the other module knows no item any more."""
        self.env["calendar.event"].flush_model()
        self.env["calendar.recurrence"].flush_model()
        self._keep("event_id", self._single())
        self._keep("recurrence_id", self._series())
        for table in ("calendar_event", "calendar_recurrence"):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET microsoft_id = NULL, ms_universal_event_id = NULL, "
                    "need_sync_m = FALSE WHERE ms_universal_event_id IS NOT NULL "
                    "OR microsoft_id IS NOT NULL OR need_sync_m",
                    SQL.identifier(table),
                )
            )
        self.env.invalidate_all()

    @api.model
    def _counts(self):
        """Return how many meetings and how many series are to be taken over."""
        self.env["calendar.event"].flush_model()
        self.env["calendar.recurrence"].flush_model()
        counts = []
        for found in (self._single(), self._series()):
            query = SQL("SELECT count(DISTINCT id) FROM (%s) AS found", found)
            [[count]] = self.env.execute_query(query)
            counts.append(count)
        return tuple(counts)

    @api.model
    def _single(self):
        """Return a query for ``id, remote id, shared id, event`` of single meetings."""
        return SQL(
            "SELECT id, microsoft_id, ms_universal_event_id, need_sync_m, "
            "id AS event_id "
            "FROM calendar_event WHERE active AND recurrence_id IS NULL "
            "AND ms_universal_event_id IS NOT NULL"
        )

    @api.model
    def _series(self):
        """Return the same of series, with each of their meetings."""
        return SQL(
            "SELECT r.id, r.microsoft_id, r.ms_universal_event_id, r.need_sync_m, "
            "e.id AS event_id "
            "FROM calendar_recurrence r "
            "JOIN calendar_event e ON e.recurrence_id = r.id AND e.active "
            "WHERE r.ms_universal_event_id IS NOT NULL"
        )

    @api.model
    def _keep(self, column, found):
        """Note what is found, for the connections of organizer and guests."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO outlook_parting (
                    account_id, %s, remote_id, ical_uid, is_pending,
                    create_uid, create_date, write_uid, write_date
                )
                SELECT DISTINCT account.id, found.id,
                       coalesce(found.microsoft_id, found.ms_universal_event_id),
                       found.ms_universal_event_id, coalesce(found.need_sync_m, FALSE),
                       %s, now() AT TIME ZONE 'UTC', %s, now() AT TIME ZONE 'UTC'
                  FROM (%s) AS found
                  JOIN calendar_event event ON event.id = found.event_id
                  LEFT JOIN calendar_event_res_partner_rel guest
                    ON guest.calendar_event_id = event.id
                  JOIN res_users who
                    ON who.id = event.user_id OR who.partner_id = guest.res_partner_id
                  JOIN outlook_account account ON account.user_id = who.id
                """,
                SQL.identifier(column),
                self.env.uid,
                self.env.uid,
                found,
            )
        )
