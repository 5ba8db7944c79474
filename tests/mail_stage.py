# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The stage of the mail matrix: Ann invites Bob, a colleague, and Zoe, a customer.

Everything that both sides send is counted: the mails that Odoo has written, and those
that the sandbox's Exchange has recorded.
"""

from collections import Counter
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields

from .series import SeriesCase

# How the subjects of Odoo's mails begin or end, and what such a mail is.
_KINDS = {
    "Invitation to ": "invitation",
    ": Date updated": "update",
    "Deleted event: ": "cancellation",
    " - Reminder": "reminder",
    "You have been assigned to ": "assignment",
}


class MailStage(SeriesCase):
    """Builds the situations, and counts."""

    def setUp(self):
        super().setUp()
        self.from_odoo = []
        model = self.registry["mail.mail"]
        create = model.create

        def noting(mails, vals_list):
            """Create mails and note them: some are gone with their meeting at once."""
            made = create(mails, vals_list)
            self.from_odoo += [text for mail in made for text in self.texts_of(mail)]
            return made

        self.startPatcher(patch.object(model, "create", noting))

    def set_up(self, mode, is_guest_connected):
        """Begin anew.

        :param mode: of Ann's connection; "" when she is not connected
        """
        self.tear_down()
        self.mode, self.account = mode, None
        self.zoe, self.dan = self.contact("Zoe"), self.contact("Dan")
        self.guests = [self.bob.partner_id, self.zoe]
        if is_guest_connected:
            self.connect(self.bob)
        if mode:
            self.connect_ann()

    def connect_ann(self, **choices):
        """Connect the organizer, as the situation says."""
        self.account = self.connect(self.ann, invitation_mode=self.mode, **choices)

    def tear_down(self):
        """Leave nothing of a situation behind."""
        quiet = {"no_calendar_sync": True, "active_test": False}
        self.env.flush_all()
        self.env["outlook.account"].sudo().search([]).unlink()
        self.env["calendar.event"].with_context(**quiet).search([]).unlink()
        self.env["calendar.recurrence"].with_context(**quiet).search([]).unlink()
        self.cr.flush()
        self.sandbox.reset()

    # --- counting ----------------------------------------------------------------

    def settle(self, rounds=0):
        """Let every mailbox be read and written, Ann's first.

        With a colleague twice, for what the one has to tell the other.
        """
        accounts = self.env["outlook.account"].sudo()
        accounts = accounts.search([("state", "=", "connected")])
        accounts = accounts.sorted(lambda one: one.user_id != self.ann)
        for _round in range(rounds or len(accounts)):
            for account in accounts:
                self.sync(account)

    def forget_mails(self):
        self.from_odoo.clear()
        self.sandbox.exchange.mails.clear()

    def sent(self):
        """Return what both sides have sent: two texts, as the rules write them."""
        self.cr.flush()
        outlook = [
            f"{self.name_of(mail.recipient)} {mail.kind}"
            for mail in self.sandbox.exchange.mails
        ]
        return self.text(self.from_odoo), self.text(outlook)

    def texts_of(self, mail):
        """Yield who gets a mail of Odoo, and what it is."""
        addresses = mail.sudo().recipient_ids.mapped("email")
        for address in [*addresses, *filter(None, [mail.email_to])]:
            yield f"{self.name_of(address)} {self.kind_of(mail.subject or '')}"

    def kind_of(self, subject):
        for mark, kind in _KINDS.items():
            if subject.startswith(mark) or subject.endswith(mark):
                return kind
        return repr(subject)

    def name_of(self, address):
        return address.partition("@")[0].lower()

    def text(self, mails):
        """Return mails in order, how often one was sent where that is not once."""
        counted = sorted(Counter(mails).items())
        return ", ".join(m if n == 1 else f"{m} x{n}" for m, n in counted)

    # --- what Ann does -----------------------------------------------------------

    def board(self, **vals):
        """Let Ann have a meeting with her guests, in step on both sides."""
        event = self.meet(self.ann, guests=self.guests, **vals)
        self.settle()
        return event

    def ahead(self, **delta):
        """Return a context in which so much time has passed."""
        return freeze_time(fields.Datetime.add(self.now, **delta), tick=True)

    def team(self, **vals):
        """Let Ann have a weekly series with her guests, in step on both sides."""
        meetings = self.repeat(guests=self.guests, **vals)
        self.settle()
        return meetings

    def save(self, event, **vals):
        """Let Ann save a change."""
        event.with_user(self.ann).write(vals)
        self.env.flush_all()
        self.cr.flush()

    def later(self, event, **delta):
        """Return the times of a meeting, moved."""
        return {
            "start": fields.Datetime.add(event.start, **delta),
            "stop": fields.Datetime.add(event.stop, **delta),
        }

    def delete_as_from_form(self, event, scope=False):
        """Let Ann delete on the form, and tell the guests if Odoo offers that."""
        mine = event.with_user(self.ann)
        action = mine.action_unlink_event(mine.partner_ids.ids, scope)
        if action.get("res_model") != "calendar.popover.delete.wizard":
            return
        wizards = self.env[action["res_model"]].with_user(self.ann)
        wizard = wizards.with_context(**action["context"]).create({})
        wizard.action_send_mail_and_delete()
        self.cr.flush()

    def own_item(self, name="ann"):
        """Return the one item of a mailbox."""
        [item] = self.outlook(name)
        return item
