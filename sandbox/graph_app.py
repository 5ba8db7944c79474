# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Microsoft Graph v1.0 as far as calendars go: which endpoint answers which address."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import (
    graph_attachments,
    graph_delta,
    graph_events,
    graph_extensions,
    graph_people,
    graph_places,
)
from .graph_batch import batch
from .graph_call import Call
from .graph_schedule import get_schedule
from .problem import GraphProblem

if TYPE_CHECKING:
    from .app import Sandbox

Endpoint = Callable[..., Response]
Methods = dict[str, Endpoint]

OWNERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/me", {"user": ""}),
    ("/users/<user>", {}),
)
# An address without a calendar finds events of the whole mailbox.
PLACES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("", {}),
    ("/calendar", {"calendar": ""}),
    ("/calendars/<calendar>", {}),
)
ACTIONS = (
    "accept",
    "tentativelyAccept",
    "decline",
    "cancel",
    "forward",
    "snoozeReminder",
    "dismissReminder",
)

# Below a person.
PERSON: dict[str, Methods] = {
    "": {"GET": graph_people.get_user},
    "/mailboxSettings": {
        "GET": graph_people.mailbox_settings,
        "PATCH": graph_people.update_mailbox_settings,
    },
    "/mailboxSettings/timeZone": {"GET": graph_people.time_zone},
    "/outlook/supportedTimeZones": {"GET": graph_people.supported_time_zones},
    "/outlook/supportedTimeZones/<standard>": {
        "GET": graph_people.supported_time_zones
    },
    "/outlook/masterCategories": {
        "GET": graph_people.list_categories,
        "POST": graph_people.create_category,
    },
    "/outlook/masterCategories/<category>": {"DELETE": graph_people.delete_category},
    "/translateExchangeIds": {"POST": graph_people.translate_ids},
    "/calendars": {
        "GET": graph_places.list_calendars,
        "POST": graph_places.create_calendar,
    },
    "/calendarGroups": {
        "GET": graph_places.list_groups,
        "POST": graph_places.create_group,
    },
    "/calendarGroups/<group>": {
        "GET": graph_places.get_group,
        "DELETE": graph_places.delete_group,
    },
    "/calendarGroups/<group>/calendars": {
        "GET": graph_places.list_calendars,
        "POST": graph_places.create_calendar,
    },
    "/calendar/getSchedule": {"POST": get_schedule},
}
CALENDAR: Methods = {
    "GET": graph_places.get_calendar,
    "PATCH": graph_places.update_calendar,
    "DELETE": graph_places.delete_calendar,
}
# Below a place.
EVENTS: dict[str, Methods] = {
    "/events": {"GET": graph_events.list_events, "POST": graph_events.create_event},
    "/events/$count": {"GET": graph_events.count_events},
    "/events/delta": {"GET": graph_delta.events_delta},
    "/calendarView": {"GET": graph_events.view},
    "/calendarView/delta": {"GET": graph_delta.view_delta},
    "/events/<event>": {
        "GET": graph_events.get_event,
        "PATCH": graph_events.update_event,
        "DELETE": graph_events.delete_event,
    },
    "/events/<event>/permanentDelete": {"POST": graph_events.delete_event},
    "/events/<event>/instances": {"GET": graph_events.list_instances},
    "/events/<event>/attachments": {
        "GET": graph_attachments.list_attachments,
        "POST": graph_attachments.add_attachment,
    },
    "/events/<event>/attachments/<attachment>": {
        "GET": graph_attachments.get_attachment,
        "DELETE": graph_attachments.delete_attachment,
    },
    "/events/<event>/attachments/<attachment>/$value": {
        "GET": graph_attachments.get_content,
    },
    "/events/<event>/extensions": {
        "GET": graph_extensions.list_extensions,
        "POST": graph_extensions.create_extension,
    },
    "/events/<event>/extensions/<name>": {
        "GET": graph_extensions.get_extension,
        "PATCH": graph_extensions.update_extension,
        "DELETE": graph_extensions.delete_extension,
    },
}
_WORD = re.compile(r"[A-Za-z$]\w*")


def _rules() -> Iterator[Rule]:
    """Yield a rule for every address and method."""
    yield Rule("/$batch", endpoint=batch, methods=["POST"])
    for owner, whose in OWNERS:
        for path, methods in PERSON.items():
            yield from _rule(owner + path, methods, whose)
        for place, where in PLACES:
            variables = {**whose, **where}
            if place:
                yield from _rule(owner + place, CALENDAR, variables)
            for path, methods in EVENTS.items():
                yield from _rule(owner + place + path, methods, variables)
            for action in ACTIONS:
                yield from _rule(
                    f"{owner}{place}/events/<event>/{action}",
                    {"POST": graph_events.act},
                    {**variables, "action": action},
                )


def _rule(path: str, methods: Methods, defaults: dict[str, Any]) -> Iterator[Rule]:
    for method, endpoint in methods.items():
        yield Rule(
            path,
            endpoint=endpoint,
            methods=[method],
            defaults=defaults,
            strict_slashes=False,
        )


RULES = Map(list(_rules()), merge_slashes=False, redirect_defaults=False)
# The words of addresses, which may come in any case.
WORDS = {
    word.lower(): word
    for rule in RULES.iter_rules()
    for word in rule.rule.split("/")
    if _WORD.fullmatch(word)
}


def canonical(path: str) -> str:
    """Return the address in the form of the rules.

    Words may come in any case, ids in parentheses and quotes, functions with
    parentheses and with their namespace; a calendar may be reached by its group.
    """
    words: list[str] = []
    for segment in path.strip("/").split("/")[1:]:  # without v1.0
        segment = segment.removeprefix("microsoft.graph.").removesuffix("()")
        zones = re.fullmatch(r"(?i)(supportedTimeZones)\(.*'(\w+)'\)", segment)
        keyed = re.fullmatch(r"(\w+)\('(.*)'\)", segment)
        match = zones or keyed
        parts = [match[1], match[2]] if match else [segment]
        words.append(WORDS.get(parts[0].lower(), parts[0]))
        words.extend(parts[1:])
    if words[:1] == ["users"]:
        head, rest = words[:2], words[2:]
    else:
        head, rest = words[:1], words[1:]
    if len(rest) > 3 and rest[0] == "calendarGroups":
        rest = rest[2:]
    return "/" + "/".join(head + rest)


def graph_app(sandbox: "Sandbox") -> Callable[[Request], Response]:
    """Return what answers requests below ``/v1.0``; it may raise ``GraphProblem``."""

    def answer(request: Request) -> Response:
        try:
            adapter = RULES.bind("")
            rule, variables = adapter.match(
                canonical(request.path), request.method, return_rule=True
            )
            variables = dict(variables)
        except MethodNotAllowed as error:
            raise GraphProblem(
                405, "UnsupportedMethod", f"{request.method} is not supported here."
            ) from error
        except HTTPException as error:
            sandbox.tokens.check(request.headers.get("Authorization", ""))
            segment = request.path.rstrip("/").rpartition("/")[2]
            raise GraphProblem(
                400, "BadRequest", f"Resource not found for the segment '{segment}'."
            ) from error
        call = Call(sandbox, request)
        with sandbox.exchange.lock:
            call.enter_share(variables)
            return rule.endpoint(call, **variables)  # type: ignore[no-any-return]

    return answer
