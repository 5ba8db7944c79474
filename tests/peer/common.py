# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's own ``microsoft_calendar``, as it is, in front of the sandbox.

The database has that module and not this add-on. Nothing of it is replaced but its
addresses. What a browser would do is done over HTTP on the Odoo server of the run,
whose requests commit, so that the module sends after the commit as it does in
production. That is why these cases are no ``TransactionCase``: each test begins by
removing what the test before has left.
"""

import os
from datetime import datetime, timedelta, timezone
from unittest import TestCase
from urllib.parse import urlsplit, urlunsplit

import requests

from odoo.addons.microsoft_account.models import microsoft_service

from ...sandbox.server import start
from ..common import APP_ID, APP_SECRET, DOMAIN, SEED, sign_in
from .server import Browser, Committed, address

RETURN = "/microsoft_account/authentication"
PEOPLE = {"ann": "Europe/Brussels", "bob": "Europe/London"}
_GRAPH = "DEFAULT_MICROSOFT_GRAPH_ENDPOINT"


class PeerCase(TestCase):
    """Ann and Bob, who have an Odoo login and a mailbox each; nobody is connected.

    :cvar odoo: address of the Odoo server
    :ivar refusals: the statuses with which the sandbox must have refused something by
        the end of the test; the module itself passes over some refusals in silence
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.browsers = {}  # sessions that are logged in at Odoo, by name
        cls.odoo = address()
        apps = [{**app, "redirect_uris": [cls.odoo + RETURN]} for app in SEED["apps"]]
        cls.running = start({**SEED, "apps": apps})
        cls.addClassCleanup(cls.running.stop)
        cls.sandbox = cls.running.sandbox
        cls._trust(cls.running.ca_file)
        cls._move(cls.running.https_url)
        with Committed() as env:
            cls._set_up_odoo(env)

    @classmethod
    def _trust(cls, ca_file):
        """Let ``requests`` trust the sandbox's certificate while the class runs."""
        before = os.environ.get("REQUESTS_CA_BUNDLE")
        os.environ["REQUESTS_CA_BUNDLE"] = ca_file
        if before is None:
            cls.addClassCleanup(os.environ.pop, "REQUESTS_CA_BUNDLE")
        else:
            cls.addClassCleanup(os.environ.update, REQUESTS_CA_BUNDLE=before)

    @classmethod
    def _move(cls, url):
        """Point the module to another Graph, in the two places that name it.

        These are a constant and the default of a parameter that was made from it.
        The two endpoints of the identity platform are system parameters.
        """
        request = microsoft_service.MicrosoftService._do_request
        before, defaults = getattr(microsoft_service, _GRAPH), request.__defaults__
        moved = tuple(url if each == before else each for each in defaults)
        setattr(microsoft_service, _GRAPH, url)
        request.__defaults__ = moved
        cls.addClassCleanup(setattr, microsoft_service, _GRAPH, before)
        cls.addClassCleanup(setattr, request, "__defaults__", defaults)

    @staticmethod
    def env():
        """Return a context manager: a superuser's environment that commits."""
        return Committed()

    @classmethod
    def _set_up_odoo(cls, env):
        parameters = env["ir.config_parameter"]
        base = f"{cls.running.https_url}/common/oauth2/v2.0"
        for name, value in {
            "microsoft_account.auth_endpoint": f"{base}/authorize",
            "microsoft_account.token_endpoint": f"{base}/token",
            "microsoft_calendar_client_id": APP_ID,
            "microsoft_calendar_client_secret": APP_SECRET,
            "web.base.url": cls.odoo,
        }.items():
            parameters.set_param(name, value)
        users = env["res.users"].with_context(no_reset_password=True)
        for name, zone in PEOPLE.items():
            login = f"{name}@{DOMAIN}"
            if users.search_count([("login", "=", login)]):
                continue
            users.create(
                {
                    "login": login,
                    "password": login,
                    "email": login,
                    "name": cls.sandbox.directory.person(login).name,
                    "tz": zone,
                    "group_ids": [(6, 0, env.ref("base.group_user").ids)],
                }
            )

    def setUp(self):
        super().setUp()
        self.sandbox.reset()
        self.now = datetime.now(timezone.utc).replace(
            minute=0, second=0, microsecond=0, tzinfo=None
        )
        with self.env() as env:
            self._forget(env)
        self.refusals = []
        self.looked_at = 0  # of the sandbox's log

    def tearDown(self):
        refused = self.refused()
        self.assertEqual(self.refusals, [each.status for each in refused], refused)
        super().tearDown()

    def refused(self):
        """Return the requests that the sandbox refused."""
        return [each for each in self.sandbox.requests if each.status >= 400]

    def _forget(self, env):
        """Remove every meeting and every connection, and tell nobody."""
        quiet = env["calendar.event"].with_context(
            active_test=False, no_calendar_sync=True, dont_notify=True
        )
        quiet.search([]).unlink()
        users = self.users(env)
        users._set_microsoft_auth_tokens(False, False, 0)
        users.res_users_settings_ids.microsoft_calendar_sync_token = False
        users.microsoft_last_sync_date = False
        env["ir.config_parameter"].set_param(
            "microsoft_calendar.sync.first_synchronization_date", False
        )

    # --- Odoo --------------------------------------------------------------------

    def users(self, env):
        logins = [f"{name}@{DOMAIN}" for name in PEOPLE]
        return env["res.users"].search([("login", "in", logins)])

    def user(self, env, name="ann"):
        return env["res.users"].search([("login", "=", f"{name}@{DOMAIN}")])

    def call(self, name, route, **params):
        """Send what ``name``'s browser would send, and return the result.

        :raise RpcError: Odoo refused
        """
        if name not in self.browsers:
            self.browsers[name] = Browser(f"{name}@{DOMAIN}")
            self.addClassCleanup(self.browsers[name].session.close)
        return self.browsers[name].call(route, **params)

    def open_calendar(self, name="ann"):
        """Open the calendar, which synchronizes; return what the module answers."""
        return self.call(
            name,
            "/microsoft_calendar/sync_data",
            model="calendar.event",
            fromurl=f"{self.odoo}/odoo/calendar",
        )

    def connect(self, name="ann", *, accept=True):
        """Sign in at the sandbox; return path and query that Odoo goes on to."""
        answer = self.open_calendar(name)
        self.assertEqual("need_auth", answer["status"])
        person = self.person(name)
        query = sign_in(
            answer["url"],
            person.username,
            person.password,
            self.running.ca_file,
            accept=accept,
        )
        back = self.browsers[name].follow(RETURN, query)
        self.assertEqual(303, back.status_code, back.text)
        parts = urlsplit(back.headers["Location"])
        return urlunsplit(parts._replace(scheme="", netloc=""))

    def sync(self, *names):
        """Let people open their calendars, by default Ann hers."""
        for name in names or ("ann",):
            self.assertNotIn("stopped", self.open_calendar(name)["status"])

    def orm(self, name, model, method, *args):
        """Call a model's method as the web client does."""
        route = f"/web/dataset/call_kw/{model}/{method}"
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self.call(name, route, **params)

    def save(self, name, values, event=None):
        """Save a meeting in Odoo's form, as the web client does; return its id."""
        ids = [event] if event else []
        wanted = {"name": {}}
        saved = self.orm(name, "calendar.event", "web_save", ids, values, wanted)
        return saved[0]["id"]

    def meet(self, name="ann", subject="Board", *, guests=(), hours=24, **values):
        """Create a meeting of an hour in Odoo; return its id."""
        begin = self.now + timedelta(hours=hours)
        with self.env() as env:
            partners = [self.user(env, each).partner_id.id for each in (name, *guests)]
        return self.save(
            name,
            {
                "name": subject,
                "start": str(begin),
                "stop": str(begin + timedelta(hours=1)),
                "partner_ids": [[4, each] for each in partners],
                **values,
            },
        )

    def look_up(self, *fields, subject="Board"):
        """Return a list with ``fields`` of each meeting of that name in Odoo."""
        with self.env() as env:
            events = env["calendar.event"].search([("name", "=", subject)])
            return [tuple(event[field] for field in fields) for event in events]

    def read_guests(self, subject="Board"):
        """Return address and answer of the guests of the one meeting of that name."""
        with self.env() as env:
            event = env["calendar.event"].search([("name", "=", subject)])
            self.assertEqual(1, len(event))
            return {each.email: each.state for each in event.attendee_ids}

    # --- Outlook -----------------------------------------------------------------

    def person(self, name="ann"):
        return self.sandbox.directory.person(f"{name}@{DOMAIN}")

    def outlook(self, name="ann"):
        """Return the items of a mailbox as Graph shows them."""
        return self.sandbox.exchange.list(self.person(name))

    def only(self, name="ann"):
        """Return the one item of a mailbox."""
        items = self.outlook(name)
        self.assertEqual(1, len(items), [item["subject"] for item in items])
        return items[0]

    def in_outlook(self, name="ann", subject="Board", *, hours=24, **body):
        """Create a meeting of an hour as a person would in Outlook."""
        begin = self.now + timedelta(hours=hours)
        times = {"start": at(begin), "end": at(begin + timedelta(hours=1))}
        return self.sandbox.exchange.create_event(
            self.person(name), {"subject": subject, **times, **body}
        )

    def change_in_outlook(self, item, name="ann", **body):
        self.sandbox.exchange.update_event(self.person(name), item["id"], body)

    def control(self, path, **values):
        url = f"{self.running.http_url}/control/{path}"
        requests.post(url, json=values, timeout=10).raise_for_status()

    def look_away(self):
        """Leave the requests so far out of ``log``."""
        self.looked_at = len(self.sandbox.requests)

    def log(self, method="GET", path="/v1.0"):
        """Return the requests that the sandbox has had."""
        return [
            each
            for each in list(self.sandbox.requests)[self.looked_at :]
            if each.method == method and path in each.path
        ]


def at(moment, zone="UTC"):
    """Return a ``dateTimeTimeZone``."""
    return {"dateTime": moment.isoformat(), "timeZone": zone}


def guest(address, kind="required"):
    """Return an attendee as Graph takes it."""
    return {"emailAddress": {"address": address, "name": address}, "type": kind}
