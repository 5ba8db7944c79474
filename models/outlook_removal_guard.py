# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Nobody loses many meetings at once without being asked."""

from odoo import api, fields, models

from ..core.errors import ConversionError, MassRemoval, NotFound, Refused


class OutlookRemoval(models.AbstractModel):
    """Counts over a whole run what goes, and keeps what its owner wants to keep."""

    _inherit = "outlook.removal"

    @api.model
    def _count(self, link):
        """Count a meeting, or a series, that this run takes out of Odoo."""
        tally = self.env.context.get("outlook_removals")
        if tally is None:
            return
        if tally.linked is None:
            tally.linked = self._linked(link.account_id)
        meeting = link._meeting().sudo()
        tally.add(link.id, self._told(link.account_id, meeting.name, meeting.start))

    @api.model
    def _linked(self, account):
        """Return how many meetings and series are linked in a mailbox."""
        return self.env["outlook.link"].search_count(
            [
                ("account_id", "=", account.id),
                ("is_gone", "=", False),
                "|",
                ("event_id", "!=", False),
                ("recurrence_id", "!=", False),
            ]
        )

    @api.model
    def _told(self, account, name, start):
        """Return what the owner knows a meeting by.

        :param start: naive UTC
        """
        local = self.with_context(tz=account.user_id.tz)
        moment = fields.Datetime.context_timestamp(local, start)
        return f"{moment:%Y-%m-%d %H:%M} {name}"

    @api.model
    def _is_counting(self):
        """Whether this run has taken something out of Odoo."""
        tally = self.env.context.get("outlook_removals")
        return bool(tally and tally.removed)

    @api.model
    def _check(self, account):
        """Refuse a run that removes too much, before any of it is kept.

        :raise MassRemoval: the owner has to be asked
        """
        tally = self.env.context.get("outlook_removals")
        if tally and tally.is_too_much and not account.may_remove:
            raise MassRemoval(list(tally.removed.values()))

    # --- the owner said no ---------------------------------------------------

    @api.model
    def _release_gone(self, account, outlook):
        """Keep the Odoo meetings of items that are gone, and of days that are."""
        links = self.env["outlook.link"].search(
            [("account_id", "=", account.id), ("is_gone", "=", False)]
        )
        for link in links:
            try:
                self._release(link, outlook)
            except NotFound:
                link.is_gone = True
            except (Refused, ConversionError):
                continue  # nobody knows

    @api.model
    def _release(self, link, outlook):
        """Let a meeting be Odoo's alone if Outlook called it, or a day of it, off."""
        row = link._in(outlook).get(link.remote_id)
        if row.get("isCancelled"):
            link.is_gone = True
        elif link.recurrence_id and row.get("@odata.etag") != link.etag:
            intake, calendar = self.env["outlook.series.intake"], link._calendar()
            found = intake._read(calendar, link.remote_id, outlook)
            # Known from now on, and not carried over.
            link.write(intake._facts(found, calendar, link.kind, link.base_outlook))
