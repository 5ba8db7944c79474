# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Taking over from Odoo's own module: what will happen, before it does."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class OutlookTakeOverWizard(models.TransientModel):
    """Counts, takes over when an administrator says so, and tells what came of it."""

    _name = "outlook.take.over.wizard"
    _description = "Outlook Take Over"

    user_count = fields.Integer("People", readonly=True)
    event_count = fields.Integer("Meetings", readonly=True)
    series_count = fields.Integer("Series", readonly=True)
    is_done = fields.Boolean(readonly=True)
    waiting_user_ids = fields.Many2many(
        "res.users", string="Who has to sign in once", readonly=True
    )

    @api.model
    def default_get(self, names):
        """Count who and what is taken over; of nothing the button tells."""
        vals = super().default_get(names)
        if not self.env["outlook.connection"]._has_odoo_module():
            return vals
        self._check_possible()
        events, series = self.env["outlook.take.over.ids"]._counts()
        return vals | {
            "user_count": len(self.env["outlook.take.over"]._users()),
            "event_count": events,
            "series_count": series,
        }

    @api.model
    def _check_possible(self):
        connection = self.env["outlook.connection"]
        if not connection._has_odoo_module():
            raise UserError(self.env._("There is nothing left to take over."))
        if not connection._is_enabled():
            raise UserError(
                self.env._("Switch Outlook Calendar on and save the settings first.")
            )

    def action_take_over(self):
        """Take over; the mailboxes are read in the background."""
        self._check_possible()
        accounts = self.env["outlook.take.over"]._run().sudo()
        waiting = accounts.filtered(lambda one: one.state == "revoked").user_id
        self.write(
            {"is_done": True, "waiting_user_ids": [fields.Command.set(waiting.ids)]}
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "outlook_calendar.outlook_take_over_wizard_action"
        )
        return action | {"res_id": self.id, "views": [(False, "form")]}

    def action_close(self):
        """Show the settings as they are now."""
        return {"type": "ir.actions.client", "tag": "reload"}
