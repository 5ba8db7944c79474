# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Delta: rounds of pages that tell what has changed in a calendar.

A chain begins with a first round and its window. Each round, once read to its end,
makes a new generation; only the newest few of a chain can go on (graph.md, "Delta
query"). Tokens are opaque to the client and hold no more than where to go on.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

from .chains import (
    CALM,
    LIVE_ROUNDS,
    Chain,
    Page,
    Ref,
    Round,
    Trouble,
    generation_gone,
    read_chain,
    written_chain,
)
from .delta_rows import covers, first_rows, later_rows, ref_of
from .items import Calendar, Item
from .mailbox import Mailbox
from .problem import GraphProblem
from .switches import Switches


class Deltas:
    """The chains of one mailbox."""

    def __init__(self, mailbox: Mailbox, switches: Switches) -> None:
        self.mailbox = mailbox
        self.switches = switches
        self.chains: dict[int, Chain] = {}
        self.count = 0

    def begin(
        self,
        calendar: Calendar,
        kind: str,
        window: tuple[datetime, datetime],
        size: int,
        now: datetime,
        trouble: Trouble = CALM,
    ) -> Page:
        """Start a chain and return the first page of its first round."""
        self.count += 1
        chain = Chain(self.count, calendar.id, kind, *window)
        self.chains[chain.id] = chain
        limit = now - timedelta(seconds=trouble.lag)
        seen = [each.sequence for each in calendar.changes.values() if each.at <= limit]
        rows = [
            ref
            for item in self.mailbox.inside(calendar.id)
            if item.created <= limit
            for ref in first_rows(self.mailbox, chain, item, self.switches)
        ]
        number = self._add_round(chain, Round(rows, max(seen, default=0)))
        if self.switches.delta_empty_first_page:
            return Page([], self._token("skip", chain.id, number, 0), False)
        return self._page(chain, number, 0, size, trouble)

    def follow(
        self, token: str, size: int, now: datetime, trouble: Trouble = CALM
    ) -> Page:
        """Return the page that a token of either kind stands for.

        :raise GraphProblem: 410, the token is dead
        """
        kind, chain_id, number, offset = self._read(token)
        chain = self.chains.get(chain_id)
        if chain is None or chain.calendar_id not in self.mailbox.calendars:
            raise generation_gone(number, None)
        if kind == "delta":
            if number not in chain.generations:
                raise generation_gone(number, chain)
            number = self._next_round(chain, number, now, trouble)
            offset = 0
        elif number not in chain.rounds:
            raise generation_gone(chain.highest - LIVE_ROUNDS, chain)
        return self._page(chain, number, offset, size, trouble)

    def expire(self) -> None:
        """Let every token die."""
        self.chains.clear()

    def _covers(self, chain: Chain, item: Item) -> bool:
        return covers(self.mailbox, chain, item, self.switches)

    def _next_round(
        self, chain: Chain, generation: int, now: datetime, trouble: Trouble
    ) -> int:
        """Gather what has changed since a generation; return the round's number."""
        base = chain.generations[generation]
        limit = now - timedelta(seconds=trouble.lag)
        changes = self.mailbox.calendars[chain.calendar_id].changes
        found = []
        for change in reversed(changes.values()):
            if change.sequence <= base:
                break
            if change.at <= limit:
                found.append(change)
        upto = found[0].sequence if found else base
        rows = [
            ref
            for change in found[::-1]
            for ref in later_rows(self.mailbox, chain, change, base, self.switches)
        ]
        return self._add_round(chain, Round(self._replays(chain) + rows, upto))

    def _replays(self, chain: Chain) -> list[Ref]:
        """Return rows that come again although nothing has changed in them."""
        count = self.switches.delta_replays
        if not count:
            return []
        items = self.mailbox.inside(chain.calendar_id)
        known = [item for item in items if self._covers(chain, item)]
        return [ref_of(item) for item in known[:count]]

    def _add_round(self, chain: Chain, entry: Round) -> int:
        chain.count += 1
        chain.rounds[chain.count] = entry
        for old in [each for each in chain.rounds if each <= chain.count - LIVE_ROUNDS]:
            del chain.rounds[old]
        return chain.count

    def _page(
        self, chain: Chain, number: int, offset: int, size: int, trouble: Trouble
    ) -> Page:
        """Return one page of a round; its last one makes a generation."""
        entry = chain.rounds[number]
        refs = entry.rows[offset : offset + size]
        found = [self._row(chain, ref) for ref in refs]
        rows = [row for row in found if row is not None]
        if trouble.twice:
            rows = rows + rows
        following = offset if trouble.endless else offset + size
        if trouble.endless or following < len(entry.rows):
            return Page(rows, self._token("skip", chain.id, number, following), False)
        if not entry.generation:
            chain.highest += 1
            entry.generation = chain.highest
            chain.generations[chain.highest] = entry.upto
            oldest = chain.highest - self.switches.delta_generations
            for old in [each for each in chain.generations if each <= oldest]:
                del chain.generations[old]
        return Page(rows, self._token("delta", chain.id, entry.generation, 0), True)

    def _row(self, chain: Chain, ref: Ref) -> Item | Ref | None:
        """Return the item as it is now, or the reference if it is not here.

        Nothing for an occurrence that has gone since the round was begun.
        """
        if ref.gone:
            return ref
        item = self.mailbox.find(ref.rest_id)
        if item and item.rest_id == ref.rest_id and self._covers(chain, item):
            return item
        return ref if ref.item else None

    # Tokens

    def _token(self, kind: str, chain: int, number: int, offset: int) -> str:
        """Return a token; no two are alike, as at Microsoft."""
        self.count += 1
        text = f"{kind} {chain} {number} {offset} {self.count}"
        token = urlsafe_b64encode(f"{text} {self._seal(text)}".encode())
        return token.decode().rstrip("=")

    def _seal(self, text: str) -> str:
        return hashlib.sha256(f"{self.mailbox.salt} {text}".encode()).hexdigest()[:32]

    def _read(self, token: str) -> tuple[str, int, int, int]:
        """Return kind, chain, round or generation, and offset of a token."""
        try:
            padded = token.rstrip("=") + "=" * (-len(token.rstrip("=")) % 4)
            text, _blank, seal = urlsafe_b64decode(padded).decode().rpartition(" ")
            kind, chain, number, offset, _count = text.split()
            if seal != self._seal(text):
                raise ValueError("the seal is broken")
            return kind, int(chain), int(number), int(offset)
        except ValueError as error:
            raise GraphProblem(
                410, "syncStateInvalid", "The sync state is invalid."
            ) from error

    # The data file

    def dump(self) -> dict[str, Any]:
        """Return the chains as values that JSON takes."""
        return {
            "count": self.count,
            "chains": [written_chain(c) for c in self.chains.values()],
        }

    def load(self, data: dict[str, Any]) -> None:
        """Take the chains that :meth:`dump` has returned."""
        self.count = data["count"]
        self.chains = {row["id"]: read_chain(row) for row in data["chains"]}
