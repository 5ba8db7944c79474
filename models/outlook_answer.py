# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A guest's answer, sent from his own mailbox: to a meeting, a series, or one day."""

from odoo import api, fields, models

from ..core.errors import NotFound, Refused
from .outlook_event_mapper import RESPONSE

_ANSWERS = {
    "accepted": "accept",
    "tentativelyAccepted": "tentativelyAccept",
    "declined": "decline",
}


class OutlookAnswer(models.AbstractModel):
    """Tells Outlook what a guest has answered in Odoo."""

    _name = "outlook.answer"
    _description = "Outlook: Sending Answers"

    @api.model
    def _send(self, account, row, outlook):
        """Send the answer that the guest has given by now.

        :raise Refused: in words, when Outlook takes no answer (any more)
        """
        links = (row.recurrence_id or row.event_id).outlook_link_ids
        link = links.filtered(
            lambda link: (
                link.account_id == account
                and link.kind == "meeting"
                and not link.is_organizer
                and not link.is_shared  # nobody answers in the name of another
            )
        )[:1]
        if not link:
            return
        if link.recurrence_id:
            self._send_series(link, outlook)
        else:
            self._send_one(link, outlook)

    @api.model
    def _send_one(self, link, outlook):
        answer = self._answer(link, link.event_id)
        if not answer or answer == self._there(link, link.base_outlook):
            return
        self._respond(link, link.remote_id, answer, link._is_over(), outlook)
        self._keep(link, answer)
        self._note(link, answer, link.event_id)

    @api.model
    def _send_series(self, link, outlook):
        """Answer the series where all its meetings have one answer, else day by day."""
        mapper = self.env["outlook.series.mapper"]
        slots = mapper._slots(link.recurrence_id)
        answers = {slot: self._answer(link, event) for event, slot in slots.items()}
        told = self._there(link, link.base_outlook)
        common = set(answers.values())
        if len(common) == 1 and common != {told}:
            [answer] = common
            if answer and not self._days(link):
                self._respond(link, link.remote_id, answer, link._is_over(), outlook)
                self._keep(link, answer)
                self._note(link, answer, link._meeting())
                return
        self._send_days(link, slots, answers, told, outlook)

    @api.model
    def _send_days(self, link, slots, answers, told, outlook):
        """Answer the days whose answer is another one than Outlook has."""
        days = self._days(link)
        wanted = {
            slot: answer
            for slot, answer in answers.items()
            if answer and answer != days.get(slot.isoformat(), told)
        }
        if not wanted:
            return
        intake = self.env["outlook.series.intake"]
        found = intake._read(link._calendar(), link.remote_id, outlook)
        events = {slot: event for event, slot in slots.items()}
        for slot, answer in sorted(wanted.items()):
            if remote_id := found.ids.get(slot):
                is_over = events[slot].stop < fields.Datetime.now()
                self._respond(link, remote_id, answer, is_over, outlook)
                self._keep_day(link, slot, answer)
                self._note(link, answer, events[slot])

    @api.model
    def _days(self, link):
        """Return the answers that Outlook has of single days, by slot."""
        return {
            slot: self._there(link, own)
            for slot, own in link.base_outlook["days"].items()
            if own and "responses" in own
        }

    # --- one answer -----------------------------------------------------------------

    @api.model
    def _answer(self, link, event):
        """Return the answer of the mailbox's owner, "" when he has given none."""
        partner = link.account_id.user_id.partner_id
        own = event.attendee_ids.filtered(lambda one: one.partner_id == partner)
        return RESPONSE.get(own[:1].state, "")

    @api.model
    def _there(self, link, state):
        """Return the answer of the owner that Outlook has."""
        own = link.account_id._addresses()
        found = [a for address, a in state["responses"].items() if address in own]
        return found[0] if found else ""

    @api.model
    def _respond(self, link, remote_id, answer, is_over, outlook):
        """Send an answer; about the past, or if he wants that, without any mail."""
        if link.is_gone:
            raise Refused("declined before", code="answer_gone")
        send = link.account_id.tell_organizer and not is_over
        events = link._in(outlook)
        try:
            if not self._is_told(events, remote_id, answer):
                events.respond(remote_id, _ANSWERS[answer], send=send)
        except NotFound:
            raise Refused("not there any more", code="answer_gone") from None
        except Refused as error:
            raise Refused(
                str(error), status=error.status, code="answer_refused"
            ) from None

    @api.model
    def _is_told(self, events, remote_id, answer):
        """Whether Outlook has the answer by now.

        We do not know when the work broke off before we could note it, and the
        organizer must not be mailed twice.
        """
        try:
            status = events.get(remote_id).get("responseStatus") or {}
        except NotFound:
            if answer == "declined":
                return True  # it has left the calendar for that
            raise
        return status.get("response") == answer

    @api.model
    def _keep(self, link, answer):
        """Keep in mind what Outlook knows now, so that its echo is no news."""
        own = self._own(link)
        state = link.base_outlook
        vals = {"base_outlook": state | {"responses": {own: answer}}}
        if answer == "declined":
            vals["is_gone"] = True  # it leaves the calendar (graph.md 7.4)
        link.write(vals)

    @api.model
    def _keep_day(self, link, slot, answer):
        days = dict(link.base_outlook["days"])
        own = days.get(slot.isoformat()) or {}
        days[slot.isoformat()] = own | {"responses": {self._own(link): answer}}
        if answer == "declined":
            days[slot.isoformat()] = None
        link.base_outlook = link.base_outlook | {"days": dict(sorted(days.items()))}

    @api.model
    def _own(self, link):
        """Return the address under which the owner is invited."""
        own = link.account_id._addresses()
        invited = sorted(own & set(link.base_outlook["attendees"]))
        return invited[0] if invited else link.account_id.email

    @api.model
    def _note(self, link, answer, event):
        texts = {
            "accepted": self.env._("Accepted in Outlook, too."),
            "tentativelyAccepted": self.env._("Answered with maybe in Outlook, too."),
            "declined": self.env._("Declined in Outlook, too."),
        }
        link.account_id._note(
            "answer",
            texts[answer],
            event_id=event.id,
            event_name=event.name,
            direction="out",
        )
