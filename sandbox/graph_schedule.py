# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``getSchedule``: when colleagues are free.

Source: graph.md, "getSchedule" (calendar-getschedule).
"""

from datetime import datetime, timedelta
from typing import Any

from werkzeug.wrappers import Response

from .directory import Person
from .graph_call import READ, Call
from .graph_people import working_hours
from .items import Item
from .moments import date_time, read_date_time
from .problem import GraphProblem

DIGITS = {"free": 0, "tentative": 1, "busy": 2, "oof": 3, "workingElsewhere": 4}
MAX_DAYS = 62
MAX_SCHEDULES = 20
INTERVALS = range(5, 1441)


def get_schedule(call: Call, user: str) -> Response:
    """Answer ``POST .../calendar/getSchedule``."""
    person = call.owner(user, READ)
    given = call.parameters()
    start, _zone = read_date_time(given.get("starttime"), "startTime")
    end, _zone = read_date_time(given.get("endtime"), "endTime")
    minutes = given.get("availabilityviewinterval", 30)
    schedules = given.get("schedules")
    if (
        not isinstance(schedules, list)
        or len(schedules) > MAX_SCHEDULES
        or minutes not in INTERVALS
        or end <= start
    ):
        raise GraphProblem(400, "ErrorInvalidParameter", "The schedule can't be read.")
    if end - start > timedelta(days=MAX_DAYS):
        raise GraphProblem(
            400,
            "ErrorTimeIntervalTooBig",
            f"The requested time duration is too long; the limit is {MAX_DAYS} days.",
        )
    step = timedelta(minutes=minutes)
    rows = [
        _schedule(call, person, str(each), (start, end), step) for each in schedules
    ]
    where = f"{call.root}/$metadata#Collection(microsoft.graph.scheduleInformation)"
    return call.json({"@odata.context": where, "value": rows})


def _schedule(
    call: Call,
    person: Person,
    address: str,
    span: tuple[datetime, datetime],
    step: timedelta,
) -> dict[str, Any]:
    """Return what one address does in the span; an unknown one is no failure."""
    colleague = call.exchange.post.colleague(person, address)
    if colleague is None:
        error = {
            "message": "Unable to resolve the mail recipient.",
            "responseCode": "ErrorMailRecipientNotFound",
        }
        return {"scheduleId": address, "availabilityView": "", "error": error}
    mailbox = call.exchange.mailbox(colleague)
    items = [
        item
        for item in mailbox.between(mailbox.default.id, *span)
        if item.fields["showAs"] in DIGITS and not item.fields["isCancelled"]
    ]
    return {
        "scheduleId": address,
        "availabilityView": _digits(items, span, step),
        "scheduleItems": [_shown(call, item, colleague is person) for item in items],
        "workingHours": working_hours(colleague),
    }


def _digits(items: list[Item], span: tuple[datetime, datetime], step: timedelta) -> str:
    """Return one digit per step: the busiest that happens in it."""
    view, moment = "", span[0]
    while moment < span[1]:
        busy = (
            DIGITS[item.fields["showAs"]]
            for item in items
            if item.overlaps(moment, moment + step)
        )
        view += str(max(busy, default=0))
        moment += step
    return view


def _shown(call: Call, item: Item, own: bool) -> dict[str, Any]:
    """Return one entry; what it is about is told to the owner alone."""
    name = call.style.zone
    private = item.fields["sensitivity"] in ("private", "confidential")
    shown = {
        "status": item.fields["showAs"],
        "start": date_time(item.begin, name),
        "end": date_time(item.finish, name),
    }
    if own:
        place = item.fields["location"]["displayName"]
        about = {"subject": item.fields["subject"], "location": place}
        shown.update(about, isPrivate=private)
    return shown
