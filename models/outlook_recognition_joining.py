# Part of outlook_calendar. LGPL-3, see LICENSE.
"""An item and the Odoo meeting that it already is, bound to each other."""

from odoo import api, fields, models

from ..core.errors import Refused
from ..core.merge import fill
from ..core.snapshot import changed, snapshot
from .outlook_reconciliation import SETS

# What the link of an item says that Odoo has, and its reader must not know.
LEFT_ALONE = {"ical_uid": False, "is_hidden": True}


class OutlookRecognition(models.AbstractModel):
    """Joins what was recognised; both sides keep their values where they can."""

    _inherit = "outlook.recognition"

    @api.model
    def _join(self, calendar, item, match):
        """Bind an item to a meeting that Odoo has; nobody gets mail for that.

        One that is private to who reads a colleague's calendar is none of his business.
        """
        account, intake = calendar.account_id, self.env["outlook.intake"]
        if item.is_lent and match.event._outlook_is_secret_to(account.user_id):
            vals = intake._link_vals(calendar, item, match.event.browse(), match.kind)
            self.env["outlook.link"].create(vals | LEFT_ALONE)
            return
        record = intake._events(account).browse(match.event.id)
        self._check_may_join(record, item, account)
        self.env["outlook.parting"]._come_back(account, record)
        if item.is_organizer and not record.user_id:
            record.write({"user_id": calendar._user().id})  # he was no user before
        if not item.is_lent:
            self._drop_copy(account, record)
        former = self.env["outlook.event.mapper"]._event(record)
        kind = self._kind_of(item, match, record)
        vals = intake._link_vals(calendar, item, record, kind)
        vals["base_odoo"] = self.env["outlook.event.mapper"]._snapshot(record)
        link = self.env["outlook.link"].create(vals)
        self._settle(link, item, record, match.reason)
        self._take_own_answer(link, item, record)
        facts = {"remote_id": item.remote_id, "by": match.reason}
        more = self.env["outlook.memory"]._joined(record, former)
        self._note_joined(account, record, match.reason, facts=facts, **more)

    @api.model
    def _note_joined(self, account, event, reason, **more):
        """Note what was found; of what we sent, that Outlook has made it.

        :param more: what an undo has to know
        """
        is_sent = reason == "transaction"
        account._note(
            "create" if is_sent else "join",
            self.env._("Created in Outlook.")
            if is_sent
            else self.env._("Joined with the same meeting in Odoo."),
            event_id=event.id,
            event_name=event.name,
            direction="out" if is_sent else "in",
            **more,
        )

    @api.model
    def _check_may_join(self, records, item, account):
        """Refuse a private meeting whose organizer has not told of this guest yet.

        :raise Refused: it is tried again later
        """
        is_secret = records._outlook_is_secret_to(account.user_id)
        if not item.is_lent and (is_secret or not records.has_access("write")):
            raise Refused("private in Odoo", code="guest_unknown_yet")

    @api.model
    def _kind_of(self, item, match, event):
        """Return the kind of a link; of a shared calendar the item itself tells."""
        if item.is_lent and not item.is_hidden:
            return self._kind(item, event)
        return match.kind

    @api.model
    def _settle(self, link, item, record, reason):
        """Bring both sides of a new link together, by what they were found by."""
        if reason == "transaction":
            # Odoo's meeting may have changed since it was sent: send the difference.
            theirs = snapshot(item.event)
            link.base_odoo = link.base_odoo | {
                name: theirs[name] for name in link._fields_out()
            }
            self.env["outlook.outbox"]._note(link.account_id, record)
            if item.event.online:
                self.env["outlook.online.meeting"]._take(link, item)
        elif reason == "stamp":
            self._take_over(link, item, record)
        elif reason == "taken_over":
            self._take_agreed(link, item, record)
        elif reason == "ical_uid":
            self.env["outlook.lead"]._follow(link, item, record)
        elif reason == "likeness" and link._is_lead():
            self._fill(link, item, record)

    @api.model
    def _drop_copy(self, account, record):
        """Remove what a mailbox held before the real meeting came, or came again.

        One that is over and has got guests in Outlook is left to itself: they would
        get mail.
        """
        copies = record.sudo().outlook_link_ids.filtered(
            lambda link: (
                link.account_id == account
                and not link.is_shared  # that one is its owner's
                and (link.kind == "copy" or link.is_gone)
            )
        )
        there = copies.filtered(lambda link: not link.is_gone)
        left = there.filtered(self.env["outlook.push"]._is_too_late)
        left.write({"event_id": False, "recurrence_id": False})
        self.env["outlook.outbox"]._note_deletion(there - left)
        (copies - left).unlink()

    @api.model
    def _fill(self, link, item, record):
        """Fill the gaps of Odoo's meeting; where both have a value, both stay."""
        names = fill(link.base_odoo, link.base_outlook) & link._fields_in()
        names -= {"attendees", "responses", "reminder"}
        if link.base_odoo["discuss_url"]:
            names -= {"join_url"}
        reconciliation = self.env["outlook.reconciliation"]
        reconciliation._write(link, item, record, names, link.base_outlook, {})
        link.base_odoo = self.env["outlook.event.mapper"]._snapshot(record)

    @api.model
    def _take_over(self, link, item, record):
        """Bring a meeting up to date that was once in step, without any mail.

        What differs is taken from Outlook, where nobody has to be told of it; Odoo's
        value is listed as a conflict, so that one click takes it instead.
        """
        names = self._differing(link)
        journal = self.env["outlook.journal"]
        clashes = names - {"online"}
        journal._note_clashes(link, item, record, clashes, "outlook")
        self._take_theirs(link, item, record, names)

    @api.model
    def _take_agreed(self, link, item, record):
        """Bring a meeting up to date that another module has kept in step.

        What differs is what that module writes differently, such as the text that
        joins a Teams meeting: no conflict, but the journal tells.
        """
        names, before = self._differing(link), link.base_odoo
        journal = self.env["outlook.journal"]
        journal._note_changed(link, "in", names, before, link.base_outlook)
        self._take_theirs(link, item, record, names)

    @api.model
    def _differing(self, link):
        names = changed(link.base_odoo, link.base_outlook) & link._fields_in()
        return names - {*SETS, "join_url"}

    @api.model
    def _take_theirs(self, link, item, record, names):
        """Write what Outlook has of these fields; both sides have agreed then."""
        reconciliation = self.env["outlook.reconciliation"]
        outlook = link.base_outlook
        reconciliation._write(link, item, record, names, outlook, outlook)
        link.base_odoo = self.env["outlook.event.mapper"]._snapshot(record)

    @api.model
    def _take_own_answer(self, link, item, record):
        """Take the mailbox owner in as a guest, with the answer he gave."""
        account = link.account_id
        if link.kind == "copy" or link.is_organizer or item.is_lent:
            return
        partner = account.user_id.partner_id
        if partner not in record.partner_ids:
            record.write({"partner_ids": [fields.Command.link(partner.id)]})
        writer = self.env["outlook.event.writer"]
        own = account._addresses() & set(link.base_outlook["attendees"])
        writer._take_answers(record, item.event, own, account)
        link.base_odoo = self.env["outlook.event.mapper"]._snapshot(record)
