# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The mailboxes before the first sync: 460 items of Ann's, which Odoo adds 40 to.

What a meeting is for can be told from its subject, a word and a number.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

TEAM = Path(__file__).parents[2] / "sandbox" / "seed" / "team.json"
ANN, BOB = "ann@contoso.example", "bob@contoso.example"
OWN, TWINS, SERIES, INVITED = 400, 40, 10, 10  # in Outlook
ALONE = 40  # in Odoo
ALL = OWN + TWINS + SERIES + INVITED + ALONE
_A_DAY = 12
_DAYS_PAST = 2
_GUESTS = 20


def seed():
    """Return the sandbox's seed: the team, Ann's mailbox, and Bob, who invites her."""
    singles = [_own(number) for number in range(OWN)]
    twins = [_at(OWN + n, {"subject": f"Twin {n}"}) for n in range(TWINS)]
    series = [_series(number) for number in range(SERIES)]
    invited = [
        _at(60 + 3 * n, {"subject": f"Invited {n}", "guests": [ANN]})
        for n in range(INVITED)
    ]
    return json.loads(TEAM.read_text()) | {
        "mailboxes": {
            ANN: {"events": singles + twins + series},
            BOB: {"events": invited},
        }
    }


def _own(number):
    """Return a meeting of Ann's; every other one has guests, one in ten all day."""
    row = {
        "subject": f"Own {number}",
        "body": {"contentType": "html", "content": f"<p>Agenda <b>{number}</b></p>"},
        "location": {"displayName": f"Room {number % 30}"},
        "isReminderOn": True,
        "reminderMinutesBeforeStart": (15, 30, 60)[number % 3],
        "sensitivity": "normal" if number % 7 else "private",
        "showAs": "busy" if number % 11 else "free",
    }
    if number % 2:
        guests = [(number * 3 + each) % _GUESTS for each in range(2)]
        row["guests"] = [f"guest{each}@customer.example" for each in guests]
    return _at(number, row)


def _series(number):
    """Return a daily series of five days."""
    first = datetime.now(ZoneInfo("Europe/Paris")).date() + timedelta(days=3 + number)
    span = {
        "type": "numbered",
        "startDate": first.isoformat(),
        "numberOfOccurrences": 5,
    }
    return {
        "subject": f"Daily {number}",
        "day": 3 + number,
        "from": "07:00",
        "to": "07:30",
        "recurrence": {"pattern": {"type": "daily", "interval": 1}, "range": span},
        "guests": ["guest1@customer.example"] if number % 2 else [],
    }


def _at(number, row):
    """Return the row with a time of its own: two days are over, today has nothing."""
    day, slot = divmod(number, _A_DAY)
    day -= _DAYS_PAST
    times = {"from": f"{8 + slot:02}:00", "to": f"{8 + slot:02}:45"}
    if number % 10 == 9:
        times = {"days": 1}
    return {**row, "day": day if day < 0 else day + 1, **times}
