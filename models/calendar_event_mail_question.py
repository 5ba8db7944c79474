# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Answers the web client whom Outlook would mail, before it changes meetings."""

from odoo import models

_DOING = ("move", "delete", "archive", "restore")


class CalendarEvent(models.Model):
    """Says it of meetings that the user may change, and may know about."""

    _inherit = "calendar.event"

    def outlook_mail_question(self, doing, vals=None):
        """Return the sentence that says whom an operation mails; False: nobody.

        :param doing: ``move``, ``delete``, ``archive`` or ``restore``
        :param vals: what is going to be written; ``recurrence_update`` is the scope
        """
        if doing not in _DOING or not self.env.user._is_internal():
            return False
        user = self.env.user
        events = self.exists()._filtered_access("write")
        known = events.filtered(lambda one: not one._outlook_is_secret_to(user))
        people = self.env["outlook.mail.question"]._people(known, doing, vals or {})
        return self.env["outlook.mail.words"]._sentence(people, doing, len(self))
