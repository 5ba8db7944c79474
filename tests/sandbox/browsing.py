# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A sandbox on real sockets, and a browser without a screen to sign in with."""

import json
import unittest
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests

from ...sandbox.seeds import TEAM
from ...sandbox.server import start

CLIENT_ID = "24d3b144-21ae-4080-943f-7067b395b913"
SECRET = "sandbox-secret-of-odoo"
REDIRECT = "http://localhost:8069/microsoft_account/authentication"
TENANT = "84bd8158-6d4d-4958-8b9f-9d6445542f95"
PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad"
ANN, BOB, PAT = "ann@contoso.example", "bob@contoso.example", "pat@outlook.example"
SCOPE = "openid profile offline_access Calendars.ReadWrite"


def team(**changes):
    """Return the team's seed with empty mailboxes."""
    seed = json.loads(TEAM.read_text(encoding="utf-8"))
    return {**seed, "mailboxes": {}, **changes}


def password_of(username):
    return username.partition("@")[0] + "-Sandbox1"


class Form:
    def __init__(self, attributes):
        self.action = attributes.get("action", "")
        self.id = attributes.get("id", "")
        self.fields = {}
        self.buttons = {}


class Page(HTMLParser):
    """The forms of a page, filled in as a browser shows them, and its text."""

    def __init__(self, response):
        super().__init__()
        self.status = response.status_code
        self.url = response.url
        self.forms = []
        self.text = ""
        self._open = ""  # name of the select or textarea that is being read
        self.feed(response.text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "form":
            self.forms.append(Form(values))
        elif self.forms:
            self._enter(tag, values, self.forms[-1])

    def _enter(self, tag, values, form):
        name = values.get("name", "")
        if tag == "button":
            key = values.get("id") or values.get("value") or ""
            form.buttons[key] = (name, values.get("value"))
        elif tag in ("select", "textarea"):
            self._open = name
            form.fields[name] = ""
        elif tag == "option" and ("selected" in values or not form.fields[self._open]):
            form.fields[self._open] = values["value"]
        elif tag == "input" and name:
            unset = "on" if values.get("type") == "checkbox" else ""
            if unset == "" or "checked" in values:
                form.fields[name] = values.get("value", unset)

    def handle_endtag(self, tag):
        if tag in ("select", "textarea"):
            self._open = ""

    def handle_data(self, data):
        self.text += data
        if self._open and self.lasttag == "textarea":
            self.forms[-1].fields[self._open] += data


class Browser:
    """Keeps cookies, follows no redirect away from the sandbox."""

    def __init__(self, running):
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = running.ca_file
        self.page = None
        self.location = ""

    def open(self, url, **values):
        return self._note(
            self.session.get(url, params=values or None, allow_redirects=False)
        )

    def press(self, button, form=0, **fields):
        """Press a button of the page; return self with the next page or redirect."""
        target = self.page.forms[form]
        data = {**target.fields, **fields}
        name, value = target.buttons[button]
        if name:
            data[name] = value
        url = urljoin(self.page.url, target.action) if target.action else self.page.url
        return self._note(self.session.post(url, data=data, allow_redirects=False))

    def _note(self, response):
        self.location = response.headers.get("Location", "")
        self.status = response.status_code
        self.page = None if self.location else Page(response)
        return self

    @property
    def answer(self):
        """The values that the app receives in the query of its redirect URI."""
        return dict(parse_qsl(urlsplit(self.location).query))

    def sign_in(self, url, username=ANN, password=None):
        """Go through every page that comes, accepting what is asked."""
        self.open(url)
        while self.page and self.page.forms:
            form = self.page.forms[0]
            if "passwd" in form.fields:
                self.press("idSIButton9", passwd=password or password_of(username))
            elif "loginfmt" in form.fields:
                self.press("idSIButton9", loginfmt=username)
            else:
                self.press("idSIButton9")
        return self.answer


class SandboxCase(unittest.TestCase):
    """Each class has a sandbox, each test finds it as the seed says."""

    seed = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.running = start(cls.seed or team())
        cls.addClassCleanup(cls.running.stop)
        cls.sandbox = cls.running.sandbox
        cls.http, cls.https = cls.running.http_url, cls.running.https_url

    def setUp(self):
        super().setUp()
        self.sandbox.reset()
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = self.running.ca_file
        self.addCleanup(self.session.close)

    def browser(self):
        browser = Browser(self.running)
        self.addCleanup(browser.session.close)
        return browser

    def person(self, key=ANN):
        return self.sandbox.directory.person(key)

    @property
    def app(self):
        return self.sandbox.directory.app(CLIENT_ID)

    def authorize_url(self, tenant="common", **changes):
        values = {
            "client_id": CLIENT_ID,
            "response_type": "code",
            "redirect_uri": REDIRECT,
            "scope": SCOPE,
            "state": "st%te &1",
            **changes,
        }
        kept = {name: value for name, value in values.items() if value is not None}
        query = requests.models.PreparedRequest()
        query.prepare_url(f"{self.http}/{tenant}/oauth2/v2.0/authorize", kept)
        return query.url

    def token(self, tenant="common", auth=None, **changes):
        """Post to the token endpoint; return the response."""
        values = {"client_id": CLIENT_ID, "client_secret": SECRET, **changes}
        kept = {name: value for name, value in values.items() if value is not None}
        url = f"{self.https}/{tenant}/oauth2/v2.0/token"
        return self.session.post(url, data=kept, auth=auth)

    def code(self, username=ANN, **changes):
        return self.browser().sign_in(self.authorize_url(**changes), username)["code"]

    def redeem(self, code, **changes):
        values = {"grant_type": "authorization_code", "redirect_uri": REDIRECT}
        return self.token(code=code, **{**values, **changes})

    def refresh(self, token, **changes):
        return self.token(grant_type="refresh_token", refresh_token=token, **changes)

    def access_token(self, username=ANN):
        """Return an access token without the pages."""
        person = self.person(username)
        return self.sandbox.tokens.issue(
            person, self.app, ["Calendars.ReadWrite", "User.Read"], person.tenant_id
        )[0]

    def assert_refused(self, response, number, error, status=400):
        body = response.json()
        self.assertEqual([number], body["error_codes"], body["error_description"])
        self.assertEqual(error, body["error"])
        self.assertEqual(status, response.status_code)
        self.assertIn(f"AADSTS{number}: ", body["error_description"])
        self.assertIn(f"Trace ID: {body['trace_id']}", body["error_description"])
        return body
