# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a person sees of a meeting, on each side, in the same words.

This is the judge of the model, so it has nothing from the add-on: it reads Odoo's
fields and Graph's members, and knows the table of fields in the README.
"""

from datetime import date, datetime, timedelta

import lxml.html

from .words import TAGS

_PRIVACY = {"normal": "normal", "confidential": "confidential"}
_SHOWN_FREE = ("free", "workingElsewhere")
_ANSWERS = {
    "accepted": "accepted",
    "declined": "declined",
    "tentativelyAccepted": "tentative",
}
_RULE = "_" * 20  # around what Outlook adds to the text of an online meeting


def words(html):
    """Return the words of a text, without markup and without the way to join."""
    if not html:
        return ""
    text = lxml.html.fromstring(f"<div>{html}</div>").text_content()
    return " ".join(text.partition(_RULE)[0].split())


def in_odoo(event):
    """Return what Odoo shows of a meeting."""
    pop_ups = event.alarm_ids.filtered(lambda one: one.alarm_type == "notification")
    guests = event.attendee_ids.filtered(lambda one: one.partner_id.email)
    return {
        "subject": event.name or "",
        "body": words(event.description),
        "time": _odoo_time(event),
        "place": event.location or "",
        "privacy": {"public": "normal"}.get(event.privacy, event.privacy or "normal"),
        "show": event.show_as,
        "reminder": min(pop_ups.mapped("duration_minutes"), default=None),
        "tags": sorted(event.categ_ids.mapped("name")),
        "guests": sorted(set(guests.mapped("partner_id.email_normalized"))),
        "answers": {
            one.partner_id.email_normalized: one.state
            for one in guests
            if one.state != "needsAction"
        },
    }


def _odoo_time(event):
    if event.allday:
        return [event.start_date, event.stop_date + timedelta(days=1)]
    return [event.start, event.stop]


def in_outlook(item):
    """Return what Outlook shows of an item, as Odoo can show it."""
    attendees = {
        row["emailAddress"]["address"].lower(): row["status"]["response"]
        for row in item["attendees"]
    }
    return {
        "subject": item["subject"] or "(No title)",
        "body": words(item["body"]["content"]),
        "time": _outlook_time(item),
        "place": item["location"]["displayName"],
        "privacy": _PRIVACY.get(item["sensitivity"], "private"),
        "show": "free" if item["showAs"] in _SHOWN_FREE else "busy",
        "reminder": _outlook_reminder(item),
        "tags": [
            tag
            for tag in TAGS
            if tag.lower() in {one.lower() for one in item["categories"]}
        ],
        "guests": sorted(attendees),
        "answers": {
            address: _ANSWERS[answer]
            for address, answer in attendees.items()
            if answer in _ANSWERS
        },
    }


def _outlook_reminder(item):
    return item["reminderMinutesBeforeStart"] if item["isReminderOn"] else None


def _outlook_time(item):
    kind = date if item["isAllDay"] else datetime
    length = 10 if item["isAllDay"] else 19
    return [
        kind.fromisoformat(item[name]["dateTime"][:length]) for name in ("start", "end")
    ]


def own_answer(item):
    """Return the answer that the owner of a mailbox has given."""
    return _ANSWERS.get(item["responseStatus"]["response"], "needsAction")


def is_over(time):
    """Whether the ``time`` of a view has passed."""
    end = time[1]
    if not isinstance(end, datetime):
        end = datetime.combine(end, datetime.min.time())
    return end < datetime.now()
