# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Ending a connection: what is to go is deleted first, without mail to anybody."""

import time
from collections import Counter

from odoo import api, models
from odoo.exceptions import UserError

from ..core.errors import NotFound, OutlookError, Refused
from ..core.series_from_graph import OutlookSeries

_PATIENCE = 60  # seconds that a person waits; what is left then goes at the next press
IN_OUTLOOK, IN_ODOO = ("outlook", "both"), ("odoo", "both")


class OutlookLeaving(models.AbstractModel):
    """Carries out the choice of the disconnect wizard."""

    _name = "outlook.leaving"
    _description = "Outlook: Ending a Connection"

    @api.model
    def _run(self, account, keep):
        """End a connection.

        :param keep: ``leave``, ``outlook``, ``odoo`` or ``both``: where to delete
        :return: False when there was no time for all; pressing again goes on
        :raise UserError: Microsoft did not answer; what is deleted is deleted
        """
        counts, outlook = Counter(), None
        if account.state == "connected" or keep in IN_OUTLOOK:
            self._stop(account)
        if keep in IN_OUTLOOK:
            outlook = self.env["outlook.connection"]._calendars(account)
        if keep != "leave" and not self._empty(account, keep, outlook, counts):
            return False
        account._disconnect(self._summary(keep, counts))
        return True

    @api.model
    def _summary(self, keep, counts):
        if keep == "leave":
            return ""
        return self.env._(
            "Disconnected. Deleted in Outlook: %(outlook)s, archived in Odoo: "
            "%(odoo)s. Everything else stays, and nobody gets mail.",
            outlook=counts["outlook"],
            odoo=counts["odoo"],
        )

    @api.model
    def _stop(self, account):
        """Stop reading and sending at once: what is deleted must not be read as such.

        A worker holds the account for each of its steps. So nothing is under way when
        this is committed, and no step comes after it; otherwise each step would be in
        the way of what follows here, and the button would fail. Should the server stop
        in between, the owner sees how to go on.
        """
        text = self.env._(
            "Disconnecting was interrupted. Press Disconnect again to go on with it."
        )
        account.write({"state": "paused", "error_message": text})
        self.env["ir.cron"]._commit_progress()

    @api.model
    def _empty(self, account, keep, outlook, counts):
        """Delete what may go, one commit each; False: there was no time for all."""
        ties, end = self.env["outlook.leaving.ties"], time.monotonic() + _PATIENCE
        for link in ties._links(account):
            if time.monotonic() > end:
                return False
            goes_in_odoo = keep in IN_ODOO and not ties._why_in_odoo(link)
            goes_in_outlook = keep in IN_OUTLOOK and not ties._why_in_outlook(link)
            if goes_in_odoo:
                counts["odoo"] += self._archive(link)
            if goes_in_outlook:
                counts["outlook"] += self._delete(link, outlook)
            if outlook and (goes_in_odoo or goes_in_outlook):
                self.env["ir.cron"]._commit_progress()
        return True

    # --- Outlook -----------------------------------------------------------------

    @api.model
    def _delete(self, link, outlook):
        """Delete one item, unless it has got guests since it was read last."""
        try:
            if not self._has_guests_now(link, outlook):
                link._in(outlook).delete(link.remote_id)
                self._note(link, "delete", self.env._("Deleted in Outlook."), "out")
                link.unlink()
                return True
            reason = self.env["outlook.journal"]._reason("leaving_guests")
        except NotFound:
            link.unlink()
            return False
        except Refused as error:
            reason = self.env["outlook.journal"]._sentence(error)
        except OutlookError as error:
            sentence = self.env["outlook.journal"]._sentence(error)
            raise UserError(sentence) from error
        self._note(link, "skip", reason, "out")
        return False

    @api.model
    def _has_guests_now(self, link, outlook):
        """Ask Outlook whom it would mail about a deletion."""
        answer = self.env["outlook.removal"]._ask_one(link, outlook)
        if isinstance(answer, OutlookSeries):
            events = (answer.item.event, *answer.series.exceptions.values())
        else:
            events = (answer.event,)
        return any(event.attendees for event in events)

    # --- Odoo --------------------------------------------------------------------

    @api.model
    def _archive(self, link):
        """Archive a meeting, or a series; the records and their discussion stay.

        When the mailbox is connected again and has the item still, they come back.
        """
        records = self.env["outlook.removal"]._records(link)
        self._note(link, "archive", self.env._("Archived in Odoo."), "in")
        link.is_archived = True
        records.filtered("active").write({"active": False})
        return True

    @api.model
    def _note(self, link, operation, summary, direction):
        meeting = link._meeting()
        link.account_id._note(
            operation,
            summary,
            event_id=meeting.id,
            event_name=meeting.sudo().name,
            direction=direction,
        )
