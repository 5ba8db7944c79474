# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The mail matrix: each operation, whoever invites and is connected, and its mails.

``./dev/mails`` prints it.
"""

# It prints for who asks for that. pylint: disable=print-used

import os

from odoo.tests import tagged

from . import mail_rules
from .mail_operations_set_up import SetUpOperations

# Who invites, by the choice of Ann's connection; "" when she has none. And whether her
# colleague Bob is connected.
SITUATIONS = (
    ("outlook", False),
    ("outlook", True),
    ("odoo", True),
    ("none", True),
    ("", False),
    ("", True),
)
_WORDS = {"outlook": "Outlook", "odoo": "Odoo", "none": "nobody", "": "not connected"}
_HEAD = ("operation", "who invites", "Bob's", "", "Odoo sends", "Outlook sends")
_WIDTHS = (36, 14, 6, 6, 53, 53)
_END = object()


class Matrix(SetUpOperations):
    """Runs the operations of a part in every situation."""

    def check(self, rules):
        """Run, print where that is asked for, and compare all rows."""
        wrong = []
        self.print_row(_HEAD)
        for operation, rule in rules.items():
            for situation in SITUATIONS:
                wanted = mail_rules.expected(rule, *situation)
                sent = self.sent_by(operation, *situation)
                self.tell(operation, situation, wanted, sent)
                if sent != wanted:
                    wrong.append((operation, situation, wanted, sent))
        self.assertEqual(wrong, [], "operation, situation, expected, sent")

    def sent_by(self, operation, mode, is_guest_connected):
        """Return what Odoo and what Outlook send at an operation."""
        self.set_up(mode, is_guest_connected)
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
        if os.environ.get("OUTLOOK_CALENDAR_MAILS"):
            pairs = zip(cells, _WIDTHS, strict=True)
            line = "  ".join(text.ljust(width) for text, width in pairs)
            print(line.rstrip(), flush=True)

    def cell(self, wanted, sent):
        """Return what was sent, and what else was expected."""
        if sent == wanted:
            return sent or "-"
        return f"{sent or '-'} (expected: {wanted or '-'})"


@tagged("post_install", "-at_install")
class TestMailsOfOneMeeting(Matrix):
    def test_one_meeting(self):
        self.check(mail_rules.ONE_MEETING)


@tagged("post_install", "-at_install")
class TestMailsOfSeries(Matrix):
    def test_series(self):
        self.check(mail_rules.SERIES)


@tagged("post_install", "-at_install")
class TestMailsOfReading(Matrix):
    def test_what_outlook_says(self):
        self.check(mail_rules.FROM_OUTLOOK)


@tagged("post_install", "-at_install")
class TestMailsOfConnecting(Matrix):
    def test_connections(self):
        self.check(mail_rules.CONNECTION)


@tagged("post_install", "-at_install")
class TestMailsOfChoosing(Matrix):
    def test_choices(self):
        self.check(mail_rules.CHOICE)
