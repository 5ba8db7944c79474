# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a mailbox holds: calendars, groups and events, as they are stored."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timezone
from typing import Any

from .moments import parse
from .series import Series, series_of


@dataclass
class Calendar:
    """A calendar; its id is constant, whatever kind of ids is asked for.

    :ivar changes: what happened to items here, by REST id, oldest first
    """

    id: str
    name: str
    group_id: str
    change: int
    color: str = "auto"
    is_default: bool = False
    can_edit: bool = True
    providers: list[str] = field(default_factory=list)
    changes: dict[str, "Change"] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """The last thing that happened to an item in one calendar.

    :ivar sequence: number of the change in the mailbox, rising
    :ivar item: number of the item; it may have gone meanwhile
    :ivar whole: sequence of the last change that concerned all occurrences of this
        master, 0 for what is no master
    :ivar slot: the day of an exception, "" for what is none
    """

    sequence: int
    at: datetime
    item: int
    rest_id: str
    immutable_id: str
    whole: int = 0
    slot: str = ""


@dataclass(frozen=True)
class Share:
    """One calendar of another mailbox, as it stands in somebody's list.

    :ivar id: of the entry
    :ivar owner: id of the person whose calendar it is
    :ivar calendar: its id in the owner's mailbox
    :ivar role: ``read`` or ``write``
    """

    id: str
    owner: str
    calendar: str
    role: str


@dataclass
class Group:
    """A calendar group."""

    id: str
    name: str
    change: int
    is_default: bool = False


@dataclass
class Item:
    """An event as it is stored, once per mailbox.

    Stored are single events, masters and exceptions. An occurrence is made from its
    master when somebody looks at it; it has no number.

    :ivar number: of the item in its mailbox, never used again
    :ivar fields: Graph's members; times in UTC, the body as a document
    :ivar change: number of the version, from which changeKey and etag are made
    :ivar moves: how often it has moved, which is what makes a new REST id
    :ivar intended: the organizer's ``showAs``, for an attendee's copy
    :ivar master: number of the series' master, 0 for what belongs to no series here
    :ivar slot: day in the series that an exception or an occurrence stands for
    :ivar original: when it would have started, as ``originalStart`` has it
    :ivar own: members in which an exception differs from its master on purpose
    :ivar cancelled: days whose occurrences are gone, of a master
    :ivar exceptions: numbers of a master's exceptions, by day
    :ivar version: how often a master's rule has changed, and the ids of occurrences
    :ivar begin: start in UTC; midnight, as if of UTC, for an all-day event
    :ivar finish: end of the event, for a series an end no occurrence exceeds
    """

    number: int
    calendar_id: str
    rest_id: str
    immutable_id: str
    fields: dict[str, Any]
    created: datetime
    modified: datetime
    change: int = 0
    moves: int = 0
    intended: str = "busy"
    extensions: dict[str, dict[str, Any]] = field(default_factory=dict)
    properties: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    master: int = 0
    slot: str = ""
    original: str = ""
    own: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    exceptions: dict[str, int] = field(default_factory=dict)
    version: int = 0
    begin: datetime = field(init=False)
    finish: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Take the times from the members."""
        self.retime()

    def retime(self) -> None:
        """Take ``begin`` and ``finish`` from the members."""
        self.begin = _moment(self.fields["start"])
        self.finish = _moment(self.fields["end"])
        if self.is_series:
            series = self.series
            self.finish = max(self.finish, series.times(series.last)[1])

    @property
    def uid(self) -> str:
        """The iCalUId, which all copies of a meeting share."""
        return str(self.fields["iCalUId"])

    @property
    def is_organizer(self) -> bool:
        """Whether the owner of the mailbox is the organizer."""
        return bool(self.fields["isOrganizer"])

    @property
    def is_series(self) -> bool:
        """Whether this is the master of a series."""
        return bool(self.fields["type"] == "seriesMaster")

    @property
    def is_instance(self) -> bool:
        """Whether this belongs to a series: an occurrence or an exception."""
        return self.master != 0

    @property
    def is_virtual(self) -> bool:
        """Whether this is an occurrence, which is not stored."""
        return self.number == 0

    @property
    def day(self) -> date:
        """The day in the series that an exception or an occurrence stands for."""
        return date.fromisoformat(self.slot)

    @property
    def series(self) -> Series:
        """The clockwork of a master."""
        return series_of(self.fields)

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Return whether it takes place, in part at least, in the window."""
        if self.begin == self.finish:
            return start <= self.begin < end
        return self.begin < end and self.finish > start


def _moment(value: dict[str, str]) -> datetime:
    return parse(value["dateTime"]).replace(tzinfo=timezone.utc)


def read_calendar(row: dict[str, Any]) -> Calendar:
    """Return a calendar from its row of the data file."""
    changes = row.pop("changes")
    kept = {key: Change(**dated(each, "at")) for key, each in changes.items()}
    return Calendar(**row, changes=kept)


def plain(value: Any) -> Any:
    """Return the value with its moments as text."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return value.isoformat() if isinstance(value, datetime) else value


def read_item(row: dict[str, Any]) -> Item:
    """Return an item from its row of the data file."""
    values = {key: row[key] for key in row if key not in ("begin", "finish")}
    values["fields"].setdefault("attachments", [])  # files of an earlier version
    return Item(**dated(values, "created", "modified"))


def written(thing: Calendar | Group | Item) -> dict[str, Any]:
    """Return the row of the data file, moments as text."""
    return plain(asdict(thing))  # type: ignore[no-any-return]


def dated(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the row with the named texts as moments again."""
    return {**row, **{name: datetime.fromisoformat(row[name]) for name in names}}
