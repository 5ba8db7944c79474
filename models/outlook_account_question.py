# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the owner of a connection is asked before many meetings go, and his answers."""

from odoo import api, fields, models

from ..core.deletion import people


class OutlookAccount(models.Model):
    """Pauses and asks: so many meetings are rarely deleted on purpose."""

    _inherit = "outlook.account"

    removal_count = fields.Integer(readonly=True)  # gone in Outlook
    may_remove = fields.Boolean(readonly=True)
    deletion_count = fields.Integer(readonly=True)  # deleted in Odoo
    deletion_mail_count = fields.Integer(readonly=True)  # people who would get mail
    is_asking = fields.Boolean(compute="_compute_is_asking")

    @api.depends("state", "removal_count", "deletion_count")
    def _compute_is_asking(self):
        """Whether nothing is exchanged until the owner has answered."""
        for account in self:
            has_question = account.removal_count or account.deletion_count
            account.is_asking = account.state == "paused" and bool(has_question)

    # --- asking ---------------------------------------------------------------

    def _ask_before_removing(self, names):
        """Ask about meetings that are gone in Outlook.

        :param names: of those that would go
        """
        text = self.env._(
            "%(count)s meetings are gone in Outlook. Nothing was removed in Odoo: "
            "please say whether they should go here as well.",
            count=len(names),
        )
        self._ask(text, names, removal_count=len(names))
        self._mail_question()

    def _ask_before_deleting(self, deletions, is_new):
        """Ask about meetings that were deleted in Odoo.

        :param deletions: :class:`core.deletion.Deletion` of each
        :param is_new: whether the owner was not asked about all of them before
        """
        text = self.env._(
            "%(count)s meetings were deleted in Odoo. Nothing was deleted in Outlook, "
            "and nobody got mail: please say whether they should go there as well.",
            count=len(deletions),
        )
        self._ask(
            text,
            [self._line(one) for one in deletions],
            deletion_count=len(deletions),
            deletion_mail_count=len(people(deletions)),
        )
        if is_new:
            self._mail_question()

    @api.model
    def _line(self, deletion):
        """Return a line about a meeting, with how many people hear that it is off."""
        if not deletion.mailed:
            return deletion.name
        return self.env._(
            "%(name)s (mail to %(count)s)",
            name=deletion.name,
            count=len(deletion.mailed),
        )

    def _ask(self, text, lines, **counts):
        """Pause, say why, and write down which meetings it is about."""
        self.write({"state": "paused", "error_message": text, **counts})
        self._note("pause", text, details="\n".join(sorted(lines)))

    def _mail_question(self):
        """Mail the owner: nothing goes on before he answers."""
        name = "outlook_calendar.mail_template_question"
        if template := self.env.ref(name, raise_if_not_found=False):
            template.sudo().send_mail(self.id)

    @api.model
    def _no_question(self):
        """Return the values of a connection that asks nothing."""
        return {"removal_count": 0, "deletion_count": 0, "deletion_mail_count": 0}

    # --- answering ------------------------------------------------------------

    def action_confirm_removals(self):
        """Answer the removal guard: yes, these meetings may go in Odoo as well."""
        self._check_owner()
        self.sudo().write({"may_remove": True})
        return self.action_resume()

    def action_keep_removed(self):
        """Answer the removal guard: keep the meetings in Odoo, without Outlook."""
        self._check_owner()
        for account in self.sudo():
            account.env["outlook.pull"]._keep_removed(account)
        return self.action_resume()

    def action_view_removals(self):
        """Show which meetings the removal guard asks about."""
        return self._view_question(self.env._("Gone in Outlook"))

    def action_confirm_deletions(self):
        """Answer the deletion guard: yes, these meetings may go in Outlook as well."""
        self._check_owner()
        for account in self.sudo():
            account.env["outlook.deletion.guard"]._allow(account)
        return self.action_resume()

    def action_keep_deleted(self):
        """Answer the deletion guard: the meetings stay in Outlook, without Odoo."""
        self._check_owner()
        for account in self.sudo():
            account.env["outlook.deletion.guard"]._keep(account)
        return self.action_resume()

    def action_view_deletions(self):
        """Show which meetings the deletion guard asks about."""
        return self._view_question(self.env._("Deleted in Odoo"))

    def _view_question(self, title):
        """Show the line of the journal that lists the meetings."""
        self._check_owner()
        domain = [("account_id", "=", self.id), ("operation", "=", "pause")]
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "outlook.journal",
            "res_id": self.env["outlook.journal"].search(domain, limit=1).id,
            "views": [(False, "form")],
            "target": "new",
        }
