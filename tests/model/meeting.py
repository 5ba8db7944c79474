# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A meeting of an example, and what is remembered of what was done with it."""

from collections import Counter, defaultdict


class Meeting:
    """One meeting, wherever it is.

    :ivar is_series: it repeats; the rest says nothing then
    :ivar event_id: of the Odoo meeting, None while Odoo has none
    :ivar uids: iCalUIds of the items in mailboxes that are this meeting
    :ivar written: values that each side gave to its fields since both were equal:
        ``{field: [(side, value)]}``
    :ivar alone: what only Outlook knows, by mailbox: ``{name: {member: value}}``
    :ivar held_back: it was changed in Odoo when it was over, which nobody is told of
    :ivar answered: who answered in Odoo
    :ivar unlisted: who was taken off the list in Odoo
    :ivar edited: guests who changed their own copy
    :ivar unread: whose mailboxes had not brought it when it was deleted in Odoo
    :ivar left: who threw the own item away
    :ivar may_go: somebody did something that may end it
    :ivar works: how many things were done that somebody may get mail for
    :ivar from_odoo: for how many of them Odoo mailed whom
    :ivar time: when it took place at last, in Odoo
    :ivar rest: works and mails when both sides were at rest
    """

    def __init__(self, number):
        self.number = number
        self.is_series = False
        self.event_id = None
        self.uids = set()
        self.written = defaultdict(list)
        self.alone = defaultdict(dict)
        self.held_back = False
        self.answered = set()
        self.unlisted = set()
        self.edited = set()
        self.unread = set()
        self.left = set()
        self.may_go = False
        self.works = 0
        self.from_odoo = Counter()
        self.time = None
        self.rest = {"odoo": Counter(), "outlook": Counter(), "works": 0}

    def __repr__(self):
        return f"meeting {self.number}"

    def named(self, change):
        """Return a change with a subject of this meeting's own.

        Two that look the same are taken for one on purpose.
        """
        if change.get("subject"):
            return {**change, "subject": f"{change['subject']} {self.number}"}
        return change

    def note(self, side, before, after):
        """Remember which values something has changed.

        :param side: ``odoo`` or ``outlook``
        :param before: what the side showed before, see ``views``
        :param after: and afterwards
        """
        for name in after.keys() & before.keys():
            if after[name] != before[name]:
                self.written[name].append((side, after[name]))

    def possible(self, name):
        """Return the values that a field may have now; None: nothing is known.

        Where one side alone changed it, its last value; where both did, either's.
        """
        last = dict(self.written[name])
        return list(last.values()) or None
