# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Base of the browser tests: Chromium, Odoo's own server, and the sandbox's pages.

A test clicks and types as a person does. What the scheduler would do is done by its
own scheduled actions, and what is left in the end is read from the database and from
the sandbox's mailboxes. Every picture goes to the folder ``OUTLOOK_CALENDAR_OUTPUT``.
"""

import os
import resource
import shutil
import tempfile
from contextlib import contextmanager
from datetime import datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import expect, sync_playwright

from odoo import SUPERUSER_ID, api
from odoo.tests import HttpCase, new_test_user, tagged

from .common import APP_ID, DOMAIN, REDIRECT_PATH, SandboxMixin, connect, graph_time

HERE = ZoneInfo("Europe/Brussels")  # of the people, of their browser, of the sandbox
PATIENCE = 60_000  # milliseconds; the machine may be busy
PASSWORD = "a-password-in-Odoo"
CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
)
# Nothing loads: a picture taken now is what a person sees.
_SETTLED = """() => !document.querySelector(".o_loading_indicator, .o_blockUI")
    && [...document.images].every((image) => image.complete)"""


def output_folder():
    """Return where pictures are kept; a temporary folder when nobody says."""
    named = os.environ.get("OUTLOOK_CALENDAR_OUTPUT") or tempfile.gettempdir()
    folder = Path(named) / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def unlimited_memory():
    """Let a child process have the address space that Odoo's server may not have.

    Chromium reserves far more than it uses, and dies below Odoo's limit.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@tagged("post_install", "-at_install")
