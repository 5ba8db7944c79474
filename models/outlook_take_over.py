# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Taking over from Odoo's own ``microsoft_calendar``: its people and its meetings."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import str2bool

from ..core.errors import AppRefused, GraphError, TransientError

DONE = "outlook_calendar.taken_over"
_PAUSE = "microsoft_calendar_sync_paused"  # the other module's own switch


class OutlookTakeOver(models.AbstractModel):
    """Moves connections and ids into our tables; nobody gets mail for it.

    The other module is paused by its own switch and loses tokens and ids, so that
    nothing of it reacts any more, and it can be uninstalled at any time.
    """

    _name = "outlook.take.over"
    _description = "Outlook: Taking Over from Odoo's Module"

    @api.model
    def _is_done(self):
        """Whether the other module was taken over, and is still paused."""
        parameters = self.env["ir.config_parameter"].sudo()
        is_paused = str2bool(parameters.get_param(_PAUSE) or "0", False)
        return is_paused and bool(parameters.get_param(DONE))

    @api.model
    def _users(self):
        """Return who is, or once was, connected by the other module."""
        users = self.env["res.users"].sudo()
        return users.search(
            [
                ("share", "=", False),
                "|",
                ("microsoft_calendar_rtoken", "!=", False),
                ("res_users_settings_ids.microsoft_last_sync_date", "!=", False),
            ]
        )

    @api.model
    def _run(self):
        """Take everything over.

        :raise UserError: Microsoft does not answer, or refuses the app; nothing is
            changed then
        """
        users = self._users()
        accounts = self.env["outlook.account"].union(
            *(self._connect(user) for user in users)
        )
        self.env["outlook.take.over.ids"]._move()
        self._pause(users)
        self.env["ir.config_parameter"].sudo().set_param(DONE, True)
        self.env["outlook.connection"]._seal_client_secret()
        accounts.sudo()._note(
            "connect",
            self.env._("Taken over from Odoo's own Outlook add-on; nobody gets mail."),
        )
        self.env["outlook.account"]._trigger_crons()
        return accounts

    @api.model
    def _connect(self, user):
        """Make a connection of what the other module has of a user."""
        accounts = self.env["outlook.account"].with_user(user)
        account = accounts._own()
        if account and account.state != "draft":
            return account
        token = user.microsoft_calendar_rtoken
        identity = self.env["outlook.connection"].sudo()._old_identity()
        try:
            person = identity.take_over(token) if token else None
            account = person and accounts._signed_in(person, identity.cache)
        except (AppRefused, TransientError) as error:
            sentence = self.env["outlook.journal"]._sentence(error)
            raise UserError(sentence) from error
        except GraphError:
            account = None  # of another app, or too old: one sign-in repairs it
        if account:
            account.sudo().is_taken_over = True
        else:
            return self._wait_for_sign_in(user)
        account.action_start()
        if user.res_users_settings_id.microsoft_synchronization_stopped:
            account.action_pause()
        return account

    @api.model
    def _wait_for_sign_in(self, user):
        """Keep a connection that starts with the next sign-in; no mail asks for it."""
        account = self.env["outlook.account"].with_user(user)._own().sudo()
        if not account:
            account = account.create({"user_id": user.id})
        account.write(
            {
                "email": user.email_normalized or user.login,
                "state": "revoked",
                "started_at": self.env.cr.now(),
                "error_message": self.env._("Sign in once to go on with Outlook."),
            }
        )
        return account.with_user(user).sudo(False)

    @api.model
    def _pause(self, users):
        """Let the other module rest: no token, no cursor, and its switch is off."""
        self.env["ir.config_parameter"].sudo().set_param(_PAUSE, True)
        users.sudo()._set_microsoft_auth_tokens(False, False, 0)
        users.sudo().res_users_settings_ids.write(
            {
                "microsoft_calendar_sync_token": False,
                "microsoft_synchronization_stopped": True,
            }
        )
        cron = self.env.ref("microsoft_calendar.ir_cron_sync_all_cals", False)
        if cron:
            cron.sudo().active = False
