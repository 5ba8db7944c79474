# Part of outlook_calendar. LGPL-3, see LICENSE.
"""One request to Graph: who asks, whose mailbox, what is preferred, what is sent."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from werkzeug.wrappers import Request, Response

from .directory import Person
from .items import Share
from .mailbox import Mailbox
from .problem import JSON_TYPE, GraphProblem
from .refusals import access_denied, not_found, unreadable
from .rendering import Style
from .sharing import shared_owner
from .zones import zone

if TYPE_CHECKING:
    from .app import Sandbox

READ, WRITE = "Calendars.Read", "Calendars.ReadWrite"
BODY_LIMIT = 4 * 1024 * 1024
_PREFERENCE = re.compile(r'([\w.-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,;"]+)))?')


@dataclass(frozen=True)
class Prefer:
    """What the ``Prefer`` headers ask for.

    :ivar page: rows of a page, 0 when not said
    :ivar applied: the preferences that are honoured, for ``Preference-Applied``
    """

    style: Style
    page: int
    applied: tuple[str, ...]


def read_prefer(header: str) -> Prefer:
    """Return the preferences of a header; unknown ones are ignored.

    :raise GraphProblem: 400 ``TimeZoneNotSupportedException``
    """
    given = {
        name.lower(): quoted or bare
        for name, quoted, bare in _PREFERENCE.findall(header)
    }
    applied = []
    zone_name = "UTC"
    if "outlook.timezone" in given:
        zone_name = given["outlook.timezone"]
        zone(zone_name)
        applied.append(f'outlook.timezone="{zone_name}"')
    kind = given.get("outlook.body-content-type", "").lower()
    if kind in ("text", "html"):
        applied.append(f'outlook.body-content-type="{kind}"')
    immutable = given.get("idtype", "").lower() == "immutableid"
    if immutable:
        applied.append('IdType="ImmutableId"')
    page = given.get("odata.maxpagesize", "")
    if page.isdecimal() and int(page):
        applied.append(f"odata.maxpagesize={page}")
    style = Style(zone_name, kind == "text", immutable)
    return Prefer(style, int(page) if page.isdecimal() else 0, tuple(applied))


class Call:
    """A request on its way to its endpoint.

    :ivar query: values of the query by name in lower case
    """

    def __init__(self, sandbox: "Sandbox", request: Request) -> None:
        self.sandbox = sandbox
        self.exchange = sandbox.exchange
        self.request = request
        self.prefer = read_prefer(",".join(request.headers.getlist("Prefer")))
        self.query = {name.lower(): value for name, value in request.args.items()}
        self.applied = list(self.prefer.applied)
        self.share: Share | None = None  # the calendar of another that is meant

    @property
    def style(self) -> Style:
        """How resources are to be shown."""
        return self.prefer.style

    # Who and whose

    def check(self, *scopes: str) -> None:
        """Refuse a request whose token has none of the scopes."""
        self.sandbox.tokens.check(self.request.headers.get("Authorization", ""), scopes)

    def owner(self, user: str, *scopes: str) -> Person:
        """Return whose mailbox is meant: ``/me`` without ``user``, or ``/users/...``.

        :raise GraphProblem: 400, 401, 403 or 404
        """
        if self.share:
            return shared_owner(self, self.share, scopes)
        header = self.request.headers.get("Authorization", "")
        session = self.sandbox.tokens.check(header, scopes)
        if not user:
            if session.person is None:
                raise GraphProblem(
                    400,
                    "BadRequest",
                    "/me request is only valid with delegated authentication flow.",
                )
            return session.person
        person = self.sandbox.directory.person(user)
        if person is None:
            raise GraphProblem(
                404, "ErrorInvalidUser", f"The requested user '{user}' is invalid."
            )
        if session.person in (None, person):
            return person
        # What is shared is in the guest's own list; by this way nothing is.
        shared = any(session.allows(f"{each}.Shared") for each in (READ, WRITE))
        raise not_found() if shared else access_denied()

    def may_see_shares(self, user: str) -> bool:
        """Return whether the token opens calendars that others share."""
        header = self.request.headers.get("Authorization", "")
        session = self.sandbox.tokens.check(header)
        own = not user and session.person is not None
        return own and any(session.allows(f"{each}.Shared") for each in (READ, WRITE))

    def enter_share(self, variables: dict[str, Any]) -> None:
        """Go over to the owner's mailbox when a shared calendar is addressed."""
        calendar = variables.get("calendar")
        if variables.get("user") or not calendar:
            return
        header = self.request.headers.get("Authorization", "")
        person = self.sandbox.tokens.check(header).person
        if person and person.has_mailbox:
            self.share = self.exchange.mailbox(person).shares.get(calendar)
        if self.share:
            variables["calendar"] = self.share.calendar

    def mailbox(self, user: str, *scopes: str) -> tuple[Person, Mailbox]:
        """Return whose mailbox is meant, and the mailbox."""
        person = self.owner(user, *scopes)
        return person, self.exchange.mailbox(person)

    # What is sent

    def body(self) -> dict[str, Any]:
        """Return the JSON object of the request.

        :raise GraphProblem: 400, 413 or 415
        """
        if (self.request.content_length or 0) > BODY_LIMIT:
            raise GraphProblem(
                413, "RequestEntityTooLarge", "The request is larger than 4 MB."
            )
        data = self.request.get_data()
        if not self.request.is_json:
            raise GraphProblem(
                415,
                "UnsupportedMediaType",
                "A supported MIME type could not be found that matches the content "
                "type of the request.",
            )
        try:
            body = json.loads(data)
        except ValueError as error:
            raise GraphProblem(
                400,
                "BadRequest",
                "Unable to read JSON request payload. Please ensure Content-Type "
                "header is set and payload is of valid JSON format.",
            ) from error
        if not isinstance(body, dict):
            raise unreadable("The request body must be an object.")
        return body

    def parameters(self) -> dict[str, Any]:
        """Return the parameters of an action, by name in lower case."""
        if not self.request.get_data():
            return {}
        return {name.lower(): value for name, value in self.body().items()}

    @property
    def if_match(self) -> str:
        """The ``If-Match`` header, "" without one."""
        return str(self.request.headers.get("If-Match", ""))

    # What is answered

    @property
    def root(self) -> str:
        """The address of ``/v1.0``."""
        return self.request.host_url.rstrip("/") + "/v1.0"

    def link(self, query: Mapping[str, str]) -> str:
        """Return the address of this request with another query."""
        path = quote(self.request.path, safe="/()'=@$,")
        address = self.request.host_url.rstrip("/") + path
        return f"{address}?{urlencode(query, quote_via=quote, safe='$:')}"

    def json(self, data: Any, status: int = 200, **headers: str) -> Response:
        """Return an answer with a body."""
        response = Response(json.dumps(data), status, headers, content_type=JSON_TYPE)
        if self.applied:
            response.headers["Preference-Applied"] = ", ".join(self.applied)
        return response

    def empty(self, status: int = 204) -> Response:
        """Return an answer without a body."""
        response = Response(b"", status)
        response.headers.remove("Content-Type")
        return response
