# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Base of the ORM tests: a sandbox, connected people, and builders.

Nothing of the add-on is replaced: requests go over real sockets to the sandbox, and
what is read back is read from PostgreSQL and from the sandbox's mailboxes.
"""

import json
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
import requests

from odoo.tests import Form, HttpCase, TransactionCase, new_test_user

from ..sandbox.server import start

APP_ID = "24d3b144-21ae-4080-943f-7067b395b913"
APP_SECRET = "sandbox-secret-of-odoo"
DOMAIN = "contoso.example"
REDIRECT_PATH = "/microsoft_account/authentication"
REDIRECT_URI = f"http://localhost:8069{REDIRECT_PATH}"
_SEED = Path(__file__).parents[1] / "sandbox" / "seed" / "team.json"
# The people of the demo, with empty mailboxes.
SEED = json.loads(_SEED.read_text()) | {"mailboxes": {}}


def sign_in(url, username, password, ca_file, *, accept=True):
    """Sign in on the sandbox's pages as a browser would.

    :return: the query that comes back to the redirect URI, as a dict
    """
    session = requests.Session()
    session.verify = ca_file
    answer = session.get(url, allow_redirects=False)
    for _page in range(8):
        if answer.is_redirect:
            url = urljoin(answer.url, answer.headers["Location"])
            parts = urlsplit(url)
            if parts.path == REDIRECT_PATH:
                return dict(parse_qsl(parts.query))
            answer = session.get(url, allow_redirects=False)
            continue
        answer = _submit(session, answer, username, password, accept)
    raise AssertionError(f"The sign-in did not end: {answer.url}")


def _submit(session, page, username, password, accept):
    """Fill in and send the page's form, with the button of choice."""
    form = lxml.html.fromstring(page.content).forms[-1]
    data = dict(form.form_values())
    is_consent = True
    for name, value in (("loginfmt", username), ("passwd", password)):
        if name in set(form.inputs.keys()):
            data[name], is_consent = value, False
    wanted = "idBtn_Back" if is_consent and not accept else "idSIButton9"
    buttons = form.xpath(f".//*[@id='{wanted}']")
    if buttons and buttons[0].get("name"):
        data[buttons[0].get("name")] = buttons[0].get("value") or ""
    action = urljoin(page.url, form.get("action") or page.url)
    return session.post(action, data=data, allow_redirects=False)


def connect(env, person, ca_file, redirect_uri=REDIRECT_URI, **choices):
    """Let the user of an environment sign in at Microsoft; return his connection.

    :param choices: ``sees_shared``, whether the calendars of others are asked for
    """
    identity = env["outlook.connection"]._identity(**choices)
    flow = identity.start(redirect_uri, "s")
    answer = sign_in(flow["auth_uri"], person.username, person.password, ca_file)
    signed_in = identity.finish(flow, answer)
    return env["outlook.account"]._signed_in(signed_in, identity.cache, **choices)


class SandboxMixin:
    """Starts a sandbox for the class and points the add-on to it."""

    @classmethod
    def start_sandbox(cls):
        cls.running = start(SEED)
        cls.addClassCleanup(cls.running.stop)
        cls.sandbox = cls.running.sandbox
        old = os.environ.get("REQUESTS_CA_BUNDLE")
        os.environ["REQUESTS_CA_BUNDLE"] = cls.running.ca_file
        cls.addClassCleanup(cls._restore_bundle, old)
        cls.configure(cls.env)

    @classmethod
    def _restore_bundle(cls, old):
        os.environ.pop("REQUESTS_CA_BUNDLE")
        if old is not None:
            os.environ["REQUESTS_CA_BUNDLE"] = old

    @classmethod
    def configure(cls, env):
        parameters = env["ir.config_parameter"].sudo()
        for name, value in {
            "microsoft_calendar_client_id": APP_ID,
            "microsoft_calendar_client_secret": APP_SECRET,
            "outlook_calendar.enabled": "True",
            "outlook_calendar.tenant": "organizations",
            "outlook_calendar.authority": cls.running.https_url,
            "outlook_calendar.graph_url": f"{cls.running.http_url}/v1.0",
            "web.base.url": "http://localhost:8069",
        }.items():
            parameters.set_param(name, value)

    def person(self, name):
        """Return somebody of the sandbox's directory by the name in his address."""
        return self.sandbox.directory.person(f"{name}@{DOMAIN}")

    def revoke(self, name):
        """Revoke somebody's sign-ins, as his administrator can."""
        self.control(f"people/{name}@{DOMAIN}/revoke", access_tokens=True)

    def control(self, where, **body):
        """Call the sandbox's control interface."""
        url = f"{self.running.http_url}/control/{where}"
        requests.post(url, json=body, timeout=10).raise_for_status()

    def fault(self, kind, **values):
        """Let the sandbox fail as scripted, through its control interface."""
        self.control("faults", kind=kind, **values)


