# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Graph's organizer and attendees to guests, seen from one mailbox."""

from dataclasses import dataclass, replace
from datetime import datetime

from .errors import ConversionError
from .event import Address, Attendee, When
from .reading import Reading
from .timezones import instant_from_graph, utc_from_graph

_TYPES = {name: name for name in ("required", "optional", "resource")}
_RESPONSES = {
    "none": "none",
    "notResponded": "none",
    "organizer": "none",
    "accepted": "accepted",
    "declined": "declined",
    "tentativelyAccepted": "tentativelyAccepted",
}
_OWNER = ""  # the key of the owner's row: no address and no "?name" is empty


@dataclass(frozen=True)
class Host:
    """Who invites.

    :ivar address: the organizer's mailbox, None when Graph names none
    :ivar is_owner: the organizer is the owner of the mailbox that is read
    """

    address: Address | None
    is_owner: bool


def host_from_graph(event: Reading, owner: frozenset[str]) -> Host:
    """Return the organizer of an event and whether he owns the mailbox.

    :param owner: the owner's addresses in lower case
    """
    address = address_from_graph(event.inner("organizer"))
    is_stranger = bool(owner and address and address.address not in owner)
    return Host(address, event.flag("isOrganizer", neutral=not is_stranger))


def address_from_graph(recipient: Reading) -> Address | None:
    """Return the mailbox of a Graph ``recipient``, None when it is nobody.

    >>> ann = {"emailAddress": {"name": "Ann", "address": " Ann@Contoso.example "}}
    >>> address_from_graph(Reading(ann, []))
    Address(address='ann@contoso.example', name='Ann')
    """
    inner = recipient.inner("emailAddress")
    address = inner.text("address").strip().lower()
    name = inner.text("name").strip()
    return Address(address, name) if address or name else None


def guests_from_graph(
    event: Reading, host: Host, owner: frozenset[str]
) -> tuple[Attendee, ...]:
    """Return the guests of an event, each once and without the organizer.

    A guest without an address keeps its name and is noted as ``no_address``. The
    owner's own answer is the item's ``responseStatus``: his row may stand under an
    alias, or be missing because a group was invited, and its ``status`` lags.
    """
    named = host.address.address if host.address else ""
    is_owner_host = host.is_owner or named in owner
    guests: dict[str, Attendee] = {}
    for row in event.rows("attendees"):
        guest, is_host = _guest(row)
        is_own = guest is not None and guest.address in owner
        if guest is None or is_host or (is_own and is_owner_host):
            continue
        if guest.address and guest.address == named:
            continue  # desktop Outlook and Teams list the organizer, too
        key = _OWNER if is_own else guest.address or f"?{guest.name}"
        guests[key] = _folded(guests[key], guest) if key in guests else guest
    if owner and not is_owner_host:
        # Nobody gets a meeting uninvited: he is in a group, or it came to an alias.
        own = guests.get(_OWNER) or Attendee(min(owner))
        guests[_OWNER] = _with_own_answer(own, event)
    return tuple(guests.values())


def _guest(row: Reading) -> tuple[Attendee | None, bool]:
    """Return the guest of a row, and whether the row calls him the organizer."""
    who = address_from_graph(row)
    if not (who and who.address):
        row.problems.append("no_address")
    if not who:
        return None, False
    status = row.inner("status")
    guest = Attendee(
        who.address,
        who.name,
        row.choice("type", _TYPES, "required"),
        status.choice("response", _RESPONSES, "none"),
        _answered(status),
        _proposal(row.inner("proposedNewTime")),
    )
    return guest, status.text("response") == "organizer"


def _answered(status: Reading) -> datetime | None:
    """Return when a guest answered; of who has not, Graph tells the year 1."""
    text = status.text("time")
    try:
        moment = instant_from_graph(text) if text else None
    except ConversionError:
        return None
    return moment if moment and moment.year > 1 else None


def _proposal(row: Reading) -> When | None:
    try:
        times = [utc_from_graph(row.mapping(name)) for name in ("start", "end")]
    except ConversionError:
        return None  # the usual case: there is none
    return When(*times)


def _folded(first: Attendee, again: Attendee) -> Attendee:
    """Return one guest for two rows; the first counts, the second fills its gaps."""
    return replace(
        first,
        name=first.name or again.name,
        response=first.response if first.response != "none" else again.response,
        answered=first.answered or again.answered,
        proposal=first.proposal or again.proposal,
    )


def _with_own_answer(own: Attendee, event: Reading) -> Attendee:
    status = event.inner("responseStatus")
    if not status.text("response"):
        return own
    return replace(
        own,
        response=status.choice("response", _RESPONSES, "none"),
        answered=_answered(status),
    )
