# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A meeting that changes its form: it goes, with all its words, and comes anew."""

from odoo import api, models

from odoo.addons.bus.models.bus import channel_with_db, json_dump

from ..core.snapshot import changed
from .outlook_recognition_joining import LEFT_ALONE

# What people write into a meeting; the rest changes by itself.
_WORDS = frozenset({"subject", "body", "location", "when", "rule"})


class OutlookWithholding(models.AbstractModel):
    """Makes full meetings busy times, or nothing, and back.

    A meeting that is emptied would leave its words behind: in the chatter, in what the
    journal knows for an undo, in the files. So it is deleted, and made anew of what
    Odoo is to know. One to which people have added something in Odoo stays as it is.
    """

    _name = "outlook.withholding"
    _description = "Outlook: Hiding Private Meetings"

    @api.model
    def _take_anew(self, link, found, events):
        """Make a meeting anew when it is to have another form.

        :param found: the item or the series
        :param events: all that it says
        :return: whether that was done
        """
        if link.is_shared or link.env.context.get("outlook_keeps_form"):
            return False
        calendar = link._calendar()
        wanted, has = calendar._form(events), "busy" if link.is_hidden else "full"
        if wanted == has or not link.brought_in or not self._is_alone(link):
            return False
        target = link.recurrence_id or link.event_id
        if self._has_own_words(link) or self._is_added_to(target):
            return False
        is_series = bool(link.recurrence_id)
        self._drop(target)
        if is_series:
            self.env["outlook.series.intake"]._create(calendar, found)
        else:
            self.env["outlook.intake"]._create(calendar, [found], {})
        return True

    @api.model
    def _is_alone(self, link):
        """Whether no other mailbox of a person tells what the meeting is about."""
        others = link._of_same().filtered(lambda one: one.id != link.id)
        return not others.filtered(lambda one: not (one.is_shared or one.is_gone))

    @api.model
    def _has_own_words(self, link):
        """Whether Odoo's meeting says what Outlook has not got yet."""
        if link.recurrence_id:
            now = self.env["outlook.series.mapper"]._state(link.recurrence_id, link)
        else:
            now = self.env["outlook.event.mapper"]._snapshot(link.event_id)
        return bool(changed(link.base_odoo or {}, now) & _WORDS)

    @api.model
    def _is_added_to(self, target):
        """Whether people have talked about a meeting, or tied something to it."""
        meetings = self._meetings(target)
        of_model = ("model", "=", "calendar.event"), ("res_id", "in", meetings.ids)
        talk = self.env["mail.message"].sudo()
        kinds = ("message_type", "in", ("comment", "email", "email_outgoing"))
        files = self.env["ir.attachment"].sudo()
        own = ("res_model", "=", "calendar.event"), ("res_id", "in", meetings.ids)
        return bool(
            any(one.res_id or one.activity_ids for one in meetings)
            or talk.search_count([*of_model, kinds], limit=1)
            or files.search_count([*own, ("res_field", "=", False)], limit=1)
        )

    @api.model
    def _meetings(self, target):
        """Return the meetings of a single one or of a series, the archived too."""
        target = target.sudo().with_context(active_test=False)
        is_series = target._name == "calendar.recurrence"
        return target.calendar_event_ids if is_series else target

    @api.model
    def _drop(self, target):
        """Delete a meeting or a series in Odoo alone, and what Odoo wrote about it."""
        meetings = self._meetings(target)
        links = target.sudo().outlook_link_ids
        lent = links.filtered("is_shared")
        lent.write({"event_id": False, "recurrence_id": False, **LEFT_ALONE})
        (links - lent).unlink()
        journal = self.env["outlook.journal"].sudo()
        journal.search([("event_id", "in", meetings.ids)]).unlink()
        quiet = {
            "no_calendar_sync": True,
            "no_mail_to_attendees": True,
            "skip_attendee_notification": True,
            "outlook_keeps_links": True,
        }
        self._forget_pop_ups(meetings)
        meetings.with_context(**quiet).unlink()
        if target._name == "calendar.recurrence":
            target.sudo().exists().with_context(**quiet).unlink()

    @api.model
    def _forget_pop_ups(self, meetings):
        """Forget which pop-ups the web clients were told of; they hear of the rest."""
        name, people = self.env.cr.dbname, meetings.partner_ids.user_ids.partner_id
        channels = [json_dump(channel_with_db(name, one)) for one in people]
        told = self.env["bus.bus"].sudo().search([("channel", "in", channels)])
        told.filtered(lambda one: "calendar.alarm" in (one.message or "")).unlink()

    @api.model
    def _leave_out(self, calendar, items):
        """Remember items of which Odoo has nothing, and say how many."""
        self.env["outlook.link"].create(
            [
                {
                    "account_id": calendar.account_id.id,
                    "calendar_id": calendar.id,
                    "remote_id": item.remote_id,
                    "ical_uid": item.ical_uid,
                    "kind": "meeting",
                    "is_organizer": item.is_organizer,
                    "is_hidden": True,
                    "seen_in": calendar.read_number,
                }
                for item in items
            ]
        )
        text = self.env._(
            "Meetings that stay in Outlook, as you chose: %(count)s.",
            count=len(items),
        )
        calendar.account_id._note("skip", text, direction="in")

    # --- other mailboxes -----------------------------------------------------

    @api.model
    def _is_block(self, target):
        """Whether a meeting is a busy time that somebody's own mailbox told of."""
        links = target.sudo().outlook_link_ids
        own = links.filtered(lambda one: not one.is_shared)
        return bool(own) and all(one.is_hidden for one in own)

    @api.model
    def _is_lent_block(self, target):
        """Whether Odoo knows a meeting by the calendars of others alone, as busy."""
        links = target.sudo().outlook_link_ids
        return bool(links) and all(one.is_shared and one.is_hidden for one in links)

    @api.model
    def _give_way(self, account, items):
        """Let those who had hidden a meeting take part in it, now that Odoo has it.

        Their items are read again, as those that could not be taken in.
        """
        uids = [one.ical_uid for one in items if one.ical_uid and not one.is_hidden]
        domain = [("ical_uid", "in", uids), ("account_id", "!=", account.id)]
        links = self.env["outlook.link"].sudo().search([*domain, ("is_hidden", "=", 1)])
        text = self.env._("A colleague has this meeting: it is read again.")
        for link in links.filtered(lambda one: one._is_block()):
            again = {name: link[name] for name in ("remote_id", "ical_uid", "kind")}
            owner, place = link.account_id, link.calendar_id
            if link._is_bound():
                self._drop(link.recurrence_id or link.event_id)
            else:
                link.unlink()
            again |= {"account_id": owner.id, "calendar_id": place.id}
            self.env["outlook.link"].sudo().create({**again, "problem": text})

    # --- reconnecting --------------------------------------------------------

    @api.model
    def _former(self, calendar, item):
        """Return what an ended connection remembers of an item, perhaps nothing."""
        parting = self.env["outlook.parting"]
        found = parting._of(calendar.account_id, [item])
        return found.get(item.remote_id, parting.browse())

    @api.model
    def _is_to_go(self, row, target, wanted):
        """Whether a meeting that was in step once has another form now."""
        if not row.brought_in or not (row.is_hidden or wanted != "full"):
            return False
        own = target.sudo().outlook_link_ids.filtered(lambda one: not one.is_shared)
        return not own and not self._is_added_to(target)