class OutlookMixin(SandboxMixin):
    """Three colleagues: Ann, Bob and Carol. Nobody is connected yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, no_reset_password=True))
        cls.start_sandbox()
        cls.now = datetime.now(timezone.utc).replace(
            minute=0, second=0, microsecond=0, tzinfo=None
        )
        for name in ("ann", "bob", "carol"):
            user = new_test_user(
                cls.env,
                login=f"{name}@{DOMAIN}",
                name=cls.sandbox.directory.person(f"{name}@{DOMAIN}").name,
                email=f"{name}@{DOMAIN}",
                groups="base.group_user,base.group_partner_manager",
                tz="Europe/Brussels",
                notification_type="email",
            )
            setattr(cls, name, user)

    def setUp(self):
        super().setUp()
        self.sandbox.reset()
        self.env["outlook.account"].sudo().search([]).unlink()

    # --- people ------------------------------------------------------------------

    def connect(self, user, *, start=True, shared=False, **choices):
        """Sign a user in and, by default, start and read for the first time."""
        person = self.person(user.login.partition("@")[0])
        env = self.env(user=user)
        account = connect(env, person, self.running.ca_file, sees_shared=shared)
        if choices:
            account.write(choices)
        if start:
            account.action_start()
            self.sync(account)
        return account

    def sync(self, *accounts):
        """Pull and push as the owner's button does, with real commits."""
        for account in accounts or self.env["outlook.account"].sudo().search([]):
            self.cr.flush()
            with self.enter_registry_test_mode(), self.registry.cursor() as cr:
                env = self.env(cr=cr, user=account.user_id)
                env["outlook.account"].browse(account.id).action_sync_now()
            self.env.invalidate_all()

    def press(self, record, button, user=None):
        """Press a button that commits, as some do; return its answer."""
        self.env.flush_all()
        self.cr.flush()
        user = user or record.env.user
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            answer = getattr(record.with_env(self.env(cr=cr, user=user)), button)()
        self.env.invalidate_all()
        return answer

    def run_cron(self, name):
        """Run a scheduled action as the scheduler does."""
        self.cr.flush()
        cron = self.env.ref(f"outlook_calendar.ir_cron_outlook_{name}")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def preview(self, user, **choices):
        """Open the preview as a user would, and let it read both sides."""
        wizard = Form(self.env["outlook.first.sync"].with_user(user)).save()
        wizard.write(choices)
        self.read_all(wizard)
        return wizard

    def read_all(self, wizard):
        """Ask for page after page, as the web client does; return how many."""
        for number in range(1, 100):
            if wizard.read_next()["done"]:
                return number
        raise AssertionError("the preview did not end")

    # --- Odoo --------------------------------------------------------------------

    def meet(self, user, name="Board", *, guests=(), hours=24, length=1, **vals):
        """Create a meeting as a user would in Odoo, ``hours`` from now."""
        start = self.now + timedelta(hours=hours)
        partners = [user.partner_id.id, *(guest.id for guest in guests)]
        events = self.env["calendar.event"].with_user(user)
        event = events.with_context(skip_contact_description=True).create(
            {
                "name": name,
                "start": start,
                "stop": start + timedelta(hours=length),
                "partner_ids": [(6, 0, partners)],
                **vals,
            }
        )
        self.cr.flush()
        return event.with_env(self.env)

    def age_events(self):
        """Make all meetings older than the connection that comes."""
        self.env["calendar.event"].flush_model()
        self.cr.execute(
            "UPDATE calendar_event SET create_date = create_date - interval '1 day'"
        )
        self.env.invalidate_all()

    def contact(self, name, email="auto"):
        if email == "auto":
            email = f"{name.lower()}@customer.example"
        return self.env["res.partner"].create({"name": name, "email": email})

    def events(self, **domain):
        found = self.env["calendar.event"].with_context(active_test=False)
        return found.search([(k, "=", v) for k, v in domain.items()])

    def outbox(self, **domain):
        return self.env["outlook.outbox"].search(
            [(k, "=", v) for k, v in domain.items()]
        )

    def journal(self, operation):
        return self.env["outlook.journal"].search([("operation", "=", operation)])

    # --- Outlook -----------------------------------------------------------------

    def outlook(self, name):
        """Return the items of a mailbox as Graph shows them."""
        return self.sandbox.exchange.list(self.person(name))

    def subjects(self, name):
        return sorted(item["subject"] for item in self.outlook(name))

    def in_outlook(self, name, subject="Board", *, hours=24, length=1, **body):
        """Create a meeting as a person would in Outlook; return its Graph body."""
        start = self.now + timedelta(hours=hours)
        return self.sandbox.exchange.create_event(
            self.person(name),
            {
                "subject": subject,
                "start": graph_time(start),
                "end": graph_time(start + timedelta(hours=length)),
                **body,
            },
        )

    def change_in_outlook(self, name, item, **body):
        return self.sandbox.exchange.update_event(self.person(name), item["id"], body)

    def odd_in_outlook(self, name, item, **fields):
        """Let an item hold what Graph would not take but was seen to give."""
        exchange, person = self.sandbox.exchange, self.person(name)
        exchange.item(person, item["id"]).fields.update(fields)
        exchange.touch_event(person, item["id"])

    def delete_in_outlook(self, name, item):
        self.sandbox.exchange.delete_event(self.person(name), item["id"])

    def outlook_mails(self):
        return list(self.sandbox.exchange.mails)

    def writes(self):
        """Return the requests to Graph that wrote something."""
        return [
            request
            for request in self.sandbox.requests
            if request.method != "GET" and request.path.startswith("/v1.0")
        ]


def graph_time(moment, zone="UTC"):
    """Return a dateTimeTimeZone."""
    return {"dateTime": moment.isoformat(), "timeZone": zone}


def guest(address, name="", kind="required"):
    """Return an attendee as Graph takes it."""
    return {"emailAddress": {"address": address, "name": name}, "type": kind}


class OutlookCase(OutlookMixin, TransactionCase):
    """Tests of the models."""


class OutlookHttpCase(OutlookMixin, HttpCase):
    """Tests of the routes, with the pages of the sandbox on the other side."""
