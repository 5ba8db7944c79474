# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Random events, as values and as Graph sends them."""

from datetime import date, datetime, timedelta, timezone

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from ...core.discuss_block import with_discuss_link
from ...core.event import Attendee, Event, When

# A busy machine is no reason to fail (the first text of all takes Hypothesis seconds);
# the database would be written beside the code.
settings.register_profile(
    "outlook",
    deadline=None,
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("outlook")

ZONES = ["Europe/Brussels", "America/Los_Angeles", "Asia/Tokyo", "Australia/Sydney"]
OUTLOOK_ZONES = [*ZONES, "Romance Standard Time", "Tokyo Standard Time", "UTC", ""]
SENSITIVITIES = ["normal", "personal", "private", "confidential"]
SHOW_AS = ["free", "tentative", "busy", "oof", "workingElsewhere"]
RESPONSES = ["none", "accepted", "declined", "tentativelyAccepted"]
TYPES = ["required", "optional", "resource"]

ROOM = "https://odoo.example/calendar/join_videocall/5f3c"

words = st.text("abcdefg éß漢<&\"'", max_size=12)
bodies = st.lists(
    st.sampled_from(["<p>Agenda</p>", "<ul><li>One</li></ul>", "a &lt; b<br>", "Hi"])
).map("".join)
addresses = st.sampled_from(["ann", "bob", "zoe", "mike"]).map(
    "{}@guest.example".format
)
instants = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 28)).map(
    lambda moment: moment.replace(tzinfo=timezone.utc)
)


@st.composite
def spans(draw):
    """Draw the time of a timed or an all-day event."""
    if draw(st.booleans()):
        start = draw(st.dates(date(1, 1, 3), date(9999, 12, 20)))
        return When(start, start + timedelta(days=draw(st.integers(1, 5))))
    start = draw(instants)
    return When(start, start + timedelta(minutes=draw(st.integers(0, 3000))))


def guests(responses):
    """Return a strategy of guests with different addresses."""
    one = st.builds(
        Attendee,
        addresses,
        words.map(str.strip),
        st.sampled_from(TYPES),
        st.sampled_from(responses),
    )
    return st.lists(one, unique_by=lambda guest: guest.address, max_size=4).map(tuple)


def events(responses=RESPONSES):
    """Return a strategy of events that hold nothing odd."""
    return st.builds(
        Event,
        subject=words,
        when=spans(),
        body=bodies,
        location=words,
        sensitivity=st.sampled_from(SENSITIVITIES),
        show_as=st.sampled_from(SHOW_AS),
        reminder=st.none() | st.integers(0, 40320),
        categories=st.lists(st.sampled_from("ABC"), unique=True).map(tuple),
        join_url=st.sampled_from(["", "https://teams.live.com/meet/1"]),
        discuss_url=st.sampled_from(["", ROOM]),
        online=st.booleans(),
        attendees=guests(responses),
    )


def _graph_moment(moment):
    if isinstance(moment, datetime):
        text = moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "0"
    else:
        text = f"{moment.isoformat()}T00:00:00.0000000"
    return {"dateTime": text, "timeZone": "UTC"}


def as_graph_sends(event, zone):
    """Return the JSON that Graph would send of an event that holds nothing odd."""
    body = with_discuss_link(event.body, event.discuss_url)
    return {
        "id": "AAMkAGI1AAAoZCfHAAA=",
        "type": "singleInstance",
        "isOrganizer": True,
        "organizer": {"emailAddress": {"address": "alex@contoso.example"}},
        "originalStartTimeZone": zone,
        "subject": event.subject,
        "isAllDay": event.when.is_all_day,
        "start": _graph_moment(event.when.start),
        "end": _graph_moment(event.when.end),
        "body": {
            "contentType": "html",
            "content": f"<html><head></head><body>\r\n{body}\r\n</body></html>",
        },
        "location": {"displayName": event.location, "locationType": "default"},
        "sensitivity": event.sensitivity,
        "showAs": event.show_as,
        "isReminderOn": event.reminder is not None,
        "reminderMinutesBeforeStart": 15 if event.reminder is None else event.reminder,
        "categories": list(event.categories),
        "isOnlineMeeting": event.online,
        "onlineMeeting": {"joinUrl": event.join_url} if event.join_url else None,
        "attendees": [
            {
                "type": guest.type,
                "status": {"response": guest.response, "time": "0001-01-01T00:00:00Z"},
                "emailAddress": {"address": guest.address, "name": guest.name},
            }
            for guest in event.attendees
        ],
    }
