# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The mailbox of one person: calendars, items, and what has changed in them."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict
from datetime import datetime
from typing import Any

from .directory import PERSONAL_TENANT, Person
from .ids import Ids
from .items import (
    Calendar,
    Change,
    Group,
    Item,
    Share,
    read_calendar,
    read_item,
    written,
)
from .occurrences import exceptions, find_occurrence, instances, name_occurrence

TEAMS = "teamsForBusiness"


class Mailbox:
    """Calendars and items of one person, with the log that delta reads.

    :param salt: sets the ids of this mailbox apart from all others
    """

    def __init__(self, person: Person, salt: str) -> None:
        self.person_id = person.id
        self.salt = salt
        self.ids = Ids(salt)
        self.counter = 0  # of items
        self.sequence = 0  # of changes
        self.containers = 0
        self.calendars: dict[str, Calendar] = {}
        self.groups: dict[str, Group] = {}
        self.items: dict[int, Item] = {}
        self.transactions: dict[str, tuple[str, int]] = {}
        self.categories: list[dict[str, Any]] = []
        self.shares: dict[str, Share] = {}  # calendars of others, by the own id
        self._numbers: dict[str, int] = {}
        self._by_uid: dict[tuple[str, str], int] = {}  # by iCalUId and day
        self._furnish(person)

    def _furnish(self, person: Person) -> None:
        """Make what every new mailbox has."""
        group = self.add_group("My Calendars", is_default=True)
        others = self.add_group("Other Calendars")
        providers = [] if person.tenant_id == PERSONAL_TENANT else [TEAMS]
        self.add_calendar("Calendar", group.id, is_default=True, providers=providers)
        self.add_calendar("Birthdays", others.id, can_edit=False)

    # Containers

    def add_share(self, owner: str, calendar: str, role: str) -> Share:
        """Add a calendar of another person to the list."""
        share = Share(self._container_id(), owner, calendar, role)
        self.shares[share.id] = share
        return share

    def add_group(self, name: str, is_default: bool = False) -> Group:
        """Add a calendar group."""
        group = Group(self._container_id(), name, self.next_change(), is_default)
        self.groups[group.id] = group
        return group

    def add_calendar(self, name: str, group_id: str, **values: Any) -> Calendar:
        """Add a calendar; ``values`` are further fields of :class:`Calendar`."""
        calendar = Calendar(
            self._container_id(), name, group_id, self.next_change(), **values
        )
        self.calendars[calendar.id] = calendar
        return calendar

    def _container_id(self) -> str:
        self.containers += 1
        return self.ids.container(self.containers)

    @property
    def default(self) -> Calendar:
        """The calendar that ``/me/calendar`` and ``/me/events`` mean."""
        return next(each for each in self.calendars.values() if each.is_default)

    def next_change(self) -> int:
        """Return the number of a new change."""
        self.sequence += 1
        return self.sequence

    # Items

    def add(
        self, calendar: Calendar, fields: dict[str, Any], now: datetime, slot: str = ""
    ) -> Item:
        """Store a new event; an iCalUId is made up unless it comes along.

        :param slot: day of a series of which the guest has this one meeting alone
        """
        self.counter += 1
        number = self.counter
        if not fields.get("iCalUId"):
            fields["iCalUId"] = self.ids.ical_uid(number, now)
        ids = self.ids.rest(number), self.ids.immutable(number)
        item = Item(
            number, calendar.id, *ids, fields, created=now, modified=now, slot=slot
        )
        self._enter(item)
        self.touch(item, now)
        return item

    def add_exception(
        self, master: Item, fields: dict[str, Any], source: Item, now: datetime
    ) -> Item:
        """Store an exception of a series.

        :param source: the occurrence, which lends it day, ids and original start
        """
        self.counter += 1
        item = Item(
            self.counter,
            master.calendar_id,
            source.rest_id,
            source.immutable_id,
            fields,
            created=now,
            modified=now,
            master=master.number,
            slot=source.slot,
            original=source.original,
        )
        master.exceptions[item.slot] = item.number
        self._enter(item)
        return item

    def _enter(self, item: Item) -> None:
        """Put an item into the store and its indexes."""
        self.items[item.number] = item
        self._numbers[item.rest_id] = item.number
        self._numbers[item.immutable_id] = item.number
        self._by_uid[item.uid, item.slot] = item.number

    def stored(self, event_id: str) -> Item | None:
        """Return the stored item with this id of either kind."""
        number = self._numbers.get(event_id)
        return None if number is None else self.items.get(number)

    def find(self, event_id: str) -> Item | None:
        """Return the item with this id of either kind, be it an occurrence."""
        return self.stored(event_id) or find_occurrence(self, event_id)

    def find_uid(self, uid: str, slot: str = "") -> Item | None:
        """Return the stored item with this iCalUId, for one day of a series or all."""
        number = self._by_uid.get((uid, slot))
        return None if number is None else self.items.get(number)

    def inside(self, calendar_id: str) -> Iterator[Item]:
        """Yield single events and masters of a calendar, oldest first."""
        return (
            each
            for each in self.items.values()
            if each.calendar_id == calendar_id and not each.is_instance
        )

    def between(self, calendar_id: str, start: datetime, end: datetime) -> list[Item]:
        """Return what takes place in a calendar in a window, by start.

        Series are there with their occurrences and exceptions, without their masters.
        """
        found: list[Item] = []
        for item in self.inside(calendar_id):
            if item.is_series:
                found.extend(instances(self, item, start, end))
            elif item.overlaps(start, end):
                found.append(item)
        return sorted(found, key=lambda item: (item.begin, item.number or item.master))

    def touch(self, item: Item, now: datetime) -> None:
        """Give the item a new version and note the change in its calendar.

        The master of an exception gets one too, that of an occurrence in its place.
        """
        if item.is_virtual:
            self.stir(self.items[item.master], now)
            return
        item.change = self.next_change()
        item.modified = now
        item.retime()
        self._note(item, now, whole=True)
        if item.is_instance:
            self.stir(self.items[item.master], now)

    def stir(self, master: Item, now: datetime) -> None:
        """Give a master a new version because of one of its days."""
        master.change = self.next_change()
        master.modified = now
        self._note(master, now)

    def _note(self, item: Item, now: datetime, whole: bool = False) -> None:
        """Write a change down.

        :param whole: whether it concerns all occurrences, if this is a master
        """
        changes = self.calendars[item.calendar_id].changes
        earlier = changes.pop(item.rest_id, None)  # the newest change stands last
        before = earlier.whole if earlier else 0
        changes[item.rest_id] = Change(
            self.sequence,
            now,
            item.number,
            item.rest_id,
            item.immutable_id,
            self.sequence if whole and item.is_series else before,
            item.slot if item.is_instance else "",
        )

    def remove(self, item: Item, now: datetime) -> None:
        """Move the item to Deleted Items, where nobody looks."""
        self.drop_exceptions(item, now)
        self.next_change()
        self._note(item, now, whole=item.is_series)
        del self.items[item.number]
        if item.is_instance:
            for event_id in (item.rest_id, item.immutable_id):
                self._numbers.pop(event_id, None)
            self.items[item.master].exceptions.pop(item.slot, None)

    def drop_exceptions(self, master: Item, now: datetime, after: str = "") -> None:
        """Remove the exceptions of a series whose day lies after the given one."""
        for item in exceptions(self, master):
            if item.slot > after:
                self.remove(item, now)

    def move(self, item: Item, calendar: Calendar, now: datetime) -> None:
        """Move the item to another calendar: its REST id is a new one."""
        followers = exceptions(self, item)
        self.next_change()
        for each in (*followers, item):
            self._note(each, now, whole=True)
            del self._numbers[each.rest_id]
            each.calendar_id = calendar.id
            each.moves += 1
        item.rest_id = self.ids.rest(item.number, item.moves)
        for each in followers:
            name_occurrence(each, item)
        for each in (*followers, item):
            self._numbers[each.rest_id] = each.number
            self.touch(each, now)

    # The data file

    def dump(self) -> dict[str, Any]:
        """Return everything as values that JSON takes, times as text."""
        return {
            "person_id": self.person_id,
            "salt": self.salt,
            "counter": self.counter,
            "sequence": self.sequence,
            "containers": self.containers,
            "calendars": [written(each) for each in self.calendars.values()],
            "groups": [written(each) for each in self.groups.values()],
            "items": [written(each) for each in self.items.values()],
            "transactions": {key: list(row) for key, row in self.transactions.items()},
            "categories": self.categories,
            "shares": [asdict(each) for each in self.shares.values()],
        }

    @classmethod
    def load(cls, person: Person, data: dict[str, Any]) -> "Mailbox":
        """Return the mailbox that :meth:`dump` has written."""
        data = deepcopy(data)
        mailbox = cls(person, data["salt"])
        for name in ("counter", "sequence", "containers", "categories"):
            setattr(mailbox, name, data[name])
        mailbox.groups = {row["id"]: Group(**row) for row in data["groups"]}
        mailbox.calendars = {row["id"]: read_calendar(row) for row in data["calendars"]}
        mailbox.transactions = {
            key: (content, number)
            for key, (content, number) in data["transactions"].items()
        }
        mailbox.shares = {row["id"]: Share(**row) for row in data.get("shares", ())}
        for row in data["items"]:
            mailbox._enter(read_item(row))
        return mailbox
