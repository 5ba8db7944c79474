# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Taking Outlook's items into Odoo: new ones and known ones."""

from odoo import api, models
from odoo.fields import Command
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..core.errors import ConversionError

# Rows of series: these are read as a whole, see ``outlook.series.intake``.
SERIES = frozenset({"occurrence", "exception", "seriesMaster"})


class OutlookIntake(models.AbstractModel):
    """Carries out what a row of a mailbox means for Odoo."""

    _name = "outlook.intake"
    _description = "Outlook: Taking Meetings In"

    @api.model
    def _events(self, account):
        """Return ``calendar.event`` as the account's user, with no mail to anybody."""
        people = self.env["outlook.people"]
        return people._as_owner("calendar.event", account).with_context(
            active_test=False,
            outlook_from_account=account.id,  # it knows the change already
            no_mail_to_attendees=True,
            skip_attendee_notification=True,
            skip_contact_description=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
        )

    # --- rows ----------------------------------------------------------------

    @api.model
    def _take_rows(self, calendar, rows, stamps=None):
        """Take the changed rows of a page; one that fails never stops the others.

        :param rows: :class:`core.delta.Fold`
        :param stamps: ``{remote id: stamp}`` of items that this database once made
        """
        account = calendar.account_id
        self._place(calendar, rows.changed)
        links = self._links(account, rows.changed)
        items = self._items(calendar, rows.changed.values(), links)
        fresh = []
        for item in items:
            link = links.get(item.remote_id)
            if link and not link._may_come(item):
                self._take_safely(link, item)
            else:
                fresh.append(item)
        if fresh:
            self._take_fresh(calendar, fresh, links, stamps or {})
        self._place(calendar, rows.changed)

    @api.model
    def _place(self, calendar, remote_ids):
        """Note that items are in this calendar, wherever they were before."""
        links = self._links(calendar.account_id, remote_ids)
        number = calendar.read_number
        for link in links.values():
            if link.calendar_id and link.calendar_id != calendar:
                self._note_moved(link, calendar)
            if link.calendar_id != calendar or link.is_elsewhere:
                was_out = link._is_out()
                link.write({"calendar_id": calendar.id, "is_elsewhere": False})
                if was_out:  # Odoo may have changed it meanwhile
                    self.env["outlook.outbox"]._note_links(link)
        unseen = [link.id for link in links.values() if link.seen_in != number]
        self.env["outlook.link"].browse(unseen).write({"seen_in": number})

    @api.model
    def _note_moved(self, link, calendar):
        meeting = link._meeting()
        link.account_id._note(
            "update",
            self.env._("Moved to the calendar %(name)s.", name=calendar.name),
            event_id=meeting.id,
            event_name=meeting.sudo().name,
            direction="in",
        )

    @api.model
    def _links(self, account, remote_ids):
        """Return the links of this mailbox: ``{remote id: link}``."""
        if not remote_ids:
            return {}
        domain = [("account_id", "=", account.id), ("remote_id", "in", [*remote_ids])]
        return {
            link.remote_id: link for link in self.env["outlook.link"].search(domain)
        }

    @api.model
    def _items(self, calendar, rows, links):
        """Return the items that are kept in step; what cannot be read is remembered."""
        account, items = calendar.account_id, []
        for row in rows:
            if row.get("type") in SERIES:
                continue
            try:
                items.append(calendar._item(row))
            except ConversionError as error:
                self._remember_problem(account, row["id"], links, error)
        return items

    @api.model
    def _take_fresh(self, calendar, items, links, stamps):
        """Join what Odoo has already, create the rest."""
        account = calendar.account_id
        self.env["outlook.arrival"]._claim(items)
        found = self.env["outlook.recognition"]._recognise(
            calendar, items, stamps, is_first=not calendar.is_complete
        )
        new, unwanted = [], self.env["outlook.outbox"]._unwanted(account, items)
        deleted = self._deleted_uids(items)
        for item in items:
            if item.is_cancelled or item.remote_id in unwanted:
                continue  # called off or deleted before Odoo ever heard of it
            if item.ical_uid in deleted and item.remote_id not in found:
                self._leave_out(calendar, item, links)
                continue
            if match := found.get(item.remote_id):
                self._join_safely(calendar, item, match, links)
            else:
                new.append(item)
        if new:
            self._create_safely(calendar, new, links)

    @api.model
    def _deleted_uids(self, items):
        """Return the iCalUIds of meetings that Odoo had from another mailbox and has
        deleted: no mailbox brings them back."""
        uids = [item.ical_uid for item in items if item.ical_uid]
        domain = [
            ("ical_uid", "in", uids),
            ("event_id", "=", False),
            ("recurrence_id", "=", False),
            ("problem", "=", False),
        ]
        return set(self.env["outlook.link"].sudo().search(domain).mapped("ical_uid"))

    @api.model
    def _leave_out(self, calendar, item, links):
        """Remember an item that Odoo does not want."""
        if item.remote_id not in links:
            nothing = self.env["calendar.event"]
            vals = self._link_vals(calendar, item, nothing, "meeting")
            self.env["outlook.link"].create(vals)

    # --- one by one, each in its own savepoint --------------------------------

    @api.model
    def _take_safely(self, link, item):
        if not link._is_bound() or link._is_unheard() or link._knows(item.etag):
            return
        try:
            with self.env.cr.savepoint():
                if link.problem:
                    link.problem = False
                if link.recurrence_id:
                    self.env["outlook.series.change"]._make_single(link, item)
                else:
                    self.env["outlook.reconciliation"]._take(link, item)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # the whole run is made again
        except Exception as error:  # whatever it is, the other meetings go on
            self._fail(link, item.remote_id, error)

    @api.model
    def _join_safely(self, calendar, item, match, links):
        try:
            with self.env.cr.savepoint():
                stale = links.get(item.remote_id)
                if stale:
                    stale.unlink()
                self.env["outlook.recognition"]._join(calendar, item, match)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # the whole run is made again
        except Exception as error:
            account = calendar.account_id
            self._remember_problem(account, item.remote_id, {}, error)

    @api.model
    def _create_safely(self, calendar, items, links):
        """Create all at once, or one by one when one of them is refused."""
        account = calendar.account_id
        try:
            with self.env.cr.savepoint():
                self._create(calendar, items, links)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # the whole run is made again
        except Exception as error:
            if len(items) == 1:
                self._remember_problem(account, items[0].remote_id, links, error)
                return
            for item in items:
                self._create_safely(calendar, [item], links)

    # --- new meetings ----------------------------------------------------------

    @api.model
    def _create(self, calendar, items, links):
        """Create the meetings, their links and their lines in the journal."""
        account = calendar.account_id
        stale = [links[item.remote_id].id for item in items if item.remote_id in links]
        self.env["outlook.link"].browse(stale).unlink()
        events = self._events(account).with_context(dont_notify=True)
        vals_list = self._new_vals(account, items)
        events = events.with_context(tracking_disable=True)
        records = events._outlook_create(vals_list)
        records._outlook_announce()
        self._tag(calendar, records)
        mapper = self.env["outlook.event.mapper"]
        guests = records.attendee_ids.partner_id
        addresses = self.env["outlook.people"]._addresses(guests)
        self.env["outlook.link"].create(
            [
                self._link_vals(calendar, item, record, "meeting")
                | {
                    "base_odoo": mapper._snapshot(record, addresses),
                    "calendar_id": calendar.id,
                    "seen_in": calendar.read_number,
                }
                for item, record in zip(items, records.sudo(), strict=True)
            ]
        )
        self.env["outlook.journal"]._note_imported(account, records, items)

    @api.model
    def _tag(self, calendar, records):
        """Give new meetings the tag of their calendar, in Odoo alone."""
        if calendar.tag_id:
            records.write({"categ_ids": [Command.link(calendar.tag_id.id)]})

    @api.model
    def _new_vals(self, account, items):
        people, writer = self.env["outlook.people"], self.env["outlook.event.writer"]
        guests = [guest for item in items for guest in item.event.attendees]
        organizers = [item.organizer for item in items if item.organizer]
        partners = people._partners([*guests, *organizers], account)
        users = people._users({one.address for one in organizers}, account)
        names = self._names(account)
        known = writer._known([item.event for item in items], names, account)
        return [
            writer._new_vals(item, names, account, partners, users, known)
            for item in items
        ]

    @api.model
    def _names(self, account):
        names = set(self.env["outlook.link"]._all_fields())
        return names if account.sync_categories else names - {"categories"}
