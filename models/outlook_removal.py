# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What Outlook no longer has: read before believing, ask before removing much."""

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..core.errors import (
    ConversionError,
    NotFound,
    OutlookError,
    Refused,
)
from ..core.removal import removal_action
from ..core.series_from_graph import OutlookSeries


class OutlookRemoval(models.AbstractModel):
    """Carries removals into Odoo: archived, declined, or kept."""

    _name = "outlook.removal"
    _description = "Outlook: Removed Meetings"

    @api.model
    def _take_missing(self, calendar, outlook):
        """Handle the links of the window that a full read did not show."""
        account = calendar.account_id
        domain = [
            ("account_id", "=", account.id),
            ("calendar_id", "in", (calendar.id, False)),
            ("is_gone", "=", False),
            ("seen_in", "!=", calendar.read_number),
            "|",
            "&",
            ("event_id.start", "<", calendar.window_end),
            ("event_id.stop", ">", calendar.window_start),
            "&",
            ("recurrence_id.calendar_event_ids.start", "<", calendar.window_end),
            ("recurrence_id.calendar_event_ids.stop", ">", calendar.window_start),
        ]
        links = self.env["outlook.link"].with_context(active_test=False).search(domain)
        self._settle(account, self._ask(links, outlook), calendar)

    @api.model
    def _take_doubtful(self, account, links, outlook):
        """Ask for each item directly: gone, or only out of the window?"""
        self._settle(account, self._ask(links, outlook))

    @api.model
    def _ask(self, links, outlook):
        """Return ``{link: its item}``; None: gone; an error: unknown."""
        answers = {}
        for link in links:
            if link.is_gone:
                continue  # settled before
            try:
                answers[link] = self._ask_one(link, outlook)
            except NotFound:
                answers[link] = None
            except (Refused, ConversionError) as error:
                answers[link] = error
        return answers

    @api.model
    def _ask_one(self, link, outlook):
        """Return the item, or the series, that a link has."""
        calendar = link._calendar()
        row = link._in(outlook).get(link.remote_id)
        if row.get("type") != "seriesMaster":
            return calendar._item(row)
        intake = self.env["outlook.series.intake"]
        return intake._read(calendar, link.remote_id, outlook)

    @api.model
    def _settle(self, account, answers, left=None):
        """Carry out what the answers of ``_ask`` mean.

        :param left: the calendar that called these items removed
        """
        gone = self._gone(answers, left)
        for link in self._that_matter(gone):
            self._count(link)
        self._check(account)
        for link in gone:
            self._remove_safely(link)

    @api.model
    def _take_elsewhere(self, link, left):
        """Note that an item is not in a calendar any more that would show it.

        Where it is now, the reading of that calendar tells, if it is read at all.

        :param left: the calendar that called it removed, None when none did
        """
        if not left or not link.exists() or link.calendar_id != left:
            return
        meetings = link.event_id | link.recurrence_id._outlook_meetings()
        start, end = left.window_start, left.window_end
        if any(one.start < end and one.stop > start for one in meetings):
            link.is_elsewhere = True

    @api.model
    def _gone(self, answers, left=None):
        """Return the links whose item is gone; take in what merely moved."""
        gone, intake = self.env["outlook.link"], self.env["outlook.intake"]
        for link, answer in answers.items():
            if answer is None:
                gone |= link
            elif isinstance(answer, OutlookError):
                intake._fail(link, link.remote_id, answer)
            elif isinstance(answer, OutlookSeries):
                series = self.env["outlook.series.intake"]
                calendar = link._calendar()
                series._take_safely(calendar, link, answer, {})
                self._take_elsewhere(link, left)
            else:
                intake._take_safely(link, answer)
                self._take_elsewhere(link, left)
        return gone

    @api.model
    def _that_matter(self, links):
        """Return the links whose removal would take a meeting out of Odoo."""
        return links.filtered(
            lambda link: (
                link._meeting().active and self._owns(link) and not link._rests()
            )
        )

    @api.model
    def _owns(self, link):
        """Whether the owner of the mailbox is the organizer in Odoo.

        Outlook calls the owner of a copy its organizer, so Odoo has to tell.
        """
        if link.kind == "meeting":
            return link.is_organizer
        return link._meeting().sudo().user_id == link._calendar()._user()

    @api.model
    def _remove_safely(self, link):
        """Carry out one removal; one that Odoo refuses stops none of the others."""
        try:
            with self.env.cr.savepoint():
                if link.problem:
                    link.problem = False
                self._remove(link)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # the whole run is made again
        except Exception as error:
            self.env["outlook.intake"]._fail(link, link.remote_id, error)

    @api.model
    def _remove(self, link):
        """Carry out what the disappearance of an item means."""
        action = removal_action(True, self._owns(link), link.kind)
        record = self._records(link)
        if link._rests() or not record.filtered("active"):
            link.unlink()
        elif action == "archive":
            self._archive(link, record, self.env._("Deleted in Outlook."))
        else:
            if action == "decline" and not link.is_shared:
                self._decline(link, record)
            link.is_gone = True  # remembered, so that it is not made again

    @api.model
    def _records(self, link):
        """Return the meeting of a link, or those of its series, as the owner."""
        ids = link.event_id.ids
        if link.recurrence_id:
            ids = link.recurrence_id._outlook_meetings().ids
        return self.env["outlook.intake"]._events(link.account_id).browse(ids)

    @api.model
    def _cancelled_series(self, link):
        """Archive a series that its organizer called off as a whole."""
        self._cancelled(link, self._records(link))

    @api.model
    def _cancelled(self, link, record):
        """Archive a meeting that its organizer called off, if he called it off."""
        if link.is_gone:
            return  # kept in Odoo, or called off by it, which may have it again
        if not record.filtered("active") or link._has_others():
            link.is_gone = True
            return
        self._count(link)
        self._archive(link, record, self.env._("Called off by its organizer."))

    @api.model
    def _archive(self, link, record, summary):
        """Take a meeting out of the calendar; its record and its chatter stay."""
        link.account_id._note(
            "archive",
            summary,
            event_id=record[:1].id,
            event_name=record[:1].name,
            direction="in",
            facts={
                "remote_id": link.remote_id,
                "kind": link.kind,
                "events": record.filtered("active").ids,
                "series": record.recurrence_id.ids[:1],
            },
        )
        link.unlink()
        record.write({"active": False})

    @api.model
    def _decline(self, link, record):
        """A guest took the meeting out of his own mailbox: that is a no."""
        user = link.account_id.user_id
        attendee = record.attendee_ids.filtered(
            lambda a: a.partner_id == user.partner_id
        )
        answers = {str(a.id): a.state for a in attendee if a.state != "declined"}
        attendee.filtered(lambda a: a.state != "declined").do_decline()
        link.account_id._note(
            "answer",
            self.env._("Removed from the own Outlook calendar: counts as declined."),
            event_id=record[:1].id,
            event_name=record[:1].name,
            direction="in",
            facts={"remote_id": link.remote_id, "answers": answers},
        )
