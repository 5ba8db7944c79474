# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Undoing lines of the journal, as their owner does."""

from .series import SeriesCase


class UndoCase(SeriesCase):
    """Presses *Undo*; counts mails on both sides."""

    def line(self, operation, direction="in", **domain):
        """Return the one line of the journal of this kind that can be undone."""
        direction = operation != "undo" and direction
        domain = [(name, "=", value) for name, value in domain.items()]
        rows = self.env["outlook.journal"].search(
            [("operation", "=", operation), ("direction", "=", direction), *domain]
        )
        return rows.filtered(lambda row: row.can_undo)

    def ask(self, rows, user=None):
        """Return the question that *Undo* asks."""
        self.cr.flush()
        self.env.flush_all()
        action = rows.with_user(user or self.ann).action_undo()
        wizards = self.env["outlook.undo"].with_user(user or self.ann)
        return wizards.browse(action["res_id"])

    def undo(self, rows, user=None, *, may_mail=False, sync=True):
        """Undo lines, and let both sides be read and sent twice."""
        wizard = self.ask(rows, user)
        wizard.may_mail = may_mail
        wizard.action_undo()
        self.env.flush_all()
        self.cr.flush()
        self.env.invalidate_all()
        if sync:
            for _round in range(2):
                self.sync()
        return wizard

    def mails(self):
        """Return how many mails were sent: by Outlook, by Odoo."""
        sent = self.env["mail.mail"].sudo().search_count([])
        return len(self.outlook_mails()), sent
