# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Graph requests to a running sandbox, and short ways to say meetings."""

from .browsing import ANN, BOB, PAT, SandboxCase

CAROL, ROOM = "carol@contoso.example", "room.blue@contoso.example"
OUTSIDER = "zoe@partner.example"
IMMUTABLE = 'IdType="ImmutableId"'
SCOPES = ("Calendars.ReadWrite", "User.Read", "MailboxSettings.ReadWrite")
WINDOW = "startDateTime=2026-12-01T00:00:00Z&endDateTime=2027-02-01T00:00:00Z"

__all__ = ["ANN", "BOB", "CAROL", "IMMUTABLE", "OUTSIDER", "PAT", "ROOM", "WINDOW"]


def at(text, zone="UTC"):
    """Return a ``dateTimeTimeZone``; ``3T10:00`` is in December 2026."""
    day, _t, clock = text.partition("T")
    date = day if "-" in day else f"2026-12-{int(day):02}"
    return {"dateTime": f"{date}T{clock or '00:00'}:00", "timeZone": zone}


def guest(address, kind="required"):
    return {"type": kind, "emailAddress": {"address": address, "name": address}}


def event(subject="Review", start="3T10:00", end="3T11:00", guests=(), **members):
    """Return the body of a POST."""
    body = {"subject": subject, "start": at(start), "end": at(end), **members}
    if guests:
        body["attendees"] = [guest(address) for address in guests]
    return body


class GraphCase(SandboxCase):
    """Requests by people; an answer is a ``requests.Response``."""

    def setUp(self):
        super().setUp()
        self.tokens = {}

    def bearer(self, username, scopes=SCOPES):
        key = (username, scopes)
        if key not in self.tokens:
            person = self.person(username)
            self.tokens[key] = self.sandbox.tokens.issue(
                person, self.app, scopes, person.tenant_id
            )[0]
        return f"Bearer {self.tokens[key]}"

    def ask(self, method, path, body=None, who=ANN, prefer="", **headers):
        """Send one request; ``path`` is below ``/v1.0`` or a whole link."""
        url = path if path.startswith("http") else f"{self.http}/v1.0{path}"
        sent = {"Authorization": self.bearer(who)}
        if prefer:
            sent["Prefer"] = prefer
        sent.update({name.replace("_", "-"): each for name, each in headers.items()})
        return self.session.request(method, url, json=body, headers=sent)

    def get(self, path, **options):
        """Return the body of a successful GET."""
        response = self.ask("GET", path, **options)
        self.assertEqual(200, response.status_code, response.text)
        return response.json()

    def make(self, body=None, path="/me/events", **options):
        """Create an event and return it."""
        response = self.ask("POST", path, body or event(), **options)
        self.assertEqual(201, response.status_code, response.text)
        return response.json()

    def patch(self, event_id, changes, **options):
        """Change an event and return it."""
        response = self.ask("PATCH", f"/me/events/{event_id}", changes, **options)
        self.assertEqual(200, response.status_code, response.text)
        return response.json()

    def act(self, event_id, action, status=202, who=ANN, **parameters):
        path = f"/me/events/{event_id}/{action}"
        response = self.ask("POST", path, parameters or None, who=who)
        self.assertEqual(status, response.status_code, response.text)
        return response

    def delete(self, event_id, **options):
        response = self.ask("DELETE", f"/me/events/{event_id}", **options)
        self.assertEqual(204, response.status_code, response.text)

    def refused(self, response, status, code):
        """Check a refusal and its envelope; return the error."""
        self.assertEqual(status, response.status_code, response.text)
        error = response.json()["error"]
        self.assertEqual(code, error["code"])
        inner = error["innerError"]
        self.assertEqual(response.headers["request-id"], inner["request-id"])
        self.assertNotIn("Z", inner["date"])
        return error

    def copy(self, meeting, who):
        """Return the copy of a meeting in another mailbox; None without one."""
        rows = self.sandbox.exchange.list(self.person(who))
        found = [row for row in rows if row["iCalUId"] == meeting["iCalUId"]]
        self.assertLess(len(found), 2)
        return found[0] if found else None

    def mails(self):
        """Return the mails since the last call as (recipient, kind, reason)."""
        log = self.sandbox.exchange.mails
        found = [(mail.recipient, mail.kind, mail.reason) for mail in log]
        log.clear()
        return found

    def switch(self, name, value=True):
        self.sandbox.exchange.switches.set(name, value)

    def calendar_id(self, name="Calendar", who=ANN):
        rows = self.sandbox.exchange.calendars(self.person(who))
        return next(row["id"] for row in rows if row["name"] == name)


class EventCase(GraphCase):
    def refuse(self, body, code, status=400):
        """Check that a create with this body is refused; return the error."""
        return self.refused(self.ask("POST", "/me/events", body), status, code)

    def refuse_change(self, made, changes, code):
        answer = self.ask("PATCH", f"/me/events/{made['id']}", changes)
        error = self.refused(answer, 400, code)
        kept = self.get(f"/me/events/{made['id']}")
        self.assertEqual(made["@odata.etag"], kept["@odata.etag"])
        return error


class DeliveryCase(GraphCase):
    def statuses(self, meeting, who=ANN):
        rows = self.get(f"/me/events/{meeting['id']}", who=who)["attendees"]
        return {
            row["emailAddress"]["address"]: row["status"]["response"] for row in rows
        }


class DeltaCase(GraphCase):
    def round(self, link, size=0, **options):
        """Read a round to its end; return its rows and its deltaLink."""
        rows, prefer = [], options.pop("prefer", "")
        if size:
            prefer = ", ".join(filter(None, (prefer, f"odata.maxpagesize={size}")))
        for _page in range(100):
            body = self.get(link, prefer=prefer, **options)
            rows += body["value"]
            both = {"@odata.nextLink", "@odata.deltaLink"} & set(body)
            self.assertEqual(1, len(both), "a page has one link")
            if "@odata.deltaLink" in body:
                return rows, body["@odata.deltaLink"]
            link = body["@odata.nextLink"]
        raise AssertionError("the round does not end")

    def brief(self, rows):
        """Return subjects, and ids of removals with a minus."""
        return [
            f"-{row['id']}" if "@removed" in row else row["subject"] for row in rows
        ]

    def gone(self, link, code="SyncStateNotFound"):
        return self.refused(self.ask("GET", link), 410, code)["message"]
