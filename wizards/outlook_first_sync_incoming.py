# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Facts of the preview about what Outlook has: see ``core.preview``."""

from odoo import api, models

from ..core.errors import ConversionError, NotFound, Refused, UnsupportedRecurrence
from ..core.preview import differing
from ..core.snapshot import snapshot

_PRIVATE = frozenset({"private", "personal", "confidential"})
_DAYS = frozenset({"occurrence", "exception"})


def moment_of(value):
    """Return a moment or a date as the facts have it: ISO, in UTC, without a zone."""
    return value.isoformat()[:19]


class OutlookFirstSync(models.TransientModel):
    """Recognises what Odoo has already, by the rules of the first sync itself."""

    _inherit = "outlook.first.sync"

    @api.model
    def _incoming(self, calendar, rows):
        """Return the facts of one page of a calendar.

        :return: ``{"rows": facts, "days": {remote id of a series: ISO dates},
            "private": remote ids of series with a private day}``
        """
        items, facts, days, private = [], [], {}, set()
        for row in rows:
            if row.get("type") in _DAYS:
                start = (row.get("start") or {}).get("dateTime") or ""
                days.setdefault(row.get("seriesMasterId"), []).append(start[:10])
                if row.get("sensitivity") in _PRIVATE:
                    private.add(row.get("seriesMasterId"))
                continue
            try:
                items.append(calendar._item(row))
            except ConversionError:
                facts.append(self._unreadable(calendar, row))
        singles = [item for item in items if item.type != "seriesMaster"]
        series = [item for item in items if item.type == "seriesMaster"]
        facts += self._facts_of(calendar, singles, self._matches(calendar, singles))
        facts += self._facts_of(calendar, series, self._twins_of(calendar, series))
        return {"rows": facts, "days": days, "private": sorted(filter(None, private))}

    @api.model
    def _unreadable(self, calendar, row):
        """Return the fact of a row that is no meeting as we know them."""
        start = (row.get("start") or {}).get("dateTime") or ""
        return {
            "id": row["id"],
            "calendar": calendar.id,
            "name": row.get("subject") or self.env._("(No title)"),
            "start": start[:19],
            "end": start[:19] or "9999",
            "days": [],
            "fate": "left_out",
            "reason": "unreadable",
            "private": row.get("sensitivity") in _PRIVATE,
            "twin": "",
            "brought": False,
            "differs": [],
            "strangers": [],
        }

    @api.model
    def _matches(self, calendar, items):
        """Return ``{remote id: Match}`` of single meetings that Odoo has."""
        recognition = self.env["outlook.recognition"]
        stamps = self.stamps or {}
        return recognition._recognise(calendar, items, stamps, is_first=True)

    @api.model
    def _facts_of(self, calendar, items, matches):
        intake = self.env["outlook.intake"]
        known = intake._links(calendar.account_id, [item.remote_id for item in items])
        deleted = intake._deleted_uids(items)
        former = self.env["outlook.parting"]._of(calendar.account_id, items)
        brought = {one for one, row in former.items() if row.brought_in}
        unknown = self._unknown(calendar.account_id, items)
        return [
            self._fact_of(calendar, item)
            | self._fate(calendar, item, matches.get(item.remote_id), known, deleted)
            | {"strangers": sorted(unknown & self._addresses_of(item))}
            | {"brought": item.remote_id in brought}
            for item in items
        ]

    @api.model
    def _fact_of(self, calendar, item):
        return {
            "id": item.remote_id,
            "calendar": calendar.id,
            "name": item.event.subject or self.env._("(No title)"),
            "start": moment_of(item.event.when.start),
            "end": moment_of(item.event.when.end),
            "days": [],
            "private": item.event.sensitivity in _PRIVATE,
            "twin": "",
            "brought": False,
            "differs": [],
        }

    @api.model
    def _fate(self, calendar, item, match, known, deleted):
        """Return what happens to an item, and why."""
        if item.is_cancelled:
            return {"fate": "left_out", "reason": "cancelled"}
        if item.remote_id in known:
            return {"fate": "joined", "reason": "linked"}
        if match:
            mark = "r" if match.event._name == "calendar.recurrence" else "e"
            return {
                "fate": "joined",
                "reason": match.reason,
                "twin": f"{mark}{match.event.id}",
                "differs": self._differing(item, match),
            }
        if item.ical_uid in deleted:
            return {"fate": "left_out", "reason": "deleted"}
        if not calendar.account_id._chooses(item.event.categories):
            return {"fate": "left_out", "reason": "not_chosen"}
        return {"fate": "new", "reason": ""}

    @api.model
    def _differing(self, item, match):
        """Return the fields of a pair that have two values."""
        record = match.event
        if record._name == "calendar.recurrence":
            record = record._outlook_lead()
        mapper = self.env["outlook.event.mapper"]
        return differing(mapper._snapshot(record.sudo()), snapshot(item.event))

    # --- people --------------------------------------------------------------

    @api.model
    def _addresses_of(self, item):
        guests = {guest.address for guest in item.event.attendees}
        return (guests | {item.organizer and item.organizer.address}) - {"", None}

    @api.model
    def _unknown(self, account, items):
        """Return the addresses that are nobody's in Odoo and would become contacts."""
        people = self.env["outlook.people"]
        contacts = people._as_owner("res.partner", account)
        told = set().union(*map(self._addresses_of, items)) - account._addresses()
        if not told or not contacts.has_access("create"):
            return set()
        told -= people._users(told, account).keys()
        known = contacts.search([("email_normalized", "in", list(told))])
        return told - set(known.mapped("email_normalized"))

    # --- series --------------------------------------------------------------

    @api.model
    def _twins_of(self, calendar, items):
        """Return ``{remote id: Match}`` of series that Odoo has."""
        found = {item.remote_id: self._twin(calendar, item) for item in items}
        return {remote_id: match for remote_id, match in found.items() if match}

    @api.model
    def _twin(self, calendar, item):
        """Return the match of a series, None when it is new.

        Only where Odoo has one of the same name Outlook is asked for the days.
        """
        account, stamps = calendar.account_id, self.stamps or {}
        recognition = self.env["outlook.series.recognition"]
        if item.is_cancelled:
            return None
        sure = (
            recognition._by_stamp(account, item, stamps)
            or recognition._by_parting(account, item)
            or recognition._by_ical_uid(item)
        )
        if sure or not recognition._candidates(calendar, item, is_first=True):
            return sure
        outlook = self.env["outlook.connection"]._calendars(account)
        intake = self.env["outlook.series.intake"]
        try:
            found = intake._read(calendar, item.remote_id, outlook)
            return recognition._by_likeness(calendar, found, is_first=True)
        except (NotFound, Refused, ConversionError, UnsupportedRecurrence):
            return None