class OutlookReconciliation(models.AbstractModel):
    """Takes changes of single meetings in."""

    _inherit = "outlook.reconciliation"

    @api.model
    def _take(self, link, item):
        """Let the form follow first."""
        anew = self.env["outlook.withholding"]
        if not item.is_cancelled and anew._take_anew(link, item, [item.event]):
            return None
        return super()._take(link, item)


class OutlookSeriesReconciliation(models.AbstractModel):
    """Takes changes of series in."""

    _inherit = "outlook.series.reconciliation"

    @api.model
    def _take(self, link, found):
        """Let the form follow first."""
        events = [found.item.event, *found.series.exceptions.values()]
        anew = self.env["outlook.withholding"]
        if not found.item.is_cancelled and anew._take_anew(link, found, events):
            return None
        return super()._take(link, found)


class OutlookDelivery(models.AbstractModel):
    """Sends single meetings."""

    _inherit = "outlook.delivery"

    @api.model
    def _update(self, link, outlook):
        """What is being sent keeps its form; the next reading may change it."""
        return super()._update(link.with_context(outlook_keeps_form=True), outlook)


class OutlookSeriesDelivery(models.AbstractModel):
    """Sends series."""

    _inherit = "outlook.series.delivery"

    @api.model
    def _update(self, link, outlook):
        """What is being sent keeps its form; the next reading may change it."""
        return super()._update(link.with_context(outlook_keeps_form=True), outlook)
