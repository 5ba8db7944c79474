# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The sentence that says whom Outlook will mail."""

from odoo import api, models

_NAMED = 4  # more people are only counted


class OutlookMailWords(models.AbstractModel):
    """Says how many people get mail, and who they are."""

    _name = "outlook.mail.words"
    _description = "Outlook: Words About Mail"

    @api.model
    def _sentence(self, people, doing, meetings=1):
        """Return what a person should know before he goes on; False: nobody is told.

        :param people: ``{address: name}``; a name is empty where Odoo has none
        :param doing: what is going to be done, as of :meth:`_doing`
        :param meetings: how many are changed
        """
        if not people:
            return False
        count, names = len(people), sorted(filter(None, people.values()))
        begins = self._doing() | (self._doing_many() if meetings > 1 else {})
        return self._pattern(count, len(names)) % {
            "doing": begins[doing],
            "count": count,
            "names": ", ".join(names[:_NAMED]),
        }

    @api.model
    def _pattern(self, count, named):
        """Return the sentence for so many people, of whom so many have a name."""
        if not named:
            return self.env._(
                "%(doing)s sends mail through Outlook. Number of people: %(count)s."
            )
        if count == 1:
            return self.env._(
                "%(doing)s sends mail to 1 person through Outlook: %(names)s."
            )
        if count <= _NAMED and named == count:
            return self.env._(
                "%(doing)s sends mail to %(count)s people through Outlook: %(names)s."
            )
        return self.env._(
            "%(doing)s sends mail to %(count)s people through Outlook: %(names)s and "
            "others."
        )

    @api.model
    def _doing(self):
        """Return how a sentence about mail begins."""
        return {
            "save": self.env._("Saving"),
            "move": self.env._("Changing the time"),
            "delete": self.env._("Deleting this"),
            "archive": self.env._("Archiving this"),
            "restore": self.env._("Restoring this"),
        }

    @api.model
    def _doing_many(self):
        """Return the same for several meetings at once."""
        return {
            "delete": self.env._("Deleting these"),
            "archive": self.env._("Archiving these"),
            "restore": self.env._("Restoring these"),
        }
