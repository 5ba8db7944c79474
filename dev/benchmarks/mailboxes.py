# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The mailboxes that are read: as full as their owners' names say.

Every meeting has a subject, 1 kB of HTML, a place and a reminder, every other one
three guests of fifty; one in ten takes the whole day.
"""

DOMAIN = "contoso.example"
SIZES = (500, 1000, 2000, 4000)
_GUESTS = 50
_A_DAY = 12
_STYLE = "font-family: Aptos, Calibri, sans-serif; font-size: 12pt;"
_WORDS = (
    "The figures of the last quarter, the plan for the next one and the open points "
    "of the project, each with the name of the person who brings it up."
)


def login(size):
    """Return who has a mailbox of that size."""
    return f"reader{size}@{DOMAIN}"


def readers():
    """Return the rows of the readers for the sandbox's seed."""
    return [
        {
            "username": login(size),
            "name": f"Reader of {size}",
            "password": f"reader{size}-Sandbox1",
            "timezone": "Romance Standard Time",
        }
        for size in (0, *SIZES)
    ]


def mailboxes():
    """Return the mailboxes for the sandbox's seed, the same each time."""
    return {
        login(size): {"events": [_event(number) for number in range(size)]}
        for size in SIZES
    }


def body(number):
    """Return 1 kB of HTML as Outlook on the web writes it."""
    points = "".join(
        f'<li><a href="https://files.{DOMAIN}/{number}/{point}">Point {point}</a>: '
        f"{_WORDS}</li>"
        for point in range(1, 4)
    )
    return (
        f'<div class="elementToProof" style="{_STYLE}">Dear all,</div>'
        f'<div class="elementToProof" style="{_STYLE}"><br></div>'
        f'<div class="elementToProof" style="{_STYLE}"><b>Agenda</b> {number}:</div>'
        f"<ol>{points}</ol>"
    )


def _event(number):
    """Return a row of the seed."""
    day, slot = divmod(number, _A_DAY)
    times = {"from": f"{8 + slot:02}:00", "to": f"{8 + slot:02}:45"}
    row = {
        "subject": f"Meeting {number}: figures and open points",
        "body": {"contentType": "html", "content": body(number)},
        "location": {"displayName": f"Room {number % 30}"},
        "isReminderOn": True,
        "reminderMinutesBeforeStart": (15, 30, 60)[number % 3],
        "day": 1 + day,
        **({"days": 1} if number % 10 == 9 else times),
    }
    if number % 2:
        row["guests"] = [
            f"guest{(number * 3 + each) % _GUESTS}@customer.example"
            for each in range(3)
        ]
    return row
