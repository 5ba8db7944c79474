# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What Outlook is told of a meeting that is private in Odoo."""

from .event import Event


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
