# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Which meetings Odoo's series has to have after a change in Outlook."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from .recurrence_dates import dates
from .series import Series, rematched
from .series_from_graph import OutlookSeries
from .series_merge import SeriesMerge


@dataclass(frozen=True)
class Slots:
    """What happens to the meetings of a series; of each the record stays.

    :ivar kept: the slots that go on, each with the one that its meeting had before
    :ivar gone: the former slots of meetings that do not take place any more
    :ivar missing: the slots for which there is no meeting
    """

    kept: dict[date, date]
    gone: frozenset[date]
    missing: frozenset[date]


def match_slots(
    found: OutlookSeries,
    ours: Series,
    outcome: SeriesMerge,
    present: Collection[date],
    leads: bool,
) -> Slots:
    """Match Odoo's meetings with the days of a series in Outlook.

    A meeting that Outlook was not asked for stays as it is, and is in none of them.

    :param ours: what Odoo has
    :param outcome: the merge of both
    :param present: the slots for which Odoo has a meeting
    :param leads: Outlook's days count as they are
    """
    wanted = _wanted(found, ours, outcome, present, leads)
    asked = {one for one in present if one > found.since or one in found.known}
    kept = {slot: slot for slot in wanted & asked}
    if leads:
        kept = rematched(asked, wanted)
    gone = frozenset(asked - set(kept.values()))
    return Slots(kept, gone, frozenset(wanted - kept.keys()))


def _wanted(
    found: OutlookSeries,
    ours: Series,
    outcome: SeriesMerge,
    present: Collection[date],
    leads: bool,
) -> set[date]:
    """Return the slots for which Odoo has to have a meeting."""
    theirs = found.series
    wanted = set(theirs.held) | _beyond(found, present)
    if outcome.repeats_as_in_odoo:  # what only one of the rules gives says nothing
        wanted &= set(ours.slots)
        wanted |= set(present) - set(theirs.slots)
    if leads:
        return wanted
    revived = {
        date.fromisoformat(slot)
        for slot, day in outcome.days.items()
        if day.fate == "revive"
    }
    return wanted - (ours.cancelled - revived)


def _beyond(found: OutlookSeries, present: Collection[date]) -> set[date]:
    """Return the slots after those asked for, up to where Odoo has meetings."""
    theirs, last, latest = found.series, found.horizon, max(present, default=None)
    if not last or not latest or latest <= last or theirs.rule is None:
        return set()
    window = (last + timedelta(days=1), latest)
    return set(dates(theirs.rule, theirs.first, window))
