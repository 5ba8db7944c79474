# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Three-way merge of a series: what all have in common, and each day for itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .merge import Merge, merge
from .series_state import State, common_state, day_state, has_same_days

Winner = Literal["odoo", "outlook"]
# What has to be done about a meeting that one side has and the other has not.
Fate = Literal["", "cancel_odoo", "cancel_outlook", "revive", "apart"]


@dataclass(frozen=True)
class DayMerge:
    """What happens to the meeting of one slot.

    :ivar fate: ``cancel_odoo`` and ``cancel_outlook``: it is called off there, too;
        ``revive``: Outlook has it again; ``apart``: Odoo has it again, and since
        Outlook cannot take back that it was called off, it becomes a meeting of its own
    """

    fields: Merge = Merge()
    fate: Fate = ""


@dataclass(frozen=True)
class SeriesMerge:
    """What each side has to take from the other.

    :ivar leader: the side whose days count as they are, since its rule or its time has
        changed: what was different on single days is gone with the old ones
    :ivar days: by slot, those alone where something has to be done
    """

    common: Merge
    leader: Literal["", "odoo", "outlook"] = ""
    days: Mapping[str, DayMerge] = field(default_factory=dict)

    @property
    def repeats_as_in_odoo(self) -> bool:
        """Whether Odoo's rule counts, which waits to be sent."""
        return "rule" in self.common.to_outlook


def merge_series(
    base_odoo: State,
    odoo: State,
    base_outlook: State,
    outlook: State,
    winner: Winner,
    known: Collection[str],
) -> SeriesMerge:
    """Return the merge of four states of a series.

    A meeting that one side called off is called off on both, whatever else happened to
    it: Outlook cannot take that back.

    :param known: the slots (ISO dates) that Outlook was asked for. Of others nothing is
        known but what is in ``outlook``: they are left alone
    """
    common = merge(
        common_state(base_odoo),
        common_state(odoo),
        common_state(base_outlook),
        common_state(outlook),
        winner,
    )
    if leader := _leader(common, base_odoo, odoo, base_outlook, outlook):
        return SeriesMerge(common, leader)
    if not base_odoo["rule"]:
        base_odoo = base_outlook = odoo  # of its days nothing was agreed upon
    states = (base_odoo, odoo, base_outlook, outlook)
    different = {slot for state in states for slot in state["days"]}
    asked = {*known, *outlook["days"]}
    days = {
        slot: _merge_day([day_state(state, slot) for state in states], winner)
        for slot in sorted(different & asked)
    }
    nothing = DayMerge()
    return SeriesMerge(
        common, "", {slot: day for slot, day in days.items() if day != nothing}
    )


def _leader(
    common: Merge, base_odoo: State, odoo: State, base_outlook: State, outlook: State
) -> Literal["", "odoo", "outlook"]:
    if common.to_odoo & {"rule", "when"} and _moves(base_outlook, outlook):
        return "outlook"
    if common.to_outlook & {"rule", "when"} and _moves(base_odoo, odoo):
        return "odoo"
    return ""


def _moves(before: State, now: State) -> bool:
    """Whether the meetings are on other days, or begin at another time."""
    if not (before["rule"] and before["when"]):
        return True  # it was no series
    starts = [state["when"]["start"] for state in (before, now)]
    return starts[0] != starts[1] or not has_same_days(before["rule"], now["rule"])


def _merge_day(states: list[dict[str, Any] | None], winner: Winner) -> DayMerge:
    base_odoo, odoo, base_outlook, outlook = states
    if odoo is None or outlook is None:
        return DayMerge(fate=_fate(base_odoo, odoo, base_outlook, outlook))
    # A base that has no such meeting says nothing of its fields.
    return DayMerge(
        merge(
            odoo if base_odoo is None else base_odoo,
            odoo,
            outlook if base_outlook is None else base_outlook,
            outlook,
            winner,
        )
    )


def _fate(base_odoo: Any, odoo: Any, base_outlook: Any, outlook: Any) -> Fate:
    """Return what has to be done where one side, or both, have no meeting."""
    if odoo is not None:
        if base_outlook is not None:
            return "cancel_odoo"
        return "apart" if base_odoo is None else ""
    if outlook is not None:
        if base_odoo is not None:
            return "cancel_outlook"
        return "revive" if base_outlook is None else ""
    return ""
