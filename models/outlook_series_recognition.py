# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Which Odoo series a series of a mailbox is, when no link says so yet."""

from dataclasses import replace

from odoo import api, fields, models

from ..core.errors import UnsupportedRecurrence
from ..core.series_state import day_state, has_same_days, series_state
from ..core.snapshot import changed
from .outlook_recognition import Match
from .outlook_recognition_joining import LEFT_ALONE
from .outlook_reconciliation import SETS


class OutlookSeriesRecognition(models.AbstractModel):
    """Finds the series that an item already is, in the order of single meetings."""

    _name = "outlook.series.recognition"
    _description = "Outlook: Recognizing Series"

    @api.model
    def _recognise(self, calendar, found, stamps, is_first):
        """Return the :class:`Match` of a series that Odoo has already, else None."""
        account = calendar.account_id
        return (
            self._by_transaction(account, found.item)
            or self._by_stamp(account, found.item, stamps)
            or self._by_parting(account, found.item)
            or self._by_ical_uid(found.item)
            or self._by_likeness(calendar, found, is_first)
        )

    @api.model
    def _by_transaction(self, account, item):
        row = item.transaction_id and self.env["outlook.outbox"].sudo().search(
            [
                ("account_id", "=", account.id),
                ("transaction_id", "=", item.transaction_id),
                ("recurrence_id", "!=", False),
            ],
            limit=1,
        )
        return row and Match(row.recurrence_id, row.kind, "transaction")

    @api.model
    def _by_stamp(self, account, item, stamps):
        _uuid, mark, kind = stamps.get(item.remote_id, "::").split(":")
        if mark[:1] != "r":
            return None
        series = self.env["calendar.recurrence"].browse(int(mark[1:])).exists()
        if not series or self.env["outlook.recognition"]._is_linked(account, series):
            return None
        return Match(series, kind, "stamp")

    @api.model
    def _by_parting(self, account, item):
        known = self.env["outlook.parting"]._of(account, [item])
        row = known.get(item.remote_id)
        series, recognition = row and row.recurrence_id, self.env["outlook.recognition"]
        if not series or recognition._is_linked(account, series):
            return None
        kind = row.kind or recognition._kind(item, series._outlook_lead())
        return Match(series, kind, row._reason())

    @api.model
    def _by_ical_uid(self, item):
        link = item.ical_uid and self.env["outlook.link"].sudo().search(
            [("ical_uid", "=", item.ical_uid), ("recurrence_id", "!=", False)], limit=1
        )
        return link and Match(link.recurrence_id, "meeting", "ical_uid")

    @api.model
    def _by_likeness(self, calendar, found, is_first):
        """Find the one series with the same subject, organizer, days and times.

        After the first sync only among those that are just being sent.
        """
        if found.series.rule is None:
            return None
        recognition = self.env["outlook.recognition"]
        organizer = recognition._of(found.item, calendar.account_id).lower()
        alike = [
            series
            for series in self._candidates(calendar, found.item, is_first)
            if recognition._by(series._outlook_lead()).lower() == organizer
            and self._is_alike(series, found)
        ]
        if len(alike) != 1:
            return None
        lead = alike[0]._outlook_lead()
        return Match(alike[0], recognition._kind(found.item, lead), "likeness")

    @api.model
    def _candidates(self, calendar, item, is_first):
        """Return the series of the same name that may be meant."""
        account, user = calendar.account_id, calendar._user()
        name = item.event.subject
        if not user:
            return self.env["calendar.recurrence"]
        domain = [
            ("recurrence_id", "!=", False),
            ("name", "=ilike", name.replace("%", "\\%").replace("_", "\\_")),
            "|",
            ("user_id", "=", user.id),
            ("partner_ids", "in", user.partner_id.ids),
        ]
        events = self.env["outlook.people"]._as_owner("calendar.event", account)
        series = events.search(domain).sudo().recurrence_id
        if not is_first:
            rows = self.env["outlook.outbox"].sudo()
            sent = rows.search([("operation", "=", "save")]).recurrence_id
            series &= sent
        return series.filtered(
            lambda one: (
                not one.outlook_link_ids.filtered(
                    lambda link: link.account_id == account or link.kind == "meeting"
                )
                and not one._outlook_lead()._outlook_is_secret_to(account.user_id)
            )
        )

    @api.model
    def _is_alike(self, series, found):
        """Whether both repeat alike, and their next meeting is at the same time."""
        try:
            odoo = self.env["outlook.series.mapper"]._state(series)
        except UnsupportedRecurrence:
            return False
        outlook = series_state(found.series)
        rules = [
            {k: v for k, v in state["rule"].items() if k not in ("first", "zone")}
            for state in (odoo, outlook)
        ]
        slots = self.env["outlook.series.mapper"]._slots(series).values()
        shared = sorted(set(slots) & set(found.series.held))
        if not shared or not has_same_days(*rules):
            return False
        slot = shared[0].isoformat()
        ours, theirs = day_state(odoo, slot), day_state(outlook, slot)
        return bool(ours and theirs and ours["when"] == theirs["when"])

    # --- joining -------------------------------------------------------------

    @api.model
    def _join(self, calendar, found, match):
        """Bind an item to a series that Odoo has; nobody gets mail for that.

        One that is private to who reads a colleague's calendar is none of his business.
        """
        account, item = calendar.account_id, found.item
        intake = self.env["outlook.series.intake"]
        days = match.event.calendar_event_ids
        if item.is_lent and days._outlook_is_secret_to(account.user_id):
            nothing = match.event.browse()
            intake._bind(calendar, found, nothing, match.kind).write(LEFT_ALONE)
            return
        series = intake._as_owner(account, match.event)
        self.env["outlook.parting"]._come_back(account, series)
        meetings = series._outlook_meetings()
        if not meetings:
            return  # deleted in Odoo, which waits to be sent
        self.env["outlook.recognition"]._check_may_join(meetings, item, account)
        if item.is_organizer and not series._outlook_lead().user_id:
            meetings.write({"user_id": calendar._user().id})  # he was no user before
        recognition = self.env["outlook.recognition"]
        if not item.is_lent:
            recognition._drop_copy(account, series._outlook_lead())
        kind = recognition._kind_of(item, match, series._outlook_lead())
        link = intake._bind(calendar, found, series.sudo(), kind)
        self._settle(link, found, series, match.reason)
        self._take_own_answer(link, found, series)
        facts = {"remote_id": item.remote_id, "by": match.reason}
        lead = series._outlook_lead()
        recognition._note_joined(account, lead, match.reason, facts=facts)

    @api.model
    def _settle(self, link, found, series, reason):
        """Bring both sides of a new link together, by what they were found by."""
        odoo = self.env["outlook.series.mapper"]._state(series.sudo(), link)
        link.base_odoo = odoo
        if reason == "transaction":
            self._send_difference(link, found, series, odoo)
        elif reason == "stamp":
            self._take_over(link, found, series, odoo)
        elif reason == "taken_over":
            self._take_theirs(link, found, odoo)
        elif reason == "ical_uid":
            self.env["outlook.lead"]._follow_series(link, found, series)

    @api.model
    def _send_difference(self, link, found, series, odoo):
        """Odoo's series may have changed since it was sent: send what differs."""
        theirs, names = link.base_outlook, link._fields_out() | {"rule", "days"}
        link.base_odoo = odoo | {name: theirs[name] for name in names}
        if link.is_online:
            self.env["outlook.online.meeting"]._take(link, found.item)
        self.env["outlook.outbox"]._note_series([(link.account_id, series.sudo())])

    @api.model
    def _take_over(self, link, found, series, odoo):
        """Bring a series up to date that was once in step, without any mail.

        What differs is taken from Outlook, where nobody has to be told of it; Odoo's
        value is listed as a conflict, so that one click takes it instead.
        """
        self._note_clashes(link, found, series, odoo)
        self._take_theirs(link, found, odoo)

    @api.model
    def _take_theirs(self, link, found, odoo):
        """Take from Outlook what differs."""
        if "when" not in link._fields_in():
            return
        # Of what was once agreed upon nothing is known but that Odoo had it.
        now = link.base_outlook
        names = {k for k in odoo if k not in ("join_url",) and odoo[k] != now[k]}
        if names:
            link.base_outlook = odoo
            self.env["outlook.series.reconciliation"]._take(link, found)

    @api.model
    def _note_clashes(self, link, found, series, odoo):
        """List what differs: of all meetings by the one that leads, then day by day."""
        journal, theirs = self.env["outlook.journal"], link.base_outlook
        allowed = link._fields_in() - {*SETS, "join_url", "online"}
        common = changed(odoo, theirs) & allowed - {"when"}
        lead = series._outlook_lead()
        journal._note_clashes(link, found.item, lead, common, "outlook")
        for meeting, slot in self.env["outlook.series.mapper"]._slots(series).items():
            key = slot.isoformat()
            if odoo["days"].get(key) == theirs["days"].get(key):
                continue
            sides = day_state(odoo, key), day_state(theirs, key)
            if not all(sides) or slot not in found.series.held:
                continue  # called off on one side: there is no value to take
            names = changed(*sides) & allowed - common
            usual = replace(found.item.event, when=found.series.meeting(slot))
            event = found.series.exceptions.get(slot, usual)
            item = replace(found.item, event=event)
            journal._note_clashes(link, item, meeting, names, "outlook")

    @api.model
    def _take_own_answer(self, link, found, series):
        """Take the mailbox owner in as a guest, with the answer he gave."""
        account, item = link.account_id, found.item
        if link.kind == "copy" or item.is_organizer or item.is_lent:
            return
        partner, meetings = account.user_id.partner_id, series._outlook_meetings()
        absent = meetings.filtered(lambda one: partner not in one.partner_ids)
        if absent:
            absent.write({"partner_ids": [fields.Command.link(partner.id)]})
        writer = self.env["outlook.event.writer"]
        own = account._addresses() & set(link.base_outlook["attendees"])
        writer._take_answers(meetings, item.event, own, account)
        mapper = self.env["outlook.series.mapper"]
        link.base_odoo = mapper._state(series.sudo(), link)
