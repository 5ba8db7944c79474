# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What undoing does, and why it cannot be done, in the words of those who ask."""

from odoo import api, models


class OutlookUndoWords(models.AbstractModel):
    """A sentence for each word of ``core.undo``."""

    _name = "outlook.undo.words"
    _description = "Outlook: Words of Undoing"

    @api.model
    def _in_odoo(self, look):
        """Return what happens in Odoo, or why nothing can."""
        if look.plan.refusal:
            return self._refusal(look.plan.refusal)
        texts = {
            "": self.env._("Stays as it is."),
            "archive": self.env._("Is archived, with its chatter."),
            "restore": self.env._("Comes back from the archive."),
            "create": self.env._("Is made again; its chatter is lost."),
            "part": self.env._("Becomes two meetings again."),
            "answer": self.env._("The former answer is back."),
            "write": self._names(look),
        }
        return texts[look.plan.odoo]

    @api.model
    def _names(self, look):
        """Return what goes back, and what was changed again since and stays."""
        label = self.env["outlook.journal"]._label
        names = ", ".join(map(label, sorted(look.values)))
        if not look.left:
            return self.env._("Goes back: %(names)s.", names=names)
        return self.env._(
            "Goes back: %(names)s. Stays, since it was changed again or cannot go "
            "back: %(left)s.",
            names=names,
            left=", ".join(map(label, sorted(look.left))),
        )

    @api.model
    def _in_outlook(self, look):
        """Return what happens in Outlook, and to whom that says something."""
        plan = look.plan
        if plan.refusal and plan.refusal != "guests":
            return "-"
        texts = {
            "": "-",
            "leave": self.env._("Stays. Odoo does not follow it any more."),
            "listen": self.env._("Stays. Odoo follows it again."),
            "keep": self.env._("Stays as it is."),
            "update": self.env._("Goes back, too."),
            "delete": self.env._("Is deleted."),
            "copy": self.env._("Is made again."),
            "invite": self.env._("Is made again; answers are lost."),
            "gone": self.env._("Stays deleted."),
        }
        if plan.mails:
            return self.env._(
                "%(text)s Outlook mails its guests: %(count)s.",
                text=texts[plan.outlook],
                count=plan.mails,
            )
        if plan.could_mail and plan.outlook == "copy":
            return self.env._(
                "Is made again without its guests (%(count)s): for them it stays "
                "called off.",
                count=plan.could_mail,
            )
        if plan.refusal or plan.could_mail and plan.outlook == "keep":
            return self.env._(
                "Stays as it is: Outlook would mail its guests (%(count)s).",
                count=plan.could_mail,
            )
        return texts[plan.outlook]

    @api.model
    def _refusal(self, code):
        """Return why a line cannot be undone."""
        texts = {
            "undone": self.env._("Was undone before."),
            "nothing": self.env._("There is nothing to undo."),
            "lost": self.env._("Is not in Odoo's calendar any more."),
            "changed": self.env._("Was changed again since."),
            "others": self.env._(
                "Colleagues have it in step, too: delete it in the calendar instead."
            ),
            "foreign": self.env._("Its organizer decides about it."),
            "guests": self.env._("Stays as it is."),
            "over": self.env._("It is over, and Outlook would mail its guests."),
            "same": self.env._("Both sides are one meeting, by its mark."),
            "rule": self.env._(
                "How a series repeats goes back in the calendar alone, not here."
            ),
            "unlinked": self.env._("Is not in step with Outlook any more."),
        }
        return texts[code]
