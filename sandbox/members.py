# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The members of an ``event`` in v1.0: who may write them and what they hold.

Source: graph.md, "The event resource" (v1.0 metadata and event.md).
"""

from typing import Any

from .moments import NEVER
from .refusals import unreadable

SHOW_AS = ("free", "tentative", "busy", "oof", "workingElsewhere", "unknown")
RESPONSES = ("none", "organizer", "tentativelyAccepted", "accepted", "declined")
ENUMS: dict[str, tuple[str, ...]] = {
    "importance": ("low", "normal", "high"),
    "sensitivity": ("normal", "personal", "private", "confidential"),
    "showAs": SHOW_AS,
    "onlineMeetingProvider": (
        "unknown",
        "teamsForBusiness",
        "skypeForBusiness",
        "skypeForConsumer",
    ),
}
BOOLEANS = (
    "allowNewTimeProposals",
    "hideAttendees",
    "isAllDay",
    "isDraft",
    "isOnlineMeeting",
    "isReminderOn",
    "responseRequested",
)
# Written by members of their own form, each with its own check.
STRUCTURES = (
    "attendees",
    "body",
    "categories",
    "end",
    "extensions",
    "location",
    "locations",
    "multiValueExtendedProperties",
    "recurrence",
    "reminderMinutesBeforeStart",
    "singleValueExtendedProperties",
    "start",
    "subject",
    "transactionId",
)
# Sent by clients now and then, and ignored by Graph in silence.
READ_ONLY = (
    "bodyPreview",
    "cancelledOccurrences",
    "changeKey",
    "createdDateTime",
    "hasAttachments",
    "iCalUId",
    "id",
    "isCancelled",
    "isOrganizer",
    "lastModifiedDateTime",
    "onlineMeeting",
    "onlineMeetingUrl",
    "organizer",
    "originalEndTimeZone",
    "originalStart",
    "originalStartTimeZone",
    "responseStatus",
    "seriesMasterId",
    "type",
    "webLink",
)
KNOWN = frozenset((*ENUMS, *BOOLEANS, *STRUCTURES, *READ_ONLY))
NAVIGATION = frozenset(
    (
        "attachments",
        "calendar",
        "exceptionOccurrences",
        "extensions",
        "instances",
        "multiValueExtendedProperties",
        "singleValueExtendedProperties",
    )
)
# Answers to $select and $filter; what is stored under a name of its own.
SELECTABLE = KNOWN - {"extensions"} | NAVIGATION

# What an attendee's copy takes over from the organizer on every update.
SHARED = (
    "allowNewTimeProposals",
    "attachments",
    "attendees",
    "body",
    "bodyPreview",
    "end",
    "hasAttachments",
    "hideAttendees",
    "importance",
    "isAllDay",
    "isOnlineMeeting",
    "location",
    "locations",
    "onlineMeeting",
    "onlineMeetingProvider",
    "originalEndTimeZone",
    "originalStartTimeZone",
    "recurrence",
    "responseRequested",
    "sensitivity",
    "start",
    "subject",
    "type",
)
# A change of one of these by the organizer is mailed (graph.md, "Matrix").
MAILED = (
    "body",
    "end",
    "isAllDay",
    "isOnlineMeeting",
    "locations",
    "recurrence",
    "start",
    "subject",
)

EMPTY_LOCATION: dict[str, Any] = {
    "displayName": "",
    "locationType": "default",
    "uniqueIdType": "unknown",
    "address": {},
    "coordinates": {},
}
DEFAULTS: dict[str, Any] = {
    "categories": [],
    "transactionId": None,
    "originalStartTimeZone": "UTC",
    "originalEndTimeZone": "UTC",
    "iCalUId": None,
    "reminderMinutesBeforeStart": 15,
    "isReminderOn": True,
    "attachments": [],
    "hasAttachments": False,
    "subject": "",
    "bodyPreview": "",
    "importance": "normal",
    "sensitivity": "normal",
    "isAllDay": False,
    "isCancelled": False,
    "isOrganizer": True,
    "responseRequested": True,
    "seriesMasterId": None,
    "showAs": "busy",
    "type": "singleInstance",
    "onlineMeetingUrl": None,
    "isOnlineMeeting": False,
    "onlineMeetingProvider": "unknown",
    "allowNewTimeProposals": True,
    "isDraft": False,
    "hideAttendees": False,
    "recurrence": None,
    "responseStatus": {"response": "none", "time": NEVER},
    "body": "",
    "location": EMPTY_LOCATION,
    "locations": [],
    "attendees": [],
    "organizer": None,
    "onlineMeeting": None,
}


def check_known(body: dict[str, Any]) -> None:
    """Refuse a member that an event does not have; annotations may be there."""
    for name in body:
        if "@" not in name and name not in KNOWN:
            raise unreadable(
                f"The property '{name}' does not exist on type "
                "'microsoft.graph.event'. Make sure to only use property names "
                "that are defined by the type."
            )
