# Part of outlook_calendar. LGPL-3, see LICENSE.
"""How private meetings are passed on, either way: in full, as busy, or not at all."""

from odoo import api, fields, models

from ..core.privacy import busy_block

# What a busy block may tell Odoo.
_OF_BLOCK = frozenset({"when", "show_as"})


def _is_private(event):
    return event.effective_privacy == "private"


class OutlookAccount(models.Model):
    """Keeps the choice, and carries out a later change of it."""

    _inherit = "outlook.account"

    privacy_filter = fields.Selection(
        [
            ("full", "Like all others"),
            ("busy", "The time alone, as busy"),
            ("leave_out", "Leave them out"),
        ],
        string="Private meetings",
        default="full",
        required=True,
        help="What the other side gets of a meeting that is private in Odoo or in "
        "Outlook. Invitations that Outlook has sent stay as they are.",
    )

    def write(self, vals):
        """Let what was private when the choice was another one follow it."""
        changing = self.filtered(
            lambda one: one.privacy_filter != vals.get("privacy_filter")
        )
        result = super().write(vals)
        if "privacy_filter" in vals:
            for account in changing.sudo():
                account.calendar_ids._forget_cursor()
                if account._may_push():
                    account._note_upcoming(_is_private)
        return result

    def _hides(self, event):
        """Whether Outlook is not told what a meeting is about."""
        is_private = event.sudo().effective_privacy == "private"
        return is_private and self.privacy_filter != "full"

    def _leaves_out(self, event):
        """Whether Outlook is not even told when a meeting takes place."""
        if self.env.context.get("outlook_any_privacy"):
            return False  # the preview tells what each choice would do
        return self.privacy_filter == "leave_out" and self._hides(event)

    def _note_upcoming(self, is_meant):
        """Note meetings that are to come, wherever they are by now.

        :param is_meant: tells of a meeting whether it is one of them
        """
        events = self.env["outlook.people"]._as_owner("calendar.event", self)
        partner = self.user_id.partner_id
        found = events.search(
            [
                ("stop", ">=", fields.Datetime.now()),
                "|",
                ("user_id", "=", self.user_id.id),
                ("partner_ids", "in", partner.ids),
            ]
        ).filtered(is_meant)
        outbox, series = self.env["outlook.outbox"], found.recurrence_id
        singles = found.filtered(lambda event: not event.recurrence_id)
        outbox._note_all([(self, one) for one in singles if self._concerns(one)])
        outbox._note_series(
            [(self, one) for one in series if self._concerns(one._outlook_lead())]
        )

    def _concerns(self, event):
        """Whether this mailbox has a meeting, or is to have it."""
        links = event.sudo().outlook_link_ids
        if self in links.account_id:
            return True
        made, started = event.create_date, self.started_at
        is_kept_here = self.export_existing == "none" and made < started
        outbox = self.env["outlook.outbox"]
        return not is_kept_here and outbox._wants_copy(self, event.sudo())


class OutlookLink(models.Model):
    """Knows what Odoo has made: that alone is hidden, or removed, later."""

    _inherit = "outlook.link"

    made_here = fields.Boolean(readonly=True)

    def _is_hidden_copy(self):
        """Whether it is a copy that Odoo made, of what Outlook is not to know."""
        if self.kind != "copy" or not self.made_here:
            return False
        return self.account_id._hides(self._meeting())

    def _fields_in(self):
        """Take nothing but the time from a busy block."""
        names = super()._fields_in()
        return names & _OF_BLOCK if self._is_hidden_copy() else names


class OutlookOutbox(models.Model):
    """Makes no copy of what is left out; guests of hidden meetings hear from Odoo."""

    _inherit = "outlook.outbox"

    @api.model
    def _wants_copy(self, account, event):
        """No copy of what is left out."""
        return not account._leaves_out(event) and super()._wants_copy(account, event)

    @api.model
    def _kind(self, account, event):
        """Outlook invites nobody to what it does not know."""
        return "copy" if account._hides(event) else super()._kind(account, event)


class OutlookEventMapper(models.AbstractModel):
    """Reads a meeting as the mailbox may know it."""

    _inherit = "outlook.event.mapper"

    @api.model
    def _event(self, record, addresses=None):
        """Return the time alone where the context says so: see ``_for``."""
        event = super()._event(record, addresses)
        if not self.env.context.get("outlook_hides"):
            return event
        return busy_block(event, self.env._("Busy"))


class OutlookStatus(models.AbstractModel):
    """Tells why a private meeting is not in Outlook."""

    _inherit = "outlook.status"

    @api.model
    def _why_not(self, event, account, links):
        """Name the choice that keeps it here."""
        state, text = super()._why_not(event, account, links)
        if state == "excluded" and not links and account._leaves_out(event):
            text = self.env._("It is private, and private meetings stay in Odoo.")
        return state, text
