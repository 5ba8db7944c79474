# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What one side is told of a meeting that is private on the other."""

from collections.abc import Iterable
from dataclasses import replace

from .event import Event, Item
from .series_from_graph import OutlookSeries


def is_private(events: Iterable[Event]) -> bool:
    """Whether Outlook keeps an item from others, by any of its sensitivities.

    :param events: the item's, and those of the days of a series that differ

    >>> from datetime import date
    >>> from .event import When
    >>> day = When(date(2026, 5, 1), date(2026, 5, 2))
    >>> is_private([Event("Board", day), Event("Doctor", day, sensitivity="personal")])
    True
    """
    return any(event.sensitivity != "normal" for event in events)


def busy_block(event: Event, subject: str) -> Event:
    """Return an event that tells when its owner is busy, and nothing else.

    :param subject: what stands for the title, in the owner's language

    >>> from datetime import date
    >>> from .event import When
    >>> day = When(date(2026, 5, 1), date(2026, 5, 2))
    >>> hidden = busy_block(Event("Doctor", day, location="Clinic"), "Busy")
    >>> hidden.subject, hidden.location, hidden.when == day
    ('Busy', '', True)
    """
    return Event(
        subject,
        event.when,
        sensitivity=event.sensitivity,
        show_as=event.show_as,
    )


def busy_item(item: Item, subject: str) -> Item:
    """Return an item that tells when its owner is busy, and where it is in Outlook.

    Whose meeting it is goes as well: his name would tell.

    >>> from datetime import date
    >>> from .event import Address, When
    >>> day = When(date(2026, 5, 1), date(2026, 5, 2))
    >>> doctor = Address("doctor@clinic.example")
    >>> hidden = busy_item(Item("AAMk", Event("Doctor", day), organizer=doctor), "Busy")
    >>> hidden.event.subject, hidden.organizer, hidden.is_hidden
    ('Busy', None, True)
    """
    return replace(
        item,
        event=busy_block(item.event, subject),
        organizer=None,
        importance="normal",
        has_attachments=False,
        is_hidden=True,
        problems=(),
    )


def busy_series(found: OutlookSeries, subject: str) -> OutlookSeries:
    """Return a series of which all days tell when they are and nothing else."""
    item, theirs = busy_item(found.item, subject), found.series
    days = {slot: busy_block(one, subject) for slot, one in theirs.exceptions.items()}
    return replace(
        found,
        item=item,
        series=replace(theirs, event=item.event, exceptions=days),
        attached=frozenset(),
        problems=(),
    )
