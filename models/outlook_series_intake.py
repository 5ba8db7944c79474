# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Taking Outlook's series into Odoo: new ones and known ones."""

from datetime import timezone
from zlib import crc32

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..core.errors import BadAnswer, ConversionError, NotFound, OutlookError, Refused
from ..core.series_state import series_state
from .outlook_intake_facts import SHOWN

_DAYS = frozenset({"occurrence", "exception"})


class OutlookSeriesIntake(models.AbstractModel):
    """Carries out what the rows of a mailbox mean for Odoo's series.

    A row of a series only says that something has changed: Graph tells of a cancelled
    day by its absence alone. So the whole series is asked for, once in a round.
    """

    _name = "outlook.series.intake"
    _description = "Outlook: Taking Series In"

    # --- asking --------------------------------------------------------------

    @api.model
    def _touched(self, account, rows, removed=(), is_full=False):
        """Return the remote ids of the series that the rows of a round are about.

        :param rows: of the changed items, as Graph sends them
        :param removed: ids of rows that say "removed", perhaps of single days
        :param is_full: the window may be another one, so unchanged series count, too
        """
        masters = {row["id"]: row for row in rows if row.get("type") == "seriesMaster"}
        links = self.env["outlook.intake"]._links(account, masters)
        found = {}
        for row in rows:
            remote_id = row["id"] if row["id"] in masters else None
            if row.get("type") in _DAYS:
                remote_id = row.get("seriesMasterId")
            if not isinstance(remote_id, str) or not remote_id:
                continue
            link, master = links.get(remote_id), masters.get(remote_id, {})
            if link and not is_full and self._is_unchanged(link, master):
                continue
            found[remote_id] = True
        return [*found, *self._of_days(account, removed, found)]

    @api.model
    def _of_days(self, account, removed, found):
        """Return the series that removed days belong to."""
        if not removed:
            return []
        known = self.env["outlook.intake"]._links(account, removed)
        marks = {self._mark(one) for one in removed if one not in known}
        domain = [("account_id", "=", account.id), ("recurrence_id", "!=", False)]
        links = marks and self.env["outlook.link"].search(domain)
        return [
            link.remote_id
            for link in links or ()
            if link.remote_id not in found and marks & set((link.day_ids or "").split())
        ]

    @api.model
    def _mark(self, remote_id):
        """Return a few letters that stand for the long id of a single day."""
        return f"{crc32(remote_id.encode()):08x}"

    @api.model
    def _is_unchanged(self, link, master):
        """Whether the version of a master is known: so are its days then."""
        etag = master.get("@odata.etag")
        return link._knows(etag)

    @api.model
    def _ask(self, calendar, remote_ids, outlook):
        """Return ``{remote id: OutlookSeries}``; None: gone; an error: unknown."""
        answers = {}
        for remote_id in remote_ids:
            try:
                answers[remote_id] = self._read(calendar, remote_id, outlook)
            except NotFound:
                answers[remote_id] = None
            except (Refused, ConversionError, BadAnswer) as error:
                answers[remote_id] = error
        return answers

    @api.model
    def _read(self, calendar, remote_id, outlook, days=()):
        """Read a series and its days of the window.

        :param days: further days that have to be told
        :raise ConversionError: the master cannot be read
        """
        start, end = calendar.account_id._window()
        start = min([start, *days]).replace(tzinfo=timezone.utc)
        end = max([end, *days]).replace(tzinfo=timezone.utc)
        rows = calendar._in(outlook).series(remote_id, start, end)
        return calendar._series(rows)

    # --- taking --------------------------------------------------------------

    @api.model
    def _take_answers(self, calendar, answers, stamps=None):
        """Take the series in that were asked for; one that fails stops no other."""
        account, intake = calendar.account_id, self.env["outlook.intake"]
        there = [one for one, answer in answers.items() if answer is not None]
        intake._place(calendar, there)
        links = intake._links(account, answers)
        for remote_id, answer in answers.items():
            link = links.get(remote_id)
            if isinstance(answer, OutlookError):
                intake._remember_problem(account, remote_id, links, answer)
            elif answer is None:
                if link:
                    self.env["outlook.removal"]._settle(account, {link: None})
            else:
                self._take_safely(calendar, link, answer, stamps or {})
        intake._place(calendar, there)

    @api.model
    def _take_safely(self, calendar, link, found, stamps):
        account = calendar.account_id
        try:
            with self.env.cr.savepoint():
                self._take(calendar, link, found, stamps)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # the whole run is made again
        except Exception as error:  # whatever it is, the other meetings go on
            intake = self.env["outlook.intake"]
            links = {found.item.remote_id: link} if link else {}
            intake._remember_problem(account, found.item.remote_id, links, error)

    @api.model
    def _take(self, calendar, link, found, stamps):
        if link and link._is_unheard():
            return
        if link and link.recurrence_id:
            link.problem = False
            self.env["outlook.series.reconciliation"]._take(link, found)
        elif link and link.event_id:
            self.env["outlook.series.change"]._make_recurring(link, found)
        elif not link or link._may_come(found.item):
            self._take_fresh(calendar, link, found, stamps)

    @api.model
    def _take_fresh(self, calendar, stale, found, stamps):
        """Join what Odoo has already, or create the series."""
        account, item = calendar.account_id, found.item
        self.env["outlook.arrival"]._claim([item])
        if stale:
            stale.unlink()
        unwanted = self.env["outlook.outbox"]._unwanted(account, [item])
        if item.is_cancelled or item.remote_id in unwanted or not found.series.held:
            return
        recognition = self.env["outlook.series.recognition"]
        is_first = not calendar.is_complete
        if match := recognition._recognise(calendar, found, stamps, is_first):
            recognition._join(calendar, found, match)
        else:
            self._create(calendar, found)

    @api.model
    def _create(self, calendar, found):
        """Create a series, its link and its line in the journal."""
        account = calendar.account_id
        series = self.env["outlook.series.writer"]._create(calendar, found)
        self.env["outlook.intake"]._tag(calendar, series._outlook_meetings())
        series = series.sudo()
        link = self._bind(calendar, found, series, "meeting")
        link.base_odoo = self.env["outlook.series.mapper"]._state(series, link)
        journal = self.env["outlook.journal"]
        journal._note_imported(account, series._outlook_lead(), [found])

    # --- links ---------------------------------------------------------------

    @api.model
    def _as_owner(self, account, series):
        """Return a series with the rights of the owner, and no mail to anybody."""
        events = self.env["outlook.intake"]._events(account)
        return series.with_env(events.env)

    @api.model
    def _bind(self, calendar, found, series, kind):
        """Return a new link; its base of Odoo's side is the caller's to write."""
        account = calendar.account_id
        return self.env["outlook.link"].create(
            {
                "account_id": account.id,
                "recurrence_id": series.id,
                "remote_id": found.item.remote_id,
                "kind": kind,
                "calendar_id": calendar.id,
                "seen_in": calendar.read_number,
                **self._facts(found, calendar, kind),
            }
        )

    @api.model
    def _facts(self, found, calendar, kind, base=None):
        """Return what a link remembers of a series."""
        facts = self.env["outlook.intake"]._facts(found.item, calendar, kind)
        events = [found.item.event, *found.series.exceptions.values()]
        return facts | {
            "guest_names": self.env["outlook.link"]._names_of(
                calendar.account_id, events
            ),
            "base_outlook": self._state(found, calendar, kind, base),
            "day_ids": " ".join(sorted(map(self._mark, found.ids.values()))),
        }

    @api.model
    def _state(self, found, calendar, kind, base=None):
        """Return the state; in a guest's mailbox his own answers alone are reliable."""
        state = series_state(found.series)
        if found.item.is_hidden and base:
            return self._hidden_state(state, base)
        if kind == "copy" or found.item.is_organizer:
            return state
        own = calendar._addresses()
        for part in (state, *filter(None, state["days"].values())):
            if "responses" in part:
                part["responses"] = {
                    address: answer
                    for address, answer in part["responses"].items()
                    if address in own
                }
        return state

    @api.model
    def _hidden_state(self, state, base):
        """Return the state of a series of which nothing but the times are shown."""
        days = {}
        for slot in state["days"].keys() | base["days"].keys():
            own, old = state["days"].get(slot, {}), base["days"].get(slot) or {}
            kept = {k: v for k, v in old.items() if k not in SHOWN}
            shown = own and {k: v for k, v in own.items() if k in SHOWN}
            day = None if own is None else kept | shown
            if day != {}:
                days[slot] = day
        shown = {name: state[name] for name in SHOWN | {"rule"}}
        return base | shown | {"days": dict(sorted(days.items()))}
