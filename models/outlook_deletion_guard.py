# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Nothing calls many meetings off in Outlook before their owner was asked."""

from collections import namedtuple

from odoo import api, fields, models

from ..core.deletion import Deletion, called_off, guests, to_ask
from ..core.errors import UnsupportedRecurrence
from ..core.removal import is_mass_removal
from .fault import log_fault

# What the outbox would delete: the rows that say so, the link of the item, and of a
# series the days (ISO dates) that would go; none: all of it.
Going = namedtuple("Going", "link rows days", defaults=((),))


class OutlookDeletionGuard(models.AbstractModel):
    """Counts what a run of sending would delete, before it sends anything.

    What our own dialogs have shown before is not counted: the undoing of a creation,
    what ending a connection deletes (it does so itself), copies that give way to the
    real meeting, and those that go by the choice to leave private meetings out. Nor are
    creations that may not have reached Outlook: of those a run leaves one at most.
    """

    _name = "outlook.deletion.guard"
    _description = "Outlook: Asking Before Many Deletions"

    # --- asking ---------------------------------------------------------------

    @api.model
    def _asks(self, account):
        """Pause a connection whose owner has to be asked, and tell whether he has."""
        rows = self._rows(account)
        if not account._may_push() or not is_mass_removal(len(rows), 0):
            return False
        linked = self.env["outlook.removal"]._linked(account)
        found = self._going(account, rows)
        linked += len([one for one in found if not one.link._is_bound()])
        if is_mass_removal(len(found) + len(rows.recurrence_id), linked):
            found += self._going_days(account, rows)
        going = {one.link.id: one for one in found}
        asked = to_ask([self._deletion(one) for one in found], linked)
        if not asked:
            return False
        rows = rows.browse().union(*(going[one.key].rows for one in asked))
        is_new = any(row.consent != "asked" for row in rows)
        rows.write({"consent": "asked"})
        account._ask_before_deleting(asked, is_new)
        return True

    @api.model
    def _rows(self, account, *domain):
        """Return the rows that wait, also those whose next try is later."""
        return self.env["outlook.outbox"].search(
            [
                ("account_id", "=", account.id),
                ("state", "=", "waiting"),
                ("operation", "in", ("save", "delete")),
                *domain,
            ]
        )

    @api.model
    def _deletion(self, going):
        """Return the :class:`core.deletion.Deletion` of a :class:`Going`."""
        link, mailed = going.link, frozenset()
        if link.organizes:
            own = link._calendar()._addresses() | link.account_id._addresses()
            mailed = guests(link.base_outlook or {}) - own
        is_allowed = "given" in going.rows.mapped("consent")
        return Deletion(link.id, self._name_of(going), mailed, is_allowed)

    @api.model
    def _name_of(self, going):
        """Return what the owner knows a meeting by, if its record is there or not."""
        account, told = going.link.account_id, self.env["outlook.removal"]._told
        if meeting := self.env["outlook.memory"]._meeting(going.link):
            return told(account, meeting.name, meeting.start)
        was = going.rows[:1].was or {}
        name = (was.get("facts") or {}).get("name") or self.env._("Deleted meeting")
        start = ((was.get("before") or {}).get("when") or {}).get("start")
        if not start:
            return name
        moment = fields.Datetime.to_datetime(start[:19].replace("T", " "))
        return told(account, name, moment)

    # --- what would go --------------------------------------------------------

    @api.model
    def _going(self, account, rows):
        """Return what the rows would delete as a whole."""
        return [*self._going_items(account, rows), *self._going_meetings(account, rows)]

    @api.model
    def _going_items(self, account, rows):
        """Return the items whose meeting was deleted."""
        gone = rows.filtered(
            lambda row: (
                row.operation == "delete" and row.remote_id and not row.keeps_meeting
            )
        ).grouped("remote_id")
        links = self.env["outlook.link"].search(
            [("account_id", "=", account.id), ("remote_id", "in", list(gone))]
        )
        is_too_late = self.env["outlook.push"]._is_too_late
        return [
            Going(link, gone[link.remote_id]) for link in links if not is_too_late(link)
        ]

    @api.model
    def _going_meetings(self, account, rows):
        """Return the items of meetings that are in the archive, or somebody else's."""
        saved = self._saved(rows)
        return [
            Going(link, saved[link.recurrence_id or link.event_id])
            for link in self._links(account, saved)
            if link._is_unwanted() and link._may_delete() and not self._is_exempt(link)
        ]

    @api.model
    def _is_exempt(self, link):
        """Whether it goes by the owner's own choice, or stays anyhow.

        Nothing is deleted when its guests would get mail about what is over.
        """
        delivery, account = self.env["outlook.delivery"], link.account_id
        if link._meeting().active and account._leaves_out(link._meeting()):
            return True
        return delivery._would_mail_about_the_past(link, link.base_odoo or {})

    @api.model
    def _going_days(self, account, rows):
        """Return the series that stay, of which some days would be called off."""
        saved = self._saved(rows.filtered("recurrence_id"))
        found = []
        for link in self._links(account, saved):
            if not link._is_unwanted() and (days := self._days(link)):
                found.append(Going(link, saved[link.recurrence_id], tuple(days)))
        return found

    @api.model
    def _days(self, link):
        """Return the days that would be called off in a series."""
        if not link._may_delete() or not link.base_odoo:
            return []
        mapper = self.env["outlook.series.mapper"]
        try:
            now = mapper._state(link.recurrence_id, link)
        except UnsupportedRecurrence:
            return []
        except Exception as error:  # one series must not stop the whole mailbox
            log_fault("the days of a series were not counted", error)
            return []
        today = fields.Date.to_string(fields.Date.today())
        return called_off(link.base_odoo, now, today)

    @api.model
    def _saved(self, rows):
        """Return rows by the meeting, or the series, that they are about."""
        saved = rows.filtered(lambda row: row.operation == "save")
        return saved.grouped(lambda row: row.recurrence_id or row.event_id)

    @api.model
    def _links(self, account, saved):
        """Return the links of meetings and series in a mailbox."""
        ids = {"calendar.event": [], "calendar.recurrence": []}
        for record in filter(None, saved):
            ids[record._name].append(record.id)
        return self.env["outlook.link"].search(
            [
                ("account_id", "=", account.id),
                ("is_gone", "=", False),
                "|",
                ("event_id", "in", ids["calendar.event"]),
                ("recurrence_id", "in", ids["calendar.recurrence"]),
            ]
        )

    # --- while a run goes on --------------------------------------------------

    @api.model
    def _alive(self, rows):
        """Return the ids of rows that delete nothing when a run begins.

        None where so few wait that whatever becomes of them meanwhile is not much.
        """
        if not is_mass_removal(len(rows), 0):
            return None
        return {row.id for row in rows if row._meeting().active}

    @api.model
    def _has_died(self, rows, alive):
        """Whether a meeting was archived since, uncounted: the next run counts it."""
        if alive is None or rows[0].operation != "save":
            return False
        return rows[0].id in alive and not rows[0]._meeting().active

    # --- answers --------------------------------------------------------------

    @api.model
    def _allow(self, account):
        """Let go what the owner was asked about, and nothing that came since."""
        self._rows(account, ("consent", "=", "asked")).write({"consent": "given"})

    @api.model
    def _keep(self, account):
        """Keep in Outlook what the owner was asked about, without Odoo."""
        rows = self._rows(account, ("consent", "=", "asked"))
        kept = [*self._going(account, rows), *self._going_days(account, rows)]
        names = [self._name_of(one) for one in kept]
        for one in kept:
            self._keep_one(one)
        account._note(
            "skip",
            self.env._("Kept in Outlook, although deleted in Odoo."),
            direction="out",
            details="\n".join(sorted(names)),
        )

    @api.model
    def _keep_one(self, going):
        """Let an item be Outlook's alone, or some days of a series."""
        link = going.link
        if going.days:
            days = link.base_odoo["days"] | dict.fromkeys(going.days)
            link.base_odoo = link.base_odoo | {"days": dict(sorted(days.items()))}
        elif link._is_bound():
            link.is_kept = True
        else:
            going.rows.unlink()
