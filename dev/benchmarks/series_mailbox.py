# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A mailbox full of series, made through the sandbox's control interface.

Each series has 50 weekly meetings with a subject, 1 kB of HTML, a place and two guests;
20 of them are exceptions: one starts an hour later, the next has another place.
"""

from datetime import date, timedelta

import requests

from .mailboxes import body, login

SERIES, MEETINGS, EXCEPTIONS = 200, 50, 20
OWNER = 0  # the reader whose mailbox is empty at the start
_ZONE = "Europe/Brussels"


class SeriesMailbox:
    """Fills the mailbox of a reader.

    :param control: address of the control interface
    """

    def __init__(self, control):
        self.events = f"{control}/people/{login(OWNER)}/events"
        self.session = requests.Session()

    def fill(self):
        """Create the series and their exceptions."""
        monday = date.today() - timedelta(days=date.today().weekday() - 7)
        for number in range(SERIES):
            first = monday + timedelta(days=number % 5)
            master = self._send("POST", self.events, _series(number, first))
            self._change(master["id"], first)

    def _change(self, master, first):
        """Make exceptions of every other meeting."""
        window = {
            "start": f"{first}T00:00:00Z",
            "end": f"{first + timedelta(days=7 * MEETINGS)}T00:00:00Z",
        }
        url = f"{self.events}/{master}/instances"
        rows = self._send("GET", url, params=window)
        for number, row in enumerate(rows[1 : 2 * EXCEPTIONS : 2]):
            day = row["start"]["dateTime"][:10]
            changes = _times(day, 18) if number % 2 else _place(number)
            self._send("PATCH", f"{self.events}/{row['id']}", changes)

    def _send(self, method, url, json=None, params=None):
        answer = self.session.request(method, url, json=json, params=params, timeout=60)
        answer.raise_for_status()
        found = answer.json()
        return found.get("value", found) if isinstance(found, dict) else found


def _series(number, first):
    days = [f"{first:%A}".lower()]
    span = {"type": "numbered", "numberOfOccurrences": MEETINGS}
    guests = [f"guest{(number * 2 + each) % 50}@customer.example" for each in (0, 1)]
    return {
        "subject": f"Series {number}",
        "body": {"contentType": "html", "content": body(number)},
        **_place(number),
        **_times(first.isoformat(), 8 + number // 5 % 9),
        "attendees": [{"emailAddress": {"address": one}} for one in guests],
        "recurrence": {
            "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": days},
            "range": {**span, "startDate": first.isoformat()},
        },
    }


def _place(number):
    return {"location": {"displayName": f"Room {number % 30}"}}


def _times(day, hour):
    return {
        name: {"dateTime": f"{day}T{hour:02}:{minute}:00", "timeZone": _ZONE}
        for name, minute in (("start", "00"), ("end", "45"))
    }
