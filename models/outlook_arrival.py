# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Meetings, and guests, that several mailboxes may bring at the same moment."""

from odoo import api, fields, models
from odoo.tools import SQL


class OutlookArrival(models.Model):
    """Lets one worker alone bring a meeting in.

    Ann's mailbox and Bob's are read by two workers, and both find the meeting that
    they share. Neither sees what the other has not committed yet, so both would create
    it. PostgreSQL knows better: who comes second waits here for the first, fails as
    every transaction does that is too old, begins again, and finds the meeting.
    """

    _name = "outlook.arrival"
    _description = "Outlook Arriving Meeting"
    _rec_name = "ical_uid"
    _log_access = False

    ical_uid = fields.Char(required=True, readonly=True)

    _ical_uid_unique = models.UniqueIndex("(ical_uid)", "It arrives already.")

    @api.model
    def _claim(self, items):
        """Claim those items that other mailboxes may have as well.

        :raise psycopg2.errors.SerializationFailure: another worker was first
        """
        lent = self.env["outlook.calendar"].sudo()
        domain = [("is_shared", "=", True), ("is_synced", "=", True)]
        is_lent = bool(lent.search_count(domain, limit=1))  # then any may come twice
        shared = (
            i for i in items if is_lent or i.event.attendees or not i.is_organizer
        )
        self._claim_all({i.ical_uid for i in shared if i.ical_uid})

    @api.model
    def _claim_addresses(self, addresses):
        """Claim strangers of whom contacts are about to be made: one each.

        :raise psycopg2.errors.SerializationFailure: another worker was first
        """
        self._claim_all({f"mailto:{address}" for address in addresses})

    @api.model
    def _claim_all(self, words):
        if words:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO outlook_arrival (ical_uid) SELECT unnest(%s) "
                    "ON CONFLICT DO NOTHING",
                    sorted(words),  # no deadlocks
                ),
                log_exceptions=False,  # coming second is no fault
            )

    @api.model
    def _gc_old(self):
        """Forget what has arrived: the links know it by now."""
        self.search([], limit=100000).unlink()
