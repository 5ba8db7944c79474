# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's database and a sandbox, with one reader connected at a time."""

import json
from contextlib import contextmanager

import requests

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from odoo.addons.outlook_calendar.tests.common import APP_ID, APP_SECRET, sign_in

from .mailboxes import login

_REDIRECT = "http://localhost:8069/microsoft_account/authentication"


class Stage:
    """What the benchmarks play on.

    :param addresses: ``control``, ``graph``, ``authority`` and ``ca`` of the sandbox
    """

    def __init__(self, database, addresses):
        self.registry = Registry(database)
        self.addresses = json.loads(addresses)
        self.user = self.account = 0  # ids, of the reader who is connected

    @contextmanager
    def env(self, user=SUPERUSER_ID):
        """Yield a fresh environment; what it did is committed in the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user, {})

    def configure(self):
        """Point the add-on to the sandbox; no scheduled action is to get between."""
        with self.env() as env:
            env["ir.cron"].search([]).write({"active": False})
            parameters = env["ir.config_parameter"]
            for name, value in {
                "microsoft_calendar_client_id": APP_ID,
                "microsoft_calendar_client_secret": APP_SECRET,
                "outlook_calendar.enabled": "True",
                "outlook_calendar.tenant": "organizations",
                "outlook_calendar.authority": self.addresses["authority"],
                "outlook_calendar.graph_url": self.addresses["graph"],
                "web.base.url": "http://localhost:8069",
            }.items():
                parameters.set_param(name, value)

    def connect(self, size, **choices):
        """Empty the calendar, connect the reader of that many; return his account.

        :param choices: of ``outlook.account.CHOICES``
        """
        self.empty()
        with self.env() as env:
            self.user = user = self._user(env, size)
        with self.env() as env:
            env["outlook.account"].search([]).unlink()
            identity = env["outlook.connection"]._identity()
            flow = identity.start(_REDIRECT, "s")
            answer = sign_in(
                flow["auth_uri"],
                login(size),
                f"reader{size}-Sandbox1",
                self.addresses["ca"],
            )
            person = identity.finish(flow, answer)
            accounts = env["outlook.account"].with_user(user)
            account = accounts._signed_in(person, identity.cache)
            account.write(choices)
            account.action_start()
            self.account = account.id
        return self.account

    def _user(self, env, size):
        found = env["res.users"].search([("login", "=", login(size))])
        quiet = env["res.users"].with_context(no_reset_password=True)
        groups = ("base.group_user", "base.group_partner_manager")
        vals = {
            "login": login(size),
            "name": f"Reader of {size}",
            "email": login(size),
            "tz": "Europe/Brussels",
            "group_ids": [(6, 0, [env.ref(name).id for name in groups])],
        }
        return (found or quiet.create(vals)).id

    def empty(self):
        """Forget all meetings, guests and what the add-on knows of them."""
        with self.env() as env:
            env.cr.execute("TRUNCATE calendar_event, outlook_calendar CASCADE")
            env.cr.execute("DELETE FROM res_partner WHERE email LIKE '%@customer.%'")
            env.cr.execute("UPDATE outlook_account SET has_exported = false")
            env["ir.cron.trigger"].search([]).unlink()
            env.registry.clear_all_caches()

    def run(self, account, runner="outlook.pull"):
        """Run an account as its scheduled action does."""
        with self.env() as env:
            record = env["outlook.account"].browse(account)
            record._run(runner)
            if message := record.error_message:
                raise RuntimeError(f"The run failed: {message}")

    def set_connected(self, connected):
        """Let the connection be there, or be as good as never made."""
        with self.env() as env:
            account = env["outlook.account"].browse(self.account)
            account.state = "connected" if connected else "draft"

    def contacts(self, count):
        """Return the ids of some contacts without an address."""
        with self.env() as env:
            vals = [{"name": f"Guest {number}"} for number in range(count)]
            return env["res.partner"].create(vals).ids

    def demand_events(self, count):
        """Make sure that what was measured did its work."""
        with self.env() as env:
            found = env["calendar.event"].search_count([])
            if found != count:
                raise RuntimeError(f"{found} meetings in place of {count}")

    def requests(self):
        """Return the requests that the sandbox has answered since it started."""
        url = f"{self.addresses['control']}/requests"
        return requests.get(url, timeout=30).json()
