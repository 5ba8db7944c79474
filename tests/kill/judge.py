# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What has to be true at rest: both sides equal, nothing twice, no mail too many."""

from collections import Counter

from .sides import answers, by_series, in_odoo, in_outlook


def faults(sides, wanted):
    """Return sentences about what is wrong, none when all is well.

    :param sides: ``Sides`` after a run that was killed
    :param wanted: those of the same run undisturbed; None where this is that run
    """
    found = [*sides.troubles, *_links(sides), *_singles(sides), *_series(sides)]
    return found + (_differences(sides, wanted) if wanted else [])


# --- one to one -----------------------------------------------------------------------


def _links(sides):
    """Every item has one link, every meeting has one."""
    there = [link for link in sides.links if not link["is_gone"]]
    items = Counter(link["uid"] for link in there)
    bound = [link for link in sides.links if link["event_id"] or link["recurrence_id"]]
    meetings = Counter((one["event_id"], one["recurrence_id"]) for one in bound)
    events = [row for row in sides.events.values() if row["active"]]
    wanted = {_key(row) for row in events}
    for one in sides.items.keys() - items.keys():
        yield f"an item without a link: {sides.items[one]['subject']}"
    for one in wanted - meetings.keys():
        yield f"a meeting without a link: {one}"
    yield from (
        f"a link without an item: {n}" for n in items.keys() - sides.items.keys()
    )
    yield from (f"{n} links of {one}" for one, n in meetings.items() if n > 1)
    yield from (f"{n} links with {one}" for one, n in items.items() if n > 1)


def _key(row):
    """Return what a meeting is linked by: itself, or its series."""
    series = row["recurrence_id"]
    return (None, series) if series else (row["id"], None)


# --- field by field -------------------------------------------------------------------


def _singles(sides):
    for link in sides.links:
        if link["event_id"] and not link["is_gone"] and link["uid"] in sides.items:
            row, item = sides.events[link["event_id"]], sides.items[link["uid"]]
            yield from _compare(link, in_odoo(row), in_outlook(item))


def _series(sides):
    rows = by_series(sides.events)
    for link in sides.links:
        if not link["recurrence_id"] or link["uid"] not in sides.days:
            continue
        ours = sorted(map(in_odoo, rows[link["recurrence_id"]]), key=_time)
        theirs = sorted(map(in_outlook, sides.days[link["uid"]]), key=_time)
        if len(ours) != len(theirs):
            yield f"{len(ours)} days in place of {len(theirs)}: {theirs[0]['subject']}"
        for pair in zip(ours, theirs, strict=False):
            yield from _compare(link, *pair)


def _time(view):
    return view["time"]


def _compare(link, ours, theirs):
    """Compare two views; a copy has no guests in Outlook."""
    names = ours.keys() - ({"guests"} if link["kind"] == "copy" else set())
    apart = {n: (ours[n], theirs[n]) for n in names if ours[n] != theirs[n]}
    if apart:
        yield f"{ours['subject']}: {apart}"


# --- as if nothing had happened -------------------------------------------------------


def _differences(sides, wanted):
    """Say what the undisturbed run has not, or has besides.

    A change whose answer was lost is found on both sides in the end, and so is not
    always in the journal; what is there twice was done twice.
    """
    found = []
    for name, view in _VIEWS.items():
        ours, theirs = (Counter(map(repr, view(one))) for one in (sides, wanted))
        found += [
            f"{name}, too many: {n} x {row}" for row, n in (ours - theirs).items()
        ]
        if name != "journal":
            rest = (theirs - ours).items()
            found += [f"{name}, missing: {n} x {row}" for row, n in rest]
    return found


def _in_odoo(sides):
    for row in sides.events.values():
        yield sorted(in_odoo(row).items()), row["active"], row["guests"]


def _in_outlook(sides):
    for item in (*sides.items.values(), *sides.invitations):
        mine = item["responseStatus"]["response"]
        yield sorted(in_outlook(item).items()), answers(item), mine, item["isCancelled"]


def _mails(sides):
    for mail in sides.mails:
        yield tuple(mail[name] for name in ("sender", "recipient", "kind", "subject"))


_VIEWS = {
    "Odoo": _in_odoo,
    "Outlook": _in_outlook,
    "Outlook's mails": _mails,
    "Odoo's mails": lambda sides: sides.odoo_mails,
    "journal": lambda sides: sides.journal,
}
