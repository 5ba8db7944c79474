# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What both sides show, without ids and times of writing, so that runs compare.

Odoo is read by SQL and Outlook over HTTP: nothing of the add-on is asked.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import lxml.html

from .mailbox import ANN, BOB

_EVENTS = """
    SELECT e.id, e.name, e.start, e.stop, e.allday, e.start_date, e.stop_date,
        e.location, e.description, e.privacy, e.show_as, e.active, e.recurrence_id,
        u.login AS organizer,
        ARRAY(
            SELECT ARRAY[lower(p.email), a.state::text]
            FROM calendar_attendee a JOIN res_partner p ON p.id = a.partner_id
            WHERE a.event_id = e.id ORDER BY 1
        ) AS guests
    FROM calendar_event e LEFT JOIN res_users u ON u.id = e.user_id
"""
_LINKS = """
    SELECT ical_uid AS uid, kind, is_gone, event_id, recurrence_id, problem
    FROM outlook_link
"""
_TROUBLES = """
    SELECT 'outbox: ' || coalesce(reason, state) FROM outlook_outbox
    UNION ALL SELECT 'journal: ' || summary FROM outlook_journal
        WHERE operation IN ('fail', 'conflict')
    UNION ALL SELECT 'account: ' || coalesce(error_message, state)
        FROM outlook_account WHERE state != 'connected' OR error_message != ''
    UNION ALL SELECT 'link: ' || problem FROM outlook_link WHERE problem != ''
"""
_MAILS = """
    SELECT m.subject, coalesce(l.email_to, ''),
        ARRAY(
            SELECT p.email FROM mail_mail_res_partner_rel r
            JOIN res_partner p ON p.id = r.res_partner_id
            WHERE r.mail_mail_id = l.id ORDER BY 1
        )
    FROM mail_mail l JOIN mail_message m ON m.id = l.mail_message_id
"""
_JOURNAL = "SELECT operation, direction, event_name FROM outlook_journal"
_SHOWN_FREE = ("free", "workingElsewhere")


@dataclass(frozen=True)
class Sides:
    """Everything there is on both sides, at rest.

    :ivar events: rows of Odoo's meetings by id
    :ivar links: rows of the add-on's links
    :ivar items: Graph's events of Ann's mailbox by iCalUId
    :ivar days: the days of its series, by iCalUId
    :ivar invitations: Graph's events of Bob's mailbox
    :ivar troubles: sentences about what is not at rest
    :ivar mails: what Outlook has sent
    :ivar odoo_mails: what Odoo has sent, or is about to send
    :ivar journal: what was done with which meeting
    """

    events: dict
    links: list
    items: dict
    days: dict
    invitations: list
    troubles: list
    mails: list
    odoo_mails: list
    journal: list


def read(database, sandbox):
    """Return the ``Sides``."""
    items = {one["iCalUId"]: one for one in sandbox.events(ANN)}
    series = [one for one in items.values() if one["type"] == "seriesMaster"]
    return Sides(
        events={row["id"]: row for row in database.rows(_EVENTS)},
        links=database.rows(_LINKS),
        items=items,
        days={one["iCalUId"]: sandbox.instances(ANN, one["id"]) for one in series},
        invitations=sandbox.events(BOB),
        troubles=[next(iter(row.values())) for row in database.rows(_TROUBLES)],
        mails=sandbox.get("mails"),
        odoo_mails=[tuple(row.values()) for row in database.rows(_MAILS)],
        journal=[tuple(row.values()) for row in database.rows(_JOURNAL)],
    )


def words(html):
    """Return the words of a text, without markup."""
    text = lxml.html.fromstring(f"<div>{html or ''}</div>").text_content()
    return " ".join(text.split())


def in_odoo(row):
    """Return what Odoo shows of a meeting."""
    time = [row["start"], row["stop"]]
    if row["allday"]:
        time = [row["start_date"], row["stop_date"] + timedelta(days=1)]
    return {
        "subject": row["name"],
        "body": words(row["description"]),
        "time": time,
        "place": row["location"] or "",
        "private": row["privacy"] == "private",
        "free": row["show_as"] == "free",
        "guests": sorted(
            address for address, _ in row["guests"] if address != row["organizer"]
        ),
    }


def in_outlook(item):
    """Return the same of an item."""
    kind, length = (date, 10) if item["isAllDay"] else (datetime, 19)
    return {
        "subject": item["subject"],
        "body": words(item["body"]["content"]),
        "time": [
            kind.fromisoformat(item[name]["dateTime"][:length])
            for name in ("start", "end")
        ],
        "place": item["location"]["displayName"],
        "private": item["sensitivity"] in ("private", "personal"),
        "free": item["showAs"] in _SHOWN_FREE,
        "guests": sorted(each[0] for each in answers(item)),
    }


def answers(item):
    """Return ``[address, answer]`` of everybody who is invited."""
    return sorted(
        [row["emailAddress"]["address"].lower(), row["status"]["response"]]
        for row in item["attendees"]
    )


def by_series(events):
    """Return the active meetings of each series by its id."""
    found = defaultdict(list)
    for row in events.values():
        if row["recurrence_id"] and row["active"]:
            found[row["recurrence_id"]].append(row)
    return found
