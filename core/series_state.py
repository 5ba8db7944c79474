# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a series looked like: the state that the next comparison starts from.

As ``snapshot`` is for an event: JSON-able, and equal for equal series. It has the
fields of a snapshot, which tell what all meetings have in common, and besides

* ``when``: the clock, ``{"start": "10:00:00", "end": "11:00:00", "days": 0}``, both
  times empty when the meetings last all day
* ``rule``: the members of the rule with the day ``first`` that it counts from; of a
  pattern that is not known the days themselves, as ``slots``
* ``days``: ``{slot: what is different on that day}``, None for a day that is cancelled;
  a ``when`` among what is different is that of a snapshot. Nothing may be different on
  a day that Outlook has stored for itself: it may yet lag behind its series
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, time
from typing import Any

from .event import Event
from .recurrence import Rule, canonical
from .recurrence_dates import dates, first_date
from .series import Clock, Series
from .snapshot import snapshot

State = Mapping[str, Any]
# What says nothing of the days that a series has when it differs.
_ENDS = ("until", "count")


def series_state(series: Series) -> dict[str, Any]:
    """Return the state of a series."""
    common = snapshot(series.event) | {
        "when": _clock_state(series.clock),
        "rule": _rule_state(series),
    }
    days: dict[str, Any] = {slot.isoformat(): None for slot in series.cancelled}
    for slot, event in series.exceptions.items():
        days[slot.isoformat()] = _own(series, common, slot, event)
    return common | {"days": dict(sorted(days.items()))}


def day_state(state: State, slot: str) -> dict[str, Any] | None:
    """Return the snapshot of the meeting of one slot, None when it is cancelled.

    :param slot: ISO date
    """
    own: dict[str, Any] | None = state["days"].get(slot, {})
    if own is None:
        return None
    common = {name: state[name] for name in state if name not in ("rule", "days")}
    return common | {"when": _usual(state, slot)} | own


def common_state(state: State) -> dict[str, Any]:
    """Return what all meetings have in common, the rule among it."""
    return {name: value for name, value in state.items() if name != "days"}


def without_guests(state: State) -> dict[str, Any]:
    """Return the state of a meeting or a series as if nobody had been invited yet.

    >>> without_guests({"subject": "A", "attendees": {"zoe@example.com": "required"}})
    {'subject': 'A', 'attendees': {}}
    >>> without_guests({"attendees": {}, "days": {"2026-11-02": None}})
    {'attendees': {}, 'days': {'2026-11-02': None}}
    """
    bare = dict(state) | {"attendees": {}}
    if "days" in bare:
        bare["days"] = {
            slot: own and {k: v for k, v in own.items() if k != "attendees"}
            for slot, own in bare["days"].items()
        }
    return bare


def rule_of(state: State) -> tuple[Rule | None, date]:
    """Return the rule of a state, and the day that it counts from."""
    members = dict(state["rule"])
    first = date.fromisoformat(members.pop("first"))
    if "slots" in members:
        return None, first
    until = members["until"] and date.fromisoformat(members["until"])
    members |= {"weekdays": tuple(members["weekdays"]), "until": until}
    return Rule(**members), first


def has_ended(state: State, today: date) -> bool:
    """Whether the rule of a state gives no day from today on.

    >>> rule = {"slots": ["2026-11-02", "2026-11-09"], "first": "2026-11-02"}
    >>> has_ended({"rule": rule}, date(2026, 11, 9))
    False
    """
    rule, first = rule_of(state)
    if rule is None:
        return max(state["rule"]["slots"], default="") < today.isoformat()
    return next(dates(rule, first, (today, date.max)), None) is None


def has_same_days(rule: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rules of states differ in nothing but where they end.

    Exchange keeps the exceptions of a series then, and drops them otherwise (MS-OXOCAL
    3.1.4.7.3.5).
    """
    return _without_end(rule) == _without_end(other)


def _without_end(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rule.items() if name not in _ENDS}


def _clock_state(clock: Clock) -> dict[str, Any]:
    return {
        "start": "" if clock.start is None else clock.start.isoformat(),
        "end": "" if clock.end is None else clock.end.isoformat(),
        "days": clock.days,
    }


def clock_of_state(state: State) -> Clock:
    """Return the clock of a state."""
    start, end = (
        time.fromisoformat(text) if text else None
        for text in (state["when"]["start"], state["when"]["end"])
    )
    return Clock(start, end, state["when"]["days"])


def _rule_state(series: Series) -> dict[str, Any]:
    first = series.first.isoformat()
    if series.rule is None:
        slots = [slot.isoformat() for slot in series.slots]
        return {"first": first, "zone": series.zone, "slots": slots}
    rule = replace(series.rule, zone=series.zone)
    if first_date(rule, series.first) == series.first:
        rule = canonical(rule, series.first)
    members = asdict(rule)
    until = rule.until and rule.until.isoformat()
    return members | {"weekdays": list(rule.weekdays), "until": until, "first": first}


def _own(
    series: Series, common: Mapping[str, Any], slot: date, event: Event
) -> dict[str, Any]:
    """Return what of a meeting differs from what all have in common."""
    own = snapshot(event)
    when = own.pop("when")
    del own["discuss_url"]  # each meeting has its own door to the one room of all
    different = {name: value for name, value in own.items() if common[name] != value}
    if not series.clock.is_kept(event.when, slot, series.zone):
        different["when"] = when
    return different


def _usual(state: State, slot: str) -> dict[str, Any]:
    day = date.fromisoformat(slot)
    when = clock_of_state(state).when(day, state["rule"]["zone"])
    usual: dict[str, Any] = snapshot(Event("", when))["when"]
    return usual
