# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a mailbox holds: calendars, groups and events, as they are stored."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, time, timezone
from typing import Any

from .moments import parse
from .recurrence import last_day


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
    """

    sequence: int
    at: datetime
    item: int
    rest_id: str
    immutable_id: str


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

    :ivar number: of the item in its mailbox, never used again
    :ivar fields: Graph's members; times in UTC, the body as a document
    :ivar change: number of the version, from which changeKey and etag are made
    :ivar moves: how often it has moved, which is what makes a new REST id
    :ivar intended: the organizer's ``showAs``, for an attendee's copy
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
    begin: datetime = field(init=False)
    finish: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Take the times from the members."""
        self.retime()

    def retime(self) -> None:
        """Take ``begin`` and ``finish`` from the members."""
        self.begin = _moment(self.fields["start"])
        self.finish = _moment(self.fields["end"])
        if self.fields["recurrence"]:
            end = datetime.combine(last_day(self.fields["recurrence"]), time.max)
            self.finish = max(self.finish, end.replace(tzinfo=timezone.utc))

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
    return Item(**dated(values, "created", "modified"))


def written(thing: Calendar | Group | Item) -> dict[str, Any]:
    """Return the row of the data file, moments as text."""
    return plain(asdict(thing))  # type: ignore[no-any-return]


def dated(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the row with the named texts as moments again."""
    return {**row, **{name: datetime.fromisoformat(row[name]) for name in names}}
