# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The numbers of the preview: counted anew with each choice, from what was read."""

from dataclasses import asdict, replace

from odoo import api, fields, models

from ..core import preview

_SHOWN = 500  # lines at once; the counts are of all meetings
_CHOSEN = (
    "direction",
    "days_past",
    "days_future",
    "export_existing",
    "export_invites",
    "privacy_filter",
    "contact_rule",
    "invitation_mode",
    "chosen_calendar_ids",
)


class OutlookFirstSync(models.TransientModel):
    """Counts."""

    _inherit = "outlook.first.sync"

    in_count = fields.Integer(compute="_compute_numbers", compute_sudo=True)
    out_count = fields.Integer(compute="_compute_numbers", compute_sudo=True)
    joined_count = fields.Integer(compute="_compute_numbers", compute_sudo=True)
    left_out_count = fields.Integer(compute="_compute_numbers", compute_sudo=True)
    private_count = fields.Integer(compute="_compute_numbers", compute_sudo=True)
    conflict_count = fields.Integer(compute="_compute_numbers", compute_sudo=True)
    contact_count = fields.Integer(compute="_compute_numbers", compute_sudo=True)
    mail_count = fields.Integer(compute="_compute_numbers", compute_sudo=True)
    could_mail_count = fields.Integer(compute="_compute_numbers", compute_sudo=True)
    lines = fields.Json(compute="_compute_numbers", compute_sudo=True)
    shown_lines = fields.Integer(default=_SHOWN)  # how many of them, more on demand
    weeks = fields.Json(compute="_compute_numbers", compute_sudo=True)
    mailed = fields.Json(compute="_compute_numbers", compute_sudo=True)

    @api.depends(*_CHOSEN, "page_ids", "shown_lines")
    def _compute_numbers(self):
        """Count, without asking Microsoft or searching Odoo again."""
        for wizard in self:
            facts, choices = wizard._origin._facts(), wizard._choices()
            lines = preview.lines_of(*facts, choices)
            wizard._count(lines)
            wizard._count_people(*facts, choices)
            wizard.weeks = wizard._told_weeks(preview.weeks_of(lines, choices))
            wizard.lines = wizard._told_lines(lines, max(_SHOWN, wizard.shown_lines))

    def _count(self, lines):
        flows = [line.flow for line in lines]
        self.in_count = flows.count("in")
        self.out_count = flows.count("out")
        self.joined_count = flows.count("joined")
        self.left_out_count = flows.count("left_out")
        self.private_count = sum(line.private for line in lines)
        self.conflict_count = sum(bool(line.differs) for line in lines)

    def _count_people(self, incoming, outgoing, choices):
        """Count contacts, and who gets mail under this choice and under the other."""
        asked = preview.mailed(incoming, outgoing, replace(choices, invites=True))
        can_invite = self.invitation_mode == "outlook"
        people = asked if can_invite else []
        is_on = can_invite and choices.invites
        self.mailed = [asdict(person) for person in people] or False
        self.could_mail_count = len(people)
        self.mail_count = len(people) if is_on else 0
        self.contact_count = len(preview.strangers(incoming, choices))

    def _facts(self):
        """Return the incoming and the outgoing facts of what was read so far."""
        incoming, outgoing, days, private = {}, [], {}, set()
        for page in self.page_ids:
            if not page.calendar_id:
                outgoing += page.facts.get("rows", [])
                continue
            incoming |= {fact["id"]: fact for fact in page.facts.get("rows", [])}
            for master, found in page.facts.get("days", {}).items():
                days.setdefault(master, set()).update(found)
            private.update(page.facts.get("private", []))
        return [
            {
                **fact,
                "days": sorted(days.get(fact["id"], fact["days"])),
                "private": fact["private"] or fact["id"] in private,
            }
            for fact in incoming.values()
        ], outgoing

    def _choices(self):
        start, end = (one.date().isoformat() for one in self._window())
        invites = self.export_invites and self.invitation_mode == "outlook"
        return preview.Choices(
            start,
            end,
            frozenset(self.chosen_calendar_ids._origin.ids),
            self.direction,
            self.export_existing,
            invites,
            self.privacy_filter,
            self.contact_rule,
        )

    # --- words ---------------------------------------------------------------

    @api.model
    def _told_weeks(self, weeks):
        return [{**asdict(week), "first": week.first.isoformat()} for week in weeks]

    @api.model
    def _told_lines(self, lines, most):
        """Return the first lines by date, with reasons in words."""
        words, labels = self._words(), self._labels()
        by_date = sorted(lines, key=lambda line: (line.start or "9999", line.name))
        return [
            {
                "name": line.name,
                "start": line.start,
                "flow": line.flow,
                "private": line.private,
                "conflict": bool(line.differs),
                "reason": self._reason_of(line, words, labels),
            }
            for line in by_date[:most]
        ] or False

    @api.model
    def _reason_of(self, line, words, labels):
        text = words.get(line.reason)
        if text is None:  # why Outlook cannot repeat it
            text = self.env["outlook.journal"]._reason(line.reason)
        if line.differs:
            names = ", ".join(labels[name] for name in line.differs)
            text += " " + self._words_of_conflict(line.reason, names)
        return text

    @api.model
    def _words_of_conflict(self, reason, names):
        if reason == "likeness":
            return self.env._("Different, and kept on both sides: %(n)s.", n=names)
        return self.env._("Different, taken from Outlook: %(n)s.", n=names)

    @api.model
    def _labels(self):
        return {
            "subject": self.env._("title"),
            "body": self.env._("description"),
            "location": self.env._("place"),
            "sensitivity": self.env._("privacy"),
            "show_as": self.env._("shown as"),
        }

    @api.model
    def _words(self):
        """Return a sentence for each reason of ``core.preview`` and our facts."""
        return {
            "": "",
            "unreadable": self.env._("It cannot be read."),
            "cancelled": self.env._("It was called off."),
            "deleted": self.env._("It was deleted in Odoo."),
            "linked": self.env._("They are joined already."),
            "likeness": self.env._("Same title, time and organizer in Odoo."),
            "ical_uid": self.env._("A colleague's calendar has brought it to Odoo."),
            "stamp": self.env._("They were in step before."),
            "transaction": self.env._("Odoo has made it."),
            "only_read": self.env._("Nothing is sent to Outlook."),
            "export_none": self.env._("Meetings made before stay in Odoo."),
            "over": self.env._("It is over: only upcoming meetings go out."),
            "private": self.env._("It is private."),
            "not_chosen": self.env._("Its tags, or your filter, keep it out."),
            "busy": self.env._("Private: the time alone, as busy. Nobody is invited."),
            "busy_in": self.env._("Private: the time alone, as busy."),
            "copy": self.env._("As a copy: nobody is invited."),
            "invites": self.env._("With its guests: Outlook mails them an invitation."),
        }
