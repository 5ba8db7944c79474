# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A meeting as both sides know it: frozen values, neither Odoo's nor Graph's.

Words are those of Graph where both sides have the field (``sensitivity``,
``show_as``), since Graph distinguishes more values than Odoo does.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class When:
    """The time of an event; the end is exclusive, as in RFC 5545.

    A timed event has two aware datetimes in UTC, an all-day event two dates: dates
    float, they are the same calendar day for everybody (Graph: ``isAllDay``).
    """

    start: datetime | date
    end: datetime | date

    @property
    def is_all_day(self) -> bool:
        """Whether the event has dates and no times."""
        return not isinstance(self.start, datetime)


@dataclass(frozen=True)
class Address:
    """A mailbox: ``address`` is lower-case and may be empty, ``name`` is as given."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Attendee:
    """A guest; the organizer is never one of the guests.

    :ivar type: ``required``, ``optional`` or ``resource``
    :ivar response: ``none``, ``accepted``, ``declined`` or ``tentativelyAccepted``
        (Graph's ``notResponded`` and ``organizer`` are read as ``none``)
    :ivar answered: when, aware; None when that is not known. No state has it: it says
        nothing by itself
    :ivar proposal: another time that the guest proposes, None without one
    """

    address: str
    name: str = ""
    type: str = "required"
    response: str = "none"
    answered: datetime | None = field(default=None, compare=False)
    proposal: When | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Event:
    """What is kept in step.

    :ivar body: HTML, without the blocks that Teams and we add
    :ivar sensitivity: ``normal``, ``personal``, ``private`` or ``confidential``
    :ivar show_as: ``free``, ``tentative``, ``busy``, ``oof``, ``workingElsewhere``
    :ivar reminder: minutes before the start, None when there is none
    :ivar join_url: where an online meeting is joined; comes from Outlook only
    :ivar discuss_url: where Odoo's own video call is joined; comes from Odoo only, and
        is a block in the body that Outlook has
    :ivar online: Outlook has made an online meeting of it, or is to make one (its body
        then holds a join block that every write must keep)
    """

    subject: str
    when: When
    body: str = ""
    location: str = ""
    sensitivity: str = "normal"
    show_as: str = "busy"
    reminder: int | None = None
    categories: tuple[str, ...] = ()
    join_url: str = ""
    discuss_url: str = ""
    online: bool = False
    attendees: tuple[Attendee, ...] = ()


@dataclass(frozen=True)
class Item:
    """One item of an Outlook calendar: an event and what Outlook says about it.

    :ivar type: ``singleInstance``, ``occurrence``, ``exception`` or ``seriesMaster``
    :ivar zone: IANA name of the zone the event was made in, ``""`` when unknown
    :ivar organizer: None when Graph names none
    :ivar transaction_id: what the creator sent as ``transactionId``, or ``""``
    :ivar importance: ``low``, ``normal`` or ``high``
    :ivar has_attachments: what is in the body alone does not count
    :ivar is_lent: it is in a calendar that its owner shares with the reader
    :ivar is_hidden: it is private: its event tells when it is and nothing else
    :ivar problems: codes of what could not be read, for the journal; such a field
        has its neutral value (``unknown_zone``, ``unknown_value:showAs``, ...)
    """

    remote_id: str
    event: Event
    etag: str = ""
    ical_uid: str = ""
    type: str = "singleInstance"
    series_master_id: str = ""
    zone: str = ""
    organizer: Address | None = None
    is_organizer: bool = True
    is_cancelled: bool = False
    importance: str = "normal"
    has_attachments: bool = False
    last_modified: datetime | None = None
    transaction_id: str = ""
    web_link: str = ""
    is_lent: bool = False
    is_hidden: bool = False
    problems: tuple[str, ...] = field(default=())
