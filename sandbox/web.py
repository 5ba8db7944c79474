# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The web page: everybody's calendar and mails, and forms to act as that person."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import BadRequest, HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .answers import ANSWERS
from .directory import Person
from .pages import page
from .problem import GraphProblem
from .rendering import Style
from .web_form import FormError, blank, body_of, fields_of, read_form
from .web_rule import rule_in_words
from .web_week import bounds, lay_out, monday_of
from .zones import zone

if TYPE_CHECKING:
    from .app import Sandbox

_MAILS = 100  # shown at most, newest first
_ADDRESSES = Map(
    [
        Rule("/", endpoint="home", methods=["GET"]),
        Rule("/mailbox/<key>", endpoint="mailbox", methods=["GET"]),
        Rule("/mailbox/<key>/new", endpoint="new", methods=["GET", "POST"]),
        Rule(
            "/mailbox/<key>/event/<event_id>", endpoint="event", methods=["GET", "POST"]
        ),
        Rule(
            "/mailbox/<key>/event/<event_id>/answer",
            endpoint="answer",
            methods=["POST"],
        ),
        Rule(
            "/mailbox/<key>/event/<event_id>/delete",
            endpoint="delete",
            methods=["POST"],
        ),
        Rule(
            "/mailbox/<key>/event/<event_id>/cancel",
            endpoint="cancel",
            methods=["POST"],
        ),
    ]
)


def web_app(sandbox: "Sandbox") -> Callable[[Request], Response]:
    """Return what answers requests to the web page."""
    return WebApp(sandbox).answer


class WebApp:
    """The pages; each method answers the address of its name."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox

    def answer(self, request: Request) -> Response:
        """Answer one request; refusals of Exchange are shown in its words."""
        try:
            name, values = _ADDRESSES.bind_to_environ(request.environ).match()
            if "key" in values:
                values["person"] = self._person(values.pop("key"))
            return getattr(self, f"_{name}")(request, **values)
        except HTTPException as error:
            return Response(error.get_body(), error.code, error.get_headers())
        except GraphProblem as problem:
            words = {"code": problem.code, "text": problem.message}
            return page("refused.html", problem.status, **words)

    def _person(self, key: str) -> Person:
        person = self.sandbox.directory.person(key)
        if person is None:
            raise NotFound()
        return person

    def _home(self, request: Request) -> Response:
        directory, exchange = self.sandbox.directory, self.sandbox.exchange
        rows = []
        for person in directory.people.values():
            events = len(exchange.list(person)) if person.has_mailbox else 0
            rows.append((person, directory.tenant_of(person), events))
        return page(
            "home.html",
            rows=rows,
            apps=list(directory.apps.values()),
            mails=exchange.mails[: -_MAILS - 1 : -1],
            now=self.sandbox.clock.now(),
            origin=request.host_url.rstrip("/"),
        )

    def _mailbox(self, request: Request, person: Person) -> Response:
        exchange, local = self.sandbox.exchange, zone(person.timezone)
        chosen = request.args.get("calendar", "")
        today = self.sandbox.clock.now().astimezone(local).date()
        monday = monday_of(_day(request.args.get("week", ""), today))
        calendars = exchange.calendars(person)
        events = exchange.agenda(person, *bounds(monday, local), chosen)
        mine = person.addresses
        mails = [m for m in exchange.mails if {m.sender, m.recipient.lower()} & {*mine}]
        return page(
            "mailbox.html",
            person=person,
            calendars=calendars,
            chosen=chosen or next(c["id"] for c in calendars if c["isDefaultCalendar"]),
            week=lay_out(events, monday, local, today),
            weeks={name: monday + timedelta(days=n) for name, n in _NEIGHBOURS.items()},
            series=[e for e in exchange.list(person, chosen) if e["recurrence"]],
            mails=mails[: -_MAILS - 1 : -1],
            rule_in_words=rule_in_words,
        )

    def _new(self, request: Request, person: Person) -> Response:
        today = self.sandbox.clock.now().astimezone(zone(person.timezone)).date()
        calendar = request.values.get("calendar", "")
        fields, error = blank(_day(request.args.get("day", ""), today)), ""
        if request.method == "POST":
            fields = read_form(request.form)
            try:
                body = body_of(fields, None, person.timezone)
                self.sandbox.exchange.create_event(person, body, calendar)
                return _back(person, fields, calendar)
            except (FormError, GraphProblem) as problem:
                error = _words(problem)
        values = {"person": person, "fields": fields, "error": error}
        return page("event.html", event=None, calendar=calendar, **values)

    def _event(self, request: Request, person: Person, event_id: str) -> Response:
        style = Style(zone=person.timezone, text=True)
        event = self.sandbox.exchange.event(person, event_id, style)
        before, error = fields_of(event), ""
        fields = before
        if request.method == "POST":
            fields = read_form(request.form)
            try:
                body = body_of(fields, before, person.timezone)
                if body:
                    self.sandbox.exchange.update_event(person, event_id, body)
                return _back(person, fields)
            except (FormError, GraphProblem) as problem:
                error = _words(problem)
        values = {"person": person, "fields": fields, "error": error}
        rule = rule_in_words(event["recurrence"]) if event["recurrence"] else ""
        return page("event.html", event=event, calendar="", rule=rule, **values)

    def _answer(self, request: Request, person: Person, event_id: str) -> Response:
        fields, chosen = self._fields(person, event_id), request.form.get("answer", "")
        if chosen not in ANSWERS:
            raise BadRequest()
        self.sandbox.exchange.respond(
            person,
            event_id,
            chosen,
            request.form.get("comment", ""),
            bool(request.form.get("send")),
        )
        return _back(person, fields)

    def _delete(self, request: Request, person: Person, event_id: str) -> Response:
        fields = self._fields(person, event_id)
        self.sandbox.exchange.delete_event(person, event_id)
        return _back(person, fields)

    def _cancel(self, request: Request, person: Person, event_id: str) -> Response:
        fields, comment = (
            self._fields(person, event_id),
            request.form.get("comment", ""),
        )
        self.sandbox.exchange.cancel(person, event_id, comment)
        return _back(person, fields)

    def _fields(self, person: Person, event_id: str) -> dict[str, str]:
        style = Style(zone=person.timezone, text=True)
        return fields_of(self.sandbox.exchange.event(person, event_id, style))


_NEIGHBOURS = {"before": -7, "shown": 0, "after": 7}


def _day(text: str, default: date) -> date:
    """Return the day of a query parameter, the default for none or a bad one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return default


def _words(problem: Exception) -> str:
    """Return what a person is told."""
    if isinstance(problem, GraphProblem):
        return f"{problem.message} ({problem.code})"
    return str(problem)


def _back(person: Person, fields: dict[str, Any], calendar: str = "") -> Response:
    """Return to the week of the meeting."""
    more = f"&calendar={calendar}" if calendar else ""
    target = f"/mailbox/{person.id}?week={fields['start_date']}{more}"
    return redirect(target, 303)
