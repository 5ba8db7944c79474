# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The mail matrix: each operation, whoever invites and is connected, and its mails.

``./dev/mails`` prints it, in two situations more than without being asked for.
"""

# It prints for who asks for that. pylint: disable=print-used

import itertools
import os

from odoo.tests import tagged

from . import mail_rules
from .mail_operations_set_up import SetUpOperations
from .mail_rules import expected
from .traces import leaving_no_trace

# Who invites, by the choice of Ann's connection; "" when she has none. And whether her
# colleague Bob is connected.
SITUATIONS = tuple(itertools.product(("outlook", "odoo", "none", ""), (False, True)))
# Where Ann's own choice keeps Outlook quiet, Bob's mailbox tells more than none.
_LEFT_OUT = {("odoo", False), ("none", False)}
_WORDS = {"outlook": "Outlook", "odoo": "Odoo", "none": "nobody", "": "not connected"}
_HEAD = ("operation", "who invites", "Bob's", "", "Odoo sends", "Outlook sends")
_WIDTHS = (36, 14, 6, 6, 53, 53)
_END = object()
_IS_WHOLE = bool(os.environ.get("OUTLOOK_CALENDAR_MAILS"))


class Matrix(SetUpOperations):
    """Runs the operations of a part in every situation."""

    def check(self, rules):
        """Run, print where that is asked for, and compare the rows."""
        rows = {}
        self.print_row(_HEAD)
        for situation in SITUATIONS:
            if situation in _LEFT_OUT and not _IS_WHOLE:
                continue
            self.set_up(*situation)
            self.try_all(situation, rules, rows)
        for operation, situation in itertools.product(rules, SITUATIONS):
            if row := rows.get((operation, situation)):
                self.tell(operation, situation, *row)
        wrong = {key: row for key, row in rows.items() if row[0] != row[1]}
        self.assertEqual(wrong, {}, "(operation, situation): (expected, sent)")

    def try_all(self, situation, rules, rows):
        """Fill in what is expected and sent in a situation, from it each time."""
        account, kept = self.account, self.sandbox.dump()
        for operation, rule in rules.items():
            self.account = account
            with leaving_no_trace(self, kept):
                sent = self.sent_by(operation)
            rows[operation, situation] = expected(rule, *situation), sent

    def sent_by(self, operation):
        """Return what Odoo and what Outlook send at an operation."""
        running = getattr(self, operation)()
        next(running)
        self.forget_mails()
        if next(running, _END) is _END:
            self.settle(2)
        sent = self.sent()
        running.close()
        return sent

    def tell(self, operation, situation, wanted, sent):
        """Print a row for who has asked for it."""
        mode, is_guest_connected = situation
        self.print_row(
            (
                operation.replace("_", " "),
                _WORDS[mode],
                "yes" if is_guest_connected else "no",
                "equal" if sent == wanted else "WRONG",
                *(self.cell(*pair) for pair in zip(wanted, sent, strict=True)),
            )
        )

    def print_row(self, cells):
        if _IS_WHOLE:
            pairs = zip(cells, _WIDTHS, strict=True)
            line = "  ".join(text.ljust(width) for text, width in pairs)
            print(line.rstrip(), flush=True)

    def cell(self, wanted, sent):
        """Return what was sent, and what else was expected."""
        if sent == wanted:
            return sent or "-"
        return f"{sent or '-'} (expected: {wanted or '-'})"


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestMailsOfOneMeeting(Matrix):
    def test_one_meeting(self):
        self.check(mail_rules.ONE_MEETING)


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestMailsOfSeries(Matrix):
    def test_series(self):
        self.check(mail_rules.SERIES)


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestMailsOfReading(Matrix):
    def test_what_outlook_says(self):
        self.check(mail_rules.FROM_OUTLOOK)


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestMailsOfConnecting(Matrix):
    def test_connections(self):
        self.check(mail_rules.CONNECTION)


@tagged("post_install", "-at_install", "outlook_unmeasured")
class TestMailsOfChoosing(Matrix):
    def test_choices(self):
        self.check(mail_rules.CHOICE)
