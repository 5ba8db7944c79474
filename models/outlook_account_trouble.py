# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What keeps a connection from working: told once, and made good when it is over."""

from datetime import timedelta

from odoo import api, fields, models

from ..core.errors import MailboxGone

# What passes by itself does so within a day, and nobody has to read about it.
_PATIENCE = timedelta(days=1)


class OutlookAccount(models.Model):
    """Knows since when a connection fails, and who has been told."""

    _inherit = "outlook.account"

    failing_since = fields.Datetime("Not in step since", readonly=True)
    is_told = fields.Boolean(readonly=True)  # its owner got mail about it

    def write(self, vals):
        """Make good what failed meanwhile, as soon as a connection works again."""
        if "error_message" in vals and not vals["error_message"]:
            self.filtered("failing_since")._recover()
        return super().write(vals)

    def _note_failure(self, error):
        """Remember when it began; mail the owner once when it does not pass."""
        result = super()._note_failure(error)
        now = fields.Datetime.now()
        if not self.failing_since:
            self.failing_since = now
        is_lasting = now - self.failing_since >= _PATIENCE
        if isinstance(error, MailboxGone) or is_lasting:
            self._tell_owner()
        return result

    def _tell_owner(self):
        """Mail the owner that his calendars differ; a new sign-in has its own mail."""
        if self.is_told or self.state == "revoked":
            return
        self.is_told = True
        name = "outlook_calendar.mail_template_trouble"
        if template := self.env.ref(name, raise_if_not_found=False):
            template.sudo().send_mail(self.id)

    def _recover(self):
        """Send again what was refused while the connection did not work."""
        self.env["outlook.outbox"].sudo()._send_denied(self)
        self.write({"failing_since": False, "is_told": False})

    @api.model
    def _in_trouble(self):
        """Return a domain for the connections that need somebody."""
        return [
            "|",
            ("state", "=", "revoked"),
            ("error_message", "!=", False),
        ]

    def _rest(self, text):
        """Say why nothing is exchanged for now; the state stays as it is."""
        self.write({"error_message": text, "failing_since": fields.Datetime.now()})
