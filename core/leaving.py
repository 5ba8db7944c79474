# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What may be deleted on each side when a connection is ended, without any mail.

Reasons are codes of ``core.reasons``; ``""`` means that it may be deleted.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tie:
    """What is known of one meeting that is on both sides.

    :ivar is_own: the mailbox organizes the item, or the item is a copy
    :ivar is_shared: the item is in a calendar that a colleague shares
    :ivar has_guests: Outlook knows guests, whom it would mail
    :ivar is_led: the user organizes the meeting in Odoo; or nobody in Odoo does, and
        none of his colleagues takes part
    :ivar is_joint: the mailbox of a colleague is bound to it as well
    """

    is_own: bool = True
    is_shared: bool = False
    has_guests: bool = False
    is_led: bool = True
    is_joint: bool = False


def why_kept_in_outlook(tie: Tie) -> str:
    """Return why an item stays in Outlook when its owner would delete it.

    >>> why_kept_in_outlook(Tie())
    ''
    >>> why_kept_in_outlook(Tie(has_guests=True))
    'leaving_guests'
    >>> why_kept_in_outlook(Tie(is_own=False, has_guests=True))
    'leaving_not_yours'
    """
    if tie.is_shared or not tie.is_own:
        return "leaving_not_yours"
    return "leaving_guests" if tie.has_guests else ""


def why_kept_in_odoo(tie: Tie) -> str:
    """Return why a meeting stays in Odoo when the user would delete it.

    >>> why_kept_in_odoo(Tie(has_guests=True))
    ''
    >>> why_kept_in_odoo(Tie(is_joint=True))
    'leaving_colleague'
    >>> why_kept_in_odoo(Tie(is_led=False))
    'leaving_not_led'
    """
    if tie.is_shared or not tie.is_led:
        return "leaving_not_led"
    return "leaving_colleague" if tie.is_joint else ""
