# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Chains of delta rounds as they are stored, and the pages they give."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from typing import Any

from .items import Item, dated, plain
from .problem import GraphProblem

VIEW, EVENTS = "calendarView", "events"
LIVE_ROUNDS = 3
FIRST = datetime.min.replace(tzinfo=timezone.utc)
LAST = datetime.max.replace(tzinfo=timezone.utc)


@dataclass(frozen=True)
class Ref:
    """A row of a round; what it shows is looked up when its page is read.

    :ivar item: number of the item, 0 for an occurrence
    :ivar gone: whether it is a removal for certain
    """

    item: int
    rest_id: str
    immutable_id: str
    gone: bool = False


@dataclass
class Round:
    """One reading of a calendar, page by page.

    :ivar upto: number of the last change that the rows take in
    :ivar generation: the generation it made, 0 before its last page was read
    """

    rows: list[Ref]
    upto: int
    generation: int = 0


@dataclass
class Chain:
    """A first round and all that go on from it.

    :ivar kind: ``calendarView`` or ``events``
    :ivar start: of the window, which is frozen here
    :ivar sent: the occurrences and exceptions told of, by the number of their master
    :ivar generations: number of the last change known to each live generation
    """

    id: int
    calendar_id: str
    kind: str
    start: datetime
    end: datetime
    highest: int = 0
    generations: dict[int, int] = field(default_factory=dict)
    rounds: dict[int, Round] = field(default_factory=dict)
    count: int = 0
    sent: dict[int, list[Ref]] = field(default_factory=dict)

    def covers(self, item: Item, masters: bool) -> bool:
        """Return whether the item is among the rows of this chain."""
        if item.calendar_id != self.calendar_id:
            return False
        if self.kind == VIEW and item.is_series and not masters:
            return False
        if self.kind == EVENTS and item.is_virtual:
            return False
        return item.overlaps(self.start, self.end)


@dataclass(frozen=True)
class Page:
    """Rows, each an item or the change that removed one; and where to go on.

    :ivar token: for ``$skiptoken``, or for ``$deltatoken`` on the last page
    """

    rows: list[Item | Ref]
    token: str
    is_last: bool


@dataclass(frozen=True)
class Trouble:
    """Faults that strike this page.

    :ivar lag: seconds for which the newest changes are not seen
    :ivar twice: rows come twice
    :ivar endless: the page comes again for ever
    """

    lag: float = 0.0
    twice: bool = False
    endless: bool = False


CALM = Trouble()


def written_chain(chain: Chain) -> dict[str, Any]:
    """Return the row of the data file."""
    return plain(asdict(chain))  # type: ignore[no-any-return]


def read_chain(row: dict[str, Any]) -> Chain:
    """Return a chain from the data file, whose keys are texts."""
    rounds = {
        int(key): Round(
            [Ref(**ref) for ref in each["rows"]], each["upto"], each["generation"]
        )
        for key, each in row["rounds"].items()
    }
    sent = {
        int(key): [Ref(**ref) for ref in refs]
        for key, refs in row.get("sent", {}).items()
    }
    generations = {int(key): each for key, each in row["generations"].items()}
    values = {
        **dated(row, "start", "end"),
        "rounds": rounds,
        "generations": generations,
        "sent": sent,
    }
    return Chain(**values)


def generation_gone(generation: int, chain: Chain | None) -> GraphProblem:
    """Return the 410 in the words of the live service: the highest comes first."""
    rising = sorted(chain.generations) if chain else []
    live = "".join(f"[{each}]" for each in rising[-1:] + rising[:-1])
    highest = chain.highest if chain else 0
    return GraphProblem(
        410,
        "SyncStateNotFound",
        f"The sync state generation is not found; generation={generation};"
        f"[highest={highest}]{live}.",
    )