class BrowserCase(SandboxMixin, HttpCase):
    """Ann and Bob with mailboxes, an administrator, and a browser.

    While pages are open, the test's own environment is out of bounds: a page may be
    using its connection. See :meth:`odoo`.

    :cvar prefix: begins the name of every picture of the class
    """

    prefix = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start_sandbox()
        cls.env["ir.config_parameter"].set_param("web.base.url", cls.base_url())
        cls.start_browser()
        for name in ("ann", "bob"):
            person = cls.sandbox.directory.person(f"{name}@{DOMAIN}")
            setattr(cls, name, cls.new_user(person.username, person.name))
        cls.boss = cls.new_user("olga", "Olga Osborn", "base.group_system")
        cls.logins = {user.id: user.login for user in cls.ann + cls.bob + cls.boss}

    @classmethod
    def new_user(cls, login, name, group="base.group_partner_manager"):
        """Return a user who is not greeted by OdooBot, whose window covers a phone."""
        users = cls.env["res.users"]
        greeted = (
            {"odoobot_state": "disabled"} if "odoobot_state" in users._fields else {}
        )
        return new_test_user(
            cls.env(context=dict(cls.env.context, no_reset_password=True)),
            login=login,
            password=PASSWORD,
            name=name,
            email=login if "@" in login else False,
            groups=f"base.group_user,{group}",
            tz=HERE.key,
            **greeted,
        )

    @classmethod
    def start_browser(cls):
        with unlimited_memory():
            playwright = sync_playwright().start()
        cls.addClassCleanup(playwright.stop)
        found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
        cls.chromium = playwright.chromium.launch(
            executable_path=found, args=list(CHROMIUM_FLAGS)
        )
        cls.addClassCleanup(cls.chromium.close)
        expect.set_options(timeout=PATIENCE)

    def setUp(self):
        super().setUp()
        self.sandbox.reset()
        app = self.sandbox.directory.app(APP_ID)
        app.redirect_uris.append(self.base_url() + REDIRECT_PATH)
        self.step, self.pages, self.page_errors = 0, [], []
        self.addCleanup(lambda: self.assertEqual(self.page_errors, []))
        # Pages ask whenever they like; the cursor's lock lets one in at a time.
        self.enterContext(self.allow_requests(all_requests=True))
        self.addCleanup(self._wait_remaining_requests)

    @contextmanager
    def odoo(self, user=None):
        """Yield an environment of its own that is committed, beside the pages'."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user.id if user else SUPERUSER_ID, {})

    # --- the browser -------------------------------------------------------------

    def open_browser(self, user=None, *, width=1366, height=800):
        """Return a page of a fresh browser, with ``user`` signed in to Odoo."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": height},
            timezone_id=HERE.key,
            locale="en-US",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        self.addCleanup(context.close)
        self.pages.append(page)
        page.on("pageerror", lambda error: self.page_errors.append(str(error)))
        if user:
            self.sign_in_to_odoo(context, user)
        return page

    def _callTestMethod(self, method):
        """Keep how every browser looked when a test failed."""
        try:
            return super()._callTestMethod(method)
        except Exception:
            for page in self.pages:
                self.step += 1
                path = output_folder() / f"{self.prefix}{self.step:02}-FAILED.png"
                page.screenshot(path=path)
            raise

    def sign_in_to_odoo(self, context, user):
        """Let a browser be signed in, without its looking at the pages for that."""
        login = self.logins[user.id]
        params = {"db": self.env.cr.dbname, "login": login, "password": PASSWORD}
        url = f"{self.base_url()}/web/session/authenticate"
        answer = context.request.post(url, data={"jsonrpc": "2.0", "params": params})
        self.assertEqual(answer.json()["result"]["uid"], user.id)

    def picture(self, page, name):
        """Keep how the page looks now, numbered in the order of the steps."""
        self.step += 1
        page.wait_for_function(_SETTLED)
        path = output_folder() / f"{self.prefix}{self.step:02}-{name}.png"
        page.screenshot(path=path, animations="disabled")

    # --- Odoo --------------------------------------------------------------------

    def run_cron(self, *names):
        """Run scheduled actions as the scheduler does."""
        for name in names:
            with self.odoo() as env:
                cron = env.ref(f"outlook_calendar.ir_cron_outlook_{name}")
                cron.method_direct_trigger()

    def account(self, env, user):
        return env["outlook.account"].search([("user_id", "=", user.id)])

    def open_calendar(self, page):
        """Show the week of :attr:`day`: the next one, on whatever day we run."""
        page.goto(f"{self.base_url()}/odoo/calendar")
        page.wait_for_selector(".o_calendar_view .fc-view")
        page.click(".o_calendar_button_next")
        column = f".fc-timegrid-col[data-date='{self.day:%Y-%m-%d}']"
        page.wait_for_selector(column, state="attached")

    def event(self, page, name):
        """Return the block of a meeting in a calendar, Odoo's or the sandbox's."""
        title = page.locator(f".o_event_title > span:text-is('{name}')")
        in_outlook = page.locator(f"a.event[title='{name}']")
        return page.locator(".fc-event").filter(has=title).or_(in_outlook)

    def click_slot(self, page, hour):
        """Click an hour of :attr:`day` in the calendar's week."""
        column = page.locator(f".fc-timegrid-col[data-date='{self.day:%Y-%m-%d}']")
        slot = page.locator(f".fc-timegrid-slot-lane[data-time='{hour:02}:00:00']")
        slot.scroll_into_view_if_needed()
        across, down = column.bounding_box(), slot.bounding_box()
        x = across["x"] + across["width"] / 2
        page.mouse.click(x, down["y"] + down["height"] / 2)

    def choose(self, page, text):
        """Choose from the menu of the calendar's Outlook button."""
        page.click(".o_outlook_toggle")
        page.get_by_role("menuitem", name=text).click()

    def sync_now(self, page):
        """Press *Sync now*; wait until the calendar and the button tell the result."""
        self.open_calendar(page)
        with page.expect_response("**/action_sync_now"):
            self.choose(page, "Sync now")
        with page.expect_response("**/outlook_status"):
            page.wait_for_selector(".o_outlook_toggle:enabled")

    @property
    def day(self):
        """The Tuesday of the next week, weeks beginning on Sunday."""
        today = datetime.now(HERE).date()
        return today + timedelta(days=9 - today.isoweekday() % 7)

    def at(self, hour):
        """Return the naive UTC moment of an hour of :attr:`day` in :data:`HERE`."""
        local = datetime.combine(self.day, time(hour), HERE)
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    # --- Outlook -----------------------------------------------------------------

    def sign_in_to_outlook(self, page, name, *, accept=True, before_answer=""):
        """Go through Microsoft's pages, from the address to the consent.

        :param before_answer: name of a picture of the consent page, if wanted
        """
        page.fill("input[name=loginfmt]", self.person(name).username)
        page.click("#idSIButton9")
        self.type_password(page, name)
        page.wait_for_selector("#idBtn_Back[value=cancel]")
        if before_answer:
            self.picture(page, before_answer)
        page.click("#idSIButton9" if accept else "#idBtn_Back")

    def type_password(self, page, name):
        page.fill("input[name=passwd]", self.person(name).password)
        page.click("#idSIButton9")

    def connect(self, name):
        """Connect somebody, and let both sides be read."""
        with self.odoo(getattr(self, name)) as env:
            uri = self.base_url() + REDIRECT_PATH
            connect(env, self.person(name), self.running.ca_file, uri).action_start()
        self.run_cron("pull", "push")

    def connect_by_hand(self, page, name):
        """Click *Outlook*, sign in, accept the preview, and let both sides be read."""
        self.open_calendar(page)
        page.click(".o_outlook_main")
        self.sign_in_to_outlook(page, name)
        page.locator(".modal").get_by_role("button", name="Start").click()
        self.wait_for_state(page, "connected")
        self.run_cron("pull", "push")

    def wait_for_state(self, page, state):
        page.wait_for_selector(f".o_outlook_button[data-state={state}]")

    def open_mailbox(self, page, name):
        """Show the week of :attr:`day` in a mailbox of the sandbox."""
        key = self.person(name).id
        page.goto(f"{self.running.http_url}/mailbox/{key}?week={self.day:%Y-%m-%d}")

    def in_outlook(self, name, subject, hour, **body):
        """Put a meeting into a mailbox; return its Graph body."""
        start = self.at(hour)
        values = {
            "subject": subject,
            "start": graph_time(start),
            "end": graph_time(start + timedelta(hours=1)),
        }
        return self.sandbox.exchange.create_event(self.person(name), values | body)

    def in_odoo(self, env, user, name, hour, **vals):
        """Put a meeting into Odoo's calendar, as its organizer would."""
        start = self.at(hour)
        return (
            env["calendar.event"]
            .with_user(user)
            .create(
                {
                    "name": name,
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "partner_ids": [(6, 0, user.with_env(env).partner_id.ids)],
                    **vals,
                }
            )
        )

    def subjects(self, name):
        items = self.sandbox.exchange.list(self.person(name))
        return sorted(item["subject"] for item in items)
