# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Fills mailboxes from a seed, with dates that stay near today.

A seed is ``{mail or username: {"calendars": [name, ...], "events": [row, ...]}}``. A
row is the body of a POST; in place of ``start`` and ``end`` it may have ``day`` (0 is
today) with ``from`` and ``to`` as ``hh:mm`` in the person's zone, or with ``days`` for
an all-day event. ``calendar`` names another calendar than the default one, ``guests``
lists addresses. Mails that planting causes are forgotten.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .directory import Person
from .zones import zone

if TYPE_CHECKING:
    from .exchange import Exchange

_OWN = ("day", "days", "from", "to", "calendar", "guests")


def plant_mailboxes(exchange: "Exchange", mailboxes: dict[str, Any]) -> None:
    """Fill the mailboxes of a seed.

    :raise ValueError: a row names nobody, or misses a member
    """
    for key, row in mailboxes.items():
        person = exchange.directory.person(key)
        if person is None:
            raise ValueError(f"nobody has the mailbox {key}")
        _plant(exchange, person, row)
    exchange.post.mails.clear()


def _plant(exchange: "Exchange", person: Person, row: dict[str, Any]) -> None:
    """Fill one mailbox."""
    mailbox = exchange.mailbox(person)
    for name in row.get("calendars", []):
        exchange.places.add_calendar(mailbox, {"name": name})
    ids = {each.name: each.id for each in mailbox.calendars.values()}
    today = exchange.clock.now().astimezone(zone(person.timezone)).date()
    for event in row.get("events", []):
        place = ids[event["calendar"]] if "calendar" in event else ""
        body = event_body(event, person.timezone, today)
        # Not as the person would, who may not write into a read-only calendar.
        exchange.events.create(person, exchange.calendar(person, place), body)


def event_body(row: dict[str, Any], zone_name: str, today: date) -> dict[str, Any]:
    """Return the body of a POST for a row of a seed."""
    body = {key: value for key, value in row.items() if key not in _OWN}
    if "day" in row:
        day = today + timedelta(days=row["day"])
        times = _all_day(day, row["days"]) if "days" in row else _timed(day, row)
        body.update(times)
        for member in ("start", "end"):
            body[member] = {"dateTime": body[member], "timeZone": zone_name}
    if "guests" in row:
        rows = [{"emailAddress": {"address": address}} for address in row["guests"]]
        body["attendees"] = rows
    return body


def _timed(day: date, row: dict[str, Any]) -> dict[str, Any]:
    """Return the times of a row with clock times."""
    start, end = (
        datetime.combine(day, datetime.strptime(row[name], "%H:%M").time())
        for name in ("from", "to")
    )
    return {"start": start.isoformat(), "end": end.isoformat()}


def _all_day(day: date, days: int) -> dict[str, Any]:
    """Return the times of a row for whole days."""
    end = day + timedelta(days=days)
    return {
        "isAllDay": True,
        "start": f"{day.isoformat()}T00:00:00",
        "end": f"{end.isoformat()}T00:00:00",
    }
