# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The meeting form of the web page: from an event to fields, from fields to Graph."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from .moments import parse

Event = dict[str, Any]
Fields = dict[str, str]


class FormError(Exception):
    """A field cannot be used; the text is a sentence for the person."""


def blank(day: date) -> Fields:
    """Return the fields of a new meeting on this day."""
    return {
        "subject": "",
        "location": "",
        "start_date": day.isoformat(),
        "start_time": "10:00",
        "end_date": day.isoformat(),
        "end_time": "11:00",
        "all_day": "",
        "guests": "",
        "body": "",
        "show_as": "busy",
        "sensitivity": "normal",
        "reminder": "15",
        "categories": "",
        "online": "",
    }


def fields_of(event: Event) -> Fields:
    """Return the fields that show an event.

    :param event: with times in the reader's zone and the body as text
    """
    start, end = (parse(event[name]["dateTime"]) for name in ("start", "end"))
    if event["isAllDay"]:
        end -= timedelta(days=1)  # people count the last day in
    guests = [row["emailAddress"]["address"] for row in event["attendees"]]
    reminder = event["reminderMinutesBeforeStart"] if event["isReminderOn"] else ""
    return {
        "subject": event["subject"] or "",
        "location": event["location"].get("displayName") or "",
        "start_date": start.date().isoformat(),
        "start_time": f"{start:%H:%M}",
        "end_date": end.date().isoformat(),
        "end_time": f"{end:%H:%M}",
        "all_day": "on" if event["isAllDay"] else "",
        "guests": ", ".join(guests),
        "body": event["body"]["content"].strip(),
        "show_as": event["showAs"],
        "sensitivity": event["sensitivity"],
        "reminder": str(reminder),
        "categories": ", ".join(event["categories"]),
        "online": "on" if event["isOnlineMeeting"] else "",
    }


def read_form(form: Mapping[str, str]) -> Fields:
    """Return the fields that a browser sent, line ends as they are stored."""
    names = blank(date.min)
    return {name: form.get(name, "").replace("\r\n", "\n").strip() for name in names}


def body_of(fields: Fields, before: Fields | None, zone_name: str) -> Event:
    """Return the body of a POST, or of a PATCH with what differs from ``before``.

    :raise FormError: a date, a time or a number cannot be read
    """
    readers = {
        "subject": _subject,
        "location": _location,
        "body": _body,
        "guests": _guests,
        "show_as": lambda each: {"showAs": each["show_as"]},
        "sensitivity": lambda each: {"sensitivity": each["sensitivity"]},
        "reminder": _reminder,
        "categories": lambda each: {"categories": _listed(each["categories"])},
        "online": lambda each: {"isOnlineMeeting": bool(each["online"])},
    }
    body: Event = {}
    for name, read in readers.items():
        if before is None or fields[name] != before[name]:
            body.update(read(fields))
    times = ("start_date", "start_time", "end_date", "end_time", "all_day")
    if before is None or any(fields[name] != before[name] for name in times):
        body.update(_times(fields, zone_name))
    return body


def _subject(fields: Fields) -> Event:
    return {"subject": fields["subject"]}


def _location(fields: Fields) -> Event:
    return {"location": {"displayName": fields["location"]}}


def _body(fields: Fields) -> Event:
    return {"body": {"contentType": "text", "content": fields["body"]}}


def _guests(fields: Fields) -> Event:
    addresses = _listed(fields["guests"])
    return {"attendees": [{"emailAddress": {"address": each}} for each in addresses]}


def _listed(text: str) -> list[str]:
    parts = text.replace(";", ",").replace("\n", ",").split(",")
    return [each.strip() for each in parts if each.strip()]


def _reminder(fields: Fields) -> Event:
    if not fields["reminder"]:
        return {"isReminderOn": False}
    if not fields["reminder"].isdigit():
        raise FormError("The reminder must be a number of minutes, or empty.")
    minutes = int(fields["reminder"])
    return {"isReminderOn": True, "reminderMinutesBeforeStart": minutes}


def _times(fields: Fields, zone_name: str) -> Event:
    all_day = bool(fields["all_day"])
    times = []
    for name in ("start", "end"):
        clock = "00:00" if all_day else fields[f"{name}_time"]
        text = f"{fields[f'{name}_date']}T{clock}"
        try:
            times.append(datetime.fromisoformat(text))
        except ValueError as error:
            raise FormError(f"{text} is no date and time.") from error
    if all_day:
        times[1] += timedelta(days=1)
    if times[1] < times[0]:
        raise FormError("The end lies before the start.")
    shown = [{"dateTime": each.isoformat(), "timeZone": zone_name} for each in times]
    return {"isAllDay": all_day, "start": shown[0], "end": shown[1]}
