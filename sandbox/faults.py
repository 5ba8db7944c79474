# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Trouble on request: which fault strikes which request, and how often."""

import re
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from .directory import Person

# Faults that answer in place of the work, spoil its answer or slow it down.
ANSWERING = ("status", "html", "empty", "lost_request", "claims_challenge")
SPOILING = ("lost_answer", "late_answer")
SLOWING = ("delay",)
# Faults of the identity platform's token endpoint: an AADSTS code in ``code``.
IDENTITY = ("aadsts",)
# Faults that only the owner of the state can act out; asked for with ``flag``.
FLAGS = (
    "expired_delta",  # the next delta request with a token answers 410
    "duplicate_delta",  # rows of a delta page come twice
    "endless_delta",  # delta pages repeat and never reach a deltaLink
    "replication_lag",  # the newest changes are not yet in the delta answer
    "conflict_after_create",  # 409 ErrorIrresolvableConflict right after a create
)
KINDS = (*ANSWERING, *SPOILING, *SLOWING, *IDENTITY, *FLAGS)


@dataclass
class Fault:
    """One scripted fault.

    :ivar kind: one of :data:`KINDS`
    :ivar method: HTTP method it strikes, "" for every one
    :ivar path: regular expression searched in path and query, "" for every one
    :ivar person: id, username or mail of whose requests it strikes, "" for all
    :ivar times: how many requests it strikes; 0 means until it is removed
    :ivar skip: how many matching requests it lets pass first
    :ivar status: HTTP status of ``status``, ``html`` and ``empty``
    :ivar code: ``error.code`` of ``status``, number of ``aadsts``
    :ivar message: ``error.message``; of ``aadsts`` the OAuth ``error``, "" for the
        usual one
    :ivar retry_after: value of ``Retry-After`` in seconds, "2.128", an HTTP date,
        ``date:SECONDS`` for a date that far ahead, or "" for no header
    :ivar delay: seconds that the answer takes, for ``delay`` and ``late_answer``;
        seconds that a change stays unseen, for ``replication_lag``
    :ivar body: the whole body in place of the envelope, "" for the envelope
    """

    kind: str
    method: str = ""
    path: str = ""
    person: str = ""
    times: int = 1
    skip: int = 0
    status: int = 503
    code: str = ""
    message: str = ""
    retry_after: str = ""
    delay: float = 0.0
    body: str = ""

    def __post_init__(self) -> None:
        """Refuse what could never strike; take numbers for texts."""
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of fault: {self.kind}")
        re.compile(self.path)
        self.retry_after = str(self.retry_after)
        self.code = str(self.code)

    def concerns(self, person: Person | None) -> bool:
        """Return whether the fault strikes this person's requests."""
        if not self.person:
            return True
        wanted = self.person.lower()
        return person is not None and wanted in (person.id, *person.addresses)


class Faults:
    """The faults waiting to strike, oldest first."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, kind: str, **values: Any) -> Fault:
        """Add a fault; the parameters are the fields of :class:`Fault`.

        :raise ValueError: an unknown kind or a path that is no regular expression
        """
        try:
            fault = Fault(kind, **values)
        except re.error as error:
            raise ValueError(f"bad path expression: {error}") from error
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Remove every fault."""
        self.waiting.clear()

    def dump(self) -> list[dict[str, Any]]:
        """Return the waiting faults as JSON values."""
        return [asdict(each) for each in self.waiting]

    def flag(self, name: str, person: Person | None = None) -> Fault | None:
        """Return the flag fault of this name that strikes ``person`` now.

        Each call uses up one of the fault's times: ask where it would strike, and
        only there.
        """
        return self._strike(
            each for each in self.waiting if each.kind == name and each.concerns(person)
        )

    def strike(
        self, kinds: tuple[str, ...], method: str, path: str, person: Person | None
    ) -> Fault | None:
        """Return the first fault of these kinds that strikes the request."""
        return self._strike(
            each
            for each in self.waiting
            if each.kind in kinds
            and each.method.upper() in ("", method)
            and re.search(each.path, path)
            and each.concerns(person)
        )

    def _strike(self, candidates: Iterable[Fault]) -> Fault | None:
        """Use up one time of the first candidate that does not skip."""
        with self._lock:
            for fault in list(candidates):
                if fault.skip:
                    fault.skip -= 1
                    continue
                if fault.times == 1:
                    self.waiting.remove(fault)
                elif fault.times:
                    fault.times -= 1
                return fault
        return None
