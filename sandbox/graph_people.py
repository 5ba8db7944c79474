# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Endpoints of people: profile, mailbox settings, categories, time zones, ids."""

from typing import Any
from uuid import uuid4

from werkzeug.wrappers import Response

from .directory import Person
from .graph_call import Call
from .graph_list import context
from .odata import read_options, selected
from .problem import GraphProblem
from .refusals import not_found, unreadable
from .rendering import Style
from .zones import supported, zone

USER_READ = "User.Read"
SETTINGS_READ, SETTINGS_WRITE = "MailboxSettings.Read", "MailboxSettings.ReadWrite"
ID_KINDS = {
    "restId": Style(),
    "restImmutableEntryId": Style(immutable=True),
}
IDS_LIMIT = 1000


def get_user(call: Call, user: str) -> Response:
    """Answer ``GET /me`` and ``GET /users/{id}``."""
    person = _profile_owner(call, user)
    given, _blank, surname = person.name.rpartition(" ")
    resource: dict[str, Any] = {
        "businessPhones": [],
        "displayName": person.name,
        "givenName": given or surname,
        "jobTitle": None,
        "mail": person.mail or None,
        "mobilePhone": None,
        "officeLocation": None,
        "preferredLanguage": None,
        "surname": surname,
        "userPrincipalName": person.username,
        "id": person.id,
    }
    selectable = {**resource, "proxyAddresses": _proxies(person)}
    options = read_options(call.query, frozenset(selectable))
    if "proxyAddresses" in options.select:  # Graph tells it when it is asked for
        resource = selectable
    where = f"{call.root}/$metadata#users/$entity"
    return call.json({"@odata.context": where, **selected(resource, options)})


def _proxies(person: Person) -> list[str]:
    """Return all addresses as Exchange has them: ``SMTP:`` marks the main one."""
    main = person.mail or person.username
    others = sorted(set(person.addresses) - {main})
    return [f"SMTP:{main}", *(f"smtp:{address}" for address in others)]


def _profile_owner(call: Call, user: str) -> Person:
    """Return whose profile is meant; others' need a scope of their own."""
    if not user:
        return call.owner("", USER_READ)
    person = call.sandbox.directory.person(user)
    if person is None:
        call.check(USER_READ)
        raise GraphProblem(
            404,
            "Request_ResourceNotFound",
            f"Resource '{user}' does not exist or one of its queried "
            "reference-property objects are not present.",
        )
    authorization = call.request.headers.get("Authorization", "")
    session = call.sandbox.tokens.check(authorization)
    if session.person is person:
        return call.owner("", USER_READ)
    if not session.allows("User.ReadBasic.All"):
        raise GraphProblem(
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        )
    return person


def mailbox_settings(call: Call, user: str) -> Response:
    """Answer ``GET .../mailboxSettings``."""
    person, _mailbox = call.mailbox(user, SETTINGS_READ)
    return _settings(call, person)


def _settings(call: Call, person: Person) -> Response:
    where = context(call, person, "mailboxSettings")
    return call.json(
        {
            "@odata.context": where,
            "timeZone": person.timezone,
            "dateFormat": "yyyy-MM-dd",
            "timeFormat": "HH:mm",
            "userPurpose": person.kind,
            "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
            "language": {"locale": "en-US", "displayName": "English (United States)"},
            "workingHours": working_hours(person),
        }
    )


def working_hours(person: Person) -> dict[str, Any]:
    """Return the working hours that everybody has here."""
    days = ["monday", "tuesday", "wednesday", "thursday", "friday"]
    return {
        "daysOfWeek": days,
        "startTime": "08:00:00.0000000",
        "endTime": "17:00:00.0000000",
        "timeZone": {"name": person.timezone},
    }


def update_mailbox_settings(call: Call, user: str) -> Response:
    """Answer ``PATCH .../mailboxSettings``; the time zone alone can be changed."""
    person, _mailbox = call.mailbox(user, SETTINGS_WRITE)
    name = call.body().get("timeZone", person.timezone)
    if not isinstance(name, str):
        raise unreadable("The property 'timeZone' must be a text.")
    zone(name)
    person.timezone = name
    return _settings(call, person)


def time_zone(call: Call, user: str) -> Response:
    """Answer ``GET .../mailboxSettings/timeZone``."""
    person, _mailbox = call.mailbox(user, SETTINGS_READ)
    where = context(call, person, "mailboxSettings/timeZone")
    return call.json({"@odata.context": where, "value": person.timezone})


def supported_time_zones(call: Call, user: str, standard: str = "Windows") -> Response:
    """Answer ``GET .../outlook/supportedTimeZones``."""
    call.owner(user, USER_READ)
    where = f"{call.root}/$metadata#Collection(microsoft.graph.timeZoneInformation)"
    rows = supported(standard.lower())
    return call.json({"@odata.context": where, "value": rows})


def list_categories(call: Call, user: str) -> Response:
    """Answer ``GET .../outlook/masterCategories``."""
    person, mailbox = call.mailbox(user, SETTINGS_READ)
    where = context(call, person, "outlook/masterCategories")
    return call.json({"@odata.context": where, "value": mailbox.categories})


def create_category(call: Call, user: str) -> Response:
    """Answer ``POST .../outlook/masterCategories``."""
    person, mailbox = call.mailbox(user, SETTINGS_WRITE)
    body = call.body()
    name = body.get("displayName")
    if not isinstance(name, str) or not name:
        raise unreadable("The property 'displayName' must be a text that is not empty.")
    if any(row["displayName"].lower() == name.lower() for row in mailbox.categories):
        raise GraphProblem(
            409, "CategoryNameDuplicate", "There is already a category of that name."
        )
    row = {
        "id": str(uuid4()),
        "displayName": name,
        "color": body.get("color") or "none",
    }
    mailbox.categories.append(row)
    where = context(call, person, "outlook/masterCategories/$entity")
    return call.json({"@odata.context": where, **row}, 201)


def delete_category(call: Call, user: str, category: str) -> Response:
    """Answer ``DELETE .../outlook/masterCategories/{id}``; events keep the name."""
    _person, mailbox = call.mailbox(user, SETTINGS_WRITE)
    kept = [row for row in mailbox.categories if row["id"] != category]
    if len(kept) == len(mailbox.categories):
        raise not_found()
    mailbox.categories[:] = kept
    return call.empty()


def translate_ids(call: Call, user: str) -> Response:
    """Answer ``POST .../translateExchangeIds``, between the two kinds kept here."""
    _person, mailbox = call.mailbox(user, USER_READ)
    given = call.parameters()
    ids = given.get("inputids")
    source = ID_KINDS.get(str(given.get("sourceidtype")))
    target = ID_KINDS.get(str(given.get("targetidtype")))
    if not isinstance(ids, list) or len(ids) > IDS_LIMIT or not (source and target):
        raise GraphProblem(400, "ErrorInvalidParameter", "The ids can't be translated.")
    rows = []
    for each in ids:
        item = mailbox.find(each) if isinstance(each, str) else None
        if item and source.id_of(item) == each:
            rows.append({"sourceId": each, "targetId": target.id_of(item)})
        else:
            details = {"code": "ErrorItemNotFound", "message": "Id is malformed."}
            rows.append({"sourceId": each, "errorDetails": details})
    where = f"{call.root}/$metadata#Collection(microsoft.graph.convertIdResult)"
    return call.json({"@odata.context": where, "value": rows})
