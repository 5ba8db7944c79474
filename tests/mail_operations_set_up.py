# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What happens to connections and choices, for the mail matrix: see mail_operations."""

from odoo.modules import Manifest
from odoo.tests import Form
from odoo.tools import convert_file

from .mail_operations import Operations


class SetUpOperations(Operations):
    """The operations that change who is connected, and who invites."""

    # --- connecting ----------------------------------------------------------------

    def connect_with_old_meetings(self):
        self.account and self.account.sudo().unlink()
        self.meet(self.ann, guests=self.guests)
        self.meet(self.ann, "Past", guests=self.guests, hours=-48)
        self.repeat(guests=self.guests)
        self.age_events()
        yield
        if self.mode:
            self.connect_ann(export_existing="all")

    def change_one_made_before(self):
        self.account and self.account.sudo().unlink()
        event = self.meet(self.ann, guests=self.guests)
        self.age_events()
        if self.mode:
            self.connect_ann()
        self.settle()
        yield
        self.save(event, **self.later(event, hours=1))

    def disconnect(self):
        self.board()
        self.team()
        yield
        if self.mode:
            self.account.sudo()._disconnect()

    def connect_again(self):
        self.board()
        self.team()
        if self.mode:
            self.account.sudo()._disconnect()
        yield
        if self.mode:
            self.connect_ann()

    def reinstall(self):
        self.board()
        self.team()
        self.account and self.account.sudo().unlink()
        yield
        if self.mode:
            self.connect_ann()

    def sign_in_again(self):
        self.board()
        if self.mode:
            self.revoke("ann")
            self.settle()
        yield
        if self.mode:
            self.connect_ann(start=False)

    def restart(self):
        self.board()
        self.team()
        yield
        if self.mode:
            self.account.action_pause()
            self.account.action_resume()
            self.sandbox.exchange.expire_delta(self.person("ann"))

    def compare(self):
        self.board()
        self.team()
        yield
        for name in ("pull", "push", "maintain"):
            self.run_cron(name)

    def update_the_module(self):
        self.board()
        self.team()
        yield
        for name in Manifest.for_addon("outlook_calendar")["data"]:
            convert_file(self.env, "outlook_calendar", name, {}, "update")
        self.run_cron("maintain")

    def bob_connects_later(self):
        self.board()
        self.team()
        self.env["outlook.account"].sudo().search(
            [("user_id", "=", self.bob.id)]
        ).unlink()
        yield
        self.connect(self.bob)

    # --- choosing ------------------------------------------------------------------

    def choose_outlook(self):
        event = self.board()
        yield
        self.save(event, outlook_invitations="outlook")

    def choose_outlook_for_one_made_before(self):
        self.account and self.account.sudo().unlink()
        event = self.meet(self.ann, guests=self.guests)
        self.age_events()
        if self.mode:
            self.connect_ann()
        self.settle()
        yield
        self.save(event, outlook_invitations="outlook")

    def choose_outlook_and_move(self):
        event = self.board()
        self.save(event, outlook_invitations="outlook")
        self.settle()
        yield
        self.save(event, **self.later(event, hours=1))

    def choose_outlook_for_a_series(self):
        meetings = self.team()
        yield
        self.edit(meetings[0], "all_events", outlook_invitations="outlook")

    def choose_outlook_for_a_past_one(self):
        event = self.board()
        with self.ahead(days=3):
            yield
            self.save(event, outlook_invitations="outlook")
            self.settle()
            yield

    def choose_odoo_on_a_new_one(self):
        yield
        self.board(outlook_invitations="odoo")

    def choose_nobody_on_a_new_one(self):
        yield
        self.board(outlook_invitations="none")

    def choose_outlook_on_a_new_one(self):
        yield
        self.board(outlook_invitations="outlook")

    def choose_odoo_before_it_is_sent(self):
        yield
        event = self.meet(self.ann, guests=self.guests)
        self.save(event, outlook_invitations="odoo")

    def choose_otherwise_for_the_connection(self):
        event = self.board()
        yield
        if self.mode:
            others = {"outlook": "none", "odoo": "outlook", "none": "odoo"}
            self.account.invitation_mode = others[self.mode]
        self.settle()
        self.save(event, name=event.name)

    def fill_in_the_form(self):
        yield
        with Form(self.env["calendar.event"].with_user(self.ann)) as form:
            form.name = "Board"
            for partner in self.guests:
                form.partner_ids.add(partner)
