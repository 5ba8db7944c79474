# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What can be undone of what was done, on which side, and whom that would mail."""

from dataclasses import dataclass, replace
from typing import Literal

InOdoo = Literal["", "archive", "restore", "create", "write", "part", "answer"]
InOutlook = Literal[
    "", "leave", "listen", "keep", "update", "delete", "copy", "invite", "gone"
]

#: Why something cannot be undone; ``models`` has a sentence for each.
REFUSALS = frozenset(
    {
        "undone",
        "nothing",
        "lost",
        "changed",
        "others",
        "foreign",
        "guests",
        "over",
        "same",
        "rule",
        "unlinked",
    }
)


@dataclass(frozen=True)
class Done:
    """What a line of the journal tells, and how its meeting stands now.

    :ivar operation: the line's, such as ``update``
    :ivar direction: ``in`` (Outlook to Odoo) or ``out``
    :ivar kind: the link's; ``meeting`` when Outlook mails the guests
    :ivar guests: how many people Outlook would mail about the meeting
    :ivar has_values: the values before and after are known
    :ivar has_record: Odoo has the meeting, perhaps in its archive
    :ivar is_archived: ...and there it is
    :ivar is_linked: it is in step with the item that the line is about
    :ivar is_own: the mailbox may decide about the meeting
    :ivar has_others: it is in step with the mailbox of somebody else, too
    :ivar is_likeness: two meetings were joined for their looks alone
    :ivar may_send: changes made in Odoo are sent to the mailbox
    :ivar is_over: the meeting has ended
    :ivar is_left: Odoo was told not to listen to the item any more
    :ivar is_rule: it was about how a series repeats and nothing else
    :ivar is_undone: the line was undone before
    """

    operation: str
    direction: str
    kind: str = "copy"
    guests: int = 0
    has_values: bool = False
    has_record: bool = True
    is_archived: bool = False
    is_linked: bool = True
    is_own: bool = True
    has_others: bool = False
    is_likeness: bool = False
    may_send: bool = True
    is_over: bool = False
    is_left: bool = False
    is_rule: bool = False
    is_undone: bool = False


@dataclass(frozen=True)
class Plan:
    """What undoing does on each side.

    :ivar odoo: ``archive`` the meeting, ``restore`` it from the archive, ``create`` it
        anew, ``write`` values, ``part`` two that were joined, set an ``answer`` back
    :ivar outlook: ``leave`` the item, without listening to it any more, or ``listen``
        to it again; ``keep`` it as it is; ``update`` or ``delete`` it; create it again
        as a ``copy`` without guests, or ``invite`` them; ``gone``: it stays deleted;
        ``""``: it has nothing to do with it
    :ivar mails: how many people Outlook mails about it
    :ivar could_mail: ...and how many it would, if it were allowed to
    :ivar refusal: one of ``REFUSALS``; nothing is done then
    """

    odoo: InOdoo = ""
    outlook: InOutlook = ""
    mails: int = 0
    could_mail: int = 0
    refusal: str = ""


def plan_undo(done: Done, may_mail: bool = False) -> Plan:
    """Return what undoing a line does; nobody is mailed unless ``may_mail``.

    >>> plan_undo(Done("archive", "in", "meeting", guests=3, is_archived=True,
    ...                is_linked=False))
    Plan(odoo='restore', outlook='copy', mails=0, could_mail=3, refusal='')
    """
    if done.is_undone:
        return Plan(refusal="undone")
    plans = {
        ("create", "in"): _uncreate_in_odoo,
        ("create", "out"): _uncreate_in_outlook,
        ("update", "in"): _unchange,
        ("update", "out"): _unchange,
        ("undo", "in"): _redo,
        ("archive", "in"): _undelete,
        ("delete", "out"): _undelete,
        ("join", "in"): _part,
        ("answer", "in"): _unanswer,
    }
    make = plans.get((done.operation, done.direction))
    if make is None:
        return Plan(refusal="nothing")
    plan = make(done)
    if plan.refusal:
        return replace(plan, odoo="", outlook="", mails=0)
    return _allowed(plan, may_mail)


def _allowed(plan: Plan, may_mail: bool) -> Plan:
    """Return the plan as it is without mail, unless mail may be sent."""
    if may_mail or not plan.could_mail:
        return replace(plan, mails=plan.could_mail)
    if plan.outlook == "delete":  # there is no other way, so nothing is left to do
        return Plan(could_mail=plan.could_mail, refusal="guests")
    quiet: dict[str, InOutlook] = {"update": "keep", "invite": "copy"}
    return replace(plan, outlook=quiet[plan.outlook], mails=0)


def _guests(done: Done) -> int:
    """Return how many people would get mail; nobody is told of the past."""
    return done.guests if done.kind == "meeting" and not done.is_over else 0


def _uncreate_in_odoo(done: Done) -> Plan:
    if not done.has_record or done.is_archived:
        return Plan(refusal="lost")
    if done.has_others:
        return Plan(refusal="others")
    return Plan("archive", "leave" if done.is_linked else "")


def _uncreate_in_outlook(done: Done) -> Plan:
    if not done.is_linked or not done.may_send:
        return Plan(refusal="unlinked")
    if done.kind == "meeting" and done.guests and done.is_over:
        return Plan(refusal="over")
    return Plan("", "delete", could_mail=_guests(done))


def _redo(done: Done) -> Plan:
    if not done.is_left:
        return _unchange(done)
    return Plan("restore", "listen") if done.is_archived else Plan(refusal="lost")


def _unchange(done: Done) -> Plan:
    if not done.has_values:
        return Plan(refusal="rule" if done.is_rule else "nothing")
    if not done.has_record or done.is_archived:
        return Plan(refusal="lost")
    if not done.is_own:
        return Plan(refusal="foreign")
    if not done.is_linked or not done.may_send:
        return Plan("write", "keep" if done.is_linked else "")
    if done.kind == "meeting" and done.guests and done.is_over:
        return Plan("write", "keep")
    return Plan("write", "update", could_mail=_guests(done))


def _undelete(done: Done) -> Plan:
    if done.has_record and not done.is_archived:
        return Plan(refusal="changed")
    if not done.has_record and not done.has_values:
        return Plan(refusal="lost")
    odoo: InOdoo = "restore" if done.has_record else "create"
    if not done.may_send or done.is_linked:
        return Plan(odoo, "gone")
    mails = _guests(done)
    return Plan(odoo, "invite" if mails else "copy", could_mail=mails)


def _part(done: Done) -> Plan:
    if not done.has_record or not done.is_linked:
        return Plan(refusal="lost")
    return Plan("part", "keep") if done.is_likeness else Plan(refusal="same")


def _unanswer(done: Done) -> Plan:
    if not done.has_values:
        return Plan(refusal="nothing")
    return Plan("answer", "keep") if done.has_record else Plan(refusal="lost")
