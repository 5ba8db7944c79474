# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Control of the sandbox itself: reset, clock, faults, limits, switches, log."""

import re
from typing import TYPE_CHECKING, Any

from .control_errors import Wrong, find_person, read_moment

if TYPE_CHECKING:
    from .app import Sandbox

Given = dict[str, Any]


def overview(sandbox: "Sandbox", given: Given) -> Given:
    """Say what time it is and how much there is of everything."""
    return {
        "now": sandbox.clock.now().isoformat(),
        "people": [each.username for each in sandbox.directory.people.values()],
        "apps": list(sandbox.directory.apps),
        "faults": len(sandbox.faults.waiting),
        "requests": len(sandbox.requests),
        "mails": len(sandbox.exchange.mails),
    }


def reset(sandbox: "Sandbox", given: Given) -> None:
    """Start again from the seed, or from the one given as ``seed``."""
    sandbox.reset(given.get("seed"))


def clock(sandbox: "Sandbox", given: Given) -> Given:
    """Say what time it is."""
    return {"now": sandbox.clock.now().isoformat()}


def move_clock(sandbox: "Sandbox", given: Given) -> Given:
    """Move the clock: ``advance`` seconds, ``set`` to a moment, or ``reset``."""
    if "advance" in given:
        sandbox.clock.advance(float(given["advance"]))
    elif "set" in given:
        sandbox.clock.set(read_moment(given["set"]))
    elif given.get("reset"):
        sandbox.clock.reset()
    else:
        raise Wrong("Give advance (seconds), set (a moment) or reset (true).")
    return clock(sandbox, given)


def faults(sandbox: "Sandbox", given: Given) -> list[Given]:
    """List the faults that wait to strike."""
    return sandbox.faults.dump()


def add_fault(sandbox: "Sandbox", given: Given) -> Given:
    """Add a fault; the members are the fields of ``faults.Fault``."""
    values = dict(given)
    if values.get("person"):
        find_person(sandbox, values["person"])
    sandbox.faults.add(values.pop("kind", ""), **values)
    return sandbox.faults.dump()[-1]


def clear_faults(sandbox: "Sandbox", given: Given) -> None:
    """Remove every fault."""
    sandbox.faults.clear()


def limits(sandbox: "Sandbox", given: Given) -> Given:
    """Say what limits apply to each pair of app and mailbox."""
    throttle = sandbox.throttle
    return {name: getattr(throttle, name) for name in ("concurrent", "rate", "window")}


def set_limits(sandbox: "Sandbox", given: Given) -> Given:
    """Change ``concurrent``, ``rate`` or ``window``; 0 switches a limit off."""
    known = limits(sandbox, {})
    for name, value in given.items():
        if name not in known or not isinstance(value, (int, float)) or value < 0:
            raise Wrong(f"{name} is no limit, or {value} no number for it.")
        setattr(sandbox.throttle, name, type(known[name])(value))
    return limits(sandbox, {})


def switches(sandbox: "Sandbox", given: Given) -> Given:
    """Say how Exchange's switches stand."""
    return sandbox.exchange.switches.dump()


def set_switches(sandbox: "Sandbox", given: Given) -> Given:
    """Turn switches of Exchange by name."""
    for name, value in given.items():
        sandbox.exchange.switches.set(name, value)
    return sandbox.exchange.switches.dump()


def expire_delta(sandbox: "Sandbox", given: Given) -> None:
    """Let the delta tokens of ``person`` die, or those of everybody."""
    person = find_person(sandbox, given["person"]) if given.get("person") else None
    sandbox.exchange.expire_delta(person)


def requests(sandbox: "Sandbox", given: Given) -> list[Given]:
    """List Graph and token requests, by ``person``, ``method``, ``path``."""
    rows = [each.dump() for each in sandbox.requests]
    for name in ("person", "method"):
        if given.get(name):
            rows = [row for row in rows if row[name] == given[name]]
    return [row for row in rows if re.search(given.get("path", ""), row["path"])]


def clear_requests(sandbox: "Sandbox", given: Given) -> None:
    """Empty the request log."""
    sandbox.requests.clear()


def state(sandbox: "Sandbox", given: Given) -> Given:
    """Return everything that outlives a restart, as the data file has it."""
    return sandbox.dump()


def set_state(sandbox: "Sandbox", given: Given) -> None:
    """Take over what ``state`` returned, without faults and with an empty log."""
    sandbox.load(given)
    sandbox.faults.clear()
    sandbox.requests.clear()


ROUTES = [
    ("GET", "", overview),
    ("POST", "/reset", reset),
    ("GET", "/clock", clock),
    ("POST", "/clock", move_clock),
    ("GET", "/faults", faults),
    ("POST", "/faults", add_fault),
    ("DELETE", "/faults", clear_faults),
    ("GET", "/limits", limits),
    ("PATCH", "/limits", set_limits),
    ("GET", "/switches", switches),
    ("PATCH", "/switches", set_switches),
    ("POST", "/delta/expire", expire_delta),
    ("GET", "/requests", requests),
    ("DELETE", "/requests", clear_requests),
    ("GET", "/state", state),
    ("PUT", "/state", set_state),
]
