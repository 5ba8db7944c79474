# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Which rows a round of delta gets for an event, and for a series.

Source: graph.md, "What rows look like" and "Removed rows". A change of a master sends
its occurrences in the window again; that of one day sends the master and, if it is an
exception now, that day. A day that is cancelled leaves no row of its own.
"""

from .chains import VIEW, Chain, Ref
from .items import Change, Item
from .mailbox import Mailbox
from .occurrences import exceptions, instances
from .switches import Switches


def ref_of(item: Item) -> Ref:
    """Return the reference to an item or an occurrence."""
    return Ref(item.number, item.rest_id, item.immutable_id)


def covers(mailbox: Mailbox, chain: Chain, item: Item, switches: Switches) -> bool:
    """Return whether an item is among the rows of a chain.

    A master is while its series lasts, or while a moved day of it is in the window.
    """
    masters = switches.delta_masters
    if chain.covers(item, masters):
        return True
    if not item.is_series or not masters:
        return False
    return any(chain.covers(each, masters) for each in exceptions(mailbox, item))


def first_rows(
    mailbox: Mailbox, chain: Chain, item: Item, switches: Switches
) -> list[Ref]:
    """Return the rows of a first round for a single event or a series."""
    rows = [ref_of(item)] if covers(mailbox, chain, item, switches) else []
    return rows + _days(mailbox, chain, item)


def _days(mailbox: Mailbox, chain: Chain, item: Item) -> list[Ref]:
    """Return the occurrences and exceptions of a series, and keep them in mind."""
    rows: list[Ref] = []
    if item.is_series and item.calendar_id == chain.calendar_id:
        if chain.kind == VIEW:
            found = instances(mailbox, item, chain.start, chain.end)
            days = sorted(found, key=lambda each: each.begin)
        else:
            days = [e for e in exceptions(mailbox, item) if chain.covers(e, True)]
        rows = [ref_of(each) for each in days]
    if rows or item.number in chain.sent:
        chain.sent[item.number] = rows
    return rows


def later_rows(
    mailbox: Mailbox, chain: Chain, change: Change, base: int, switches: Switches
) -> list[Ref]:
    """Return the rows of a later round for a change.

    :param base: number of the last change that the client knows
    """
    row = Ref(change.item, change.rest_id, change.immutable_id)
    item = mailbox.items.get(change.item)
    if change.slot:  # whether a day is gone, its master tells
        return [row] if item else []
    is_hidden = change.whole and chain.kind == VIEW and not switches.delta_masters
    rows = [] if is_hidden and (item is None or item.is_series) else [row]
    before = chain.sent.get(change.item, [])
    if item is None or item.rest_id != change.rest_id:
        chain.sent.pop(change.item, None)
        return rows + (_gone(before) if is_hidden or switches.delta_cancelled else [])
    now = _days(mailbox, chain, item)
    if switches.delta_cancelled:
        kept = {each.rest_id for each in now}
        rows += _gone([each for each in before if each.rest_id not in kept])
    if change.whole > base:
        rows += [each for each in now if not each.item]
    return rows


def _gone(refs: list[Ref]) -> list[Ref]:
    return [Ref(each.item, each.rest_id, each.immutable_id, True) for each in refs]
