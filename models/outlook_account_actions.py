# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the owner of a connection can do with it."""

from ast import literal_eval

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..core.errors import OutlookError

_PATIENCE = 30  # seconds that a person waits for a worker to be done


class OutlookAccount(models.Model):
    """The buttons."""

    _inherit = "outlook.account"

    def action_start(self):
        """Leave ``draft``: from now on both sides are kept in step."""
        self._check_owner()
        for account in self.sudo():
            if account.state != "draft":
                continue
            # The same clock as create_date, which tells what is older.
            now = self.env.cr.now()
            account.write({"state": "connected", "started_at": now})
            account._note("connect", self.env._("The connection was started."))
        self._trigger_crons()
        return True

    def action_sync_now(self):
        """Pull and push this account now; return when done."""
        self._check_owner()
        for account in self:
            if account.state == "draft":
                raise UserError(self.env._("Start the connection first."))
            if account.not_before and account.not_before > fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "Microsoft asks to wait a little: the next attempt is at "
                        "%(time)s.",
                        time=format_datetime(self.env, account.not_before),
                    )
                )
            account.sudo()._run("outlook.pull", patience=_PATIENCE)
            account.sudo()._run("outlook.push", patience=_PATIENCE)
        return True

    def _sync_if_ready(self):
        """Sync now what may make requests; the others do it as soon as they may."""
        ready = self.sudo().search([("id", "in", self.ids), *self._ready_domain()])
        ready.with_env(self.env).action_sync_now()

    def action_pause(self):
        """Stop reading and sending until resumed; changes wait."""
        self._check_may_pause()
        connected = self.sudo().filtered(lambda account: account.state == "connected")
        connected.write({"state": "paused", "error_message": False})
        name = self.env.user.name
        connected._note("pause", self.env._("Paused by %(name)s.", name=name))
        return True

    def action_resume(self):
        """Go on after a pause, with all that happened meanwhile."""
        self._check_may_pause()
        paused = self.sudo().filtered(lambda account: account.state == "paused")
        vals = {"state": "connected", "error_message": False}
        paused.write(vals | self._no_question())
        name = self.env.user.name
        paused._note("connect", self.env._("Resumed by %(name)s.", name=name))
        self._trigger_crons()
        return True

    def action_disconnect(self):
        """Ask what shall happen, then disconnect (see the wizard)."""
        self._check_owner()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Disconnect from Outlook"),
            "res_model": "outlook.disconnect",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_account_id": self.id, "dialog_size": "extra-large"},
        }

    def action_reconnect(self):
        """Sign in again; everything else stays as it is."""
        url = "/outlook_calendar/connect"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def action_show_shared(self):
        """Ask Microsoft for the calendars that colleagues share, too."""
        self._check_owner()
        if self.is_personal:
            raise UserError(
                self.env._("Personal Microsoft accounts have no shared calendars here.")
            )
        url = "/outlook_calendar/connect?shared=1"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def action_list_calendars(self):
        """Ask Outlook which calendars there are."""
        self._check_owner()
        for account in self.sudo():
            outlook = self.env["outlook.connection"]._calendars(account)
            try:
                self.env["outlook.calendar"].sudo()._refresh(account, outlook)
            except OutlookError as error:
                sentence = self.env["outlook.journal"]._sentence(error)
                raise UserError(sentence) from error
        return True

    def action_view_links(self):
        """Show the meetings that are kept in step."""
        return self._action_view("outlook_link_action")

    def action_view_outbox(self):
        """Show what waits to be sent."""
        return self._action_view("outlook_outbox_action")

    def action_view_journal(self):
        """Show what was done."""
        return self._action_view("outlook_journal_action")

    def action_view_conflicts(self):
        """Show what both sides changed differently."""
        return self._action_view("outlook_journal_action_conflicts")

    def _action_view(self, name):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"outlook_calendar.{name}"
        )
        action["domain"] = [
            *literal_eval(action.get("domain") or "[]"),
            ("account_id", "in", self.ids),
        ]
        return action
