# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Base of the tests of calendars that a colleague shares.

Bob reads Ann's calendar. She is the organizer of what is in it, connected or not.
"""

from .series import SeriesCase

ANN, CAROL = "ann@contoso.example", "carol@contoso.example"


class SharedCase(SeriesCase):
    def setUp(self):
        super().setUp()
        self.open_to(self.sandbox.directory.tenant_of(self.person("ann")).id)

    def open_to(self, tenant):
        """Let people of one tenant sign in, or of those that a word stands for."""
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("outlook_calendar.tenant", tenant)

    def share(self, role="write", who="bob"):
        """Let Ann share her calendar; return it as her colleague has it."""
        people = self.person("ann"), self.person(who)
        return self.sandbox.exchange.share_calendar(*people, role)

    def follow(self, user=None, **vals):
        """Connect Bob, and let him pick the calendars that are shared with him."""
        user = user or self.bob
        account = self.connect(user, shared=True)
        self.lent(account).with_user(user).write({"is_synced": True, **vals})
        self.sync(account)
        return account

    def lent(self, account):
        return account.sudo().calendar_ids.filtered("is_shared")

    def edit_as(self, user, event, **vals):
        event.with_user(user).write(vals)
        self.cr.flush()
